"""Charts drawn on the server as SVG.

x is in percent and y in pixels, so text keeps its size at any width; no script, no inline style. Classes
take their colours from tokens.css, presentation attributes are the fallback where the page's CSS does
not reach (PDF). Series differ by pattern or place as well, never by colour alone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_INK = "#21152a"
_TRACK = "#f3eeea"
_GRID = "#e2d9d3"
_AXIS = "#85767f"
_HUES: Final = ("#7a1f5c", "#b87400", "#23756b", "#6b5f78")
_ROW_HEIGHT = 46
_TERM_HEIGHT = 56


@dataclass(frozen=True)
class Bar:
    """One value with its name.

    Attributes:
        label: what is measured.
        value: a number that is not negative.
        note: a remark after the number.
    """

    label: str
    value: float
    note: str = ""


@dataclass(frozen=True)
class Stack:
    """One whole that is split into parts; the parts follow the keys of the chart."""

    label: str
    parts: tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """One series of a line chart.

    Attributes:
        name: shown at the end of the line.
        values: one number per label of the chart.
        dash: `stroke-dasharray`; the second line of a chart needs one to be told apart without colour.
    """

    name: str
    values: tuple[float, ...]
    dash: str = ""


@dataclass(frozen=True)
class Term:
    """A document with a beginning and an end.

    Attributes:
        label: name of the document.
        start: year with its part that has passed, for example 2026.25.
        end: the same for the last day.
        note: what the end means today: «до 14 марта 2027, 114 дней».
        kind: `first` and `second` are solid, `hatch` is for what is over.
    """

    label: str
    start: float
    end: float
    note: str = ""
    kind: str = "first"


class Canvas:
    """Collects the shapes of one chart under ids that no other chart of the page has."""

    def __init__(self, height: int, title: str, description: str) -> None:
        """Remember what the chart is; the same content gives the same ids, so pages are reproducible."""
        self.height, self.title, self.description = height, title, description
        digest = hashlib.sha256(f"{title}\n{description}".encode()).hexdigest()
        self.key = f"chart-{digest[:10]}"
        self.shapes: list[str] = []

    def text(self, x: float, y: float, words: object, css: str = "", anchor: str = "start", dx: int = 0) -> None:
        """Write words at x percent and y pixels."""
        place = f'x="{x:.2f}%" y="{y:.0f}" dx="{dx}" text-anchor="{anchor}"'
        self.shapes.append(f'<text {place} class="{css}" fill="{_INK}" font-size="14">{escape(str(words))}</text>')

    def rect(self, x: float, y: float, size: tuple[float, float], paint: str, radius: int = 3) -> None:
        """Draw a rectangle; a value above zero stays visible, however small."""
        width, height = max(size[0], 0.3), size[1]
        self.shapes.append(f'<rect x="{x:.2f}%" y="{y:.1f}" width="{width:.2f}%" height="{height:.1f}" rx="{radius}" {paint}/>')

    def raw(self, shape: str) -> None:
        """Add a shape that is already markup; callers put numbers in it and nothing else."""
        self.shapes.append(shape)

    def hatch(self) -> str:
        """Define the hatch of this chart and return the paint that uses it."""
        pattern = f'<pattern id="{self.key}-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        self.shapes.insert(0, f'<defs>{pattern}<rect width="3.5" height="6" class="f2" fill="{_HUES[1]}"/></pattern></defs>')
        return f'class="s2" fill="url(#{self.key}-h)" stroke-width="1"'

    def svg(self) -> str:
        """Return the finished picture with its title and description for screen readers."""
        head = (
            f'<svg class="chart" width="100%" height="{self.height}" role="img" aria-labelledby="{self.key}-t {self.key}-d" xmlns="http://www.w3.org/2000/svg">'
        )
        words = f'<title id="{self.key}-t">{escape(self.title)}</title><desc id="{self.key}-d">{escape(self.description)}</desc>'
        return f"{head}{words}{''.join(self.shapes)}</svg>"


def _solid(number: int) -> str:
    return f'class="f{number}" fill="{_HUES[number - 1]}"'


def number_text(value: float) -> str:
    """Return a number with a decimal comma: 12, 12,5."""
    return f"{value:g}".replace(".", ",")


def bars(rows: Sequence[Bar], *, title: str, unit: str = "") -> str:
    """Draw horizontal bars; the name stands above its bar, so long Russian names fit 360 px."""
    top = max((row.value for row in rows), default=0) or 1
    canvas = Canvas(len(rows) * _ROW_HEIGHT, title, _spoken((row.label, f"{number_text(row.value)}{unit}") for row in rows))
    for index, row in enumerate(rows):
        y = index * _ROW_HEIGHT
        shown = f"{number_text(row.value)}{unit}" + (f" · {row.note}" if row.note else "")
        canvas.text(0, y + 16, row.label)
        canvas.text(100, y + 16, shown, "c-b", "end")
        canvas.rect(0, y + 24, (100, 12), f'class="f-track" fill="{_TRACK}"', 6)
        if row.value:
            canvas.rect(0, y + 24, (row.value / top * 100, 12), _solid(1), 6)
    return canvas.svg()


def stacked(rows: Sequence[Stack], keys: Sequence[str], *, title: str) -> str:
    """Draw wholes split into at most three parts; the second part is hatched."""
    spoken = ((row.label, ", ".join(f"{key} {number_text(part)}" for key, part in zip(keys, row.parts, strict=True))) for row in rows)
    canvas = Canvas(len(rows) * _ROW_HEIGHT, title, _spoken(spoken))
    paints = (_solid(3), canvas.hatch(), _solid(1))
    for index, row in enumerate(rows):
        y, x, whole = index * _ROW_HEIGHT, 0.0, sum(row.parts) or 1
        canvas.text(0, y + 16, row.label)
        canvas.text(100, y + 16, " / ".join(map(number_text, row.parts)), "c-b", "end")
        for part, paint in zip(row.parts, paints, strict=False):
            width = part / whole * 100
            if part:
                canvas.rect(x, y + 24, (width - 0.35, 14), paint, 2)
            x += width
    return canvas.svg()


def columns(rows: Sequence[Bar], *, title: str, marked: int | None = None, height: int = 220) -> str:
    """Draw columns from zero with the value on each; `marked` is the index of the one to look at."""
    top = max((row.value for row in rows), default=0) or 1
    base, step = height - 28, 100 / max(len(rows), 1)
    canvas = Canvas(height, title, _spoken((row.label, number_text(row.value)) for row in rows))
    canvas.raw(f'<line x1="0" x2="100%" y1="{base}" y2="{base}" class="c-axis" stroke="{_AXIS}"/>')
    for index, row in enumerate(rows):
        tall, x = (base - 28) * row.value / top, index * step
        if row.value:
            canvas.rect(x + step * 0.12, base - tall, (step * 0.76, tall), _solid(2 if index == marked else 1))
        canvas.text(x + step / 2, base - tall - 8, number_text(row.value), "c-b", "middle")
        canvas.text(x + step / 2, height - 8, row.label, "c-dim", "middle")
    return canvas.svg()


@dataclass(frozen=True)
class _Plot:
    """The field of a line chart: x in percent of the picture, y in pixels."""

    low: float
    high: float
    base: float
    top: float = 16
    left: float = 9
    right: float = 86

    def share(self, value: float) -> float:
        """Return how high a value stands between the bounds, 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def y(self, value: float) -> float:
        """Return the pixel row of a value."""
        return self.base - self.share(value) * (self.base - self.top)

    def x(self, share: float) -> float:
        """Return the percent of the picture for a share of the width of the field."""
        return self.left + share * (self.right - self.left)


def lines(labels: Sequence[str], series: Sequence[Line], *, title: str, bounds: tuple[int, int], unit: str = "%") -> str:
    """Draw up to three lines between two bounds; names stand at the ends of the lines."""
    spoken = ((line.name, f"с {number_text(line.values[0])}{unit} до {number_text(line.values[-1])}{unit}") for line in series)
    canvas = Canvas(240, title, _spoken(spoken))
    plot = _Plot(*bounds, base=canvas.height - 32)
    _draw_grid(canvas, plot, labels)
    paths = "".join(_polyline(line, number, plot) for number, line in enumerate(series, start=1))
    place = f'x="{plot.left}%" y="{plot.top}" width="{plot.right - plot.left}%" height="{plot.base - plot.top}"'
    canvas.raw(f'<svg {place} viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">{paths}</svg>')
    for number, line in enumerate(series, start=1):
        y = plot.y(line.values[-1])
        canvas.raw(f'<circle cx="{plot.right}%" cy="{y:.1f}" r="4.5" {_solid(number)}/>')
        canvas.text(plot.right, y + 5, f"{number_text(line.values[-1])}{unit}", "c-b c-halo", dx=10)
        canvas.text(plot.right, y + 22, line.name, "c-dim c-halo", dx=10)
    return canvas.svg()


def _draw_grid(canvas: Canvas, plot: _Plot, labels: Sequence[str]) -> None:
    step = max(1, int(plot.high - plot.low) // 4)
    for mark in range(int(plot.low), int(plot.high) + 1, step):
        y = f"{plot.y(mark):.1f}"
        canvas.raw(f'<line x1="{plot.left}%" x2="{plot.right}%" y1="{y}" y2="{y}" class="c-grid" stroke="{_GRID}"/>')
        canvas.text(0, plot.y(mark) + 5, mark, "c-dim")
    last = max(len(labels) - 1, 1)
    for index in range(0, len(labels), max(1, last // 4)):
        canvas.text(plot.x(index / last), canvas.height - 8, labels[index], "c-dim", "middle" if index else "start")


def _polyline(line: Line, number: int, plot: _Plot) -> str:
    """Return a line in a box of 100 by 100 that stretches while its stroke does not."""
    last = max(len(line.values) - 1, 1)
    points = " ".join(f"{index / last * 100:.2f},{100 - plot.share(value) * 100:.2f}" for index, value in enumerate(line.values))
    stroke = f'class="s{number}" stroke="{_HUES[number - 1]}" stroke-width="2.5" stroke-dasharray="{escape(line.dash)}"'
    return f'<polyline points="{points}" fill="none" {stroke} vector-effect="non-scaling-stroke" stroke-linejoin="round"/>'


def timeline(rows: Sequence[Term], *, title: str, years: tuple[int, int], today: float) -> str:
    """Draw one bar per document and a mark for today.

    Args:
        rows: documents from top to bottom.
        title: name of the chart for screen readers.
        years: first year shown and the year after the last one.
        today: year with its part that has passed.
    """
    first, after = years
    canvas = Canvas(30 + len(rows) * _TERM_HEIGHT, title, _spoken((row.label, row.note) for row in rows))
    paints = {"first": _solid(1), "second": _solid(3), "hatch": canvas.hatch()}

    def x_of(year: float) -> float:
        return min(max((year - first) / (after - first) * 100, 0), 100)

    _draw_years(canvas, {year: x_of(year) for year in range(first, after)})
    now = f"{x_of(today):.2f}%"
    canvas.raw(f'<line x1="{now}" x2="{now}" y1="24" y2="{canvas.height}" class="c-axis" stroke="{_INK}" stroke-width="2" stroke-dasharray="2 3"/>')
    for index, row in enumerate(rows):
        y = 34 + index * _TERM_HEIGHT
        canvas.text(0, y + 14, row.label, "c-b c-halo")
        canvas.text(100, y + 14, row.note, "c-dim c-halo", "end")
        canvas.rect(0, y + 23, (100, 12), f'class="f-track" fill="{_TRACK}"', 6)
        canvas.rect(x_of(row.start), y + 23, (x_of(row.end) - x_of(row.start), 12), paints[row.kind], 6)
        canvas.raw(f'<circle cx="{now}" cy="{y + 29}" r="6" class="f-mark" fill="#ffc53d" stroke="{_INK}" stroke-width="2"/>')
    return canvas.svg()


def _draw_years(canvas: Canvas, places: dict[int, float]) -> None:
    """Write the years; every second one is left out where there is no room."""
    for index, (year, x) in enumerate(places.items()):
        canvas.raw(f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="22" y2="{canvas.height}" class="c-grid" stroke="{_GRID}"/>')
        canvas.text(x, 14, year, "c-dim only-wide" if index % 2 else "c-dim", dx=3)


def _spoken(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in pairs)
