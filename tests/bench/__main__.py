"""`make bench`: measure the stand and write docs/benchmarks.md."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench import course, page
from tests.bench.goals import goals
from tests.bench.load import GeneratorAbsent
from tests.plugins.stand import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks.md"


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; return 1 when a target is missed."""
    given = list(sys.argv[1:] if words is None else words)
    asked = _arguments(given)
    command = " ".join(["make bench", *([f'ARGS="{" ".join(given)}"'] if given else [])])
    try:
        report = course.run(course.Wishes(rounds=asked.rounds, seconds=asked.seconds, cold=asked.cold, command=command))
    except GeneratorAbsent as absent:
        sys.stderr.write(f"{absent}\n")
        return 1
    found = goals(report)
    asked.out.write_text(page.render(report, found), encoding="utf-8")
    missed = [goal for goal in found if not goal.is_met]
    for goal in missed:
        sys.stderr.write(f"Цель не достигнута: {goal.name}: {goal.found} вместо {goal.wanted}\n")
    sys.stderr.write(f"Записано: {asked.out}\n")
    return 1 if missed else 0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description="Измеряет страницы, запуск и память стенда")
    parser.add_argument("--rounds", type=int, default=5, help="сколько раз измерять каждое число")
    parser.add_argument("--seconds", type=int, default=4, help="длина круга нагрузки на один адрес")
    parser.add_argument("--cold", action="store_true", help="ещё и `make run` в новой копии с пустым кэшем пакетов (нужен индекс пакетов)")
    parser.add_argument("--out", type=Path, default=PAGE, help="куда записать страницу")
    return parser.parse_args(words)


if __name__ == "__main__":
    raise SystemExit(main())
