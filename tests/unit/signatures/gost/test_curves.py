"""Parameter sets: the numbers of the RFCs are copied without a slip."""

from dataclasses import dataclass

import pytest

from signatures.core.gost.curves import CURVES, Curve, curve_of
from signatures.core.gost.errors import UnknownCurve
from tests.plugins.gost import EDWARDS_D, multiply

OIDS = (
    "1.2.643.2.2.35.0",
    "1.2.643.2.2.35.1",
    "1.2.643.2.2.35.2",
    "1.2.643.2.2.35.3",
    "1.2.643.2.2.36.0",
    "1.2.643.2.2.36.1",
    "1.2.643.7.1.2.1.1.1",
    "1.2.643.7.1.2.1.1.2",
    "1.2.643.7.1.2.1.1.3",
    "1.2.643.7.1.2.1.1.4",
    "1.2.643.7.1.2.1.2.0",
    "1.2.643.7.1.2.1.2.1",
    "1.2.643.7.1.2.1.2.2",
    "1.2.643.7.1.2.1.2.3",
)
SAME_CONSTANTS = (
    ("1.2.643.2.2.36.0", "1.2.643.2.2.35.1"),
    ("1.2.643.2.2.36.1", "1.2.643.2.2.35.3"),
    ("1.2.643.7.1.2.1.1.2", "1.2.643.2.2.35.1"),
    ("1.2.643.7.1.2.1.1.3", "1.2.643.2.2.35.2"),
    ("1.2.643.7.1.2.1.1.4", "1.2.643.2.2.35.3"),
)


@dataclass(frozen=True)
class Edwards:
    """The base point of eu² + v² = 1 + du²v² with e = 1, as RFC 7836 (appendix A.2) prints it."""

    oid: str
    u: int
    v: int


EDWARDS = (
    Edwards(
        oid="1.2.643.7.1.2.1.1.1",
        u=0x0D,
        v=0x60CA1E32AA475B348488C38FAB07649CE7EF8DBE87F22E81F92B2592DBA300E7,
    ),
    Edwards(
        oid="1.2.643.7.1.2.1.2.3",
        u=0x12,
        v=0x469AF79D1FB1F5E16B99592B77A01E2A0FDFB0D01794368D9A56117F7B38669522DD4B650CF789EEBF068C5D139732F0905622C04B2BAAE7600303EE73001A3D,
    ),
)


def is_probable_prime(number: int) -> bool:
    """Miller and Rabin with the first forty bases."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in range(2, 42):
        x = pow(base, odd, number)
        if x in (1, number - 1):
            continue
        if not any((x := x * x % number) == number - 1 for _ in range(twos - 1)):
            return False
    return True


@pytest.fixture(params=OIDS)
def curve(request: pytest.FixtureRequest) -> Curve:
    return curve_of(request.param)


class TestParameterSets:
    def test_are_those_of_the_standard(self) -> None:
        assert set(CURVES) == set(OIDS)

    def test_have_prime_moduli_and_orders(self, curve: Curve) -> None:
        assert is_probable_prime(curve.p)
        assert is_probable_prime(curve.q)

    def test_have_the_length_that_they_say(self, curve: Curve) -> None:
        assert curve.bits - 2 < curve.p.bit_length() <= curve.bits
        assert curve.size == curve.bits // 8

    def test_are_smooth(self, curve: Curve) -> None:
        assert (4 * curve.a**3 + 27 * curve.b**2) % curve.p != 0

    def test_have_a_base_point_of_order_q(self, curve: Curve) -> None:
        assert curve.has(curve.x, curve.y)
        assert multiply(curve, curve.q, (curve.x, curve.y)) is None

    def test_have_as_many_points_as_hasse_allows(self, curve: Curve) -> None:
        points = curve.q * curve.cofactor

        assert (points - curve.p - 1) ** 2 <= 4 * curve.p

    def test_are_safe_from_known_transfers(self, curve: Curve) -> None:
        """RFC 7091 5.2: the order differs from p, and p to a small power is not 1 modulo q."""
        assert curve.q != curve.p
        assert all(pow(curve.p, power, curve.q) != 1 for power in range(1, 132))

    @pytest.mark.parametrize(("twin", "original"), SAME_CONSTANTS)
    def test_of_two_names_have_the_same_constants(self, twin: str, original: str) -> None:
        one, other = curve_of(twin), curve_of(original)

        assert one.oid == twin
        assert (one.p, one.a, one.b, one.q, one.x, one.y) == (other.p, other.a, other.b, other.q, other.x, other.y)

    def test_for_examples_are_marked(self) -> None:
        assert {oid for oid, curve in CURVES.items() if curve.is_test} == {"1.2.643.2.2.35.0", "1.2.643.7.1.2.1.2.0"}

    @pytest.mark.parametrize("form", EDWARDS, ids=lambda form: form.oid)
    def test_of_edwards_equal_their_other_form(self, form: Edwards) -> None:
        """RFC 7836, section 5.2: the conversion to the canonical form."""
        curve = curve_of(form.oid)
        d = EDWARDS_D[form.oid]
        s = (1 - d) * pow(4, -1, curve.p) % curve.p
        t = (1 + d) * pow(6, -1, curve.p) % curve.p
        ratio = (1 + form.v) * pow(1 - form.v, -1, curve.p)

        assert (form.u**2 + form.v**2 - 1 - d * form.u**2 * form.v**2) % curve.p == 0
        assert curve.cofactor == 4
        assert curve.a == (s * s - 3 * t * t) % curve.p
        assert curve.b == (2 * t**3 - t * s * s) % curve.p
        assert curve.x == (s * ratio + t) % curve.p
        assert curve.y == s * ratio * pow(form.u, -1, curve.p) % curve.p


class TestCurveOf:
    @pytest.mark.parametrize("oid", ["", "1.2.643.2.2.35.4", "1.2.840.10045.3.1.7", "x" * 10_000])
    def test_refuses_an_unknown_oid(self, oid: str) -> None:
        with pytest.raises(UnknownCurve) as refused:
            curve_of(oid)

        assert len(str(refused.value)) < 200


class TestHas:
    def test_refuses_coordinates_from_p_up(self, curve: Curve) -> None:
        assert not curve.has(curve.x + curve.p, curve.y)
        assert not curve.has(curve.x, curve.y + curve.p)
        assert not curve.has(curve.x, curve.y - curve.p)

    def test_refuses_the_point_beside(self, curve: Curve) -> None:
        assert not curve.has(curve.x, curve.y ^ 1)
        assert not curve.has(0, 0)
