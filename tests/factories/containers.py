"""Containers for tests of the front parser: built field by field, so that any field can be wrong.

The signature values are empty words: nothing here is signed.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

from signatures.core.asn1 import oids, writer

VECTORS = Path(__file__).parents[1] / "data" / "signatures"
SIGNING_TIME = "1.2.840.113549.1.9.5"
NAME = writer.sequence(writer.set_of(writer.sequence(writer.oid(oids.COMMON_NAME), writer.utf8("УЦ"))))


def vector(name: str) -> bytes:
    """Return a vector file as it stands, for example `demo/doc.sig`."""
    return (VECTORS / name).read_bytes()


def vector_der(name: str) -> bytes:
    """Return the DER of a vector file, PEM undone."""
    data = vector(name)
    if not data.startswith(b"-----"):
        return data
    return base64.b64decode(b"".join(line for line in data.splitlines() if not line.startswith(b"-----")))


def algorithm(oid: str, *parameters: bytes) -> bytes:
    return writer.sequence(writer.oid(oid), *parameters)


def attribute(oid: str, *values: bytes) -> bytes:
    return writer.sequence(writer.oid(oid), writer.set_of(*values))


def content_type(oid: str = oids.DATA) -> bytes:
    return attribute(oids.CONTENT_TYPE, writer.oid(oid))


def message_digest(value: bytes = b"\x11" * 32) -> bytes:
    return attribute(oids.MESSAGE_DIGEST, writer.octets(value))


def signing_certificate_v2(digest: bytes = b"\x22" * 32, *, hash_oid: str = oids.STREEBOG_256) -> bytes:
    inner = writer.sequence(writer.sequence(algorithm(hash_oid), writer.octets(digest)))
    return attribute(oids.SIGNING_CERTIFICATE_V2, writer.sequence(inner))


def signing_certificate_v1(digest: bytes = b"\x33" * 20) -> bytes:
    return attribute(oids.SIGNING_CERTIFICATE, writer.sequence(writer.sequence(writer.sequence(writer.octets(digest)))))


def usual_attributes() -> list[bytes]:
    return [content_type(), message_digest(), signing_certificate_v2()]


@dataclass
class Signer:
    """One SignerInfo; `attributes` None leaves the field out, an empty list makes an empty set."""

    attributes: list[bytes] | None = field(default_factory=usual_attributes)
    digest: str = oids.STREEBOG_256
    algorithm: bytes = algorithm(oids.GOST_2012_256)
    signature: bytes = b"\x44" * 64
    unsigned: list[bytes] | None = None
    version: int = 1
    sid: bytes = writer.sequence(NAME, writer.integer(3))
    is_sorted: bool = True

    def fields(self) -> list[bytes]:
        parts = [writer.integer(self.version), self.sid, algorithm(self.digest)]
        if self.attributes is not None:
            parts.append(writer.context_set(0, *self.attributes) if self.is_sorted else writer.context(0, *self.attributes))
        parts += [self.algorithm, writer.octets(self.signature)]
        if self.unsigned is not None:
            parts.append(writer.context_set(1, *self.unsigned))
        return parts

    def der(self) -> bytes:
        return writer.sequence(*self.fields())


@dataclass
class Container:
    """A ContentInfo with SignedData."""

    signers: list[Signer] = field(default_factory=lambda: [Signer()])
    content: bytes | None = None
    content_type: str = oids.DATA
    digests: list[str] = field(default_factory=lambda: [oids.STREEBOG_256])
    certificates: list[bytes] = field(default_factory=list)
    lists: list[bytes] = field(default_factory=list)
    version: int = 1
    outer_type: str = oids.SIGNED_DATA

    def der(self) -> bytes:
        content = [] if self.content is None else [writer.context(0, writer.octets(self.content))]
        parts = [
            writer.integer(self.version),
            writer.set_of(*(algorithm(one) for one in self.digests)),
            writer.sequence(writer.oid(self.content_type), *content),
        ]
        if self.certificates:
            parts.append(writer.context_set(0, *self.certificates))
        if self.lists:
            parts.append(writer.context_set(1, *self.lists))
        parts.append(writer.set_of(*(one.der() for one in self.signers)))
        return writer.sequence(writer.oid(self.outer_type), writer.context(0, writer.sequence(*parts)))
