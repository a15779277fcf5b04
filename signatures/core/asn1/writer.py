"""A DER encoder: small functions that return bytes, joined by the caller.

    sequence(oid("1.2.840.113549.1.7.1"), context(0, octets(b"text")))

Source: ITU-T X.690 clauses 8 and 10, RFC 5280 4.1.2.5 for the two forms of time.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from signatures.core.asn1 import tags

_LONG: Final = 0x80
_FIRST_GENERALIZED_YEAR: Final = 2050
_FIRST_UTC_YEAR: Final = 1950
_NUMERIC: Final = frozenset("0123456789 ")
_PRINTABLE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?")


def tlv(tag: int, content: bytes) -> bytes:
    """Return one value with a one-octet identifier."""
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _LONG | len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of encoded values."""
    return tlv(tags.SEQUENCE, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF, sorted as DER demands."""
    return tlv(tags.SET, b"".join(sorted(parts)))


def context(number: int, *parts: bytes) -> bytes:
    """Return a constructed context tag around encoded values: an explicit tag, or an implicit one of a SEQUENCE."""
    return tlv(tags.context(number), b"".join(parts))


def context_set(number: int, *parts: bytes) -> bytes:
    """Return a SET OF with an implicit context tag."""
    return tlv(tags.context(number), b"".join(sorted(parts)))


def context_primitive(number: int, content: bytes) -> bytes:
    """Return a primitive value with an implicit context tag."""
    return tlv(tags.context(number, constructed=False), content)


def integer(value: int) -> bytes:
    """Return an INTEGER in its shortest form."""
    return tlv(tags.INTEGER, value.to_bytes((value.bit_length() if value >= 0 else (value + 1).bit_length()) // 8 + 1, signed=True))


def enumerated(value: int) -> bytes:
    """Return an ENUMERATED."""
    return bytes((tags.ENUMERATED,)) + integer(value)[1:]


def boolean(*, value: bool) -> bytes:
    """Return a BOOLEAN."""
    return tlv(tags.BOOLEAN, b"\xff" if value else b"\x00")


def null() -> bytes:
    """Return NULL."""
    return tlv(tags.NULL, b"")


@lru_cache(maxsize=1024)
def oid(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER.

    Args:
        dotted: for example `1.2.643.7.1.1.2.2`.

    Raises:
        ValueError: the text is not an OID.
    """
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    if first not in range(3) or second < 0 or (first < 2 and second > 39) or any(arc < 0 for arc in rest):  # noqa: PLR2004  # X.690 8.19.4
        raise ValueError(f"not an OID: {dotted}")
    return tlv(tags.OID, b"".join(_arc(arc) for arc in (40 * first + second, *rest)))


def _arc(value: int) -> bytes:
    octets = [value & 0x7F]
    while value := value >> 7:
        octets.append(value & 0x7F | _LONG)
    return bytes(reversed(octets))


def octets(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return tlv(tags.OCTET_STRING, content)


def bits(content: bytes, unused: int = 0) -> bytes:
    """Return a BIT STRING; the `unused` lowest bits of the last octet must be zero."""
    return tlv(tags.BIT_STRING, bytes((unused,)) + content)


def named_bits(*numbers: int) -> bytes:
    """Return a BIT STRING with these bits set, without zero bits at the end: keyUsage and the like."""
    if not numbers:
        return bits(b"")
    size = max(numbers) // 8 + 1
    value = sum(1 << (8 * size - 1 - number) for number in set(numbers))
    return bits(value.to_bytes(size), 7 - max(numbers) % 8)


def utf8(text: str) -> bytes:
    """Return a UTF8String."""
    return tlv(tags.UTF8_STRING, text.encode())


def numeric(text: str) -> bytes:
    """Return a NumericString: digits and spaces.

    Raises:
        ValueError: another character.
    """
    return _of_alphabet(tags.NUMERIC_STRING, text, _NUMERIC)


def printable(text: str) -> bytes:
    """Return a PrintableString.

    Raises:
        ValueError: a character outside of its alphabet.
    """
    return _of_alphabet(tags.PRINTABLE_STRING, text, _PRINTABLE)


def ia5(text: str) -> bytes:
    """Return an IA5String.

    Raises:
        ValueError: a character outside of ASCII.
    """
    return tlv(tags.IA5_STRING, text.encode("ascii"))


def _of_alphabet(tag: int, text: str, alphabet: frozenset[str]) -> bytes:
    if not alphabet.issuperset(text):
        raise ValueError(f"a character that tag {tag} does not have: {text!r}")
    return tlv(tag, text.encode("ascii"))


def time(moment: datetime) -> bytes:
    """Return a UTCTime until 2049 and a GeneralizedTime from 2050 on, in whole seconds (RFC 5280 4.1.2.5)."""
    moment = moment.astimezone(UTC)
    if _FIRST_UTC_YEAR <= moment.year < _FIRST_GENERALIZED_YEAR:
        return tlv(tags.UTC_TIME, f"{moment:%y%m%d%H%M%S}Z".encode())
    return generalized_time(moment.replace(microsecond=0))


def generalized_time(moment: datetime) -> bytes:
    """Return a GeneralizedTime, with a fraction if the moment has one."""
    moment = moment.astimezone(UTC)
    fraction = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    return tlv(tags.GENERALIZED_TIME, f"{moment.year:04d}{moment:%m%d%H%M%S}{fraction}Z".encode())
