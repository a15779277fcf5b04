"""From a code to tokens."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from frmr_portal.base.audit import services as audit
from frmr_portal.base.kit import keys
from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.models import AccessToken, AuthCode, InformationSystem, Person, UsedSecret
from gosuslugi_auth.idp.protocol import pkce, token, tokens
from gosuslugi_auth.idp.protocol.parameters import Parameters, RawRequest
from gosuslugi_auth.idp.protocol.values import CheckedExchange, Diagnosis, Refusal, TokenOrder
from gosuslugi_auth.idp.services.digests import digest_of
from gosuslugi_auth.idp.services.journal import actor_of, refusals_recorded
from gosuslugi_auth.wire import claims, errors, params, scopes


@dataclass(frozen=True)
class TokenAnswer:
    """A successful answer of te, as it travels."""

    body: dict[str, Any]


def exchange(raw: RawRequest, *, now: datetime, request_id: str) -> TokenAnswer:
    """Check a token request, spend its code once and issue tokens.

    Args:
        raw: the request as it came.
        now: stand time.
        request_id: of the HTTP request, for the journal.

    Raises:
        Refusal: one row in the journal has been written.
    """
    request = Parameters(())
    with refusals_recorded("esia.token", request, now=now, request_id=request_id):
        request = Parameters.read(raw)
    with refusals_recorded("esia.token", request, now=now, request_id=request_id):
        checked = token.check(request, find_system=selectors.registered_system, owner_of_digest=selectors.owner_of_digest, now=now)
        system = InformationSystem.objects.get(mnemonic=checked.system.mnemonic)
        _refuse_replay(checked, system, now=now)
        code = _spend(checked, system, now=now)
        try:
            pkce.check_verifier(code.request.code_challenge, checked.code_verifier)
        except Refusal as refusal:
            raise refusal.trusted(redirect_uri="", state=checked.state) from refusal
    return _issue(code, checked, now=now, request_id=request_id)


def _refuse_replay(checked: CheckedExchange, system: InformationSystem, *, now: datetime) -> None:
    """OA-18: a secret does its work once at this address; the unique row decides between parallel requests."""
    try:
        with transaction.atomic():
            UsedSecret.objects.create(system=system, endpoint=UsedSecret.Endpoint.TE, digest=checked.secret_digest, seen_at=now)
    except IntegrityError as error:
        raise Refusal(
            errors.CLIENT_SECRET_WRONG,
            "secret.replayed",
            Diagnosis("Этот client_secret уже использован.", "Подпишите новую строку с новым временем."),
            state=checked.state,
        ) from error


def _spend(checked: CheckedExchange, system: InformationSystem, *, now: datetime) -> AuthCode:
    """Consume a code that belongs to this request; a second use kills what the first one gave (OA-08)."""
    code = AuthCode.objects.select_related("request", "session__person").filter(digest=digest_of(checked.code)).first()
    if code is None or code.request.system_id != system.pk:
        raise token.invalid_grant("unknown", "Такого кода у этой системы нет.", state=checked.state)
    _check_binding(code, checked)
    if not AuthCode.objects.filter(pk=code.pk, consumed_at=None, expires_at__gt=now).update(consumed_at=now):
        raise _why_not(code, checked, now=now)
    session = code.session
    if session.ended_at is not None or session.person.state != Person.State.ACTIVE:
        raise token.invalid_grant("person_gone", "Сеанс завершён или учётная запись закрыта.", state=checked.state)
    return code


def _check_binding(code: AuthCode, checked: CheckedExchange) -> None:
    if code.request.redirect_uri != checked.redirect_uri:
        raise token.invalid_grant("redirect", "Код выдан для другого redirect_uri.", state=checked.state)
    if not set(checked.scopes) <= set(code.request.scopes):
        raise Refusal(errors.SCOPE_INVALID, "scope.wider", Diagnosis("Областей доступа больше, чем в запросе авторизации."), state=checked.state)


def _why_not(code: AuthCode, checked: CheckedExchange, *, now: datetime) -> Refusal:
    code.refresh_from_db()
    if code.consumed_at is None:
        late = (now - code.expires_at).total_seconds()
        return token.invalid_grant("expired", f"Срок кода истёк {late:.0f} с назад.", state=checked.state)
    AccessToken.objects.filter(code=code, revoked_at=None).update(revoked_at=now)
    return token.invalid_grant("reused", "Код уже использован. Выданные по нему маркеры отозваны.", state=checked.state)


@transaction.atomic
def _issue(code: AuthCode, checked: CheckedExchange, *, now: datetime, request_id: str) -> TokenAnswer:
    system, session = code.request.system, code.session
    granted = tuple(one for one in code.scopes if one in checked.scopes)
    order = TokenOrder(
        issuer=selectors.issuer_of(system),
        client_id=system.mnemonic,
        subject=selectors.subject_of(session.person),
        scopes=granted,
        sid=str(session.sid),
        method=session.method,
        auth_time=session.auth_time,
        now=now,
        token_id=str(uuid.uuid4()),
    )
    key = keys.read_private_key(settings.ESIA_SIGNING_KEY_FILE)
    access = tokens.sign(tokens.access_claims(order), subtype=claims.SUBTYPE_ACCESS, key=key)
    AccessToken.objects.create(
        digest=digest_of(access),
        code=code,
        system=system,
        session=session,
        scopes=list(granted),
        expires_at=now + timedelta(seconds=claims.ACCESS_TOKEN_SECONDS),
    )
    audit.record("esia.token", actor=actor_of(session.person), now=now, target=system.mnemonic, request_id=request_id)
    answer = {
        params.STATE: checked.state,
        claims.TOKEN_TYPE: params.BEARER,
        claims.EXPIRES_IN: claims.ACCESS_TOKEN_SECONDS,
        claims.ACCESS_TOKEN: access,
    }
    if scopes.OPENID in granted:
        answer[claims.ID_TOKEN] = tokens.sign(tokens.id_claims(order), subtype=claims.SUBTYPE_ID, key=key)
    return TokenAnswer(answer)
