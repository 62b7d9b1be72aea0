"""The room: what happens from the opening of a meeting to its closing, recorded as entries of a log."""
