"""Distinguished names: reading, comparing, showing."""

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from signatures.core.asn1 import oids, tags
from signatures.core.asn1.reader import Reader
from signatures.core.certificates.values import GeneralName, GeneralNameKind, Name, NameAttribute
from signatures.core.errors import encoding
from signatures.core.text import safe

_KINDS: Final = tuple(GeneralNameKind)
_DIRECTORY: Final = 4
_NUMBER: Final = 0x1F
_CLASS: Final = 0xC0


def read_name(reader: Reader) -> Name:
    """Take a Name.

    Raises:
        SignatureFormatError: FC_ENCODING, also for a string that is not in the alphabet of its type.
    """
    start = reader.pos
    rdns_reader = reader.enter()
    rdns = []
    while not rdns_reader.at_end:
        rdns.append(_rdn(rdns_reader.enter(tags.SET)))
    return Name(reader.data[start : reader.pos], tuple(rdns))


def _rdn(reader: Reader) -> tuple[NameAttribute, ...]:
    attributes = []
    while not reader.at_end:
        inner = reader.enter()
        attributes.append(_attribute(inner))
        inner.finish()
    if not attributes:
        raise encoding("an empty relative name")
    return tuple(attributes)


def _attribute(reader: Reader) -> NameAttribute:
    oid, tag = reader.oid(), reader.peek()
    decode = _DECODERS.get(tag)
    if decode is None:
        return NameAttribute(oid, "#" + reader.raw().hex(), tag)
    return NameAttribute(oid, decode(reader.content(tag)), tag)


def string_value(reader: Reader) -> str:
    """Take a string of any of the types that names use."""
    decode = _DECODERS.get(reader.peek())
    if decode is None:
        raise encoding(f"no string at {reader.pos}")
    return decode(reader.content(reader.peek()))


def _decoder(codec: str) -> Callable[[bytes], str]:
    def decode(content: bytes) -> str:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            raise encoding(f"a string that is not {codec}") from None

    return decode


_ASCII: Final = _decoder("ascii")
_DECODERS: Final[Mapping[int, Callable[[bytes], str]]] = MappingProxyType(
    {
        tags.UTF8_STRING: _decoder("utf-8"),
        tags.NUMERIC_STRING: _ASCII,
        tags.PRINTABLE_STRING: _ASCII,
        tags.IA5_STRING: _ASCII,
        tags.VISIBLE_STRING: _ASCII,
        # T.61 as every certificate program reads it: the first 256 characters of Unicode.
        tags.TELETEX_STRING: _decoder("latin-1"),
        tags.BMP_STRING: _decoder("utf-16-be"),
        tags.UNIVERSAL_STRING: _decoder("utf-32-be"),
    }
)


def read_general_names(reader: Reader) -> tuple[GeneralName, ...]:
    """Read the members of GeneralNames."""
    names = []
    while not reader.at_end:
        names.append(read_general_name(reader))
    return tuple(names)


def read_general_name(reader: Reader) -> GeneralName:
    """Take one GeneralName."""
    tag = reader.peek()
    number = tag & _NUMBER
    if tag & _CLASS != tags.CONTEXT or number >= len(_KINDS):
        raise encoding(f"tag {tag:#04x} is no general name")
    if number != _DIRECTORY:
        return GeneralName(_KINDS[number], reader.content(tag))
    inner = reader.enter(tags.context(_DIRECTORY))
    name = read_name(inner)
    inner.finish()
    return GeneralName(GeneralNameKind.DIRECTORY, name.der)


def comparable(name: Name) -> tuple[frozenset[tuple[str, str]], ...]:
    """Return a form in which names that RFC 5280 7.1 calls equal are equal: case, spaces and string types do not count."""
    return tuple(frozenset((one.oid, _folded(one.value)) for one in rdn) for rdn in name.rdns)


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def shown(name: Name) -> str:
    """Return the whole name as one safe line, the most specific part first (RFC 4514)."""
    parts = (f"{oids.NAME_LABELS.get(one.oid, one.oid)}={safe(one.value)}" for rdn in reversed(name.rdns) for one in rdn)
    return ", ".join(parts)


def person(name: Name) -> str:
    """Return who it is, safe to show: surname and given names, else the common name, else the organisation."""
    surname, given = name.first(oids.SURNAME), name.first(oids.GIVEN_NAME)
    if surname and given:
        return safe(f"{surname} {given}")
    return safe(name.first(oids.COMMON_NAME) or name.first(oids.ORGANIZATION))
