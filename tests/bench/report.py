"""Everything that one run has measured."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.bench.memory import Part
from tests.bench.processes import Cores
from tests.bench.samples import Page
from tests.bench.starts import ColdStart, Start


@dataclass(frozen=True)
class Report:
    """Everything that one run has measured.

    Attributes:
        command: what was typed.
        rounds: how often each figure was measured.
        seconds: length of a round of load.
        cores: where the servers and the generator ran.
        pages: floors and pages in the order in which they were loaded.
        deliveries: seconds from an open session to its notification.
        memory: the programs of the stand.
        facts: names and values that describe machine and versions.
        load_before: load average of the machine before the run.
        starts: lives of stands in new folders.
        cold: a new clone with empty caches; None where nobody asked for it.
    """

    command: str
    rounds: int
    seconds: int
    cores: Cores
    pages: Sequence[Page]
    deliveries: Sequence[float]
    memory: Sequence[Part]
    facts: Sequence[tuple[str, str]] = field(default_factory=tuple)
    load_before: float = 0.0
    starts: Sequence[Start] = field(default_factory=tuple)
    cold: ColdStart | None = None

    def page(self, key: str) -> Page:
        """Return the page of a key."""
        return next(page for page in self.pages if page.key == key)

    @property
    def memory_bytes(self) -> int:
        """Memory of the whole stand."""
        return sum(part.pss_bytes for part in self.memory)

    @property
    def second_start(self) -> float:
        """Median of the second starts, seconds."""
        return median(start.second for start in self.starts)

    def foreign_shares(self) -> list[float]:
        """Return what strangers took of the servers' core, round by round."""
        return [sample.foreign_share for page in self.pages for sample in page.samples]
