"""What the provider writes to the journal of the stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Outcome
from frmr_portal.base.kit.values import ANONYMOUS, Actor
from gosuslugi_auth.idp.models import InformationSystem, Person
from gosuslugi_auth.idp.protocol.parameters import Parameters
from gosuslugi_auth.idp.protocol.values import Refusal
from gosuslugi_auth.wire import params

# how much of a code may be seen in the journal
_SHOWN = 6


def actor_of(person: Person) -> Actor:
    """Return a person of the provider as an actor; the oid is no personal data on the stand."""
    return Actor("persona", str(person.oid))


@contextmanager
def refusals_recorded(action: str, request: Parameters, *, now: datetime, request_id: str) -> Iterator[None]:
    """Write one row for a refusal that leaves the block: the reason, the code and the expected string.

    The name of a client is written only if it is registered: nothing that a stranger types is kept.
    """
    try:
        yield
    except Refusal as refusal:
        client_id = next(iter(request.all(params.CLIENT_ID)), "")
        known = InformationSystem.objects.filter(mnemonic=client_id).exists()
        audit.record(
            action,
            actor=Actor("system", client_id) if known else ANONYMOUS,
            now=now,
            outcome=Outcome.REFUSED,
            reason=refusal.reason,
            request_id=request_id,
            data={"code": refusal.error.code, "expected": _masked(refusal.diagnosis.expected, request)},
        )
        raise


def _masked(expected: str, request: Parameters) -> str:
    """Hide a code that may still be good inside the string that had to be signed."""
    for code in request.all(params.CODE):
        if code:
            expected = expected.replace(code, f"{code[:_SHOWN]}…")
    return expected
