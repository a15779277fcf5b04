"""What one round of load on one address gave, and what several rounds give together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import monotonic

from tests.bench import processes


@dataclass(frozen=True)
class Sample:
    """One round.

    Attributes:
        requests: answered requests.
        seconds: length of the round.
        cpu_seconds: processor time of the servers of this address.
        foreign_share: part of the servers' core that went to processes that are not the bench's.
        p50_ms, p95_ms, p99_ms: from sending a request to the end of its answer.
    """

    requests: int
    seconds: float
    cpu_seconds: float
    foreign_share: float
    p50_ms: float
    p95_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time of one request, milliseconds."""
        return self.cpu_seconds * 1000 / self.requests

    @property
    def server_share(self) -> float:
        """Part of the core that the servers of this address used."""
        return self.cpu_seconds / self.seconds


@dataclass(frozen=True)
class Page:
    """An address with all its rounds.

    Attributes:
        key: stable name.
        label: what the report calls it.
        queries: statements that one request sends to the database at most; None where they are not counted.
        body_bytes: length of the answer without its headers; 0 where there are several answers.
        samples: one for each round, in the order of the rounds.
    """

    key: str
    label: str
    queries: int | None
    body_bytes: int
    samples: Sequence[Sample] = field(default_factory=tuple)

    def middle(self, of: Callable[[Sample], float]) -> float:
        """Return the median of something over the rounds."""
        return median(of(sample) for sample in self.samples)

    def ratio_to(self, floor: "Page", of: Callable[[Sample], float] = lambda sample: sample.per_second) -> float:
        """Return the median of the ratios to a floor in the same round, so that a slow minute of the machine meets both."""
        pairs = zip(self.samples, floor.samples, strict=True)
        return median(of(mine) / of(theirs) for mine, theirs in pairs)


@dataclass
class Meter:
    """Processor time between two moments, filled when the block ends."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    foreign_share: float = 0.0


@contextmanager
def metered(servers: Sequence[int], ours: Sequence[int], core: int) -> Iterator[Meter]:
    """Measure a block.

    Args:
        servers: processes that answer the address.
        ours: every process of the bench that lives on the servers' core.
        core: the servers' core.
    """
    meter = Meter()
    begun, busy, own, cpu = monotonic(), processes.busy_seconds(core), processes.cpu_seconds(ours), processes.cpu_seconds(servers)
    yield meter
    meter.cpu_seconds = processes.cpu_seconds(servers) - cpu
    own, busy = processes.cpu_seconds(ours) - own, processes.busy_seconds(core) - busy
    meter.seconds = monotonic() - begun
    meter.foreign_share = max(busy - own, 0.0) / meter.seconds


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the nearest-rank percentile of at least one value."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1]
