"""What RFC 5280 section 6 asks of a path, and what the policy adds; each refusal by its own reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signatures.core.acceptance import Moment, digest_reasons, key_reasons
from signatures.core.asn1 import oids
from signatures.core.certificates.names import person
from signatures.core.certificates.values import Certificate, KeyUsage
from signatures.core.cms.signers import signature_digest
from signatures.core.context import Context
from signatures.core.path import policies
from signatures.core.path.build import Chain, same_name
from signatures.core.path.names import breaks
from signatures.core.reasons import reason
from signatures.core.trust import Standing
from signatures.core.verdict import Reason, ReasonKind

_V3: Final = 3
_SIGNING: Final = frozenset({KeyUsage.DIGITAL_SIGNATURE, KeyUsage.NON_REPUDIATION})


class Purpose(StrEnum):
    """What the lowest certificate of a path is used for."""

    DOCUMENTS = "documents"
    TIME_STAMPING = "time-stamping"
    OCSP = "ocsp"


@dataclass(frozen=True, slots=True)
class Question:
    """A path and what is asked about it.

    Attributes:
        chain: the path.
        purpose: of its lowest certificate.
        moment: the control time.
        context: policy and tolerance.
    """

    chain: Chain
    purpose: Purpose
    moment: Moment
    context: Context


def check_chain(question: Question) -> tuple[Reason, ...]:
    """Return everything that is wrong with a path, revocation aside; terms are judged at the control time."""
    return tuple(dict.fromkeys(found for check in _CHECKS for found in check(question)))


def check_alone(certificate: Certificate, moment: Moment, context: Context) -> tuple[Reason, ...]:
    """Return what can be said about a certificate that no path leads to: its term and its key."""
    return (*_term(certificate, moment), *key_reasons(context.policy, certificate.public_key, moment, person(certificate.subject)))


def _terms(question: Question) -> Iterator[Reason]:
    """Every certificate below the anchor must be in its term; bounds are inclusive."""
    for certificate, _ in question.chain.links:
        yield from _term(certificate, question.moment)


def _term(certificate: Certificate, moment: Moment) -> Iterator[Reason]:
    if moment.at > certificate.not_after:
        yield reason("XCV_EXPIRED", date=certificate.not_after, detail=person(certificate.subject))
    elif moment.at < certificate.not_before:
        # Proof that a signature is older than its certificate is a failure for ever; without it one may wait.
        kind = ReasonKind.FAILED if moment.proven else ReasonKind.INDETERMINATE
        yield reason("XCV_NOT_YET_VALID", kind=kind, date=certificate.not_before, detail=person(certificate.subject))


def _anchor(question: Question) -> Iterator[Reason]:
    if not question.chain.anchor.is_active_at(question.moment.at):
        yield reason("XCV_ANCHOR_AT_TIME", date=question.moment.at)


def _authorities(question: Question) -> Iterator[Reason]:
    """Whoever issues a certificate, and every anchor, must be an authority."""
    anchor = question.chain.anchor
    issuers = question.chain.certificates[1:] or question.chain.certificates
    for certificate in issuers:
        is_given_v1 = certificate.version < _V3 and certificate == anchor.certificate and anchor.standing is Standing.GIVEN
        if not is_given_v1 and not is_authority(certificate):
            yield reason("XCV_ISSUER_NOT_CA", name=person(certificate.subject))


def is_authority(certificate: Certificate) -> bool:
    """Return whether a certificate allows its holder to issue others."""
    constraints, usage = certificate.extensions.basic_constraints, certificate.extensions.key_usage
    return constraints is not None and constraints.is_ca and (usage is None or KeyUsage.KEY_CERT_SIGN in usage)


def _path_length(question: Question) -> Iterator[Reason]:
    """Count the authorities below each one; self-issued certificates do not count (RFC 5280 4.2.1.9)."""
    below = 0
    for certificate in question.chain.certificates[1:]:
        constraints = certificate.extensions.basic_constraints
        if constraints and constraints.path_length is not None and below > constraints.path_length:
            yield reason("XCV_PATHLEN", detail=person(certificate.subject))
        if not same_name(certificate.issuer, certificate.subject):
            below += 1


def _key_usage(question: Question) -> Iterator[Reason]:
    """The lowest key must be meant for what it did; a signer of documents must say so."""
    extensions = question.chain.signer.extensions
    usage = extensions.key_usage
    if not _SIGNING & (usage or frozenset()) and (usage is not None or question.purpose is Purpose.DOCUMENTS):
        yield reason("XCV_KEY_USAGE", detail="neither digitalSignature nor nonRepudiation")
    purposes = extensions.extended_key_usage
    if question.purpose is Purpose.DOCUMENTS and purposes and question.context.policy.refused_purposes.issuperset(purposes):
        yield reason("XCV_KEY_USAGE", detail=f"purposes {', '.join(purposes)}")
    if question.purpose is Purpose.TIME_STAMPING and (purposes != (oids.EKU_TIME_STAMPING,) or not extensions.critical(oids.EXTENDED_KEY_USAGE)):
        # RFC 3161 2.3: the purpose stands alone and is critical.
        yield reason("XCV_KEY_USAGE", detail="not a certificate of a time-stamping authority")


def _critical_extensions(question: Question) -> Iterator[Reason]:
    for certificate in question.chain.certificates:
        for oid in certificate.extensions.unknown_critical:
            yield reason("XCV_CRITICAL_EXTENSION", oid=oid, detail=person(certificate.subject))


def _name_constraints(question: Question) -> Iterator[Reason]:
    """Every certificate below an authority keeps to its constraints; the anchor's own constraints hold too."""
    certificates = question.chain.certificates
    for place, authority in enumerate(certificates[1:], start=1):
        constraints = authority.extensions.name_constraints
        if constraints is None:
            continue
        for below, certificate in enumerate(certificates[:place]):
            is_intermediate_self_issued = below > 0 and same_name(certificate.issuer, certificate.subject)
            if not is_intermediate_self_issued and breaks(constraints, certificate):
                yield reason("XCV_NAME_CONSTRAINTS", detail=f"{person(certificate.subject)} below {person(authority.subject)}")


def _policies(question: Question) -> Iterator[Reason]:
    oid = policies.broken_constraint(question.chain.certificates)
    if oid:
        yield reason("XCV_CRITICAL_EXTENSION", oid=oid, detail="no policy is valid along the path")


def _key_periods(question: Question) -> Iterator[Reason]:
    """A private key signs within its own period: the signer's at the control time, an authority's when it issued."""
    certificates = question.chain.certificates
    moments = (question.moment.at, *(issued.not_before for issued in certificates))
    for certificate, used_at in zip(certificates, moments, strict=False):
        period = certificate.extensions.key_period
        if period is None:
            continue
        if (period.not_after and used_at > period.not_after) or (period.not_before and used_at < period.not_before):
            yield reason("XCV_KEY_PERIOD", date=period.not_after or certificate.not_after, detail=person(certificate.subject))


def _algorithms(question: Question) -> Iterator[Reason]:
    """Keys of the whole path and digests of everything below the anchor; an anchor is not trusted for its own signature."""
    policy, moment = question.context.policy, question.moment
    for certificate in question.chain.certificates:
        yield from key_reasons(policy, certificate.public_key, moment, person(certificate.subject))
    for certificate, _ in question.chain.links:
        yield from digest_reasons(policy, signature_digest(certificate.signature_algorithm), moment, person(certificate.subject))


_CHECKS: Final[tuple[Callable[[Question], Iterator[Reason]], ...]] = (
    _anchor,
    _terms,
    _authorities,
    _path_length,
    _key_usage,
    _critical_extensions,
    _name_constraints,
    _policies,
    _key_periods,
    _algorithms,
)
