"""Writing the journal and proving that it is whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from frmr_portal.base.audit import actions, chain, cleaning
from frmr_portal.base.audit.models import EPOCH, GENESIS, Event, Head, Outcome
from frmr_portal.base.kit.values import WORKER, Actor

_BATCH_ROWS = 1000


class Fault(StrEnum):
    """What is wrong with the first bad row of a journal."""

    BAD_HASH = "bad_hash"
    BAD_LINK = "bad_link"
    MISSING = "missing"
    TAIL_CUT = "tail_cut"
    BAD_HEAD = "bad_head"


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole journal found.

    Attributes:
        checked: rows that were read and found good.
        fault: what is wrong; None means that the journal is whole.
        seq: number of the first bad or missing row, 0 if the journal is whole.
    """

    checked: int
    fault: Fault | None = None
    seq: int = 0

    @property
    def intact(self) -> bool:
        """Whether every row is as it was written and none is missing."""
        return self.fault is None


@transaction.atomic
def record(
    action: str,
    *,
    actor: Actor,
    now: datetime,
    outcome: Outcome = Outcome.DONE,
    target: str = "",
    reason: str = "",
    request_id: str = "",
    data: Mapping[str, str | int | bool] | None = None,
) -> Event:
    """Append one event to the journal, in the caller's transaction.

    A refusal is recorded after the rollback of what was refused, outside its transaction (AU-09).

    Args:
        action: a registered action, `noun.verb`.
        actor: who acted; the key is an identifier, never personal data.
        now: stand time, timezone-aware.
        outcome: done or refused.
        target: what was acted on, `kind:identifier`.
        reason: stable code of a refusal.
        request_id: id that the person sees on the page.
        data: further facts; identifiers, numbers and flags, never personal data, codes or tokens.

    Raises:
        UnknownAction: the action is not registered.
        UnfitData: `data` holds something else than texts, integers and flags.
    """
    event = Event(
        action=actions.check(action),
        at_microseconds=(now - EPOCH) // timedelta(microseconds=1),
        outcome=Outcome(outcome),
        actor_kind=cleaning.line(actor.kind, limit=16),
        actor_key=cleaning.line(actor.key, limit=64),
        actor_role=cleaning.line(actor.role, limit=64),
        target=cleaning.scrubbed(target, limit=128),
        reason=cleaning.scrubbed(reason),
        request_id=cleaning.line(request_id, limit=32),
        data=cleaning.data(data),
    )
    return _append(event)


def _append(event: Event) -> Event:
    head = _locked_head()
    event.seq, event.prev_hash = head.seq + 1, head.hash
    event.hash = chain.digest(event)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def _locked_head() -> Head:
    # the lock orders all writers; on SQLite the IMMEDIATE transaction already is that lock
    found = Head.objects.select_for_update().first()
    if found:
        return found
    Head.objects.bulk_create([Head(seq=0, hash=GENESIS)], ignore_conflicts=True)
    return Head.objects.select_for_update().get()


def verify() -> Verdict:
    """Read the whole journal in batches and name the first fault.

    Rows that are appended meanwhile are left to the next check.
    """
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    # read after `last`: an honest writer moves both in one transaction, so the head cannot be behind
    head = Head.objects.first() or Head(seq=0, hash=GENESIS)
    if last > head.seq:
        return Verdict(checked=0, fault=Fault.BAD_HEAD, seq=head.seq + 1)
    previous = Event(seq=0, hash=GENESIS)
    for event in Event.objects.filter(seq__lte=head.seq).order_by("seq").iterator(chunk_size=_BATCH_ROWS):
        fault = _fault_of(event, previous)
        if fault:
            return Verdict(checked=previous.seq, fault=fault, seq=previous.seq + 1)
        previous = event
    return _compared_with(head, previous)


def _fault_of(event: Event, previous: Event) -> Fault | None:
    if event.seq != previous.seq + 1:
        return Fault.MISSING
    if event.prev_hash != previous.hash:
        return Fault.BAD_LINK
    return None if event.hash == chain.digest(event) else Fault.BAD_HASH


def _compared_with(head: Head, last: Event) -> Verdict:
    if last.seq < head.seq:
        return Verdict(checked=last.seq, fault=Fault.TAIL_CUT, seq=last.seq + 1)
    if last.hash != head.hash:
        return Verdict(checked=last.seq, fault=Fault.BAD_HEAD, seq=head.seq)
    return Verdict(checked=last.seq)


def verify_and_record(*, now: datetime) -> Verdict:
    """Check the journal and write the result into it: «журнал цел» is itself an event."""
    verdict = verify()
    record(
        "journal.verified",
        actor=WORKER,
        now=now,
        outcome=Outcome.DONE if verdict.intact else Outcome.REFUSED,
        reason=verdict.fault or "",
        data={"checked": verdict.checked, "seq": verdict.seq},
    )
    return verdict
