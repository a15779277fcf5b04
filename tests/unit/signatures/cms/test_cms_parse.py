"""The strict front parser: every vector, every field, every refusal of signatures.md 3.2."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import pkcs7

from signatures.core.asn1 import oids, writer
from signatures.core.cms import (
    BER_OUTER,
    CLIENT_SECRET,
    STRICT_DER,
    AlgorithmIdentifier,
    Concern,
    Encoding,
    SignerId,
    looks_like_attributes,
    parse_signed_data,
    parse_time_stamp_token,
    refuse_forged_content,
    refuse_other_content,
    signature_digest,
)
from tests.factories import asn1_tree, rsa
from tests.factories.containers import (
    NAME,
    Container,
    Signer,
    algorithm,
    attribute,
    content_type,
    message_digest,
    vector,
    vector_der,
)
from tests.factories.refusals import refusal

TC26_CONTENT = "Контрольный пример для структуры SignedData.".encode("cp1251")
FORGED = writer.set_of(content_type(), message_digest())


def refused(container: Container, dialect=BER_OUTER) -> str:
    return refusal(parse_signed_data, container.der(), dialect)


def refused_attributes(*attributes: bytes) -> str:
    return refused(Container(signers=[Signer(attributes=list(attributes))]))


class TestVectors:
    def test_the_detached_demo_signature_has_the_documented_content(self):
        signed = parse_signed_data(vector("demo/doc.sig"))
        signer = signed.signers[0]

        assert signed.encoding is Encoding.DER
        assert signed.is_detached
        assert signed.der == vector("demo/doc.sig")
        assert signed.certificates == (vector_der("demo/iss.pem"), vector_der("demo/ee.pem"))
        assert len(signed.signers) == 1
        assert signer.sid.serial_number == 3
        assert signer.digest_algorithm == AlgorithmIdentifier(oids.STREEBOG_256, b"\x05\x00")
        assert signer.digest_algorithm.is_plain
        assert signer.signature_algorithm.oid == oids.GOST_2012_256
        assert [one.oid for one in signer.signed_attributes] == [
            oids.CONTENT_TYPE,
            oids.SIGNING_TIME,
            oids.MESSAGE_DIGEST,
            oids.SIGNING_CERTIFICATE_V2,
            oids.SMIME_CAPABILITIES,
        ]
        assert signer.content_type == oids.DATA
        assert signer.signing_time == datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC)
        assert signer.message_digest.hex().startswith("067dfd3bdd571362")
        assert signer.signing_certificate.version == 2
        assert signer.signing_certificate.certificates[0].hash_algorithm == oids.STREEBOG_256
        assert signer.signing_certificate.certificates[0].serial_number == 3
        assert signer.signing_certificate.certificates[0].issuer == signer.sid.issuer
        assert len(signer.signature) == 64
        assert signer.concerns == ()
        assert signer.unknown_attributes == ()

    def test_what_was_signed_are_the_attributes_with_the_tag_of_a_set(self):
        signer = parse_signed_data(vector("demo/doc.sig")).signers[0]

        assert signer.signed_attributes_der[0] == 0x31
        assert signer.signed_attributes_der[1:] in vector("demo/doc.sig")
        assert b"\xa0" + signer.signed_attributes_der[1:] in vector("demo/doc.sig")

    def test_the_attached_demo_signature_holds_the_document(self):
        signed = parse_signed_data(vector("demo/doc_att.sig"))

        assert signed.content == vector("demo/doc.txt")
        assert not signed.is_detached

    def test_a_flipped_signature_value_is_not_a_matter_of_the_format(self):
        good, bad = (parse_signed_data(vector(f"demo/{name}.sig")).signers[0] for name in ("doc", "neg_sigvalue_flipped"))

        assert good.signature != bad.signature
        assert good.signed_attributes_der == bad.signed_attributes_der

    def test_the_example_of_the_standard_has_the_documented_content(self):
        signed = parse_signed_data(vector_der("tc26_cms/signed_a111.pem"))
        signer = signed.signers[0]

        assert signed.content == TC26_CONTENT
        assert len(signed.content) == 44
        assert signed.certificates == (vector_der("tc26_cms/sender512_cert.pem"),)
        assert signer.digest_algorithm == AlgorithmIdentifier(oids.STREEBOG_512, None)
        assert signer.signature_algorithm == AlgorithmIdentifier(oids.GOST_2012_512, None)
        assert signer.signing_time == datetime(2019, 3, 20, 19, 55, 22, tzinfo=UTC)
        assert len(signer.message_digest) == 64
        assert signer.signing_certificate is None
        assert signer.unknown_attributes == ("1.2.840.113549.1.9.98",)
        assert signer.signed("1.2.840.113549.1.9.98") == (writer.octets(b"Signed attr's value"),)

    def test_the_negative_example_differs_in_its_last_bit_only(self):
        good = vector_der("tc26_cms/signed_a111.pem")
        bad = parse_signed_data(vector("tc26_cms/neg_signed_a111_flipped.der"))

        assert bad.der[:-1] == good[:-1]
        assert bad.signers[0].signature[-1] == parse_signed_data(good).signers[0].signature[-1] ^ 1

    @pytest.mark.parametrize("name", ["demo/doc.sig", "demo/doc_att.sig", "tc26_cms/neg_signed_a111_flipped.der"])
    def test_a_signature_of_another_encoder_is_the_same_for_the_client_secret(self, name):
        assert parse_signed_data(vector(name), CLIENT_SECRET) == parse_signed_data(vector(name))

    def test_the_demo_signature_fits_the_strict_dialect(self):
        assert parse_signed_data(vector("demo/doc.sig"), STRICT_DER) == parse_signed_data(vector("demo/doc.sig"))

    def test_an_rsa_signature_of_the_cryptography_library_is_read(self):
        signed = parse_signed_data(rsa.signed(b"text", pkcs7.PKCS7Options.DetachedSignature))

        assert signed.certificates == (rsa.der(rsa.certificate()),)
        assert signed.signers[0].digest_algorithm.oid == oids.SHA_256
        assert signed.signers[0].sid.serial_number == 4711


class TestContainer:
    @pytest.mark.parametrize(
        "data", [b"", b"\0" * 1000, b"hello", b"\x31\x00", b"\x30\x00", writer.sequence(writer.null()), writer.sequence(writer.sequence())]
    )
    def test_what_is_no_container_is_not_a_signature(self, data):
        assert refusal(parse_signed_data, data) == "FC_NOT_A_SIGNATURE"

    def test_an_unknown_type_is_not_a_signature(self):
        assert refused(Container(outer_type="1.2.3.4")) == "FC_NOT_A_SIGNATURE"

    @pytest.mark.parametrize("oid", sorted(oids.OTHER_CONTAINERS))
    def test_containers_of_other_kinds_are_named(self, oid):
        assert refused(Container(outer_type=oid)) == "FC_OTHER_CMS"

    @pytest.mark.parametrize("version", [0, 2, 6, -1])
    def test_an_unknown_version_is_refused(self, version):
        assert refused(Container(version=version)) == "FC_ENCODING"

    @pytest.mark.parametrize("version", [1, 3, 4, 5])
    def test_the_versions_of_the_standard_are_read(self, version):
        assert parse_signed_data(Container(version=version).der()).version == version

    def test_bytes_behind_it_are_refused(self):
        for tail in (b"\0", b"\n", Container().der()):
            assert refusal(parse_signed_data, Container().der() + tail) == "FC_TRAILING_BYTES"

    def test_bytes_inside_of_it_behind_the_signed_data_are_refused(self):
        tree = asn1_tree.parse(Container().der())
        for node in (tree, tree[1], tree[1][0], tree[1][0][2]):
            node.children.append(asn1_tree.Node(0x05))
            assert refusal(parse_signed_data, tree.encode()) == "FC_ENCODING"
            node.children.pop()

    def test_a_cut_file_is_refused_at_every_length(self):
        data = vector("demo/doc.sig")

        assert {refusal(parse_signed_data, data[:size]) for size in range(2, len(data))} <= {"FC_ENCODING", "FC_NOT_A_SIGNATURE"}

    def test_a_container_over_32_megabytes_is_refused_unread(self):
        assert refusal(parse_signed_data, bytes(32 * 1024 * 1024 + 1)) == "FC_LIMITS"

    def test_revocation_data_are_sorted_by_kind(self):
        response = writer.sequence(writer.enumerated(6))
        other = writer.context(1, writer.oid(oids.RI_OCSP_RESPONSE), response)
        unknown = writer.context(1, writer.oid("1.2.3.4"), writer.null())

        signed = parse_signed_data(Container(lists=[vector_der("demo/iss.crl"), other, unknown]).der())

        assert signed.crls == (vector_der("demo/iss.crl"),)
        assert signed.ocsp_responses == (response,)

    def test_other_forms_of_certificates_are_kept_apart(self):
        attribute_certificate = writer.context(1, writer.null())

        signed = parse_signed_data(Container(certificates=[vector_der("demo/ee.pem"), attribute_certificate]).der())

        assert signed.certificates == (vector_der("demo/ee.pem"),)
        assert signed.other_certificates == (attribute_certificate,)

    def test_a_certificate_that_is_not_der_is_refused(self):
        assert refused(Container(certificates=[bytes.fromhex("3003010101")])) == "FC_ENCODING"

    def test_numbers_and_sizes_are_limited(self):
        assert refused(Container(certificates=[writer.sequence(writer.integer(n)) for n in range(65)])) == "FC_LIMITS"
        assert refused(Container(certificates=[writer.sequence(writer.octets(bytes(64 * 1024)))])) == "FC_LIMITS"
        assert refused(Container(lists=[writer.sequence(writer.integer(n)) for n in range(65)])) == "FC_LIMITS"
        assert refused(Container(digests=[f"1.2.3.{n}" for n in range(65)])) == "FC_LIMITS"
        assert refused(Container(signers=[Signer()] * 65)) == "FC_LIMITS"
        assert len(parse_signed_data(Container(signers=[Signer()] * 64).der()).signers) == 64


class TestSigner:
    def test_a_certificate_may_be_named_by_its_key(self):
        signer = Signer(version=3, sid=writer.context_primitive(0, b"key id"))

        assert parse_signed_data(Container(signers=[signer], version=3).der()).signers[0].sid == SignerId(key_id=b"key id")

    @pytest.mark.parametrize(("version", "sid"), [(3, writer.sequence(NAME, writer.integer(3))), (1, writer.context_primitive(0, b"id")), (2, b"\x05\x00")])
    def test_the_version_and_the_form_of_the_name_agree(self, version, sid):
        assert refused(Container(signers=[Signer(version=version, sid=sid)])) == "FC_ENCODING"

    def test_a_name_is_a_sequence(self):
        assert refused(Container(signers=[Signer(sid=writer.sequence(writer.null(), writer.integer(3)))])) == "FC_ENCODING"

    def test_without_signed_attributes_it_is_a_concern_of_the_policy(self):
        signer = parse_signed_data(Container(signers=[Signer(attributes=None)]).der()).signers[0]

        assert signer.concerns == (Concern("SAV_SIGNED_ATTRS_MISSING"),)
        assert signer.signed_attributes is None
        assert signer.signed_attributes_der is None
        assert signer.message_digest == b""

    def test_without_signed_attributes_the_strict_dialect_refuses(self):
        assert refused(Container(signers=[Signer(attributes=None)]), STRICT_DER) == "SAV_SIGNED_ATTRS_MISSING"

    @pytest.mark.parametrize(
        ("digest", "size", "concern"),
        [
            (oids.MD5, 16, Concern("SAV_WEAK_DIGEST", (("algorithm", oids.MD5),))),
            (oids.SHA_1, 20, Concern("SAV_WEAK_DIGEST", (("algorithm", oids.SHA_1),))),
            (oids.SHA_224, 28, Concern("SAV_WEAK_DIGEST", (("algorithm", oids.SHA_224),))),
            ("1.2.3.4", 7, Concern("SAV_WEAK_DIGEST", (("algorithm", "1.2.3.4"),))),
            (oids.GOST_94, 32, Concern("SAV_OLD_GOST")),
        ],
    )
    def test_a_digest_that_is_not_allowed_is_a_concern(self, digest, size, concern):
        signer = Signer(attributes=[content_type(), message_digest(bytes(size))], digest=digest, algorithm=algorithm(oids.RSA))

        assert parse_signed_data(Container(signers=[signer], digests=[digest]).der()).signers[0].concerns == (concern,)

    @pytest.mark.parametrize("digest", sorted(oids.STRONG_DIGESTS))
    def test_the_allowed_digests_are_no_concern(self, digest):
        signer = Signer(attributes=[content_type(), message_digest(bytes(oids.DIGEST_BYTES[digest]))], digest=digest, algorithm=algorithm(oids.RSA))

        assert parse_signed_data(Container(signers=[signer], digests=[digest]).der()).signers[0].concerns == ()

    @pytest.mark.parametrize(
        ("digest", "signature"),
        [
            (oids.STREEBOG_512, oids.GOST_2012_256),
            (oids.STREEBOG_256, oids.GOST_2012_512),
            (oids.STREEBOG_512, oids.GOST_2012_256_WITH_DIGEST),
            (oids.SHA_256, oids.GOST_2012_256_WITH_DIGEST),
            (oids.STREEBOG_256, oids.GOST_2001),
            (oids.SHA_256, "1.2.840.113549.1.1.13"),
            (oids.SHA_512, "1.2.840.10045.4.3.2"),
            (oids.SHA_256, oids.ED25519),
        ],
    )
    def test_the_digest_of_the_signature_algorithm_is_the_digest(self, digest, signature):
        signer = Signer(attributes=[content_type(), message_digest(bytes(oids.DIGEST_BYTES[digest]))], digest=digest, algorithm=algorithm(signature))

        assert refused(Container(signers=[signer], digests=[digest])) == "FC_ALGORITHM_MISMATCH"

    def test_the_digest_is_named_in_front_of_the_content(self):
        assert refused(Container(digests=[oids.STREEBOG_512])) == "FC_ALGORITHM_MISMATCH"
        assert refused(Container(digests=[])) == "FC_ALGORITHM_MISMATCH"


class TestPss:
    @staticmethod
    def parameters(*fields: bytes) -> AlgorithmIdentifier:
        return AlgorithmIdentifier(oids.RSA_PSS, writer.sequence(*fields))

    def test_its_digest_stands_in_the_parameters(self):
        assert signature_digest(self.parameters(writer.context(0, algorithm(oids.SHA_512)))) == oids.SHA_512

    def test_an_absent_digest_is_sha_1(self):
        assert signature_digest(self.parameters()) == oids.SHA_1

    def test_it_has_parameters(self):
        assert refusal(signature_digest, AlgorithmIdentifier(oids.RSA_PSS)) == "FC_ENCODING"

    def test_another_digest_than_that_of_the_signer_is_refused(self):
        pss = algorithm(oids.RSA_PSS, writer.sequence(writer.context(0, algorithm(oids.SHA_512))))
        signer = Signer(attributes=[content_type(), message_digest()], digest=oids.SHA_256, algorithm=pss)

        assert refused(Container(signers=[signer], digests=[oids.SHA_256])) == "FC_ALGORITHM_MISMATCH"


class TestContent:
    def test_a_content_that_is_attributes_is_refused_with_and_without_signed_attributes(self):
        for signer in (Signer(), Signer(attributes=None)):
            assert refused(Container(content=FORGED, signers=[signer])) == "FC_FORGED_ATTRIBUTES"
            assert refused(Container(content=FORGED, signers=[signer]), CLIENT_SECRET) == "FC_FORGED_ATTRIBUTES"

    def test_a_separate_document_is_asked_in_the_same_way(self):
        assert refusal(refuse_forged_content, FORGED) == "FC_FORGED_ATTRIBUTES"
        refuse_forged_content(b"text")

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (FORGED, True),
            (b"\x31" + writer.sequence(message_digest(), content_type())[1:], True),
            (writer.set_of(attribute("1.2.3")), True),
            (writer.set_of(*(attribute(f"1.2.{n}", writer.null()) for n in range(70))), True),
            (b"1", False),
            (b"1\x00", False),
            (b"1 January", False),
            (FORGED + b"\0", False),
            (FORGED[:-1], False),
            (writer.set_of(writer.integer(1)), False),
            (writer.sequence(content_type()), False),
            (b"", False),
        ],
    )
    def test_only_a_set_of_attributes_looks_like_one(self, content, expected):
        assert looks_like_attributes(content) is expected

    def test_a_signature_that_must_be_detached_holds_no_content(self):
        assert refused(Container(content=b"text"), STRICT_DER) == "FC_TWO_CONTENTS"

    def test_an_empty_content_is_a_content(self):
        assert parse_signed_data(Container(content=b"").der()).content == b""

    @pytest.mark.parametrize("document", [[b"text"], [b"te", b"xt"], [b"", b"text", b""]])
    def test_a_separate_document_may_repeat_the_content(self, document):
        refuse_other_content(parse_signed_data(Container(content=b"text").der()), document)

    @pytest.mark.parametrize("document", [[], [b""], [b"tex"], [b"textt"], [b"text", b"t"], [b"tEXt"]])
    def test_a_separate_document_may_not_differ(self, document):
        signed = parse_signed_data(Container(content=b"text").der())

        assert refusal(refuse_other_content, signed, document) == "FC_TWO_CONTENTS"

    def test_a_detached_signature_has_nothing_to_differ_from(self):
        refuse_other_content(parse_signed_data(Container().der()), [b"anything"])

    def test_a_time_stamp_is_read_by_its_own_door_only(self):
        token = Container(
            content=b"TSTInfo", content_type=oids.TST_INFO, version=3, signers=[Signer(attributes=[content_type(oids.TST_INFO), message_digest()])]
        )

        assert refused(token) == "FC_OTHER_CMS"
        assert parse_time_stamp_token(token.der()).content == b"TSTInfo"
        assert refusal(parse_time_stamp_token, Container().der()) == "FC_OTHER_CMS"
