"""Extensions: decoded as an independent writer meant them; what decides must be readable, what informs may be damaged."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from signatures.core.asn1 import oids, writer
from signatures.core.certificates import (
    BasicConstraints,
    Extensions,
    GeneralName,
    GeneralNameKind,
    IssuerSignTool,
    KeyPeriod,
    KeyUsage,
    PolicyConstraints,
    parse_certificate,
)
from tests.factories import rsa
from tests.factories.refusals import refusal

KEY_USAGES = {
    "digital_signature": KeyUsage.DIGITAL_SIGNATURE,
    "content_commitment": KeyUsage.NON_REPUDIATION,
    "key_encipherment": KeyUsage.KEY_ENCIPHERMENT,
    "data_encipherment": KeyUsage.DATA_ENCIPHERMENT,
    "key_agreement": KeyUsage.KEY_AGREEMENT,
    "key_cert_sign": KeyUsage.KEY_CERT_SIGN,
    "crl_sign": KeyUsage.CRL_SIGN,
    "encipher_only": KeyUsage.ENCIPHER_ONLY,
    "decipher_only": KeyUsage.DECIPHER_ONLY,
}


def made(*extensions: x509.ExtensionType, critical: bool = False) -> bytes:
    builder = rsa.builder()
    for one in extensions:
        builder = builder.add_extension(one, critical=critical)
    return rsa.der(builder.sign(rsa.key(), hashes.SHA256()))


def read(*extensions: x509.ExtensionType, critical: bool = False) -> Extensions:
    return parse_certificate(made(*extensions, critical=critical)).extensions


def raw(oid: str, value: bytes) -> x509.UnrecognizedExtension:
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)


class TestDecoded:
    @pytest.mark.parametrize(("ca", "length"), [(True, None), (True, 0), (True, 5), (False, None)])
    def test_basic_constraints(self, ca, length):
        assert read(x509.BasicConstraints(ca=ca, path_length=length)).basic_constraints == BasicConstraints(ca, length)

    @pytest.mark.parametrize("name", KEY_USAGES)
    def test_key_usage(self, name):
        flags = dict.fromkeys(KEY_USAGES, False) | {name: True}
        if name in {"encipher_only", "decipher_only"}:
            flags["key_agreement"] = True

        assert read(x509.KeyUsage(**flags)).key_usage == {KEY_USAGES[key] for key, value in flags.items() if value}

    def test_extended_key_usage(self):
        found = read(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.OCSP_SIGNING]), critical=True)

        assert found.extended_key_usage == (oids.EKU_TIME_STAMPING, oids.EKU_OCSP_SIGNING)
        assert found.critical(oids.EXTENDED_KEY_USAGE)

    def test_key_identifiers(self):
        issuer = x509.DirectoryName(rsa.NAME)
        found = read(x509.SubjectKeyIdentifier(b"s" * 20), x509.AuthorityKeyIdentifier(b"a" * 20, [issuer, x509.DNSName("a")], 77))

        assert found.subject_key_id == b"s" * 20
        assert (found.authority_key_id.key_id, found.authority_key_id.serial_number) == (b"a" * 20, 77)
        assert found.authority_key_id.issuers == (rsa.NAME.public_bytes(),)

    def test_policies(self):
        policies = [x509.PolicyInformation(x509.ObjectIdentifier(oid), ["text"]) for oid in ("1.2.643.100.113.1", "1.2.643.100.114.2")]

        assert read(x509.CertificatePolicies(policies)).policies == ("1.2.643.100.113.1", "1.2.643.100.114.2")

    def test_limits_of_policies(self):
        found = read(x509.PolicyConstraints(require_explicit_policy=1, inhibit_policy_mapping=0), x509.InhibitAnyPolicy(2), critical=True)

        assert found.policy_constraints == PolicyConstraints(1, 0)
        assert found.inhibit_any_policy == 2
        assert found.unknown_critical == ()

    def test_name_constraints(self):
        found = read(x509.NameConstraints([x509.DirectoryName(rsa.NAME)], [x509.DNSName("test")]), critical=True)

        assert found.name_constraints.permitted == (GeneralName(GeneralNameKind.DIRECTORY, rsa.NAME.public_bytes()),)
        assert found.name_constraints.excluded == (GeneralName(GeneralNameKind.DNS, b"test"),)

    def test_alternative_names(self):
        found = read(x509.SubjectAlternativeName([x509.RFC822Name("a@test"), x509.DNSName("test")]))

        assert [(one.kind, one.text) for one in found.subject_alternative_names] == [(GeneralNameKind.EMAIL, "a@test"), (GeneralNameKind.DNS, "test")]

    def test_addresses_are_texts(self):
        point = x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.test/a")], None, None, None)
        relative = x509.DistributionPoint(None, x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, "a")]), None, None)
        access = [
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.test/")),
            x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.test/")),
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.DNSName("ocsp.test")),
        ]

        found = read(x509.CRLDistributionPoints([point, relative]), x509.AuthorityInformationAccess(access))

        assert found.crl_addresses == ("http://crl.test/a",)
        assert found.ocsp_addresses == ("http://ocsp.test/",)
        assert found.issuer_addresses == ("http://ca.test/",)

    def test_the_term_of_the_private_key(self):
        first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)

        assert read(x509.PrivateKeyUsagePeriod(first, last)).key_period == KeyPeriod(first, last)
        assert read(x509.PrivateKeyUsagePeriod(None, last)).key_period == KeyPeriod(None, last)

    def test_nocheck(self):
        assert read(x509.OCSPNoCheck()).has_ocsp_nocheck
        assert not read().has_ocsp_nocheck

    def test_the_tools_of_the_russian_profile(self):
        tools = ("средство", "УЦ", "сертификат средства", "сертификат УЦ")
        found = read(
            raw(oids.SUBJECT_SIGN_TOOL, writer.utf8("токен")),
            raw(oids.ISSUER_SIGN_TOOL, writer.sequence(*map(writer.utf8, tools))),
            raw(oids.IDENTIFICATION_KIND, writer.integer(3)),
        )

        assert found.subject_sign_tool == "токен"
        assert found.issuer_sign_tool == IssuerSignTool(*tools)
        assert found.identification_kind == 3


class TestUnknown:
    def test_a_critical_one_is_named(self):
        assert read(raw("1.2.3.4", b"anything"), critical=True).unknown_critical == ("1.2.3.4",)

    def test_another_one_is_kept_unread(self):
        found = read(raw("1.2.3.4", b"\xff"))

        assert found.unknown_critical == ()
        assert found.raw[0].value == b"\xff"


class TestDamaged:
    DECISIVE = (
        oids.BASIC_CONSTRAINTS,
        oids.KEY_USAGE,
        oids.EXTENDED_KEY_USAGE,
        oids.SUBJECT_KEY_ID,
        oids.AUTHORITY_KEY_ID,
        oids.CERTIFICATE_POLICIES,
        oids.POLICY_CONSTRAINTS,
        oids.INHIBIT_ANY_POLICY,
        oids.NAME_CONSTRAINTS,
        oids.SUBJECT_ALTERNATIVE_NAME,
        oids.KEY_PERIOD,
        oids.OCSP_NOCHECK,
    )
    INFORMATIVE = (oids.CRL_DISTRIBUTION_POINTS, oids.AUTHORITY_INFO_ACCESS, oids.SUBJECT_SIGN_TOOL, oids.ISSUER_SIGN_TOOL, oids.IDENTIFICATION_KIND)

    @pytest.mark.parametrize("oid", DECISIVE)
    @pytest.mark.parametrize("value", [b"", b"\x0c\x01\xff", b"\x30\x80\x00\x00", b"\x05\x01\x00"])
    def test_what_decides_must_be_readable(self, oid, value):
        assert refusal(parse_certificate, made(raw(oid, value))) in {"FC_ENCODING", "FC_TRAILING_BYTES"}

    @pytest.mark.parametrize("oid", INFORMATIVE)
    def test_what_informs_may_be_damaged(self, oid):
        assert read(raw(oid, b"\x05\x01\x00")).malformed == (oid,)

    def test_a_tool_without_a_text_is_damaged(self):
        assert read(raw(oids.SUBJECT_SIGN_TOOL, writer.integer(1))).malformed == (oids.SUBJECT_SIGN_TOOL,)

    @pytest.mark.parametrize("oid", INFORMATIVE)
    def test_unless_it_is_critical(self, oid):
        assert refusal(parse_certificate, made(raw(oid, b"\x05\x01\x00"), critical=True)) == "FC_ENCODING"

    @pytest.mark.parametrize(
        ("oid", "value"),
        [
            (oids.EXTENDED_KEY_USAGE, writer.sequence()),
            (oids.CERTIFICATE_POLICIES, writer.sequence()),
            (oids.CERTIFICATE_POLICIES, writer.sequence(writer.sequence(writer.oid("1.2.3")), writer.sequence(writer.oid("1.2.3")))),
            (oids.BASIC_CONSTRAINTS, writer.sequence(writer.boolean(value=True), writer.integer(-1))),
            (oids.NAME_CONSTRAINTS, writer.sequence(writer.context(0, writer.sequence(writer.tlv(0x82, b"a"), writer.tlv(0x80, b"\x01"))))),
            (oids.BASIC_CONSTRAINTS, writer.sequence() + b"\0"),
        ],
    )
    def test_a_value_that_the_standard_forbids_is_refused(self, oid, value):
        assert refusal(parse_certificate, made(raw(oid, value))) in {"FC_ENCODING", "FC_TRAILING_BYTES"}
