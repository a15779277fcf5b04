"""What the readers of CRLs and OCSP responses return. Reading only: nothing here judges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from signatures.core.certificates.values import AuthorityKeyId, Extension, GeneralName, Name
from signatures.core.cms.values import AlgorithmIdentifier


class RevocationReason(StrEnum):
    """CRLReason of RFC 5280 5.3.1."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "keyCompromise"
    CA_COMPROMISE = "cACompromise"
    AFFILIATION_CHANGED = "affiliationChanged"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessationOfOperation"
    CERTIFICATE_HOLD = "certificateHold"
    REMOVE_FROM_CRL = "removeFromCRL"
    PRIVILEGE_WITHDRAWN = "privilegeWithdrawn"
    AA_COMPROMISE = "aACompromise"


@dataclass(frozen=True, slots=True)
class RevokedEntry:
    """One line of a CRL.

    Attributes:
        revoked_at: UTC.
        reason: UNSPECIFIED when the line names none.
        invalid_since: invalidityDate, None when absent.
        unknown_critical: OIDs of critical extensions of the line that nothing here understands.
    """

    serial_number: int
    revoked_at: datetime
    reason: RevocationReason
    invalid_since: datetime | None = None
    unknown_critical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuingDistributionPoint:
    """What a CRL covers (RFC 5280 5.2.5)."""

    names: tuple[GeneralName, ...]
    only_user: bool
    only_authorities: bool
    only_attributes: bool
    only_some_reasons: bool
    is_indirect: bool


@dataclass(frozen=True, slots=True, eq=False)
class RevocationList:
    """A CRL with its lines indexed by serial number.

    Attributes:
        next_update: None when the list names no term.
        number: CRLNumber, None when absent.
        is_delta: it carries deltaCRLIndicator.
        scope: issuingDistributionPoint, None when absent: the whole authority.
        index: place of each line inside `lines`, by serial number.
        lines: DER content of revokedCertificates.
    """

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False)
    signature_algorithm: AlgorithmIdentifier
    signature: bytes = field(repr=False)
    issuer: Name
    this_update: datetime
    next_update: datetime | None
    number: int | None
    authority_key_id: AuthorityKeyId | None
    is_delta: bool
    scope: IssuingDistributionPoint | None
    unknown_critical: tuple[str, ...]
    extensions: tuple[Extension, ...]
    index: Mapping[int, int] = field(repr=False)
    lines: bytes = field(repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RevocationList) and self.der == other.der

    def __hash__(self) -> int:
        return hash(self.der)


class OcspStatus(StrEnum):
    """OCSPResponseStatus of RFC 6960."""

    SUCCESSFUL = "successful"
    MALFORMED_REQUEST = "malformedRequest"
    INTERNAL_ERROR = "internalError"
    TRY_LATER = "tryLater"
    SIG_REQUIRED = "sigRequired"
    UNAUTHORIZED = "unauthorized"


class CertificateStatus(StrEnum):
    """What a responder says about one certificate."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CertificateId:
    """Which certificate an OCSP answer is about (CertID): hashes of the issuer's name and key, and the serial number."""

    hash_algorithm: AlgorithmIdentifier
    name_hash: bytes
    key_hash: bytes
    serial_number: int


@dataclass(frozen=True, slots=True)
class OcspAnswer:
    """One SingleResponse; `revoked_at` and `reason` are set for REVOKED only."""

    certificate_id: CertificateId
    status: CertificateStatus
    revoked_at: datetime | None
    reason: RevocationReason | None
    this_update: datetime
    next_update: datetime | None
    unknown_critical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BasicOcspResponse:
    """A signed OCSP response.

    Attributes:
        tbs: the signed part.
        responder_name: byName form, None in the other.
        responder_key_hash: byKey form (SHA-1 of the key), None in the other.
        nonce: None when absent.
        certificates: DER of the certificates inside.
    """

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False)
    signature_algorithm: AlgorithmIdentifier
    signature: bytes = field(repr=False)
    responder_name: Name | None
    responder_key_hash: bytes | None
    produced_at: datetime
    answers: tuple[OcspAnswer, ...]
    nonce: bytes | None
    unknown_critical: tuple[str, ...]
    certificates: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OcspResponse:
    """An OCSPResponse; `basic` is None unless the status is SUCCESSFUL."""

    status: OcspStatus
    basic: BasicOcspResponse | None
    der: bytes = field(repr=False)
