"""The only code that reads BER: a stream over the outer shell of a container, from which canonical DER is written.

Signers that stream use indefinite lengths and cut the content into pieces (signatures.md 3.3). Nothing else of BER
is taken: lengths are minimal, tags are right, and parts that are covered by a signature are copied as DER.
"""

from typing import Final

from signatures.core.asn1 import tags
from signatures.core.asn1.reader import MAX_DEPTH, header
from signatures.core.errors import encoding, limit

MAX_PIECES: Final = 65_536

_INDEFINITE: Final = 0x80
_END_OF_CONTENTS: Final = b"\x00\x00"
_OCTETS_CONSTRUCTED: Final = tags.OCTET_STRING | tags.CONSTRUCTED


class BerStream:
    """A one-pass cursor that follows definite and indefinite lengths alike.

    `enter()` and `leave()` are pairs; between them `at_end` tells whether the value has more children.
    """

    __slots__ = ("_ends", "data", "pos")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pos = 0
        self._ends: list[int | None] = []

    @property
    def at_end(self) -> bool:
        """Whether the value that was entered last has no more children."""
        end = self._ends[-1]
        if end is None:
            return self.pos + 2 <= self._limit() and self.data[self.pos : self.pos + 2] == _END_OF_CONTENTS
        return self.pos >= end

    def next_is(self, tag: int) -> bool:
        """Return whether the next child has this one-octet identifier."""
        return not self.at_end and self.pos < self._limit() and self.data[self.pos] == tag

    def next_is_indefinite(self) -> bool:
        """Return whether the next child has a one-octet identifier and an indefinite length."""
        return self.data[self.pos + 1 : self.pos + 2] == bytes([_INDEFINITE])

    def enter(self, tag: int) -> None:
        """Step into the next child, which must have this identifier.

        Raises:
            SignatureFormatError: FC_ENCODING; FC_LIMITS for a nesting deeper than 32.
        """
        if len(self._ends) >= MAX_DEPTH:
            raise limit("limit.nesting", f"nesting deeper than {MAX_DEPTH}")
        if self._ends and self.at_end:
            raise encoding(f"a value is missing at {self.pos}")
        if self.data[self.pos : self.pos + 2] == bytes([tag, _INDEFINITE]):
            self.pos += 2
            self._ends.append(None)
            return
        found, start, stop = header(self.data, self.pos, self._limit())
        if found != tag:
            raise encoding(f"tag {found:#04x} at {self.pos} instead of {tag:#04x}")
        self.pos = start
        self._ends.append(stop)

    def leave(self) -> None:
        """Step out of the value that was entered last, which must have no more children."""
        if not self.at_end:
            raise encoding(f"unexpected content at {self.pos}")
        if self._ends.pop() is None:
            self.pos += 2

    def der(self, tag: int | None = None) -> bytes:
        """Take the next child as it stands; its length must be definite.

        Args:
            tag: identifier that it must have; None for any.
        """
        if self._ends and self.at_end:
            raise encoding(f"a value is missing at {self.pos}")
        found, _, stop = header(self.data, self.pos, self._limit())
        if tag is not None and found != tag:
            raise encoding(f"tag {found:#04x} at {self.pos} instead of {tag:#04x}")
        value = self.data[self.pos : stop]
        self.pos = stop
        return value

    def octets(self) -> bytes:
        """Take an OCTET STRING, whole or in pieces; return its content."""
        if not self.next_is(_OCTETS_CONSTRUCTED):
            return self._piece()
        self.enter(_OCTETS_CONSTRUCTED)
        pieces: list[bytes] = []
        while not self.at_end:
            if len(pieces) >= MAX_PIECES:
                raise limit("limit.pieces", f"content in more than {MAX_PIECES} pieces")
            pieces.append(self._piece())
        self.leave()
        return b"".join(pieces)

    def _piece(self) -> bytes:
        found, start, stop = header(self.data, self.pos, self._limit())
        if found != tags.OCTET_STRING:
            raise encoding(f"tag {found:#04x} at {self.pos} instead of an OCTET STRING")
        self.pos = stop
        return self.data[start:stop]

    def _limit(self) -> int:
        """Return the offset that no child may pass."""
        return next((end for end in reversed(self._ends) if end is not None), len(self.data))
