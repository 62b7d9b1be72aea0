"""Holidays and days made up, as a committee enters them for itself and all under it."""
