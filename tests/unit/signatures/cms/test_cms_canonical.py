"""The outer shell may be BER and is brought to DER once; signed parts may not (signatures.md 3.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import oids, strict, writer
from signatures.core.cms import CLIENT_SECRET, STRICT_DER, Encoding, parse_signed_data, parse_time_stamp_token
from signatures.core.cms.canonical import canonical
from tests.factories import asn1_tree
from tests.factories.containers import Container, Signer, attribute, content_type, message_digest, vector, vector_der
from tests.factories.refusals import refusal

SIGNED_DATA = (1, 0)
WHERE_BER_IS_ALLOWED = {
    "ContentInfo": (),
    "its content": (1,),
    "SignedData": SIGNED_DATA,
    "digestAlgorithms": (*SIGNED_DATA, 1),
    "encapContentInfo": (*SIGNED_DATA, 2),
    "eContent": (*SIGNED_DATA, 2, 1),
    "certificates": (*SIGNED_DATA, 3),
    "signerInfos": (*SIGNED_DATA, 4),
}
WHERE_IT_IS_NOT = {
    "a digest algorithm": (*SIGNED_DATA, 1, 0),
    "a certificate": (*SIGNED_DATA, 3, 0),
    "a tbsCertificate": (*SIGNED_DATA, 3, 0, 0),
    "a SignerInfo": (*SIGNED_DATA, 4, 0),
    "an issuer": (*SIGNED_DATA, 4, 0, 1),
    "the signed attributes": (*SIGNED_DATA, 4, 0, 3),
    "a signed attribute": (*SIGNED_DATA, 4, 0, 3, 0),
    "a value of a signed attribute": (*SIGNED_DATA, 4, 0, 3, 0, 1),
    "the signature algorithm": (*SIGNED_DATA, 4, 0, 4),
}
ATTACHED = vector("demo/doc_att.sig")


def changed(path: tuple[int, ...], form: str, data: bytes = ATTACHED) -> bytes:
    tree = asn1_tree.parse(data)
    node = tree
    for index in path:
        node = node[index]
    node.form = form
    return tree.encode()


class TestOuterShell:
    @pytest.mark.parametrize("path", WHERE_BER_IS_ALLOWED.values(), ids=WHERE_BER_IS_ALLOWED)
    def test_an_indefinite_length_outside_of_signed_parts_becomes_der(self, path):
        data = changed(path, "indefinite")

        signed = parse_signed_data(data)

        assert signed.encoding is Encoding.BER
        assert signed.der == ATTACHED
        assert signed.signers == parse_signed_data(ATTACHED).signers
        assert parse_signed_data(data, CLIENT_SECRET).der == ATTACHED
        assert refusal(parse_signed_data, data, STRICT_DER) == "FC_ENCODING"

    @pytest.mark.parametrize("path", WHERE_IT_IS_NOT.values(), ids=WHERE_IT_IS_NOT)
    def test_an_indefinite_length_in_a_signed_part_is_refused(self, path):
        assert refusal(parse_signed_data, changed(path, "indefinite")) == "FC_ENCODING"
        assert refusal(parse_signed_data, changed(path, "indefinite"), CLIENT_SECRET) == "FC_ENCODING"

    @pytest.mark.parametrize("path", [*WHERE_BER_IS_ALLOWED.values(), *WHERE_IT_IS_NOT.values()])
    def test_a_length_that_is_not_minimal_is_refused_everywhere(self, path):
        assert refusal(parse_signed_data, changed(path, "long")) == "FC_ENCODING"

    @given(st.integers(1, 14))
    def test_a_content_in_pieces_is_joined(self, size):
        tree = asn1_tree.parse(ATTACHED)
        tree[1][0][2][1].children[0] = asn1_tree.pieces(vector("demo/doc.txt"), size)

        assert parse_signed_data(tree.encode()).content == vector("demo/doc.txt")

    def test_a_file_that_is_der_comes_out_as_it_went_in(self):
        for name in ("demo/doc.sig", "demo/doc_att.sig", "tc26_cms/signed_a111.pem", "tc26_cms/neg_signed_a111_flipped.der"):
            assert canonical(vector_der(name)) == vector_der(name)

    def test_a_stream_without_an_end_is_refused(self):
        data = changed((), "indefinite")

        for size in range(2, len(data)):
            assert refusal(canonical, data[:size]) in {"FC_ENCODING", "FC_NOT_A_SIGNATURE"}

    def test_zeros_behind_a_stream_are_trailing_bytes(self):
        assert refusal(canonical, changed((), "indefinite") + b"\0\0") == "FC_TRAILING_BYTES"


class TestSets:
    def test_the_outer_sets_are_sorted(self):
        tree = asn1_tree.parse(ATTACHED)
        tree[1][0][3].children.reverse()

        signed = parse_signed_data(tree.encode())

        assert signed.encoding is Encoding.BER
        assert signed.der == ATTACHED
        assert refusal(parse_signed_data, tree.encode(), STRICT_DER) == "FC_ENCODING"

    def test_the_signed_attributes_are_not_sorted_for_anybody(self):
        tree = asn1_tree.parse(ATTACHED)
        tree[1][0][4][0][3].children.reverse()

        assert refusal(parse_signed_data, tree.encode()) == "FC_ENCODING"


class TestSigner:
    @pytest.mark.parametrize(("extra", "reason"), [(1, "FC_ENCODING"), (100, "FC_LIMITS")])
    def test_it_has_no_other_fields(self, extra, reason):
        tree = asn1_tree.parse(ATTACHED)
        tree[1][0][4][0].children += [asn1_tree.Node(0x05)] * extra

        assert refusal(parse_signed_data, tree.encode()) == reason


class TestUnsignedAttributes:
    @staticmethod
    def token() -> Container:
        signer = Signer(attributes=[content_type(oids.TST_INFO), message_digest()])
        return Container(content=b"TSTInfo", content_type=oids.TST_INFO, version=3, signers=[signer])

    def test_a_streamed_time_stamp_becomes_der_too(self):
        streamed = asn1_tree.parse(self.token().der())
        for node in (streamed, streamed[1], streamed[1][0], streamed[1][0][2]):
            node.form = "indefinite"
        tree = asn1_tree.parse(Container(signers=[Signer(unsigned=[attribute(oids.SIGNATURE_TIME_STAMP, self.token().der())])]).der())
        values = tree[1][0][3][0][6][0][1]
        values.children[0] = streamed
        values.form = "indefinite"

        signed = parse_signed_data(tree.encode())

        assert signed.encoding is Encoding.BER
        assert signed.signers[0].unsigned(oids.SIGNATURE_TIME_STAMP) == (self.token().der(),)
        assert parse_time_stamp_token(signed.signers[0].unsigned(oids.SIGNATURE_TIME_STAMP)[0]).content == b"TSTInfo"
        strict.check(signed.der)

    def test_another_value_of_indefinite_length_is_refused(self):
        tree = asn1_tree.parse(Container(signers=[Signer(unsigned=[attribute("1.2.3.4", writer.sequence(writer.null()))])]).der())
        tree[1][0][3][0][6][0][1][0].form = "indefinite"

        assert refusal(parse_signed_data, tree.encode()) == "FC_ENCODING"

    def test_a_nest_of_streamed_tokens_ends_at_the_limit_of_depth(self):
        streamed = asn1_tree.parse(self.token().der())
        for _ in range(5):
            outer = asn1_tree.parse(Container(signers=[Signer(unsigned=[attribute(oids.SIGNATURE_TIME_STAMP, writer.null())])]).der())
            outer.form = "indefinite"
            outer[1][0][3][0][6][0][1].children[0] = streamed
            streamed = outer

        assert refusal(parse_signed_data, streamed.encode()) == "FC_LIMITS"
