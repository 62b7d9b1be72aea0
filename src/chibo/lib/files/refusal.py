"""A file that cannot be taken."""


class Refusal(ValueError):
    """Why a file cannot be taken and what to do, in Vietnamese."""
