"""Time-stamp tokens: reading TSTInfo (RFC 3161 2.4.2)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.cms import SignedData, SignerInfo, parse_time_stamp_token
from signatures.core.errors import SignatureFormatError, encoding

_MILLIS: Final = tags.context(0, constructed=False)
_MICROS: Final = tags.context(1, constructed=False)
_TSA: Final = tags.context(0)
_EXTENSIONS: Final = tags.context(1)
_MAX_PART: Final = 999


@dataclass(frozen=True, slots=True)
class TimeStampToken:
    """A token that was read, not judged.

    Attributes:
        policy: OID under which the authority works.
        digest_algorithm: OID of the digest of the imprint.
        imprint: digest of what was stamped.
        serial_number: of the token at its authority.
        generated_at: genTime, UTC.
        accuracy: how far `generated_at` may be off; zero when absent.
        nonce: None when absent.
        signed: the container; `content` is the DER of TSTInfo.
    """

    policy: str
    digest_algorithm: str
    imprint: bytes
    serial_number: int
    generated_at: datetime
    accuracy: timedelta
    nonce: int | None
    signed: SignedData = field(repr=False)

    @property
    def signer(self) -> SignerInfo:
        """The one signature of the token."""
        return self.signed.signers[0]


def read_token(data: bytes) -> TimeStampToken:
    """Read a time-stamp token.

    Raises:
        SignatureFormatError: FC_* of the front parser, FC_ENCODING for a TSTInfo that cannot be read.
    """
    signed = parse_time_stamp_token(data)
    if signed.content is None:
        raise encoding("a time-stamp token without TSTInfo")
    strict.check(signed.content)
    return _info(whole(signed.content), signed)


def _info(reader: Reader, signed: SignedData) -> TimeStampToken:
    if reader.small() != 1:
        raise encoding("TSTInfo of an unknown version")
    policy = reader.oid()
    digest_algorithm, imprint = _imprint(reader.enter())
    serial_number, generated_at = reader.integer(), reader.time(fraction=True)
    accuracy = _accuracy(reader.optional(tags.SEQUENCE))
    if reader.next_is(tags.BOOLEAN):
        reader.boolean()
    nonce = reader.integer() if reader.next_is(tags.INTEGER) else None
    for tag in (_TSA, _EXTENSIONS):
        _skip(reader, tag)
    reader.finish()
    return TimeStampToken(policy, digest_algorithm, imprint, serial_number, generated_at, accuracy, nonce, signed)


def _imprint(reader: Reader) -> tuple[str, bytes]:
    algorithm = reader.enter().oid()
    value = reader.octets()
    reader.finish()
    if len(value) != oids.DIGEST_BYTES.get(algorithm, len(value)):
        raise SignatureFormatError("FC_DIGEST_LENGTH", f"an imprint of {len(value)} bytes for {algorithm}")
    return algorithm, value


def _accuracy(reader: Reader | None) -> timedelta:
    if reader is None:
        return timedelta()
    seconds = reader.small() if reader.next_is(tags.INTEGER) else 0
    millis, micros = (reader.small(tag) if reader.next_is(tag) else 0 for tag in (_MILLIS, _MICROS))
    reader.finish()
    if millis > _MAX_PART or micros > _MAX_PART:
        raise encoding("an accuracy of more than 999 parts")
    return timedelta(seconds=seconds, milliseconds=millis, microseconds=micros)


def _skip(reader: Reader, tag: int) -> None:
    """Pass the name of the authority, which its certificate proves; critical extensions have no reader and are refused."""
    inner = reader.optional(tag)
    if inner is None or tag != _EXTENSIONS:
        return
    while not inner.at_end:
        extension = inner.enter()
        extension.oid()
        if extension.next_is(tags.BOOLEAN) and extension.boolean():
            raise encoding("a critical extension of a time-stamp")
