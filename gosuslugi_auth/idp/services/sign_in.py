"""Password, then a code by SMS. Counters are single conditional updates, so parallel guesses gain nothing (M9)."""

import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare

from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Outcome
from frmr_portal.base.kit.text import SnilsError, check_snils
from frmr_portal.base.kit.values import ANONYMOUS
from frmr_portal.base.mailbox import services as mailbox
from frmr_portal.base.mailbox.models import Kind
from gosuslugi_auth.idp.models import Contact, EsiaSession, OneTimeCode, Person
from gosuslugi_auth.idp.services import refusals
from gosuslugi_auth.idp.services.digests import digest_of_short
from gosuslugi_auth.idp.services.journal import actor_of

# terms and counters: esia.md 7.3
PASSWORD_ATTEMPTS = 5
LOCK_STEP = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
CODE_DIGITS = 6
CODE_ATTEMPTS = 3
CODE_LIFE = timedelta(seconds=300)
RESEND_AFTER = timedelta(seconds=60)
_PURPOSE = "sign_in"
_PHONE = re.compile(r"(?:\+?7|8)(\d{10})")


def submit_password(*, login: str, password: str, now: datetime, request_id: str) -> OneTimeCode:
    """Check login and password and send a code by SMS.

    Args:
        login: СНИЛС, phone or e-mail as typed.
        password: as typed; never stripped, never stored.
        now: stand time.
        request_id: of the HTTP request, for the journal.

    Raises:
        SignInRefused: one of its kinds, each with its own message; one row in the journal has been written.
    """
    person: Person | None = None
    try:
        person = _find_person(login, password)
        _count_attempt(person, now=now)
        _check_password(person, password, now=now)
        phone = _usable_phone(person)
    except refusals.SignInRefused as refused:
        _record_refusal(person, refused, now=now, request_id=request_id)
        raise
    return _send_code(person, phone, now=now)


def _find_person(login: str, password: str) -> Person:
    """S07: a login that cannot be of the stand is refused before the password is looked at."""
    person = Person.objects.filter(_lookup(login.strip())).first()
    if person is None:
        # RL-08: an unknown login costs as much time as a wrong password and gets the same answer
        make_password(password)
        raise refusals.WrongCredentials
    return person


def _lookup(login: str) -> Q:
    if "@" in login:
        if not login.lower().endswith(".test"):
            raise refusals.LoginNotOfTheStand
        return Q(contacts__kind=Contact.Kind.EMAIL, contacts__value=login.lower())
    digits = re.sub(r"[\s()+-]", "", login)
    if phone := _PHONE.fullmatch(digits):
        if len(digits) == 11 and not phone[1].startswith("000"):  # noqa: PLR2004  # 7 and ten digits
            raise refusals.LoginNotOfTheStand
        return Q(contacts__kind=Contact.Kind.MOBILE, contacts__value=f"+7({phone[1][:3]}){phone[1][3:]}")
    try:
        return Q(snils=check_snils(login).text)
    except SnilsError as error:
        if error.code == "E-SNILS-CHECK":
            raise refusals.WrongCredentials from error
        raise refusals.LoginNotOfTheStand from error


def _count_attempt(person: Person, *, now: datetime) -> None:
    """Count the attempt before it is evaluated: exactly five of any number of parallel guesses get through."""
    if person.state == Person.State.LOCKED:
        raise refusals.AccountLocked(None)
    open_door = Q(locked_until=None) | Q(locked_until__lte=now)
    counted = Person.objects.filter(open_door, pk=person.pk, failed_attempts__lt=PASSWORD_ATTEMPTS).update(failed_attempts=F("failed_attempts") + 1)
    person.refresh_from_db()
    if not counted:
        raise refusals.AccountLocked(person.locked_until)


def _check_password(person: Person, password: str, *, now: datetime) -> None:
    if not check_password(password, person.password):
        raise _lock_or_refuse(person, now=now)
    Person.objects.filter(pk=person.pk).update(failed_attempts=0, lock_count=0, locked_until=None)
    if person.state != Person.State.ACTIVE:
        raise refusals.AccountClosed(person.get_state_display(), person.get_cause_display())


def _lock_or_refuse(person: Person, *, now: datetime) -> refusals.SignInRefused:
    """Close the account after the last attempt; every lock is twice as long as the one before (RL-03)."""
    term = min(LOCK_STEP * 2**person.lock_count, LONGEST_LOCK)
    locked = Person.objects.filter(pk=person.pk, failed_attempts__gte=PASSWORD_ATTEMPTS).update(
        failed_attempts=0, locked_until=now + term, lock_count=F("lock_count") + 1
    )
    return refusals.AccountLocked(now + term) if locked else refusals.WrongCredentials()


def _usable_phone(person: Person) -> Contact:
    phone = person.contacts.filter(kind=Contact.Kind.MOBILE, is_reachable=True).first()
    if phone is None:
        raise refusals.PhoneUnreachable
    return phone


@transaction.atomic
def _send_code(person: Person, phone: Contact, *, now: datetime) -> OneTimeCode:
    """Make a code, forget the earlier ones and put the SMS into the mailbox of the stand."""
    OneTimeCode.objects.filter(person=person, closed_at=None).update(closed_at=now)
    mailbox.withdraw(owner=str(person.oid), purpose=_PURPOSE, now=now)
    value = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    code = OneTimeCode(person=person, attempts_left=CODE_ATTEMPTS, sent_at=now, expires_at=now + CODE_LIFE)
    code.digest = digest_of_short(value, salt=str(code.pk))
    code.save()
    mailbox.send(
        kind=Kind.SMS,
        owner=str(person.oid),
        to=phone.value,
        text="Код входа на учебный стенд. Действует пять минут",
        purpose=_PURPOSE,
        code=value,
        valid_until=code.expires_at,
        now=now,
    )
    return code


def resend_code(*, code_id: UUID, now: datetime, request_id: str) -> OneTimeCode:
    """Send another code; the old one dies.

    Raises:
        ResendTooEarly: a minute has not passed.
        CodeExpired: the sign-in itself is over.
    """
    code = OneTimeCode.objects.select_related("person").get(pk=code_id)
    try:
        if now < code.sent_at + RESEND_AFTER:
            raise refusals.ResendTooEarly(code.sent_at + RESEND_AFTER - now)
        phone = _usable_phone(code.person)
    except refusals.SignInRefused as refused:
        _record_refusal(code.person, refused, now=now, request_id=request_id)
        raise
    return _send_code(code.person, phone, now=now)


def submit_code(*, code_id: UUID, value: str, now: datetime, request_id: str) -> EsiaSession:
    """Check a code and open the session of the provider.

    Raises:
        SignInRefused: the code is wrong, late or exhausted, or the account was closed meanwhile.
    """
    code = OneTimeCode.objects.select_related("person").get(pk=code_id)
    try:
        _spend_attempt(code, value, now=now)
        if code.person.state != Person.State.ACTIVE:
            raise refusals.AccountClosed(code.person.get_state_display(), code.person.get_cause_display())
    except refusals.SignInRefused as refused:
        _record_refusal(code.person, refused, now=now, request_id=request_id)
        raise
    with transaction.atomic():
        session = EsiaSession.objects.create(person=code.person, method=EsiaSession.Method.PASSWORD, auth_time=now, seen_at=now)
        audit.record("esia.sign_in", actor=actor_of(code.person), now=now, request_id=request_id, data={"method": session.method})
    return session


def _spend_attempt(code: OneTimeCode, value: str, *, now: datetime) -> None:
    alive = OneTimeCode.objects.filter(pk=code.pk, closed_at=None, expires_at__gt=now)
    if not alive.filter(attempts_left__gt=0).update(attempts_left=F("attempts_left") - 1):
        code.refresh_from_db()
        raise refusals.CodeExhausted if code.attempts_left == 0 else refusals.CodeExpired(code.expires_at)
    if not constant_time_compare(digest_of_short(value.strip(), salt=str(code.pk)), code.digest):
        code.refresh_from_db()
        raise refusals.CodeWrong(code.attempts_left) if code.attempts_left else refusals.CodeExhausted
    if not alive.update(closed_at=now):
        raise refusals.CodeExpired(code.expires_at)


def _record_refusal(person: Person | None, refused: refusals.SignInRefused, *, now: datetime, request_id: str) -> None:
    audit.record(
        "esia.sign_in",
        actor=actor_of(person) if person else ANONYMOUS,
        now=now,
        outcome=Outcome.REFUSED,
        reason=refused.reason,
        request_id=request_id,
        data={"code": refused.code},
    )
