"""CRLs: read as an independent writer meant them; lines are found by serial number."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import oids, writer
from signatures.core.certificates import GeneralName, GeneralNameKind, shown
from signatures.core.revocation_data import RevocationReason, RevokedEntry, find_revoked, parse_revocation_list
from tests.factories import asn1_tree, rsa
from tests.factories.containers import vector_der
from tests.factories.properties import fuzz
from tests.factories.refusals import outcome, refusal

MOMENT = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
VECTORS = [
    ("demo/root.crl", "CN=Demo Root", datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC), timedelta(days=30)),
    ("demo/iss.crl", "CN=Demo Issuing CA", datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC), timedelta(days=30)),
    ("rfc9215/256_test_paramset.crl.der", "CN=Example", datetime(2014, 1, 1, tzinfo=UTC), timedelta(days=1)),
    ("rfc9215/256a_paramset.crl.der", "CN=Example", datetime(2014, 1, 1, tzinfo=UTC), timedelta(days=1)),
    ("rfc9215/512_test_paramset.crl.der", "CN=Example", datetime(2014, 1, 1, tzinfo=UTC), timedelta(days=1)),
]


def line(serial: int, *extensions: x509.ExtensionType) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(MOMENT)
    for one in extensions:
        builder = builder.add_extension(one, critical=False)
    return builder.build()


def made(*lines: x509.RevokedCertificate, extensions: tuple[tuple[x509.ExtensionType, bool], ...] = ()) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(rsa.NAME).last_update(MOMENT).next_update(MOMENT + timedelta(days=7))
    for one in lines:
        builder = builder.add_revoked_certificate(one)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return rsa.der(builder.sign(rsa.key(), hashes.SHA256()))


class TestVectors:
    @pytest.mark.parametrize(("name", "issuer", "this_update", "term"), VECTORS, ids=[row[0] for row in VECTORS])
    def test_have_the_documented_content(self, name, issuer, this_update, term):
        found = parse_revocation_list(vector_der(name))
        theirs = x509.load_der_x509_crl(vector_der(name))

        assert shown(found.issuer) == issuer
        assert (found.this_update, found.next_update) == (this_update, this_update + term)
        assert (found.index, found.lines) == ({}, b"")
        assert (found.tbs, found.signature) == (theirs.tbs_certlist_bytes, theirs.signature)
        assert found.unknown_critical == ()
        assert not found.is_delta
        assert find_revoked(found, 3) is None

    def test_the_demo_lists_are_numbered(self):
        assert parse_revocation_list(vector_der("demo/iss.crl")).number == 1
        assert parse_revocation_list(vector_der("demo/root.crl")).number == 2


class TestLines:
    def test_are_found_by_serial_number(self):
        found = parse_revocation_list(made(line(5), line(1 << 150), line(7)))

        assert find_revoked(found, 1 << 150) == RevokedEntry(1 << 150, MOMENT, RevocationReason.UNSPECIFIED)
        assert find_revoked(found, 6) is None

    @pytest.mark.parametrize("flag", [one for one in x509.ReasonFlags if one is not x509.ReasonFlags.unspecified])
    def test_name_their_reason(self, flag):
        found = parse_revocation_list(made(line(5, x509.CRLReason(flag))))

        assert find_revoked(found, 5).reason.value == flag.value

    def test_name_the_day_since_which_a_key_is_doubtful(self):
        found = parse_revocation_list(made(line(5, x509.InvalidityDate(MOMENT - timedelta(days=3)))))

        assert find_revoked(found, 5).invalid_since == MOMENT - timedelta(days=3)

    def test_name_critical_extensions_that_nothing_understands(self):
        builder = x509.RevokedCertificateBuilder().serial_number(5).revocation_date(MOMENT)
        other = x509.CertificateIssuer([x509.DirectoryName(rsa.NAME)])

        found = parse_revocation_list(made(builder.add_extension(other, critical=True).build()))

        assert find_revoked(found, 5).unknown_critical == (oids.CERTIFICATE_ISSUER,)

    def test_of_one_number_twice_are_refused(self):
        assert refusal(parse_revocation_list, made(line(5), line(5, x509.CRLReason(x509.ReasonFlags.certificate_hold)))) == "FC_ENCODING"

    def test_of_ten_thousand_are_read_and_found(self):
        data = asn1_tree.parse(made(line(1)))
        lines = data[0][5]
        lines.children = [asn1_tree.parse(writer.sequence(writer.integer(number), writer.time(MOMENT))) for number in range(10_000)]

        found = parse_revocation_list(data.encode())

        assert len(found.index) == 10_000
        assert find_revoked(found, 9_999).revoked_at == MOMENT

    @pytest.mark.parametrize("bad", [writer.null(), writer.sequence(), writer.sequence(writer.utf8("5")), writer.set_of(writer.integer(5))])
    def test_of_a_wrong_shape_are_refused(self, bad):
        data = asn1_tree.parse(made(line(1)))
        data[0][5].children = [asn1_tree.parse(bad)]

        assert refusal(parse_revocation_list, data.encode()) == "FC_ENCODING"

    def test_that_cannot_be_read_are_refused_when_asked_for(self):
        data = asn1_tree.parse(made(line(1)))
        for tail in ([writer.null()], [writer.time(MOMENT), writer.null()], [writer.time(MOMENT), writer.sequence(), writer.null()]):
            data[0][5].children = [asn1_tree.parse(writer.sequence(writer.integer(5), *tail))]
            assert refusal(find_revoked, parse_revocation_list(data.encode()), 5) == "FC_ENCODING"


class TestScope:
    def test_a_list_without_it_is_about_the_whole_authority(self):
        assert parse_revocation_list(made()).scope is None

    def test_it_is_read_with_its_addresses(self):
        address = x509.UniformResourceIdentifier("http://crl.test/")
        point = x509.IssuingDistributionPoint([address], None, True, False, None, False, False)

        found = parse_revocation_list(made(extensions=((point, True),)))

        assert found.scope.names == (GeneralName(GeneralNameKind.URI, b"http://crl.test/"),)
        assert (found.scope.only_user, found.scope.only_authorities, found.scope.is_indirect) == (True, False, False)
        assert found.unknown_critical == ()

    def test_some_reasons_and_indirect_lists_are_seen(self):
        reasons = frozenset({x509.ReasonFlags.key_compromise})
        some = parse_revocation_list(made(extensions=((x509.IssuingDistributionPoint(None, None, False, True, reasons, False, False), True),)))
        indirect = parse_revocation_list(made(extensions=((x509.IssuingDistributionPoint(None, None, False, False, None, True, False), True),)))

        assert (some.scope.only_some_reasons, some.scope.only_authorities) == (True, True)
        assert indirect.scope.is_indirect

    def test_a_delta_is_seen(self):
        assert parse_revocation_list(made(extensions=((x509.DeltaCRLIndicator(1), True), (x509.CRLNumber(2), False)))).is_delta


class TestFrame:
    def test_the_key_of_the_issuer_is_named(self):
        found = parse_revocation_list(made(extensions=((x509.AuthorityKeyIdentifier(b"k" * 20, None, None), False),)))

        assert found.authority_key_id.key_id == b"k" * 20

    def test_unknown_critical_extensions_are_named(self):
        unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"")

        assert parse_revocation_list(made(extensions=((unknown, True),))).unknown_critical == ("1.2.3.4",)

    def test_two_lists_are_equal_when_their_bytes_are(self):
        first, second = (parse_revocation_list(vector_der("demo/iss.crl")) for _ in range(2))

        assert first == second
        assert hash(first) == hash(second)
        assert first != parse_revocation_list(vector_der("demo/root.crl"))

    def test_a_list_without_a_term_and_of_version_1_is_read(self):
        data = asn1_tree.parse(vector_der("demo/iss.crl"))
        data[0].children = [child for at, child in enumerate(data[0].children) if at in {1, 2, 3}]

        found = parse_revocation_list(data.encode())

        assert (found.next_update, found.number) == (None, None)

    def test_other_bytes_are_refused(self):
        data = vector_der("demo/iss.crl")
        tree = asn1_tree.parse(data)
        tree[0][0].content = b"\x02"

        assert refusal(parse_revocation_list, tree.encode()) == "FC_ENCODING"
        assert refusal(parse_revocation_list, data + b"\0") == "FC_TRAILING_BYTES"
        assert refusal(parse_revocation_list, vector_der("demo/ee.pem")) == "FC_ENCODING"
        assert refusal(parse_revocation_list, bytes(32 * 1024 * 1024 + 1)) == "FC_LIMITS"

    def test_two_signature_algorithms_are_refused(self):
        tree = asn1_tree.parse(vector_der("demo/iss.crl"))
        tree[1].children.pop()

        assert refusal(parse_revocation_list, tree.encode()) == "FC_ALGORITHM_MISMATCH"

    @fuzz
    @given(st.sampled_from(["demo/iss.crl", "rfc9215/512_test_paramset.crl.der"]), st.randoms(use_true_random=False), st.integers(1, 3))
    def test_changed_lists_are_read_or_refused(self, name, random, times):
        tree = asn1_tree.parse(vector_der(name))
        data = b""
        for _ in range(times):
            data = asn1_tree.mutate(tree, random)

        outcome(parse_revocation_list, data)

    @fuzz
    @given(st.randoms(use_true_random=False))
    def test_changed_lines_are_read_or_refused(self, random):
        data = asn1_tree.mutate(asn1_tree.parse(made(line(5, x509.CRLReason(x509.ReasonFlags.superseded)))), random)

        outcome(lambda: find_revoked(parse_revocation_list(data), 5))
