"""Every row of the table of expected verdicts in the README of the vectors, on both back-ends."""

from datetime import UTC, datetime

import pytest

from signatures.core.verdict import CheckKey, CheckState, Indication, Qualification, SubIndication, Verdict
from tests.plugins.vectors import DemoCase, vector

DOCUMENT, SIGNATURE = vector("demo/doc.txt"), vector("demo/doc.sig")
TC26_ROOT = "tc26_cms/root256_cert.pem"


def answer(verdict: Verdict) -> tuple[Indication, SubIndication | None]:
    return verdict.indication, verdict.sub_indication


def ids(verdict: Verdict) -> set[str]:
    return {one.id for signature in verdict.signatures for one in signature.reasons} | {one.id for one in verdict.notes}


class TestDemo:
    def test_passes_with_its_document(self, judge: DemoCase):
        verdict = judge(DOCUMENT, SIGNATURE)

        assert answer(verdict) == (Indication.PASSED, None)
        assert (verdict.qualification, verdict.level) == (Qualification.UNDEFINED, Qualification.QUALIFIED)
        assert {one.id for one in verdict.signatures[0].reasons} == {"QUAL_PROFILE_795", "QUAL_AUTHORITY"}

    def test_passes_attached(self, judge: DemoCase):
        assert answer(judge(None, vector("demo/doc_att.sig"))) == (Indication.PASSED, None)

    def test_passes_attached_with_the_same_document_beside_it(self, judge: DemoCase):
        assert answer(judge(DOCUMENT, vector("demo/doc_att.sig"))) == (Indication.PASSED, None)

    def test_says_who_signed_and_how(self, judge: DemoCase):
        signature = judge(DOCUMENT, SIGNATURE).signatures[0]

        assert (signature.format, signature.format_level) == ("CAdES", "BES")
        assert signature.signer.name == "Тестов Тест Тестович"
        assert signature.signer.snils == "00000000001"
        assert [link.revocation for link in signature.chain] == ["good", "good", ""]
        assert [link.is_anchor for link in signature.chain] == [False, False, True]
        assert signature.times.claimed == datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC)

    def test_answers_each_separate_check(self, judge: DemoCase):
        states = {check.key: check.state for check in judge(DOCUMENT, SIGNATURE).signatures[0].checks}

        assert states == {
            CheckKey.INTEGRITY: CheckState.YES,
            CheckKey.VALIDITY: CheckState.YES,
            CheckKey.REVOCATION: CheckState.YES,
            CheckKey.CHAIN: CheckState.YES,
            CheckKey.TIMESTAMP: CheckState.NOT_APPLICABLE,
            CheckKey.PROFILE_795: CheckState.NO,
            CheckKey.AUTHORITY: CheckState.NOT_CHECKED,
        }

    def test_counts_the_first_second_of_every_term(self, judge: DemoCase):
        assert answer(judge(DOCUMENT, SIGNATURE, at=datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC))) == (Indication.PASSED, None)

    def test_counts_the_last_second_of_the_lists(self, judge: DemoCase):
        assert answer(judge(DOCUMENT, SIGNATURE, at=datetime(2026, 12, 22, 23, 48, 42, tzinfo=UTC))) == (Indication.PASSED, None)

    def test_fails_when_the_document_was_changed(self, judge: DemoCase):
        verdict = judge(vector("demo/neg_doc_tampered.txt"), SIGNATURE)

        assert answer(verdict) == (Indication.FAILED, SubIndication.HASH_FAILURE)
        assert "CV_HASH_MISMATCH" in ids(verdict)

    def test_fails_when_the_signature_value_was_changed(self, judge: DemoCase):
        assert answer(judge(DOCUMENT, vector("demo/neg_sigvalue_flipped.sig"))) == (Indication.FAILED, SubIndication.SIG_CRYPTO_FAILURE)

    def test_asks_for_the_document_when_it_is_alone(self, judge: DemoCase):
        verdict = judge(None, SIGNATURE)

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.SIGNED_DATA_NOT_FOUND)
        assert verdict.signatures[0].checks[0].state is CheckState.NOT_CHECKED

    def test_waits_for_revocation_lists(self, judge: DemoCase):
        verdict = judge(DOCUMENT, SIGNATURE, crls=())

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.TRY_LATER)
        assert "XCV_NO_REVOCATION_DATA" in ids(verdict)

    def test_waits_when_only_one_of_two_lists_is_there(self, judge: DemoCase):
        assert answer(judge(DOCUMENT, SIGNATURE, crls=("demo/iss.crl",))) == (Indication.INDETERMINATE, SubIndication.TRY_LATER)

    def test_waits_when_the_lists_are_over(self, judge: DemoCase):
        verdict = judge(DOCUMENT, SIGNATURE, at=datetime(2026, 12, 23, tzinfo=UTC))

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.TRY_LATER)
        assert "XCV_CRL_STALE" in ids(verdict)

    def test_finds_no_chain_under_another_anchor(self, judge: DemoCase):
        verdict = judge(DOCUMENT, SIGNATURE, roots=(TC26_ROOT,))

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND)
        assert "XCV_NO_CHAIN" in ids(verdict)

    def test_misses_a_proof_of_time_when_the_signer_has_expired(self, judge: DemoCase):
        verdict = judge(DOCUMENT, SIGNATURE, at=datetime(2029, 2, 1, tzinfo=UTC))

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.OUT_OF_BOUNDS_NO_POE)
        assert "XCV_EXPIRED" in ids(verdict)

    def test_is_no_signature_when_a_document_comes_in_its_place(self, judge: DemoCase):
        verdict = judge(None, DOCUMENT)

        assert ids(verdict) == {"FC_NOT_A_SIGNATURE"}
        assert (verdict.indication, verdict.signatures) == (Indication.FAILED, ())

    def test_names_the_document_by_both_digests(self, judge: DemoCase):
        inputs = dict(judge(DOCUMENT, SIGNATURE).inputs)

        assert inputs["document.sha256"] == "dabfcae5f4f755e9333486a05d81484c860597c916ac4aa412f3483fe0f1567c"
        assert len(inputs["document.streebog256"]) == 64
        assert inputs["signature.sha256"] == "e637481219533ea7b8e87d134824e05ccade0656ff716a036595c7604657e87d"


class TestTc26:
    def test_is_sound_but_its_root_is_no_authority(self, judge: DemoCase):
        verdict = judge(None, vector("tc26_cms/signed_a111.pem"), roots=(TC26_ROOT,), crls=())

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.CHAIN_CONSTRAINTS_FAILURE)
        assert {"XCV_ISSUER_NOT_CA", "XCV_KEY_USAGE", "SAV_SIGNING_CERT_ATTR"} <= ids(verdict)
        assert verdict.signatures[0].checks[0].state is CheckState.YES
        assert (verdict.signatures[0].format, verdict.signatures[0].format_level) == ("CMS", "")

    def test_finds_no_chain_without_an_anchor(self, judge: DemoCase):
        verdict = judge(None, vector("tc26_cms/signed_a111.pem"), roots=(), crls=())

        assert answer(verdict) == (Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND)

    @pytest.mark.parametrize("roots", [(), (TC26_ROOT,)])
    def test_fails_with_a_flipped_bit_under_any_anchor(self, judge: DemoCase, roots: tuple[str, ...]):
        verdict = judge(None, vector("tc26_cms/neg_signed_a111_flipped.der"), roots=roots, crls=())

        assert answer(verdict) == (Indication.FAILED, SubIndication.SIG_CRYPTO_FAILURE)
