"""Entry point: a document, a container and the rules in, a verdict out, whatever happens."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from signatures.core import algorithms
from signatures.core.cades import Evidence as CadesEvidence
from signatures.core.cades import evidence_of
from signatures.core.certificates.parse import parse_certificate
from signatures.core.cms import parse_signed_data
from signatures.core.cms.values import Encoding, SignedData, SignerInfo
from signatures.core.context import Context
from signatures.core.errors import SignatureFormatError
from signatures.core.gost.backend import Gost
from signatures.core.gost.interfaces import GostBackend
from signatures.core.intake import container_bytes
from signatures.core.memo import Memo
from signatures.core.policy.values import Policy
from signatures.core.reasons import from_error, reason
from signatures.core.revocation import NO_EVIDENCE, Bundle, Evidence, OcspFile, Source
from signatures.core.trust import TrustStore
from signatures.core.verdict import BackendRef, Indication, Qualification, Reason, SignatureVerdict, Verdict, conclude, worst
from signatures.core.verify import steps
from signatures.core.verify.answer import signature_verdict
from signatures.core.verify.document import EVIDENCE, Content, Document, read_content
from signatures.core.verify.scene import Findings, Scene, Subject
from signatures.core.verify.stamps import digests_for_stamps, judge_stamps

_REPORT_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a signature is judged; the same for many of them.

    Attributes:
        policy: what a signature must fulfil.
        trust: anchors; those that the policy does not let count are left out.
        backend: arithmetic of Russian signatures.
        memo: results that do not depend on time.
        software: version of the stand, for the report.
    """

    policy: Policy
    trust: TrustStore
    backend: GostBackend
    memo: Memo = field(default_factory=Memo)
    software: str = ""


def verify(
    document: Document,
    signature: bytes,
    *,
    policy: Policy,
    trust: TrustStore,
    at: datetime,
    backend: GostBackend,
    evidence: Evidence = NO_EVIDENCE,
    memo: Memo | None = None,
    software: str = "",
) -> Verdict:
    """Answer whether a signature can be trusted.

    Args:
        document: what was signed: bytes, an iterable of pieces (read once), its digests, or None when the container
            holds it or it is missing.
        signature: the file: DER, BER, PEM or base64.
        policy: what the signature must fulfil.
        trust: anchors; those that the policy does not let count are left out.
        at: validation time, with a time zone.
        backend: arithmetic of Russian signatures, see `gost.registry`.
        evidence: certificates and revocation data beside the signature.
        memo: results that do not depend on time; keep one between verifications for speed, drop it with the back-end.
        software: version of the stand, for the report.

    Returns:
        A verdict in every case: bad input is a refusal with its reason, and a fault of this program is
        SYS_VERIFIER_ERROR, never a valid signature (CM-25).
    """
    rules = Rules(policy, trust, backend, Memo() if memo is None else memo, software)
    at = at.astimezone(UTC)
    try:
        return _verify(document, signature, rules, at, evidence)
    except SignatureFormatError as error:
        return refused(from_error(error), rules=rules, at=at, inputs=_inputs(Content({}, is_present=False), signature, evidence))
    except Exception as error:  # noqa: BLE001  # fail closed: whatever broke, the document is not accepted
        number = hashlib.sha256(signature + at.isoformat().encode()).hexdigest()[:_REPORT_DIGITS]
        return refused(reason("SYS_VERIFIER_ERROR", number=number, detail=f"{type(error).__name__}: {error}"), rules=rules, at=at)


def refused(cause: Reason, *, rules: Rules, at: datetime, inputs: tuple[tuple[str, str], ...] = ()) -> Verdict:
    """Return the verdict about a file whose signatures could not be judged at all.

    Args:
        cause: for example FC_NOT_A_SIGNATURE, SYS_TIME_LIMIT or VCI_POLICY_BROKEN.
        rules: what it would have been judged by.
        at: validation time.
        inputs: hashes of what was given.
    """
    indication, sub_indication = conclude([cause])
    return Verdict(
        indication=indication,
        sub_indication=sub_indication,
        qualification=Qualification.UNDEFINED,
        level=Qualification.UNDEFINED,
        policy=rules.policy.ref,
        validation_time=at,
        signatures=(),
        backend=_backend_ref(rules.backend),
        notes=(cause,),
        inputs=inputs,
        software=rules.software,
    )


def _verify(document: Document, signature: bytes, rules: Rules, at: datetime, evidence: Evidence) -> Verdict:
    signed = parse_signed_data(container_bytes(signature), rules.policy.dialect)
    context = Context(rules.policy, rules.trust.limited_to(rules.policy.standings), rules.backend, at, rules.memo)
    needed = frozenset(one.digest_algorithm.oid for one in signed.signers).union(*(digests_for_stamps(one) for one in signed.signers))
    content = read_content(document, signed, needed, rules.backend)
    subject = Subject(content.digests, content.is_present, content.reasons + _unreadable_certificates(signed))
    verdicts = tuple(_judge(signed, signer, subject, evidence, context) for signer in signed.signers)
    return _verdict(verdicts, signed, rules, at, _inputs(content, signature, evidence))


def _verdict(verdicts: tuple[SignatureVerdict, ...], signed: SignedData, rules: Rules, at: datetime, inputs: tuple[tuple[str, str], ...]) -> Verdict:
    decisive = worst(verdicts)
    notes = (reason("FC_BER_NOTE"),) if signed.encoding is Encoding.BER else ()
    return Verdict(
        indication=decisive.indication,
        sub_indication=decisive.sub_indication,
        qualification=decisive.qualification,
        level=decisive.level,
        policy=rules.policy.ref,
        validation_time=at,
        signatures=verdicts,
        backend=_backend_ref(rules.backend),
        notes=notes,
        inputs=inputs,
        software=rules.software,
    )


def _judge(signed: SignedData, signer: SignerInfo, subject: Subject, evidence: Evidence, context: Context) -> SignatureVerdict:
    """Judge one signature of the document."""
    return _walk(_scene(signed, signer, subject, evidence, context), evidence)


def _scene(signed: SignedData, signer: SignerInfo, subject: Subject, evidence: Evidence, context: Context) -> Scene:
    attached, broken = _attached(signer)
    subject = replace(subject, reasons=subject.reasons + broken)
    return Scene(signed, signer, subject, attached, _bundles(signed, attached, evidence), context)


def _walk(scene: Scene, evidence: Evidence) -> SignatureVerdict:
    """Walk through the blocks; the time block goes before the certificate block, which needs the proven time."""
    findings = Findings()
    steps.format_block(scene, findings)
    steps.identification_block(scene, findings)
    steps.context_block(scene, findings)
    steps.cryptographic_block(scene, findings)
    steps.time_block(findings, judge_stamps(scene), scene)
    steps.certificate_block(scene, findings)
    steps.acceptance_block(scene, findings)
    steps.qualification_block(scene, findings)
    countersignatures = tuple(_judge_counter(scene, one, evidence) for one in scene.signer.countersignatures)
    if any(one.indication is Indication.FAILED for one in countersignatures):
        findings.reasons.append(reason("SAV_COUNTERSIGNATURE"))
    return signature_verdict(scene, findings, countersignatures)


def _judge_counter(parent: Scene, counter: SignerInfo, evidence: Evidence) -> SignatureVerdict:
    subject = _value_of(parent.signer, counter, parent.context)
    return _walk(replace(_scene(parent.signed, counter, subject, evidence, parent.context), is_countersignature=True), evidence)


def _value_of(parent: SignerInfo, counter: SignerInfo, context: Context) -> Subject:
    """Return what a countersignature signs: the signature value of its parent (RFC 5652 11.4)."""
    needed = {counter.digest_algorithm.oid} | digests_for_stamps(counter)
    return Subject({oid: algorithms.digest(oid, parent.signature, context.backend) for oid in needed if algorithms.is_available(oid)}, is_present=True)


def _attached(signer: SignerInfo) -> tuple[CadesEvidence | None, tuple[Reason, ...]]:
    try:
        return evidence_of(signer), ()
    except SignatureFormatError as error:
        return None, (from_error(error),)


def _bundles(signed: SignedData, attached: CadesEvidence | None, evidence: Evidence) -> dict[Source, Bundle]:
    """Sort everything at hand by source, the signature's own first."""
    certificates, crls = signed.certificates, signed.crls
    ocsp = tuple(OcspFile(der) for der in signed.ocsp_responses)
    if attached is not None:
        certificates, crls = certificates + attached.certificates, crls + attached.crls
        ocsp += tuple(OcspFile(der) for der in attached.basic_ocsp_responses)
    return {Source.SIGNATURE: Bundle(certificates, crls, ocsp), Source.GIVEN: evidence.given, Source.STORED: evidence.stored}


def _unreadable_certificates(signed: SignedData) -> tuple[Reason, ...]:
    """Refuse a container with a certificate that the strict reader does not accept: two readers, two meanings."""
    found = []
    for der in signed.certificates:
        try:
            parse_certificate(der)
        except SignatureFormatError as error:
            found.append(from_error(error))
    return tuple(found)


def _inputs(content: Content, signature: bytes, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Name everything that was judged by its hash, so that a verdict can be repeated."""
    found = [(f"document.{name}", content.digests[oid].hex()) for oid, name in EVIDENCE.items() if oid in content.digests]
    found.append(("signature.sha256", hashlib.sha256(signature).hexdigest()))
    for bundle in (evidence.given, evidence.stored):
        objects = (("certificate", bundle.certificates), ("crl", bundle.crls), ("ocsp", tuple(one.der for one in bundle.ocsp)))
        found += [(f"{name}.sha256", hashlib.sha256(der).hexdigest()) for name, ders in objects for der in ders]
    return tuple(found)


def _backend_ref(backend: GostBackend) -> BackendRef:
    if isinstance(backend, Gost):
        return BackendRef(curve=backend.arithmetic.name, hash=backend.hashes.name)
    return BackendRef(curve=type(backend).__name__, hash=type(backend).__name__)
