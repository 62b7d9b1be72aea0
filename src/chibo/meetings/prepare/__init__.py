"""Prepare and announce: from the last meeting to a notice that everyone has (domain.md 2.2)."""
