"""Points by libcrypto: any curve given by its numbers, no GOST engine needed."""

import threading
from ctypes import create_string_buffer
from types import TracebackType
from typing import Self

from signatures.core.gost.curves import CURVES, Curve
from signatures.core.gost.ec import Point
from signatures.core.gost.errors import BackendUnavailable
from signatures.core.gost.libcrypto.library import Handle, Library


class LibcryptoArithmetic:
    """Points in libcrypto; may be shared by threads."""

    name = "libcrypto"

    def __init__(self, library: Library) -> None:
        """Make and check a group for every parameter set.

        Raises:
            BackendUnavailable: the library refuses a curve, as some distributions make it do, or computes wrongly on it.
            BackendFailed: memory is short.
        """
        self._library = library
        self._thread = _Thread(library)
        self._groups = {oid: self._make_group(curve) for oid, curve in CURVES.items()}
        for curve in CURVES.values():
            if self.combine(curve, curve.q - 1, 1, (curve.x, curve.y)) is not None:
                raise BackendUnavailable(f"libcrypto computes wrongly on {curve.name}")

    def combine(self, curve: Curve, base_scalar: int, scalar: int, point: Point) -> Point | None:
        """Return base_scalar·P + scalar·Q, None for infinity.

        Raises:
            BackendFailed: Q is not on the curve, or memory is short.
        """
        with _Frame(self._library, self._thread.context) as frame:
            group = self._groups[curve.oid]
            other = frame.point(group, point)
            return self._multiply(frame, curve, frame.number(base_scalar), other.pointer, frame.number(scalar))

    def multiply_base(self, curve: Curve, scalar: int) -> Point | None:
        """Return scalar·P, None for infinity; a single scalar goes through the constant-time ladder of the library.

        Raises:
            BackendFailed: memory is short.
        """
        with _Frame(self._library, self._thread.context) as frame:
            return self._multiply(frame, curve, frame.number(scalar), None, None)

    def _multiply(self, frame: "_Frame", curve: Curve, base_scalar: int, point: int | None, scalar: int | None) -> Point | None:
        call = self._library.call
        group = self._groups[curve.oid]
        total = frame.empty_point(group)
        self._library.require(call.EC_POINT_mul(group.pointer, total.pointer, base_scalar, point, scalar, frame.context), call.EC_POINT_mul)
        if call.EC_POINT_is_at_infinity(group.pointer, total.pointer):
            return None
        x, y = frame.number(0), frame.number(0)
        get = call.EC_POINT_get_affine_coordinates
        self._library.require(get(group.pointer, total.pointer, x, y, frame.context), get)
        return frame.value(x, curve.size), frame.value(y, curve.size)

    def _make_group(self, curve: Curve) -> Handle:
        call = self._library.call
        with _Frame(self._library, self._thread.context) as frame:
            p, a, b, q, cofactor = (frame.number(value) for value in (curve.p, curve.a, curve.b, curve.q, curve.cofactor))
            pointer = call.EC_GROUP_new_curve_GFp(p, a, b, frame.context)
            if pointer is None:
                call.ERR_clear_error()
                raise BackendUnavailable(f"libcrypto refuses the curve {curve.name}")
            group = Handle(pointer, call.EC_GROUP_free)
            base = frame.point(group, (curve.x, curve.y))
            self._library.require(call.EC_GROUP_set_generator(group.pointer, base.pointer, q, cofactor), call.EC_GROUP_set_generator)
            return group


class _Thread(threading.local):
    """What a thread may not share with another: BN_CTX. It is freed when the thread ends."""

    def __init__(self, library: Library) -> None:
        self.context = library.own(library.call.BN_CTX_new_ex(library.context), library.call.BN_CTX_free)


class _Frame:
    """Numbers of one computation; they return to the pool of BN_CTX together."""

    __slots__ = ("_library", "context")

    def __init__(self, library: Library, context: Handle) -> None:
        self._library = library
        self.context = context.pointer

    def __enter__(self) -> Self:
        self._library.call.BN_CTX_start(self.context)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._library.call.BN_CTX_end(self.context)

    def number(self, value: int) -> int:
        """Return a BIGNUM, good until the frame ends."""
        call = self._library.call
        octets = value.to_bytes((value.bit_length() + 7) // 8)
        number: int | None = call.BN_bin2bn(octets, len(octets), self._blank())
        if number is None:
            raise self._library.failed(call.BN_bin2bn)
        return number

    def value(self, number: int, size: int) -> int:
        """Return the value of a BIGNUM of at most `size` bytes."""
        call = self._library.call
        buffer = create_string_buffer(size)
        self._library.require(call.BN_bn2binpad(number, buffer, size), call.BN_bn2binpad)
        return int.from_bytes(buffer.raw)

    def point(self, group: Handle, point: Point) -> Handle:
        """Return an EC_POINT; the library checks that it is on the curve."""
        call = self._library.call
        made = self.empty_point(group)
        x, y = point
        put = call.EC_POINT_set_affine_coordinates
        self._library.require(put(group.pointer, made.pointer, self.number(x), self.number(y), self.context), put)
        return made

    def empty_point(self, group: Handle) -> Handle:
        """Return a new EC_POINT."""
        call = self._library.call
        return self._library.own(call.EC_POINT_new(group.pointer), call.EC_POINT_free)

    def _blank(self) -> int:
        call = self._library.call
        number: int | None = call.BN_CTX_get(self.context)
        if number is None:
            raise self._library.failed(call.BN_CTX_get)
        return number
