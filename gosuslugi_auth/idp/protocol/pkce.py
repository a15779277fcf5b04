"""PKCE (RFC 7636): the code belongs to whoever started the request."""

import base64
import hashlib
import hmac
import re

from gosuslugi_auth.idp.protocol.values import Diagnosis, Refusal
from gosuslugi_auth.wire import errors, params

# RFC 7636, 4.1 and 4.2
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_CHALLENGE = re.compile(r"[A-Za-z0-9\-_]{43}")


def check_challenge(challenge: str, method: str, *, required: bool) -> None:
    """Check the parameters of an authorization request.

    Raises:
        Refusal: 007039 when a required challenge is absent, 007003 for a bad one, for `plain` and for a missing method.
    """
    if not challenge and not method:
        if required:
            raise Refusal(errors.PKCE_MISSING, "pkce.missing", Diagnosis("Системе предписан PKCE, а code_challenge не передан."))
        return
    if method != params.CHALLENGE_S256:
        raise _invalid("pkce.method", f"Способ code_challenge_method «{method or 'не указан'}» не принимается.", "Используйте S256.")
    if not _CHALLENGE.fullmatch(challenge):
        raise _invalid("pkce.challenge", "code_challenge — это 43 знака base64url без «=».")


def check_verifier(challenge: str, verifier: str) -> None:
    """Check a token request against the challenge of its code.

    Raises:
        Refusal: 007039 for a verifier without a challenge, 007040 for a wrong or missing verifier.
    """
    if not challenge:
        if verifier:
            raise Refusal(errors.PKCE_MISSING, "pkce.verifier_without_challenge", Diagnosis("code_verifier передан, а code_challenge не было."))
        return
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    if not _VERIFIER.fullmatch(verifier) or not hmac.compare_digest(digest, challenge):
        raise Refusal(errors.PKCE_MISMATCH, "pkce.verifier", Diagnosis("code_verifier не подходит к code_challenge или не передан."))


def _invalid(reason: str, what: str, mend: str = "") -> Refusal:
    return Refusal(errors.PARAMETER_WRONG, reason, Diagnosis(what, mend))
