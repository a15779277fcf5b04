"""Checks of a token request that need no database, in the fixed order of esia.md 3.7."""

from datetime import datetime

from gosuslugi_auth.idp.protocol import moments, secret
from gosuslugi_auth.idp.protocol.authorize import FindSystem, OwnerOfDigest, check_scope
from gosuslugi_auth.idp.protocol.parameters import Parameters
from gosuslugi_auth.idp.protocol.values import CheckedExchange, Diagnosis, Refusal, RegisteredSystem
from gosuslugi_auth.wire import errors, params

# grants of the protocol; the last two are for systems that switch them on
_KNOWN_GRANTS = frozenset({params.GRANT_CODE, params.GRANT_REFRESH, params.GRANT_CLIENT})


def check(request: Parameters, *, find_system: FindSystem, owner_of_digest: OwnerOfDigest, now: datetime) -> CheckedExchange:
    """Check a request for tokens (steps ② to ⑦).

    Args:
        request: parameters of body and query together; unknown ones are ignored, as the real service does.
        find_system: mnemonic → active system, None for an unknown or disabled one.
        owner_of_digest: certificate digest → mnemonic that it is registered for, empty if unknown.
        now: stand time, timezone-aware.

    Raises:
        Refusal: with the state to be echoed.
    """
    for name, _value in request.pairs:
        request.once(name)
    try:
        return _check(request, find_system, owner_of_digest, now)
    except Refusal as refusal:
        raise refusal.trusted(redirect_uri="", state=request.once(params.STATE)) from refusal


def _check(request: Parameters, find_system: FindSystem, owner_of_digest: OwnerOfDigest, now: datetime) -> CheckedExchange:
    _check_grant_type(request.mandatory(params.GRANT_TYPE))
    system = _find(request.mandatory(params.CLIENT_ID), find_system)
    _check_grant_allowed(request.once(params.GRANT_TYPE))
    code, redirect_uri, state, timestamp, value = (
        request.mandatory(name) for name in (params.CODE, params.REDIRECT_URI, params.STATE, params.TIMESTAMP, params.CLIENT_SECRET)
    )
    scope = request.once(params.SCOPE)
    asked = check_scope(scope, system)
    moments.check_timestamp(timestamp, system, now=now)
    digest = request.mandatory(params.CLIENT_CERTIFICATE_HASH)
    certificate = secret.find_certificate(system, digest, owner=owner_of_digest(digest.upper()), now=now)
    expected = secret.signed_string(
        client_id=system.mnemonic,
        scope=scope,
        scope_org=request.once(params.SCOPE_ORG),
        timestamp=timestamp,
        state=state,
        redirect_uri=redirect_uri,
        code=code,
    )
    used = secret.verify(value, expected, certificate, system)
    return CheckedExchange(system, code, redirect_uri, asked, state, request.once(params.CODE_VERIFIER), used)


def _check_grant_type(grant_type: str) -> None:
    if grant_type not in _KNOWN_GRANTS:
        raise Refusal(errors.GRANT_TYPE, "grant_type.unsupported", Diagnosis("Такой grant_type не поддерживается."))


def _check_grant_allowed(grant_type: str) -> None:
    if grant_type != params.GRANT_CODE:
        raise Refusal(errors.CLIENT_NOT_ALLOWED, "grant_type.not_allowed", Diagnosis(f"Системе не разрешён grant_type={grant_type}."))


def _find(client_id: str, find_system: FindSystem) -> RegisteredSystem:
    system = find_system(client_id)
    if system is None:
        raise Refusal(errors.CLIENT_NOT_ALLOWED, "client.unknown", Diagnosis("Система с такой мнемоникой не зарегистрирована или выключена."))
    return system


def invalid_grant(reason: str, what: str, *, state: str) -> Refusal:
    """Return the refusal of a code that is used, late, foreign or unknown."""
    return Refusal(errors.GRANT_INVALID, f"code.{reason}", Diagnosis(what), state=state)
