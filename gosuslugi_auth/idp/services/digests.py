"""What is kept of secrets: digests only."""

import hashlib

from django.utils.crypto import salted_hmac


def digest_of(value: str) -> str:
    """Return the SHA-256 of a secret with enough entropy of its own: a code or a token."""
    return hashlib.sha256(value.encode()).hexdigest()


def digest_of_short(value: str, *, salt: str) -> str:
    """Return a keyed digest of a short secret: six digits could be guessed from a plain hash."""
    return salted_hmac(f"esia.{salt}", value, algorithm="sha256").hexdigest()
