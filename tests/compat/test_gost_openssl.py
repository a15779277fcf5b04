"""Agreement with OpenSSL and its GOST engine: an implementation in C that shares no code with the stand."""

import subprocess
from pathlib import Path

import pytest

from signatures.core.asn1 import oids, writer
from signatures.core.asn1.reader import Reader
from signatures.core.certificates.keys import read_public_key
from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import CURVES, Curve, curve_of
from signatures.core.gost.interfaces import Hashes
from tests.plugins.gost import OpenSSL

pytestmark = pytest.mark.compat

MESSAGE = "Документ, который подписывают две программы\n".encode()
LENGTHS = (0, 63, 64, 65, 65_537)


def algorithm(curve: Curve) -> bytes:
    """AlgorithmIdentifier of a key; sets of RFC 4357 go with the OID of the digest, as RFC 9215 (4.2) asks."""
    key, digest = (oids.GOST_2012_256, oids.STREEBOG_256) if curve.bits == 256 else (oids.GOST_2012_512, oids.STREEBOG_512)
    with_digest = [writer.oid(digest)] if curve.oid.startswith("1.2.643.2.2") else []
    return writer.sequence(writer.oid(key), writer.sequence(writer.oid(curve.oid), *with_digest))


def private_der(curve: Curve, private: int) -> bytes:
    """PKCS#8 with the number little-endian (RFC 9215 does not fix it; this is the form of the engine)."""
    return writer.sequence(writer.integer(0), algorithm(curve), writer.octets(private.to_bytes(curve.size, "little")))


def public_der(curve: Curve, public: bytes) -> bytes:
    return writer.sequence(algorithm(curve), writer.bits(writer.octets(public)))


def hashed(gost: Gost, curve: Curve) -> bytes:
    running = gost.hasher(curve.bits)
    running.update(MESSAGE)
    return running.digest()


@pytest.fixture(params=sorted(CURVES))
def curve(request: pytest.FixtureRequest) -> Curve:
    return curve_of(request.param)


class TestKeys:
    def test_give_the_same_public_key(self, openssl_gost: OpenSSL, pure_gost: Gost, curve: Curve) -> None:
        pair = pure_gost.keygen(curve.oid)

        der = openssl_gost("pkey", "-engine", "gost", "-inform", "DER", "-pubout", "-outform", "DER", given=private_der(curve, pair.private))

        key = read_public_key(Reader(der))
        assert (key.curve, key.point) == (curve.oid, pair.public)


class TestSignatures:
    def test_of_the_engine_are_accepted_by_us(self, openssl_gost: OpenSSL, gost: Gost, curve: Curve, tmp_path: Path) -> None:
        pair = gost.keygen(curve.oid)
        key = tmp_path / "key.der"
        key.write_bytes(private_der(curve, pair.private))

        signature = openssl_gost("dgst", "-engine", "gost", f"-md_gost12_{curve.bits}", "-keyform", "DER", "-sign", str(key), given=MESSAGE)

        assert gost.verify(curve.oid, pair.public, hashed(gost, curve), signature)

    def test_of_ours_are_accepted_by_the_engine(self, openssl_gost: OpenSSL, pure_gost: Gost, curve: Curve, tmp_path: Path) -> None:
        pair = pure_gost.keygen(curve.oid)
        good = pure_gost.sign(curve.oid, pair.private, hashed(pure_gost, curve))

        assert "Verified OK" in engine_says(openssl_gost, curve, pair.public, good, tmp_path)

    def test_changed_by_a_bit_are_refused_by_the_engine(self, openssl_gost: OpenSSL, pure_gost: Gost, curve: Curve, tmp_path: Path) -> None:
        """The command that says yes above is able to say no."""
        pair = pure_gost.keygen(curve.oid)
        good = pure_gost.sign(curve.oid, pair.private, hashed(pure_gost, curve))
        bad = good[:-1] + bytes([good[-1] ^ 1])

        with pytest.raises(subprocess.CalledProcessError):
            engine_says(openssl_gost, curve, pair.public, bad, tmp_path)


class TestStreebog:
    @pytest.mark.parametrize("bits", [256, 512])
    @pytest.mark.parametrize("length", LENGTHS)
    def test_is_the_same(self, openssl_gost: OpenSSL, pure_hashes: Hashes, gostprov_hashes: Hashes, bits: int, length: int) -> None:
        message = bytes((17 * place + 3) % 256 for place in range(length))
        digests = set()
        for makers in (pure_hashes, gostprov_hashes):
            running = makers.new(bits)
            running.update(message)
            digests.add(running.digest())

        assert {openssl_gost("dgst", "-engine", "gost", f"-md_gost12_{bits}", "-binary", given=message)} == digests


def engine_says(openssl: OpenSSL, curve: Curve, public: bytes, signature: bytes, folder: Path) -> str:
    """Let the engine verify; raises when it refuses."""
    key, value = folder / "public.der", folder / "signature"
    key.write_bytes(public_der(curve, public))
    value.write_bytes(signature)
    verify = ("dgst", "-engine", "gost", f"-md_gost12_{curve.bits}", "-keyform", "DER", "-verify", str(key), "-signature", str(value))
    return openssl(*verify, given=MESSAGE).decode()
