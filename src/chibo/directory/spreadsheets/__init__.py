"""Organisations, people and offices in XLSX: read with care, looked at before anything is written, written out."""
