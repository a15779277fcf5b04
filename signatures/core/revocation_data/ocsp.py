"""OCSP responses: RFC 6960 section 4.2."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, time_value, whole
from signatures.core.certificates.extensions import extension_list
from signatures.core.certificates.names import read_name
from signatures.core.certificates.values import Extension, Name
from signatures.core.cms.attributes import algorithm_identifier
from signatures.core.errors import SignatureFormatError, encoding, limit
from signatures.core.revocation_data.crl import reason_of
from signatures.core.revocation_data.values import (
    BasicOcspResponse,
    CertificateId,
    CertificateStatus,
    OcspAnswer,
    OcspResponse,
    OcspStatus,
    RevocationReason,
)

MAX_RESPONSE_BYTES: Final = 1024 * 1024
MAX_ANSWERS: Final = 256
MAX_CERTIFICATES: Final = 64

_0: Final = tags.context(0)
_1: Final = tags.context(1)
_2: Final = tags.context(2)
_REVOKED: Final = tags.context(1)
_BARE: Final = MappingProxyType({tags.context(0, constructed=False): CertificateStatus.GOOD, tags.context(2, constructed=False): CertificateStatus.UNKNOWN})
_STATUSES: Final = MappingProxyType(
    {
        0: OcspStatus.SUCCESSFUL,
        1: OcspStatus.MALFORMED_REQUEST,
        2: OcspStatus.INTERNAL_ERROR,
        3: OcspStatus.TRY_LATER,
        5: OcspStatus.SIG_REQUIRED,
        6: OcspStatus.UNAUTHORIZED,
    }
)
# Extensions of a response and of an answer that are understood or that only inform.
_KNOWN: Final = frozenset({oids.OCSP_NONCE})


def parse_ocsp_response(der: bytes) -> OcspResponse:
    """Read an OCSPResponse.

    Args:
        der: the whole response, 1 MiB at most.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_TRAILING_BYTES, FC_LIMITS.
    """
    reader = _checked(der)
    code = reader.small(tags.ENUMERATED)
    if code not in _STATUSES:
        raise encoding(f"OCSPResponseStatus {code}")
    outer = reader.optional(_0)
    reader.finish()
    if (outer is None) == (_STATUSES[code] is OcspStatus.SUCCESSFUL):
        raise encoding("an OCSP response whose status does not fit its content")
    return OcspResponse(_STATUSES[code], parse_basic_response(_basic_bytes(outer)) if outer else None, der)


def _checked(der: bytes) -> Reader:
    if len(der) > MAX_RESPONSE_BYTES:
        raise limit("limit.ocsp", f"an OCSP response of {len(der)} bytes")
    strict.check(der)
    return whole(der)


def _basic_bytes(outer: Reader) -> bytes:
    inner = outer.enter()
    outer.finish()
    kind = inner.oid()
    if kind != oids.OCSP_BASIC:
        raise encoding(f"an OCSP response of type {kind}")
    der = inner.octets()
    inner.finish()
    return der


def parse_basic_response(der: bytes) -> BasicOcspResponse:
    """Read a BasicOCSPResponse: the form that stands inside of revocation values of a signature.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_TRAILING_BYTES, FC_LIMITS.
    """
    reader = _checked(der)
    start = reader.pos
    data = reader.enter()
    tbs = der[start : reader.pos]
    algorithm = algorithm_identifier(reader.enter())
    signature = reader.bits()
    certificates = _certificates(reader)
    reader.finish()
    if data.next_is(_0):
        # There is one version, and DER leaves the default out.
        raise encoding("an OCSP response of an unknown version")
    name, key_hash = _responder(data)
    produced_at = data.time()
    answers = _answers(data.enter())
    extensions = _extensions(data, _1)
    data.finish()
    return BasicOcspResponse(
        der=der,
        tbs=tbs,
        signature_algorithm=algorithm,
        signature=signature,
        responder_name=name,
        responder_key_hash=key_hash,
        produced_at=produced_at,
        answers=answers,
        nonce=next((_nonce(one.value) for one in extensions if one.oid == oids.OCSP_NONCE), None),
        unknown_critical=_unknown(extensions),
        certificates=certificates,
    )


def _certificates(reader: Reader) -> tuple[bytes, ...]:
    outer = reader.optional(_0)
    if outer is None:
        return ()
    inner = outer.enter()
    outer.finish()
    found: list[bytes] = []
    while not inner.at_end:
        if len(found) >= MAX_CERTIFICATES:
            raise limit("limit.certificates", "too many certificates in an OCSP response")
        found.append(inner.raw())
    return tuple(found)


def _responder(reader: Reader) -> tuple[Name | None, bytes | None]:
    """Take ResponderID: a name or the hash of a key."""
    by_name = reader.optional(_1)
    inner = by_name or reader.enter(_2)
    found: tuple[Name | None, bytes | None] = (read_name(inner), None) if by_name else (None, inner.octets())
    inner.finish()
    return found


def _answers(reader: Reader) -> tuple[OcspAnswer, ...]:
    found: list[OcspAnswer] = []
    while not reader.at_end:
        if len(found) >= MAX_ANSWERS:
            raise limit("limit.answers", "too many answers in an OCSP response")
        found.append(_answer(reader.enter()))
    return tuple(found)


def _answer(reader: Reader) -> OcspAnswer:
    certificate_id = _certificate_id(reader.enter())
    status, revoked_at, reason = _status(reader)
    this_update = reader.time()
    outer = reader.optional(_0)
    next_update = outer.time() if outer else None
    if outer:
        outer.finish()
    extensions = _extensions(reader, _1)
    reader.finish()
    return OcspAnswer(certificate_id, status, revoked_at, reason, this_update, next_update, _unknown(extensions))


def _certificate_id(reader: Reader) -> CertificateId:
    found = CertificateId(algorithm_identifier(reader.enter()), reader.octets(), reader.octets(), reader.integer())
    reader.finish()
    return found


def _status(reader: Reader) -> tuple[CertificateStatus, datetime | None, RevocationReason | None]:
    """Take CertStatus; a revoked one brings its time and perhaps a reason."""
    revoked = reader.optional(_REVOKED)
    if revoked is None:
        tag = reader.peek()
        if tag not in _BARE or reader.content(tag):
            raise encoding("an OCSP answer without a status")
        return _BARE[tag], None, None
    moment = time_value(tags.GENERALIZED_TIME, revoked.content(tags.GENERALIZED_TIME))
    outer = revoked.optional(_0)
    reason = reason_of(outer.small(tags.ENUMERATED)) if outer else RevocationReason.UNSPECIFIED
    revoked.finish()
    return CertificateStatus.REVOKED, moment, reason


def _extensions(reader: Reader, tag: int) -> tuple[Extension, ...]:
    outer = reader.optional(tag)
    if outer is None:
        return ()
    found = extension_list(outer.enter())
    outer.finish()
    return found


def _unknown(extensions: tuple[Extension, ...]) -> tuple[str, ...]:
    return tuple(one.oid for one in extensions if one.critical and one.oid not in _KNOWN)


def _nonce(value: bytes) -> bytes:
    """Return the nonce: an OCTET STRING (RFC 8954); older responders put its bytes there bare."""
    try:
        reader = Reader(value)
        nonce = reader.octets()
        reader.finish()
    except SignatureFormatError:
        return value
    return nonce
