"""The hall: the phones of those who sit there, what stands on the wall, their own check-in, who asked to speak."""
