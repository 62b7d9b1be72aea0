"""The register of breaches of personal data, its 72-hour clock, and the text of the notice."""
