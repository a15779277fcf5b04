"""What the home page reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frmr_portal.base.audit import selectors as audit


@dataclass(frozen=True)
class SignIn:
    """One sign-in as the home page shows it.

    Attributes:
        at: stand time, UTC.
        method: `PWD` or `DS`.
    """

    at: datetime
    method: str


def recent_sign_ins(account_id: UUID, *, limit: int) -> Sequence[SignIn]:
    """Return the last sign-ins of a person, newest first, from the journal."""
    events = audit.events_of(account_id).filter(action="session.opened")[:limit]
    return [SignIn(event.at, str(event.data.get("method", ""))) for event in events]
