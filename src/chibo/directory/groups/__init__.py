"""Tổ đảng: groups inside a large cell, made and dissolved by its committee."""
