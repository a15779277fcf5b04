"""The signed attributes that bind a signature to its certificate (RFC 5035)."""

from typing import Final

from signatures.core.asn1 import oids, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.cms.values import EssCertId, SigningCertificate
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_CERTIFICATE_IDS: Final = 64
MAX_POLICIES: Final = 64
_DIRECTORY_NAME: Final = tags.context(4)


def signing_certificate(value: bytes, *, version: int) -> SigningCertificate:
    """Read the value of signingCertificate or signingCertificateV2.

    Args:
        value: DER of the one value of the attribute.
        version: 1 for SHA-1 hashes, 2 for hashes with an algorithm.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_LIMITS, FC_DIGEST_LENGTH.
    """
    reader = whole(value)
    ids = _members(reader.enter(), version)
    policies = _policies(reader.enter()) if not reader.at_end else ()
    reader.finish()
    if not ids:
        raise encoding("a signing certificate attribute without certificates")
    return SigningCertificate(version, ids, policies)


def _members(reader: Reader, version: int) -> tuple[EssCertId, ...]:
    ids: list[EssCertId] = []
    while not reader.at_end:
        if len(ids) >= MAX_CERTIFICATE_IDS:
            raise limit("limit.certificates", "too many certificates in the signing certificate attribute")
        ids.append(_certificate_id(reader.enter(), version))
    return tuple(ids)


def _certificate_id(reader: Reader, version: int) -> EssCertId:
    algorithm = oids.SHA_1 if version == 1 else oids.SHA_256
    if version > 1 and reader.next_is(tags.SEQUENCE):
        inner = reader.enter()
        algorithm = inner.oid()
    digest = reader.octets()
    if len(digest) != oids.DIGEST_BYTES.get(algorithm, len(digest)):
        raise SignatureFormatError("FC_DIGEST_LENGTH", f"a certificate hash of {len(digest)} bytes for {algorithm}")
    issuer, serial_number = _issuer_serial(reader.enter()) if not reader.at_end else (None, None)
    reader.finish()
    return EssCertId(algorithm, digest, issuer, serial_number)


def _issuer_serial(reader: Reader) -> tuple[bytes | None, int]:
    """Read IssuerSerial; an issuer in another form than a directory name is left out."""
    names = reader.enter()
    issuer = None
    while not names.at_end:
        if names.next_is(_DIRECTORY_NAME) and issuer is None:
            issuer = names.enter(_DIRECTORY_NAME).raw()
        else:
            names.raw()
    serial_number = reader.integer()
    reader.finish()
    return issuer, serial_number


def _policies(reader: Reader) -> tuple[str, ...]:
    policies: list[str] = []
    while not reader.at_end:
        if len(policies) >= MAX_POLICIES:
            raise limit("limit.policies", "too many policies in the signing certificate attribute")
        policies.append(reader.enter().oid())
    return tuple(policies)
