"""The conversation of the portal with the provider: one signed request to ac, one to te, three to rs."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from gosuslugi_auth.client import failures, signing, tokens, transport
from gosuslugi_auth.client.person import EsiaPerson, parse
from gosuslugi_auth.client.registration import Registration
from gosuslugi_auth.wire import claims, params, paths

_OK = 200


@dataclass(frozen=True)
class Grant:
    """What te gave for a code: checked tokens and who they are about."""

    access_token: str
    identity: tokens.Identity


def authorization_url(registration: Registration, *, state: str, code_challenge: str, now: datetime) -> str:
    """Return the address of ac that the browser is sent to (esia.md 3.1)."""
    moment = signing.timestamp(now)
    text = signing.authorization_string(
        client_id=registration.client_id, scope=registration.scope, timestamp=moment, state=state, redirect_uri=registration.redirect_uri
    )
    query = {
        **_signed(registration, text, moment, state),
        params.RESPONSE_TYPE: params.RESPONSE_TYPE_CODE,
        params.ACCESS_TYPE: params.ACCESS_ONLINE,
        params.PERSON_FILTER: params.CONFIRMED_ONLY,
        params.CODE_CHALLENGE: code_challenge,
        params.CODE_CHALLENGE_METHOD: params.CHALLENGE_S256,
    }
    return f"{registration.public_url}{paths.AUTHORIZE_V2}?{urlencode(query)}"


def exchange_code(registration: Registration, *, code: str, code_verifier: str, now: datetime, deadline: transport.Deadline) -> Grant:
    """Exchange a code for tokens and check them.

    Raises:
        SignInFailed: the provider refused, was unavailable, or its tokens prove nothing.
    """
    moment, state = signing.timestamp(now), str(uuid.uuid4())
    text = signing.token_string(
        client_id=registration.client_id, scope=registration.scope, timestamp=moment, state=state, redirect_uri=registration.redirect_uri, code=code
    )
    form = {
        **_signed(registration, text, moment, state),
        params.CODE: code,
        params.GRANT_TYPE: params.GRANT_CODE,
        params.CODE_VERIFIER: code_verifier,
        params.TOKEN_TYPE: params.BEARER,
    }
    answer = transport.post_form(f"{registration.internal_url}{paths.TOKEN_V3}", form, deadline=deadline)
    if answer.status != _OK:
        raise failures.refused(_text(answer.body, params.ERROR), _text(answer.body, params.ERROR_DESCRIPTION))
    if answer.body.get(params.STATE) != state:
        raise failures.AnswerUnusable("state")
    return _grant(registration, answer.body, now)


def fetch_person(registration: Registration, grant: Grant, *, deadline: transport.Deadline) -> EsiaPerson:
    """Fetch the person, the contacts and the organisations with the token of the person.

    Raises:
        SignInFailed: the provider refused, was unavailable, or described somebody who may not enter.
    """
    base = f"{registration.internal_url}{paths.PERSON.format(oid=grant.identity.oid)}"

    def get(suffix: str) -> dict[str, Any]:
        answer = transport.get_json(base + suffix, token=grant.access_token, deadline=deadline)
        if answer.status != _OK:
            raise failures.refused("", f"{_text(answer.body, 'code')}:")
        return answer.body

    person = get("")
    contacts = get(f"/{paths.CONTACTS}?embed={paths.EMBED_ELEMENTS}")
    return parse(grant.identity.oid, person, contacts, get(f"/{paths.ROLES}"))


def _signed(registration: Registration, text: str, moment: str, state: str) -> dict[str, str]:
    return {
        params.CLIENT_ID: registration.client_id,
        params.REDIRECT_URI: registration.redirect_uri,
        params.SCOPE: registration.scope,
        params.STATE: state,
        params.TIMESTAMP: moment,
        params.CLIENT_SECRET: signing.client_secret(registration.key, text),
        params.CLIENT_CERTIFICATE_HASH: signing.certificate_hash(registration.certificate),
    }


def _grant(registration: Registration, body: dict[str, Any], now: datetime) -> Grant:
    access_token = _text(body, claims.ACCESS_TOKEN)
    identity = tokens.read_id_token(_text(body, claims.ID_TOKEN), registration.expectation, now=now)
    tokens.check_access_token(access_token, registration.expectation, identity, now=now)
    return Grant(access_token, identity)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    return value if isinstance(value, str) else ""
