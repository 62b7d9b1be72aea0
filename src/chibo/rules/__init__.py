"""Rules as data: every number that a circular sets, with its source, its dates and how well it is known."""
