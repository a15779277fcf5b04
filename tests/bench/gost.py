"""Speed of GOST beside its yardsticks: `python -m tests.bench.gost`.

A ratio is taken inside one round and in processor time, so a busy machine slows both sides of it alike.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from os import urandom
from statistics import median
from time import process_time
from typing import Any, Final

from signatures.core.asn1 import oids, writer
from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import Curve, curve_of
from signatures.core.gost.errors import BackendUnavailable
from signatures.core.gost.interfaces import Hashes
from signatures.core.gost.registry import Preference, choose
from tests.bench.gost_engine import Engine
from tests.bench.words import number, significant
from tests.plugins.stand import ROOT

CRYPTOPRO_A: Final = "1.2.643.7.1.2.1.1.2"
EDWARDS_A: Final = "1.2.643.7.1.2.1.1.1"
LONG_A: Final = "1.2.643.7.1.2.1.2.1"
# as `openssl speed` hashes it
BLOCK_BYTES: Final = 16_384
YARDSTICKS: Final = ROOT / ".tools" / "yardsticks"
_MEGABYTE: Final = 1_000_000
_ROUND_SECONDS: Final = 0.25

type Speed = Callable[[], float]
"""Runs one side for a round and returns how much it did in a second of processor time."""


@dataclass(frozen=True)
class Contest:
    """Two things that do the same.

    Attributes:
        name: what is done, in Russian.
        unit: of both speeds.
        ours: our side.
        yardstick: the other side.
        wanted: the least ratio; None where the figure is for information.
    """

    name: str
    unit: str
    ours: Speed
    yardstick: Speed
    wanted: float | None


@dataclass(frozen=True)
class Result:
    """What several rounds gave.

    Attributes:
        contest: what was measured.
        pairs: (ours, yardstick) of each round.
    """

    contest: Contest
    pairs: Sequence[tuple[float, float]]

    @property
    def ratio(self) -> float:
        """Median of the ratios of the rounds."""
        return median(ours / theirs for ours, theirs in self.pairs)

    @property
    def is_met(self) -> bool:
        """Whether the ratio reaches the target."""
        return self.contest.wanted is None or self.ratio >= self.contest.wanted

    @property
    def speeds(self) -> tuple[float, float]:
        """Medians of both sides."""
        return median(ours for ours, _ in self.pairs), median(theirs for _, theirs in self.pairs)


def measure(rounds: int) -> tuple[list[Result], list[str]]:
    """Measure all contests whose yardstick is installed.

    Returns:
        The results, and a line for every yardstick that is missing.
    """
    found, missing = [], []
    for group in (_engine_contests, _provider_contests, _gostcrypto_contests):
        try:
            contests = list(group())
        except BackendUnavailable as absent:
            missing.append(str(absent))
            continue
        found += [Result(contest, [(contest.ours(), contest.yardstick()) for _ in range(rounds)]) for contest in contests]
    return found, missing


def _engine_contests() -> Iterator[Contest]:
    engine = Engine()
    pure, libcrypto = choose(Preference.PURE).backend, choose(Preference.LIBCRYPTO).backend
    for oid, name, wanted, pure_wanted in ((CRYPTOPRO_A, "256-B", 0.4, 0.06), (EDWARDS_A, "256-A", None, None), (LONG_A, "512-A", None, None)):
        sample = SignedSample(libcrypto, curve_of(oid))
        theirs = partial(per_second, sample.checked_by_engine(engine))
        yield Contest(f"проверка {name}: libcrypto к gost-engine", "1/с", partial(per_second, sample.checked_by(libcrypto)), theirs, wanted)
        yield Contest(f"проверка {name}: Python к gost-engine", "1/с", partial(per_second, sample.checked_by(pure)), theirs, pure_wanted)


def _provider_contests() -> Iterator[Contest]:
    state = choose(Preference.AUTO)
    if state.state.hash != "gostprov":
        raise BackendUnavailable("the provider gostprov is not installed")
    ours = partial(megabytes_per_second, state.backend.hashes)
    yield Contest("Streebog-256: провайдер к openssl speed", "МБ/с", ours, openssl_speed, 0.9)


def _gostcrypto_contests() -> Iterator[Contest]:
    package = _gostcrypto()
    pure = choose(Preference.PURE).backend
    sample = SignedSample(pure, curve_of(CRYPTOPRO_A))
    theirs = partial(per_second, sample.checked_by_gostcrypto(package))
    yield Contest("проверка 256-B: Python к gostcrypto", "1/с", partial(per_second, sample.checked_by(pure)), theirs, 15)
    block = urandom(BLOCK_BYTES)
    hashed = partial(per_second, lambda: package.gosthash.new("streebog256", data=block).digest())
    ours = partial(megabytes_per_second, pure.hashes)
    yield Contest("Streebog-256: Python к gostcrypto", "МБ/с", ours, lambda: hashed() * BLOCK_BYTES / _MEGABYTE, None)


def _gostcrypto() -> Any:
    """Import the package from its folder apart, which comes last: it brings a package `tests` too."""
    sys.path.append(str(YARDSTICKS))
    try:
        return import_module("gostcrypto")
    except ImportError as error:
        raise BackendUnavailable("the package gostcrypto is not installed: scripts/setup.sh yardsticks") from error
    finally:
        sys.path.remove(str(YARDSTICKS))


class SignedSample:
    """A signature and the ways to check it."""

    def __init__(self, gost: Gost, curve: Curve) -> None:
        """Make a key and sign with it."""
        self.curve = curve
        self.pair = gost.keygen(curve.oid)
        self.digest = bytes(range(curve.size))
        self.signature = gost.sign(curve.oid, self.pair.private, self.digest)

    @cached_property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo of the key."""
        key = oids.GOST_2012_256 if self.curve.bits == 256 else oids.GOST_2012_512
        algorithm = writer.sequence(writer.oid(key), writer.sequence(writer.oid(self.curve.oid)))
        return writer.sequence(algorithm, writer.bits(writer.octets(self.pair.public)))

    def checked_by(self, gost: Gost) -> Callable[[], bool]:
        """Return a check by a back-end of the stand."""
        return partial(gost.verify, self.curve.oid, self.pair.public, self.digest, self.signature)

    def checked_by_engine(self, engine: Engine) -> Callable[[], bool]:
        """Return a check by the engine in C."""
        return partial(engine.verify, engine.key(self.spki), self.digest, self.signature)

    def checked_by_gostcrypto(self, package: Any) -> Callable[[], bool]:
        """Return a check by gostcrypto; its byte orders are the other way round."""
        name = "id-tc26-gost-3410-2012-256-paramSetB"
        scheme = package.gostsignature.new(package.gostsignature.MODE_256, package.gostsignature.CURVES_R_1323565_1_024_2019[name])
        size = self.curve.size
        public = self.pair.public[:size][::-1] + self.pair.public[size:][::-1]
        signature = self.signature[size:] + self.signature[:size]
        return lambda: bool(scheme.verify(bytearray(public), bytearray(self.digest[::-1]), bytearray(signature)))


def per_second(work: Callable[[], object]) -> float:
    """Repeat a piece of work for a round."""
    done, begun = 0, process_time()
    while (spent := process_time() - begun) < _ROUND_SECONDS:
        if work() is False:
            raise AssertionError("a good signature was refused")
        done += 1
    return done / spent


def megabytes_per_second(hashes: Hashes) -> float:
    """Hash one endless message block by block, as `openssl speed` does."""
    block = urandom(BLOCK_BYTES)
    running = hashes.new(256)
    return per_second(lambda: running.update(block)) * BLOCK_BYTES / _MEGABYTE


def openssl_speed() -> float:
    """Ask `openssl speed`, which counts processor time too."""
    program = shutil.which("openssl")
    if program is None:
        raise BackendUnavailable("the program openssl is not installed")
    options = ("-mr", "-seconds", "1", "-bytes", str(BLOCK_BYTES), "-provider", "default", "-provider", "gostprov", "-evp", "md_gost12_256")
    said = subprocess.run([program, "speed", *options], capture_output=True, text=True, check=True).stdout
    figure = re.search(r"^\+F:.*:md_gost12_256:([\d.]+)$", said, re.MULTILINE)
    if figure is None:
        raise BackendUnavailable("openssl speed gave no figure")
    return float(figure[1]) / _MEGABYTE


def main() -> int:
    """Print the table; return 1 when a target is missed."""
    found, missing = measure(rounds=5)
    for result in found:
        ours, theirs = (significant(speed) for speed in result.speeds)
        wanted = "" if result.contest.wanted is None else f" (цель ≥ {result.contest.wanted:g})"
        sys.stdout.write(f"{result.contest.name}: {ours} к {theirs} {result.contest.unit} = {number(result.ratio, 2)}{wanted}\n")
    for line in missing:
        sys.stdout.write(f"не измерено: {line}\n")
    return 0 if all(result.is_met for result in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
