"""ZIP archives that hold documents with their signatures. Nothing is ever written to a disk.

The limits are those of UP-04: number of files, unpacked size, ratio, paths, links; an archive inside of an
archive is a document like any other and is not opened.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Final

from signatures.core.errors import SignatureFormatError, encoding, limit
from signatures.core.intake.sniff import FileKind, recognise

MAX_FILES: Final = 1000
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 100
# Short files pack well without any malice.
RATIO_APPLIES_FROM_BYTES: Final = 1024 * 1024
MAX_SIGNATURE_BYTES: Final = 48 * 1024 * 1024
MAX_NAME_CHARACTERS: Final = 512

_CHUNK_BYTES: Final = 64 * 1024
_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_SNIFFED_BYTES: Final = 16
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class ArchivePair:
    """A signature of an archive and its document.

    Attributes:
        signature: name of the signature file.
        document: name of the document; empty when none belongs to the signature (it may be an attached one).
    """

    signature: str
    document: str


class Archive:
    """A ZIP archive opened for reading.

    Args:
        file: seekable, binary; stays open.

    Raises:
        SignatureFormatError: FC_NOT_A_SIGNATURE when it is not a readable ZIP, FC_LIMITS, FC_ENCODING for two files of one name.
    """

    def __init__(self, file: BinaryIO) -> None:
        with _readable():
            self._zip = zipfile.ZipFile(file)
        files = [one for one in self._zip.infolist() if not one.is_dir()]
        _check_files(files)
        self._files = MappingProxyType({one.filename: one for one in files})
        if len(self._files) != len(files):
            raise encoding("an archive with two files of one name")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the files in the order of the archive."""
        return tuple(self._files)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file unpacked, in pieces of 64 KiB; the ZIP reader never gives more than the size that was checked.

        Raises:
            SignatureFormatError: FC_NOT_A_SIGNATURE when it is damaged or longer than it promised.
        """
        with _readable(), self._zip.open(self._files[name]) as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk

    def read(self, name: str, max_bytes: int = MAX_SIGNATURE_BYTES) -> bytes:
        """Return a file unpacked.

        Raises:
            SignatureFormatError: FC_LIMITS, FC_NOT_A_SIGNATURE.
        """
        if self._files[name].file_size > max_bytes:
            raise limit("limit.text", f"{name!r} of {self._files[name].file_size} bytes")
        return b"".join(self.chunks(name))

    def pairs(self) -> tuple[ArchivePair, ...]:
        """Find the signatures by content and their documents by name.

        `report.pdf` belongs to `report.pdf.sig` first, else to `report.sig`; in an archive of two files any
        names will do.

        Raises:
            SignatureFormatError: FC_NOT_A_SIGNATURE when no file is a signature, FC_LIMITS.
        """
        signatures = [name for name in self._files if self._is_signature(name)]
        if not signatures:
            raise SignatureFormatError("FC_NOT_A_SIGNATURE", "no file of the archive is a signature")
        documents = [name for name in self._files if name not in signatures]
        if len(signatures) == 1 and len(self._files) == _PAIR:
            return (ArchivePair(signatures[0], documents[0]),)
        return tuple(ArchivePair(name, _document_of(name, documents)) for name in signatures)

    def _is_signature(self, name: str) -> bool:
        if self._files[name].file_size > MAX_SIGNATURE_BYTES or not _may_be_container(next(self.chunks(name), b"")):
            return False
        try:
            return recognise(self.read(name)).kind is FileKind.CMS
        except SignatureFormatError as error:
            # A signature with text around it is still meant as one: its own verification refuses it by name.
            return error.reason_id == "FC_PEM_NOISE"


def _may_be_container(beginning: bytes) -> bool:
    """Return whether it is worth reading a file whole: the first bytes are ASN.1, PEM, base64 or a byte order mark."""
    first = beginning[:_SNIFFED_BYTES]
    return first[:1] in {b"0", b"-", b"M", b"\xef", b"\xff", b"\xfe", b" ", b"\n", b"\r", b"\t"}


def _check_files(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MAX_FILES:
        raise limit("limit.archive.files", f"{len(files)} files in an archive")
    if sum(one.file_size for one in files) > MAX_UNPACKED_BYTES:
        raise limit("limit.archive.size", "the archive unpacks to too much")
    for one in files:
        _check_file(one)


def _check_file(one: zipfile.ZipInfo) -> None:
    path = PurePosixPath(one.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in one.filename or "\0" in one.orig_filename or len(one.filename) > MAX_NAME_CHARACTERS:
        raise limit("limit.archive.path", f"a file named {one.filename[:100]!r}")
    if stat.S_ISLNK(one.external_attr >> 16):
        raise limit("limit.archive.path", f"{one.filename[:100]!r} is a link")
    if one.file_size > RATIO_APPLIES_FROM_BYTES and one.file_size > MAX_RATIO * max(one.compress_size, 1):
        raise limit("limit.archive.ratio", f"{one.filename[:100]!r} unpacks {one.file_size} bytes from {one.compress_size}")
    if one.flag_bits & _ENCRYPTED or one.compress_type not in _METHODS:
        raise SignatureFormatError("FC_NOT_A_SIGNATURE", f"{one.filename[:100]!r} is encrypted or packed by an unknown method")


def _document_of(signature: str, documents: list[str]) -> str:
    """Return the document of a signature by its name, empty if none or more than one fits."""
    stem = _stem(signature)
    exact = [name for name in documents if name.casefold() == stem]
    alike = exact or [name for name in documents if _stem(name) == stem]
    return alike[0] if len(alike) == 1 else ""


def _stem(name: str) -> str:
    """Return a path without its last suffix, in one case."""
    return str(PurePosixPath(name).with_suffix("")).casefold()


@contextmanager
def _readable() -> Iterator[None]:
    """Turn every complaint of the ZIP reader about the bytes into the one exception of this package."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, NotImplementedError, RuntimeError, OSError) as error:
        raise SignatureFormatError("FC_NOT_A_SIGNATURE", f"the archive cannot be read: {error}") from error
