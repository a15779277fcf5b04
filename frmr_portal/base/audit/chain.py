"""How a row of the journal is hashed; pure, so that the writer and the verifier cannot differ."""

import hashlib
import json
from typing import Final

from frmr_portal.base.audit.models import Event

_FIELDS: Final = (
    "seq",
    "at_microseconds",
    "action",
    "outcome",
    "actor_kind",
    "actor_key",
    "actor_role",
    "target",
    "reason",
    "request_id",
    "data",
    "prev_hash",
)


def canonical_bytes(event: Event) -> bytes:
    """Return the bytes that are hashed: JSON with sorted keys, no spaces, UTF-8, integers and texts only."""
    row = {name: getattr(event, name) for name in _FIELDS}
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(event: Event) -> str:
    """Return SHA-256 of the canonical bytes, 64 hexadecimal digits; `prev_hash` is among them."""
    return hashlib.sha256(canonical_bytes(event)).hexdigest()
