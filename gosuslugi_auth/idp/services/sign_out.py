"""End of a session of the provider."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from frmr_portal.base.audit import services as audit
from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.models import EsiaSession
from gosuslugi_auth.idp.services.journal import actor_of


@transaction.atomic
def end_session(*, sid: str, now: datetime, request_id: str) -> None:
    """End a session and, with it, every token that it gave; ending it twice changes nothing."""
    session = selectors.living_session(sid, now=now)
    if session is None:
        return
    EsiaSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now)
    audit.record("esia.sign_out", actor=actor_of(session.person), now=now, request_id=request_id)


def way_back(*, client_id: str, redirect_url: str) -> str:
    """Return the address to go to after the sign-out, or an empty string for the provider's own page.

    Only an origin that is registered for this very system is followed (OA-26).
    """
    system = selectors.registered_system(client_id)
    if system is None or _origin(redirect_url) not in {_origin(one) for one in system.redirect_uris}:
        return ""
    return redirect_url


def _origin(address: str) -> tuple[str, str]:
    """Return scheme and host of an address; what a browser might read differently has no origin."""
    unreadable = ("", "unreadable")
    if any(sign in address for sign in "\\@\t\r\n ") or not address.startswith(("http://", "https://")):
        return unreadable
    try:
        parts = urlsplit(address)
        origin = (parts.scheme, f"{parts.hostname}:{parts.port}")
    except ValueError:
        return unreadable
    return origin if parts.hostname else unreadable
