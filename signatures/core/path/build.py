"""Search for paths from a certificate up to an anchor.

An issuer is found by name and key identifiers and confirmed by its signature, never by the name alone. The search is
bounded: hostile bags of cross-signed certificates cost a fixed number of signature checks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from signatures.core.acceptance import Moment, digest_reasons
from signatures.core.certificates.names import comparable
from signatures.core.certificates.values import Certificate, Name
from signatures.core.context import Context
from signatures.core.reasons import reason
from signatures.core.trust import Anchor
from signatures.core.verdict import Reason

MAX_STEPS: Final = 200
MAX_PATHS: Final = 8


@dataclass(frozen=True, slots=True)
class Chain:
    """A path.

    Attributes:
        certificates: from the signer up; the last one is the anchor's.
        anchor: where it ends.
    """

    certificates: tuple[Certificate, ...]
    anchor: Anchor

    @property
    def signer(self) -> Certificate:
        """The certificate that the path was built for."""
        return self.certificates[0]

    @property
    def links(self) -> tuple[tuple[Certificate, Certificate], ...]:
        """Pairs of a certificate below the anchor and its issuer, from the signer up."""
        return tuple(zip(self.certificates, self.certificates[1:], strict=False))


@dataclass(slots=True)
class _Search:
    """One search; remembers why branches died."""

    context: Context
    pool: tuple[Certificate, ...]
    steps: int = 0
    too_long: bool = False
    looped: bool = False
    wrong_signature: bool = False
    weak_digests: set[str] = field(default_factory=set)
    found: list[Chain] = field(default_factory=list)

    def climb(self, path: tuple[Certificate, ...]) -> None:
        """Extend a path by every issuer of its last certificate."""
        anchor = self.context.trust.anchor_of(path[-1])
        if anchor is not None:
            self.found.append(Chain(path, anchor))
            return
        if len(path) >= self.context.policy.chain_limit:
            self.too_long = True
            return
        for issuer in self._issuers(path):
            if len(self.found) >= MAX_PATHS or self.steps >= MAX_STEPS:
                return
            self.climb((*path, issuer))

    def _issuers(self, path: tuple[Certificate, ...]) -> Iterator[Certificate]:
        """Yield the certificates whose key signed the last one of the path."""
        last = path[-1]
        for candidate in self._candidates(last):
            if any(_is_same_authority(candidate, one) for one in path):
                self.looped = self.looped or candidate != last
                continue
            self.steps += 1
            if self.steps > MAX_STEPS:
                self.too_long = True
                return
            proof = self.context.prove_certificate(last, candidate)
            if proof.holds:
                yield candidate
            elif proof.reason_id == "SAV_WEAK_DIGEST":
                self.weak_digests.add(proof.detail)
            else:
                self.wrong_signature = True

    def _candidates(self, certificate: Certificate) -> list[Certificate]:
        """Return possible issuers: anchors first, then those whose key identifier is named."""
        anchors = (anchor.certificate for anchor in self.context.trust.anchors)
        fitting = [one for one in dict.fromkeys((*anchors, *self.pool)) if may_issue(one, certificate)]
        wanted = certificate.extensions.authority_key_id
        key_id = wanted.key_id if wanted else None
        return sorted(fitting, key=lambda one: (self.context.trust.anchor_of(one) is None, one.extensions.subject_key_id != key_id))


@dataclass(frozen=True, slots=True)
class Found:
    """Result of a search: paths, or the reason why there is none."""

    chains: tuple[Chain, ...]
    reasons: tuple[Reason, ...] = ()


def find_chains(signer: Certificate, pool: Iterable[Certificate], context: Context) -> Found:
    """Find the paths of a certificate.

    Args:
        signer: the lowest certificate.
        pool: every other certificate at hand; nothing in it is trusted.
        context: the anchors and the limit of length.
    """
    search = _Search(context, tuple(dict.fromkeys(pool)))
    search.climb((signer,))
    if search.found:
        return Found(tuple(search.found))
    weak = tuple(one for oid in sorted(search.weak_digests) for one in digest_reasons(context.policy, oid, Moment(context.at, proven=False), "a certificate"))
    return Found((), (_why_not(signer, search), *weak))


def _why_not(signer: Certificate, search: _Search) -> Reason:
    if same_name(signer.issuer, signer.subject) and search.context.is_signed_by(signer, signer):
        return reason("XCV_SELF_SIGNED")
    if search.too_long or search.looped:
        return reason("XCV_CHAIN_LIMIT", detail="the path loops" if search.looped else "the path is too long")
    if search.wrong_signature:
        return reason("XCV_CHAIN_SIGNATURE")
    return reason("XCV_NO_CHAIN")


def may_issue(issuer: Certificate, certificate: Certificate) -> bool:
    """Return whether names and key identifiers allow that one certificate issued another; its signature decides."""
    if not same_name(issuer.subject, certificate.issuer):
        return False
    wanted, offered = certificate.extensions.authority_key_id, issuer.extensions.subject_key_id
    if wanted is None:
        return True
    if wanted.key_id is not None and offered is not None and wanted.key_id != offered:
        return False
    return wanted.serial_number is None or wanted.key_id is not None or wanted.serial_number == issuer.serial_number


def same_name(left: Name, right: Name) -> bool:
    """Return whether two names are equal by RFC 5280 7.1."""
    return left.der == right.der or comparable(left) == comparable(right)


def _is_same_authority(left: Certificate, right: Certificate) -> bool:
    """Return whether two certificates are of one holder and one key: a path never passes the same authority twice."""
    return left == right or (left.public_key.der == right.public_key.der and same_name(left.subject, right.subject))
