"""ISC: the one certificate that a signature names, fixed by its hash (EN 319 102-1 5.2.3)."""

import hashlib
import hmac
from dataclasses import dataclass

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.certificates.parse import parse_certificate
from signatures.core.certificates.values import Certificate
from signatures.core.cms.values import EssCertId, SignerId, SignerInfo
from signatures.core.context import Context
from signatures.core.errors import SignatureFormatError
from signatures.core.gost.interfaces import GostBackend
from signatures.core.reasons import reason
from signatures.core.revocation import Bundle, Source
from signatures.core.verdict import Reason


@dataclass(frozen=True, slots=True)
class Identified:
    """Result of the step.

    Attributes:
        certificate: None when there is none that the signature could mean.
        reasons: why it is missing, doubtful or another one.
    """

    certificate: Certificate | None
    reasons: tuple[Reason, ...] = ()


def identify(signer: SignerInfo, inside: tuple[bytes, ...], bundles: dict[Source, Bundle], context: Context) -> Identified:
    """Find the certificate of a signature.

    Args:
        signer: names it by issuer and serial number or by key identifier, and fixes it by its hash.
        inside: certificates of the container.
        bundles: certificates from elsewhere, asked only when the container has none.
        context: hashes.
    """
    others = tuple(der for bundle in bundles.values() for der in bundle.certificates)
    named = _named(signer.sid, inside) or _named(signer.sid, others)
    if not named:
        return Identified(None, (reason("ISC_NO_SIGNING_CERT"),))
    references = signer.signing_certificate.certificates[:1] if signer.signing_certificate else ()
    meant = [one for one in named if all(_is_meant(one, reference, context.backend) for reference in references)]
    reasons = []
    if len(named) > 1:
        reasons.append(reason("ISC_AMBIGUOUS", detail=", ".join(one.sha256 for one in named)))
    if not meant:
        reasons.append(reason("ISC_CERT_HASH_MISMATCH"))
    return Identified((meant or named)[0], tuple(reasons))


def _named(sid: SignerId, ders: tuple[bytes, ...]) -> list[Certificate]:
    """Return the different certificates that a signer identifier fits; an unreadable one fits nothing."""
    found = []
    for der in dict.fromkeys(ders):
        try:
            certificate = parse_certificate(der)
        except SignatureFormatError:
            continue
        if _fits(sid, certificate):
            found.append(certificate)
    return found


def _fits(sid: SignerId, certificate: Certificate) -> bool:
    if sid.key_id is not None:
        return certificate.extensions.subject_key_id == sid.key_id
    return certificate.issuer.der == sid.issuer and certificate.serial_number == sid.serial_number


def _is_meant(certificate: Certificate, reference: EssCertId, backend: GostBackend) -> bool:
    """Compare the hash of the certificate and, if it is there, issuerSerial (RFC 5035 4)."""
    try:
        value = _certificate_hash(reference.hash_algorithm, certificate.der, backend)
    except algorithms.DigestUnavailable:
        return False
    if not hmac.compare_digest(value, reference.certificate_hash):
        return False
    is_issuer_same = reference.issuer is None or reference.issuer == certificate.issuer.der
    return is_issuer_same and reference.serial_number in {None, certificate.serial_number}


def _certificate_hash(oid: str, der: bytes, backend: GostBackend) -> bytes:
    """Hash a certificate; SHA-1 is computed for version 1 of the attribute, which alone never suffices for КЭП."""
    if oid == oids.SHA_1:
        return hashlib.sha1(der, usedforsecurity=False).digest()
    return algorithms.digest(oid, der, backend)
