import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, timezone

import pytest

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import Line, Signatory, SigningKey, cms
from signatures.core.cms import parse_signed_data
from signatures.core.gost.backend import Gost
from signatures.core.memo import Memo
from signatures.core.policy import load_policy
from signatures.core.reasons import reason, texts
from signatures.core.sign import countersignature, sign_digest
from signatures.core.verdict import Block, CheckKey, CheckState, ConstraintStatus, Indication, ReasonKind, SubIndication, Verdict
from signatures.core.verify import Digests, Rules, refused, verify
from tests.plugins.authority import AT, DOCUMENT, Authority, given, reason_ids

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class TestDocument:
    def test_may_come_in_pieces(self, each_authority: Authority):
        pieces = (DOCUMENT[at : at + 7] for at in range(0, len(DOCUMENT), 7))

        assert each_authority.judge(each_authority.sign(), pieces).indication is Indication.PASSED

    def test_is_read_once(self, each_authority: Authority):
        reads = []

        def document() -> Iterator[bytes]:
            reads.append(1)
            yield DOCUMENT

        each_authority.judge(each_authority.sign(), document())

        assert reads == [1]

    def test_may_be_known_by_its_digest_only(self, each_authority: Authority):
        who = each_authority.person()
        value = algorithms.digest(who.key.digest_oid, DOCUMENT, each_authority.backend)

        verdict = each_authority.judge(each_authority.sign(who=who), Digests({who.key.digest_oid: value}))

        assert verdict.indication is Indication.PASSED
        assert each_authority.judge(each_authority.sign(who=who), Digests({who.key.digest_oid: bytes(len(value))})).sub_indication is SubIndication.HASH_FAILURE

    def test_known_by_another_digest_is_not_found(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(), Digests({oids.SHA_384: hashlib.sha384(DOCUMENT).digest()}))

        assert verdict.sub_indication is SubIndication.SIGNED_DATA_NOT_FOUND

    def test_digest_beside_an_attached_document_is_compared(self, each_authority: Authority):
        attached = each_authority.sign(is_attached=True)
        right, wrong = (Digests({oids.SHA_256: hashlib.sha256(value).digest()}) for value in (DOCUMENT, b"another"))

        assert each_authority.judge(attached, right).indication is Indication.PASSED
        assert "FC_TWO_CONTENTS" in reason_ids(each_authority.judge(attached, wrong))
        assert "FC_TWO_CONTENTS" in reason_ids(each_authority.judge(attached, Digests({})))

    def test_that_looks_like_attributes_is_refused_with_a_sound_signature_too(self, each_authority: Authority):
        who = each_authority.person()
        document = cms.signed_attributes(who, bytes(32), each_authority.backend)

        verdict = each_authority.judge(each_authority.sign(document, who), document)

        assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)
        assert "FC_FORGED_ATTRIBUTES" in reason_ids(verdict)

    def test_may_be_signed_by_its_digest(self, each_authority: Authority):
        who = each_authority.person()
        value = algorithms.digest(who.key.digest_oid, DOCUMENT, each_authority.backend)

        assert each_authority.judge(sign_digest(value, who, each_authority.backend, each_authority.options())).indication is Indication.PASSED


class TestCountersignatures:
    def countersigned(self, authority: Authority, counter: Signatory, over: bytes | None = None) -> bytes:
        who = authority.person()
        attributes = cms.signed_attributes(who, algorithms.digest(who.key.digest_oid, DOCUMENT, authority.backend), authority.backend)
        value = who.key.sign(attributes)
        info = cms.signer_info(who, attributes, value, [countersignature(over or value, counter, authority.backend, AT - MINUTE)])
        inside = (who.certificate.der, counter.certificate.der, *authority.chain)
        return cms.signed_data(cms.Container((who.key.digest_oid,), certificates=inside), [info])

    def test_are_judged_in_the_same_way(self, each_authority: Authority):
        counter = each_authority.person(surname="Заверитель")

        verdict = each_authority.judge(self.countersigned(each_authority, counter))

        (found,) = verdict.signatures[0].countersignatures
        assert verdict.indication is Indication.PASSED
        assert (found.indication, found.signer.name) == (Indication.PASSED, "Заверитель Тест Тестович")

    def test_over_another_signature_spoil_the_signature(self, each_authority: Authority):
        verdict = each_authority.judge(self.countersigned(each_authority, each_authority.person(), over=b"another"))

        assert "SAV_COUNTERSIGNATURE" in reason_ids(verdict)
        assert verdict.signatures[0].countersignatures[0].sub_indication is SubIndication.HASH_FAILURE
        assert verdict.indication is Indication.INDETERMINATE

    def test_of_strangers_do_not_spoil_it(self, each_authority: Authority):
        stranger = Authority(each_authority.backend, each_authority.family, "ЧУЖОЙ").person()

        verdict = each_authority.judge(self.countersigned(each_authority, stranger))

        assert verdict.indication is Indication.PASSED
        assert verdict.signatures[0].countersignatures[0].sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


class TestSignaturePolicy:
    def explicit(self, value: bytes) -> bytes:
        return cms.attribute(oids.SIGNATURE_POLICY, value)

    def test_unknown_one_is_named(self, each_authority: Authority):
        value = w.sequence(w.oid("1.2.3.4"), w.sequence(w.sequence(w.oid(oids.SHA_256)), w.octets(bytes(32))))

        verdict = each_authority.judge(each_authority.sign(signed_attributes=(self.explicit(value),)))

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.SIGNATURE_POLICY_NOT_AVAILABLE)
        assert "VCI_POLICY_UNKNOWN" in reason_ids(verdict)

    def test_known_one_passes(self, each_authority: Authority):
        value = w.sequence(w.oid("1.2.3.4"), w.sequence(w.sequence(w.oid(oids.SHA_256)), w.octets(bytes(32))))
        policy = replace(load_policy("stand"), signature_policies=frozenset({"1.2.3.4"}))

        assert each_authority.judge(each_authority.sign(signed_attributes=(self.explicit(value),)), policy=policy).indication is Indication.PASSED

    def test_implied_one_passes(self, each_authority: Authority):
        assert each_authority.judge(each_authority.sign(signed_attributes=(self.explicit(w.null()),))).indication is Indication.PASSED


class TestBinding:
    """signingCertificateV2 under the policies."""

    def unbound(self, authority: Authority) -> bytes:
        who = authority.person()
        value = algorithms.digest(who.key.digest_oid, DOCUMENT, authority.backend)
        attributes = w.set_of(cms.attribute(oids.CONTENT_TYPE, w.oid(oids.DATA)), cms.attribute(oids.MESSAGE_DIGEST, w.octets(value)))
        info = cms.signer_info(who, attributes, who.key.sign(attributes))
        return cms.signed_data(cms.Container((who.key.digest_oid,), certificates=(who.certificate.der, *authority.chain)), [info])

    def test_is_only_advised_by_unep(self, each_authority: Authority):
        policy = replace(load_policy("unep"), standings=load_policy("stand").standings)

        verdict = each_authority.judge(self.unbound(each_authority), policy=policy)

        found = next(one for one in verdict.signatures[0].reasons if one.id == "SAV_SIGNING_CERT_ATTR")
        assert (verdict.indication, found.kind) == (Indication.PASSED, ReasonKind.WARNING)

    def test_of_version_1_is_not_enough(self, each_authority: Authority):
        who = each_authority.person()
        value = algorithms.digest(who.key.digest_oid, DOCUMENT, each_authority.backend)
        first = w.sequence(w.sequence(w.sequence(w.octets(hashlib.sha1(who.certificate.der, usedforsecurity=False).digest()))))
        attributes = w.set_of(
            cms.attribute(oids.CONTENT_TYPE, w.oid(oids.DATA)),
            cms.attribute(oids.MESSAGE_DIGEST, w.octets(value)),
            cms.attribute(oids.SIGNING_CERTIFICATE, first),
        )
        info = cms.signer_info(who, attributes, who.key.sign(attributes))
        container = cms.Container((who.key.digest_oid,), certificates=(who.certificate.der, *each_authority.chain))

        verdict = each_authority.judge(cms.signed_data(container, [info]))

        assert "SAV_SIGNING_CERT_ATTR" in reason_ids(verdict)
        assert "ISC_CERT_HASH_MISMATCH" not in reason_ids(verdict)


class TestAnswer:
    def test_worst_signature_decides_about_the_document(self, each_authority: Authority):
        """UC-01: every answer but «верна» has a sub-indication and a reason."""
        revoked = each_authority.person()

        verdict = each_authority.judge(
            each_authority.sign(who=revoked), b"another", evidence=each_authority.evidence(Line(revoked.certificate.serial_number, AT - DAY))
        )

        assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.HASH_FAILURE)
        assert [one.id for one in verdict.signatures[0].reasons[:2]] == ["CV_HASH_MISMATCH", "XCV_REVOKED_NO_POE"]

    def test_every_step_runs_although_the_first_one_failed(self, each_authority: Authority):
        states = {check.key: check.state for check in each_authority.judge(each_authority.sign(), b"another").signatures[0].checks}

        assert states[CheckKey.INTEGRITY] is CheckState.NO
        assert states[CheckKey.CHAIN] is states[CheckKey.REVOCATION] is states[CheckKey.VALIDITY] is CheckState.YES

    def test_every_block_stands_in_the_tree(self, each_authority: Authority):
        constraints = each_authority.judge(each_authority.sign()).signatures[0].constraints

        assert {one.block for one in constraints} == set(Block)
        assert ConstraintStatus.NOT_OK not in {one.status for one in constraints}

    def test_names_policy_time_and_software(self, rsa_authority: Authority):
        moscow = timezone(timedelta(hours=3))

        verdict = verify(
            DOCUMENT,
            rsa_authority.sign(),
            policy=load_policy("stand"),
            trust=rsa_authority.trust(),
            at=AT.astimezone(moscow),
            backend=rsa_authority.backend,
            evidence=rsa_authority.evidence(),
            software="1.2.3",
        )

        assert (verdict.policy, verdict.validation_time, verdict.software) == (load_policy("stand").ref, AT, "1.2.3")
        assert verdict.validation_time.tzinfo is UTC

    def test_names_the_back_end(self, authority: Authority, pure_gost: Gost):
        verdict = verify(DOCUMENT, b"", policy=load_policy("stand"), trust=authority.trust(), at=AT, backend=pure_gost)

        assert (verdict.backend.curve, verdict.backend.hash) == ("pure", "pure")

    def test_does_not_depend_on_the_memory(self, each_authority: Authority):
        signature, memo, evidence = each_authority.sign(), Memo(), each_authority.evidence()

        def judge() -> Verdict:
            return verify(
                DOCUMENT,
                signature,
                policy=load_policy("stand"),
                trust=each_authority.trust(),
                at=AT,
                backend=each_authority.backend,
                evidence=evidence,
                memo=memo,
            )

        assert judge() == judge()
        assert len(memo) > 0

    def test_ber_container_is_noted(self, each_authority: Authority):
        signature = each_authority.sign()
        indefinite = b"\x30\x80" + signature[4:] + b"\x00\x00"

        verdict = each_authority.judge(indefinite)

        assert verdict.indication is Indication.PASSED
        assert [one.id for one in verdict.notes] == ["FC_BER_NOTE"]

    def test_unreadable_certificate_inside_is_a_refusal(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(chain=(*each_authority.chain, w.sequence(w.null()))))

        assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)
        assert "FC_ENCODING" in reason_ids(verdict)

    def test_unreadable_evidence_inside_is_a_refusal(self, each_authority: Authority):
        broken = cms.attribute(oids.REVOCATION_VALUES, w.octets(b"junk"))

        verdict = each_authority.judge(each_authority.sign(unsigned_attributes=(broken,)))

        assert verdict.sub_indication is SubIndication.FORMAT_FAILURE

    @pytest.mark.parametrize("reason_id", ["SYS_TIME_LIMIT", "VCI_POLICY_BROKEN"])
    def test_callers_refuse_in_the_same_shape(self, authority: Authority, reason_id: str):
        verdict = refused(reason(reason_id), rules=Rules(load_policy("stand"), authority.trust(), authority.backend), at=AT)

        assert verdict.indication is Indication.INDETERMINATE
        assert (verdict.signatures, verdict.notes[0].id) == ((), reason_id)

    def test_every_reason_has_its_words(self, authority: Authority):
        for name in ("ru", "en"):
            catalogue = texts(name)
            verdict = authority.judge(authority.sign(), b"another", evidence=given())
            for one in verdict.signatures[0].reasons:
                assert catalogue.what(one)
                assert catalogue.todo(one)

    def test_a_name_made_to_mislead_is_shown_safely(self, authority: Authority):
        """CM-21, the half of the core: direction marks and length."""
        verdict = authority.judge(authority.sign(who=authority.person(surname="Тест\u202eов" + "а" * 500)))

        assert "\u202e" not in verdict.signatures[0].signer.name
        assert len(verdict.signatures[0].signer.name) < 300


@dataclass(frozen=True)
class _Renamed:
    """A key whose algorithm carries these parameters."""

    key: SigningKey
    parameters: bytes

    @property
    def spki(self) -> bytes:
        return self.key.spki

    @property
    def digest_oid(self) -> str:
        return self.key.digest_oid

    @property
    def object_algorithm(self) -> bytes:
        return self.key.object_algorithm

    @property
    def cms_algorithm(self) -> bytes:
        return w.sequence(w.oid(oids.GOST_2012_256), self.parameters)

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


class TestParameters:
    """Fields that nothing signs must not carry what nothing reads."""

    @pytest.mark.parametrize(("parameters", "is_right"), [(b"", True), (w.null(), True), (b"\x07\x00", False), (w.sequence(), False)])
    def test_of_a_digest_are_null_or_absent(self, each_authority: Authority, parameters: bytes, is_right: bool):
        who = each_authority.person()
        plain = w.sequence(w.oid(who.key.digest_oid))
        attributes = cms.signed_attributes(who, algorithms.digest(who.key.digest_oid, DOCUMENT, each_authority.backend), each_authority.backend)
        strange = w.sequence(w.oid(who.key.digest_oid), parameters)
        info = cms.signer_info(who, attributes, who.key.sign(attributes))
        inner = info[4:].replace(plain, strange, 1)
        container = cms.Container((who.key.digest_oid,), certificates=(who.certificate.der, *each_authority.chain))

        verdict = each_authority.judge(cms.signed_data(container, [w.sequence(inner)]))

        assert (verdict.indication is Indication.PASSED) is is_right
        assert ("FC_ALGORITHM_MISMATCH" in reason_ids(verdict)) is not is_right

    def test_of_a_signature_repeat_those_of_the_key_at_most(self, authority: Authority):
        who = authority.person()
        own = who.certificate.public_key.algorithm.parameters or b""
        algorithms_ = {"own": own, "null": w.null(), "other": w.sequence(w.oid("1.2.643.7.1.2.1.1.1"))}

        answers = {name: authority.judge(authority.sign(who=Signatory(_Renamed(who.key, one), who.certificate))) for name, one in algorithms_.items()}

        assert [name for name, verdict in answers.items() if verdict.indication is Indication.PASSED] == ["own", "null"]
        assert "FC_ALGORITHM_MISMATCH" in reason_ids(answers["other"])


class TestEncoders:
    def test_signature_is_read_back_as_it_was_written(self, each_authority: Authority):
        who = each_authority.person()

        signer = parse_signed_data(each_authority.sign(who=who, signing_time=AT)).signers[0]

        assert signer.signing_time == AT
        assert signer.signing_certificate is not None
        assert (signer.sid.serial_number, signer.signing_certificate.version) == (who.certificate.serial_number, 2)


class TestMemo:
    def test_answers_once_for_the_same_bytes(self):
        memo, calls = Memo(), []

        for _ in range(3):
            assert memo.recall("kind", (b"a", b"b"), lambda: calls.append(1) or "answer") == "answer"

        assert calls == [1]

    def test_keeps_questions_apart(self):
        memo = Memo()
        memo.recall("one", (b"ab", b"c"), lambda: 1)

        assert memo.recall("one", (b"a", b"bc"), lambda: 2) == 2
        assert memo.recall("two", (b"ab", b"c"), lambda: 3) == 3

    def test_drops_what_was_not_asked_for_long(self):
        memo = Memo(limit=2)
        for name in (b"1", b"2", b"1", b"3"):
            memo.recall("kind", (name,), lambda name=name: name)

        assert len(memo) == 2
        assert memo.recall("kind", (b"1",), lambda: b"new") == b"1"
        assert memo.recall("kind", (b"2",), lambda: b"new") == b"new"

    def test_forgets_with_the_back_end(self):
        memo = Memo()
        memo.recall("kind", (b"1",), lambda: 1)

        memo.forget()

        assert len(memo) == 0

    def test_does_not_remember_a_fault(self):
        memo = Memo()
        with pytest.raises(ZeroDivisionError):
            memo.recall("kind", (b"1",), lambda: 1 // 0)

        assert memo.recall("kind", (b"1",), lambda: 1) == 1
