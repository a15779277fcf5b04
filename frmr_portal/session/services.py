"""Opening, refusing and closing sessions of the portal."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from cabinet.notifications import services as notifications
from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Event, Outcome
from frmr_portal.base.kit.values import ANONYMOUS, Actor
from frmr_portal.session.models import Account
from frmr_portal.session.refusals import AccountBlocked, SnilsConflict
from gosuslugi_auth.client.failures import SignInFailed, Unconfirmed
from gosuslugi_auth.client.oauth import PROVIDER_ID
from gosuslugi_auth.client.person import EsiaPerson
from gosuslugi_auth.client.tokens import Identity


@transaction.atomic
def open_session(*, person: EsiaPerson, identity: Identity, request_id: str, now: datetime, replaces: UUID | None = None) -> Account:
    """Bind a person who proved who they are to their account and record the sign-in.

    The key is the oid. СНИЛС is only compared; e-mail and names neither find an account nor join two (OA-24).

    Args:
        person: from the provider's REST answers, already checked to be a test person.
        identity: from the id token of the same person.
        request_id: id of the request, for the journal.
        now: stand time, timezone-aware.
        replaces: account whose open session in this browser ends by the new sign-in.

    Raises:
        Unconfirmed: the provider does not call the account confirmed in both answers.
        SnilsConflict: the СНИЛС belongs to another account, or has changed.
        AccountBlocked: the account is switched off.
    """
    if not (person.trusted and identity.trusted):
        raise Unconfirmed
    unusable = {"password": make_password(None)}
    account, _is_new = Account.objects.select_for_update().get_or_create(oid=person.oid, defaults=unusable)
    if not account.is_active:
        raise AccountBlocked
    _check_snils(person, account)
    if replaces:
        close_session(account_id=replaces, why="replaced", request_id=request_id, now=now)
    _refresh(account, person, now)
    SocialAccount.objects.get_or_create(provider=PROVIDER_ID, uid=str(person.oid), defaults={"user": account})
    event = audit.record("session.opened", actor=actor_of(account.pk), now=now, request_id=request_id, data={"method": identity.method})
    notifications.announce(event, recipient_id=account.pk, now=now)
    return account


def _check_snils(person: EsiaPerson, account: Account) -> None:
    if not person.snils:
        return
    if account.snils not in {"", person.snils} or Account.objects.filter(snils=person.snils).exclude(pk=account.pk).exists():
        raise SnilsConflict


def _refresh(account: Account, person: EsiaPerson, now: datetime) -> None:
    for name in ("last_name", "first_name", "middle_name", "birth_date", "email", "mobile"):
        setattr(account, name, getattr(person, name))
    account.snils = person.snils or account.snils
    account.organizations = [asdict(organization) for organization in person.organizations]
    account.refreshed_at = account.last_login = now
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        # somebody else brought the same number a moment ago
        raise SnilsConflict from error


def refuse_sign_in(*, failure: SignInFailed, request_id: str, now: datetime) -> Event:
    """Record a refused sign-in; called after whatever was begun has been rolled back."""
    data = {"code": failure.code} | ({"check": failure.check} if failure.check else {})
    return audit.record("session.refused", actor=ANONYMOUS, now=now, outcome=Outcome.REFUSED, reason=failure.reason, request_id=request_id, data=data)


def close_session(*, account_id: UUID | str, why: str, request_id: str, now: datetime) -> Event:
    """Record the end of a session.

    Args:
        account_id: whose session it was.
        why: `signed_out`, `idle`, `total`, `blocked` or `replaced`.
        request_id: id of the request, for the journal.
        now: stand time, timezone-aware.
    """
    return audit.record("session.closed", actor=actor_of(account_id), now=now, request_id=request_id, data={"why": why})


def actor_of(account_id: UUID | str) -> Actor:
    """Return an account as the journal names it."""
    return Actor("account", str(account_id))
