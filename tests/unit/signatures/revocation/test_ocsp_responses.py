"""OCSP: complaints of thorgate/pyasice #15 turned into tests (UC-05 … UC-10), and what RFC 6960 asks."""

from datetime import datetime, timedelta

import pytest

from signatures.core.asn1 import oids
from signatures.core.build import Line, Responder, Signatory, ocsp_response
from signatures.core.build import extensions as ext
from signatures.core.build.revocation import basic_response
from signatures.core.certificates import KeyUsage
from signatures.core.revocation_data import CertificateStatus
from signatures.core.verdict import Indication, SubIndication, Verdict
from signatures.core.verify import Bundle, Evidence, OcspFile
from tests.plugins.authority import AT, Authority, given, reason_ids

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def judged(authority: Authority, who: Signatory, *responses: bytes, crls: tuple[bytes, ...] = ()) -> Verdict:
    return authority.judge(authority.sign(who=who), evidence=given([authority.crl(by=authority.root), *crls], responses))


def assert_rejected(verdict: Verdict, cause: str) -> None:
    assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.TRY_LATER)
    assert cause in {value for one in verdict.signatures[0].reasons for name, value in one.params if name == "cause"}


class TestGoodAnswers:
    def test_come_from_a_delegated_responder(self, each_authority: Authority):
        who = each_authority.person()

        assert judged(each_authority, who, each_authority.ocsp(each_authority.answer(who))).indication is Indication.PASSED

    def test_come_from_the_issuer_itself(self, each_authority: Authority):
        who = each_authority.person()

        assert judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=each_authority.issuing)).indication is Indication.PASSED

    def test_may_name_the_responder_by_its_name(self, each_authority: Authority):
        who, by = each_authority.person(), each_authority.responder()
        responder = Responder(by.key, (by.certificate.der,), by.certificate.subject.der)

        assert judged(each_authority, who, ocsp_response([each_authority.answer(who)], responder, AT)).indication is Indication.PASSED

    @pytest.mark.parametrize("digest_oid", [oids.SHA_1, oids.SHA_256, oids.STREEBOG_256])
    def test_may_identify_the_certificate_by_any_digest(self, each_authority: Authority, digest_oid: str):
        who = each_authority.person()

        assert judged(each_authority, who, each_authority.ocsp(each_authority.answer(who, digest_oid=digest_oid))).indication is Indication.PASSED

    def test_may_be_one_of_several(self, each_authority: Authority):
        who, other = each_authority.person(), each_authority.person()
        response = each_authority.ocsp(each_authority.answer(other, CertificateStatus.REVOKED, revoked_at=AT - DAY), each_authority.answer(who))

        assert judged(each_authority, who, response).indication is Indication.PASSED

    def test_repeat_the_nonce_that_was_sent(self, each_authority: Authority):
        who = each_authority.person()
        file = OcspFile(each_authority.ocsp(each_authority.answer(who), nonce=b"12345678"), nonce=b"12345678")
        evidence = Evidence(given=Bundle(crls=(each_authority.crl(by=each_authority.root),), ocsp=(file,)))

        assert each_authority.judge(each_authority.sign(who=who), evidence=evidence).indication is Indication.PASSED

    def test_do_not_come_as_a_file_in_the_form_that_signatures_carry(self, each_authority: Authority):
        who, by = each_authority.person(), each_authority.responder()
        basic = basic_response([each_authority.answer(who)], Responder(by.key, (by.certificate.der,)), AT)

        assert_rejected(judged(each_authority, who, basic), "revocation.unreadable")


class TestRevoked:
    def test_is_heard(self, each_authority: Authority):
        who = each_authority.person()
        response = each_authority.ocsp(each_authority.answer(who, CertificateStatus.REVOKED, revoked_at=AT - DAY))

        assert judged(each_authority, who, response).sub_indication is SubIndication.REVOKED_NO_POE

    def test_outweighs_a_list_that_does_not_know_yet(self, each_authority: Authority):
        who = each_authority.person()
        response = each_authority.ocsp(each_authority.answer(who, CertificateStatus.REVOKED, revoked_at=AT - MINUTE))

        assert "XCV_REVOKED_NO_POE" in reason_ids(judged(each_authority, who, response, crls=(each_authority.crl(),)))

    def test_unknown_does_not_outweigh_a_list(self, each_authority: Authority):
        who = each_authority.person()
        response = each_authority.ocsp(each_authority.answer(who, CertificateStatus.UNKNOWN))

        assert judged(each_authority, who, response, crls=(each_authority.crl(),)).indication is Indication.PASSED


class TestRejected:
    def test_uc_05_this_update_in_the_future(self, each_authority: Authority):
        who = each_authority.person()
        answer = each_authority.answer(who, this_update=AT + timedelta(seconds=61))

        assert_rejected(judged(each_authority, who, each_authority.ocsp(answer, produced_at=AT + timedelta(seconds=61))), "revocation.future")

    def test_uc_06_next_update_is_over(self, each_authority: Authority):
        who = each_authority.person()
        answer = each_authority.answer(who, this_update=AT - DAY, next_update=AT - timedelta(seconds=1))

        assert_rejected(judged(each_authority, who, each_authority.ocsp(answer, produced_at=AT - DAY)), "ocsp.stale")

    def test_uc_06_an_answer_without_a_term_is_good_for_a_moment(self, each_authority: Authority):
        who = each_authority.person()

        def judge(this_update: datetime) -> Verdict:
            return judged(
                each_authority, who, each_authority.ocsp(each_authority.answer(who, this_update=this_update, next_update=None), produced_at=this_update)
            )

        assert judge(AT - timedelta(seconds=60)).indication is Indication.PASSED
        assert_rejected(judge(AT - timedelta(seconds=61)), "ocsp.stale")

    def test_uc_07_nonce_is_another(self, each_authority: Authority):
        who = each_authority.person()
        for nonce in (None, b"87654321"):
            file = OcspFile(each_authority.ocsp(each_authority.answer(who), nonce=nonce), nonce=b"12345678")
            evidence = Evidence(given=Bundle(crls=(each_authority.crl(by=each_authority.root),), ocsp=(file,)))

            assert_rejected(each_authority.judge(each_authority.sign(who=who), evidence=evidence), "ocsp.nonce")

    @pytest.mark.parametrize(
        "extensions",
        [
            (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE),),
            (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_TIME_STAMPING)),
            (ext.key_usage(KeyUsage.KEY_AGREEMENT), ext.extended_key_usage(oids.EKU_OCSP_SIGNING)),
        ],
        ids=["no purpose", "another purpose", "no digital signature"],
    )
    def test_uc_08_responder_has_no_right_to_answer(self, each_authority: Authority, extensions: tuple[bytes, ...]):
        who = each_authority.person()

        assert_rejected(
            judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=each_authority.responder(extensions))), "ocsp.not-delegated"
        )

    def test_uc_08_responder_of_another_authority(self, each_authority: Authority):
        who = each_authority.person()
        stranger = each_authority.responder(by=each_authority.root)

        assert_rejected(judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=stranger)), "ocsp.not-delegated")

    def test_uc_09_answer_about_a_namesake_of_another_issuer(self, each_authority: Authority):
        who = each_authority.person()
        answer = each_authority.answer(who, by=each_authority.root)

        assert_rejected(judged(each_authority, who, each_authority.ocsp(answer)), "ocsp.other-certificate")

    def test_uc_09_answer_about_another_certificate(self, each_authority: Authority):
        who = each_authority.person()

        verdict = judged(each_authority, who, each_authority.ocsp(each_authority.answer(each_authority.person())))

        assert "XCV_NO_REVOCATION_DATA" in reason_ids(verdict)

    def test_uc_10_produced_before_its_own_answer(self, each_authority: Authority):
        who = each_authority.person()

        assert_rejected(judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), produced_at=AT - DAY)), "ocsp.times")

    def test_signature_of_the_response_is_wrong(self, each_authority: Authority):
        who, by = each_authority.person(), each_authority.responder()
        liar = Responder(each_authority.key("liar"), (by.certificate.der,), by.certificate.subject.der)

        assert_rejected(judged(each_authority, who, ocsp_response([each_authority.answer(who)], liar, AT)), "ocsp.responder")

    def test_responder_was_revoked(self, each_authority: Authority):
        who = each_authority.person()
        plain = each_authority.responder((ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_OCSP_SIGNING)))
        stale = {"this_update": AT - 3 * DAY, "next_update": AT - 2 * DAY}
        listed = each_authority.crl(Line(plain.certificate.serial_number, AT - 4 * DAY), **stale)  # type: ignore[arg-type]

        assert_rejected(judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=plain), crls=(listed,)), "ocsp.responder-revoked")

    def test_nothing_is_known_about_a_responder_without_nocheck(self, each_authority: Authority):
        who = each_authority.person()
        plain = each_authority.responder((ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_OCSP_SIGNING)))

        assert_rejected(judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=plain)), "ocsp.responder-revoked")

    def test_certificate_of_the_responder_was_over_when_it_answered(self, each_authority: Authority):
        who = each_authority.person()
        late = each_authority.responder(not_after=AT - DAY)

        verdict = judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=late))

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.REVOCATION_OUT_OF_BOUNDS_NO_POE)
        assert "XCV_REVOCATION_SIGNER" in reason_ids(verdict)

    def test_certificate_of_the_responder_is_over_now(self, each_authority: Authority):
        who = each_authority.person()
        brief = each_authority.responder(not_after=AT - MINUTE)

        verdict = judged(each_authority, who, each_authority.ocsp(each_authority.answer(who), by=brief))

        assert verdict.sub_indication is SubIndication.REVOCATION_OUT_OF_BOUNDS_NO_POE
