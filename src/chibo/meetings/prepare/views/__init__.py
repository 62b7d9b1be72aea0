"""The screens of preparing and announcing."""
