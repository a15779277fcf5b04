"""Whether a token proves a time: signature, certificate, path and imprint (signatures.md 10.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from signatures.core import algorithms
from signatures.core.acceptance import Moment, digest_reasons
from signatures.core.context import Context
from signatures.core.errors import SignatureFormatError
from signatures.core.identify import Identified, identify
from signatures.core.path import Purpose
from signatures.core.policy.values import Demand
from signatures.core.reasons import reason
from signatures.core.revocation import Bundle, OcspFile, Source, read_bundles
from signatures.core.timestamp.token import TimeStampToken, read_token
from signatures.core.verdict import Reason, ReasonKind
from signatures.core.xcv import PathJudgement, judge_path

_UNTRUSTED: Final = frozenset({"XCV_NO_CHAIN", "XCV_SELF_SIGNED", "XCV_CHAIN_SIGNATURE", "XCV_ANCHOR_AT_TIME"})


class StampKind(StrEnum):
    """What a token was put on, in the order in which the tokens of one signature are made."""

    CONTENT = "content"
    SIGNATURE = "signature"
    ESC = "esc"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A judged time-stamp.

    Attributes:
        kind: what it was put on.
        token: None when it could not be read.
        reasons: why it proves nothing; empty when it proves its time.
        path: of the authority, None when it was not looked for.
    """

    kind: StampKind
    token: TimeStampToken | None
    reasons: tuple[Reason, ...]
    path: PathJudgement | None = None

    @property
    def proven_at(self) -> datetime | None:
        """The proven time, UTC; None when the token proves nothing."""
        return self.token.generated_at if self.token and not self.reasons else None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Objects beside the tokens: they help to build the path of the authority and to judge its revocation."""

    bundles: dict[Source, Bundle]
    context: Context

    @property
    def kind(self) -> ReasonKind:
        """What a bad token does: nothing, unless the policy needs a good one."""
        return ReasonKind.INDETERMINATE if self.context.policy.time_stamp is Demand.REQUIRED else ReasonKind.WARNING


def judge_stamp(kind: StampKind, der: bytes, stamped: bytes | dict[str, bytes], around: Surroundings, nonce: int | None = None) -> Stamp:
    """Judge one token.

    Args:
        kind: what it was put on.
        der: the token.
        stamped: the bytes it must cover, or their digests by OID.
        around: other objects, policy and trust.
        nonce: what we asked with, if the token is an answer to us.
    """
    try:
        token = read_token(der)
    except SignatureFormatError as error:
        return Stamp(kind, None, (_bad("stamp.unreadable", around, str(error)),))
    wrong = _imprint_reason(token, stamped, around)
    if wrong:
        return Stamp(kind, token, (wrong,))
    if nonce is not None and token.nonce != nonce:
        return Stamp(kind, token, (_bad("stamp.nonce", around),))
    return _judged_by_signer(kind, token, around)


def _bad(cause: str, around: Surroundings, detail: str = "") -> Reason:
    return reason("TSV_BAD", kind=around.kind, cause=cause, detail=detail)


def _imprint_reason(token: TimeStampToken, stamped: bytes | dict[str, bytes], around: Surroundings) -> Reason | None:
    moment = Moment(token.generated_at, proven=True)
    if digest_reasons(around.context.policy, token.digest_algorithm, moment) or not algorithms.is_available(token.digest_algorithm):
        return _bad("stamp.weak-digest", around, token.digest_algorithm)
    if isinstance(stamped, bytes):
        expected = algorithms.digest(token.digest_algorithm, stamped, around.context.backend)
    else:
        expected = stamped.get(token.digest_algorithm, b"")
    if not expected:
        return _bad("stamp.no-document", around)
    return None if expected == token.imprint else reason("TSV_IMPRINT")


def _judged_by_signer(kind: StampKind, token: TimeStampToken, around: Surroundings) -> Stamp:
    """Check the signature of the token and the path of the authority at the time of the token."""
    found = identify(token.signer, token.signed.certificates, around.bundles, around.context)
    broken = _signature_reason(token, found, around)
    if broken or found.certificate is None:
        return Stamp(kind, token, (broken,) if broken else ())
    own = Bundle(token.signed.certificates, token.signed.crls, tuple(OcspFile(der) for der in token.signed.ocsp_responses))
    bundles = {**around.bundles, Source.SIGNATURE: _joined(own, around.bundles.get(Source.SIGNATURE, Bundle()))}
    readings = read_bundles(bundles, around.context)
    path = judge_path(found.certificate, readings, Purpose.TIME_STAMPING, Moment(token.generated_at, proven=True), around.context)
    return Stamp(kind, token, _path_reasons(path, around, token), path)


def _joined(first: Bundle, second: Bundle) -> Bundle:
    return Bundle(first.certificates + second.certificates, first.crls + second.crls, first.ocsp + second.ocsp)


def _signature_reason(token: TimeStampToken, found: Identified, around: Surroundings) -> Reason | None:
    signer, context = token.signer, around.context
    if found.certificate is None or found.reasons:
        return _bad("stamp.certificate", around, ", ".join(one.id for one in found.reasons))
    if signer.signing_certificate is None:
        return _bad("stamp.certificate", around, "no signing certificate attribute")
    try:
        content_digest = algorithms.digest(signer.digest_algorithm.oid, token.signed.content or b"", context.backend)
    except algorithms.DigestUnavailable as unavailable:
        return _bad("stamp.weak-digest", around, str(unavailable))
    proof = algorithms.prove(
        found.certificate.public_key,
        signer.signature_algorithm,
        signer.digest_algorithm.oid,
        signer.signed_attributes_der or b"",
        signer.signature,
        context.backend,
    )
    if content_digest != signer.message_digest or not proof.holds:
        return _bad("stamp.signature", around, proof.reason_id or "messageDigest differs")
    return _bad("stamp.future", around) if token.generated_at > context.at + context.policy.clock_tolerance + token.accuracy else None


def _path_reasons(path: PathJudgement, around: Surroundings, token: TimeStampToken) -> tuple[Reason, ...]:
    """Translate what is wrong with the path of an authority into reasons about its token."""
    if not path.reasons:
        return ()
    detail = ", ".join(f"{one.id} {one.detail}".strip() for one in path.reasons)
    if _UNTRUSTED.intersection(one.id for one in path.reasons):
        return (reason("TSV_TSA_NOT_TRUSTED", kind=around.kind, detail=detail),)
    return (_bad("stamp.path", around, f"{token.generated_at.isoformat()}: {detail}"),)
