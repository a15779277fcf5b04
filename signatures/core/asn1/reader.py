"""A bounded cursor over DER: every length is checked before it is believed, every value before it is returned.

The buffer is `bytes` with offsets: nothing is copied until a value is taken, and indexing bytes is about twice
as fast as indexing a memoryview. Whatever the bytes are, only `SignatureFormatError` leaves this module.
Source: ITU-T X.690 clauses 8 and 10; limits from signatures.md 3.4.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from signatures.core.asn1 import tags
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_DEPTH: Final = 32
MAX_OID_BYTES: Final = 64
MAX_LENGTH_OCTETS: Final = 4
MAX_TAG_OCTETS: Final = 4
MAX_INTEGER_BYTES: Final = 8192

_HIGH_TAG: Final = 0x1F
_MORE: Final = 0x80
_UTC_TIME: Final = 13
_GENERALIZED_TIME: Final = 15
_PIVOT_YEAR: Final = 50
_MAX_UNUSED_BITS: Final = 7


def header(data: bytes, pos: int, end: int) -> tuple[int, int, int]:
    """Read one identifier and one definite, minimal length.

    Args:
        data: the whole buffer.
        pos: offset of the identifier.
        end: offset behind the enclosing value.

    Returns:
        The identifier octets as one number (0x30 for SEQUENCE), the offset of the content, the offset behind it.

    Raises:
        SignatureFormatError: FC_ENCODING; FC_LIMITS for lengths and tags that no signature needs.
    """
    if pos + 2 > end:
        raise encoding(f"no room for an element at {pos}")
    tag = data[pos]
    pos += 1
    if tag & _HIGH_TAG == _HIGH_TAG:
        tag, pos = _high_tag(data, pos, end, tag)
    length = data[pos]
    pos += 1
    if length >= _MORE:
        length, pos = _long_length(data, pos, end, length & 0x7F)
    if pos + length > end:
        raise encoding(f"an element of {length} bytes at {pos} passes its container")
    return tag, pos, pos + length


def _high_tag(data: bytes, pos: int, end: int, tag: int) -> tuple[int, int]:
    """Read the following identifier octets; leave room for one octet of length."""
    number = 0
    for count in range(MAX_TAG_OCTETS):
        if pos + 1 >= end:
            raise encoding(f"the tag at {pos} is cut")
        octet = data[pos]
        pos += 1
        tag, number = tag << 8 | octet, number << 7 | octet & 0x7F
        if count == 0 and octet == _MORE:
            raise encoding("a tag number has leading zeros")
        if octet < _MORE:
            if number < _HIGH_TAG:
                raise encoding("a small tag number in the long form")
            return tag, pos
    raise limit("limit.tag", "a tag number of more than 28 bits")


def _long_length(data: bytes, pos: int, end: int, count: int) -> tuple[int, int]:
    """Read the octets of a long length."""
    if count == 0:
        raise encoding(f"an indefinite length at {pos - 1}")
    if count > MAX_LENGTH_OCTETS:
        raise limit("limit.length", f"a length of {count} octets")
    if pos + count > end:
        raise encoding(f"the length at {pos} is cut")
    length = int.from_bytes(data[pos : pos + count])
    if length < _MORE or data[pos] == 0:
        raise encoding(f"a length at {pos} is not minimal")
    return length, pos + count


class Reader:
    """A cursor over the content of one constructed value.

    Methods that read a value move the cursor behind it; `finish()` insists that nothing is left.
    """

    __slots__ = ("data", "depth", "end", "pos")

    def __init__(self, data: bytes, pos: int = 0, end: int | None = None, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise limit("limit.nesting", f"nesting deeper than {MAX_DEPTH}")
        self.data = data
        self.pos = pos
        self.end = len(data) if end is None else end
        self.depth = depth

    @property
    def at_end(self) -> bool:
        """Whether everything has been read."""
        return self.pos >= self.end

    def next_is(self, tag: int) -> bool:
        """Return whether the next value has this one-octet identifier."""
        return self.pos < self.end and self.data[self.pos] == tag

    def peek(self) -> int:
        """Return the first identifier octet of the next value, 0 at the end."""
        return self.data[self.pos] if self.pos < self.end else 0

    def finish(self) -> None:
        """Raise FC_ENCODING unless everything has been read."""
        if self.pos != self.end:
            raise encoding(f"{self.end - self.pos} unexpected bytes at {self.pos}")

    def raw(self) -> bytes:
        """Take the next value with its header."""
        start = self.pos
        _, _, self.pos = header(self.data, start, self.end)
        return self.data[start : self.pos]

    def content(self, tag: int) -> bytes:
        """Take the content of the next value, which must have this identifier."""
        start, stop = self._open(tag)
        return self.data[start:stop]

    def enter(self, tag: int = tags.SEQUENCE) -> "Reader":
        """Return a cursor over the next value, which must have this identifier, and step over it."""
        start, stop = self._open(tag)
        return Reader(self.data, start, stop, self.depth + 1)

    def optional(self, tag: int) -> "Reader | None":
        """Do the same if the next value has this identifier, else return None and stay."""
        return self.enter(tag) if self.next_is(tag) else None

    def integer(self, tag: int = tags.INTEGER) -> int:
        """Take an INTEGER (or ENUMERATED, or one with an implicit tag)."""
        start, stop = self._open(tag)
        return integer_value(self.data[start:stop])

    def small(self, tag: int = tags.INTEGER) -> int:
        """Take an INTEGER from 0 to 2^31 - 1: a version, a count, a code."""
        value = self.integer(tag)
        if not 0 <= value < 1 << 31:
            raise encoding(f"a number out of range before {self.pos}")
        return value

    def boolean(self, tag: int = tags.BOOLEAN) -> bool:
        """Take a BOOLEAN, in DER 0x00 or 0xFF."""
        value = self.content(tag)
        if value not in {b"\x00", b"\xff"}:
            raise encoding(f"a BOOLEAN of {value[:4].hex()}")
        return value == b"\xff"

    def oid(self, tag: int = tags.OID) -> str:
        """Take an OBJECT IDENTIFIER as dotted decimal."""
        start, stop = self._open(tag)
        return oid_value(self.data[start:stop]) if stop - start <= MAX_OID_BYTES else oid_too_long(stop - start)

    def octets(self, tag: int = tags.OCTET_STRING) -> bytes:
        """Take an OCTET STRING."""
        return self.content(tag)

    def bits(self, tag: int = tags.BIT_STRING) -> bytes:
        """Take a BIT STRING that holds whole octets: a key or a signature."""
        value, unused = self.flags(tag)
        if unused:
            raise encoding("a BIT STRING with unused bits where octets are expected")
        return value

    def flags(self, tag: int = tags.BIT_STRING) -> tuple[bytes, int]:
        """Take a BIT STRING: its octets and the number of unused bits at the end, which DER sets to zero."""
        return bit_string_value(self.content(tag))

    def time(self, *, fraction: bool = False) -> datetime:
        """Take a UTCTime or a GeneralizedTime, UTC.

        Args:
            fraction: whether fractions of a second are allowed (time-stamps); X.509 forbids them.
        """
        tag = self.peek()
        if tag not in {tags.UTC_TIME, tags.GENERALIZED_TIME}:
            raise encoding(f"no time at {self.pos}")
        return time_value(tag, self.content(tag), fraction=fraction)

    def _open(self, tag: int) -> tuple[int, int]:
        """Step over the next value; return where its content starts and stops."""
        found, start, stop = header(self.data, self.pos, self.end)
        if found != tag:
            raise encoding(f"tag {found:#04x} at {self.pos} instead of {tag:#04x}")
        self.pos = stop
        return start, stop


def whole(data: bytes, tag: int = tags.SEQUENCE) -> Reader:
    """Return a cursor over the one value that the buffer consists of.

    Raises:
        SignatureFormatError: FC_TRAILING_BYTES if anything follows it, FC_ENCODING if it is something else.
    """
    outer = Reader(data)
    inner = outer.enter(tag)
    if not outer.at_end:
        raise SignatureFormatError("FC_TRAILING_BYTES", f"{len(data) - outer.pos} bytes after the value")
    return inner


def integer_value(content: bytes) -> int:
    """Decode the content of an INTEGER; DER allows one shortest form only."""
    if not content or (len(content) > 1 and (content[0], content[1] & _MORE) in {(0, 0), (0xFF, _MORE)}):
        raise encoding("an INTEGER is empty or not minimal")
    if len(content) > MAX_INTEGER_BYTES:
        raise limit("limit.integer", f"an INTEGER of {len(content)} bytes")
    return int.from_bytes(content, signed=True)


def oid_too_long(size: int) -> str:
    """Refuse an identifier that is longer than any real one."""
    raise limit("limit.oid", f"an OID of {size} bytes")


@lru_cache(maxsize=1024)
def oid_value(content: bytes) -> str:
    """Decode the content of an OBJECT IDENTIFIER."""
    if len(content) > MAX_OID_BYTES:
        return oid_too_long(len(content))
    if not content or content[-1] & _MORE:
        raise encoding("an OID is empty or cut")
    arcs, value, fresh = [], 0, True
    for octet in content:
        if fresh and octet == _MORE:
            raise encoding("an arc of an OID has leading zeros")
        value, fresh = value << 7 | octet & 0x7F, octet < _MORE
        if fresh:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def bit_string_value(content: bytes) -> tuple[bytes, int]:
    """Split the content of a BIT STRING into octets and the number of unused bits."""
    if not content or content[0] > _MAX_UNUSED_BITS or (len(content) == 1 and content[0]):
        raise encoding("a BIT STRING without a valid count of unused bits")
    unused = content[0]
    if unused and content[-1] & ((1 << unused) - 1):
        raise encoding("unused bits of a BIT STRING are not zero")
    return content[1:], unused


def time_value(tag: int, content: bytes, *, fraction: bool = False) -> datetime:
    """Decode the content of a UTCTime or a GeneralizedTime in the form that DER and RFC 5280 allow."""
    micros = 0
    if fraction and tag == tags.GENERALIZED_TIME and b"." in content:
        content, micros = _split_fraction(content)
    size = _UTC_TIME if tag == tags.UTC_TIME else _GENERALIZED_TIME
    if len(content) != size or not content[:-1].isdigit() or content[-1:] != b"Z":
        raise encoding(f"a time of an unexpected form, {len(content)} bytes")
    year = int(content[:-11])
    if tag == tags.UTC_TIME:
        year += 1900 if year >= _PIVOT_YEAR else 2000
    month, day, hour, minute, second = (int(content[at : at + 2]) for at in range(size - 11, size - 1, 2))
    try:
        return datetime(year, month, day, hour, minute, second, micros, tzinfo=UTC)
    except ValueError:
        raise encoding("a time that does not exist") from None


def _split_fraction(content: bytes) -> tuple[bytes, int]:
    """Split off the fraction of a second: digits without a zero at the end, then Z; digits past the sixth are cut."""
    whole_part, _, rest = content.partition(b".")
    digits = rest[:-1]
    if not digits.isdigit() or rest[-1:] != b"Z" or digits.endswith(b"0") or len(digits) > _GENERALIZED_TIME:
        raise encoding("a fraction of a second of an unexpected form")
    return whole_part + b"Z", int(digits[:6].ljust(6, b"0"))
