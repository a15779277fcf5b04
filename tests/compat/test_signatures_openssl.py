"""Agreement with `openssl` and its GOST engine: what the stand writes they accept, what they write the stand accepts."""

import subprocess
from base64 import encodebytes
from dataclasses import dataclass
from pathlib import Path

import pytest

from signatures.core.gost.interfaces import GostBackend
from signatures.core.intake import container_bytes
from signatures.core.verdict import Indication, SubIndication
from tests.plugins.authority import AT, DOCUMENT, Authority, Family
from tests.plugins.gost import OpenSSL
from tests.plugins.vectors import DATA, DECEMBER, DemoCase, vector

pytestmark = pytest.mark.compat
ENGINE = """
openssl_conf = start
[start]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
init = 1
"""
FAMILIES = [Family.GOST, Family.RSA, Family.EC]


def pem(der: bytes, label: str) -> bytes:
    return b"-----BEGIN %b-----\n%b-----END %b-----\n" % (label.encode(), encodebytes(der), label.encode())


@dataclass(frozen=True)
class Bench:
    """A directory with everything that `openssl cms -verify` asks for."""

    path: Path
    openssl: OpenSSL

    def accepts(self, signature: bytes, authority: Authority, document: bytes = DOCUMENT) -> bool:
        """Return the answer of openssl, revocation and purpose included."""
        (self.path / "signature").write_bytes(signature)
        (self.path / "document").write_bytes(document)
        trusted = pem(authority.root.certificate.der, "CERTIFICATE") + b"".join(pem(one, "X509 CRL") for one in authority.crls())
        (self.path / "anchor.pem").write_bytes(trusted)
        files = ("-in", str(self.path / "signature"), "-content", str(self.path / "document"), "-CAfile", str(self.path / "anchor.pem"))
        checks = ("-crl_check_all", "-purpose", "any", "-attime", str(int(AT.timestamp())))
        try:
            self.openssl("cms", "-verify", "-engine", "gost", "-binary", "-inform", "DER", *files, *checks, "-out", str(self.path / "out"))
        except subprocess.CalledProcessError as error:
            print(error.stderr.decode(errors="replace"))  # noqa: T201  # pytest shows it with a failure
            return False
        return True


@pytest.fixture
def bench(tmp_path: Path, openssl_gost: OpenSSL) -> Bench:
    return Bench(tmp_path, openssl_gost)


@pytest.fixture(scope="session", params=FAMILIES)
def written(request: pytest.FixtureRequest, quick_backend: GostBackend) -> Authority:
    return Authority(quick_backend, request.param, f"СВЕРКА {request.param}")


class TestWhatTheStandWrites:
    def test_is_accepted_by_openssl_with_chain_and_lists(self, bench: Bench, written: Authority):
        signature = written.sign()

        assert bench.accepts(signature, written)
        assert written.judge(signature).indication is Indication.PASSED

    def test_is_refused_by_openssl_when_the_document_was_changed(self, bench: Bench, written: Authority):
        assert not bench.accepts(written.sign(), written, DOCUMENT + b" ")

    @pytest.mark.parametrize("curve", ["1.2.643.2.2.35.1", "1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.2.2", "1.2.643.7.1.2.1.2.3"])
    def test_is_accepted_on_each_kind_of_curve(self, bench: Bench, authority: Authority, curve: str):
        assert bench.accepts(authority.sign(who=authority.person(curve=curve)), authority)

    def test_time_stamp_is_accepted_by_openssl_ts(self, bench: Bench, each_authority: Authority, monkeypatch: pytest.MonkeyPatch):
        # `openssl ts` takes the engine from a configuration only.
        (bench.path / "engine.cnf").write_text(ENGINE)
        monkeypatch.setenv("OPENSSL_CONF", str(bench.path / "engine.cnf"))
        (bench.path / "data").write_bytes(DOCUMENT)
        (bench.path / "token").write_bytes(each_authority.token(DOCUMENT, at=AT))
        (bench.path / "root.pem").write_bytes(pem(each_authority.root.certificate.der, "CERTIFICATE"))
        (bench.path / "chain.pem").write_bytes(pem(each_authority.issuing.certificate.der, "CERTIFICATE"))

        out = bench.openssl(
            *("ts", "-verify", "-data", str(bench.path / "data"), "-in", str(bench.path / "token"), "-token_in"),
            *("-CAfile", str(bench.path / "root.pem"), "-untrusted", str(bench.path / "chain.pem"), "-attime", str(int(AT.timestamp()))),
        )

        assert b"OK" in out


class TestWhatOpenSslWrites:
    def test_stream_in_ber_is_accepted_by_the_stand(self, bench: Bench, judge: DemoCase):
        """A container re-written by openssl as a stream stays the same signature."""
        streamed = bench.openssl("cms", "-cmsout", "-inform", "DER", "-in", str(DATA / "demo/doc.sig"), "-outform", "PEM")

        verdict = judge(vector("demo/doc.txt"), streamed)

        assert verdict.indication is Indication.PASSED
        assert container_bytes(streamed)

    @pytest.mark.parametrize(
        ("document", "signature", "answer"),
        [
            ("demo/doc.txt", "demo/doc.sig", None),
            ("demo/neg_doc_tampered.txt", "demo/doc.sig", SubIndication.HASH_FAILURE),
            ("demo/doc.txt", "demo/neg_sigvalue_flipped.sig", SubIndication.SIG_CRYPTO_FAILURE),
        ],
    )
    def test_both_give_the_same_answer(self, bench: Bench, judge: DemoCase, document: str, signature: str, answer: SubIndication | None):
        files = ("-in", str(DATA / signature), "-content", str(DATA / document), "-CAfile", str(DATA / "demo/root.pem"))
        arguments = ("cms", "-verify", "-engine", "gost", "-binary", "-inform", "DER", *files, "-purpose", "any")
        try:
            bench.openssl(*arguments, "-attime", str(int(DECEMBER.timestamp())), "-out", str(bench.path / "out"))
            is_accepted = True
        except subprocess.CalledProcessError:
            is_accepted = False

        assert judge(vector(document), vector(signature)).sub_indication is answer
        assert is_accepted is (answer is None)
