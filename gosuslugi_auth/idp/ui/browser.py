"""What the provider remembers of a browser: its session, the requests it brought, the code it waits for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.models import AuthorizationRequest, EsiaSession

_SID, _REQUESTS, _PENDING = "esia.sid", "esia.requests", "esia.pending"
# as many tabs may sign in side by side
_KEPT_REQUESTS = 10


@dataclass(frozen=True)
class Pending:
    """A sign-in between password and code.

    Attributes:
        code_id: the code that was sent.
        request_id: authorization request that the sign-in serves; empty when a person came by itself.
    """

    code_id: UUID
    request_id: str


def bring(request: HttpRequest, authorization: AuthorizationRequest) -> None:
    """Tie an authorization request to this browser: a stranger's link to the next step leads nowhere."""
    kept = [*request.session.get(_REQUESTS, []), str(authorization.pk)]
    request.session[_REQUESTS] = kept[-_KEPT_REQUESTS:]


def brought(request: HttpRequest, request_id: str, *, now: datetime) -> AuthorizationRequest | None:
    """Return an open request that this very browser brought; None otherwise."""
    if request_id not in request.session.get(_REQUESTS, []):
        return None
    return selectors.open_request(request_id, now=now)


def wait_for_code(request: HttpRequest, pending: Pending) -> None:
    """Remember that the password was right."""
    request.session[_PENDING] = {"code": str(pending.code_id), "request": pending.request_id}


def pending(request: HttpRequest) -> Pending | None:
    """Return the sign-in that waits for its code; None sends the browser back to the first step (SE-12)."""
    kept = request.session.get(_PENDING)
    return Pending(UUID(kept["code"]), kept["request"]) if kept else None


def signed_in(request: HttpRequest, session: EsiaSession) -> None:
    """Start a new browser session for a person: the old cookie value is worth nothing (SE-01)."""
    kept = request.session.get(_REQUESTS, [])
    request.session.flush()
    request.session[_REQUESTS] = kept
    request.session[_SID] = str(session.sid)


def sid(request: HttpRequest) -> str:
    """Return the identifier of the provider's session, or an empty string."""
    found: str = request.session.get(_SID, "")
    return found


def session(request: HttpRequest, *, now: datetime) -> EsiaSession | None:
    """Return the living session of this browser and keep it alive; None if nobody is signed in."""
    found = selectors.living_session(sid(request), now=now)
    if found:
        EsiaSession.objects.filter(pk=found.pk).update(seen_at=now)
    return found


def forget(request: HttpRequest) -> None:
    """End the browser's session."""
    request.session.flush()
