"""Text forms of a container: PEM with exactly one block, bare base64 with or without line breaks."""

import base64
import binascii
import re
from typing import Final

from signatures.core.errors import SignatureFormatError, encoding, limit

# Base64 of the largest container with line breaks of every width that programs use.
MAX_TEXT_BYTES: Final = 48 * 1024 * 1024

_BOM_UTF8: Final = b"\xef\xbb\xbf"
_BOMS_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_SPACES: Final = b" \t\r\n"
_BEGIN: Final = b"-----BEGIN "
_BLOCK: Final = re.compile(rb"-----BEGIN ([A-Z0-9 #]{1,40})-----[ \t]*\r?\n([A-Za-z0-9+/=\s]*)-----END \1-----")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


def plain_text(data: bytes) -> bytes:
    """Return the data without a byte order mark; UTF-16, as a text editor may save it, becomes ASCII if it can."""
    if data.startswith(_BOM_UTF8):
        return data[len(_BOM_UTF8) :]
    if data.startswith(_BOMS_UTF16):
        try:
            return data.decode("utf-16").encode("ascii")
        except UnicodeError:
            return data
    return data


def is_pem(data: bytes) -> bool:
    """Return whether a PEM block begins somewhere in the data."""
    return _BEGIN in data


def single_block(data: bytes) -> tuple[str, bytes]:
    """Return the label and the bytes of the one PEM block that the data consist of.

    Raises:
        SignatureFormatError: FC_PEM_NOISE when there is text around it or another block, FC_ENCODING, FC_LIMITS.
    """
    _refuse_size(data)
    text = data.strip(_SPACES)
    match = _BLOCK.match(text)
    if match is None:
        raise SignatureFormatError("FC_PEM_NOISE", "the text is not one PEM block")
    if match.end() != len(text):
        raise SignatureFormatError("FC_PEM_NOISE", f"{len(text) - match.end()} bytes after the PEM block")
    return match[1].decode("ascii"), from_base64(match[2])


def all_blocks(data: bytes) -> tuple[bytes, ...]:
    """Return the bytes of every PEM block; text around them is allowed, as bundles of certificates have it.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_LIMITS.
    """
    _refuse_size(data)
    return tuple(from_base64(match[2]) for match in _BLOCK.finditer(data))


def from_base64(text: bytes) -> bytes:
    """Decode standard base64 with white space anywhere.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_LIMITS.
    """
    _refuse_size(text)
    packed = text.translate(None, _SPACES)
    try:
        return base64.b64decode(packed, validate=True)
    except binascii.Error as error:
        raise encoding(f"base64: {error}") from error


def is_base64(data: bytes) -> bool:
    """Return whether the data are base64 and nothing else."""
    return len(data) <= MAX_TEXT_BYTES and _BASE64.fullmatch(data.translate(None, _SPACES)) is not None


def _refuse_size(text: bytes) -> None:
    if len(text) > MAX_TEXT_BYTES:
        raise limit("limit.text", f"a text of {len(text)} bytes")
