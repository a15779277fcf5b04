"""Why a sign-in did not happen: every failure has a stable reason for the journal and a code for people.

Codes of ЕСИА are kept as they came; a failure without one carries a code with the prefix `STAND-`.
"""

import re
from typing import ClassVar, Final

from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from gosuslugi_auth.wire import errors

# only this much of a description goes on a page and into the journal
_CODE: Final = re.compile(r"(?:ESIA|STAND)-[A-Z0-9]{1,12}(?=:)")


class SignInFailed(OAuth2Error):
    """A sign-in ended without a session.

    Attributes:
        reason: stable word for the journal.
        code: what the page shows and people read out to support.
        check: name of the failed check or field, for the journal; never a value.
    """

    reason: ClassVar[str] = "failed"
    code: str = "STAND-SIGN-IN"

    def __init__(self, check: str = "") -> None:
        """Keep which check failed."""
        super().__init__(check)
        self.check = check


class StateUnknown(SignInFailed):
    """The callback carries no state, a foreign one, a used one, or one older than it may be."""

    reason = "state_unknown"
    code = "STAND-STATE"


class CallbackIncomplete(SignInFailed):
    """The callback carries neither a code nor an error, or one of them twice."""

    reason = "callback_incomplete"
    code = "STAND-CALLBACK"


class IssuerWrong(SignInFailed):
    """The callback does not say that it comes from our provider (mix-up, RFC 9207)."""

    reason = "issuer_wrong"
    code = "STAND-ISSUER"


class ProviderRefused(SignInFailed):
    """The provider answered with an error of its own; without a code that can be shown, a neutral one stands."""

    reason = "provider_refused"

    def __init__(self, code: str = "") -> None:
        """Keep the code of the provider."""
        super().__init__()
        self.code = code or SignInFailed.code


class Cancelled(SignInFailed):
    """The person pressed «Отказать»."""

    reason = "cancelled"
    code = errors.DENIED.code


class Unconfirmed(SignInFailed):
    """The account at the provider is not confirmed."""

    reason = "unconfirmed"
    code = errors.UNCONFIRMED.code


class ProviderUnavailable(SignInFailed):
    """The provider could not be asked, or its answer could not be used."""

    reason = "provider_unavailable"
    code = "STAND-UNREACHABLE"


class AnswerUnusable(ProviderUnavailable):
    """The provider answered, but not with JSON of the promised form and size."""

    reason = "answer_unusable"
    code = "STAND-ANSWER"


class ProviderResting(ProviderUnavailable):
    """Too many failures in a row: the provider is not asked for a while."""

    reason = "provider_resting"
    code = "STAND-RESTING"


class ClientNotReady(ProviderUnavailable):
    """The portal has no key or no certificate of the provider."""

    reason = "client_not_ready"
    code = "STAND-KEYS"


class TokenRefused(SignInFailed):
    """A token does not prove what it claims."""

    reason = "token_refused"
    code = "STAND-TOKEN"


class PersonRefused(SignInFailed):
    """The data are not of a test person, or not of the person who was asked about."""

    reason = "person_refused"
    code = "STAND-PERSON"


def refused(error: str, description: str) -> SignInFailed:
    """Return the failure that an error answer of ac or te means.

    Args:
        error: OAuth `error`, as received.
        description: `error_description`, as received; begins with a code of ЕСИА where there is one.
    """
    found = _CODE.match(description)
    if not found:
        return Cancelled() if error == errors.OAuthError.ACCESS_DENIED else ProviderRefused()
    by_code = {Cancelled.code: Cancelled, Unconfirmed.code: Unconfirmed}
    return by_code[found[0]]() if found[0] in by_code else ProviderRefused(found[0])
