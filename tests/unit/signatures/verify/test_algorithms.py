import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.asn1.reader import Reader
from signatures.core.build import EcKey, Ed25519Key, RsaKey, SigningKey
from signatures.core.certificates.keys import read_public_key
from signatures.core.certificates.values import PublicKeyInfo
from signatures.core.cms.values import AlgorithmIdentifier
from signatures.core.gost.interfaces import GostBackend
from tests.plugins.authority import rsa_key

MESSAGE = "сообщение".encode()


def public(key: SigningKey) -> PublicKeyInfo:
    return read_public_key(Reader(key.spki))


def identifier(der: bytes) -> AlgorithmIdentifier:
    inner = Reader(der).enter()
    return AlgorithmIdentifier(inner.oid(), None if inner.at_end else inner.raw())


class TestDigests:
    @pytest.mark.parametrize(("oid", "name"), [(oids.SHA_256, "sha256"), (oids.SHA_384, "sha384"), (oids.SHA_512, "sha512")])
    def test_of_sha_2(self, quick_backend: GostBackend, oid: str, name: str):
        assert algorithms.digest(oid, MESSAGE, quick_backend) == hashlib.new(name, MESSAGE).digest()

    @pytest.mark.parametrize(("oid", "size"), [(oids.STREEBOG_256, 32), (oids.STREEBOG_512, 64)])
    def test_of_streebog(self, quick_backend: GostBackend, oid: str, size: int):
        assert len(algorithms.digest(oid, MESSAGE, quick_backend)) == size

    @pytest.mark.parametrize("oid", [oids.MD5, oids.SHA_1, oids.SHA_224, oids.GOST_94, "1.2.3", ""])
    def test_broken_and_unknown_ones_are_not_computed(self, quick_backend: GostBackend, oid: str):
        assert not algorithms.is_available(oid)
        with pytest.raises(algorithms.DigestUnavailable):
            algorithms.digest(oid, MESSAGE, quick_backend)


class TestSignatures:
    KEYS = (
        RsaKey(rsa_key("algorithms").private),
        RsaKey(rsa_key("algorithms").private, oids.SHA_512),
        RsaKey(rsa_key("algorithms").private, oids.SHA_384, is_pss=True),
        EcKey(ec.generate_private_key(ec.SECP256R1())),
        EcKey(ec.generate_private_key(ec.SECP521R1()), oids.SHA_512),
        Ed25519Key(ed25519.Ed25519PrivateKey.generate()),
    )

    @pytest.mark.parametrize("key", KEYS)
    def test_of_every_family_hold_for_their_message_only(self, quick_backend: GostBackend, key: SigningKey):
        signature = key.sign(MESSAGE)
        for algorithm in (key.cms_algorithm, key.object_algorithm):
            prove = lambda message, value, one=algorithm: algorithms.prove(public(key), identifier(one), key.digest_oid, message, value, quick_backend)  # noqa: E731

            assert prove(MESSAGE, signature).holds
            assert prove(MESSAGE + b" ", signature).reason_id == "CV_SIGNATURE_BAD"
            assert prove(MESSAGE, signature[:-1]).reason_id == "CV_SIGNATURE_BAD"
            assert prove(MESSAGE, b"").reason_id == "CV_SIGNATURE_BAD"

    def test_weak_digest_is_not_computed(self, quick_backend: GostBackend):
        key = rsa_key("algorithms")
        signature = key.private.sign(MESSAGE, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  # the point of the test

        proof = algorithms.prove(public(key), AlgorithmIdentifier(oids.RSA, b"\x05\x00"), oids.SHA_1, MESSAGE, signature, quick_backend)

        assert (proof.holds, proof.reason_id) == (False, "SAV_WEAK_DIGEST")

    def test_digest_of_another_family_is_refused(self, quick_backend: GostBackend):
        key = rsa_key("algorithms")

        proof = algorithms.prove(public(key), identifier(key.cms_algorithm), oids.STREEBOG_256, MESSAGE, bytes(256), quick_backend)

        assert proof.reason_id == "FC_ALGORITHM_MISMATCH"

    def test_ed25519_signs_whole_messages(self, quick_backend: GostBackend):
        key = Ed25519Key(ed25519.Ed25519PrivateKey.generate())

        proof = algorithms.prove_digest(public(key), identifier(key.cms_algorithm), oids.SHA_512, bytes(64), bytes(64), quick_backend)

        assert proof.reason_id == "FC_ALGORITHM_MISMATCH"

    def test_broken_key_is_named(self, quick_backend: GostBackend):
        key = EcKey(ec.generate_private_key(ec.SECP256R1()))
        broken = replace(public(key), der=key.spki[:-1] + bytes([key.spki[-1] ^ 1]))

        proof = algorithms.prove(broken, identifier(key.cms_algorithm), oids.SHA_256, MESSAGE, key.sign(MESSAGE), quick_backend)

        assert proof.reason_id == "CV_KEY_INVALID"


def pss(*, mask: bytes | None, salt: int | None = 32, trailer: int | None = None) -> bytes:
    digest = w.sequence(w.oid(oids.SHA_256), w.null())
    parts = [w.context(0, digest), w.context(1, mask) if mask else b""]
    parts += [w.context(2, w.integer(salt)) if salt is not None else b"", w.context(3, w.integer(trailer)) if trailer is not None else b""]
    return w.sequence(*parts)


SAME = w.sequence(w.oid("1.2.840.113549.1.1.8"), w.sequence(w.oid(oids.SHA_256), w.null()))
OTHER = w.sequence(w.oid("1.2.840.113549.1.1.8"), w.sequence(w.oid(oids.SHA_512), w.null()))
STRANGE = w.sequence(w.oid("1.2.3"), w.sequence(w.oid(oids.SHA_256), w.null()))


class TestPssParameters:
    @pytest.mark.parametrize(
        ("parameters", "salt", "is_right"),
        [
            (pss(mask=SAME), 32, True),
            (pss(mask=SAME, trailer=1), 32, True),
            (pss(mask=SAME, salt=None), 20, True),
            (pss(mask=SAME, trailer=2), 32, False),
            (pss(mask=OTHER), 32, False),
            (pss(mask=STRANGE), 32, False),
            (pss(mask=None), 32, False),
            (pss(mask=SAME, salt=16), 32, False),
        ],
        ids=["usual", "trailer", "default salt", "unknown trailer", "other digest", "other mask", "default mask is SHA-1", "wrong salt"],
    )
    def test_are_obeyed(self, quick_backend: GostBackend, parameters: bytes, salt: int, is_right: bool):
        key = rsa_key("algorithms")
        signature = key.private.sign(MESSAGE, padding.PSS(padding.MGF1(hashes.SHA256()), salt), hashes.SHA256())

        proof = algorithms.prove(public(key), AlgorithmIdentifier(oids.RSA_PSS, parameters), oids.SHA_256, MESSAGE, signature, quick_backend)

        assert proof.holds is is_right
