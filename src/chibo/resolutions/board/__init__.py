"""The follow-up board: what is being done, by whom, by when (M16)."""
