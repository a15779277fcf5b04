"""OCSP responses: who may answer, about which certificate, and when (RFC 6960 3.2, signatures.md 10.1)."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from signatures.core import algorithms
from signatures.core.acceptance import digest_reasons, key_reasons
from signatures.core.asn1 import oids
from signatures.core.certificates.parse import parse_certificate
from signatures.core.certificates.values import Certificate, KeyUsage
from signatures.core.cms.signers import signature_digest
from signatures.core.errors import SignatureFormatError
from signatures.core.gost.interfaces import GostBackend
from signatures.core.path import may_issue, same_name
from signatures.core.revocation.control import Control
from signatures.core.revocation.crl import Pair
from signatures.core.revocation.evidence import ReadResponse, Rejected
from signatures.core.revocation.values import State, Statement
from signatures.core.revocation_data import BasicOcspResponse, CertificateId, CertificateStatus, OcspAnswer, RevocationReason

_STATES: Final = {CertificateStatus.GOOD: State.GOOD, CertificateStatus.UNKNOWN: State.UNKNOWN}

type IsRevoked = Callable[[Certificate, Certificate], bool]
"""Asks by CRLs whether a responder's certificate may not be used: it is revoked or nothing is known about it."""


def ocsp_statement(read: ReadResponse, pair: Pair, control: Control, is_revoked: IsRevoked) -> Statement | Rejected | None:
    """Return what a response says about a certificate.

    Args:
        read: the response.
        pair: the certificate and its issuer.
        control: time and rules.
        is_revoked: judges the certificate of a delegated responder that has no nocheck.

    Returns:
        None when the response is about other certificates; Rejected when it should speak but must not be believed.
    """
    answer = next((one for one in read.basic.answers if _is_about(one.certificate_id, pair, control.context.backend)), None)
    if answer is None:
        return None
    responder = _responder(read.basic, pair.issuer, control)
    cause = "ocsp.responder" if responder is None else _refusal(read, answer, responder, pair.issuer, control, is_revoked)
    if cause or responder is None:
        return Rejected("ocsp", read.source, cause)
    statement = _statement(read, answer, control)
    return replace(statement, is_signer_valid=responder == pair.issuer or control.moment.at <= responder.not_after)


def _is_about(wanted: CertificateId, pair: Pair, backend: GostBackend) -> bool:
    """Compare certID: hashes of the issuer's name and key, and the serial number."""
    if wanted.serial_number != pair.certificate.serial_number:
        return False
    try:
        hashes = [_id_digest(wanted.hash_algorithm.oid, value, backend) for value in (pair.certificate.issuer.der, pair.issuer.public_key.key)]
    except algorithms.DigestUnavailable:
        return False
    return hmac.compare_digest(hashes[0], wanted.name_hash) and hmac.compare_digest(hashes[1], wanted.key_hash)


def _id_digest(oid: str, value: bytes, backend: GostBackend) -> bytes:
    """Hash a name or a key for identification only: here SHA-1 proves nothing and is allowed (signatures.md 10.1)."""
    if oid == oids.SHA_1:
        return hashlib.sha1(value, usedforsecurity=False).digest()
    return algorithms.digest(oid, value, backend)


def _responder(basic: BasicOcspResponse, issuer: Certificate, control: Control) -> Certificate | None:
    """Return the certificate that signed a response: the issuer's own or one it delegated to; None when there is no such."""
    candidates = [issuer]
    for der in basic.certificates:
        try:
            candidates.append(parse_certificate(der))
        except SignatureFormatError:
            continue
    return next((one for one in candidates if _is_named(basic, one) and _has_signed(basic, one, control)), None)


def _is_named(basic: BasicOcspResponse, certificate: Certificate) -> bool:
    if basic.responder_name is not None:
        return same_name(basic.responder_name, certificate.subject)
    return basic.responder_key_hash == hashlib.sha1(certificate.public_key.key, usedforsecurity=False).digest()


def _has_signed(basic: BasicOcspResponse, certificate: Certificate, control: Control) -> bool:
    proof = control.context.prove_object("ocsp-signature", basic.der, basic.tbs, basic.signature_algorithm, basic.signature, certificate.public_key)
    return proof.holds


def _refusal(read: ReadResponse, answer: OcspAnswer, responder: Certificate, issuer: Certificate, control: Control, is_revoked: IsRevoked) -> str:
    """Return why a response must not be believed, empty when it may."""
    if read.basic.unknown_critical or answer.unknown_critical:
        return "revocation.critical-extension"
    if read.nonce is not None and read.basic.nonce != read.nonce:
        return "ocsp.nonce"
    if _is_weak(read.basic, responder, control):
        return "revocation.weak-digest"
    return _refusal_of_responder(read.basic, responder, issuer, control, is_revoked) or _refusal_by_time(read.basic, answer, control)


def _is_weak(basic: BasicOcspResponse, responder: Certificate, control: Control) -> bool:
    policy, digest_oid = control.context.policy, signature_digest(basic.signature_algorithm)
    return bool(digest_reasons(policy, digest_oid, control.moment) or key_reasons(policy, responder.public_key, control.moment))


def _refusal_of_responder(basic: BasicOcspResponse, responder: Certificate, issuer: Certificate, control: Control, is_revoked: IsRevoked) -> str:
    if responder == issuer:
        return ""
    if not _is_delegated(responder, issuer, control):
        return "ocsp.not-delegated"
    if not responder.not_before <= basic.produced_at <= responder.not_after:
        return "ocsp.responder-expired"
    if not responder.extensions.has_ocsp_nocheck and is_revoked(responder, issuer):
        return "ocsp.responder-revoked"
    return ""


def _is_delegated(responder: Certificate, issuer: Certificate, control: Control) -> bool:
    """Return whether the issuer itself gave the responder the right to answer (RFC 6960 4.2.2.2)."""
    extensions = responder.extensions
    usage = extensions.key_usage
    has_right = oids.EKU_OCSP_SIGNING in (extensions.extended_key_usage or ()) and not extensions.unknown_critical
    may_sign = usage is None or KeyUsage.DIGITAL_SIGNATURE in usage or KeyUsage.NON_REPUDIATION in usage
    return has_right and may_sign and may_issue(issuer, responder) and control.context.is_signed_by(responder, issuer)


def _refusal_by_time(basic: BasicOcspResponse, answer: OcspAnswer, control: Control) -> str:
    tolerance = control.context.policy.clock_tolerance
    if basic.produced_at > control.latest or answer.this_update > control.latest:
        return "revocation.future"
    if answer.this_update > basic.produced_at + tolerance or (answer.next_update and answer.next_update < answer.this_update):
        return "ocsp.times"
    return ""


def _statement(read: ReadResponse, answer: OcspAnswer, control: Control) -> Statement:
    until = answer.next_update or answer.this_update + control.context.policy.clock_tolerance
    state = _STATES.get(answer.status)
    if state is None:
        state = State.HOLD if answer.reason is RevocationReason.CERTIFICATE_HOLD else State.REVOKED
    return Statement(
        kind="ocsp",
        source=read.source,
        state=state,
        issued_at=answer.this_update,
        valid_until=until,
        revoked_at=answer.revoked_at,
        reason=answer.reason,
        covers=control.is_covered(answer.this_update, until),
    )
