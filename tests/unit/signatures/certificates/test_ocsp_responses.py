"""OCSP responses: read as an independent writer meant them."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import oids, writer
from signatures.core.revocation_data import (
    CertificateStatus,
    OcspStatus,
    RevocationReason,
    parse_basic_response,
    parse_ocsp_response,
)
from tests.factories import asn1_tree, rsa
from tests.factories.properties import fuzz
from tests.factories.refusals import outcome, refusal

MOMENT = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)


@cache
def made(
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    *,
    reason: x509.ReasonFlags | None = None,
    by: ocsp.OCSPResponderEncoding = ocsp.OCSPResponderEncoding.HASH,
    nonce: bytes = b"",
) -> bytes:
    revoked_at = MOMENT - timedelta(days=1) if status is ocsp.OCSPCertStatus.REVOKED else None
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=rsa.certificate(),
        issuer=rsa.certificate(),
        algorithm=hashes.SHA1(),  # noqa: S303  # an identifier inside of CertID, as every responder writes it
        cert_status=status,
        this_update=MOMENT,
        next_update=MOMENT + timedelta(hours=1),
        revocation_time=revoked_at,
        revocation_reason=reason,
    )
    builder = builder.responder_id(by, rsa.certificate()).certificates([rsa.certificate()])
    if nonce:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.sign(rsa.key(), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def basic_tree(data: bytes) -> tuple[asn1_tree.Node, asn1_tree.Node]:
    outer = asn1_tree.parse(data)
    return outer, asn1_tree.parse(outer[1][0][1].content)


def changed(data: bytes, change) -> bytes:
    outer, inner = basic_tree(data)
    change(inner)
    outer[1][0][1].content = inner.encode()
    return outer.encode()


class TestResponse:
    def test_a_good_answer_has_every_field(self):
        found = parse_ocsp_response(made(nonce=b"n" * 16)).basic
        theirs = ocsp.load_der_ocsp_response(made(nonce=b"n" * 16))
        answer = found.answers[0]

        assert (answer.status, answer.revoked_at, answer.reason) == (CertificateStatus.GOOD, None, None)
        assert (answer.this_update, answer.next_update) == (MOMENT, MOMENT + timedelta(hours=1))
        assert answer.certificate_id.hash_algorithm.oid == oids.SHA_1
        assert answer.certificate_id.name_hash == theirs.issuer_name_hash
        assert answer.certificate_id.key_hash == theirs.issuer_key_hash
        assert answer.certificate_id.serial_number == 4711
        assert found.produced_at == theirs.produced_at_utc
        assert found.nonce == b"n" * 16
        assert found.certificates == (rsa.der(rsa.certificate()),)
        assert (found.tbs, found.signature) == (theirs.tbs_response_bytes, theirs.signature)
        assert (found.responder_name, found.responder_key_hash) == (None, theirs.responder_key_hash)
        assert found.unknown_critical == answer.unknown_critical == ()

    def test_a_responder_may_be_named(self):
        found = parse_ocsp_response(made(by=ocsp.OCSPResponderEncoding.NAME)).basic

        assert found.responder_name.der == rsa.NAME.public_bytes()
        assert found.responder_key_hash is None
        assert found.nonce is None

    def test_a_revoked_answer_has_its_time_and_reason(self):
        answer = parse_ocsp_response(made(ocsp.OCSPCertStatus.REVOKED, reason=x509.ReasonFlags.certificate_hold)).basic.answers[0]

        assert (answer.status, answer.revoked_at) == (CertificateStatus.REVOKED, MOMENT - timedelta(days=1))
        assert answer.reason is RevocationReason.CERTIFICATE_HOLD

    def test_a_revoked_answer_may_name_no_reason(self):
        assert parse_ocsp_response(made(ocsp.OCSPCertStatus.REVOKED)).basic.answers[0].reason is RevocationReason.UNSPECIFIED

    def test_an_unknown_answer_is_not_a_good_one(self):
        assert parse_ocsp_response(made(ocsp.OCSPCertStatus.UNKNOWN)).basic.answers[0].status is CertificateStatus.UNKNOWN

    def test_the_signed_part_is_read_alone_as_revocation_values_hold_it(self):
        basic = parse_ocsp_response(made()).basic

        assert parse_basic_response(basic.der) == basic

    @pytest.mark.parametrize("status", [one for one in ocsp.OCSPResponseStatus if one is not ocsp.OCSPResponseStatus.SUCCESSFUL])
    def test_a_refusal_of_the_responder_has_no_answer(self, status):
        found = parse_ocsp_response(ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(serialization.Encoding.DER))

        assert found.basic is None
        assert found.status is not OcspStatus.SUCCESSFUL

    def test_a_bare_nonce_of_an_old_responder_is_read(self):
        def change(inner) -> None:
            inner[0][3][0][0][1].content = b"bare"

        assert parse_ocsp_response(changed(made(nonce=b"n" * 16), change)).basic.nonce == b"bare"

    def test_unknown_critical_extensions_are_named(self):
        extension = asn1_tree.parse(writer.sequence(writer.oid("1.2.3.4"), writer.boolean(value=True), writer.octets(b"")))

        def change(inner) -> None:
            inner[0][3][0].children.append(extension)
            inner[0][2][0].children.append(asn1_tree.Node(0xA1, children=[asn1_tree.Node(0x30, children=[extension])]))

        found = parse_ocsp_response(changed(made(nonce=b"n" * 16), change)).basic

        assert found.unknown_critical == found.answers[0].unknown_critical == ("1.2.3.4",)


class TestRefusals:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            writer.sequence(),
            writer.sequence(writer.enumerated(0)),
            writer.sequence(writer.enumerated(4)),
            writer.sequence(writer.enumerated(1), writer.context(0, writer.sequence())),
            writer.sequence(writer.enumerated(0), writer.context(0, writer.sequence(writer.oid("1.2.3"), writer.octets(b"")))),
        ],
    )
    def test_a_frame_that_makes_no_sense(self, data):
        assert refusal(parse_ocsp_response, data) == "FC_ENCODING"

    def test_bytes_behind_it(self):
        assert refusal(parse_ocsp_response, made() + b"\0") == "FC_TRAILING_BYTES"

    def test_a_version_that_does_not_exist(self):
        for number in (0, 1):

            def change(inner, number=number) -> None:
                inner[0].children.insert(0, asn1_tree.parse(writer.context(0, writer.integer(number))))

            assert refusal(parse_ocsp_response, changed(made(), change)) == "FC_ENCODING"

    def test_an_answer_without_a_status(self):
        for status in (writer.null(), b"\x80\x01\x00", b"\xa3\x00"):

            def change(inner, status=status) -> None:
                inner[0][2][0].children[1] = asn1_tree.parse(status)

            assert refusal(parse_ocsp_response, changed(made(), change)) == "FC_ENCODING"

    def test_a_reason_that_does_not_exist(self):
        def change(inner) -> None:
            inner[0][2][0][1][1][0].content = b"\x07"

        data = made(ocsp.OCSPCertStatus.REVOKED, reason=x509.ReasonFlags.key_compromise)
        assert refusal(parse_ocsp_response, changed(data, change)) == "FC_ENCODING"

    def test_too_much_of_anything(self):
        def answers(inner) -> None:
            inner[0][2].children *= 257

        def certificates(inner) -> None:
            inner[3][0].children *= 65

        assert refusal(parse_ocsp_response, changed(made(), answers)) == "FC_LIMITS"
        assert refusal(parse_ocsp_response, changed(made(), certificates)) == "FC_LIMITS"
        assert refusal(parse_ocsp_response, bytes(1024 * 1024 + 1)) == "FC_LIMITS"

    @fuzz
    @given(st.booleans(), st.randoms(use_true_random=False), st.integers(1, 3))
    def test_changed_responses_are_read_or_refused(self, is_inside, random, times):
        outer, inner = basic_tree(made(ocsp.OCSPCertStatus.REVOKED, reason=x509.ReasonFlags.key_compromise, nonce=b"n" * 16))
        for _ in range(times):
            if is_inside:
                outer[1][0][1].content = asn1_tree.mutate(inner, random)
            else:
                asn1_tree.mutate(outer, random)
                break

        outcome(parse_ocsp_response, outer.encode())
