"""Signed and unsigned attributes of a signer."""

from datetime import UTC, datetime

import pytest

from signatures.core.asn1 import oids, writer
from signatures.core.cms import BER_OUTER, CLIENT_SECRET, EssCertId, parse_signed_data
from tests.factories.containers import (
    NAME,
    Container,
    Signer,
    algorithm,
    attribute,
    content_type,
    message_digest,
    signing_certificate_v1,
    signing_certificate_v2,
    usual_attributes,
)
from tests.factories.refusals import refusal


def refused(container: Container, dialect=BER_OUTER) -> str:
    return refusal(parse_signed_data, container.der(), dialect)


def refused_attributes(*attributes: bytes) -> str:
    return refused(Container(signers=[Signer(attributes=list(attributes))]))


class TestSignedAttributes:
    def test_an_empty_set_is_refused(self):
        assert refused_attributes() == "FC_ATTR_EMPTY"

    @pytest.mark.parametrize(
        "double",
        [content_type(), message_digest(b"\x55" * 32), signing_certificate_v1(), signing_certificate_v2(b"\x66" * 32)],
        ids=["contentType", "messageDigest", "signingCertificate", "signingCertificateV2"],
    )
    def test_a_decisive_attribute_stands_once(self, double):
        assert refused_attributes(*usual_attributes(), signing_certificate_v1(b"\x77" * 20), double) == "FC_ATTR_DUPLICATED"

    def test_an_attribute_without_a_value_is_refused(self):
        assert refused_attributes(*usual_attributes(), attribute("1.2.3.4")) == "FC_ATTR_VALUES"
        assert refused_attributes(content_type(), attribute(oids.MESSAGE_DIGEST)) == "FC_ATTR_VALUES"

    @pytest.mark.parametrize("oid", [oids.CONTENT_TYPE, oids.MESSAGE_DIGEST, oids.SIGNING_CERTIFICATE_V2, oids.SIGNING_TIME])
    def test_a_decisive_attribute_with_two_values_is_refused(self, oid):
        others = [one for one in usual_attributes() if writer.oid(oid) not in one]

        assert refused_attributes(*others, attribute(oid, writer.octets(b"a"), writer.octets(b"b"))) == "FC_ATTR_VALUES"

    def test_an_unknown_attribute_may_have_several_values_and_copies(self):
        unknown = attribute("1.2.3.4", writer.integer(1), writer.integer(2))
        signer = Signer(attributes=[*usual_attributes(), unknown, attribute("1.2.3.4", writer.integer(3))])

        found = parse_signed_data(Container(signers=[signer]).der()).signers[0]

        assert found.unknown_attributes == ("1.2.3.4",)
        assert set(found.signed("1.2.3.4")) == {writer.integer(1), writer.integer(2), writer.integer(3)}

    @pytest.mark.parametrize("attributes", [[content_type()], [message_digest()], [signing_certificate_v2()]])
    def test_content_type_and_message_digest_belong_together(self, attributes):
        assert refused_attributes(*attributes) == "FC_ATTR_VALUES"

    def test_the_content_type_is_that_of_the_container(self):
        assert refused_attributes(content_type("1.2.3.4"), message_digest()) == "FC_CONTENT_TYPE"

    @pytest.mark.parametrize("size", [0, 31, 33, 64])
    def test_the_message_digest_has_the_length_of_the_digest(self, size):
        assert refused_attributes(content_type(), message_digest(bytes(size))) == "FC_DIGEST_LENGTH"

    @pytest.mark.parametrize(
        "wrong",
        [
            [attribute(oids.CONTENT_TYPE, writer.octets(b"x")), message_digest()],
            [content_type(), attribute(oids.MESSAGE_DIGEST, writer.null())],
            [content_type(), message_digest(), attribute(oids.SIGNING_TIME, writer.utf8("вчера"))],
            [content_type(), message_digest(), attribute(oids.SIGNING_CERTIFICATE_V2, writer.null())],
            [content_type(), message_digest(), attribute(oids.SIGNING_CERTIFICATE_V2, writer.sequence(writer.sequence()))],
            [content_type(), message_digest(), attribute("1.2.3.4", bytes.fromhex("010101"))],
            [content_type(), message_digest(), writer.null()],
            [content_type(), message_digest(), writer.sequence(writer.oid("1.2.3.4"), writer.set_of(writer.null()), writer.null())],
        ],
    )
    def test_a_value_of_a_wrong_type_is_refused(self, wrong):
        assert refused_attributes(*wrong) == "FC_ENCODING"

    def test_they_arrive_sorted_except_in_the_client_secret(self):
        """V6 of esia.md 3.4: some clients write contentType, signingTime, messageDigest in this order."""
        in_order = [content_type(), attribute(oids.SIGNING_TIME, writer.utf8("")), message_digest()]
        in_order[1] = attribute(oids.SIGNING_TIME, writer.time(datetime(2026, 1, 1, tzinfo=UTC)))
        unsorted = [message_digest(), *in_order[:2]]
        container = Container(signers=[Signer(attributes=unsorted, is_sorted=False)])

        found = parse_signed_data(container.der(), CLIENT_SECRET).signers[0]

        assert refused(container) == "FC_ENCODING"
        assert found.signed_attributes_der == b"\x31" + writer.sequence(*unsorted)[1:]
        assert found.signing_time == datetime(2026, 1, 1, tzinfo=UTC)

    def test_each_of_them_is_der_in_the_client_secret_too(self):
        signer = Signer(attributes=[message_digest(), content_type(), attribute("1.2.3.4", bytes.fromhex("010101"))], is_sorted=False)

        assert refused(Container(signers=[signer]), CLIENT_SECRET) == "FC_ENCODING"

    def test_their_number_is_limited(self):
        assert refused_attributes(*usual_attributes(), *(attribute(f"1.2.3.{n}", writer.null()) for n in range(62))) == "FC_LIMITS"
        assert refused_attributes(*usual_attributes(), attribute("1.2.3", *(writer.integer(n) for n in range(65)))) == "FC_LIMITS"


class TestAlgorithmProtection:
    @staticmethod
    def protection(digest: str, signature: str | None) -> bytes:
        fields = [algorithm(digest)] + ([writer.tlv(0xA1, writer.oid(signature))] if signature else [])
        return attribute(oids.ALGORITHM_PROTECTION, writer.sequence(*fields))

    @pytest.mark.parametrize("signature", [oids.GOST_2012_256, None])
    def test_it_may_repeat_the_algorithms(self, signature):
        signer = Signer(attributes=[*usual_attributes(), self.protection(oids.STREEBOG_256, signature)])

        assert parse_signed_data(Container(signers=[signer]).der()).signers[0].concerns == ()

    @pytest.mark.parametrize(("digest", "signature"), [(oids.SHA_256, oids.GOST_2012_256), (oids.STREEBOG_256, oids.RSA)])
    def test_it_may_not_contradict_them(self, digest, signature):
        assert refused_attributes(*usual_attributes(), self.protection(digest, signature)) == "FC_ALGORITHM_MISMATCH"

    def test_a_mac_is_none_of_ours(self):
        mac = attribute(oids.ALGORITHM_PROTECTION, writer.sequence(algorithm(oids.STREEBOG_256), writer.tlv(0xA2, writer.oid("1.2.3"))))

        assert refused_attributes(*usual_attributes(), mac) == "FC_ENCODING"


class TestSigningCertificate:
    def read(self, value: bytes, oid: str = oids.SIGNING_CERTIFICATE_V2):
        signer = Signer(attributes=[content_type(), message_digest(), attribute(oid, value)])
        return parse_signed_data(Container(signers=[signer]).der()).signers[0].signing_certificate

    def test_the_default_digest_of_version_2_is_sha_256(self):
        found = self.read(writer.sequence(writer.sequence(writer.sequence(writer.octets(bytes(32))))))

        assert found.certificates == (EssCertId(oids.SHA_256, bytes(32)),)

    def test_version_1_is_recognised(self):
        found = self.read(writer.sequence(writer.sequence(writer.sequence(writer.octets(bytes(20))))), oids.SIGNING_CERTIFICATE)

        assert (found.version, found.certificates[0].hash_algorithm) == (1, oids.SHA_1)

    def test_version_2_is_preferred_and_version_1_must_be_readable_beside_it(self):
        good = Signer(attributes=[*usual_attributes(), signing_certificate_v1()])
        broken = attribute(oids.SIGNING_CERTIFICATE, writer.null())

        assert parse_signed_data(Container(signers=[good]).der()).signers[0].signing_certificate.version == 2
        assert refused_attributes(*usual_attributes(), broken) == "FC_ENCODING"

    def test_policies_and_other_names_of_the_issuer_are_read(self):
        issuer_serial = writer.sequence(writer.sequence(writer.tlv(0x82, b"host"), writer.context(4, NAME)), writer.integer(7))
        member = writer.sequence(algorithm(oids.STREEBOG_512), writer.octets(bytes(64)), issuer_serial)

        found = self.read(writer.sequence(writer.sequence(member), writer.sequence(writer.sequence(writer.oid("1.2.3")))))

        assert found.certificates == (EssCertId(oids.STREEBOG_512, bytes(64), NAME, 7),)
        assert found.policies == ("1.2.3",)

    def test_a_hash_has_the_length_of_its_digest(self):
        assert refused_attributes(content_type(), message_digest(), signing_certificate_v2(bytes(20))) == "FC_DIGEST_LENGTH"

    def test_its_lists_are_limited(self):
        member = writer.sequence(writer.octets(bytes(32)))
        policy = writer.sequence(writer.oid("1.2.3"))
        for value in (writer.sequence(writer.sequence(*[member] * 65)), writer.sequence(writer.sequence(member), writer.sequence(*[policy] * 65))):
            assert refused_attributes(content_type(), message_digest(), attribute(oids.SIGNING_CERTIFICATE_V2, value)) == "FC_LIMITS"


class TestUnsignedAttributes:
    def test_they_are_kept_as_they_came(self):
        token = attribute(oids.SIGNATURE_TIME_STAMP, Container().der())
        signer = Signer(unsigned=[token, attribute("1.2.3.4", writer.null())])

        found = parse_signed_data(Container(signers=[signer]).der()).signers[0]

        assert found.unsigned(oids.SIGNATURE_TIME_STAMP) == (Container().der(),)
        assert found.unknown_attributes == ("1.2.3.4",)

    def test_countersignatures_are_read_in_depth(self):
        inner = Signer(attributes=[message_digest()])
        outer = Signer(attributes=[message_digest()], unsigned=[attribute(oids.COUNTERSIGNATURE, inner.der())])
        signer = Signer(unsigned=[attribute(oids.COUNTERSIGNATURE, outer.der(), inner.der())])

        found = parse_signed_data(Container(signers=[signer]).der()).signers[0]

        assert [len(one.countersignatures) for one in found.countersignatures] in ([0, 1], [1, 0])
        assert {one.content_type for one in found.countersignatures} == {""}

    def test_a_countersignature_has_no_content_type(self):
        signer = Signer(unsigned=[attribute(oids.COUNTERSIGNATURE, Signer().der())])

        assert refused(Container(signers=[signer])) == "FC_ATTR_VALUES"

    def test_countersignatures_are_limited_in_depth_and_number(self):
        signer = Signer(attributes=[message_digest()])
        for _ in range(5):
            signer = Signer(attributes=[message_digest()], unsigned=[attribute(oids.COUNTERSIGNATURE, signer.der())])

        assert refused(Container(signers=[Signer(unsigned=signer.unsigned)])) == "FC_LIMITS"
        many = [attribute(oids.COUNTERSIGNATURE, *[Signer(attributes=[message_digest()]).der()] * 33)] * 2
        assert refused(Container(signers=[Signer(unsigned=many)])) == "FC_LIMITS"
