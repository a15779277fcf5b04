"""docs/benchmarks.md, written by the program and by nobody else."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

from tests.bench.goals import COLD_SECONDS, Goal
from tests.bench.load import CONNECTIONS
from tests.bench.memory import REQUESTS_BEFORE
from tests.bench.report import Report
from tests.bench.samples import Page
from tests.bench.tokens import PEOPLE
from tests.bench.words import megabytes, number, percent, significant

# above it the figures say less about the stand than about its neighbours
BUSY_SHARE: Final = 0.05
_NOTHING: Final = "—"


def render(report: Report, goals: Sequence[Goal]) -> str:
    """Return the page as Markdown."""
    parts = (_head(report), _goals(goals), _pages(report), _starts(report), _memory(report), _deliveries(report), _machine(report))
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _head(report: Report) -> Iterator[str]:
    yield "# Замеры"
    yield ""
    yield f"Эту страницу целиком пишет `{report.command}`, все числа на ней из одного прогона. Руками она не правится."
    yield "Числа другой машины будут другими, сравнивать стоит доли от пола: минимального проекта Django за тем же веб-сервером."


def _goals(goals: Sequence[Goal]) -> Iterator[str]:
    yield "## Цели"
    yield ""
    yield from _table(("что", "цель", "вышло", "итог"), "lrrl", ((goal.name, goal.wanted, goal.found, _verdict(goal)) for goal in goals))


def _verdict(goal: Goal) -> str:
    if goal.is_met:
        return "достигнута"
    return f"**не достигнута**: {goal.limit}" if goal.limit else "**не достигнута**"


def _pages(report: Report) -> Iterator[str]:
    yield "## Страницы"
    yield ""
    head = ("адрес", "запросов/с", "к hello", "к 20 строкам", "CPU, мс", "p50, мс", "p95, мс", "p99, мс", "запросов к базе", "тело, байт")
    hello, rows = report.page("hello"), report.page("rows")
    yield from _table(head, "lrrrrrrrrr", (_row(page, hello, rows) for page in report.pages))
    yield ""
    yield f"- Медиана кругов: {report.rounds} по {report.seconds} с, в каждом круге все адреса по очереди. Доля — медиана долей внутри круга."
    yield f"- Нагрузка: wrk, {CONNECTIONS} соединений keep-alive, насыщение, поэтому p50, p95 и p99 включают ожидание в очереди. {_cores(report)}"
    yield "- Пол: обычный набор middleware, SQLite; hello без базы, «20 строк» с одним запросом и шаблоном. Команда granian та же, что у портала."
    yield "- CPU: время процессора всех процессов сервера этого адреса на один запрос. Запросы к базе: у самого дорогого запроса, считаны внутри процесса."
    yield f"- ac → te → rs: путь от запроса кода до данных человека, сколько раз в секунду; людей сразу: {PEOPLE}, сеанс и согласие уже есть."
    yield f"- {_neighbours(report)}"


def _row(page: Page, hello: Page, rows: Page) -> tuple[str, ...]:
    return (
        page.label,
        significant(page.middle(lambda sample: sample.per_second)),
        number(page.ratio_to(hello), 3),
        number(page.ratio_to(rows), 2),
        significant(page.middle(lambda sample: sample.cpu_ms)),
        *(significant(page.middle(of)) for of in (lambda sample: sample.p50_ms, lambda sample: sample.p95_ms, lambda sample: sample.p99_ms)),
        _NOTHING if page.queries is None else str(page.queries),
        number(page.body_bytes) if page.body_bytes else _NOTHING,
    )


def _cores(report: Report) -> str:
    if report.cores.are_apart:
        return f"Серверы на ядре {report.cores.servers}, генератор на ядре {report.cores.generator}."
    return f"Ядро одно ({report.cores.servers}), генератор отнимал его у серверов."


def _neighbours(report: Report) -> str:
    shares = report.foreign_shares()
    text = f"Чужие программы на ядре серверов: {percent(median(shares))} времени (медиана), до {percent(max(shares))} в отдельном круге."
    return text if median(shares) < BUSY_SHARE else f"**Машина была занята.** {text} Запросы в секунду занижены, долям и CPU можно верить больше."


def _starts(report: Report) -> Iterator[str]:
    yield "## Запуск и остановка"
    yield ""
    yield from _table(("что", "с"), "lr", _lives(report))
    yield ""
    yield f"Стенд: медиана {report.rounds} жизней, каждая в новой папке. До строки READY, все программы отвечают."
    if report.cold is None:
        yield f"Новая копия с пустым кэшем пакетов (цель < {COLD_SECONDS} с) не измерялась: нужны индекс пакетов и `make bench ARGS=--cold`."


def _lives(report: Report) -> Iterator[tuple[str, str]]:
    yield "стенд, первый запуск в пустой папке", number(median(start.first for start in report.starts), 1)
    yield "стенд, второй запуск", number(report.second_start, 1)
    yield "остановка по Ctrl-C", number(median(start.stop for start in report.starts), 1)
    if report.cold:
        yield "`make run` в новой копии, кэш пакетов пуст", number(report.cold.first, 1)
        yield "`make run` там же во второй раз", number(report.cold.second, 1)


def _memory(report: Report) -> Iterator[str]:
    yield "## Память"
    yield ""
    rows = [(part.name, str(part.processes), megabytes(part.pss_bytes)) for part in report.memory]
    total = ("**всего**", f"**{sum(part.processes for part in report.memory)}**", f"**{megabytes(report.memory_bytes)}**")
    yield from _table(("программа", "процессов", "PSS, МБ"), "lrr", (*rows, total))
    yield ""
    yield f"PSS из `/proc/<pid>/smaps_rollup`: общая память делится между теми, кто ею пользуется. После входов и {REQUESTS_BEFORE} страниц."


def _deliveries(report: Report) -> Iterator[str]:
    yield "## Уведомление о входе"
    yield ""
    middle, shortest, longest = (significant(of(report.deliveries) * 1000) for of in (median, min, max))
    yield "От открытого сеанса до строки уведомления в базе: outbox, передатчик, очередь, обработчик."
    yield f"Медиана {len(report.deliveries)} входов: **{middle} мс**, от {shortest} до {longest} мс."


def _machine(report: Report) -> Iterator[str]:
    yield "## На чём измерено"
    yield ""
    facts = [*report.facts, ("Команда", f"`{report.command}`"), ("Средняя загрузка до прогона", number(report.load_before, 2))]
    yield from _table(("", ""), "ll", facts)


def _table(head: Sequence[str], align: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(head)
    yield _line(["---:" if side == "r" else "---" for side in align])
    yield from (_line(row) for row in rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
