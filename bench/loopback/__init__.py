"""A server with floors beside Chibo, and a small client, on this machine alone."""
