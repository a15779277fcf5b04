"""The signature scheme: answers of RFC 7091, agreement of the back-ends, and everything that must be refused."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import CURVES, Curve, curve_of
from signatures.core.gost.errors import (
    DigestLengthWrong,
    GostError,
    PrivateKeyInvalid,
    PublicKeyInvalid,
    SignatureLengthWrong,
    SignatureOutOfRange,
    UnknownCurve,
    UnknownDigest,
)
from signatures.core.gost.known_answers import SIGNATURES, SignatureExample
from signatures.core.gost.nonce import nonces
from tests.plugins.gost import add, multiply, point_of_order_2, point_of_order_4, public_bytes

# one of each kind: a = -3, cofactor 4, 512 bits, 512 bits with cofactor 4
KINDS = ("1.2.643.2.2.35.1", "1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.2.1", "1.2.643.7.1.2.1.2.3")
EDWARDS = ("1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.2.3")


@dataclass(frozen=True)
class Signed:
    """A good signature with all that it needs."""

    curve: Curve
    public: bytes
    digest: bytes
    signature: bytes

    def is_good(self, gost: Gost) -> bool:
        return gost.verify(self.curve.oid, self.public, self.digest, self.signature)


def sign(gost: Gost, oid: str, private: int = 0x1234567890ABCDEF) -> Signed:
    curve = curve_of(oid)
    digest = bytes(range(curve.size))
    return Signed(curve, gost.public_of(oid, private), digest, gost.sign(oid, private, digest))


@pytest.fixture(params=KINDS)
def signed(request: pytest.FixtureRequest, libcrypto_gost: Gost) -> Signed:
    return sign(libcrypto_gost, request.param)


class TestExamplesOfTheStandard:
    @pytest.mark.parametrize("example", SIGNATURES, ids=lambda example: example.name)
    def test_give_the_same_numbers(self, gost: Gost, example: SignatureExample) -> None:
        """RFC 7091 7.1 and 7.2: Q, r and s for the given d, e and k."""
        curve = curve_of(example.curve_oid)
        public = public_bytes(curve, (example.x, example.y))
        digest = example.e.to_bytes(curve.size, "little")
        signature = example.s.to_bytes(curve.size) + example.r.to_bytes(curve.size)

        assert gost.public_of(curve.oid, example.d) == public
        assert gost.sign(curve.oid, example.d, digest, k=example.k) == signature
        assert gost.verify(curve.oid, public, digest, signature)


class TestSign:
    @pytest.mark.parametrize("oid", sorted(CURVES))
    def test_makes_what_verify_accepts(self, gost: Gost, oid: str) -> None:
        pair = gost.keygen(oid)
        digest = b"\xa5" * curve_of(oid).size

        assert gost.verify(oid, pair.public, digest, gost.sign(oid, pair.private, digest))

    def test_repeats_itself_and_no_other(self, gost: Gost) -> None:
        """k comes from the key and the digest: the same input gives the same signature, another one another r."""
        oid, digest, other = KINDS[0], bytes(32), bytes(31) + b"\x01"
        signature = gost.sign(oid, 7, digest)

        assert gost.sign(oid, 7, digest) == signature
        assert gost.sign(oid, 7, other)[32:] != signature[32:]
        assert gost.sign(oid, 8, digest)[32:] != signature[32:]

    def test_has_a_fixed_number_k(self, pure_gost: Gost) -> None:
        """The first k for d = 1, e = 1, so that a change of its recipe does not go unnoticed."""
        curve = curve_of(KINDS[0])

        first = next(nonces(curve, 1, 1, pure_gost.hasher))

        assert f"{first:064x}" == "3878cbcccc4efae46ee6d736807bd83970702d77f4a982fd8d5ee6fce5623e22"

    @pytest.mark.parametrize("oid", KINDS)
    def test_takes_every_k_from_the_whole_range(self, pure_gost: Gost, oid: str) -> None:
        curve = curve_of(oid)
        candidates = nonces(curve, 5, 9, pure_gost.hasher)
        found = [next(candidates) for _ in range(8)]

        assert len(set(found)) == 8
        assert all(0 < k < curve.q for k in found)
        assert max(found).bit_length() > curve.q.bit_length() - 8

    def test_counts_a_zero_digest_as_one(self, gost: Gost) -> None:
        """RFC 7091 6.1: e = 0 becomes 1, and so does q itself."""
        curve = curve_of(KINDS[0])
        one = (1).to_bytes(32, "little")
        zero, order = bytes(32), curve.q.to_bytes(32, "little")
        public = gost.public_of(curve.oid, 3)

        signature = gost.sign(curve.oid, 3, zero)

        assert signature == gost.sign(curve.oid, 3, one) == gost.sign(curve.oid, 3, order)
        assert all(gost.verify(curve.oid, public, digest, signature) for digest in (zero, one, order))

    @pytest.mark.parametrize("oid", KINDS)
    def test_refuses_a_private_key_out_of_range(self, gost: Gost, oid: str) -> None:
        curve = curve_of(oid)
        for private in (0, -1, curve.q, curve.q + 1, 2**600):
            with pytest.raises(PrivateKeyInvalid):
                gost.sign(oid, private, bytes(curve.size))
            with pytest.raises(PrivateKeyInvalid):
                gost.public_of(oid, private)

    def test_refuses_a_k_that_gives_no_signature(self, gost: Gost) -> None:
        """RFC 7091 6.1: s = rd + ke = 0 asks for another k; r and k fix the d with which that happens."""
        curve = curve_of(KINDS[0])
        point = multiply(curve, 11, (curve.x, curve.y))
        assert point is not None
        private = -11 * pow(point[0], -1, curve.q) % curve.q

        for k in (0, curve.q, 11):
            with pytest.raises(PrivateKeyInvalid):
                gost.sign(curve.oid, private, (1).to_bytes(32, "little"), k=k)

    def test_does_not_print_the_private_key(self, gost: Gost) -> None:
        pair = gost.keygen(KINDS[0])

        assert str(pair.private) not in repr(pair)
        assert pair.public.hex() != gost.keygen(KINDS[0]).public.hex()


class TestVerify:
    def test_accepts_the_key_bare_and_in_its_octet_string(self, gost: Gost, signed: Signed) -> None:
        header = b"\x04\x40" if signed.curve.bits == 256 else b"\x04\x81\x80"

        assert signed.is_good(gost)
        assert replace(signed, public=header + signed.public).is_good(gost)

    def test_refuses_every_flipped_bit_of_the_signature(self, libcrypto_gost: Gost) -> None:
        signed = sign(libcrypto_gost, KINDS[0])
        for bit in range(512):
            flipped = (int.from_bytes(signed.signature) ^ (1 << bit)).to_bytes(64)

            assert not good_or_refused(libcrypto_gost, replace(signed, signature=flipped))

    def test_refuses_every_flipped_bit_of_the_digest(self, libcrypto_gost: Gost) -> None:
        signed = sign(libcrypto_gost, KINDS[1])
        for bit in range(256):
            flipped = (int.from_bytes(signed.digest) ^ (1 << bit)).to_bytes(32)

            assert not good_or_refused(libcrypto_gost, replace(signed, digest=flipped))

    def test_refuses_the_key_of_another(self, gost: Gost, signed: Signed) -> None:
        other = gost.public_of(signed.curve.oid, 99)

        assert not replace(signed, public=other).is_good(gost)

    def test_refuses_swapped_halves(self, gost: Gost, signed: Signed) -> None:
        """CM-16: r ‖ s in place of s ‖ r."""
        size = signed.curve.size
        swapped = signed.signature[size:] + signed.signature[:size]

        assert not good_or_refused(gost, replace(signed, signature=swapped))

    def test_refuses_reversed_bytes(self, gost: Gost, signed: Signed) -> None:
        assert not good_or_refused(gost, replace(signed, signature=signed.signature[::-1]))
        assert not good_or_refused(gost, replace(signed, digest=signed.digest[::-1]))

    def test_refuses_halves_out_of_range_before_any_curve_operation(self, gost: Gost, signed: Signed) -> None:
        """CM-16: r or s = 0, q and more. The key is no point either: the range is looked at first."""
        size, q = signed.curve.size, signed.curve.q
        s, r = signed.signature[:size], signed.signature[size:]
        for bad in (0, q, q + 1, 2 ** (8 * size) - 1):
            half = bad.to_bytes(size)
            for signature in (half + r, s + half, half + half):
                with pytest.raises(SignatureOutOfRange):
                    replace(signed, signature=signature, public=bytes(2 * size)).is_good(gost)

    def test_refuses_s_that_is_right_modulo_q(self, gost: Gost) -> None:
        """A second form of the same signature would be malleable: s + q fits into 256 bits on this curve."""
        signed = sign(gost, EDWARDS[0])
        s = int.from_bytes(signed.signature[:32]) + signed.curve.q

        with pytest.raises(SignatureOutOfRange):
            replace(signed, signature=s.to_bytes(32) + signed.signature[32:]).is_good(gost)

    @pytest.mark.parametrize("change", [-64, -1, 1, 64])
    def test_refuses_a_signature_of_another_length(self, gost: Gost, signed: Signed, change: int) -> None:
        changed = signed.signature[:change] if change < 0 else signed.signature + bytes(change)

        with pytest.raises(SignatureLengthWrong):
            replace(signed, signature=changed).is_good(gost)

    @pytest.mark.parametrize("length", [0, 1, 20, 31, 33, 48, 63, 65])
    def test_refuses_a_digest_of_another_length(self, gost: Gost, signed: Signed, length: int) -> None:
        with pytest.raises(DigestLengthWrong):
            replace(signed, digest=bytes(length)).is_good(gost)
        with pytest.raises(DigestLengthWrong):
            gost.sign(signed.curve.oid, 5, bytes(length))

    def test_refuses_a_curve_of_another_length(self, gost: Gost) -> None:
        short, long = sign(gost, KINDS[0]), sign(gost, KINDS[2])

        with pytest.raises(SignatureLengthWrong):
            gost.verify(short.curve.oid, long.public, long.digest, long.signature)
        with pytest.raises(PublicKeyInvalid):
            gost.verify(short.curve.oid, long.public, short.digest, short.signature)

    def test_refuses_an_unknown_curve(self, gost: Gost) -> None:
        with pytest.raises(UnknownCurve):
            gost.verify("1.2.840.10045.3.1.7", bytes(64), bytes(32), bytes(64))
        with pytest.raises(UnknownCurve):
            gost.sign("", 1, bytes(32))
        with pytest.raises(UnknownCurve):
            gost.keygen("1.2.643")
        with pytest.raises(UnknownDigest):
            gost.hasher(384)


class TestPublicKey:
    def test_beside_the_curve_is_refused(self, gost: Gost, signed: Signed) -> None:
        """CM-16: a point off the curve would leak nothing here, but it proves nothing either."""
        for place in (0, signed.curve.size - 1, signed.curve.size, 2 * signed.curve.size - 1):
            changed = bytearray(signed.public)
            changed[place] ^= 1

            with pytest.raises(PublicKeyInvalid):
                replace(signed, public=bytes(changed)).is_good(gost)

    def test_of_zeros_or_ones_is_refused(self, gost: Gost, signed: Signed) -> None:
        """CM-16: infinity has no encoding; zeros are its usual stand-in."""
        for octet in (b"\x00", b"\xff"):
            with pytest.raises(PublicKeyInvalid):
                replace(signed, public=octet * 2 * signed.curve.size).is_good(gost)

    def test_with_swapped_or_reversed_coordinates_is_refused(self, gost: Gost, signed: Signed) -> None:
        size = signed.curve.size
        swapped = signed.public[size:] + signed.public[:size]
        big_endian = signed.public[:size][::-1] + signed.public[size:][::-1]

        for public in (swapped, big_endian):
            with pytest.raises(PublicKeyInvalid):
                replace(signed, public=public).is_good(gost)

    def test_has_one_form_only(self, gost: Gost) -> None:
        """A coordinate from p up is the same point for careless code; x = 1 of the base point fits with p added."""
        curve = curve_of(KINDS[0])
        digest = bytes(32)
        signature = gost.sign(curve.oid, 1, digest)
        assert gost.verify(curve.oid, public_bytes(curve, (curve.x, curve.y)), digest, signature)

        with pytest.raises(PublicKeyInvalid):
            gost.verify(curve.oid, public_bytes(curve, (curve.x + curve.p, curve.y)), digest, signature)

    def test_of_another_set_is_refused(self, gost: Gost) -> None:
        """CM-16: a good point under the OID of another curve."""
        signed = sign(gost, "1.2.643.2.2.35.1")

        for oid in ("1.2.643.2.2.35.2", "1.2.643.2.2.35.3", "1.2.643.7.1.2.1.1.1", "1.2.643.2.2.35.0"):
            with pytest.raises(PublicKeyInvalid):
                gost.verify(oid, signed.public, signed.digest, signed.signature)

    @pytest.mark.parametrize("oid", EDWARDS)
    def test_outside_the_subgroup_is_refused_each_time(self, gost: Gost, oid: str) -> None:
        """Curves of cofactor 4 have points of order 2, 4, 2q and 4q; with the first two a signature needs no key."""
        signed = sign(gost, oid)
        curve = signed.curve
        second, fourth = point_of_order_2(curve), point_of_order_4(curve)
        mixed = add(curve, second, (curve.x, curve.y))
        assert curve.has(*second)
        assert curve.has(*fourth)
        assert mixed is not None

        for point in (second, fourth, mixed) * 2:
            with pytest.raises(PublicKeyInvalid):
                replace(signed, public=public_bytes(curve, point)).is_good(gost)

    @pytest.mark.parametrize("length", [0, 1, 2, 63, 65, 66, 67, 127, 129, 131, 132])
    def test_of_another_length_is_refused(self, gost: Gost, signed: Signed, length: int) -> None:
        with pytest.raises(PublicKeyInvalid):
            replace(signed, public=bytes(length)).is_good(gost)

    @pytest.mark.parametrize("header", [b"\x04\x41", b"\x03\x40", b"\x04\x81\x40", b"\x00\x04\x40"])
    def test_in_another_wrapper_is_refused(self, gost: Gost, header: bytes) -> None:
        signed = sign(gost, KINDS[0])

        with pytest.raises(PublicKeyInvalid):
            replace(signed, public=header + signed.public).is_good(gost)


class TestAnyBytes:
    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_get_an_answer_or_a_named_refusal_from_both(self, pure_gost: Gost, libcrypto_gost: Gost, data: st.DataObject) -> None:
        oid = data.draw(st.sampled_from(KINDS))
        size = curve_of(oid).size
        around = st.one_of(st.binary(max_size=2 * size + 3), st.binary(min_size=2 * size, max_size=2 * size))
        public = data.draw(st.one_of(around, st.just(pure_gost.public_of(oid, 77))))
        digest = data.draw(st.one_of(st.binary(max_size=70), st.binary(min_size=size, max_size=size)))
        signature = data.draw(around)

        assert answer(pure_gost, oid, public, digest, signature) == answer(libcrypto_gost, oid, public, digest, signature)

    @settings(max_examples=12, deadline=None)
    @given(data=st.data())
    def test_signed_by_one_back_end_are_accepted_by_the_other(self, pure_gost: Gost, libcrypto_gost: Gost, data: st.DataObject) -> None:
        curve = data.draw(st.sampled_from([curve_of(oid) for oid in sorted(CURVES)]))
        private = data.draw(st.integers(1, curve.q - 1))
        digest = data.draw(st.binary(min_size=curve.size, max_size=curve.size))
        signature = pure_gost.sign(curve.oid, private, digest)
        public = libcrypto_gost.public_of(curve.oid, private)

        assert libcrypto_gost.sign(curve.oid, private, digest) == signature
        assert pure_gost.public_of(curve.oid, private) == public
        assert libcrypto_gost.verify(curve.oid, public, digest, signature)
        assert pure_gost.verify(curve.oid, public, digest, signature)


def good_or_refused(gost: Gost, signed: Signed) -> bool:
    """Whether a signature is accepted; a refusal by exception is a no."""
    try:
        return signed.is_good(gost)
    except GostError:
        return False


def answer(gost: Gost, oid: str, public: bytes, digest: bytes, signature: bytes) -> bool | type[GostError]:
    try:
        return gost.verify(oid, public, digest, signature)
    except GostError as error:
        return type(error)
