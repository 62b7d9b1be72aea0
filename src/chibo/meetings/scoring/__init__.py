"""The meeting scores itself: facts frozen at its opening, the sheet computed from the record, and its screen (M21)."""
