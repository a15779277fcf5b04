"""The back-end that is always there: Python alone."""

from signatures.core.gost import ec
from signatures.core.gost.curves import Curve
from signatures.core.gost.ec import Point
from signatures.core.gost.streebog import Streebog


class PureArithmetic:
    """Points in Python integers."""

    name = "pure"

    def combine(self, curve: Curve, base_scalar: int, scalar: int, point: Point) -> Point | None:
        """Return base_scalar·P + scalar·Q, None for infinity."""
        return ec.combine(curve, base_scalar, scalar, point)

    def multiply_base(self, curve: Curve, scalar: int) -> Point | None:
        """Return scalar·P, None for infinity."""
        return ec.combine(curve, scalar, 0, (curve.x, curve.y))


class PureHashes:
    """Streebog in Python."""

    name = "pure"

    def new(self, bits: int) -> Streebog:
        """Start a digest of 256 or 512 bits."""
        return Streebog(bits)
