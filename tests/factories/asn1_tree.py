"""ASN.1 as a tree that can be changed at any place and written back, in DER or in the BER that signers stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

CONSTRUCTED = 0x20
OCTETS = 0x04


@dataclass
class Node:
    """One element; `form` says how its length is written: `der`, `indefinite` or `long` (more octets than needed)."""

    tag: int
    content: bytes = b""
    children: list[Node] = field(default_factory=list)
    form: str = "der"

    def __getitem__(self, index: int) -> Node:
        return self.children[index]

    def encode(self) -> bytes:
        body = b"".join(child.encode() for child in self.children) if self.tag & CONSTRUCTED else self.content
        if self.form == "indefinite":
            return bytes([self.tag, 0x80]) + body + b"\0\0"
        size = len(body)
        if self.form == "long":
            return bytes([self.tag, 0x84]) + size.to_bytes(4) + body
        if size < 0x80:
            return bytes([self.tag, size]) + body
        octets = (size.bit_length() + 7) // 8
        return bytes([self.tag, 0x80 | octets]) + size.to_bytes(octets) + body

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def parents(self) -> Iterator[Node]:
        return (node for node in self.walk() if node.children)


def parse(data: bytes) -> Node:
    """Read one trusted DER value."""
    node, end = _parse(data, 0)
    assert end == len(data)
    return node


def _parse(data: bytes, pos: int) -> tuple[Node, int]:
    tag, length, pos = data[pos], data[pos + 1], pos + 2
    if length & 0x80:
        count = length & 0x7F
        length, pos = int.from_bytes(data[pos : pos + count]), pos + count
    end = pos + length
    node = Node(tag, data[pos:end])
    while tag & CONSTRUCTED and pos < end:
        child, pos = _parse(data, pos)
        node.children.append(child)
    return node, end


def pieces(content: bytes, size: int) -> Node:
    """Return an OCTET STRING of indefinite length in pieces, as a stream writes it."""
    cut = [Node(OCTETS, content[at : at + size]) for at in range(0, len(content), size)]
    return Node(OCTETS | CONSTRUCTED, children=cut, form="indefinite")


def mutate(root: Node, random: Random) -> bytes:
    """Change one place of the tree in a way that a stranger might, and write the tree."""
    parents = list(root.parents())
    if parents:
        random.choice(MUTATIONS)(random.choice(parents), random)
    return root.encode()


def _delete(parent: Node, random: Random) -> None:
    parent.children.pop(random.randrange(len(parent.children)))


def _double(parent: Node, random: Random) -> None:
    parent.children.append(random.choice(parent.children))


def _shuffle(parent: Node, random: Random) -> None:
    random.shuffle(parent.children)


def _retag(parent: Node, random: Random) -> None:
    child = random.choice(parent.children)
    child.tag = random.randrange(256) & ~CONSTRUCTED | child.tag & CONSTRUCTED


def _refill(parent: Node, random: Random) -> None:
    child = random.choice(parent.children)
    child.content, child.children = random.randbytes(random.randrange(40)), []


def _reform(parent: Node, random: Random) -> None:
    random.choice(parent.children).form = random.choice(["indefinite", "long"])


def _empty(parent: Node, random: Random) -> None:
    child = random.choice(parent.children)
    child.children, child.content = [], b""


def _wrap(parent: Node, random: Random) -> None:
    at = random.randrange(len(parent.children))
    parent.children[at] = Node(random.choice([0x30, 0x31, 0xA0, 0xA1]), children=[parent.children[at]])


def _graft(parent: Node, random: Random) -> None:
    """Put a copy of the whole branch into itself."""
    copied = deepcopy(parent)
    random.choice(list(parent.walk())).children.append(copied)


MUTATIONS: list[Callable[[Node, Random], None]] = [_delete, _double, _shuffle, _retag, _refill, _reform, _empty, _wrap, _graft]
