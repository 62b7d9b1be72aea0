"""What the room knows of resolutions: reviews of old tasks, new tasks, the conclusion."""
