"""What the portal keeps in a browser session, besides what Django and allauth keep there."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase

from gosuslugi_auth.client.tokens import Identity

_LIFE: Final = "portal_life"
_REFUSAL: Final = "portal_refusal"


@dataclass(frozen=True)
class Life:
    """The life of one session.

    Attributes:
        method: how the person signed in at the provider, `PWD` or `DS`.
        provider_sid: session of the provider.
        signed_in_at: stand time of the sign-in, UTC.
        seen_at: stand time of the last request, UTC.
    """

    method: str
    provider_sid: str
    signed_in_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Refusal:
    """The last refused sign-in of this browser, for the page that explains it.

    Attributes:
        reason: stable word.
        code: code for people.
        request_id: id of the refused request, the one in the journal.
        at: stand time, ISO 8601.
    """

    reason: str
    code: str
    request_id: str
    at: str

    @property
    def moment(self) -> datetime:
        """Stand time of the refusal."""
        return datetime.fromisoformat(self.at)


def begin(session: SessionBase, identity: Identity, *, now: datetime) -> None:
    """Start the life of a session and forget earlier refusals."""
    session.pop(_REFUSAL, None)
    session[_LIFE] = {"method": identity.method, "provider_sid": identity.session_id, "signed_in_at": now.timestamp(), "seen_at": now.timestamp()}


def life_of(session: SessionBase) -> Life | None:
    """Return the life of a session; None for somebody who has not signed in."""
    kept: dict[str, Any] | None = session.get(_LIFE)
    if kept is None:
        return None
    signed_in_at, seen_at = (datetime.fromtimestamp(kept[name], UTC) for name in ("signed_in_at", "seen_at"))
    return Life(kept["method"], kept["provider_sid"], signed_in_at, seen_at)


def touch(session: SessionBase, life: Life, *, now: datetime) -> bool:
    """Note that the person is there; tell whether the session has to be saved.

    Pages that a browser asks for within one second share one note, so a burst costs one write.
    """
    if now - life.seen_at < timedelta(seconds=1):
        return False
    session[_LIFE] = {**session[_LIFE], "seen_at": now.timestamp()}
    return True


def keep_refusal(session: SessionBase, refusal: Refusal) -> None:
    """Remember a refusal until the next sign-in."""
    session[_REFUSAL] = asdict(refusal)


def refusal_of(session: SessionBase) -> Refusal | None:
    """Return the last refusal; None if there was none."""
    kept = session.get(_REFUSAL)
    return Refusal(**kept) if kept else None
