"""Whom a verification trusts: anchors with their window, status history, source and the flag «test»."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from signatures.core.certificates.values import Certificate


class Standing(StrEnum):
    """Why an anchor is trusted; decides what a signature below it is worth.

    ACCREDITED: in the list of accredited authorities. LISTED: in the operator's list. TEST: the stand's own
    authority. GIVEN: named for one run, neither accredited nor test.
    """

    ACCREDITED = "accredited"
    LISTED = "listed"
    TEST = "test"
    GIVEN = "given"


class Accreditation(StrEnum):
    """Status of an authority in the trust list, in the words of the list (signatures.md 10.3)."""

    ACTIVE = "Действует"
    ENDED = "Прекращена"
    ANNULLED = "Аннулирована"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From this moment on (UTC, inclusive) the authority has this status."""

    since: datetime
    status: Accreditation


@dataclass(frozen=True, slots=True)
class Anchor:
    """A certificate that ends a path.

    Attributes:
        certificate: of the authority; need not be self-signed.
        standing: why it is trusted.
        not_before: trusted from here on, None for the term of the certificate.
        not_after: trusted until here, inclusive, None for the term of the certificate.
        history: status changes, any order; empty means active for the whole window.
        tool_class: class of the authority's tool (КС1 … КА1), empty when unknown.
        source: where it comes from, for the report.
    """

    certificate: Certificate
    standing: Standing
    not_before: datetime | None = None
    not_after: datetime | None = None
    history: tuple[StatusChange, ...] = ()
    tool_class: str = ""
    source: str = ""

    @property
    def is_test(self) -> bool:
        """Whether signatures below it are «тестовая»."""
        return self.standing is Standing.TEST

    def is_active_at(self, moment: datetime) -> bool:
        """Return whether the authority was trusted at a moment; bounds are inclusive."""
        starts = max(self.certificate.not_before, self.not_before or self.certificate.not_before)
        ends = min(self.certificate.not_after, self.not_after or self.certificate.not_after)
        return starts <= moment <= ends and self._status_at(moment) is Accreditation.ACTIVE

    def _status_at(self, moment: datetime) -> Accreditation | None:
        """Return the last status set before a moment; None before the first one."""
        if not self.history:
            return Accreditation.ACTIVE
        past = [change for change in self.history if change.since <= moment]
        return max(past, key=lambda change: change.since).status if past else None


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Anchors of one verification.

    Attributes:
        anchors: in order of preference.
        version: of the list they come from, for the report.
    """

    anchors: tuple[Anchor, ...]
    version: str = ""
    _by_certificate: Mapping[Certificate, Anchor] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {anchor.certificate: anchor for anchor in reversed(self.anchors)}
        object.__setattr__(self, "_by_certificate", MappingProxyType(index))

    def anchor_of(self, certificate: Certificate) -> Anchor | None:
        """Return the anchor whose certificate this is, byte for byte."""
        return self._by_certificate.get(certificate)

    def limited_to(self, standings: frozenset[Standing]) -> "TrustStore":
        """Return the part of the store that a policy lets count."""
        return replace(self, anchors=tuple(one for one in self.anchors if one.standing in standings))


def given_anchors(certificates: Iterable[Certificate], source: str) -> TrustStore:
    """Return a store of certificates that a person named for one run."""
    return TrustStore(tuple(Anchor(one, Standing.GIVEN, source=source) for one in certificates))
