"""Screens of the tree."""
