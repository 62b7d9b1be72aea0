"""Signing in and out, invitations, and what happens when a sign-in is lost while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened before signing in elsewhere, or came from another site."""
    return render(request, "403_csrf.html", status=403)
