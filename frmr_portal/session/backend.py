"""How Django finds the account of a session; there is no way to prove who you are here."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class ProviderOnlyBackend(ModelBackend):
    """D6: no password opens the portal, whatever form or command offers one."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        """Know nobody by credentials."""
