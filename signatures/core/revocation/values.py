"""What is known about the revocation of one certificate."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signatures.core.revocation.evidence import Source
from signatures.core.revocation_data import RevocationReason
from signatures.core.verdict import Reason


class State(StrEnum):
    """Whether a certificate was good at the control time."""

    GOOD = "good"
    REVOKED = "revoked"
    HOLD = "hold"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one acceptable object says about one certificate.

    Attributes:
        kind: `crl` or `ocsp`.
        issued_at: thisUpdate.
        valid_until: nextUpdate; equals `issued_at` when the object names none.
        revoked_at: since when it is revoked or suspended, None when it is not.
        covers: whether the control time lies within its term.
        number: CRLNumber, None when there is none.
        is_signer_valid: whether the certificate that signed it is valid at the control time too.
    """

    kind: str
    source: Source
    state: State
    issued_at: datetime
    valid_until: datetime
    revoked_at: datetime | None
    reason: RevocationReason | None
    covers: bool
    number: int | None = None
    is_signer_valid: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """The judgement about one certificate.

    Attributes:
        state: at the control time.
        basis: the statement that decided, None when nothing acceptable was found.
        reasons: why the state is not GOOD.
        remarks: objects that were set aside, for the detailed report.
        later: a revocation after the control time, which leaves the signature standing.
    """

    state: State
    basis: Statement | None = None
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    later: Statement | None = None
