"""What the steps of one signature share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from signatures.core.cades import Evidence as CadesEvidence
from signatures.core.cms.values import SignedData, SignerInfo
from signatures.core.context import Context
from signatures.core.identify import Identified
from signatures.core.qualification import Worth
from signatures.core.revocation import Bundle, Source
from signatures.core.timestamp import Stamp
from signatures.core.verdict import Reason
from signatures.core.xcv import PathJudgement


@dataclass(frozen=True, slots=True)
class Subject:
    """What a signature was made over.

    Attributes:
        digests: by OID; an absent one was not given or cannot be computed.
        is_present: whether there is a document at all.
        reasons: what is wrong with the document or its container.
    """

    digests: Mapping[str, bytes]
    is_present: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One signature and everything around it.

    Attributes:
        signed: the container.
        signer: the signature.
        subject: what it was made over.
        attached: evidence among its attributes; None when it cannot be read.
        bundles: certificates and revocation data by source, those of the signature included.
        context: policy, trust, time.
        is_countersignature: it signs another signature and has no level of its own.
    """

    signed: SignedData
    signer: SignerInfo
    subject: Subject
    attached: CadesEvidence | None
    bundles: dict[Source, Bundle]
    context: Context
    is_countersignature: bool = False


@dataclass(slots=True)
class Findings:
    """What the steps found out, filled from FC to QUAL."""

    identified: Identified = field(default_factory=lambda: Identified(None))
    stamps: tuple[Stamp, ...] = ()
    best: datetime | None = None
    path: PathJudgement | None = None
    worth: Worth | None = None
    profile: tuple[str, ...] | None = None
    is_content_checked: bool = False
    is_value_checked: bool = False
    reasons: list[Reason] = field(default_factory=list)
