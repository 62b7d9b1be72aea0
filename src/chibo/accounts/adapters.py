"""What allauth asks of us: encryption, names, addresses. No page and no e-mail of its own is ever used."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http.request import split_domain_port

from chibo.accounts import encryption
from chibo.accounts.models import User


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor in our words."""

    def encrypt(self, text: str) -> str:
        """Secrets of codes are encrypted at rest."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; raises ValueError when the key is not the one that it was encrypted with."""
        return encryption.decrypt(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        """What an app of codes shows beside the digits."""
        return user.login

    def get_totp_issuer(self) -> str:
        """The site, so that two of them are told apart."""
        return f"Chibo ({context.request.get_host()})"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that a passkey belongs to: it answers to no other host."""
        host, _ = split_domain_port(context.request.get_host())
        return {"id": host, "name": "Chibo"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Whose passkey it is; the name of a person does not leave."""
        return {"id": user.pk.bytes, "display_name": user.login, "name": user.login}
