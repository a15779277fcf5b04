"""Signed and unsigned attributes: reading the sets and the values that every signature has.

Which copy of an attribute counts is up to the reader, so a second copy of a decisive one is refused, as is a
value that is missing or not alone (signatures.md 3.2).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.cms import ess
from signatures.core.cms.values import AlgorithmIdentifier, Attribute, SigningCertificate
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_ATTRIBUTES: Final = 64

# Attributes that decide something: one copy, one value.
_DECISIVE: Final = frozenset(
    {
        oids.CONTENT_TYPE,
        oids.MESSAGE_DIGEST,
        oids.SIGNING_TIME,
        oids.SIGNING_CERTIFICATE,
        oids.SIGNING_CERTIFICATE_V2,
        oids.ALGORITHM_PROTECTION,
        oids.SIGNATURE_POLICY,
    }
)


@dataclass(frozen=True, slots=True)
class Essentials:
    """Decoded values of the signed attributes that every step of a validation asks for."""

    content_type: str
    message_digest: bytes
    signing_time: datetime | None
    signing_certificate: SigningCertificate | None


NOTHING: Final = Essentials("", b"", None, None)


def signed_attributes(der: bytes, *, needs_sorted: bool) -> tuple[Attribute, ...]:
    """Read the signed attributes.

    Args:
        der: the set with tag 0x31, as it was signed.
        needs_sorted: refuse a set that is not sorted as DER demands.

    Raises:
        SignatureFormatError: FC_ATTR_EMPTY, FC_ATTR_DUPLICATED, FC_ATTR_VALUES, FC_ENCODING, FC_LIMITS.
    """
    if needs_sorted:
        strict.check(der)
    attributes = attribute_set(whole(der, tags.SET))
    if not attributes:
        raise SignatureFormatError("FC_ATTR_EMPTY", "the set of signed attributes is empty")
    if not needs_sorted:
        for attribute in attributes:
            strict.check(attribute.der)
    _refuse_doubts(attributes)
    return attributes


def attribute_set(reader: Reader) -> tuple[Attribute, ...]:
    """Read the members of a set of attributes.

    Raises:
        SignatureFormatError: FC_LIMITS for more than 64 attributes or values; FC_ATTR_VALUES for an attribute without a value.
    """
    attributes: list[Attribute] = []
    while not reader.at_end:
        if len(attributes) >= MAX_ATTRIBUTES:
            raise limit("limit.attributes", f"more than {MAX_ATTRIBUTES} attributes")
        attributes.append(_attribute(reader))
    return tuple(attributes)


def _attribute(reader: Reader) -> Attribute:
    start = reader.pos
    inner = reader.enter()
    oid = inner.oid()
    values = _values(inner.enter(tags.SET))
    inner.finish()
    if not values:
        raise SignatureFormatError("FC_ATTR_VALUES", f"attribute {oid} has no value")
    return Attribute(oid, values, reader.data[start : reader.pos])


def _values(reader: Reader) -> tuple[bytes, ...]:
    values: list[bytes] = []
    while not reader.at_end:
        if len(values) >= MAX_ATTRIBUTES:
            raise limit("limit.attributes", f"more than {MAX_ATTRIBUTES} values of an attribute")
        values.append(reader.raw())
    return tuple(values)


def _refuse_doubts(attributes: tuple[Attribute, ...]) -> None:
    seen: set[str] = set()
    for attribute in attributes:
        if attribute.oid not in _DECISIVE:
            continue
        if attribute.oid in seen:
            raise SignatureFormatError("FC_ATTR_DUPLICATED", f"attribute {attribute.oid} is repeated")
        if len(attribute.values) != 1:
            raise SignatureFormatError("FC_ATTR_VALUES", f"attribute {attribute.oid} has {len(attribute.values)} values")
        seen.add(attribute.oid)


def essentials(attributes: tuple[Attribute, ...], *, is_countersignature: bool = False) -> Essentials:
    """Decode the values that decide.

    Args:
        attributes: the signed attributes.
        is_countersignature: it has no content type of its own (RFC 5652 11.4).

    Raises:
        SignatureFormatError: FC_ATTR_VALUES when contentType or messageDigest is missing, FC_ENCODING, FC_DIGEST_LENGTH.
    """
    found = {attribute.oid: attribute.values[0] for attribute in attributes if attribute.oid in _DECISIVE}
    if oids.MESSAGE_DIGEST not in found:
        raise SignatureFormatError("FC_ATTR_VALUES", "the attribute messageDigest is missing")
    if (oids.CONTENT_TYPE in found) == is_countersignature:
        raise SignatureFormatError("FC_ATTR_VALUES", "the attribute contentType is missing or out of place")
    return Essentials(
        content_type="" if is_countersignature else _only(found[oids.CONTENT_TYPE]).oid(),
        message_digest=_only(found[oids.MESSAGE_DIGEST]).octets(),
        signing_time=_only(found[oids.SIGNING_TIME]).time() if oids.SIGNING_TIME in found else None,
        signing_certificate=_signing_certificate(found),
    )


def _only(value: bytes) -> Reader:
    """Return a cursor before the one value of an attribute; its end was checked with the set."""
    return Reader(value)


def _signing_certificate(found: dict[str, bytes]) -> SigningCertificate | None:
    """Decode both versions of the attribute, return the newer one: a broken old one is not passed over."""
    older = ess.signing_certificate(found[oids.SIGNING_CERTIFICATE], version=1) if oids.SIGNING_CERTIFICATE in found else None
    if oids.SIGNING_CERTIFICATE_V2 in found:
        return ess.signing_certificate(found[oids.SIGNING_CERTIFICATE_V2], version=2)
    return older


def algorithm_protection(attributes: tuple[Attribute, ...]) -> tuple[AlgorithmIdentifier, AlgorithmIdentifier | None] | None:
    """Decode CMSAlgorithmProtection (RFC 6211): the digest algorithm and, if present, the signature algorithm; None when absent."""
    value = next((one.values[0] for one in attributes if one.oid == oids.ALGORITHM_PROTECTION), None)
    if value is None:
        return None
    reader = whole(value)
    digest = algorithm_identifier(reader.enter())
    signature = reader.optional(tags.context(1))
    if not reader.at_end:
        raise encoding("a CMSAlgorithmProtection of a MAC")
    return digest, algorithm_identifier(signature) if signature else None


def algorithm_identifier(reader: Reader) -> AlgorithmIdentifier:
    """Read the content of an AlgorithmIdentifier."""
    oid = reader.oid()
    parameters = None if reader.at_end else reader.raw()
    reader.finish()
    if parameters not in {None, b"\x05\x00"}:
        strict.check(parameters)
    return AlgorithmIdentifier(oid, parameters)


def looks_like_attributes(content: bytes) -> bool:
    """Return whether a content is the DER of a non-empty SET OF Attribute.

    Such a "document" lets a signature over attributes be shown as a signature over content (ForgedAttributes,
    ePrint 2023/1801), so it is refused with and without signed attributes. Order of the members does not matter.
    """
    if content[:1] != bytes([tags.SET]):
        return False
    try:
        return bool(attribute_set(whole(content, tags.SET)))
    except SignatureFormatError as error:
        # A set of more attributes than the limit, or with an attribute without a value, is still a set of attributes.
        return error.reason_id in {"FC_LIMITS", "FC_ATTR_VALUES"}
