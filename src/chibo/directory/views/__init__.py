"""Screens of the tree, people, offices and accounts."""
