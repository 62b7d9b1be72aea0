"""Plain functions without models: Vietnamese text, dates, the lunar calendar, identifiers."""
