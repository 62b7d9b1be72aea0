"""What one does to the tree, people, offices and accounts: each checks the right and records an event."""
