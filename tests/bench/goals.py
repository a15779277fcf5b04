"""What the figures have to be, and what limits the ones that are not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.bench.report import Report
from tests.bench.words import megabytes, number, percent, significant

HOME_QUERIES: Final = 10
HOME_RATIO: Final = 0.3
COLD_SECONDS: Final = 90
SECOND_SECONDS: Final = 15
MEMORY_BYTES: Final = 600 * 1024 * 1024


@dataclass(frozen=True)
class Goal:
    """One target beside what came out.

    Attributes:
        name: what is measured.
        wanted: the target in words.
        found: the figure in words.
        is_met: whether the figure reaches the target.
        limit: what keeps it from there; empty when it is met.
    """

    name: str
    wanted: str
    found: str
    is_met: bool
    limit: str = ""


def goals(report: Report) -> list[Goal]:
    """Return the targets that this run has measured."""
    return list(_goals(report))


def _goals(report: Report) -> Iterator[Goal]:
    home, rows = report.page("home"), report.page("rows")
    queries, ratio = home.queries or 0, home.ratio_to(rows)
    yield Goal("запросов к базе на главной вошедшего", f"≤ {HOME_QUERIES}", str(queries), queries <= HOME_QUERIES)
    yield _goal("скорость главной вошедшего к странице из 20 строк", f"≥ {number(HOME_RATIO, 1)}", number(ratio, 2), ratio >= HOME_RATIO, _home_limit(report))
    if report.cold:
        wanted, found = f"< {COLD_SECONDS} с", f"{number(report.cold.first, 1)} с"
        yield _goal("`make run` в новой копии с пустым кэшем пакетов", wanted, found, report.cold.first < COLD_SECONDS, _cold_limit(report))
        wanted, found = f"< {SECOND_SECONDS} с", f"{number(report.cold.second, 1)} с"
        yield _goal("`make run` во второй раз", wanted, found, report.cold.second < SECOND_SECONDS, "подготовка уже сделана: это запуск самих программ")
    else:
        wanted, found = f"< {SECOND_SECONDS} с", f"{number(report.second_start, 1)} с"
        yield _goal("второй запуск стенда", wanted, found, report.second_start < SECOND_SECONDS, "это запуск самих программ")
    wanted, found = f"< {megabytes(MEMORY_BYTES)} МБ", f"{megabytes(report.memory_bytes)} МБ"
    yield _goal("память всего стенда, сумма PSS", wanted, found, report.memory_bytes < MEMORY_BYTES, _memory_limit(report))


def _goal(name: str, wanted: str, found: str, is_met: bool, limit: str) -> Goal:
    return Goal(name, wanted, found, is_met, "" if is_met else limit)


def _home_limit(report: Report) -> str:
    home, live = report.page("home"), report.page("live")
    own, common = home.middle(lambda sample: sample.cpu_ms), live.middle(lambda sample: sample.cpu_ms)
    share = home.middle(lambda sample: sample.server_share)
    return (
        f"порталу досталось {percent(share)} ядра; на запрос уходит {significant(own)} мс процессора, "
        f"из них {significant(common)} мс общие для всех страниц (как у `/health/live`)"
    )


def _cold_limit(report: Report) -> str:
    assert report.cold is not None
    return f"сами программы стартуют за {number(report.cold.second, 1)} с, остальное — загрузка и установка пакетов и первая подготовка данных"


def _memory_limit(report: Report) -> str:
    largest = max(report.memory, key=lambda part: part.pss_bytes)
    return f"больше всего занимает {largest.name}: {megabytes(largest.pss_bytes)} МБ, процессов {largest.processes}"
