"""Certificates and requests: every vector, every field, every refusal."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import oids, writer
from signatures.core.certificates import KeyKind, KeyUsage, parse_certificate, parse_request, person, shown
from tests.factories import asn1_tree, rsa
from tests.factories.containers import vector_der
from tests.factories.properties import fuzz
from tests.factories.refusals import outcome, refusal

DAY = datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC)
CERTIFICATES = [
    # name, subject, serial, key, curve, digest in the key, CA, first and last year
    ("demo/root.pem", "CN=Demo Root", None, KeyKind.GOST_2012_512, "1.2.643.7.1.2.1.2.1", oids.STREEBOG_512, True, (2026, 2036)),
    ("demo/iss.pem", "CN=Demo Issuing CA", 2, KeyKind.GOST_2012_256, "1.2.643.7.1.2.1.1.1", "", True, (2026, 2029)),
    ("demo/ee.pem", "ИНН=000000000000, СНИЛС=00000000001, CN=Тестов Тест Тестович", 3, KeyKind.GOST_2012_256, "1.2.643.7.1.2.1.1.2", "", False, (2026, 2029)),
    ("rfc9215/256_test_paramset.cert.der", "CN=Example", 10, KeyKind.GOST_2012_256, "1.2.643.2.2.35.0", oids.STREEBOG_256, True, (2001, 2050)),
    ("rfc9215/256a_paramset.cert.der", "CN=Example", 10, KeyKind.GOST_2012_256, "1.2.643.7.1.2.1.1.1", "", True, (2001, 2050)),
    ("rfc9215/512_test_paramset.cert.der", "CN=Example", 11, KeyKind.GOST_2012_512, "1.2.643.7.1.2.1.2.0", "", True, (2001, 2050)),
    (
        "rfc9215/tk26iok_256.cert.der",
        "CN=GostR3410-2012 (256 bit) example, E=GostR3410-2012@example.com",
        1,
        KeyKind.GOST_2012_256,
        "1.2.643.2.2.36.0",
        oids.STREEBOG_256,
        True,
        (2013, 2030),
    ),
    (
        "rfc9215/tk26iok_512.cert.der",
        "CN=GostR3410-2012 (512 bit) example, E=GostR3410-2012@example.com",
        1,
        KeyKind.GOST_2012_512,
        "1.2.643.7.1.2.1.2.2",
        oids.STREEBOG_512,
        True,
        (2013, 2030),
    ),
    (
        "tc26_cms/root256_cert.pem",
        "CN=CA TK26: GOST 34.10-12 256-bit, O=TK26",
        None,
        KeyKind.GOST_2012_256,
        "1.2.643.7.1.2.1.1.1",
        oids.STREEBOG_256,
        None,
        (2001, 2049),
    ),
    (
        "tc26_cms/sender512_cert.pem",
        "CN=ORIGINATOR: GOST 34.10-12 512-bit, O=TK26",
        0x018CBA84,
        KeyKind.GOST_2012_512,
        "1.2.643.7.1.2.1.2.1",
        oids.STREEBOG_512,
        None,
        (2001, 2049),
    ),
]
NAMES = [row[0] for row in CERTIFICATES]


class TestVectors:
    @pytest.mark.parametrize(("name", "subject", "serial", "kind", "curve", "digest", "is_ca", "years"), CERTIFICATES, ids=NAMES)
    def test_have_the_documented_content(self, name, subject, serial, kind, curve, digest, is_ca, years):
        found = parse_certificate(vector_der(name))
        constraints = found.extensions.basic_constraints

        assert found.version == 3
        assert shown(found.subject) == subject
        assert serial in {None, found.serial_number}
        assert (found.public_key.kind, found.public_key.curve, found.public_key.digest) == (kind, curve, digest)
        assert found.public_key.bits == (256 if kind is KeyKind.GOST_2012_256 else 512)
        assert len(found.public_key.point) == found.public_key.bits // 4
        assert (constraints.is_ca if constraints else None) is is_ca
        assert (found.not_before.year, found.not_after.year) == years
        assert found.extensions.unknown_critical == found.extensions.malformed == ()
        assert found.signature_algorithm.is_plain

    @pytest.mark.parametrize("name", NAMES)
    def test_an_independent_reader_sees_the_same(self, name):
        ours, theirs = parse_certificate(vector_der(name)), x509.load_der_x509_certificate(vector_der(name))

        assert ours.serial_number == theirs.serial_number
        assert ours.tbs == theirs.tbs_certificate_bytes
        assert ours.signature == theirs.signature
        assert ours.signature_algorithm.oid == theirs.signature_algorithm_oid.dotted_string
        assert (ours.not_before, ours.not_after) == (theirs.not_valid_before_utc, theirs.not_valid_after_utc)
        assert (ours.issuer.der, ours.subject.der) == (theirs.issuer.public_bytes(), theirs.subject.public_bytes())
        assert ours.sha256 == theirs.fingerprint(hashes.SHA256()).hex()
        assert [(one.oid, one.critical) for one in ours.extensions.raw] == [(one.oid.dotted_string, one.critical) for one in theirs.extensions]

    def test_the_demo_signer_has_the_marks_of_the_russian_profile(self):
        found = parse_certificate(vector_der("demo/ee.pem"))
        extensions = found.extensions

        assert extensions.key_usage == {KeyUsage.DIGITAL_SIGNATURE, KeyUsage.NON_REPUDIATION}
        assert extensions.critical(oids.KEY_USAGE)
        assert not extensions.critical(oids.BASIC_CONSTRAINTS)
        assert extensions.extended_key_usage == (oids.EKU_CLIENT_AUTH, oids.EKU_EMAIL_PROTECTION)
        assert extensions.policies == ("1.2.643.100.113.1",)
        assert extensions.subject_sign_tool == "Virtual token (test)"
        assert extensions.identification_kind == 0
        assert extensions.issuer_sign_tool is None
        assert extensions.crl_addresses == ("http://127.0.0.1/crl",)
        assert extensions.authority_key_id.key_id == parse_certificate(vector_der("demo/iss.pem")).extensions.subject_key_id
        assert found.subject.first(oids.SNILS) == "00000000001"
        assert found.subject.first(oids.INN) == "000000000000"
        assert {rdn[0].tag for rdn in found.subject.rdns} == {12, 18}
        assert person(found.subject) == "Тестов Тест Тестович"
        assert found.issuer == parse_certificate(vector_der("demo/iss.pem")).subject

    def test_the_demo_authorities_have_their_limits(self):
        root, issuing = parse_certificate(vector_der("demo/root.pem")), parse_certificate(vector_der("demo/iss.pem"))

        assert root.extensions.basic_constraints.path_length is None
        assert issuing.extensions.basic_constraints.path_length == 0
        assert root.extensions.key_usage == {KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN}
        assert root.is_self_issued
        assert not issuing.is_self_issued
        assert issuing.not_before == DAY

    @pytest.mark.parametrize("name", ["256_test_paramset", "256a_paramset", "512_test_paramset"])
    def test_the_requests_have_the_key_of_the_certificates(self, name):
        request, certificate = parse_request(vector_der(f"rfc9215/{name}.csr.der")), parse_certificate(vector_der(f"rfc9215/{name}.cert.der"))

        assert shown(request.subject) == "CN=Example"
        assert request.public_key.curve == certificate.public_key.curve
        assert len(request.signature) == len(certificate.signature)


class TestValue:
    def test_two_certificates_are_equal_when_their_bytes_are(self):
        first, second = parse_certificate(vector_der("demo/ee.pem")), parse_certificate.__wrapped__(vector_der("demo/ee.pem"))

        assert first is not second
        assert first == second
        assert hash(first) == hash(second)
        assert first != parse_certificate(vector_der("demo/iss.pem"))
        assert first != vector_der("demo/ee.pem")

    def test_it_is_read_once(self):
        assert parse_certificate(vector_der("demo/ee.pem")) is parse_certificate(bytes(bytearray(vector_der("demo/ee.pem"))))


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "kind", "bits", "curve"),
        [
            (ec.generate_private_key(ec.SECP256R1()), KeyKind.EC, 256, "1.2.840.10045.3.1.7"),
            (ec.generate_private_key(ec.SECP521R1()), KeyKind.EC, 521, "1.3.132.0.35"),
            (ed25519.Ed25519PrivateKey.generate(), KeyKind.ED25519, 256, ""),
        ],
    )
    def test_of_other_families_are_recognised(self, key, kind, bits, curve):
        made = rsa.builder(public_key=key.public_key()).sign(rsa.key(), hashes.SHA256())

        found = parse_certificate(rsa.der(made)).public_key

        assert (found.kind, found.bits, found.curve, found.point) == (kind, bits, curve, b"")
        assert found.der == key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    def test_of_rsa_have_the_length_of_the_modulus(self):
        assert parse_certificate(rsa.der(rsa.certificate())).public_key.bits == 2048

    @staticmethod
    def with_key(algorithm: bytes, key: bytes) -> bytes:
        tree = asn1_tree.parse(rsa.der(rsa.certificate()))
        tree[0].children[6] = asn1_tree.parse(writer.sequence(algorithm, writer.bits(key)))
        return tree.encode()

    @pytest.mark.parametrize(
        ("oid", "parameters", "key"),
        [
            (oids.GOST_2012_256, [writer.sequence(writer.oid("1.2.643.2.2.35.1"))], writer.octets(bytes(63))),
            (oids.GOST_2012_256, [writer.sequence(writer.oid("1.2.643.2.2.35.1"))], writer.octets(bytes(128))),
            (oids.GOST_2012_256, [writer.sequence(writer.oid("1.2.643.2.2.35.1"))], writer.octets(bytes(64)) + b"\0"),
            (oids.GOST_2012_256, [writer.sequence(writer.oid("1.2.643.2.2.35.1"))], bytes(64)),
            (oids.GOST_2012_256, [], writer.octets(bytes(64))),
            (oids.GOST_2012_256, [writer.sequence()], writer.octets(bytes(64))),
            (oids.GOST_2012_256, [writer.null()], writer.octets(bytes(64))),
            (oids.RSA, [writer.null()], writer.sequence(writer.integer(-5), writer.integer(3))),
            (oids.RSA, [writer.null()], writer.sequence(writer.integer(5))),
            (oids.RSA, [writer.null()], b""),
            (oids.EC_KEY, [], bytes(65)),
        ],
    )
    def test_of_a_wrong_shape_are_refused(self, oid, parameters, key):
        assert refusal(parse_certificate, self.with_key(writer.sequence(writer.oid(oid), *parameters), key)) == "FC_ENCODING"

    def test_of_rsa_are_limited(self):
        key = writer.sequence(writer.integer(1 << 16_385), writer.integer(3))

        assert refusal(parse_certificate, self.with_key(writer.sequence(writer.oid(oids.RSA), writer.null()), key)) == "FC_LIMITS"

    def test_of_2001_are_read_so_that_they_can_be_refused_by_name(self):
        parameters = writer.sequence(writer.oid("1.2.643.2.2.35.1"), writer.oid("1.2.643.2.2.30.1"), writer.oid("1.2.643.2.2.31.1"))
        data = self.with_key(writer.sequence(writer.oid(oids.GOST_2001), parameters), writer.octets(bytes(64)))

        assert parse_certificate(data).public_key.kind is KeyKind.GOST_2001

    def test_with_explicit_curves_have_no_curve(self):
        data = self.with_key(writer.sequence(writer.oid(oids.EC_KEY), writer.sequence(writer.integer(1))), bytes(65))

        assert (parse_certificate(data).public_key.curve, parse_certificate(data).public_key.bits) == ("", 0)

    def test_of_unknown_families_are_kept(self):
        assert parse_certificate(self.with_key(writer.sequence(writer.oid("1.2.3")), b"key")).public_key.kind is KeyKind.OTHER


class TestRefusals:
    @staticmethod
    def changed(change) -> bytes:
        tree = asn1_tree.parse(vector_der("demo/ee.pem"))
        change(tree)
        return tree.encode()

    def test_two_signature_algorithms(self):
        def change(tree) -> None:
            tree[1][0].content = writer.oid(oids.GOST_2012_512_WITH_DIGEST)[2:]

        assert refusal(parse_certificate, self.changed(change)) == "FC_ALGORITHM_MISMATCH"

    @pytest.mark.parametrize("version", [0, 3, 4])
    def test_an_unknown_version(self, version):
        def change(tree) -> None:
            tree[0][0][0].content = bytes([version])

        assert refusal(parse_certificate, self.changed(change)) == "FC_ENCODING"

    def test_extensions_in_an_old_version(self):
        for version in (b"\x01", None):

            def change(tree, version=version) -> None:
                if version is None:
                    tree[0].children.pop(0)
                else:
                    tree[0][0][0].content = version

            assert refusal(parse_certificate, self.changed(change)) == "FC_ENCODING"

    def test_a_repeated_extension(self):
        def change(tree) -> None:
            tree[0][7][0].children.append(tree[0][7][0][0])

        assert refusal(parse_certificate, self.changed(change)) == "FC_ENCODING"

    def test_bytes_behind_it(self):
        assert refusal(parse_certificate, vector_der("demo/ee.pem") + b"\n") == "FC_TRAILING_BYTES"

    def test_more_than_64_kilobytes(self):
        assert refusal(parse_certificate, bytes(64 * 1024 + 1)) == "FC_LIMITS"

    @pytest.mark.parametrize("form", ["indefinite", "long"])
    def test_ber_anywhere(self, form):
        nodes = sum(1 for node in asn1_tree.parse(vector_der("demo/ee.pem")).walk() if form == "long" or node.children)
        for number in range(nodes):
            tree = asn1_tree.parse(vector_der("demo/ee.pem"))
            [node for node in tree.walk() if form == "long" or node.children][number].form = form
            assert refusal(parse_certificate, tree.encode()) == "FC_ENCODING"

    def test_a_version_1_certificate_is_read(self):
        tree = asn1_tree.parse(vector_der("demo/ee.pem"))
        tree[0].children.pop(7)
        tree[0].children.pop(0)

        found = parse_certificate(tree.encode())

        assert found.version == 1
        assert found.extensions.raw == ()

    def test_unique_identifiers_of_old_certificates_are_passed_over(self):
        tree = asn1_tree.parse(vector_der("demo/ee.pem"))
        tree[0].children[7:7] = [asn1_tree.Node(0x81, b"\0i"), asn1_tree.Node(0x82, b"\0s")]

        assert parse_certificate(tree.encode()).extensions == parse_certificate(vector_der("demo/ee.pem")).extensions

    def test_a_request_with_two_lists_of_extensions(self):
        request = x509.CertificateSigningRequestBuilder().subject_name(rsa.NAME).add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        data = rsa.der(request.sign(rsa.key(), hashes.SHA256()))
        tree = asn1_tree.parse(data)
        tree[0][3].children.append(tree[0][3][0])

        assert parse_request(data).extensions.basic_constraints.is_ca is False
        assert refusal(parse_request, tree.encode()) == "FC_ATTR_DUPLICATED"

    def test_a_request_of_another_version(self):
        tree = asn1_tree.parse(vector_der("rfc9215/256a_paramset.csr.der"))
        tree[0][0].content = b"\x01"

        assert refusal(parse_request, tree.encode()) == "FC_ENCODING"


class TestNames:
    def test_a_person_is_named_by_surname_and_given_names_first(self):
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, "ООО «Ромашка»"),
                x509.NameAttribute(NameOID.SURNAME, "Тестова"),
                x509.NameAttribute(NameOID.GIVEN_NAME, "Анна Сергеевна"),
            ]
        )
        found = parse_certificate(rsa.der(rsa.builder(subject=name).sign(rsa.key(), hashes.SHA256())))

        assert person(found.subject) == "Тестова Анна Сергеевна"
        assert person(found.issuer) == "ТЕСТОВЫЙ подписант"


class TestAnyBytes:
    @fuzz
    @given(st.sampled_from(NAMES), st.randoms(use_true_random=False), st.integers(1, 4))
    def test_changed_certificates_are_read_or_refused(self, name, random, times):
        tree = asn1_tree.parse(vector_der(name))
        data = b""
        for _ in range(times):
            data = asn1_tree.mutate(tree, random)

        outcome(read_whole, data)

    @fuzz
    @given(st.sampled_from(NAMES), st.integers(min_value=0), st.binary(min_size=1, max_size=8))
    def test_overwritten_bytes_are_read_or_refused(self, name, place, patch):
        data = bytearray(vector_der(name))
        place %= len(data)
        data[place : place + len(patch)] = patch

        outcome(read_whole, bytes(data))

    @fuzz
    @given(st.sampled_from(["256_test_paramset", "512_test_paramset"]), st.randoms(use_true_random=False))
    def test_changed_requests_are_read_or_refused(self, name, random):
        outcome(parse_request, asn1_tree.mutate(asn1_tree.parse(vector_der(f"rfc9215/{name}.csr.der")), random))


def read_whole(data: bytes) -> None:
    """Read a certificate and show it as a page does."""
    found = parse_certificate(data)
    shown(found.subject)
    person(found.issuer)
    repr(found)
