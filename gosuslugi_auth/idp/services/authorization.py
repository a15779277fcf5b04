"""From a signed request of a system to a code: request, consent, answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

from django.db import IntegrityError, transaction

from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Outcome
from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.models import AuthCode, AuthorizationRequest, Consent, EsiaSession, InformationSystem, Person, UsedSecret
from gosuslugi_auth.idp.protocol import authorize
from gosuslugi_auth.idp.protocol.parameters import Parameters, RawRequest
from gosuslugi_auth.idp.protocol.values import CheckedAuthorization, Diagnosis, Refusal
from gosuslugi_auth.idp.services.digests import digest_of
from gosuslugi_auth.idp.services.journal import actor_of, refusals_recorded
from gosuslugi_auth.wire import errors, params

REQUEST_LIFE = timedelta(minutes=15)
# OA-10: a code is good for 60 s, the value is our choice (esia.md 4.1)
CODE_LIFE = timedelta(seconds=60)
CONSENT_LIFE = timedelta(days=365)
_WAITING = (AuthorizationRequest.Step.SIGN_IN, AuthorizationRequest.Step.CONSENT)


@dataclass(frozen=True)
class ConsentNeeded:
    """The person has to be asked before a code is given."""

    request: AuthorizationRequest


@dataclass(frozen=True)
class Redirect:
    """The answer to the system: an address with a code or with an error."""

    url: str


def begin(raw: RawRequest, *, now: datetime, request_id: str) -> AuthorizationRequest:
    """Check an authorization request and remember it until its person has signed in.

    Args:
        raw: the request as it came.
        now: stand time.
        request_id: of the HTTP request, for the journal.

    Raises:
        Refusal: one row in the journal has been written; `redirect_uri` says whether it may be redirected.
    """
    request = Parameters(())
    with refusals_recorded("esia.authorization", request, now=now, request_id=request_id):
        request = Parameters.read(raw)
    with refusals_recorded("esia.authorization", request, now=now, request_id=request_id):
        target = authorize.identify(request, selectors.registered_system)
        checked = authorize.check(request, target, owner_of_digest=selectors.owner_of_digest, now=now)
        system = InformationSystem.objects.get(mnemonic=checked.system.mnemonic)
        _refuse_replay(checked, system)
    return _remember(checked, system, now=now)


def _refuse_replay(checked: CheckedAuthorization, system: InformationSystem) -> None:
    """OA-18: the same secret is fine (F5 in the browser) until its request has produced a code."""
    if UsedSecret.objects.filter(system=system, endpoint=UsedSecret.Endpoint.AC, digest=checked.secret_digest).exists():
        raise Refusal(
            errors.CLIENT_SECRET_WRONG,
            "secret.replayed",
            Diagnosis("По этому запросу код уже выдан.", "Для нового входа подпишите новый запрос."),
            state=checked.state,
            redirect_uri=checked.redirect_uri,
        )


def _remember(checked: CheckedAuthorization, system: InformationSystem, *, now: datetime) -> AuthorizationRequest:
    return AuthorizationRequest.objects.create(
        system=system,
        redirect_uri=checked.redirect_uri,
        scopes=list(checked.scopes),
        state=checked.state,
        code_challenge=checked.code_challenge,
        code_challenge_method=checked.code_challenge_method,
        person_filter=checked.person_filter,
        secret_digest=checked.secret_digest,
        created_at=now,
        expires_at=now + REQUEST_LIFE,
    )


def proceed(request: AuthorizationRequest, session: EsiaSession, *, now: datetime, request_id: str) -> ConsentNeeded | Redirect:
    """Go on after the sign-in: refuse the wrong kind of account, ask for consent, or give the code."""
    person = session.person
    if not _fits_filter(person, request.person_filter):
        return _refuse(request, person, errors.UNCONFIRMED, "person.filter", now=now, request_id=request_id)
    consent = selectors.consent_of(request.system, person, now=now)
    if consent is None or not set(request.scopes) <= set(consent.asked):
        AuthorizationRequest.objects.filter(pk=request.pk, step=AuthorizationRequest.Step.SIGN_IN).update(step=AuthorizationRequest.Step.CONSENT)
        return ConsentNeeded(request)
    return _issue(request, session, consent.scopes, now=now)


def _fits_filter(person: Person, person_filter: str) -> bool:
    is_child = person.level == Person.Level.CHILD
    return {"conf_acc": person.is_trusted, "acc_kid": is_child, "acc_not_kid": not is_child}.get(person_filter, True)


def allow(request: AuthorizationRequest, session: EsiaSession, *, chosen: Collection[str], now: datetime, request_id: str) -> ConsentNeeded | Redirect:
    """Keep the consent of a person and give the code; unticked optional scopes are not granted.

    The kind of account is checked again: the consent page may have been open while the account changed.
    """
    if not _fits_filter(session.person, request.person_filter):
        return _refuse(request, session.person, errors.UNCONFIRMED, "person.filter", now=now, request_id=request_id)
    required = set(request.system.required_scopes)
    granted = [one for one in request.scopes if one in required or one in chosen]
    with transaction.atomic():
        Consent.objects.filter(system=request.system, person=session.person, withdrawn_at=None).update(withdrawn_at=now)
        Consent.objects.create(
            system=request.system,
            person=session.person,
            asked=request.scopes,
            scopes=granted,
            given_at=now,
            expires_at=now + CONSENT_LIFE,
        )
        audit.record(
            "esia.consent",
            actor=actor_of(session.person),
            now=now,
            target=request.system.mnemonic,
            request_id=request_id,
            data={"scopes": " ".join(granted)},
        )
        return _issue(request, session, granted, now=now)


def deny(request: AuthorizationRequest, session: EsiaSession, *, now: datetime, request_id: str) -> Redirect:
    """Tell the system that the person refused (007004)."""
    return _refuse(request, session.person, errors.DENIED, "person.denied", now=now, request_id=request_id)


def _refuse(request: AuthorizationRequest, person: Person, error: errors.WireError, reason: str, *, now: datetime, request_id: str) -> Redirect:
    with transaction.atomic():
        AuthorizationRequest.objects.filter(pk=request.pk, step__in=_WAITING).update(step=AuthorizationRequest.Step.DENIED)
        audit.record(
            "esia.consent",
            actor=actor_of(person),
            now=now,
            outcome=Outcome.REFUSED,
            target=request.system.mnemonic,
            reason=reason,
            request_id=request_id,
            data={"code": error.code},
        )
    refusal = Refusal(error, reason, Diagnosis(""), state=request.state, redirect_uri=request.redirect_uri)
    return error_redirect(refusal, iss=_iss(request.system))


@transaction.atomic
def _issue(request: AuthorizationRequest, session: EsiaSession, granted: list[str], *, now: datetime) -> Redirect:
    """Give one code for one request; of two tabs that finish together, the later one starts anew."""
    if not AuthorizationRequest.objects.filter(pk=request.pk, step__in=_WAITING).update(step=AuthorizationRequest.Step.ISSUED):
        raise RequestIsOver
    try:
        with transaction.atomic():
            UsedSecret.objects.create(system=request.system, endpoint=UsedSecret.Endpoint.AC, digest=request.secret_digest, seen_at=now)
    except IntegrityError as error:
        raise RequestIsOver from error
    code = str(uuid4())
    AuthCode.objects.create(
        digest=digest_of(code),
        request=request,
        session=session,
        scopes=[one for one in request.scopes if one in granted],
        expires_at=now + CODE_LIFE,
    )
    return Redirect(_with_query(request.redirect_uri, {params.CODE: code, params.STATE: request.state, **_iss(request.system)}))


class RequestIsOver(Exception):
    """The authorization request has already been answered or has lapsed: the sign-in begins again at the system."""


def _iss(system: InformationSystem) -> dict[str, str]:
    return {params.ISSUER: selectors.issuer_of(system)} if system.callback_iss else {}


def error_redirect(refusal: Refusal, *, iss: dict[str, str] | None = None) -> Redirect:
    """Return the error answer to a trusted address: description, state, error, in the observed order."""
    answer = {
        params.ERROR_DESCRIPTION: refusal.description,
        params.STATE: refusal.state,
        params.ERROR: str(refusal.error.oauth),
        **(iss or {}),
    }
    return Redirect(_with_query(refusal.redirect_uri, answer))


def refusal_redirect(refusal: Refusal, *, client_id: str) -> Redirect:
    """Return the error answer of a refused authorization request of a registered system."""
    return error_redirect(refusal, iss=_iss(InformationSystem.objects.get(mnemonic=client_id)))


def _with_query(address: str, added: dict[str, str]) -> str:
    """Add parameters; a query that the registered address already has is kept."""
    parts = urlsplit(address)
    query = "&".join(part for part in (parts.query, urlencode(added)) if part)
    return urlunsplit(parts._replace(query=query))
