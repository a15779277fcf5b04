"""Rows of the README of the vectors about certificates, requests and lists of RFC 9215 and TK26IOK, on both back-ends."""

from datetime import UTC, datetime

import pytest

from signatures.core import algorithms
from signatures.core.acceptance import Moment, key_reasons
from signatures.core.certificates import parse_certificate, parse_request
from signatures.core.context import Context
from signatures.core.gost.backend import Gost
from signatures.core.path import is_authority
from signatures.core.policy import SHIPPED, load_policy
from signatures.core.revocation import Control, Pair, State, read_bundles, revocation_status
from signatures.core.revocation.evidence import Bundle, Source
from signatures.core.revocation_data import parse_revocation_list
from signatures.core.trust import TrustStore
from tests.plugins.vectors import DECEMBER, certificate, vector

SELF_SIGNED = [
    "rfc9215/256_test_paramset.cert.der",
    "rfc9215/256a_paramset.cert.der",
    "rfc9215/512_test_paramset.cert.der",
    "rfc9215/tk26iok_256.cert.der",
    "rfc9215/tk26iok_512.cert.der",
    "tc26_cms/root256_cert.pem",
    "demo/root.pem",
]
SETS = ["256_test_paramset", "256a_paramset", "512_test_paramset"]
NOW = Moment(DECEMBER, proven=False)


@pytest.fixture
def context(gost: Gost) -> Context:
    return Context(load_policy("stand"), TrustStore(()), gost, DECEMBER)


class TestCertificates:
    @pytest.mark.parametrize("name", SELF_SIGNED)
    def test_self_signature_is_right(self, context: Context, name: str):
        assert context.is_signed_by(certificate(name), certificate(name))

    @pytest.mark.parametrize(("name", "issuer"), [("tc26_cms/sender512_cert.pem", "tc26_cms/root256_cert.pem"), ("demo/ee.pem", "demo/iss.pem")])
    def test_signature_of_the_issuer_is_right(self, context: Context, name: str, issuer: str):
        assert context.is_signed_by(certificate(name), certificate(issuer))
        assert not context.is_signed_by(certificate(name), certificate("demo/root.pem"))

    @pytest.mark.parametrize("name", SELF_SIGNED)
    @pytest.mark.parametrize("policy", SHIPPED)
    def test_only_the_sets_of_the_examples_are_refused(self, policy: str, name: str):
        found = [one.id for one in key_reasons(load_policy(policy), certificate(name).public_key, NOW)]

        assert found == (["SAV_TEST_PARAMSET"] if "test_paramset" in name else [])

    def test_root_of_tc26_is_no_authority(self):
        assert not is_authority(certificate("tc26_cms/root256_cert.pem"))
        assert is_authority(certificate("rfc9215/tk26iok_256.cert.der"))

    @pytest.mark.parametrize("name", SETS)
    def test_a_flipped_bit_is_noticed(self, context: Context, name: str):
        der = bytearray(vector(f"rfc9215/{name}.cert.der"))
        der[-1] ^= 1
        flipped = parse_certificate(bytes(der))

        assert not context.is_signed_by(flipped, flipped)


class TestRequests:
    @pytest.mark.parametrize("name", SETS)
    def test_signature_is_right(self, gost: Gost, name: str):
        request = parse_request(vector(f"rfc9215/{name}.csr.der"))

        assert algorithms.prove(request.public_key, request.signature_algorithm, "", request.info, request.signature, gost).holds


class TestLists:
    @pytest.mark.parametrize("name", SETS)
    def test_signature_is_right_and_the_list_is_stale(self, context: Context, name: str):
        der, own = vector(f"rfc9215/{name}.crl.der"), certificate(f"rfc9215/{name}.cert.der")
        crl = parse_revocation_list(der)
        readings = read_bundles({Source.GIVEN: Bundle(crls=(der,))}, context)

        status = revocation_status(Pair(own, own), readings, Control(NOW, context))

        assert context.prove_object("crl-signature", crl.der, crl.tbs, crl.signature_algorithm, crl.signature, own.public_key).holds
        assert crl.next_update == datetime(2014, 1, 2, tzinfo=UTC)
        assert (status.state, [one.id for one in status.reasons]) == (State.UNKNOWN, ["XCV_CRL_STALE"])
