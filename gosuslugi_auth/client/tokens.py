"""Checks of the provider's tokens (esia.md 4.2, 4.4; OA-20, OA-21, EM-12). Pure: the time and the key come in.

The library does the signature. The claims are checked here: times against the stand's clock, `sub` as
the number that ЕСИА sends (the library insists on a string), and equal JSON keys are refused.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.utils import base64url_decode

from gosuslugi_auth.client.failures import TokenRefused
from gosuslugi_auth.wire import claims

# how far ahead the provider's clock may be, seconds
_AHEAD_SECONDS: Final = 60
# far more than a token of ЕСИА ever has, characters
_LONGEST: Final = 16_384
_JWS: Final = jwt.PyJWS(algorithms=[claims.ALG_RSA])


@dataclass(frozen=True)
class Expectation:
    """What the portal demands of every token.

    Attributes:
        certificate: the portal's own copy of the certificate that signs tokens.
        issuer: `iss`, exact.
        client_id: `aud` of an id token, `client_id` of an access token.
        production: tokens of a stand are refused; elsewhere only tokens of a stand are taken.
    """

    certificate: x509.Certificate
    issuer: str
    client_id: str
    production: bool


@dataclass(frozen=True)
class Identity:
    """Who signed in, as the id token says.

    Attributes:
        oid: identifier of the person.
        session_id: session at the provider.
        method: `PWD` or `DS`.
        trusted: whether the account is confirmed.
    """

    oid: int
    session_id: str
    method: str
    trusted: bool


def read_id_token(token: str, expected: Expectation, *, now: datetime) -> Identity:
    """Check an id token and return who signed in.

    Raises:
        TokenRefused: the first check that failed.
    """
    found = _checked(token, claims.SUBTYPE_ID, expected, now)
    _require(found.get(claims.AUDIENCE) in (expected.client_id, [expected.client_id]), "aud")
    oid = _number(found, claims.SUBJECT)
    subject = found.get(claims.SUBJECT_OBJECT)
    if not isinstance(subject, dict):
        raise TokenRefused(claims.SUBJECT_OBJECT)
    _require(_number(subject, claims.SUBJECT_OID) == oid, claims.SUBJECT_OID)
    method = found.get(claims.METHOD)
    _require(method in {claims.METHOD_PASSWORD, claims.METHOD_SIGNATURE}, claims.METHOD)
    return Identity(oid, _text(found, claims.SESSION_ID), str(method), subject.get(claims.SUBJECT_TRUSTED) is True)


def check_access_token(token: str, expected: Expectation, identity: Identity, *, now: datetime) -> None:
    """Check that an access token belongs to the same person, session and client as the id token.

    Raises:
        TokenRefused: the first check that failed.
    """
    found = _checked(token, claims.SUBTYPE_ACCESS, expected, now)
    _require(found.get(claims.CLIENT_ID) == expected.client_id, claims.CLIENT_ID)
    _require(_number(found, claims.SUBJECT_ID) == identity.oid, claims.SUBJECT_ID)
    _require(_text(found, claims.SESSION_ID) == identity.session_id, claims.SESSION_ID)


def _checked(token: str, subtype: str, expected: Expectation, now: datetime) -> dict[str, Any]:
    header, payload = _opened(token, expected.certificate)
    _require(header.get(claims.SUBTYPE) == subtype, claims.SUBTYPE)
    _require(payload.get(claims.ISSUER) == expected.issuer, claims.ISSUER)
    of_a_stand = payload.get(claims.ENVIRONMENT) is not None
    _require(of_a_stand != expected.production, claims.ENVIRONMENT)
    _require(expected.production or payload[claims.ENVIRONMENT] == claims.ENVIRONMENT_TEST, claims.ENVIRONMENT)
    _check_times(payload, now.timestamp())
    return payload


def _opened(token: str, certificate: x509.Certificate) -> tuple[dict[str, Any], dict[str, Any]]:
    parts = token.split(".")
    _require(len(token) <= _LONGEST and len(parts) == 3 and token.isascii(), "form")  # noqa: PLR2004 - header, payload, signature
    header = _json(parts[0])
    _require(header.get(claims.ALG) == claims.ALG_RSA, claims.ALG)
    _require(not claims.FORBIDDEN_HEADERS & header.keys(), "header")
    _verify(token, certificate)
    return header, _json(parts[1])


def _verify(token: str, certificate: x509.Certificate) -> None:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise TokenRefused("key")
    try:
        _JWS.decode(token, key, algorithms=[claims.ALG_RSA])
    except jwt.PyJWTError as error:
        raise TokenRefused("signature") from error


def _check_times(payload: dict[str, Any], now: float) -> None:
    _require(now < _number(payload, claims.EXPIRES), claims.EXPIRES)
    _require(_number(payload, claims.NOT_BEFORE) <= now + _AHEAD_SECONDS, claims.NOT_BEFORE)
    _require(_number(payload, claims.ISSUED_AT) <= now + _AHEAD_SECONDS, claims.ISSUED_AT)


def _json(part: str) -> dict[str, Any]:
    try:
        found = json.loads(base64url_decode(part), object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise TokenRefused("form") from error
    if not isinstance(found, dict):
        raise TokenRefused("form")
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    # two parsers may disagree which of two equal keys counts
    _require(len(found) == len(pairs), "repeated key")
    return found


def _number(found: dict[str, Any], name: str) -> int:
    value = found.get(name)
    # True is an int in Python
    if not isinstance(value, int) or isinstance(value, bool):
        raise TokenRefused(name)
    return value


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise TokenRefused(name)
    return value


def _require(holds: bool, check: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise TokenRefused(check)
