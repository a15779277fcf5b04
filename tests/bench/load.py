"""Load on one address: wrk, a few connections that stay open, a bounded time."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.samples import Sample, metered

CONNECTIONS: Final = 8
# a slow answer belongs to the percentiles, not to the errors
_PATIENCE_SECONDS: Final = 30
_SCRIPT: Final = Path(__file__).with_name("wrk.lua")
_LINE: Final = re.compile(r"^BENCH (?P<pairs>.+)$", re.MULTILINE)


class LoadBroken(Exception):
    """The round measured something else than the page: errors, redirects, refused connections."""


class GeneratorAbsent(Exception):
    """wrk is not installed; the text says how to install it."""


@dataclass(frozen=True)
class Target:
    """An address under load.

    Attributes:
        key: stable name.
        label: what the report calls it.
        url: where the requests go.
        cookies: Cookie header; empty for a visitor.
        servers: processes whose work the requests are.
    """

    key: str
    label: str
    url: str
    cookies: str
    servers: Sequence[int]


@dataclass(frozen=True)
class Summary:
    """What wrk says at its end.

    Attributes:
        requests: answered requests.
        not_ok: answers with another status than 200.
        broken: connections that failed, timeouts among them.
        p50_us, p95_us, p99_us: latencies, microseconds.
    """

    requests: int
    duration_us: int
    not_ok: int
    broken: int
    p50_us: int
    p95_us: int
    p99_us: int


def find_wrk() -> str:
    """Return the program.

    Raises:
        GeneratorAbsent: there is none.
    """
    found = shutil.which("wrk")
    if not found:
        raise GeneratorAbsent("Нет программы wrk. Установите её и повторите: sudo apt-get install wrk")
    return found


def parse(output: str) -> Summary:
    """Read the line of wrk.lua out of everything that wrk has printed.

    Raises:
        LoadBroken: the line is absent.
    """
    found = _LINE.search(output)
    if not found:
        raise LoadBroken(output.strip() or "wrk printed nothing")
    return Summary(**{name: int(value) for name, _, value in (pair.partition("=") for pair in found["pairs"].split())})


def run(target: Target, *, seconds: int, ours: Sequence[int], core: int) -> Sample:
    """Load an address for some seconds.

    Args:
        target: the address.
        seconds: length of the round.
        ours: every process of the bench that lives on the servers' core.
        core: the servers' core.

    Raises:
        LoadBroken: some answer was not the page.
    """
    words = [find_wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", f"{_PATIENCE_SECONDS}s", "-s", str(_SCRIPT)]
    if target.cookies:
        words += ["-H", f"Cookie: {target.cookies}"]
    with metered(target.servers, ours, core) as meter:
        done = subprocess.run([*words, target.url], capture_output=True, text=True, check=False)
    found = parse(done.stdout + done.stderr)
    if found.not_ok or found.broken or not found.requests:
        raise LoadBroken(f"{target.url}: {found.requests} requests, {found.not_ok} not 200, {found.broken} broken")
    return Sample(
        requests=found.requests,
        seconds=found.duration_us / 1_000_000,
        cpu_seconds=meter.cpu_seconds,
        foreign_share=meter.foreign_share,
        p50_ms=found.p50_us / 1000,
        p95_ms=found.p95_us / 1000,
        p99_ms=found.p99_us / 1000,
    )
