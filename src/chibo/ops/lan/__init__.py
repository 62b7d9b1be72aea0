"""Serving HTTPS inside a local network with no name and no Internet: `bin/start --lan` (docs/decisions/0036)."""
