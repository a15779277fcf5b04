"""The building blocks of EN 319 102-1 for one signature; every block that can run does run."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from signatures.core import algorithms
from signatures.core.acceptance import Moment, digest_reasons
from signatures.core.algorithms import Proof
from signatures.core.asn1 import oids
from signatures.core.asn1.reader import Reader
from signatures.core.certificates.values import Certificate
from signatures.core.identify import identify
from signatures.core.path import Purpose
from signatures.core.policy.values import Demand
from signatures.core.profile795 import profile_findings
from signatures.core.qualification import qualify
from signatures.core.reasons import reason
from signatures.core.revocation import State, read_bundles
from signatures.core.timestamp import Stamp, StampKind
from signatures.core.verdict import Reason, ReasonKind
from signatures.core.verify.scene import Findings, Scene
from signatures.core.xcv import judge_path

_V2: Final = 2
# Reasons that a good time-stamp made early enough would have answered.
_CURABLE: Final = frozenset({"XCV_EXPIRED", "XCV_OUT_OF_BOUNDS", "XCV_REVOKED_NO_POE", "XCV_CA_REVOKED", "XCV_KEY_PERIOD"})


def format_block(scene: Scene, findings: Findings) -> None:
    """FC: what the front parser and the document say; digests have no parameters but NULL."""
    findings.reasons += scene.subject.reasons
    named = (scene.signer.digest_algorithm, *scene.signed.digest_algorithms)
    findings.reasons += [reason("FC_ALGORITHM_MISMATCH", detail=f"parameters of digest {one.oid}") for one in named if not one.is_plain]


def identification_block(scene: Scene, findings: Findings) -> None:
    """ISC: the certificate of the signature."""
    findings.identified = identify(scene.signer, scene.signed.certificates, scene.bundles, scene.context)
    findings.reasons += findings.identified.reasons


def context_block(scene: Scene, findings: Findings) -> None:
    """VCI: an explicit signature policy must be a known one; an implied one asks for nothing."""
    for value in scene.signer.signed(oids.SIGNATURE_POLICY):
        reader = Reader(value)
        oid = reader.enter().oid() if reader.next_is(0x30) else ""
        if oid and oid not in scene.context.policy.signature_policies:
            findings.reasons.append(reason("VCI_POLICY_UNKNOWN", oid=oid))


def cryptographic_block(scene: Scene, findings: Findings) -> None:
    """CV: the digest of the document, then the signature value. A digest that cannot be computed is left to SAV."""
    _check_content(scene, findings)
    certificate = findings.identified.certificate
    proof = _value_proof(scene, certificate) if certificate else None
    if proof is None or proof.reason_id == "SAV_WEAK_DIGEST":
        return
    findings.is_value_checked = True
    if not proof.holds:
        findings.reasons.append(reason(proof.reason_id, detail=proof.detail))


def _check_content(scene: Scene, findings: Findings) -> None:
    signer, subject = scene.signer, scene.subject
    if not algorithms.is_available(signer.digest_algorithm.oid):
        return
    value = subject.digests.get(signer.digest_algorithm.oid)
    if value is None:
        findings.reasons.append(reason("CV_SIGNED_DATA_NOT_FOUND", detail="no digest of this kind was given" if subject.is_present else ""))
        return
    findings.is_content_checked = True
    if signer.signed_attributes is not None and value != signer.message_digest:
        findings.reasons.append(reason("CV_HASH_MISMATCH", detail=f"{value.hex()} instead of {signer.message_digest.hex()}"))


def _value_proof(scene: Scene, certificate: Certificate) -> Proof | None:
    """Check the signature value; None when what it covers is not at hand."""
    signer, backend = scene.signer, scene.context.backend
    oid = signer.digest_algorithm.oid
    if signer.signed_attributes_der is not None:
        return algorithms.prove(certificate.public_key, signer.signature_algorithm, oid, signer.signed_attributes_der, signer.signature, backend)
    value = scene.subject.digests.get(oid)
    return None if value is None else algorithms.prove_digest(certificate.public_key, signer.signature_algorithm, oid, value, signer.signature, backend)


def time_block(findings: Findings, stamps: tuple[Stamp, ...], scene: Scene) -> None:
    """TSV: time-stamps, their order, and the best proven time."""
    findings.stamps = stamps
    findings.reasons += [one for stamp in stamps for one in stamp.reasons]
    proven = [stamp.proven_at for stamp in stamps if stamp.kind is not StampKind.CONTENT and stamp.proven_at]
    findings.best = min(proven, default=None)
    if not proven and scene.context.policy.time_stamp is Demand.REQUIRED and not scene.is_countersignature:
        findings.reasons.append(reason("TSV_REQUIRED"))
    if not _is_ordered(scene, stamps):
        findings.reasons.append(reason("TSV_ORDER"))


def _is_ordered(scene: Scene, stamps: tuple[Stamp, ...]) -> bool:
    """Compare genTime: content ≤ claimed signing time ≤ signature ≤ escTimeStamp, each within the tolerance of clocks."""
    tolerance = scene.context.policy.clock_tolerance
    times: list[list[datetime]] = [[stamp.proven_at for stamp in stamps if stamp.kind is kind and stamp.proven_at] for kind in StampKind]
    if scene.signer.signing_time is not None:
        times.insert(1, [scene.signer.signing_time])
    earlier: list[datetime] = []
    for group in times:
        if group and earlier and max(earlier) > min(group) + tolerance:
            return False
        earlier += group
    return True


def moment_of(scene: Scene, findings: Findings) -> Moment:
    """Return the control time: the best proven one, else the validation time."""
    return Moment(findings.best or scene.context.at, proven=findings.best is not None)


def certificate_block(scene: Scene, findings: Findings) -> None:
    """XCV and PSV: the path at the control time, and whether the proof of time came too late to help."""
    certificate = findings.identified.certificate
    if certificate is None:
        return
    moment = moment_of(scene, findings)
    path = judge_path(certificate, read_bundles(scene.bundles, scene.context), Purpose.DOCUMENTS, moment, scene.context)
    findings.path = path
    findings.reasons += path.reasons
    findings.reasons += _signed_after_revocation(findings)
    if moment.proven and _CURABLE.intersection(one.id for one in path.reasons):
        findings.reasons.append(reason("PSV_NO_POE"))


def _signed_after_revocation(findings: Findings) -> Iterator[Reason]:
    """A stamp over the document is older than the signature: later than the revocation, it proves the worst."""
    if findings.path is None or not findings.path.statuses or findings.path.statuses[0].state is not State.REVOKED:
        return
    basis = findings.path.statuses[0].basis
    revoked_at = basis.revoked_at if basis else None
    stamped = [stamp.proven_at for stamp in findings.stamps if stamp.kind is StampKind.CONTENT and stamp.proven_at]
    if revoked_at is not None and any(moment > revoked_at for moment in stamped):
        yield reason("XCV_REVOKED", date=revoked_at)


def acceptance_block(scene: Scene, findings: Findings) -> None:
    """SAV: signed attributes, algorithms, the claimed time."""
    signer, policy = scene.signer, scene.context.policy
    if signer.signed_attributes is None:
        findings.reasons.append(reason("SAV_SIGNED_ATTRS_MISSING"))
    findings.reasons += _binding_reasons(scene)
    findings.reasons += digest_reasons(policy, signer.digest_algorithm.oid, moment_of(scene, findings)) or _unavailable_reasons(signer.digest_algorithm.oid)
    findings.reasons += _claimed_time_reasons(scene, findings.identified.certificate)


def _unavailable_reasons(oid: str) -> tuple[Reason, ...]:
    """Refuse a digest that a policy lets pass but nothing here computes: what was not checked is never «верна»."""
    if algorithms.is_available(oid):
        return ()
    if oid == oids.GOST_94:
        return (reason("SAV_OLD_GOST", detail="the digest is not computed"),)
    return (reason("SAV_WEAK_DIGEST", algorithm=oid, detail="the digest is not computed"),)


def _binding_reasons(scene: Scene) -> Iterator[Reason]:
    """The signature must fix its certificate by a hash; version 1 does so by SHA-1, which is not enough."""
    demand, attribute = scene.context.policy.signing_certificate, scene.signer.signing_certificate
    if demand is Demand.OFF or (attribute is not None and attribute.version == _V2):
        return
    kind = ReasonKind.INDETERMINATE if demand is Demand.REQUIRED else ReasonKind.WARNING
    yield _weighed("SAV_SIGNING_CERT_ATTR", kind, "only version 1" if attribute else "")


def _weighed(reason_id: str, kind: ReasonKind, detail: str) -> Reason:
    """Return a reason as the policy weighs it; the catalogue knows this one as a refusal only."""
    if kind is ReasonKind.WARNING:
        return Reason(reason_id, ReasonKind.WARNING, detail=detail)
    return reason(reason_id, detail=detail)


def _claimed_time_reasons(scene: Scene, certificate: Certificate | None) -> Iterator[Reason]:
    claimed, context = scene.signer.signing_time, scene.context
    if claimed is None:
        return
    if claimed > context.at + context.policy.clock_tolerance:
        yield reason("SAV_TIME_FUTURE", detail=claimed.isoformat())
    if certificate is not None and not certificate.not_before <= claimed <= certificate.not_after:
        yield reason("SAV_TIME_OUTSIDE", detail=claimed.isoformat())


def qualification_block(scene: Scene, findings: Findings) -> None:
    """QUAL: what the signature is worth, the form of the certificate, the authority of the signer."""
    certificate = findings.identified.certificate
    if certificate is None:
        return
    chain = findings.path.chain if findings.path else None
    findings.worth = qualify(certificate, chain, scene.context.policy)
    findings.reasons += findings.worth.reasons
    if scene.context.policy.profile_795 is not Demand.OFF:
        findings.profile = profile_findings(certificate)
        findings.reasons += [reason("QUAL_PROFILE_795", field=one) for one in findings.profile]
    findings.reasons.append(reason("QUAL_AUTHORITY"))
