"""Sending a message of the stand: it is stored, nothing leaves the machine."""

import re
from datetime import datetime
from typing import Final

from frmr_portal.base.mailbox.models import Kind, Message

_PHONE: Final = re.compile(r"\+7\(000\)\d{7}")
# one address: several joined ones could hide a real domain before a test one
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+test")
_FORMS: Final = {Kind.SMS: (_PHONE,), Kind.EMAIL: (_EMAIL,), Kind.PUSH: (_PHONE, _EMAIL), Kind.LETTER: (_PHONE, _EMAIL)}


class RealAddress(ValueError):
    """The address is not one of the stand; the exception does not quote it."""


def check_address(kind: Kind, to: str) -> None:
    """Refuse whatever is not a telephone `+7(000)…` or a mailbox in the domain `.test`.

    Raises:
        RealAddress: the stand does not write there.
    """
    if not any(form.fullmatch(to) for form in _FORMS[kind]):
        raise RealAddress(kind)


def send(
    *,
    kind: Kind,
    owner: str,
    to: str,
    text: str,
    purpose: str,
    now: datetime,
    subject: str = "",
    code: str = "",
    valid_until: datetime | None = None,
) -> Message:
    """Put a message into the box of the stand.

    Args:
        kind: how it travels.
        owner: oid of the person as text; empty where the sender knows only the address.
        to: test telephone or test mailbox.
        text: what the person reads.
        purpose: why it was sent, in English: `sign_in`, `recovery`.
        now: stand time, timezone-aware.
        subject: of an e-mail or a letter.
        code: what the person has to type, shown in large figures.
        valid_until: until when the code is taken.

    Raises:
        RealAddress: the stand does not write there.
    """
    check_address(kind, to)
    return Message.objects.create(
        kind=kind, owner=owner, to=to, subject=subject[:200], text=text[:10_000], purpose=purpose, code=code, valid_until=valid_until, created_at=now
    )


def withdraw(*, owner: str, purpose: str, now: datetime) -> None:
    """Say that the codes sent so far for one purpose are no longer taken: a newer one has replaced them.

    Args:
        owner: oid of the person as text.
        purpose: what the messages were sent for.
        now: stand time, timezone-aware.
    """
    Message.objects.filter(owner=owner, purpose=purpose, valid_until__gt=now).update(valid_until=now)
