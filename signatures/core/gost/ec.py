"""Arithmetic of points in Python alone: Jacobian coordinates, windows of signed digits.

Not constant-time: it serves verification and the test keys of the stand, whose secrets are worth nothing.
"""

from functools import cache
from typing import Final

from signatures.core.gost.curves import Curve, curve_of

type Point = tuple[int, int]
"""Affine coordinates. Infinity is None where it may occur."""
type Jacobian = tuple[int, int, int]
"""(X, Y, Z) stands for (X/Z², Y/Z³); Z = 0 is infinity."""

INFINITY: Final = (1, 1, 0)
# the table of P is made once and kept, that of another point lives for one multiplication
BASE_WINDOW: Final = 8
POINT_WINDOW: Final = 5


def combine(curve: Curve, base_scalar: int, scalar: int, point: Point) -> Point | None:
    """Compute base_scalar·P + scalar·Q in one run of doublings.

    Args:
        curve: the parameter set; P is its base point.
        base_scalar: from 0 up.
        scalar: from 0 up.
        point: Q, a point of the curve.

    Returns:
        The affine sum, None for infinity.
    """
    steps = _steps(base_scalar, BASE_WINDOW, _base_table(curve.oid)) if base_scalar else []
    steps += _steps(scalar, POINT_WINDOW, _odd_multiples(curve, point, POINT_WINDOW)) if scalar else []
    steps.sort(key=lambda step: step[0], reverse=True)
    total: Jacobian = INFINITY
    place = steps[0][0] if steps else 0
    for at, addend in steps:
        total = _double(curve, total, place - at)
        place = at
        if addend is not None:
            total = _add(curve, total, addend)
    return _affine(curve.p, [_double(curve, total, place)])[0]


def _steps(scalar: int, window: int, odd_multiples: list[Point | None]) -> list[tuple[int, Point | None]]:
    """Return which point is added at which binary place."""
    steps: list[tuple[int, Point | None]] = []
    for at, digit in signed_digits(scalar, window):
        multiple = odd_multiples[abs(digit) >> 1]
        steps.append((at, (multiple[0], -multiple[1]) if multiple and digit < 0 else multiple))
    return steps


def signed_digits(scalar: int, window: int) -> list[tuple[int, int]]:
    """Write a number as a sum of digit·2^at with few digits (wNAF).

    Returns:
        Pairs (at, digit) from the lowest place up; digits are odd, below 2^(window-1) in size, `window` places apart.
    """
    full = 1 << window
    digits = []
    at = 0
    while scalar:
        zeros = (scalar & -scalar).bit_length() - 1
        scalar >>= zeros
        at += zeros
        digit = scalar & (full - 1)
        if digit >= full >> 1:
            digit -= full
        digits.append((at, digit))
        scalar -= digit
    return digits


@cache
def _base_table(oid: str) -> list[Point | None]:
    curve = curve_of(oid)
    return _odd_multiples(curve, (curve.x, curve.y), BASE_WINDOW)


def _odd_multiples(curve: Curve, point: Point, window: int) -> list[Point | None]:
    """Return Q, 3Q, 5Q … up to (2^(window-1) - 1)·Q; a point of small order meets infinity among them."""
    multiples: list[Jacobian] = [(*point, 1)]
    (twice,) = _affine(curve.p, [_double(curve, multiples[0], 1)])
    for _ in range((1 << window - 2) - 1):
        multiples.append(_add(curve, multiples[-1], twice) if twice else multiples[-1])
    return _affine(curve.p, multiples)


def _double(curve: Curve, point: Jacobian, times: int) -> Jacobian:
    """Double a point several times; infinity and points of order 2 give infinity by the formulas themselves."""
    if times == 0 or point[2] == 0:
        return point
    if curve.a == curve.p - 3:
        return _double_minus_3(curve.p, point, times)
    return _double_any(curve, point, times)


def _double_minus_3(p: int, point: Jacobian, times: int) -> Jacobian:
    """Formulas for a = -3: 3M + 5S each."""
    x, y, z = point
    for _ in range(times):
        delta = z * z % p
        gamma = y * y % p
        beta = x * gamma % p
        alpha = 3 * (x - delta) * (x + delta) % p
        z = 2 * y * z % p
        x = (alpha * alpha - 8 * beta) % p
        y = (alpha * (4 * beta - x) - 8 * gamma * gamma) % p
    return x, y, z


def _double_any(curve: Curve, point: Jacobian, times: int) -> Jacobian:
    """Formulas for any a, which carry w = aZ⁴ from one doubling to the next: 4M + 4S each."""
    p = curve.p
    x, y, z = point
    w = curve.a * (z**4 % p) % p
    for _ in range(times):
        yy = y * y % p
        s = 4 * x * yy % p
        t = 8 * yy * yy % p
        m = (3 * x * x + w) % p
        z = 2 * y * z % p
        x = (m * m - 2 * s) % p
        y = (m * (s - x) - t) % p
        w = 2 * t * w % p
    return x, y, z


def _add(curve: Curve, point: Jacobian, other: Point) -> Jacobian:
    """Add an affine point: 8M + 3S; the same point is doubled, the opposite one gives infinity."""
    x, y, z = point
    if z == 0:
        return (*other, 1)
    p = curve.p
    zz = z * z % p
    h = (other[0] * zz - x) % p
    r = (other[1] * z % p * zz - y) % p
    if h == 0:
        return INFINITY if r else _double(curve, point, 1)
    hh = h * h % p
    hhh = h * hh % p
    v = x * hh % p
    x = (r * r - hhh - 2 * v) % p
    return x, (r * (v - x) - y * hhh) % p, z * h % p


def _affine(p: int, points: list[Jacobian]) -> list[Point | None]:
    """Turn points into affine ones with a single inversion (Montgomery's trick)."""
    products = [1]
    for _x, _y, z in points:
        products.append(products[-1] * (z or 1) % p)
    inverse = pow(products[-1], -1, p)
    affine: list[Point | None] = []
    for index in range(len(points) - 1, -1, -1):
        x, y, z = points[index]
        z_inverse = inverse * products[index] % p
        inverse = inverse * (z or 1) % p
        square = z_inverse * z_inverse % p
        affine.append((x * square % p, y * square * z_inverse % p) if z else None)
    return affine[::-1]
