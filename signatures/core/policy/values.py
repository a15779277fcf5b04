"""A validation policy as values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from signatures.core.certificates.values import KeyKind
from signatures.core.cms.dialects import Dialect
from signatures.core.trust import Standing
from signatures.core.verdict import PolicyRef


class Demand(StrEnum):
    """How much a policy insists on something."""

    REQUIRED = "required"
    WARNED = "warned"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class DigestRule:
    """A digest that the policy accepts; with `until`, only for signatures proved to be older (UTC)."""

    oid: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyRule:
    """A kind of keys that the policy accepts.

    Attributes:
        min_bits: shorter keys are refused.
        curves: OIDs of the accepted parameter sets or named curves; empty means that the kind has none.
        until: accepted only in signatures proved to be older; None means no bound.
    """

    kind: KeyKind
    min_bits: int
    curves: frozenset[str] = frozenset()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What a signature must fulfil (signatures.md 8.3).

    Attributes:
        ref: name, version and hash of the file, for the report.
        dialect: which containers are read.
        signing_certificate: how much signingCertificateV2 is insisted on.
        digests: accepted digests by OID.
        keys: accepted keys by kind.
        test_curves: parameter sets of the examples of the standards, named by their own reason.
        standings: which anchors count.
        qualified_marks: REQUIRED makes a signature without them indeterminate, WARNED only names it.
        time_stamp: REQUIRED refuses a signature without a valid time-stamp.
        revocation: REQUIRED for every certificate below the anchor; OFF for experiments only.
        profile_795: WARNED runs the linter of the qualified certificate.
        refused_purposes: a certificate whose extended key usages are all among these does not sign documents.
        signature_policies: OIDs of explicit signature policies (CAdES-EPES) that are known.
        clock_tolerance: how far two clocks may differ.
        chain_limit: certificates in a path, the anchor included.
    """

    ref: PolicyRef
    dialect: Dialect
    signing_certificate: Demand
    digests: dict[str, DigestRule]
    keys: dict[KeyKind, KeyRule]
    test_curves: frozenset[str]
    standings: frozenset[Standing]
    qualified_marks: Demand
    time_stamp: Demand
    revocation: Demand
    profile_795: Demand
    refused_purposes: frozenset[str]
    signature_policies: frozenset[str]
    clock_tolerance: timedelta
    chain_limit: int
