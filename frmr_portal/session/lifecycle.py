"""How long a session lives, and what ends it (SE-04, SE-05, SE-09)."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest

from frmr_portal.base.kit.values import DoorRequest, PortalSession
from frmr_portal.session import marks, services
from frmr_portal.session.models import Account
from frmr_portal.session.portal import portal_session


class Ended(StrEnum):
    """Why a session ended without the person asking for it."""

    IDLE = "idle"
    TOTAL = "total"
    BLOCKED = "blocked"


class SessionEnded(Exception):
    """The browser came with a session that has just ended."""

    def __init__(self, why: Ended) -> None:
        """Keep the cause."""
        super().__init__(why)
        self.why = why


def resume(request: DoorRequest, *, now: datetime) -> PortalSession | None:
    """Return who is signed in, or None for an anonymous visitor.

    Raises:
        SessionEnded: there was a session; it has been ended, recorded and emptied.
    """
    life = marks.life_of(request.session)
    if life is None:
        return None
    account = request.user
    if not isinstance(account, Account):
        # blocked or deleted: Django no longer finds the account of this session
        raise _end(request, Ended.BLOCKED, now)
    why = _overdue(life, now)
    if why:
        raise _end(request, why, now)
    return portal_session(account, life) if _kept_alive(request, life, now) else None


def _end(request: DoorRequest, why: Ended, now: datetime) -> SessionEnded:
    services.close_session(account_id=request.session[SESSION_KEY], why=why, request_id=request.request_id, now=now)
    logout(request)
    return SessionEnded(why)


def _overdue(life: marks.Life, now: datetime) -> Ended | None:
    if now - life.signed_in_at > timedelta(seconds=settings.SESSION_TOTAL_SECONDS):
        return Ended.TOTAL
    return Ended.IDLE if now - life.seen_at > timedelta(seconds=settings.SESSION_IDLE_SECONDS) else None


def _kept_alive(request: HttpRequest, life: marks.Life, now: datetime) -> bool:
    if not marks.touch(request.session, life, now=now):
        return True
    try:
        request.session.save(must_create=False)
    except UpdateError:
        # signed out in another tab since this request began
        logout(request)
        return False
    # the life is saved; without this the session middleware would write the row a second time
    request.session.modified = False
    return True
