"""Acts that would open a cell's content from above: asked for by one person, done when another agrees."""
