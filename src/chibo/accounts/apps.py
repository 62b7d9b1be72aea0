"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the accounts app under its short label."""

    name = "chibo.accounts"
    label = "accounts"
