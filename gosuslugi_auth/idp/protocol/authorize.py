"""Checks of an authorization request, in the fixed order of esia.md 3.7.

`identify` decides whether the client and its address are trusted: until it returns, a refusal is a page of
our own. Everything `check` refuses may travel back to the trusted address.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gosuslugi_auth.idp.protocol import moments, pkce, secret
from gosuslugi_auth.idp.protocol.parameters import Parameters
from gosuslugi_auth.idp.protocol.values import CheckedAuthorization, Diagnosis, Refusal, RegisteredSystem
from gosuslugi_auth.wire import errors, params, scopes

FindSystem = Callable[[str], RegisteredSystem | None]
OwnerOfDigest = Callable[[str], str]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_MAX_STATE = 200
_FILTERS = {params.CONFIRMED_ONLY: "conf_acc", params.KIDS_ONLY: "acc_kid", params.NO_KIDS: "acc_not_kid"}


@dataclass(frozen=True)
class Target:
    """A registered client and the trusted address that its answer goes to."""

    system: RegisteredSystem
    redirect_uri: str
    state: str


def identify(request: Parameters, find_system: FindSystem) -> Target:
    """Find out who asks and where the answer may go (steps ② to ④).

    Args:
        request: the parameters, already decoded.
        find_system: mnemonic → active system, None for an unknown or disabled one.

    Raises:
        Refusal: 007003, 007005, 007014 or 007023; none of them may be redirected.
    """
    client_id, redirect_uri, state = (request.mandatory(name) for name in (params.CLIENT_ID, params.REDIRECT_URI, params.STATE))
    system = find_system(client_id)
    if system is None:
        raise Refusal(
            errors.CLIENT_NOT_ALLOWED,
            "client.unknown",
            Diagnosis("Система с такой мнемоникой не зарегистрирована или выключена.", "Проверьте параметр client_id."),
        )
    if redirect_uri not in system.redirect_uris:
        raise Refusal(errors.REDIRECT_NOT_ALLOWED, "redirect.foreign", _about_redirect(redirect_uri, system))
    return Target(system, redirect_uri, state)


def _about_redirect(given: str, system: RegisteredSystem) -> Diagnosis:
    nearest = min(system.redirect_uris, key=lambda one: _distance(one, given), default="")
    mend = f"Ближайший зарегистрированный адрес: {nearest}" if nearest else "У системы нет ни одного адреса возврата."
    return Diagnosis("Адрес redirect_uri не совпадает ни с одним зарегистрированным знак в знак.", mend)


def _distance(one: str, other: str) -> int:
    """Count the characters outside the common beginning and end: enough to find a slip of the pen."""
    shortest = min(len(one), len(other))
    head = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    tail = next((i for i in range(shortest - head) if one[-1 - i] != other[-1 - i]), shortest - head)
    return max(len(one), len(other)) - head - tail


def check(request: Parameters, target: Target, *, owner_of_digest: OwnerOfDigest, now: datetime) -> CheckedAuthorization:
    """Check everything else (steps ⑤ to ⑬).

    Args:
        request: the parameters.
        target: what `identify` returned.
        owner_of_digest: certificate digest → mnemonic that it is registered for, empty if unknown.
        now: stand time, timezone-aware.

    Raises:
        Refusal: with the trusted address and the state filled in.
    """
    try:
        return _check(request, target, owner_of_digest, now)
    except Refusal as refusal:
        raise refusal.trusted(redirect_uri=target.redirect_uri, state=target.state) from refusal


def _check(request: Parameters, target: Target, owner_of_digest: OwnerOfDigest, now: datetime) -> CheckedAuthorization:
    system = target.system
    scope, timestamp = _mandatory(request)
    if request.once(params.RESPONSE_TYPE) != params.RESPONSE_TYPE_CODE:
        raise Refusal(errors.RESPONSE_TYPE, "response_type.unsupported", Diagnosis("Поддерживается только response_type=code."))
    asked = check_scope(scope, system)
    _check_state(target)
    moments.check_timestamp(timestamp, system, now=now)
    digest = request.mandatory(params.CLIENT_CERTIFICATE_HASH)
    certificate = secret.find_certificate(system, digest, owner=owner_of_digest(digest.upper()), now=now)
    expected = secret.signed_string(
        client_id=system.mnemonic,
        scope=scope,
        scope_org=request.once(params.SCOPE_ORG),
        timestamp=timestamp,
        state=target.state,
        redirect_uri=target.redirect_uri,
    )
    used = secret.verify(request.once(params.CLIENT_SECRET), expected, certificate, system)
    challenge, method = request.once(params.CODE_CHALLENGE), request.once(params.CODE_CHALLENGE_METHOD)
    pkce.check_challenge(challenge, method, required=system.require_pkce)
    person_filter = _check_person_filter(request.once(params.PERSON_FILTER))
    return CheckedAuthorization(system, target.redirect_uri, asked, target.state, challenge, method, person_filter, used)


def _mandatory(request: Parameters) -> tuple[str, str]:
    """Demand the parameters of step ⑤ and return scope and timestamp; an absent scope has its own code later."""
    for name in (params.RESPONSE_TYPE, params.TIMESTAMP, params.CLIENT_SECRET):
        request.mandatory(name)
    for name, _value in request.pairs:
        request.once(name)
    return request.once(params.SCOPE), request.once(params.TIMESTAMP)


def check_scope(text: str, system: RegisteredSystem) -> tuple[str, ...]:
    """Return the scopes of a space-separated list, without repetitions, in the order of the request.

    Raises:
        Refusal: 007013 absent, 007006 unknown, 007019 not allowed to the system.
    """
    asked = tuple(dict.fromkeys(text.split()))
    if not asked:
        raise Refusal(errors.SCOPE_ABSENT, "scope.absent", Diagnosis("Параметр scope пуст."))
    if unknown := [one for one in asked if one not in scopes.KNOWN]:
        raise Refusal(errors.SCOPE_INVALID, "scope.unknown", Diagnosis(f"Неизвестная область доступа: {unknown[0]}."))
    if foreign := [one for one in asked if one not in system.scopes]:
        raise Refusal(errors.NO_GRANTS, "scope.not_allowed", Diagnosis(f"Системе не разрешена область доступа {foreign[0]}."))
    return asked


def _check_state(target: Target) -> None:
    if len(target.state) > _MAX_STATE or (target.system.is_strict and not _UUID.fullmatch(target.state)):
        raise Refusal(errors.PARAMETER_WRONG, "state.form", Diagnosis("Параметр state должен быть в форме UUID."))


def _check_person_filter(value: str) -> str:
    if not value:
        return ""
    if found := _FILTERS.get(value):
        return found
    try:
        plain = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        plain = ""
    mend = "Значение передают в base64: conf_acc — это Y29uZl9hY2M=." if not plain else f"Неизвестное значение: {plain[:40]}."
    raise Refusal(errors.PARAMETER_WRONG, "person_filter.unknown", Diagnosis("Параметр person_filter не распознан.", mend))
