"""The dialects of containers that the front parser reads (signatures.md 3.3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one use of a container allows.

    Attributes:
        allows_ber: the outer shell may be BER and is canonicalised; otherwise the whole input is DER.
        max_signers: more of them are refused.
        allows_content: an encapsulated content is allowed.
        needs_attributes: a signature without signed attributes is refused at once. Otherwise it becomes a concern.
        needs_sorted: signed attributes must arrive as sorted DER.
        is_time_stamp: the content must be a TSTInfo; elsewhere such a container is not a signature of a document.
    """

    allows_ber: bool
    max_signers: int
    allows_content: bool
    needs_attributes: bool
    needs_sorted: bool
    is_time_stamp: bool


MAX_SIGNERS = 64

# Machine to machine: the challenge of a sign-in.
STRICT_DER = Dialect(allows_ber=False, max_signers=1, allows_content=False, needs_attributes=True, needs_sorted=True, is_time_stamp=False)
# Documents.
BER_OUTER = Dialect(allows_ber=True, max_signers=MAX_SIGNERS, allows_content=True, needs_attributes=False, needs_sorted=True, is_time_stamp=False)
# The secret of a client at the identity provider, as real clients send it (esia.md 3.4). Never for documents.
CLIENT_SECRET = Dialect(allows_ber=True, max_signers=1, allows_content=True, needs_attributes=False, needs_sorted=False, is_time_stamp=False)
# A time-stamp token inside of an unsigned attribute (RFC 3161 2.4.2).
TIME_STAMP = Dialect(allows_ber=True, max_signers=1, allows_content=True, needs_attributes=True, needs_sorted=True, is_time_stamp=True)
