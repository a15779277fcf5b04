"""What people bring: files sniffed by content, archives with pairs, documents hashed as a stream."""

from signatures.core.intake.archive import Archive, ArchivePair
from signatures.core.intake.hashing import Hashed, Hasher, file_chunks, hash_stream
from signatures.core.intake.sniff import FileKind, Recognised, Wrapping, container_bytes, recognise, recognise_bundle

__all__ = [
    "Archive",
    "ArchivePair",
    "FileKind",
    "Hashed",
    "Hasher",
    "Recognised",
    "Wrapping",
    "container_bytes",
    "file_chunks",
    "hash_stream",
    "recognise",
    "recognise_bundle",
]
