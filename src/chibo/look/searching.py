"""What somebody searches for, as it stands in the address of a page."""

from django.http import HttpRequest

MOST_LETTERS = 100


def sought(request: HttpRequest, name: str = "tim") -> str:
    """The words searched for. Without NUL, which no text of the database has: an address may hold anything."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:MOST_LETTERS]
