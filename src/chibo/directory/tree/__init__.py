"""The tree: acts on it, their preview and undoing, browsing, terms, departments, who follows which cell."""
