"""Access and id tokens: compact JWS with the claims of esia.md 4.2."""

from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from gosuslugi_auth.idp.protocol.values import Subject, TokenOrder
from gosuslugi_auth.wire import claims, scopes


def access_claims(order: TokenOrder) -> dict[str, Any]:
    """Return the claims of an access token; identifiers of the person are JSON numbers."""
    return {
        **_times(order, claims.ACCESS_TOKEN_SECONDS),
        claims.CLIENT_ID: order.client_id,
        claims.SESSION_ID: order.sid,
        claims.SUBJECT_ID: order.subject.oid,
        claims.SCOPE: scope_claim(order.scopes, order.subject.oid),
        claims.TOKEN_ID: order.token_id,
    }


def id_claims(order: TokenOrder) -> dict[str, Any]:
    """Return the claims of an id token."""
    return {
        **_times(order, claims.ID_TOKEN_SECONDS),
        claims.AUDIENCE: order.client_id,
        claims.SUBJECT: order.subject.oid,
        claims.AUTH_TIME: int(order.auth_time.timestamp()),
        claims.AMR: order.method,
        claims.METHOD: order.method,
        claims.SESSION_ID: order.sid,
        claims.SUBJECT_OBJECT: _subject(order.subject),
    }


def scope_claim(granted: tuple[str, ...], oid: int) -> str:
    """Return `openid fullname?oid=…`: every scope but openid names the person."""
    return " ".join(one if one == scopes.OPENID else f"{one}?oid={oid}" for one in granted)


def sign(body: dict[str, Any], *, subtype: str, key: RSAPrivateKey) -> str:
    """Return the compact JWS of an access (`ver` 1) or id (`ver` 0) token."""
    version = 1 if subtype == claims.SUBTYPE_ACCESS else 0
    return jwt.encode(body, key, algorithm=claims.ALG_RSA, headers={claims.SUBTYPE: subtype, claims.VERSION: version})


def _times(order: TokenOrder, life_seconds: int) -> dict[str, Any]:
    issued = int(order.now.timestamp())
    return {
        claims.ISSUER: order.issuer,
        claims.NOT_BEFORE: issued,
        claims.ISSUED_AT: issued,
        claims.EXPIRES: issued + life_seconds,
        claims.ENVIRONMENT: claims.ENVIRONMENT_TEST,
    }


def _subject(subject: Subject) -> dict[str, Any]:
    trusted = {claims.SUBJECT_TRUSTED: True} if subject.is_trusted else {}
    return {
        claims.SUBJECT_TYPE: claims.TYPE_PERSON,
        **trusted,
        claims.SUBJECT_OID: subject.oid,
        claims.SUBJECT_NAME: f"OID.{subject.oid}",
        claims.SUBJECT_LEVEL: subject.level,
    }
