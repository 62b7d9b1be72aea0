"""The export of a whole cell: asked by one person, allowed by another, logged (mission.md, never hold 3)."""
