"""CM: rows of the table «КЭП / CMS / certificates» that the front parser alone decides (signatures.md 18.2).

What is refused here never reaches the mathematics. The verdicts over the same rows are in `test_cm_verdicts.py`.
"""

import base64
import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs7

from signatures.core.asn1 import oids, writer
from signatures.core.cms import (
    BER_OUTER,
    CLIENT_SECRET,
    STRICT_DER,
    Concern,
    Encoding,
    parse_signed_data,
    refuse_forged_content,
    refuse_other_content,
)
from signatures.core.intake import container_bytes, hash_stream
from tests.factories import asn1_tree, rsa
from tests.factories.containers import (
    VECTORS,
    Container,
    Signer,
    attribute,
    content_type,
    message_digest,
    signing_certificate_v1,
    signing_certificate_v2,
    usual_attributes,
    vector,
    vector_der,
)
from tests.factories.refusals import outcome, refusal

SIGNED_DATA, CONTENT, SIGNERS, ATTRIBUTES = 1, 2, -1, 3


def genuine() -> dict[str, bytes]:
    """Detached signatures with signed attributes, RSA and ГОСТ of both lengths, made by three different programs."""
    standard = asn1_tree.parse(vector_der("tc26_cms/signed_a111.pem"))
    standard[SIGNED_DATA][0][CONTENT].children.pop()
    return {
        "RSA": rsa.signed(b"text", pkcs7.PKCS7Options.DetachedSignature),
        "GOST-256": vector("demo/doc.sig"),
        "GOST-512": standard.encode(),
    }


def forge(data: bytes) -> tuple[asn1_tree.Node, bytes]:
    """Do M1: take the signed attributes off, and offer their bytes as the document."""
    tree = asn1_tree.parse(data)
    signer = tree[SIGNED_DATA][0][SIGNERS][0]
    attributes = signer.children.pop(ATTRIBUTES)
    return tree, b"\x31" + attributes.encode()[1:]


@pytest.fixture(params=["RSA", "GOST-256", "GOST-512"])
def signature(request) -> bytes:
    return genuine()[request.param]


class TestCM01ForgedAttributes:
    """The container is genuine, its signature value is right for these bytes: only the reader can refuse them."""

    def test_cm_01_a_detached_forgery_is_refused_by_its_document(self, signature):
        _, document = forge(signature)

        assert refusal(refuse_forged_content, document) == "FC_FORGED_ATTRIBUTES"
        assert hash_stream([document[:5], document[5:]], {}).is_forged

    @pytest.mark.parametrize("dialect", [BER_OUTER, CLIENT_SECRET])
    def test_cm_01_an_attached_forgery_is_refused_by_its_content(self, signature, dialect):
        tree, document = forge(signature)
        tree[SIGNED_DATA][0][CONTENT].children.append(asn1_tree.parse(writer.context(0, writer.octets(document))))

        assert refusal(parse_signed_data, tree.encode(), dialect) == "FC_FORGED_ATTRIBUTES"

    def test_cm_01_with_other_attributes_in_their_place_it_is_refused_too(self, signature):
        tree = asn1_tree.parse(signature)
        _, document = forge(signature)
        tree[SIGNED_DATA][0][CONTENT].children.append(asn1_tree.parse(writer.context(0, writer.octets(document))))

        assert refusal(parse_signed_data, tree.encode()) == "FC_FORGED_ATTRIBUTES"

    def test_cm_01_the_genuine_document_is_not_suspected(self):
        refuse_forged_content(vector("demo/doc.txt"))
        assert parse_signed_data(vector("demo/doc_att.sig")).content == vector("demo/doc.txt")


class TestCM02NoSignedAttributes:
    def test_cm_02_a_challenge_is_refused_at_once(self, signature):
        tree, _ = forge(signature)

        assert refusal(parse_signed_data, tree.encode(), STRICT_DER) == "SAV_SIGNED_ATTRS_MISSING"

    def test_cm_02_a_document_carries_the_concern_into_its_verdict(self, signature):
        tree, _ = forge(signature)

        assert Concern("SAV_SIGNED_ATTRS_MISSING") in parse_signed_data(tree.encode()).signers[0].concerns


class TestCM03OneContainerOnly:
    @pytest.mark.parametrize("tail", [b"\0", b"\n", b"\0" * 512, b"text", b"\x30\x00"])
    def test_cm_03_bytes_behind_it(self, signature, tail):
        for dialect in (BER_OUTER, STRICT_DER, CLIENT_SECRET):
            assert refusal(parse_signed_data, signature + tail, dialect) == "FC_TRAILING_BYTES"

    def test_cm_03_two_containers(self, signature):
        assert refusal(parse_signed_data, signature * 2) == "FC_TRAILING_BYTES"

    def test_cm_03_bytes_behind_it_in_base64(self, signature):
        assert refusal(parse_signed_data, container_bytes(base64.b64encode(signature + b"\0"))) == "FC_TRAILING_BYTES"

    @pytest.mark.parametrize(("before", "after"), [(b"text\n", b""), (b"", b"text\n"), (b"-----BEGIN CMS-----\n", b""), (b"", b"\0")])
    def test_cm_03_text_around_a_pem_block(self, before, after):
        assert refusal(container_bytes, before + vector("tc26_cms/signed_a111.pem") + after) == "FC_PEM_NOISE"

    def test_cm_03_two_pem_blocks(self):
        assert refusal(container_bytes, vector("tc26_cms/signed_a111.pem") * 2) == "FC_PEM_NOISE"


class TestCM05Attributes:
    @pytest.mark.parametrize(
        ("listed", "digest"), [(oids.STREEBOG_512, oids.STREEBOG_512), (oids.SHA_256, oids.SHA_256), (oids.STREEBOG_512, oids.STREEBOG_256)]
    )
    def test_cm_05_a_digest_that_does_not_fit_the_signature(self, listed, digest):
        signer = Signer(attributes=[content_type(), message_digest(bytes(oids.DIGEST_BYTES[digest]))], digest=digest)

        assert refusal(parse_signed_data, Container(signers=[signer], digests=[listed]).der()) == "FC_ALGORITHM_MISMATCH"

    @pytest.mark.parametrize(
        ("attributes", "reason"),
        [
            ([content_type(), message_digest(bytes(31))], "FC_DIGEST_LENGTH"),
            ([content_type(), message_digest(bytes(64))], "FC_DIGEST_LENGTH"),
            ([content_type(), content_type("1.2.3"), message_digest()], "FC_ATTR_DUPLICATED"),
            ([content_type(), content_type(), message_digest()], "FC_ATTR_DUPLICATED"),
            ([content_type(), message_digest(), message_digest(b"\x12" * 32)], "FC_ATTR_DUPLICATED"),
            ([*usual_attributes(), signing_certificate_v2(b"\x23" * 32)], "FC_ATTR_DUPLICATED"),
            ([*usual_attributes(), signing_certificate_v1(), signing_certificate_v1(b"\x34" * 20)], "FC_ATTR_DUPLICATED"),
            ([], "FC_ATTR_EMPTY"),
            ([content_type(), attribute(oids.MESSAGE_DIGEST, writer.octets(bytes(32)), writer.octets(b"\x01" * 32))], "FC_ATTR_VALUES"),
            ([attribute(oids.CONTENT_TYPE, writer.oid(oids.DATA), writer.oid("1.2.3")), message_digest()], "FC_ATTR_VALUES"),
            ([content_type(), attribute(oids.MESSAGE_DIGEST)], "FC_ATTR_VALUES"),
            ([content_type("1.2.3"), message_digest()], "FC_CONTENT_TYPE"),
        ],
    )
    def test_cm_05_attributes_that_can_be_read_in_two_ways(self, attributes, reason):
        data = Container(signers=[Signer(attributes=attributes)]).der()

        for dialect in (BER_OUTER, STRICT_DER, CLIENT_SECRET):
            assert refusal(parse_signed_data, data, dialect) == reason


class TestCM06Encoding:
    @pytest.fixture(params=["RSA", "GOST-256", "GOST-512"])
    def tree(self, request) -> asn1_tree.Node:
        return asn1_tree.parse(genuine()[request.param])

    def test_cm_06_a_streamed_shell_is_canonicalised_for_documents_and_refused_for_machines(self, tree):
        genuine_der = tree.encode()
        for node in (tree, tree[1], tree[1][0], tree[1][0][1], tree[1][0][2], tree[1][0][SIGNERS]):
            node.form = "indefinite"
        signed = parse_signed_data(tree.encode())

        assert (signed.encoding, signed.der) == (Encoding.BER, genuine_der)
        assert refusal(parse_signed_data, tree.encode(), STRICT_DER) == "FC_ENCODING"

    def test_cm_06_ber_in_a_signed_part_is_refused_everywhere(self, tree):
        for path in ((1, 0, SIGNERS, 0), (1, 0, SIGNERS, 0, 3), (1, 0, SIGNERS, 0, 3, 0), (1, 0, 3, 0), (1, 0, 3, 0, 0)):
            node = tree
            for index in path:
                node = node[index]
            node.form = "indefinite"
            assert refusal(parse_signed_data, tree.encode()) == "FC_ENCODING"
            node.form = "der"

    def test_cm_06_a_length_that_is_not_minimal_is_refused_everywhere(self, tree):
        """Every element in turn; content of OCTET STRINGs is data and not part of this reading."""
        for node in tree.walk():
            node.form = "long"
            assert refusal(parse_signed_data, tree.encode()) in {"FC_ENCODING", "FC_NOT_A_SIGNATURE"}
            node.form = "der"

    def test_cm_06_signed_attributes_out_of_order_are_refused(self, tree):
        tree[1][0][SIGNERS][0][ATTRIBUTES].children.reverse()

        assert refusal(parse_signed_data, tree.encode()) == "FC_ENCODING"
        assert refusal(parse_signed_data, tree.encode(), STRICT_DER) == "FC_ENCODING"

    def test_cm_06_an_outer_set_out_of_order_is_canonicalised(self):
        tree = asn1_tree.parse(vector("demo/doc.sig"))
        tree[1][0][3].children.reverse()

        assert parse_signed_data(tree.encode()).der == vector("demo/doc.sig")
        assert refusal(parse_signed_data, tree.encode(), STRICT_DER) == "FC_ENCODING"

    def test_cm_06_wrong_tags_are_refused(self, tree):
        """Another type in the place of every element of the frame."""
        signed = tree[1][0]
        signer = signed[SIGNERS][0]
        for node in (tree[1], signed, *signed.children[:3], signed[SIGNERS], signer, *signer.children):
            tag, node.tag = node.tag, 0x24 if node.children else 0x0C
            assert refusal(parse_signed_data, tree.encode()) == "FC_ENCODING"
            node.tag = tag


class TestCM07Signers:
    def test_cm_07_no_signer(self):
        assert refusal(parse_signed_data, Container(signers=[]).der()) == "FC_NO_SIGNERS"

    def test_cm_07_a_thousand_signers(self):
        assert refusal(parse_signed_data, Container(signers=[Signer()] * 1000).der()) == "FC_LIMITS"

    @pytest.mark.parametrize("dialect", [STRICT_DER, CLIENT_SECRET])
    def test_cm_07_a_second_signer_where_one_is_expected(self, dialect):
        assert refusal(parse_signed_data, Container(signers=[Signer(), Signer()]).der(), dialect) == "FC_LIMITS"

    def test_cm_07_one_unreadable_signer_of_two_spoils_the_container(self):
        assert refusal(parse_signed_data, Container(signers=[Signer(), Signer(attributes=[])]).der()) == "FC_ATTR_EMPTY"


class TestCM09TwoContents:
    @pytest.mark.parametrize("document", [b"", vector("demo/neg_doc_tampered.txt"), vector("demo/doc.txt")[:-1], b"another"])
    def test_cm_09_a_separate_document_that_differs(self, document):
        signed = parse_signed_data(vector("demo/doc_att.sig"))

        assert refusal(refuse_other_content, signed, [document]) == "FC_TWO_CONTENTS"

    def test_cm_09_an_attached_challenge(self):
        assert refusal(parse_signed_data, vector("demo/doc_att.sig"), STRICT_DER) == "FC_TWO_CONTENTS"

    def test_cm_09_the_same_document_twice_is_one_document(self):
        refuse_other_content(parse_signed_data(vector("demo/doc_att.sig")), [vector("demo/doc.txt")])


class TestCM10OtherContainers:
    @pytest.mark.parametrize("oid", sorted(oids.OTHER_CONTAINERS))
    def test_cm_10_a_container_of_another_kind(self, oid):
        for dialect in (BER_OUTER, STRICT_DER, CLIENT_SECRET):
            assert refusal(parse_signed_data, Container(outer_type=oid).der(), dialect) == "FC_OTHER_CMS"

    def test_cm_10_a_lone_time_stamp(self):
        signer = Signer(attributes=[content_type(oids.TST_INFO), message_digest()])

        assert refusal(parse_signed_data, Container(content=b"x", content_type=oids.TST_INFO, signers=[signer]).der()) == "FC_OTHER_CMS"


# What a stranger may send to waste time and memory: each is made inside of the child, from a few words.
HOSTILE = {
    "a SEQUENCE nested 10,000 deep": "nested(10_000)",
    "a SEQUENCE nested a million deep": "b'\\x30\\x80' * 1_000_000",
    "a length of 2^63": "bytes.fromhex('308880000000000000000609')",
    "a length of 2^63 - 1": "bytes.fromhex('30887fffffffffffffff0609')",
    "an OID of 1 MB": "writer.sequence(writer.tlv(6, b'\\x81' * (1 << 20) + b'\\x01'))",
    "50 MB of zeros": "bytes(50 << 20)",
    "16 MB of zeros": "bytes(16 << 20)",
    "16 MB of empty sets": "container(b'\\x31\\x00' * (8 << 20))",
    "16 MB of pieces": "streamed(b'\\x04\\x00' * (8 << 20))",
    "16 MB of NULL in a signed attribute": "signed_attribute(b'\\x05\\x00' * (8 << 20))",
    "16 MB of one set": "b'1' + writer.octets(bytes(16 << 20))",
    "a number of 16 MB": "container(writer.tlv(2, b'\\x7f' * (16 << 20)))",
}
CHILD = """
import json, resource, sys, time
from signatures.core.asn1 import writer
from signatures.core.cms import parse_signed_data, looks_like_attributes
from signatures.core.errors import SignatureFormatError
from signatures.core.intake import container_bytes
from tests.factories.containers import Container, Signer, attribute, usual_attributes

def nested(depth):
    data = b""
    for _ in range(depth):
        data = writer.sequence(data)
    return data

def container(inside):
    head = writer.oid("1.2.840.113549.1.7.2")
    return writer.sequence(head, writer.context(0, writer.sequence(writer.integer(1), inside)))

def streamed(pieces):
    head = writer.sequence(writer.integer(1))[2:] + writer.set_of()
    content = b"0\\x80" + writer.oid("1.2.840.113549.1.7.1") + b"\\xa0\\x80$\\x80" + pieces
    return b"0\\x80" + writer.oid("1.2.840.113549.1.7.2") + b"\\xa0\\x800\\x80" + head + content

def signed_attribute(inside):
    values = [*usual_attributes(), attribute("1.2.3.4", writer.sequence(inside))]
    return Container(signers=[Signer(attributes=values)]).der()

answers = {}
for name, recipe in json.load(sys.stdin).items():
    data = eval(recipe)
    started = time.process_time()
    looks_like_attributes(data)
    try:
        parse_signed_data(container_bytes(data))
        answer = "read"
    except SignatureFormatError as error:
        answer = error.reason_id
    answers[name] = [answer, time.process_time() - started]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
json.dump({"answers": answers, "peak_bytes": peak}, sys.stdout)
"""


@cache
def answers() -> dict[str, Any]:
    """One child reads everything; its processor time counts, so that a busy machine changes nothing."""
    root = VECTORS.parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", CHILD], input=json.dumps(HOSTILE), cwd=root, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


class TestCM20Hostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_cm_20_is_refused_within_a_second(self, name):
        reason, seconds = answers()["answers"][name]

        assert reason in {"FC_LIMITS", "FC_NOT_A_SIGNATURE", "FC_ENCODING"}
        assert seconds < 1

    def test_cm_20_takes_less_than_256_megabytes(self):
        assert answers()["peak_bytes"] < 256 << 20

    @pytest.mark.parametrize("name", ["a SEQUENCE nested 10,000 deep", "a length of 2^63", "an OID of 1 MB", "50 MB of zeros"])
    def test_cm_20_the_named_four_have_the_named_reasons(self, name):
        assert answers()["answers"][name][0] in {"FC_LIMITS", "FC_NOT_A_SIGNATURE"}


class TestCM23EverySingleBit:
    def test_cm_23_no_flipped_bit_is_passed_over(self):
        """A flip in the frame is refused; one in a value changes the value that is judged. The mathematics has its own half."""
        data = genuine()["GOST-512"]
        good = parse_signed_data(data)

        for place in range(0, 8 * len(data), 3):
            flipped = bytearray(data)
            flipped[place // 8] ^= 1 << place % 8
            if not outcome(parse_signed_data, bytes(flipped)):
                assert parse_signed_data(bytes(flipped)) != good
