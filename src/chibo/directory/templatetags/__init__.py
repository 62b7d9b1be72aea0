"""Filters of the book."""
