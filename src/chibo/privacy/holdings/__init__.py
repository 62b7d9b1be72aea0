"""What is held about a person by the apps below this one, as groups of `chibo.lib.held_about`."""
