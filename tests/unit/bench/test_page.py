"""The page of the benchmarks and the targets on it."""

from dataclasses import replace

import pytest

from tests.bench.goals import goals
from tests.bench.memory import Part
from tests.bench.page import render
from tests.bench.processes import Cores
from tests.bench.report import Report
from tests.bench.samples import Page, Sample
from tests.bench.starts import ColdStart, Start

MEGABYTE = 1024 * 1024


def page(key: str, per_second: int, *, cpu_ms: float = 1.0, foreign_share: float = 0.01, queries: int | None = 5) -> Page:
    sample = Sample(per_second * 4, 4.0, cpu_ms * per_second * 4 / 1000, foreign_share, p50_ms=12.34, p95_ms=20.0, p99_ms=123.4)
    return Page(key, f"страница {key}", queries, 15_773, (sample, sample, sample))


@pytest.fixture
def report() -> Report:
    return Report(
        command="make bench",
        rounds=3,
        seconds=4,
        cores=Cores(0, 1),
        pages=[page("hello", 4000), page("rows", 400), page("live", 2000, cpu_ms=0.5), page("home", 180), page("tokens", 20, queries=None)],
        deliveries=[0.1, 0.2, 0.15],
        memory=[Part("портал", 3, 122 * MEGABYTE), Part("очередь", 1, 4 * MEGABYTE)],
        facts=[("Python", "3.13.0")],
        load_before=1.25,
        starts=[Start(7.0, 2.0, 5.0), Start(6.0, 2.4, 4.0), Start(8.0, 2.2, 4.5)],
    )


class TestGoals:
    def test_are_met_by_a_quick_and_small_stand(self, report):
        assert [goal.is_met for goal in goals(report)] == [True, True, True, True]

    def test_a_slow_home_page_is_named_with_what_limits_it(self, report):
        slow = replace(report, pages=[page("home", 100, cpu_ms=8.0) if one.key == "home" else one for one in report.pages])

        missed = [goal for goal in goals(slow) if not goal.is_met]

        assert [(goal.found, goal.wanted) for goal in missed] == [("0,25", "≥ 0,3")]
        assert "на запрос уходит 8,0 мс процессора, из них 0,50 мс общие" in missed[0].limit

    def test_a_talkative_home_page_misses_its_target(self, report):
        talkative = replace(report, pages=[page("home", 180, queries=11) if one.key == "home" else one for one in report.pages])

        assert [goal.name for goal in goals(talkative) if not goal.is_met] == ["запросов к базе на главной вошедшего"]

    def test_a_large_stand_is_named_with_its_largest_program(self, report):
        large = replace(report, memory=[*report.memory, Part("обработчик", 5, 500 * MEGABYTE)])

        (missed,) = [goal for goal in goals(large) if not goal.is_met]

        assert missed.limit == "больше всего занимает обработчик: 500 МБ, процессов 5"

    def test_a_cold_start_is_judged_only_where_it_was_measured(self, report):
        cold = goals(replace(report, cold=ColdStart(first=95.0, second=16.0)))

        assert len(cold) == len(goals(report)) + 1
        assert [goal.found for goal in cold if not goal.is_met] == ["95,0 с", "16,0 с"]


class TestRender:
    def test_every_row_of_a_table_has_the_columns_of_its_head(self, report):
        columns = 0
        for line in render(report, goals(report)).splitlines():
            if not line.startswith("|"):
                columns = 0
            elif columns:
                assert line.count("|") == columns, line
            else:
                columns = line.count("|")

    def test_shows_the_ratios_to_both_floors(self, report):
        assert "| страница home | 180 | 0,045 | 0,45 | 1,0 | 12,3 | 20,0 | 123 | 5 | 15\u00a0773 |" in render(report, goals(report))

    def test_what_was_not_counted_is_a_dash(self, report):
        row = next(line for line in render(report, goals(report)).splitlines() if "страница tokens" in line)

        assert "| — |" in row

    def test_a_missed_target_is_published_as_missed(self, report):
        large = replace(report, memory=[Part("портал", 3, 601 * MEGABYTE)])

        assert "| < 600 МБ | 601 МБ | **не достигнута**: больше всего занимает портал" in render(large, goals(large))

    def test_says_when_the_machine_was_busy(self, report):
        busy = replace(report, pages=[page(one.key, 100, foreign_share=0.3) for one in report.pages])

        assert "Машина была занята" in render(busy, goals(busy))
        assert "Машина была занята" not in render(report, goals(report))

    def test_what_this_run_has_not_measured_has_no_figure(self, report):
        assert "не измерялась" in render(report, goals(report))
        assert "не измерялась" not in render(replace(report, cold=ColdStart(40.0, 5.0)), goals(report))

    def test_names_the_command_and_the_machine(self, report):
        text = render(report, goals(report))

        assert "| Команда | `make bench` |" in text
        assert "| Python | 3.13.0 |" in text
