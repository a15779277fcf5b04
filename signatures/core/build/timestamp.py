"""Time-stamp tokens and responses, written in DER (RFC 3161 2.4.2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build.cms import Container, Signatory, signed_attributes, signed_data, signer_info
from signatures.core.gost.interfaces import GostBackend

_GRANTED: Final = 0


@dataclass(frozen=True, slots=True)
class StampSpec:
    """What a token says.

    Attributes:
        policy: OID under which the authority works.
        digest_oid: digest of the imprint.
        imprint: digest of what is stamped.
        nonce: of the request, None when it had none.
    """

    policy: str
    digest_oid: str
    imprint: bytes
    serial_number: int
    generated_at: datetime
    nonce: int | None = None


def time_stamp_token(spec: StampSpec, authority: Signatory, backend: GostBackend, certificates: tuple[bytes, ...] = ()) -> bytes:
    """Return a token signed by a time-stamping authority, whose certificates go along."""
    info = w.sequence(
        w.integer(1),
        w.oid(spec.policy),
        w.sequence(w.sequence(w.oid(spec.digest_oid)), w.octets(spec.imprint)),
        w.integer(spec.serial_number),
        w.generalized_time(spec.generated_at),
        w.integer(spec.nonce) if spec.nonce is not None else b"",
    )
    value = algorithms.digest(authority.key.digest_oid, info, backend)
    attributes = signed_attributes(authority, value, backend, content_type=oids.TST_INFO)
    container = Container((authority.key.digest_oid,), info, oids.TST_INFO, certificates)
    return signed_data(container, [signer_info(authority, attributes, authority.key.sign(attributes))])


def granted(token: bytes) -> bytes:
    """Return a TimeStampResp that grants a token."""
    return w.sequence(w.sequence(w.integer(_GRANTED)), token)
