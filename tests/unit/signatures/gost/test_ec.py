"""Points of the curves: both implementations against the school formulas, special cases included."""

import secrets
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import CURVES, Curve, curve_of
from signatures.core.gost.ec import signed_digits
from tests.plugins.gost import MaybePoint, add, multiply, point_of_order_2, point_of_order_4

CRYPTOPRO_A = curve_of("1.2.643.2.2.35.1")
TEST_256 = curve_of("1.2.643.2.2.35.0")
EDWARDS_256 = curve_of("1.2.643.7.1.2.1.1.1")
EDWARDS_512 = curve_of("1.2.643.7.1.2.1.2.3")
# a = -3, a = 7, any a with cofactor 4
SHAPES = (CRYPTOPRO_A, TEST_256, EDWARDS_256)


def base(curve: Curve) -> tuple[int, int]:
    return curve.x, curve.y


def reference(curve: Curve, base_scalar: int, scalar: int, point: tuple[int, int]) -> MaybePoint:
    return add(curve, multiply(curve, base_scalar, base(curve)), multiply(curve, scalar, point))


class TestCombine:
    @pytest.mark.parametrize("curve", CURVES.values(), ids=lambda curve: curve.oid)
    def test_equals_the_school_formulas(self, gost: Gost, curve: Curve) -> None:
        other = multiply(curve, 1 + secrets.randbelow(curve.q - 1), base(curve))
        one, two = secrets.randbelow(curve.q), secrets.randbelow(curve.q)
        assert other is not None

        assert gost.arithmetic.combine(curve, one, two, other) == reference(curve, one, two, other)

    @pytest.mark.parametrize("curve", SHAPES, ids=lambda curve: curve.oid)
    @pytest.mark.parametrize(("base_scalar", "scalar"), [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (0, 15), (127, 0), (128, 31), (3, 255)])
    def test_does_small_scalars(self, gost: Gost, curve: Curve, base_scalar: int, scalar: int) -> None:
        other = multiply(curve, 5, base(curve))
        assert other is not None

        assert gost.arithmetic.combine(curve, base_scalar, scalar, other) == reference(curve, base_scalar, scalar, other)

    @pytest.mark.parametrize("curve", SHAPES, ids=lambda curve: curve.oid)
    @pytest.mark.parametrize("scalar", [1, 2, 3, 15, 16, 17, 31, 33, 127, 129])
    def test_meets_its_own_points_on_the_way(self, gost: Gost, curve: Curve, scalar: int) -> None:
        """Q = P and Q = -P: the sums double a point, or end in infinity, in the middle of the run."""
        p, minus_p = base(curve), (curve.x, curve.p - curve.y)

        assert gost.arithmetic.combine(curve, scalar, scalar, p) == multiply(curve, 2 * scalar, p)
        assert gost.arithmetic.combine(curve, scalar, scalar, minus_p) is None
        assert gost.arithmetic.combine(curve, scalar + 1, scalar, minus_p) == p

    @pytest.mark.parametrize("curve", CURVES.values(), ids=lambda curve: curve.oid)
    def test_gives_infinity_at_the_order(self, gost: Gost, curve: Curve) -> None:
        p = base(curve)

        assert gost.arithmetic.combine(curve, 0, curve.q, p) is None
        assert gost.arithmetic.combine(curve, curve.q - 7, 7, p) is None
        assert gost.arithmetic.combine(curve, curve.q, 1, p) == p
        assert gost.arithmetic.multiply_base(curve, curve.q - 1) == (curve.x, curve.p - curve.y)

    @pytest.mark.parametrize("curve", [EDWARDS_256, EDWARDS_512], ids=lambda curve: curve.oid)
    @pytest.mark.parametrize("scalar", [1, 2, 3, 4, 5, 8, 16, 31, 12345])
    def test_does_points_of_small_order(self, gost: Gost, curve: Curve, scalar: int) -> None:
        second, fourth = point_of_order_2(curve), point_of_order_4(curve)
        assert curve.has(*second)
        assert curve.has(*fourth)
        assert multiply(curve, 2, fourth) == second

        for point in (second, fourth):
            assert gost.arithmetic.combine(curve, 0, scalar, point) == multiply(curve, scalar, point)
            assert gost.arithmetic.combine(curve, 9, scalar, point) == reference(curve, 9, scalar, point)

    @hypothesis_settings(max_examples=15, deadline=None)
    @given(data=st.data())
    def test_agrees_between_the_back_ends(self, pure_gost: Gost, libcrypto_gost: Gost, data: st.DataObject) -> None:
        curve = data.draw(st.sampled_from(sorted(CURVES.values(), key=lambda one: one.oid)))
        scalars = st.one_of(st.integers(0, 300), st.integers(0, curve.q - 1))
        point = pure_gost.arithmetic.multiply_base(curve, data.draw(st.integers(1, curve.q - 1)))
        one, two = data.draw(scalars), data.draw(scalars)
        assert point is not None

        assert pure_gost.arithmetic.combine(curve, one, two, point) == libcrypto_gost.arithmetic.combine(curve, one, two, point)


class TestSignedDigits:
    @given(scalar=st.integers(0, 2**512), window=st.integers(2, 9))
    def test_sum_up_to_the_number(self, scalar: int, window: int) -> None:
        digits = signed_digits(scalar, window)

        assert sum(digit * 2**at for at, digit in digits) == scalar
        assert all(digit % 2 and abs(digit) < 2 ** (window - 1) for _at, digit in digits)
        assert all(after[0] - before[0] >= window for before, after in pairwise(digits))
