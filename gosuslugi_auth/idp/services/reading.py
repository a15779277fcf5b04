"""Reading a person by a bearer token."""

from dataclasses import dataclass
from datetime import datetime

from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Outcome
from frmr_portal.base.kit.values import ANONYMOUS
from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.models import AccessToken, Person
from gosuslugi_auth.idp.protocol.resources import Granted, PersonValue
from gosuslugi_auth.idp.services.digests import digest_of
from gosuslugi_auth.idp.services.journal import actor_of
from gosuslugi_auth.wire import errors


class ReadingRefused(Exception):
    """A request to /rs is refused; `error` is the answer."""

    def __init__(self, error: errors.ResourceError) -> None:
        """Keep the answer."""
        super().__init__(error.code)
        self.error = error


@dataclass(frozen=True)
class Reading:
    """A person and what the token opens of it."""

    person: PersonValue
    granted: Granted


def read_person(*, bearer: str, oid: int, needs: Granted = frozenset(), now: datetime, request_id: str) -> Reading:
    """Return the person of a token.

    Args:
        bearer: the token as sent; empty when there was none.
        oid: the person asked for; only the token's own person may be read.
        needs: scopes of which the token must hold at least one; empty means any token will do.
        now: stand time.
        request_id: of the HTTP request, for the journal.

    Raises:
        ReadingRefused: one row in the journal has been written.
    """
    token = selectors.token_by_digest(digest_of(bearer)) if bearer else None
    try:
        granted = _check(token, oid, needs, now=now)
    except ReadingRefused as refused:
        audit.record(
            "esia.reading",
            actor=actor_of(token.session.person) if token else ANONYMOUS,
            now=now,
            outcome=Outcome.REFUSED,
            reason=refused.error.code,
            request_id=request_id,
        )
        raise
    return Reading(selectors.person_value(Person.objects.get(pk=oid)), granted)


def _check(token: AccessToken | None, oid: int, needs: Granted, *, now: datetime) -> Granted:
    if token is None:
        raise ReadingRefused(errors.TOKEN_INVALID)
    if token.expires_at <= now:
        raise ReadingRefused(errors.TOKEN_EXPIRED)
    if not _is_alive(token, now=now):
        raise ReadingRefused(errors.TOKEN_INVALID)
    granted = frozenset(token.scopes)
    if token.session.person_id != oid or (needs and not granted & needs):
        raise ReadingRefused(errors.SCOPE_NOT_ALLOWED)
    return granted


def _is_alive(token: AccessToken, *, now: datetime) -> bool:
    """OA-22: a token dies with its session, its person and its consent."""
    session = token.session
    if token.revoked_at is not None or session.ended_at is not None or session.person.state != Person.State.ACTIVE:
        return False
    return selectors.consent_of(token.system, session.person, now=now) is not None
