"""What may go wrong with a Russian signature; nothing else leaves this package, whatever the bytes."""


class GostError(Exception):
    """Root of the family."""


class UnknownCurve(GostError):
    """No parameter set has this OID."""


class UnknownDigest(GostError):
    """Streebog has 256 and 512 bits only."""


class PublicKeyInvalid(GostError):
    """The public key has a wrong encoding or length, or is not a point of the right order on its curve."""


class PrivateKeyInvalid(GostError):
    """The private key, or the number k of a signature, is not between 0 and q."""


class DigestLengthWrong(GostError):
    """The digest is not as long as the curve asks."""


class SignatureLengthWrong(GostError):
    """The signature is not two numbers of the length of the curve."""


class SignatureOutOfRange(GostError):
    """r or s is not between 0 and q."""


class BackendUnavailable(GostError):
    """A back-end is not installed here, or failed its known-answer tests; the text says why."""


class BackendFailed(GostError):
    """The library refused a call that cannot fail on good arguments, as when memory is short."""
