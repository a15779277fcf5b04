"""One SignerInfo: reading, and the rules that its own fields decide."""

from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.cms import attributes
from signatures.core.cms.attributes import Essentials, algorithm_identifier
from signatures.core.cms.dialects import Dialect
from signatures.core.cms.values import AlgorithmIdentifier, Attribute, Concern, SignerId, SignerInfo
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_COUNTERSIGNATURES: Final = 64
MAX_COUNTERSIGNATURE_DEPTH: Final = 4

_BY_ISSUER: Final = 1
_BY_KEY_ID: Final = 3
_CONTEXT_0: Final = tags.context(0)
_CONTEXT_1: Final = tags.context(1)
_KEY_ID: Final = tags.context(0, constructed=False)


def signer_info(reader: Reader, dialect: Dialect, content_type: str, listed: frozenset[str], level: int = 0) -> SignerInfo:
    """Take one SignerInfo.

    Args:
        reader: stands before it.
        dialect: what this use of the container allows.
        content_type: eContentType, which the attribute contentType must repeat.
        listed: digests named in front of the content; a digest outside of them is a substitution.
        level: 0 for a signature of the content, more for countersignatures.

    Raises:
        SignatureFormatError: FC_* of signatures.md 3.2.
    """
    start = reader.pos
    inner = reader.enter()
    version = inner.small()
    sid = _signer_id(inner, version)
    digest = algorithm_identifier(inner.enter())
    signed_der, signed = _signed(inner, dialect)
    algorithm = algorithm_identifier(inner.enter())
    signature = inner.octets()
    unsigned = _unsigned(inner)
    inner.finish()
    essentials = _essentials(signed, content_type, is_countersignature=level > 0)
    _refuse_substitution(digest, algorithm, signed, essentials)
    if level == 0 and digest.oid not in listed:
        raise SignatureFormatError("FC_ALGORITHM_MISMATCH", f"digest {digest.oid} is not among those of the container")
    return SignerInfo(
        version=version,
        sid=sid,
        digest_algorithm=digest,
        signature_algorithm=algorithm,
        signature=signature,
        signed_attributes=signed,
        signed_attributes_der=signed_der,
        content_type=essentials.content_type,
        message_digest=essentials.message_digest,
        signing_time=essentials.signing_time,
        signing_certificate=essentials.signing_certificate,
        unsigned_attributes=unsigned,
        countersignatures=_countersignatures(unsigned, dialect, level + 1),
        concerns=_concerns(digest, algorithm, has_attributes=signed is not None),
        unknown_attributes=_unknown((signed or ()) + unsigned),
        der=reader.data[start : reader.pos],
    )


def _signer_id(reader: Reader, version: int) -> SignerId:
    if version == _BY_ISSUER:
        inner = reader.enter()
        sid = SignerId(issuer=_name(inner), serial_number=inner.integer())
        inner.finish()
        return sid
    if version == _BY_KEY_ID:
        return SignerId(key_id=reader.octets(_KEY_ID))
    raise encoding(f"SignerInfo of version {version}")


def _name(reader: Reader) -> bytes:
    if not reader.next_is(tags.SEQUENCE):
        raise encoding("the issuer of a signer is not a name")
    name = reader.raw()
    strict.check(name)
    return name


def _signed(reader: Reader, dialect: Dialect) -> tuple[bytes | None, tuple[Attribute, ...] | None]:
    """Take the signed attributes; the bytes that were signed begin with the tag of a SET (RFC 5652 5.4)."""
    if not reader.next_is(_CONTEXT_0):
        if dialect.needs_attributes:
            raise SignatureFormatError("SAV_SIGNED_ATTRS_MISSING", "a signature without signed attributes")
        return None, None
    der = bytes([tags.SET]) + reader.raw()[1:]
    return der, attributes.signed_attributes(der, needs_sorted=dialect.needs_sorted)


def _unsigned(reader: Reader) -> tuple[Attribute, ...]:
    inner = reader.optional(_CONTEXT_1)
    return attributes.attribute_set(inner) if inner else ()


def _essentials(signed: tuple[Attribute, ...] | None, content_type: str, *, is_countersignature: bool) -> Essentials:
    if signed is None:
        return attributes.NOTHING
    found = attributes.essentials(signed, is_countersignature=is_countersignature)
    if not is_countersignature and found.content_type != content_type:
        raise SignatureFormatError("FC_CONTENT_TYPE", f"contentType {found.content_type}, eContentType {content_type}")
    return found


def _refuse_substitution(digest: AlgorithmIdentifier, algorithm: AlgorithmIdentifier, signed: tuple[Attribute, ...] | None, essentials: Essentials) -> None:
    """Refuse algorithms that contradict each other, and a digest that its algorithm cannot have made."""
    fixed = signature_digest(algorithm)
    if fixed and fixed != digest.oid:
        raise SignatureFormatError("FC_ALGORITHM_MISMATCH", f"digest {digest.oid}, but signature {algorithm.oid}")
    if signed is None:
        return
    size = oids.DIGEST_BYTES.get(digest.oid, len(essentials.message_digest))
    if len(essentials.message_digest) != size:
        raise SignatureFormatError("FC_DIGEST_LENGTH", f"messageDigest of {len(essentials.message_digest)} bytes for {digest.oid}")
    protection = attributes.algorithm_protection(signed)
    if protection and (protection[0].oid != digest.oid or (protection[1] and protection[1].oid != algorithm.oid)):
        raise SignatureFormatError("FC_ALGORITHM_MISMATCH", "CMSAlgorithmProtection names other algorithms")


def signature_digest(algorithm: AlgorithmIdentifier) -> str:
    """Return the OID of the digest that a signature algorithm fixes; empty if it fixes none.

    Raises:
        SignatureFormatError: FC_ENCODING for unreadable parameters of RSASSA-PSS.
    """
    if algorithm.oid != oids.RSA_PSS:
        return oids.SIGNATURE_DIGEST.get(algorithm.oid, "")
    if algorithm.parameters is None:
        raise encoding("RSASSA-PSS without parameters")
    hash_field = whole(algorithm.parameters).optional(_CONTEXT_0)
    # RFC 4055 3.1: an absent hash is SHA-1.
    return hash_field.enter().oid() if hash_field else oids.SHA_1


def _countersignatures(unsigned: tuple[Attribute, ...], dialect: Dialect, level: int) -> tuple[SignerInfo, ...]:
    values = [value for attribute in unsigned if attribute.oid == oids.COUNTERSIGNATURE for value in attribute.values]
    if len(values) > MAX_COUNTERSIGNATURES or (values and level > MAX_COUNTERSIGNATURE_DEPTH):
        raise limit("limit.countersignatures", "too many countersignatures")
    return tuple(signer_info(Reader(value), dialect, "", frozenset(), level) for value in values)


def _concerns(digest: AlgorithmIdentifier, algorithm: AlgorithmIdentifier, *, has_attributes: bool) -> tuple[Concern, ...]:
    concerns = []
    if not has_attributes:
        concerns.append(Concern("SAV_SIGNED_ATTRS_MISSING"))
    if digest.oid == oids.GOST_94 or algorithm.oid in {oids.GOST_2001, oids.GOST_2001_WITH_DIGEST}:
        concerns.append(Concern("SAV_OLD_GOST"))
    elif digest.oid not in oids.STRONG_DIGESTS:
        concerns.append(Concern("SAV_WEAK_DIGEST", (("algorithm", digest.oid),)))
    return tuple(concerns)


def _unknown(found: tuple[Attribute, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.oid for one in found if one.oid not in oids.KNOWN_ATTRIBUTES))
