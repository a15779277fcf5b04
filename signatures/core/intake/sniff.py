"""Recognises a file by its content, never by its name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from signatures.core.asn1 import tags
from signatures.core.asn1.reader import whole
from signatures.core.certificates import parse_certificate, parse_request
from signatures.core.errors import SignatureFormatError
from signatures.core.intake import armour
from signatures.core.revocation_data import parse_ocsp_response, parse_revocation_list


class FileKind(StrEnum):
    """What a file is."""

    CMS = "cms"
    PDF = "pdf"
    XML = "xml"
    ZIP = "zip"
    CERTIFICATE = "certificate"
    REQUEST = "certificate-request"
    REVOCATION_LIST = "revocation-list"
    OCSP = "ocsp"
    TIME_STAMP_RESPONSE = "time-stamp-response"
    PRIVATE_KEY = "private-key"
    PKCS12 = "pkcs12"
    OTHER = "other"


class Wrapping(StrEnum):
    """The text form that was undone."""

    NONE = "none"
    PEM = "pem"
    BASE64 = "base64"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A recognised file.

    Attributes:
        kind: what it is.
        wrapping: how it was written.
        content: the bytes without the wrapping: DER or BER for ASN.1, the file itself for the others.
    """

    kind: FileKind
    wrapping: Wrapping
    content: bytes = field(repr=False)


_PDF: Final = b"%PDF-"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_HTML: Final = (b"<!doctype html", b"<html")
_XML_SPACES: Final = b" \t\r\n"
_BEGINNING_BYTES: Final = 1024
_INDEFINITE: Final = 0x80
_MAX_LENGTH_OCTETS: Final = 8
# Version 3 of PKCS#12; version 0 of PKCS#8 and of an RSA key; version 1 of an EC key.
_SECRETS: Final = (
    (b"\x02\x01\x03\x30", "pkcs12"),
    (b"\x02\x01\x00\x30", "private-key"),
    (b"\x02\x01\x00\x02", "private-key"),
    (b"\x02\x01\x01\x04", "private-key"),
)

_OTHER_FILES: Final = frozenset(
    {
        FileKind.CERTIFICATE,
        FileKind.REQUEST,
        FileKind.REVOCATION_LIST,
        FileKind.OCSP,
        FileKind.TIME_STAMP_RESPONSE,
        FileKind.PRIVATE_KEY,
        FileKind.PKCS12,
    }
)


def recognise(data: bytes) -> Recognised:
    """Say what a file is and undo its text form.

    Args:
        data: the whole file.

    Raises:
        SignatureFormatError: FC_PEM_NOISE for text around a PEM block or several blocks, FC_ENCODING for broken
            base64 inside of it, FC_LIMITS. Anything unknown is FileKind.OTHER, not an exception.
    """
    if data[:1] == bytes([tags.SEQUENCE]) and (kind := _asn1_kind(data)) is not FileKind.OTHER:
        return Recognised(kind, Wrapping.NONE, data)
    if data.startswith(_PDF):
        return Recognised(FileKind.PDF, Wrapping.NONE, data)
    if data.startswith(_ZIP):
        return Recognised(FileKind.ZIP, Wrapping.NONE, data)
    return _text(data)


def _text(data: bytes) -> Recognised:
    text = armour.plain_text(data)
    beginning = text[:_BEGINNING_BYTES].lstrip(_XML_SPACES).lower()
    if beginning.startswith(b"<"):
        return Recognised(FileKind.OTHER if beginning.startswith(_HTML) else FileKind.XML, Wrapping.NONE, data)
    if armour.is_pem(text):
        content = armour.single_block(text)[1]
        return Recognised(_asn1_kind(content), Wrapping.PEM, content)
    if armour.is_base64(text):
        content = _decoded(text)
        kind = _asn1_kind(content)
        if kind is not FileKind.OTHER:
            return Recognised(kind, Wrapping.BASE64, content)
    return Recognised(FileKind.OTHER, Wrapping.NONE, data)


def _decoded(text: bytes) -> bytes:
    """Decode what looks like base64; an ordinary word looks so too, and then there is nothing in it."""
    try:
        return armour.from_base64(text)
    except SignatureFormatError:
        return b""


def recognise_bundle(data: bytes) -> tuple[Recognised, ...]:
    """Recognise a file of an operator that may hold many certificates or lists: PEM blocks with text around, or one DER value.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_LIMITS.
    """
    text = armour.plain_text(data)
    if not armour.is_pem(text):
        return (recognise(data),)
    return tuple(Recognised(_asn1_kind(content), Wrapping.PEM, content) for content in armour.all_blocks(text))


def container_bytes(data: bytes) -> bytes:
    """Return the DER or BER of a signature file.

    Raises:
        SignatureFormatError: FC_NOT_A_SIGNATURE, FC_OTHER_CMS when the file is something else from the world of
            certificates, FC_PEM_NOISE, FC_ENCODING, FC_LIMITS.
    """
    found = recognise(data)
    if found.kind is FileKind.CMS:
        return found.content
    if found.kind in _OTHER_FILES:
        raise SignatureFormatError("FC_OTHER_CMS", f"the file is a {found.kind}", container=f"file.{found.kind}")
    raise SignatureFormatError("FC_NOT_A_SIGNATURE", f"the file is of kind {found.kind}")


def _asn1_kind(data: bytes) -> FileKind:
    """Say what a SEQUENCE is by its first member, and by a full reading where that is not enough."""
    inside = _inside(data)
    first = inside[:1]
    if first == bytes([tags.OID]):
        return FileKind.CMS
    if first == bytes([tags.ENUMERATED]):
        return FileKind.OCSP if _reads(parse_ocsp_response, data) else FileKind.OTHER
    if first == bytes([tags.INTEGER]):
        return next((FileKind(kind) for beginning, kind in _SECRETS if inside.startswith(beginning)), FileKind.OTHER)
    if first != bytes([tags.SEQUENCE]):
        return FileKind.OTHER
    return next((kind for kind, parse in _PARSERS if _reads(parse, data)), FileKind.OTHER)


def _inside(data: bytes) -> bytes:
    """Return the first bytes of the content of a SEQUENCE of any length form, empty for anything else."""
    if len(data) < 3 or data[0] != tags.SEQUENCE:  # noqa: PLR2004  # identifier, length, one octet of content
        return b""
    count = data[1] & 0x7F if data[1] > _INDEFINITE else 0
    return data[2 + count : 8 + count] if count <= _MAX_LENGTH_OCTETS else b""


def _time_stamp_response(data: bytes) -> None:
    """Read the frame of a TimeStampResp (RFC 3161 2.4.2).

    Raises:
        SignatureFormatError: it is something else.
    """
    reader = whole(data)
    reader.enter().small()
    if not reader.at_end:
        reader.enter().oid()
    reader.finish()


def _reads(parse: Callable[[bytes], object], data: bytes) -> bool:
    try:
        parse(data)
    except SignatureFormatError:
        return False
    return True


_PARSERS: Final[tuple[tuple[FileKind, Callable[[bytes], object]], ...]] = (
    (FileKind.CERTIFICATE, parse_certificate),
    (FileKind.REVOCATION_LIST, parse_revocation_list),
    (FileKind.REQUEST, parse_request),
    (FileKind.TIME_STAMP_RESPONSE, _time_stamp_response),
)
