"""Checks that a value is DER to its last byte, in the parts that nobody reads too.

Signed parts (signed attributes, certificates, CRLs, OCSP answers) go through it before anything is taken from
them: bytes that two readers could read in two ways are refused (signatures.md 3.2).
"""

from functools import lru_cache
from typing import Final

from signatures.core.asn1 import tags
from signatures.core.asn1.reader import MAX_DEPTH, bit_string_value, header, integer_value, oid_value
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_ELEMENTS: Final = 200_000

_UNIVERSAL_END: Final = 0x40
_SEQUENCE_PRIMITIVE: Final = 0x10
_SET_PRIMITIVE: Final = 0x11
_ONE_OCTET: Final = 0xFF
# Most elements are of these types, whose form alone is all that DER demands.
_FREE: Final = frozenset({tags.SEQUENCE, tags.SET, tags.OCTET_STRING, tags.UTF8_STRING, tags.PRINTABLE_STRING, tags.UTC_TIME})


class _Walk:
    """One pass over a value; counts elements so that a hostile value of many tiny ones ends early."""

    __slots__ = ("data", "left")

    def __init__(self, data: bytes, elements: int) -> None:
        self.data = data
        self.left = elements

    def children(self, pos: int, end: int, depth: int, *, is_set: bool) -> None:
        if depth > MAX_DEPTH:
            raise limit("limit.nesting", f"nesting deeper than {MAX_DEPTH}")
        previous = b""
        while pos < end:
            start = pos
            pos = self.element(pos, end, depth)
            if is_set:
                current = self.data[start:pos]
                if current < previous:
                    raise encoding(f"a SET is not sorted at {start}")
                previous = current

    def element(self, pos: int, end: int, depth: int) -> int:
        self.left -= 1
        if self.left < 0:
            raise limit("limit.elements", "too many elements")
        tag, start, stop = header(self.data, pos, end)
        if tag < _UNIVERSAL_END and tag not in _FREE:
            _check_universal(self.data, tag, start, stop)
        while tag > _ONE_OCTET:
            tag >>= 8
        if tag & tags.CONSTRUCTED:
            self.children(start, stop, depth + 1, is_set=tag == tags.SET)
        return stop


def check(data: bytes, *, elements: int = MAX_ELEMENTS) -> None:
    """Refuse anything but one DER value.

    Args:
        data: the value with its header.
        elements: how many elements it may have.

    Raises:
        SignatureFormatError: FC_TRAILING_BYTES, FC_ENCODING or FC_LIMITS.
    """
    if _Walk(data, elements).element(0, len(data), 0) != len(data):
        raise SignatureFormatError("FC_TRAILING_BYTES", "bytes after the value")


@lru_cache(maxsize=256)
def check_once(der: bytes) -> None:
    """Do the same for a certificate, which is met again and again: what was found good is remembered by its bytes."""
    check(der)


def _check_universal(data: bytes, tag: int, start: int, stop: int) -> None:
    """Refuse forms that DER does not have for the universal types."""
    if tag & tags.CONSTRUCTED:
        if tag not in {tags.SEQUENCE, tags.SET}:
            raise encoding(f"a constructed form of tag {tag:#04x} at {start}")
    elif tag in {0, _SEQUENCE_PRIMITIVE, _SET_PRIMITIVE}:
        raise encoding(f"a primitive form of tag {tag:#04x} at {start}")
    elif tag <= tags.ENUMERATED:
        _check_primitive(data[start:stop], tag)


def _check_primitive(content: bytes, tag: int) -> None:
    if tag in {tags.INTEGER, tags.ENUMERATED}:
        integer_value(content)
    elif tag == tags.OID:
        oid_value(content)
    elif tag == tags.BIT_STRING:
        bit_string_value(content)
    elif tag == tags.BOOLEAN and content not in {b"\x00", b"\xff"}:
        raise encoding("a BOOLEAN that is not 00 or FF")
    elif tag == tags.NULL and content:
        raise encoding("a NULL with content")
