"""GOST back-ends for the tests, and an oracle that is slow, short and shares no code with them."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import Final, NoReturn

import pytest

from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import Curve
from signatures.core.gost.errors import BackendUnavailable
from signatures.core.gost.interfaces import Arithmetic, Hashes
from signatures.core.gost.libcrypto.arithmetic import LibcryptoArithmetic
from signatures.core.gost.libcrypto.hashes import ProviderHashes
from signatures.core.gost.libcrypto.library import shared_library
from signatures.core.gost.pure import PureArithmetic, PureHashes

type MaybePoint = tuple[int, int] | None
PACKAGE: Final = "libengine-gost-openssl"


class GostMissing(Exception):
    """OpenSSL or its GOST modules are absent where they must be."""


def missing(what: str) -> NoReturn:
    """Skip a test loudly, or fail it in CI."""
    if os.environ.get("CI"):
        raise GostMissing(f"{what}: sudo apt-get install {PACKAGE}")
    pytest.skip(f"НЕТ МОДУЛЕЙ ГОСТ для OpenSSL ({what}), сверка с ними не выполнена. Установите их: sudo apt-get install {PACKAGE}")


def libcrypto_hashes() -> Hashes:
    """Streebog of the provider, or the pure one where it is not installed."""
    try:
        return ProviderHashes(shared_library())
    except BackendUnavailable:
        return PureHashes()


@pytest.fixture(scope="session")
def pure_gost() -> Gost:
    """The back-end in Python alone."""
    return Gost(PureArithmetic(), PureHashes())


@pytest.fixture(scope="session")
def libcrypto_gost() -> Gost:
    """The back-end over the OpenSSL of the system."""
    try:
        arithmetic: Arithmetic = LibcryptoArithmetic(shared_library())
    except BackendUnavailable as error:
        missing(str(error))
    return Gost(arithmetic, libcrypto_hashes())


@pytest.fixture(params=["pure", "libcrypto"])
def gost(request: pytest.FixtureRequest) -> Gost:
    """Both back-ends in turn."""
    back_end: Gost = request.getfixturevalue(f"{request.param}_gost")
    return back_end


@pytest.fixture(scope="session")
def pure_hashes() -> Hashes:
    """Streebog in Python alone."""
    return PureHashes()


@pytest.fixture(scope="session")
def gostprov_hashes() -> Hashes:
    """Streebog of the provider."""
    try:
        return ProviderHashes(shared_library())
    except BackendUnavailable as error:
        missing(str(error))


@pytest.fixture(params=["pure", "gostprov"])
def hashes(request: pytest.FixtureRequest) -> Hashes:
    """Both makers of Streebog in turn."""
    makers: Hashes = request.getfixturevalue(f"{request.param}_hashes")
    return makers


@dataclass(frozen=True)
class OpenSSL:
    """The program `openssl` with the GOST engine."""

    path: str

    def __call__(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run a command and return what it printed.

        Raises:
            subprocess.CalledProcessError: the command failed.
        """
        return subprocess.run([self.path, *arguments], input=given, capture_output=True, check=True, timeout=30).stdout


@pytest.fixture(scope="session")
def openssl_gost() -> OpenSSL:
    """A program that shares no code with the stand. Without it the tests are skipped, which the summary shows; CI takes no skip."""
    path = shutil.which("openssl")
    if path is None:
        missing("нет программы openssl")
    program = OpenSSL(str(path))
    try:
        program("dgst", "-engine", "gost", "-md_gost12_256")
    except subprocess.CalledProcessError:
        missing("нет engine gost")
    return program


def add(curve: Curve, one: MaybePoint, other: MaybePoint) -> MaybePoint:
    """Add two points by the school formulas; None is infinity."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % curve.p == 0:
        return None
    rise, run = (3 * one[0] ** 2 + curve.a, 2 * one[1]) if one == other else (other[1] - one[1], other[0] - one[0])
    slope = rise * pow(run, -1, curve.p)
    x = (slope * slope - one[0] - other[0]) % curve.p
    return x, (slope * (one[0] - x) - one[1]) % curve.p


def multiply(curve: Curve, scalar: int, point: MaybePoint) -> MaybePoint:
    """Multiply a point by doubling and adding."""
    total: MaybePoint = None
    while scalar:
        if scalar & 1:
            total = add(curve, total, point)
        point = add(curve, point, point)
        scalar >>= 1
    return total


# d of eu² + v² = 1 + du²v² with e = 1, RFC 7836 (appendix A.2)
EDWARDS_D: Final = {
    "1.2.643.7.1.2.1.1.1": 0x0605F6B7C183FA81578BC39CFAD518132B9DF62897009AF7E522C32D6DC7BFFB,
    "1.2.643.7.1.2.1.2.3": (0x9E4F5D8C017D8D9F13A5CF3CDF5BFE4DAB402D54198E31EBDE28A0621050439CA6B39E0A515C06B304E2CE43E79E369E91A0CFC2BC2A22B4CA302DBB33EE7550),
}


def point_of_order_2(curve: Curve) -> tuple[int, int]:
    """The image of (0, -1) on a curve of cofactor 4: (t, 0) with t = (1 + d) / 6 (RFC 7836, 5.2)."""
    return (1 + EDWARDS_D[curve.oid]) * pow(6, -1, curve.p) % curve.p, 0


def point_of_order_4(curve: Curve) -> tuple[int, int]:
    """The image of (1, 0): (s + t, s) with s = (1 - d) / 4."""
    s = (1 - EDWARDS_D[curve.oid]) * pow(4, -1, curve.p) % curve.p
    return (s + point_of_order_2(curve)[0]) % curve.p, s


def public_bytes(curve: Curve, point: tuple[int, int]) -> bytes:
    """X ‖ Y, each little-endian, for any two numbers."""
    return b"".join(coordinate.to_bytes(curve.size, "little") for coordinate in point)
