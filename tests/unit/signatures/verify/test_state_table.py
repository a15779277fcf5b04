"""The state table of EN 319 102-1 clause 5.1.3: every sub-indication that the core can give is given by a case here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import Line, cms
from signatures.core.policy import load_policy
from signatures.core.reasons import reason, texts
from signatures.core.trust import Standing
from signatures.core.verdict import Indication, SubIndication, Verdict
from signatures.core.verify import Rules, refused
from tests.plugins.authority import AT, DOCUMENT, Authority, given, person_extensions, sub_indications

FAILED, OPEN, S = Indication.FAILED, Indication.INDETERMINATE, SubIndication
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# Nothing in the catalogue gives it: a certificate out of its term is OUT_OF_BOUNDS_*, which says more.
NOT_GIVEN = {S.EXPIRED}


@dataclass(frozen=True)
class Case:
    """How to reach a sub-indication; `decides` is False when a graver one always stands beside it."""

    indication: Indication
    sub: SubIndication
    judge: Callable[[Authority], Verdict]
    decides: bool = True


def revoked(by: Authority, *, content_stamp: bool = False) -> Verdict:
    who = by.person()
    stamp = (cms.attribute(oids.CONTENT_TIME_STAMP, by.token(DOCUMENT, at=AT - DAY)),) if content_stamp else ()
    return by.judge(by.sign(who=who, signed_attributes=stamp), evidence=by.evidence(Line(who.certificate.serial_number, AT - 2 * DAY)))


def stamped(by: Authority, *, at_stamp: timedelta = -DAY, **term: object) -> Verdict:
    who = by.person(**term)
    return by.judge(by.sign(who=who, stamp=lambda value: by.token(value, at=AT + at_stamp), signing_time=None))


def lists_of(by: Authority, **terms: object) -> Verdict:
    who = by.person(not_after=AT - MINUTE)
    return by.judge(by.sign(who=who), evidence=given([by.crl(by=by.root), by.crl(**terms)]))  # type: ignore[arg-type]


def spoiled(by: Authority) -> Verdict:
    signature = by.sign()
    return by.judge(signature[:-1] + bytes([signature[-1] ^ 1]))


def digest_of_1994(by: Authority) -> Verdict:
    who = by.person()
    attributes = cms.signed_attributes(who, bytes(32), by.backend)
    digest = w.sequence(w.oid(oids.GOST_94))
    info = w.sequence(
        w.integer(1),
        w.sequence(who.certificate.issuer.der, w.integer(who.certificate.serial_number)),
        digest,
        b"\xa0" + attributes[1:],
        w.sequence(w.oid(oids.GOST_2001)),
        w.octets(bytes(64)),
    )
    container = cms.Container((oids.GOST_94,), certificates=(who.certificate.der, *by.chain))
    return by.judge(cms.signed_data(container, [info]), policy="kep-ru", trust=by.trust(Standing.ACCREDITED))


def looped(by: Authority) -> Verdict:
    first = by.issue_authority("первый")
    second = by.issue_authority("второй", by=first)
    again = by.issue_authority("первый", by=second, key=first.key)
    return by.judge(by.sign(who=by.person(by=second), chain=(second.certificate.der, again.certificate.der)))


def late_responder(by: Authority) -> Verdict:
    who = by.person()
    response = by.ocsp(by.answer(who), by=by.responder(not_after=AT - DAY))
    return by.judge(by.sign(who=who), evidence=given([by.crl(by=by.root)], [response]))


def explicit_policy(by: Authority) -> Verdict:
    value = w.sequence(w.oid("1.2.3.4"), w.sequence(w.sequence(w.oid(oids.SHA_256)), w.octets(bytes(32))))
    return by.judge(by.sign(signed_attributes=(cms.attribute(oids.SIGNATURE_POLICY, value),)))


def revoked_authority(by: Authority) -> Verdict:
    line = Line(by.issuing.certificate.serial_number, AT - DAY)
    return by.judge(by.sign(), evidence=given([by.crl(line, by=by.root), by.crl()]))


def disordered(by: Authority) -> Verdict:
    content = cms.attribute(oids.CONTENT_TIME_STAMP, by.token(DOCUMENT, at=AT - MINUTE))
    return by.judge(by.sign(signed_attributes=(content,), stamp=lambda value: by.token(value, at=AT - DAY), signing_time=None))


def broken_trust(by: Authority) -> Verdict:
    return by.judge(by.sign(), trust=by.trust(not_after="never"))


CASES = (
    Case(FAILED, S.FORMAT_FAILURE, lambda by: by.judge(by.sign() + b"\x00")),
    Case(FAILED, S.HASH_FAILURE, lambda by: by.judge(by.sign(), b"another")),
    Case(FAILED, S.SIG_CRYPTO_FAILURE, spoiled),
    Case(FAILED, S.REVOKED, lambda by: revoked(by, content_stamp=True)),
    Case(FAILED, S.NOT_YET_VALID, lambda by: stamped(by, not_before=AT - MINUTE)),
    Case(OPEN, S.NOT_YET_VALID, lambda by: by.judge(by.sign(who=by.person(not_before=AT + DAY), signing_time=None))),
    Case(OPEN, S.NO_SIGNING_CERTIFICATE_FOUND, lambda by: by.judge(without_certificates(by))),
    Case(OPEN, S.SIGNED_DATA_NOT_FOUND, lambda by: by.judge(by.sign(), None)),
    Case(OPEN, S.NO_CERTIFICATE_CHAIN_FOUND, lambda by: by.judge(by.sign(), trust=by.trust(Standing.ACCREDITED))),
    Case(OPEN, S.REVOKED_NO_POE, revoked),
    Case(OPEN, S.REVOKED_CA_NO_POE, revoked_authority),
    Case(OPEN, S.CRYPTO_CONSTRAINTS_FAILURE, lambda by: by.judge(by.sign(who=by.person(curve="1.2.643.2.2.35.0")))),
    Case(OPEN, S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE, digest_of_1994),
    Case(OPEN, S.OUT_OF_BOUNDS_NO_POE, lambda by: by.judge(by.sign(who=by.person(not_after=AT - DAY), signing_time=None))),
    Case(OPEN, S.CHAIN_CONSTRAINTS_FAILURE, lambda by: by.judge(by.sign(who=by.person(person_extensions()[1:])))),
    Case(OPEN, S.CERTIFICATE_CHAIN_GENERAL_FAILURE, looped),
    Case(OPEN, S.TIMESTAMP_ORDER_FAILURE, disordered),
    Case(OPEN, S.SIG_CONSTRAINTS_FAILURE, lambda by: by.judge(by.sign(signing_time=AT + DAY))),
    Case(OPEN, S.TRY_LATER, lambda by: by.judge(by.sign(), evidence=given())),
    Case(OPEN, S.POLICY_PROCESSING_ERROR, lambda by: refused(reason("VCI_POLICY_BROKEN"), rules=Rules(load_policy("stand"), by.trust(), by.backend), at=AT)),
    Case(OPEN, S.SIGNATURE_POLICY_NOT_AVAILABLE, explicit_policy),
    Case(OPEN, S.REVOCATION_OUT_OF_BOUNDS_NO_POE, late_responder),
    Case(OPEN, S.OUT_OF_BOUNDS_NOT_REVOKED, lambda by: lists_of(by, this_update=AT - 2 * MINUTE)),
    Case(OPEN, S.NO_POE, lambda by: stamped(by, not_after=AT - 2 * DAY), decides=False),
    Case(OPEN, S.GENERIC, broken_trust),
)


def without_certificates(by: Authority) -> bytes:
    who = by.person()
    attributes = cms.signed_attributes(who, algorithms.digest(who.key.digest_oid, DOCUMENT, by.backend), by.backend)
    return cms.signed_data(cms.Container((who.key.digest_oid,)), [cms.signer_info(who, attributes, who.key.sign(attributes))])


class TestStateTable:
    @pytest.mark.parametrize("case", CASES, ids=[f"{case.indication}-{case.sub}" for case in CASES])
    def test_each_state_is_reached(self, authority: Authority, case: Case):
        verdict = case.judge(authority)

        found = sub_indications(verdict) | {one.sub_indication for one in verdict.notes}
        assert case.sub in found
        assert verdict.indication is case.indication
        if case.decides:
            assert verdict.sub_indication is case.sub

    def test_no_state_is_left_out(self):
        given_by_catalogue = {sub for entry in texts().entries.values() for sub in entry.sub_indications}

        assert given_by_catalogue == {case.sub for case in CASES}
        assert set(SubIndication) - given_by_catalogue == NOT_GIVEN

    def test_every_state_but_the_good_one_has_a_reason(self, authority: Authority):
        """UC-01."""
        for case in CASES:
            verdict = case.judge(authority)
            assert verdict.sub_indication is not None
            assert verdict.notes or verdict.signatures[0].reasons
