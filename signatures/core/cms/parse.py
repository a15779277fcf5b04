"""The strict front parser: bytes of a container in, typed values or a `SignatureFormatError` out.

Nothing is believed that two readers could read in two ways. What the policy must weigh (missing signed
attributes, weak digests) does not stop the reading: it comes back as a concern of the signer, so that the report
shows everything that was found. Source: RFC 5652, signatures.md 3.2 and 3.3.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.cms import signers
from signatures.core.cms.attributes import algorithm_identifier, looks_like_attributes
from signatures.core.cms.canonical import canonical
from signatures.core.cms.dialects import BER_OUTER, TIME_STAMP, Dialect
from signatures.core.cms.values import AlgorithmIdentifier, Encoding, SignedData, SignerInfo
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_CERTIFICATE_BYTES: Final = 64 * 1024

_VERSIONS: Final = frozenset({1, 3, 4, 5})
_CONTEXT_0: Final = tags.context(0)
_CONTEXT_1: Final = tags.context(1)


@dataclass(slots=True)
class _Bag:
    """Certificates and revocation data of a container, sorted by kind."""

    certificates: list[bytes] = field(default_factory=list)
    other_certificates: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)
    ocsp_responses: list[bytes] = field(default_factory=list)


def parse_signed_data(data: bytes, dialect: Dialect = BER_OUTER) -> SignedData:
    """Read a container of signatures to its last byte.

    Args:
        data: the whole file in DER or BER; PEM and base64 are undone by `intake` before.
        dialect: what the use of the container allows, one of `dialects`.

    Raises:
        SignatureFormatError: the only exception, whatever the bytes are; its `reason_id` is one of FC_* and,
            for the dialect STRICT_DER, SAV_SIGNED_ATTRS_MISSING.
    """
    der = canonical(data)
    if der != data and not dialect.allows_ber:
        raise encoding("the container is not DER")
    reader = whole(der)
    reader.oid()
    signed = _signed_data(reader.enter(_CONTEXT_0).enter(), dialect, der, Encoding.DER if der == data else Encoding.BER)
    reader.finish()
    return signed


def parse_time_stamp_token(data: bytes) -> SignedData:
    """Read a time-stamp token: one signer, content TSTInfo (RFC 3161 2.4.2).

    Raises:
        SignatureFormatError: as in `parse_signed_data`.
    """
    return parse_signed_data(data, TIME_STAMP)


def _signed_data(reader: Reader, dialect: Dialect, der: bytes, arrived: Encoding) -> SignedData:
    version = reader.small()
    if version not in _VERSIONS:
        raise encoding(f"SignedData of version {version}")
    algorithms = _algorithms(reader.enter(tags.SET))
    content_type, content = _content(reader.enter(), dialect)
    bag = _bag(reader)
    found = _signers(reader.enter(tags.SET), dialect, content_type, frozenset(one.oid for one in algorithms))
    reader.finish()
    return SignedData(
        encoding=arrived,
        version=version,
        digest_algorithms=algorithms,
        content_type=content_type,
        content=content,
        certificates=tuple(bag.certificates),
        crls=tuple(bag.crls),
        ocsp_responses=tuple(bag.ocsp_responses),
        other_certificates=tuple(bag.other_certificates),
        signers=found,
        der=der,
    )


def _algorithms(reader: Reader) -> tuple[AlgorithmIdentifier, ...]:
    algorithms = []
    while not reader.at_end:
        algorithms.append(algorithm_identifier(reader.enter()))
    return tuple(algorithms)


def _content(reader: Reader, dialect: Dialect) -> tuple[str, bytes | None]:
    """Read encapContentInfo; refuse a content that is attributes in disguise."""
    content_type = reader.oid()
    if (content_type == oids.TST_INFO) != dialect.is_time_stamp:
        container = "cms.data" if dialect.is_time_stamp else "cms.time-stamp"
        raise SignatureFormatError("FC_OTHER_CMS", f"content of type {content_type}", container=container)
    content = reader.enter(_CONTEXT_0).octets() if not reader.at_end else None
    reader.finish()
    if content is not None and not dialect.allows_content:
        raise SignatureFormatError("FC_TWO_CONTENTS", "a content inside of a signature that must be detached")
    if content is not None:
        refuse_forged_content(content)
    return content_type, content


def refuse_forged_content(content: bytes) -> None:
    """Refuse a document that is the signed attributes of some signature (signatures.md 3.1, M1).

    Raises:
        SignatureFormatError: FC_FORGED_ATTRIBUTES.
    """
    if looks_like_attributes(content):
        raise SignatureFormatError("FC_FORGED_ATTRIBUTES", "the content is a SET OF Attribute")


def refuse_other_content(signed: SignedData, document: Iterable[bytes]) -> None:
    """Refuse a separate document that differs from the one inside of the container.

    Args:
        signed: the container; a detached one has nothing to differ from.
        document: the separate document in pieces of any size.

    Raises:
        SignatureFormatError: FC_TWO_CONTENTS.
    """
    if signed.content is None:
        return
    inside, pos = memoryview(signed.content), 0
    for piece in document:
        if inside[pos : pos + len(piece)] != piece:
            break
        pos += len(piece)
    else:
        if pos == len(inside):
            return
    raise SignatureFormatError("FC_TWO_CONTENTS", "the separate document differs from the content of the container")


def _bag(reader: Reader) -> _Bag:
    bag = _Bag()
    certificates = reader.optional(_CONTEXT_0)
    while certificates and not certificates.at_end:
        _put_certificate(bag, certificates)
    lists = reader.optional(_CONTEXT_1)
    while lists and not lists.at_end:
        _put_revocation(bag, lists)
    return bag


def _put_certificate(bag: _Bag, reader: Reader) -> None:
    is_certificate = reader.next_is(tags.SEQUENCE)
    der = reader.raw()
    if len(der) > MAX_CERTIFICATE_BYTES:
        raise limit("limit.certificate", f"a certificate of {len(der)} bytes")
    strict.check_once(der)
    (bag.certificates if is_certificate else bag.other_certificates).append(der)


def _put_revocation(bag: _Bag, reader: Reader) -> None:
    """Sort one RevocationInfoChoice; a form without a reader is left out, as it proves nothing."""
    if reader.next_is(tags.SEQUENCE):
        bag.crls.append(reader.raw())
        return
    other = reader.enter(_CONTEXT_1)
    if other.oid() == oids.RI_OCSP_RESPONSE:
        bag.ocsp_responses.append(other.raw())


def _signers(reader: Reader, dialect: Dialect, content_type: str, listed: frozenset[str]) -> tuple[SignerInfo, ...]:
    found: list[SignerInfo] = []
    while not reader.at_end:
        if len(found) >= dialect.max_signers:
            raise limit("limit.signers", f"more than {dialect.max_signers} signers")
        found.append(signers.signer_info(reader, dialect, content_type, listed))
    if not found:
        raise SignatureFormatError("FC_NO_SIGNERS", "the set of signers is empty")
    return tuple(found)
