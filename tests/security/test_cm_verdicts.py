"""CM: rows of the table «КЭП / CMS / certificates» that the verdict of the core decides (signatures.md 18.2).

Each case: the answer is never TOTAL-PASSED, and the reason is the fixed one.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import EcKey, Line, Signatory, SigningKey, cms
from signatures.core.build import extensions as ext
from signatures.core.certificates import KeyUsage
from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import curve_of
from signatures.core.policy import load_policy
from signatures.core.revocation_data import CertificateStatus, RevocationReason
from signatures.core.sign import cosign
from signatures.core.verdict import Indication, Qualification, ReasonKind, SubIndication, Verdict
from signatures.core.verify import verify
from tests.plugins.authority import AT, DOCUMENT, ISSUING_CURVE, Authority, authority_name, given, person_extensions, person_name, reason_ids, rsa_key

DAY = timedelta(days=1)


def assert_refused(verdict: Verdict, *ids: str, as_: tuple[Indication, SubIndication] | None = None) -> None:
    assert verdict.indication is not Indication.PASSED
    assert set(ids) <= reason_ids(verdict), reason_ids(verdict)
    if as_ is not None:
        assert (verdict.indication, verdict.sub_indication) == as_


@dataclass(frozen=True)
class BentKey:
    """A key that lies about itself or spoils what it signs."""

    key: SigningKey
    bend: Callable[[bytes], bytes] = bytes
    other_spki: bytes = b""
    digest: str = ""
    algorithm: bytes = b""

    @property
    def spki(self) -> bytes:
        return self.other_spki or self.key.spki

    @property
    def digest_oid(self) -> str:
        return self.digest or self.key.digest_oid

    @property
    def object_algorithm(self) -> bytes:
        return self.key.object_algorithm

    @property
    def cms_algorithm(self) -> bytes:
        return self.algorithm or self.key.cms_algorithm

    def sign(self, message: bytes) -> bytes:
        return self.bend(self.key.sign(message))


def container(authority: Authority, who: Signatory, attributes: bytes | None, signature: bytes, *, certificates: tuple[bytes, ...] | None = None) -> bytes:
    """Return a detached container of one signature made by hand."""
    inside = (who.certificate.der, *authority.chain) if certificates is None else certificates
    return cms.signed_data(cms.Container((who.key.digest_oid,), certificates=inside), [cms.signer_info(who, attributes, signature)])


def by_hand(authority: Authority, who: Signatory, attributes: bytes, **kwargs: tuple[bytes, ...]) -> bytes:
    return container(authority, who, attributes, who.key.sign(attributes), **kwargs)


class TestForgery:
    def test_CM_01_attributes_of_a_signature_shown_as_a_document(self, each_authority: Authority):
        who = each_authority.person()
        attributes = cms.signed_attributes(who, each_authority.backend.hasher(256).digest(), each_authority.backend)

        verdict = each_authority.judge(container(each_authority, who, None, who.key.sign(attributes)), attributes)

        assert_refused(verdict, "FC_FORGED_ATTRIBUTES", "SAV_SIGNED_ATTRS_MISSING", as_=(Indication.FAILED, SubIndication.FORMAT_FAILURE))

    def test_CM_02_no_signed_attributes_at_all(self, each_authority: Authority):
        who = each_authority.person()

        verdict = each_authority.judge(container(each_authority, who, None, who.key.sign(DOCUMENT)))

        assert_refused(verdict, "SAV_SIGNED_ATTRS_MISSING", as_=(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE))
        assert "CV_SIGNATURE_BAD" not in reason_ids(verdict)

    @pytest.mark.parametrize("junk", [b"\x00", b"junk", b"\x30\x00"])
    def test_CM_03_bytes_after_the_container(self, each_authority: Authority, junk: bytes):
        assert_refused(each_authority.judge(each_authority.sign() + junk), "FC_TRAILING_BYTES", as_=(Indication.FAILED, SubIndication.FORMAT_FAILURE))

    def test_CM_03_two_containers_in_one_file(self, each_authority: Authority):
        signature = each_authority.sign()

        assert_refused(each_authority.judge(signature + signature), "FC_TRAILING_BYTES")

    def test_CM_09_a_document_inside_and_another_beside(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(is_attached=True), b"another")

        assert_refused(verdict, "FC_TWO_CONTENTS", as_=(Indication.FAILED, SubIndication.FORMAT_FAILURE))

    def test_CM_10_a_lone_time_stamp(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.token(DOCUMENT))

        assert_refused(verdict, "FC_OTHER_CMS")
        assert verdict.notes[0].kind is ReasonKind.NOT_A_SIGNATURE


def with_digest(oid: str) -> str:
    """Return the name of hashlib for a weak digest."""
    return {oids.MD5: "md5", oids.SHA_1: "sha1"}[oid]


class TestWeakAlgorithms:
    @pytest.mark.parametrize("oid", [oids.MD5, oids.SHA_1])
    def test_CM_04_weak_digest_of_the_document(self, rsa_authority: Authority, oid: str):
        key = BentKey(rsa_key("weak"), digest=oid)
        who = rsa_authority.person(key=key)
        value = hashlib.new(with_digest(oid), DOCUMENT, usedforsecurity=False).digest()
        strong = Signatory(replace(key, digest=""), who.certificate)
        attributes = cms.signed_attributes(strong, value, rsa_authority.backend)

        assert_refused(
            rsa_authority.judge(by_hand(rsa_authority, who, attributes)),
            "SAV_WEAK_DIGEST",
            as_=(Indication.INDETERMINATE, SubIndication.CRYPTO_CONSTRAINTS_FAILURE),
        )

    @pytest.mark.parametrize("policy", ["stand", "kep-ru", "unep"])
    def test_CM_04_digest_of_1994(self, authority: Authority, policy: str):
        key = BentKey(authority.key("old"), digest=oids.GOST_94, algorithm=w.sequence(w.oid(oids.GOST_2001)))
        who = authority.person(key=key)
        attributes = cms.signed_attributes(Signatory(key.key, who.certificate), bytes(32), authority.backend)

        assert_refused(authority.judge(by_hand(authority, who, attributes), policy=policy), "SAV_OLD_GOST")

    def test_CM_04_rsa_of_1024_bits(self, rsa_authority: Authority):
        verdict = rsa_authority.judge(rsa_authority.sign(who=rsa_authority.person(key=rsa_key("short", 1024))))

        assert_refused(verdict, "SAV_WEAK_KEY", as_=(Indication.INDETERMINATE, SubIndication.CRYPTO_CONSTRAINTS_FAILURE))

    def test_CM_04_key_of_2001(self, authority: Authority):
        key = authority.key("of 2001")
        point = w.bits(w.octets(bytes(range(64))))
        old = w.sequence(w.sequence(w.oid(oids.GOST_2001), w.sequence(w.oid("1.2.643.2.2.35.1"), w.oid("1.2.643.2.2.30.1"))), point)
        who = authority.person(key=BentKey(key, other_spki=old))

        assert_refused(authority.judge(authority.sign(who=who)), "SAV_OLD_GOST")

    @pytest.mark.parametrize("curve", ["1.2.643.2.2.35.0", "1.2.643.7.1.2.1.2.0"])
    def test_CM_04_key_on_a_curve_of_the_examples(self, authority: Authority, curve: str):
        verdict = authority.judge(authority.sign(who=authority.person(curve=curve)))

        assert_refused(verdict, "SAV_TEST_PARAMSET", as_=(Indication.INDETERMINATE, SubIndication.CRYPTO_CONSTRAINTS_FAILURE))

    def test_CM_05_digest_of_another_length_than_the_key(self, authority: Authority):
        who = authority.person(key=BentKey(authority.key("mixed"), algorithm=w.sequence(w.oid(oids.GOST_2012_512))))

        assert_refused(authority.judge(authority.sign(who=who)), "FC_ALGORITHM_MISMATCH", as_=(Indication.FAILED, SubIndication.FORMAT_FAILURE))

    def test_CM_05_algorithm_of_another_family_than_the_key(self, rsa_authority: Authority, authority: Authority):
        who = rsa_authority.person(key=BentKey(rsa_key("family"), algorithm=w.sequence(w.oid("1.2.840.10045.4.3.2"))))

        assert_refused(rsa_authority.judge(rsa_authority.sign(who=who)), "FC_ALGORITHM_MISMATCH")


class TestSeveralSigners:
    def test_CM_07_one_bad_signature_of_two_spoils_the_document(self, each_authority: Authority):
        good = each_authority.person(surname="Верный")
        bad = each_authority.person(surname="Неверный", key=BentKey(each_authority.key("bad"), bend=lambda value: bytes([value[0] ^ 1]) + value[1:]))

        verdict = each_authority.judge(cosign(DOCUMENT, [good, bad], each_authority.backend, each_authority.options()))

        assert_refused(verdict, "CV_SIGNATURE_BAD", as_=(Indication.FAILED, SubIndication.SIG_CRYPTO_FAILURE))
        assert {one.indication for one in verdict.signatures} == {Indication.PASSED, Indication.FAILED}

    def test_CM_07_no_signers(self, each_authority: Authority):
        assert_refused(each_authority.judge(cms.signed_data(cms.Container((oids.SHA_256,)), [])), "FC_NO_SIGNERS")

    def test_CM_07_a_thousand_signers(self, rsa_authority: Authority):
        who = rsa_authority.person()
        infos = [cms.signer_info(who, None, number.to_bytes(256)) for number in range(1000)]

        assert_refused(rsa_authority.judge(cms.signed_data(cms.Container((oids.SHA_256,)), infos)), "FC_LIMITS")


class TestDetachedDocument:
    CHANGES = (
        ("swapped", b"another document"),
        ("truncated", DOCUMENT[:-1]),
        ("line ends changed", DOCUMENT.replace(b"\r\n", b"\n")),
        ("empty", b""),
        ("a byte added", DOCUMENT + b" "),
    )

    @pytest.mark.parametrize("changed", [document for _, document in CHANGES], ids=[name for name, _ in CHANGES])
    def test_CM_08_document_is_not_the_signed_one(self, each_authority: Authority, changed: bytes):
        assert_refused(each_authority.judge(each_authority.sign(), changed), "CV_HASH_MISMATCH", as_=(Indication.FAILED, SubIndication.HASH_FAILURE))

    def test_CM_08_an_empty_document_may_be_signed(self, each_authority: Authority):
        assert each_authority.judge(each_authority.sign(b""), b"").indication is Indication.PASSED


class TestSigningCertificate:
    def test_CM_11_certificate_is_absent(self, each_authority: Authority):
        who = each_authority.person()

        verdict = each_authority.judge(container_without_certificates(each_authority, who))

        assert_refused(verdict, "ISC_NO_SIGNING_CERT", as_=(Indication.INDETERMINATE, SubIndication.NO_SIGNING_CERTIFICATE_FOUND))

    def test_CM_11_certificate_given_beside_is_used(self, each_authority: Authority):
        who = each_authority.person()
        beside = given(each_authority.crls(), certificates=[who.certificate, each_authority.issuing.certificate])

        assert each_authority.judge(container_without_certificates(each_authority, who), evidence=beside).indication is Indication.PASSED

    def test_CM_11_two_certificates_of_one_number(self, each_authority: Authority):
        who, twin = each_authority.person(serial_number=77), each_authority.person(serial_number=77, label="twin")

        verdict = each_authority.judge(each_authority.sign(who=who, chain=(twin.certificate.der, *each_authority.chain)))

        assert_refused(verdict, "ISC_AMBIGUOUS", as_=(Indication.INDETERMINATE, SubIndication.NO_SIGNING_CERTIFICATE_FOUND))

    def test_CM_11_two_certificates_of_one_key_identifier(self, each_authority: Authority):
        who = each_authority.person()
        own = ext.extension(oids.SUBJECT_KEY_ID, w.octets(who.certificate.extensions.subject_key_id or b""))
        twin = each_authority.person((*person_extensions(), own), identifiers=False, label="twin")
        inside = (who.certificate.der, twin.certificate.der, *each_authority.chain)

        verdict = each_authority.judge(named_by_key(each_authority, who, inside))

        assert_refused(verdict, "ISC_AMBIGUOUS")
        assert each_authority.judge(named_by_key(each_authority, who, (who.certificate.der, *each_authority.chain))).indication is Indication.PASSED

    def test_CM_12_attribute_names_another_certificate(self, each_authority: Authority):
        who, other = each_authority.person(), each_authority.person(surname="Другой")
        value = document_digest(each_authority, who)
        attributes = cms.signed_attributes(Signatory(who.key, other.certificate), value, each_authority.backend)

        verdict = each_authority.judge(by_hand(each_authority, who, attributes))

        assert_refused(verdict, "ISC_CERT_HASH_MISMATCH", as_=(Indication.INDETERMINATE, SubIndication.NO_SIGNING_CERTIFICATE_FOUND))

    def test_CM_12_without_the_attribute_a_signature_is_not_bound(self, each_authority: Authority):
        who = each_authority.person()
        value = document_digest(each_authority, who)
        attributes = w.set_of(cms.attribute(oids.CONTENT_TYPE, w.oid(oids.DATA)), cms.attribute(oids.MESSAGE_DIGEST, w.octets(value)))

        assert_refused(each_authority.judge(by_hand(each_authority, who, attributes)), "SAV_SIGNING_CERT_ATTR")


def document_digest(authority: Authority, who: Signatory, document: bytes = DOCUMENT) -> bytes:
    """Return the digest that a signer's key asks for."""
    if who.key.digest_oid in {oids.STREEBOG_256, oids.STREEBOG_512}:
        running = authority.backend.hasher(256 if who.key.digest_oid == oids.STREEBOG_256 else 512)
        running.update(document)
        return running.digest()
    return hashlib.sha256(document).digest()


def container_without_certificates(authority: Authority, who: Signatory) -> bytes:
    attributes = cms.signed_attributes(who, document_digest(authority, who), authority.backend)
    return by_hand(authority, who, attributes, certificates=())


def named_by_key(authority: Authority, who: Signatory, inside: tuple[bytes, ...]) -> bytes:
    """Return a container whose signer is named by the identifier of its key (version 3 of SignerInfo)."""
    attributes = cms.signed_attributes(who, document_digest(authority, who), authority.backend)
    signer = w.sequence(
        w.integer(3),
        w.context_primitive(0, who.certificate.extensions.subject_key_id or b""),
        w.sequence(w.oid(who.key.digest_oid)),
        b"\xa0" + attributes[1:],
        who.key.cms_algorithm,
        w.octets(who.key.sign(attributes)),
    )
    return cms.signed_data(cms.Container((who.key.digest_oid,), certificates=inside), [signer])


class TestTerms:
    def test_CM_13_expired_certificate(self, each_authority: Authority):
        who = each_authority.person(not_after=AT - DAY)

        verdict = each_authority.judge(each_authority.sign(who=who, signing_time=AT - 2 * DAY))

        assert_refused(verdict, "XCV_EXPIRED", as_=(Indication.INDETERMINATE, SubIndication.OUT_OF_BOUNDS_NO_POE))

    def test_CM_13_certificate_is_not_valid_yet(self, each_authority: Authority):
        who = each_authority.person(not_before=AT + DAY)

        verdict = each_authority.judge(each_authority.sign(who=who, signing_time=None))

        assert_refused(verdict, "XCV_NOT_YET_VALID", as_=(Indication.INDETERMINATE, SubIndication.NOT_YET_VALID))

    def test_CM_13_signing_time_outside_of_the_term(self, each_authority: Authority):
        who = each_authority.person(not_before=AT - DAY)

        verdict = each_authority.judge(each_authority.sign(who=who, signing_time=AT - 2 * DAY))

        assert_refused(verdict, "SAV_TIME_OUTSIDE", as_=(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE))

    def test_CM_13_signing_time_in_the_future(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(signing_time=AT + timedelta(seconds=61)))

        assert_refused(verdict, "SAV_TIME_FUTURE", as_=(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE))

    def test_CM_13_clocks_may_differ_by_a_minute(self, each_authority: Authority):
        assert each_authority.judge(each_authority.sign(signing_time=AT + timedelta(seconds=60))).indication is Indication.PASSED


class TestRevocation:
    def test_CM_14_revoked_in_the_list(self, each_authority: Authority):
        who = each_authority.person()
        line = Line(who.certificate.serial_number, AT - DAY, RevocationReason.KEY_COMPROMISE)

        verdict = each_authority.judge(each_authority.sign(who=who), evidence=each_authority.evidence(line))

        assert_refused(verdict, "XCV_REVOKED_NO_POE", as_=(Indication.INDETERMINATE, SubIndication.REVOKED_NO_POE))

    def test_CM_14_list_is_stale(self, each_authority: Authority):
        old = {"this_update": AT - 3 * DAY, "next_update": AT - timedelta(seconds=1)}

        verdict = each_authority.judge(each_authority.sign(), evidence=given(each_authority.crls(**old)))

        assert_refused(verdict, "XCV_CRL_STALE", as_=(Indication.INDETERMINATE, SubIndication.TRY_LATER))

    def test_CM_14_list_is_signed_by_another_authority(self, each_authority: Authority):
        stranger = each_authority.issue_authority("чужой")
        lists = (each_authority.crl(by=each_authority.root), each_authority.crl(signer=stranger))

        verdict = each_authority.judge(each_authority.sign(), evidence=given(lists))

        assert_refused(verdict, "XCV_CRL_WRONG_ISSUER", as_=(Indication.INDETERMINATE, SubIndication.TRY_LATER))

    def test_CM_14_list_is_of_another_authority(self, each_authority: Authority):
        stranger = each_authority.issue_authority("чужой")

        verdict = each_authority.judge(each_authority.sign(), evidence=given([each_authority.crl(by=stranger)]))

        assert_refused(verdict, "XCV_CRL_WRONG_ISSUER")

    def test_CM_14_responder_does_not_know_the_certificate(self, each_authority: Authority):
        who = each_authority.person()
        response = each_authority.ocsp(each_authority.answer(who, CertificateStatus.UNKNOWN))

        verdict = each_authority.judge(each_authority.sign(who=who), evidence=given([each_authority.crl(by=each_authority.root)], [response]))

        assert_refused(verdict, "XCV_OCSP_UNKNOWN", as_=(Indication.INDETERMINATE, SubIndication.TRY_LATER))

    @pytest.mark.parametrize("garbage", [b"", b"garbage", b"\x30\x03\x0a\x01\x03"], ids=["empty", "text", "tryLater"])
    def test_CM_14_response_is_garbage(self, each_authority: Authority, garbage: bytes):
        verdict = each_authority.judge(each_authority.sign(), evidence=given([each_authority.crl(by=each_authority.root)], [garbage]))

        assert_refused(verdict, "XCV_OCSP_REJECTED", as_=(Indication.INDETERMINATE, SubIndication.TRY_LATER))

    def test_CM_14_source_is_down(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(), evidence=given())

        assert_refused(verdict, "XCV_NO_REVOCATION_DATA", as_=(Indication.INDETERMINATE, SubIndication.TRY_LATER))


class TestPaths:
    def test_CM_15_self_signed_signer(self, each_authority: Authority):
        himself = each_authority.person()
        who = each_authority.person(by=himself, key=himself.key)

        verdict = each_authority.judge(each_authority.sign(who=who, chain=()))

        assert_refused(verdict, "XCV_SELF_SIGNED", as_=(Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND))

    @pytest.mark.parametrize(
        "extensions",
        [
            (ext.basic_constraints(is_ca=False),),
            (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE),),
            (ext.basic_constraints(is_ca=True), ext.key_usage(KeyUsage.CRL_SIGN)),
        ],
        ids=["CA:FALSE", "no basicConstraints", "no keyCertSign"],
    )
    def test_CM_15_issuer_is_no_authority(self, each_authority: Authority, extensions: tuple[bytes, ...]):
        false = each_authority.issue_authority("самозванец", extensions=extensions)
        who = each_authority.person(by=false)
        lists = (each_authority.crl(by=each_authority.root), each_authority.crl(by=false))

        verdict = each_authority.judge(each_authority.sign(who=who, chain=(false.certificate.der,)), evidence=given(lists))

        assert_refused(verdict, "XCV_ISSUER_NOT_CA", as_=(Indication.INDETERMINATE, SubIndication.CHAIN_CONSTRAINTS_FAILURE))

    def test_CM_15_path_is_longer_than_allowed(self, each_authority: Authority):
        lower = each_authority.issue_authority("нижний", by=each_authority.issuing)
        who = each_authority.person(by=lower)
        lists = (*each_authority.crls(), each_authority.crl(by=lower))

        verdict = each_authority.judge(each_authority.sign(who=who, chain=(lower.certificate.der, *each_authority.chain)), evidence=given(lists))

        assert_refused(verdict, "XCV_PATHLEN", as_=(Indication.INDETERMINATE, SubIndication.CHAIN_CONSTRAINTS_FAILURE))

    @pytest.mark.parametrize(
        "extensions",
        [
            person_extensions(usages=(KeyUsage.KEY_ENCIPHERMENT,)),
            person_extensions()[1:],
            [person_extensions()[0], ext.extended_key_usage(oids.EKU_TIME_STAMPING), *person_extensions()[2:]],
        ],
        ids=["encryption only", "no keyUsage", "time-stamping only"],
    )
    def test_CM_15_key_is_not_for_documents(self, each_authority: Authority, extensions: list[bytes]):
        verdict = each_authority.judge(each_authority.sign(who=each_authority.person(extensions)))

        assert_refused(verdict, "XCV_KEY_USAGE", as_=(Indication.INDETERMINATE, SubIndication.CHAIN_CONSTRAINTS_FAILURE))

    def test_CM_15_unknown_critical_extension(self, each_authority: Authority):
        strange = ext.extension("1.2.3.4.5", w.null(), critical=True)

        verdict = each_authority.judge(each_authority.sign(who=each_authority.person([*person_extensions(), strange])))

        assert_refused(verdict, "XCV_CRITICAL_EXTENSION", as_=(Indication.INDETERMINATE, SubIndication.CHAIN_CONSTRAINTS_FAILURE))

    def test_CM_15_name_that_the_authority_may_not_certify(self, each_authority: Authority):
        limits = ext.name_constraints(permitted=[authority_name("ТОЛЬКО ЭТО")])
        usual = (ext.basic_constraints(is_ca=True, path_length=0), ext.key_usage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN))
        narrow = each_authority.issue_authority("узкий", extensions=(*usual, limits))
        lists = (each_authority.crl(by=each_authority.root), each_authority.crl(by=narrow))

        verdict = each_authority.judge(each_authority.sign(who=each_authority.person(by=narrow), chain=(narrow.certificate.der,)), evidence=given(lists))

        assert_refused(verdict, "XCV_NAME_CONSTRAINTS", as_=(Indication.INDETERMINATE, SubIndication.CHAIN_CONSTRAINTS_FAILURE))

    def test_CM_15_two_authorities_certify_each_other(self, each_authority: Authority):
        first = each_authority.issue_authority("первый")
        second = each_authority.issue_authority("второй", by=first)
        first_again = each_authority.issue_authority("первый", by=second, key=first.key)
        ring = (second.certificate.der, first_again.certificate.der)

        verdict = each_authority.judge(each_authority.sign(who=each_authority.person(by=second), chain=ring))

        assert_refused(verdict, "XCV_CHAIN_LIMIT", as_=(Indication.INDETERMINATE, SubIndication.CERTIFICATE_CHAIN_GENERAL_FAILURE))

    def test_CM_15_chain_of_thirty(self, rsa_authority: Authority):
        by, chain = rsa_authority.root, []
        for number in range(30):
            by = rsa_authority.issue_authority(f"звено {number}", by=by, path_length=None, key=rsa_key("link"))
            chain.append(by.certificate.der)

        verdict = rsa_authority.judge(rsa_authority.sign(who=rsa_authority.person(by=by), chain=tuple(chain)))

        assert_refused(verdict, "XCV_CHAIN_LIMIT", as_=(Indication.INDETERMINATE, SubIndication.CERTIFICATE_CHAIN_GENERAL_FAILURE))

    def test_CM_15_issuer_of_the_right_name_and_the_wrong_key(self, each_authority: Authority):
        namesake = each_authority.issue_authority(key=each_authority.key("namesake", ISSUING_CURVE))
        who = each_authority.issue(person_name(), person_extensions(), by=namesake, identifiers=False)

        verdict = each_authority.judge(each_authority.sign(who=who))

        assert_refused(verdict, "XCV_CHAIN_SIGNATURE", as_=(Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND))

    def test_CM_15_unknown_authority(self, each_authority: Authority):
        stranger = Authority(each_authority.backend, each_authority.family, "ЧУЖОЙ")

        verdict = each_authority.judge(stranger.sign())

        assert_refused(verdict, "XCV_NO_CHAIN", as_=(Indication.INDETERMINATE, SubIndication.NO_CERTIFICATE_CHAIN_FOUND))


def gost_spki(curve: str, point: bytes) -> bytes:
    return w.sequence(w.sequence(w.oid(oids.GOST_2012_256), w.sequence(w.oid(curve))), w.bits(w.octets(point)))


class TestNumbers:
    """CM-16: keys and numbers that no honest program makes."""

    CURVE = "1.2.643.7.1.2.1.1.2"

    @pytest.mark.parametrize("point", [bytes(64), b"\xff" * 64, bytes(range(64))], ids=["zeros", "past the field", "off the curve"])
    def test_CM_16_point_is_not_on_its_curve(self, authority: Authority, point: bytes):
        who = authority.person(key=BentKey(authority.key("off"), other_spki=gost_spki(self.CURVE, point)))

        assert_refused(authority.judge(authority.sign(who=who)), "CV_KEY_INVALID", as_=(Indication.FAILED, SubIndication.SIG_CRYPTO_FAILURE))

    def test_CM_16_point_of_another_parameter_set(self, authority: Authority):
        key = authority.key("moved", "1.2.643.7.1.2.1.1.3")
        who = authority.person(key=BentKey(key, other_spki=key.spki.replace(w.oid("1.2.643.7.1.2.1.1.3"), w.oid(self.CURVE))))

        assert_refused(authority.judge(authority.sign(who=who)), "CV_KEY_INVALID")

    def test_CM_16_ec_point_is_not_on_its_curve(self, rsa_authority: Authority):
        key = EcKey(ec.generate_private_key(ec.SECP256R1()))
        spoiled = key.spki[:-1] + bytes([key.spki[-1] ^ 1])
        who = rsa_authority.person(key=BentKey(key, other_spki=spoiled))

        assert_refused(rsa_authority.judge(rsa_authority.sign(who=who)), "CV_KEY_INVALID")

    @pytest.mark.parametrize("half", ["s", "r"])
    @pytest.mark.parametrize("number", ["zero", "order", "all ones"])
    def test_CM_16_number_out_of_range(self, authority: Authority, half: str, number: str):
        value = {"zero": bytes(32), "order": curve_of(self.CURVE).q.to_bytes(32), "all ones": b"\xff" * 32}[number]
        key = BentKey(authority.key("range"), bend=lambda given: value + given[32:] if half == "s" else given[:32] + value)

        verdict = authority.judge(authority.sign(who=authority.person(key=key)))

        assert_refused(verdict, "CV_SIGNATURE_RANGE", as_=(Indication.FAILED, SubIndication.SIG_CRYPTO_FAILURE))

    @pytest.mark.parametrize("size", [0, 63, 65, 128])
    def test_CM_16_signature_of_a_wrong_length(self, authority: Authority, size: int):
        verdict = authority.judge(authority.sign(who=authority.person(key=BentKey(authority.key("length"), bend=lambda value: (value * 2)[:size]))))

        assert_refused(verdict, "CV_SIGNATURE_RANGE")

    @pytest.mark.parametrize(
        ("bend", "hint"),
        [(lambda value: value[32:] + value[:32], "swapped"), (lambda value: value[::-1], "reversed")],
        ids=["r and s swapped", "bytes reversed"],
    )
    def test_CM_16_known_mistake_is_named_but_stays_a_failure(self, authority: Authority, bend: Callable[[bytes], bytes], hint: str):
        verdict = authority.judge(authority.sign(who=authority.person(key=BentKey(authority.key("mistake"), bend=bend))))

        assert_refused(verdict, "CV_SIGNATURE_BAD", as_=(Indication.FAILED, SubIndication.SIG_CRYPTO_FAILURE))
        assert hint in verdict.signatures[0].reasons[0].detail


class TestQualification:
    def test_CM_18_marks_are_absent(self, each_authority: Authority):
        signature = each_authority.sign(who=each_authority.person(person_extensions(is_qualified=False)))

        verdict = each_authority.judge(signature)

        assert_refused(verdict, "QUAL_NOT_QUALIFIED", as_=(Indication.INDETERMINATE, SubIndication.SIG_CONSTRAINTS_FAILURE))
        assert verdict.level is Qualification.ADVANCED


class BrokenBackend(Gost):
    """A back-end with a fault."""

    def verify(self, curve_oid: str, spki_bytes: bytes, digest: bytes, signature: bytes) -> bool:
        raise RuntimeError("the library is gone")


class TestFaults:
    def test_CM_25_fault_of_the_back_end_is_no_acceptance(self, authority: Authority, pure_gost: Gost):
        signature = authority.sign()
        broken = BrokenBackend(pure_gost.arithmetic, pure_gost.hashes)

        verdict = verify(DOCUMENT, signature, policy=load_policy("stand"), trust=authority.trust(), at=AT, backend=broken, evidence=authority.evidence())

        assert_refused(verdict, "SYS_VERIFIER_ERROR", as_=(Indication.INDETERMINATE, SubIndication.GENERIC))
        assert "the library is gone" in verdict.notes[0].detail

    def test_CM_25_fault_while_the_document_is_read_is_no_acceptance(self, each_authority: Authority):
        def document() -> Iterator[bytes]:
            yield DOCUMENT
            raise OSError("the disk is gone")

        assert_refused(each_authority.judge(each_authority.sign(), document()), "SYS_VERIFIER_ERROR")

    @pytest.mark.parametrize(
        "step", ["format_block", "identification_block", "cryptographic_block", "certificate_block", "acceptance_block", "qualification_block"]
    )
    def test_CM_25_fault_of_any_step_is_no_acceptance(self, rsa_authority: Authority, monkeypatch: pytest.MonkeyPatch, step: str):
        def fail(*_: object) -> None:
            raise KeyError(step)

        monkeypatch.setattr(f"signatures.core.verify.steps.{step}", fail)

        assert_refused(rsa_authority.judge(rsa_authority.sign()), "SYS_VERIFIER_ERROR")
