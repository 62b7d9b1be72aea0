"""What the law on personal data asks: one's own data, requests with their clocks, retention, breaches, the dossier."""
