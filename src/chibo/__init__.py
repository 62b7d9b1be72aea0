"""Chibo: a chi bộ's meetings, prepared, held, minuted, resolved and followed up."""

__version__ = "0.1.0"
