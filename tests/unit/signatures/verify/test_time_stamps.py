from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import Line, Responder, Signatory, StampSpec, cms, time_stamp_token
from signatures.core.build import extensions as ext
from signatures.core.build.revocation import basic_response
from signatures.core.cades import esc_time_stamp_input
from signatures.core.certificates import KeyUsage
from signatures.core.cms import parse_signed_data
from signatures.core.context import Context
from signatures.core.policy import Demand, Policy, load_policy
from signatures.core.revocation import Bundle, Source
from signatures.core.revocation_data import RevocationReason
from signatures.core.timestamp import StampKind, Surroundings, judge_stamp, read_token
from signatures.core.verdict import CheckKey, CheckState, Indication, SubIndication, Verdict
from tests.plugins.authority import AT, DOCUMENT, Authority, given, reason_ids, sub_indications

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PAST = AT - 30 * DAY


def causes(verdict: Verdict) -> set[object]:
    return {value for one in verdict.signatures[0].reasons for name, value in one.params if name == "cause"}


def stamp_check(verdict: Verdict) -> CheckState:
    return next(check.state for check in verdict.signatures[0].checks if check.key is CheckKey.TIMESTAMP)


def content_stamp(token: bytes) -> bytes:
    return cms.attribute(oids.CONTENT_TIME_STAMP, token)


def stamped(authority: Authority, at: datetime, who: Signatory | None = None, **kwargs: object) -> bytes:
    """Return a CAdES-T that was signed a minute before its stamp."""
    return authority.sign(who=who, stamp=lambda value: authority.token(value, at=at, **kwargs), signing_time=at - MINUTE)  # type: ignore[arg-type]


class TestProof:
    def test_best_time_is_the_stamp(self, each_authority: Authority):
        verdict = each_authority.judge(stamped(each_authority, AT - DAY))

        assert verdict.indication is Indication.PASSED
        assert verdict.signatures[0].times.best == AT - DAY
        assert verdict.signatures[0].format_level == "T"
        assert stamp_check(verdict) is CheckState.YES

    def test_without_a_stamp_the_best_time_is_that_of_the_check(self, each_authority: Authority):
        assert each_authority.judge(each_authority.sign()).signatures[0].times.best == AT

    def test_keeps_a_signature_valid_after_its_certificate_ran_out(self, each_authority: Authority):
        """UC-04: old signature, time-stamp and revocation data of that time."""
        who = each_authority.person(not_after=AT - DAY)
        evidence = given([each_authority.crl(by=each_authority.root), each_authority.crl(this_update=PAST, next_update=PAST + DAY)])

        verdict = each_authority.judge(stamped(each_authority, PAST + MINUTE, who), evidence=evidence)

        assert verdict.indication is Indication.PASSED

    def test_keeps_a_signature_valid_that_was_stamped_before_the_revocation(self, each_authority: Authority):
        who = each_authority.person()
        line = Line(who.certificate.serial_number, AT - DAY, RevocationReason.CESSATION_OF_OPERATION)

        verdict = each_authority.judge(stamped(each_authority, AT - 2 * DAY, who), evidence=each_authority.evidence(line))

        assert verdict.indication is Indication.PASSED
        assert any(name == "revoked_later" for one in verdict.signatures[0].constraints for name, _ in one.data)

    def test_does_not_help_when_it_came_after_the_revocation(self, each_authority: Authority):
        who = each_authority.person()
        line = Line(who.certificate.serial_number, AT - 2 * DAY)

        verdict = each_authority.judge(stamped(each_authority, AT - DAY, who), evidence=each_authority.evidence(line))

        assert verdict.sub_indication is SubIndication.REVOKED_NO_POE
        assert SubIndication.NO_POE in sub_indications(verdict)

    def test_does_not_help_when_it_came_after_the_end_of_the_certificate(self, each_authority: Authority):
        who = each_authority.person(not_after=AT - 2 * DAY)

        verdict = each_authority.judge(stamped(each_authority, AT - DAY, who))

        assert {"XCV_EXPIRED", "PSV_NO_POE"} <= reason_ids(verdict)

    def test_list_made_after_the_end_of_the_certificate_proves_nothing_about_it(self, each_authority: Authority):
        who = each_authority.person(not_after=AT - DAY)

        verdict = each_authority.judge(stamped(each_authority, AT - 2 * DAY, who))

        assert verdict.sub_indication is SubIndication.TRY_LATER

    def test_proves_that_a_signature_is_older_than_its_certificate(self, each_authority: Authority):
        who = each_authority.person(not_before=AT - DAY)

        verdict = each_authority.judge(stamped(each_authority, AT - 2 * DAY, who))

        assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.NOT_YET_VALID)

    def test_good_to_its_end_is_said_when_only_the_time_is_not_proved(self, each_authority: Authority):
        who = each_authority.person(not_after=AT - MINUTE)
        evidence = given([each_authority.crl(by=each_authority.root), each_authority.crl(this_update=AT - 2 * MINUTE)])

        verdict = each_authority.judge(each_authority.sign(who=who), evidence=evidence)

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.OUT_OF_BOUNDS_NOT_REVOKED)
        assert "XCV_OUT_OF_BOUNDS" in reason_ids(verdict)

    def test_over_the_document_after_the_revocation_is_a_failure(self, each_authority: Authority):
        who = each_authority.person()
        signature = each_authority.sign(who=who, signed_attributes=(content_stamp(each_authority.token(DOCUMENT, at=AT - DAY)),))

        verdict = each_authority.judge(signature, evidence=each_authority.evidence(Line(who.certificate.serial_number, AT - 2 * DAY)))

        assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.REVOKED)
        assert "XCV_REVOKED" in reason_ids(verdict)


class TestOrder:
    def test_content_stamp_before_signing_is_right(self, each_authority: Authority):
        signature = each_authority.sign(signed_attributes=(content_stamp(each_authority.token(DOCUMENT, at=AT - DAY)),), stamp=each_authority.token)

        assert each_authority.judge(signature).indication is Indication.PASSED

    def test_content_stamp_after_the_signature_stamp_is_impossible(self, each_authority: Authority):
        content = content_stamp(each_authority.token(DOCUMENT, at=AT - MINUTE))
        signature = each_authority.sign(signed_attributes=(content,), stamp=lambda value: each_authority.token(value, at=AT - 5 * MINUTE), signing_time=None)

        verdict = each_authority.judge(signature)

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.TIMESTAMP_ORDER_FAILURE)
        assert "TSV_ORDER" in reason_ids(verdict)

    def test_claimed_time_after_the_stamp_is_impossible(self, each_authority: Authority):
        signature = each_authority.sign(stamp=lambda value: each_authority.token(value, at=AT - DAY), signing_time=AT - DAY + timedelta(seconds=61))

        assert "TSV_ORDER" in reason_ids(each_authority.judge(signature))


class TestBadStamps:
    def test_over_another_signature(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(stamp=lambda _: each_authority.token(b"another")))

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE)
        assert "TSV_IMPRINT" in reason_ids(verdict)
        assert stamp_check(verdict) is CheckState.NO

    def test_of_a_stranger_is_not_used(self, each_authority: Authority):
        """UC-03: a foreign authority proves no time."""
        stranger = Authority(each_authority.backend, each_authority.family, "ЧУЖОЙ")

        verdict = each_authority.judge(each_authority.sign(stamp=stranger.token))

        assert verdict.indication is Indication.PASSED
        assert "TSV_TSA_NOT_TRUSTED" in reason_ids(verdict)
        assert verdict.signatures[0].times.best == AT
        assert stamp_check(verdict) is CheckState.NO

    @pytest.mark.parametrize(
        "extensions",
        [
            (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE),),
            (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_TIME_STAMPING)),
            (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_TIME_STAMPING, oids.EKU_CLIENT_AUTH, critical=True)),
        ],
        ids=["no purpose", "not critical", "not alone"],
    )
    def test_of_a_certificate_that_is_not_for_stamping(self, each_authority: Authority, extensions: tuple[bytes, ...]):
        by = each_authority.stamper(extensions)

        verdict = each_authority.judge(each_authority.sign(stamp=lambda value: each_authority.token(value, by=by)))

        assert "stamp.path" in causes(verdict)

    def test_of_an_authority_whose_key_was_stolen_later(self, each_authority: Authority):
        by = each_authority.stamper()
        line = Line(by.certificate.serial_number, AT - MINUTE, RevocationReason.KEY_COMPROMISE)

        verdict = each_authority.judge(stamped(each_authority, AT - DAY, by=by), evidence=each_authority.evidence(line))

        assert "stamp.path" in causes(verdict)

    def test_of_an_authority_that_was_closed_later_still_counts(self, each_authority: Authority):
        by = each_authority.stamper()
        line = Line(by.certificate.serial_number, AT - MINUTE, RevocationReason.CESSATION_OF_OPERATION)

        verdict = each_authority.judge(stamped(each_authority, AT - DAY, by=by), evidence=each_authority.evidence(line))

        assert verdict.signatures[0].times.best == AT - DAY

    def test_from_the_future(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(stamp=lambda value: each_authority.token(value, at=AT + timedelta(seconds=61))))

        assert "stamp.future" in causes(verdict)

    @pytest.mark.parametrize("token", [w.null(), w.sequence(), w.octets(b"junk")])
    def test_unreadable(self, each_authority: Authority, token: bytes):
        verdict = each_authority.judge(each_authority.sign(stamp=lambda _: token))

        assert "stamp.unreadable" in causes(verdict)
        assert verdict.signatures[0].times.best == AT

    def test_spoiled_signature(self, each_authority: Authority):
        def spoiled(value: bytes) -> bytes:
            token = each_authority.token(value)
            return token[:-1] + bytes([token[-1] ^ 1])

        assert "stamp.signature" in causes(each_authority.judge(each_authority.sign(stamp=spoiled)))

    def test_weak_digest_of_the_imprint(self, rsa_authority: Authority):
        by = rsa_authority.stamper()

        def weak(_: bytes) -> bytes:
            return time_stamp_token(StampSpec("1.2.3", oids.SHA_1, bytes(20), 1, AT - MINUTE), by, rsa_authority.backend, (by.certificate.der,))

        assert "stamp.weak-digest" in causes(rsa_authority.judge(rsa_authority.sign(stamp=weak)))

    def test_certificate_of_the_authority_is_missing(self, each_authority: Authority):
        by = each_authority.stamper()

        def bare(value: bytes) -> bytes:
            imprint = algorithms.digest(by.key.digest_oid, value, each_authority.backend)
            return time_stamp_token(StampSpec("1.2.3", by.key.digest_oid, imprint, 1, AT - MINUTE), by, each_authority.backend)

        assert "stamp.certificate" in causes(each_authority.judge(each_authority.sign(stamp=bare)))

    def test_content_stamp_without_the_document(self, each_authority: Authority):
        signature = each_authority.sign(signed_attributes=(content_stamp(each_authority.token(DOCUMENT, at=AT - DAY)),))

        assert "stamp.no-document" in causes(each_authority.judge(signature, None))


class TestRequired:
    """A policy may insist on a time-stamp: then a bad one is no warning."""

    @pytest.fixture
    def strict(self) -> Policy:
        return replace(load_policy("stand"), time_stamp=Demand.REQUIRED)

    def test_missing(self, each_authority: Authority, strict: Policy):
        verdict = each_authority.judge(each_authority.sign(), policy=strict)

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE)
        assert "TSV_REQUIRED" in reason_ids(verdict)

    def test_present(self, each_authority: Authority, strict: Policy):
        assert each_authority.judge(each_authority.sign(stamp=each_authority.token), policy=strict).indication is Indication.PASSED

    def test_of_a_stranger(self, each_authority: Authority, strict: Policy):
        stranger = Authority(each_authority.backend, each_authority.family, "ЧУЖОЙ")

        verdict = each_authority.judge(each_authority.sign(stamp=stranger.token), policy=strict)

        assert {"TSV_REQUIRED", "TSV_TSA_NOT_TRUSTED"} <= reason_ids(verdict)
        assert verdict.indication is Indication.INDETERMINATE


class TestLongForms:
    def test_values_inside_of_the_signature_are_used(self, each_authority: Authority):
        """CAdES X Long: the signature brings its own revocation data, OCSP in the basic form."""
        who, by = each_authority.person(), each_authority.responder()
        basic = basic_response([each_authority.answer(who)], Responder(by.key, (by.certificate.der,)), AT - 5 * MINUTE)
        values = w.sequence(w.context(0, w.sequence(each_authority.crl(by=each_authority.root), each_authority.crl())), w.context(1, w.sequence(basic)))
        more = (
            cms.attribute(oids.CERTIFICATE_VALUES, w.sequence(*each_authority.chain)),
            cms.attribute(oids.REVOCATION_VALUES, values),
        )

        verdict = each_authority.judge(each_authority.sign(who=who, chain=(), stamp=each_authority.token, unsigned_attributes=more), evidence=given())

        assert verdict.indication is Indication.PASSED
        assert verdict.signatures[0].format_level == "LT"

    @pytest.mark.parametrize("is_right", [True, False])
    def test_stamp_over_the_references_is_judged(self, each_authority: Authority, is_right: bool):
        who = each_authority.person()
        references = (
            cms.attribute(oids.CERTIFICATE_REFS, w.sequence()),
            cms.attribute(oids.REVOCATION_REFS, w.sequence()),
        )
        token = each_authority.token(b"another")
        first = parse_signed_data(each_authority.sign(who=who, stamp=each_authority.token, unsigned_attributes=references)).signers[0]
        if is_right:
            token = each_authority.token(esc_time_stamp_input(first), at=AT - 2 * MINUTE)
        unsigned = (*(one.der for one in first.unsigned_attributes), cms.attribute(oids.ESC_TIME_STAMP, token))
        assert first.signed_attributes_der is not None
        info = cms.signer_info(who, first.signed_attributes_der, first.signature, unsigned)
        container = cms.Container((who.key.digest_oid,), certificates=(who.certificate.der, *each_authority.chain))

        verdict = each_authority.judge(cms.signed_data(container, [info]))

        assert (verdict.indication is Indication.PASSED) is is_right
        assert ("TSV_IMPRINT" in reason_ids(verdict)) is not is_right


class TestToken:
    def test_is_read_to_its_last_field(self, each_authority: Authority):
        token = read_token(each_authority.token(b"value", at=AT, nonce=42))

        assert (token.generated_at, token.nonce, token.serial_number, token.accuracy) == (AT, 42, 7, timedelta())


class TestNonce:
    @pytest.mark.parametrize(("asked", "answered", "is_right"), [(42, 42, True), (42, 43, False), (42, None, False), (None, 42, True)])
    def test_must_be_the_one_that_we_asked_with(self, each_authority: Authority, asked: int | None, answered: int | None, is_right: bool):
        """UC-05 … UC-10: an answer of the time-stamping authority to somebody else is not ours."""
        context = Context(load_policy("stand"), each_authority.trust(), each_authority.backend, AT)
        given_files = Bundle(certificates=each_authority.chain, crls=each_authority.crls())

        token = each_authority.token(b"value", nonce=answered)
        stamp = judge_stamp(StampKind.SIGNATURE, token, b"value", Surroundings({Source.GIVEN: given_files}, context), asked)

        assert (stamp.proven_at is not None) is is_right
        assert is_right or dict(stamp.reasons[0].params)["cause"] == "stamp.nonce"
