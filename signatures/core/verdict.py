"""What a verification answers: frozen values, no texts.

The words, reasons and advice in Russian and English live in `reasons/*.json`; a stored verdict keeps
identifiers only, so a better wording never rewrites evidence (signatures.md 8.2).
Source: ETSI EN 319 102-1 clause 5.1.3 for the indications, signatures.md 12.1 for the names of the fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

type ParamValue = str | int | datetime
type Params = tuple[tuple[str, ParamValue], ...]


class Indication(StrEnum):
    """The answer, in the words of EN 319 102-1."""

    PASSED = "TOTAL-PASSED"
    FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


class SubIndication(StrEnum):
    """Why the answer is not TOTAL-PASSED."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    NOT_YET_VALID = "NOT_YET_VALID"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    REVOKED_CA_NO_POE = "REVOKED_CA_NO_POE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CERTIFICATE_CHAIN_GENERAL_FAILURE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    TRY_LATER = "TRY_LATER"
    EXPIRED = "EXPIRED"
    POLICY_PROCESSING_ERROR = "POLICY_PROCESSING_ERROR"
    SIGNATURE_POLICY_NOT_AVAILABLE = "SIGNATURE_POLICY_NOT_AVAILABLE"
    REVOCATION_OUT_OF_BOUNDS_NO_POE = "REVOCATION_OUT_OF_BOUNDS_NO_POE"
    OUT_OF_BOUNDS_NOT_REVOKED = "OUT_OF_BOUNDS_NOT_REVOKED"
    NO_POE = "NO_POE"
    GENERIC = "GENERIC"


class ReasonKind(StrEnum):
    """What a reason does to the answer (signatures.md 9)."""

    FAILED = "F"
    INDETERMINATE = "I"
    NOT_A_SIGNATURE = "X"
    WARNING = "W"
    PORTAL_REFUSAL = "B"


class Qualification(StrEnum):
    """What the signature is worth in law."""

    QUALIFIED = "КЭП"
    ADVANCED = "НЭП"
    TEST = "тестовая"
    UNDEFINED = "не определена"


class CheckKey(StrEnum):
    """The seven separate checks that a person sees, in the order of the page."""

    INTEGRITY = "integrity"
    VALIDITY = "validity"
    REVOCATION = "revocation"
    CHAIN = "chain"
    TIMESTAMP = "timestamp"
    PROFILE_795 = "profile_795"
    AUTHORITY = "authority"


class CheckState(StrEnum):
    """The answer of one separate check."""

    YES = "yes"
    NO = "no"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


class Block(StrEnum):
    """Building blocks of EN 319 102-1, in the order of the detailed report."""

    FC = "FC"
    ISC = "ISC"
    VCI = "VCI"
    XCV = "XCV"
    CV = "CV"
    SAV = "SAV"
    TSV = "TSV"
    PSV = "PSV"
    QUAL = "QUAL"


class ConstraintStatus(StrEnum):
    """How one constraint of a block ended."""

    OK = "OK"
    NOT_OK = "NOT_OK"
    WARNING = "WARNING"
    INFORMATION = "INFORMATION"
    IGNORED = "IGNORED"


# signatures.md 8.1: any failed reason wins, in this order; else indeterminate ones, permanent before temporary.
FAILED_ORDER = (
    SubIndication.FORMAT_FAILURE,
    SubIndication.HASH_FAILURE,
    SubIndication.SIG_CRYPTO_FAILURE,
    SubIndication.REVOKED,
    SubIndication.NOT_YET_VALID,
)
INDETERMINATE_ORDER = (
    SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
    SubIndication.SIGNED_DATA_NOT_FOUND,
    SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
    SubIndication.REVOKED_NO_POE,
    SubIndication.REVOKED_CA_NO_POE,
    SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
    SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    SubIndication.OUT_OF_BOUNDS_NO_POE,
    SubIndication.CHAIN_CONSTRAINTS_FAILURE,
    SubIndication.CERTIFICATE_CHAIN_GENERAL_FAILURE,
    SubIndication.TIMESTAMP_ORDER_FAILURE,
    SubIndication.SIG_CONSTRAINTS_FAILURE,
    SubIndication.TRY_LATER,
    SubIndication.EXPIRED,
    SubIndication.NOT_YET_VALID,
    SubIndication.POLICY_PROCESSING_ERROR,
    SubIndication.SIGNATURE_POLICY_NOT_AVAILABLE,
    SubIndication.REVOCATION_OUT_OF_BOUNDS_NO_POE,
    SubIndication.OUT_OF_BOUNDS_NOT_REVOKED,
    SubIndication.NO_POE,
    SubIndication.GENERIC,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of the catalogue with the data of this case; made by `reasons.reason()`.

    Attributes:
        id: constraint id, for example `CV_HASH_MISMATCH`.
        kind: what it does to the answer.
        sub_indication: set for kinds FAILED and INDETERMINATE, else None.
        params: values for the placeholders of the text, sorted by name.
        detail: a technical remark in English for the diagnostic report.
    """

    id: str
    kind: ReasonKind
    sub_indication: SubIndication | None = None
    params: Params = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One of the seven separate checks.

    Attributes:
        key: which check.
        state: its answer.
        line: id of the one-line explanation in the catalogue; empty means the default line of `key` and `state`.
        params: values for the placeholders of the line.
    """

    key: CheckKey
    state: CheckState
    line: str = ""
    params: Params = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """One line of the detailed report.

    Attributes:
        block: the building block that asked.
        id: what was asked; the id of the reason when the answer is negative.
        status: the answer.
        data: object and measured values, for people who look for the cause.
    """

    block: Block
    id: str
    status: ConstraintStatus
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, as the signing certificate says; every text is already safe to show.

    Attributes:
        name: full name or organisation; empty when the certificate was not found.
        snils: 11 digits or empty.
        inn: 12 digits or empty.
        organization: name of the organisation, empty for a natural person.
        ogrn: 13 digits or empty.
        issuer: common name of the authority.
        serial_number: hexadecimal, upper case.
        certificate_sha256: hexadecimal fingerprint, lower case; empty when the certificate was not found.
    """

    name: str = ""
    snils: str = ""
    inn: str = ""
    organization: str = ""
    ogrn: str = ""
    issuer: str = ""
    serial_number: str = ""
    certificate_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """Moments of one signature, UTC.

    Attributes:
        claimed: signingTime, as the signer wrote it; proves nothing.
        best: the earliest time that is proved (a valid time-stamp), else the validation time.
    """

    claimed: datetime | None
    best: datetime


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One certificate of the path, from the signer up to the anchor."""

    subject: str
    issuer: str
    serial_number: str
    not_before: datetime
    not_after: datetime
    certificate_sha256: str
    key: str
    is_anchor: bool = False
    is_test: bool = False
    revocation: str = ""


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """The answer about one signature, with every check that led to it.

    Attributes:
        format: family: `CMS`, `CAdES`, `PAdES`, `XAdES`, `XMLDSig`.
        format_level: `BES`, `T`, `C`, `XL`, `XLT1`, `LT`, `A`; empty for plain CMS.
        reasons: warnings included, the most important first.
        chain: from the signer up; empty when no path was found.
        qualification: what it is worth; `тестовая` whenever the anchor is flagged test.
        level: what the same certificate would be under a real anchor: `КЭП`, `НЭП` or `не определена`.
        constraints: the tree of the detailed report, in the order it was walked.
        countersignatures: judged in the same way.
    """

    format: str
    format_level: str
    indication: Indication
    sub_indication: SubIndication | None
    signer: Signer
    times: Times
    checks: tuple[Check, ...]
    reasons: tuple[Reason, ...]
    chain: tuple[ChainLink, ...] = ()
    qualification: Qualification = Qualification.UNDEFINED
    level: Qualification = Qualification.UNDEFINED
    constraints: tuple[Constraint, ...] = ()
    countersignatures: tuple["SignatureVerdict", ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyRef:
    """Which policy file judged: name, version and the SHA-256 of the file, hexadecimal."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BackendRef:
    """Which code did the GOST mathematics."""

    curve: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer about a document: the worst of its signatures (signatures.md 8.1).

    Attributes:
        qualification: of the signature that decided.
        level: of the signature that decided.
        validation_time: the moment that was asked about, UTC.
        signatures: one for each signer of the container; empty when the container was refused as a whole.
        notes: reasons that concern the file and not one signature, for example a refused container or FC_BER_NOTE.
        inputs: hashes of what was given: (name, hexadecimal value), for example (`document.sha256`, …).
        report_id: number of the report; empty when nothing is stored.
        software: version of the stand.
    """

    indication: Indication
    sub_indication: SubIndication | None
    qualification: Qualification
    level: Qualification
    policy: PolicyRef
    validation_time: datetime
    signatures: tuple[SignatureVerdict, ...]
    backend: BackendRef
    notes: tuple[Reason, ...] = ()
    inputs: tuple[tuple[str, str], ...] = field(default=())
    report_id: str = ""
    software: str = ""


def frozen_params(params: Mapping[str, ParamValue]) -> Params:
    """Return the parameters of a text as a value that can be compared and stored."""
    return tuple(sorted(params.items()))


def conclude(reasons: Iterable[Reason]) -> tuple[Indication, SubIndication | None]:
    """Choose the answer from everything that was found (signatures.md 8.1, rules 1-3).

    Args:
        reasons: of one signature, in any order; warnings do not count.
    """
    found = {(reason.kind, reason.sub_indication) for reason in reasons}
    kinds = {kind for kind, _ in found}
    if ReasonKind.NOT_A_SIGNATURE in kinds:
        return Indication.FAILED, SubIndication.FORMAT_FAILURE
    if ReasonKind.FAILED in kinds:
        return Indication.FAILED, _first(FAILED_ORDER, ReasonKind.FAILED, found)
    if ReasonKind.INDETERMINATE in kinds:
        return Indication.INDETERMINATE, _first(INDETERMINATE_ORDER, ReasonKind.INDETERMINATE, found)
    return Indication.PASSED, None


def _first(order: tuple[SubIndication, ...], kind: ReasonKind, found: set[tuple[ReasonKind, SubIndication | None]]) -> SubIndication:
    """Return the first sub-indication that was found; a reason without a place in the order never lets a signature pass."""
    return next((sub for sub in order if (kind, sub) in found), SubIndication.GENERIC)


def worst(verdicts: Iterable[SignatureVerdict]) -> SignatureVerdict:
    """Return the signature that decides about the document.

    Raises:
        ValueError: there is no signature at all.
    """
    return max(verdicts, key=lambda one: severity(one.indication, one.sub_indication))


def severity(indication: Indication, sub: SubIndication | None) -> tuple[int, int]:
    """Return a number pair that grows with how bad an answer is."""
    if indication is Indication.PASSED:
        return 0, 0
    rank, order = (2, FAILED_ORDER) if indication is Indication.FAILED else (1, INDETERMINATE_ORDER)
    return rank, (len(order) - order.index(sub)) if sub in order else 0
