"""Achievement against absorption of budget: spending well is not the same as achieving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.document import Chart, Series
from selaras.documents.charts.canvas import SMALL, WIDTH, Canvas
from selaras.documents.charts.frame import LIFT, LINE, UNMEASURED, without_data
from selaras.documents.charts.lettering import width, wrap
from selaras.documents.charts.scale import Scale, brief, label, scale
from selaras.documents.palette import BLUE, BLUE_DEEP, GRID, INK, MUTED, PAPER, RULE

_HIGH = 270.0
_LEFT = 62.0
_HUNDRED = Decimal(100)
_RADIUS = 9.0
_BREAK_ABOVE = Decimal(250)


@dataclass(frozen=True, slots=True)
class _Point:
    """One category: its number on the drawing, its name, and its two values."""

    number: int
    name: str
    across: Decimal | None
    upward: Decimal | None


def draw_quadrant(chart: Chart) -> str:
    """Numbered points, achievement upward and absorption across, with the names and both values listed below.

    The level line is the target (100%); on the slanted one achievement equals absorption.
    """
    across, upward = _axes_of(chart.series)
    if across is None or upward is None or not chart.categories:
        return without_data(chart)
    points = [
        _Point(index + 1, name, _value(across, index), _value(upward, index))
        for index, name in enumerate(chart.categories)
    ]
    canvas = Canvas()
    top = 22.0
    x_axis = _axis([p.across for p in points], _LEFT, WIDTH - 14)
    y_axis = _axis([p.upward for p in points], top + _HIGH, top)
    _grid(canvas, x_axis, y_axis)
    _lines(canvas, x_axis, y_axis)
    canvas.words(_LEFT, 12, f"{upward.name} ↑", size=SMALL, fill=MUTED, anchor="middle", strong=True)
    canvas.words(WIDTH, top + _HIGH + 33, f"{across.name} →", size=SMALL, fill=MUTED, anchor="end", strong=True)
    _marks(canvas, points, x_axis, y_axis)
    height = _key(canvas, points, (across.name, upward.name), top + _HIGH + 72)
    return canvas.finish(height, title=chart.caption, description=chart.alt)


def _axes_of(lines: Sequence[Series]) -> tuple[Series | None, Series | None]:
    """The series across and upward: the one named after achievement goes upward, else the second."""
    if len(lines) < 2:
        return None, None
    first, second = lines[0], lines[1]
    return (second, first) if first.name.casefold().startswith("capaian") else (first, second)


def _value(line: Series, index: int) -> Decimal | None:
    return line.values[index] if index < len(line.values) else None


def _axis(values: Sequence[Decimal | None], start: float, end: float) -> Scale:
    there = [value for value in values if value is not None and value <= _BREAK_ABOVE]
    low, high = min([*there, _HUNDRED]), max([*there, _HUNDRED])
    room = max((high - low) / 8, Decimal(2))
    return scale(max(low - room, Decimal(0)) if low >= 0 else low - room, high + room, start, end)


def _grid(canvas: Canvas, across: Scale, upward: Scale) -> None:
    for tick in across.ticks():
        x = across.at(tick)
        canvas.line(((x, upward.start), (x, upward.end)), stroke=RULE if tick == across.low else GRID)
        canvas.words(x, upward.start + LINE, f"{brief(tick)}%", size=SMALL, fill=MUTED, anchor="middle")
    for tick in upward.ticks():
        y = upward.at(tick)
        canvas.line(((across.start, y), (across.end, y)), stroke=RULE if tick == upward.low else GRID)
        canvas.words(across.start - 7, y + 0.35 * SMALL, f"{brief(tick)}%", size=SMALL, fill=MUTED, anchor="end")


def _lines(canvas: Canvas, across: Scale, upward: Scale) -> None:
    y = upward.at(_HUNDRED)
    canvas.line(((across.start, y), (across.end, y)), stroke=BLUE_DEEP, thick=1.6)
    low, high = max(across.low, upward.low), min(across.high, upward.high)
    if low < high:
        ends = ((across.at(low), upward.at(low)), (across.at(high), upward.at(high)))
        canvas.line(ends, stroke=MUTED, thick=1.4, dash="6 4")


def _marks(canvas: Canvas, points: Sequence[_Point], across: Scale, upward: Scale) -> None:
    """Numbered discs; those that would hide each other are set side by side."""
    placed: list[tuple[float, float]] = []
    for point in points:
        if point.across is None or point.upward is None:
            continue
        x, y = across.at(point.across), upward.at(point.upward)
        while any(abs(x - px) < 2 * _RADIUS and abs(y - py) < 2 * _RADIUS for px, py in placed):
            x += 2 * _RADIUS + 1
        placed.append((x, y))
        canvas.circle(x, y, _RADIUS, fill=BLUE, stroke=PAPER)
        canvas.words(x, y + 4, str(point.number), size=SMALL - 1, fill=PAPER, anchor="middle", strong=True)


def _key(canvas: Canvas, points: Sequence[_Point], heads: tuple[str, str], y: float) -> float:
    """The numbers' names and values as a small list; gives the y below it."""
    columns = (WIDTH - 20 - max(width(heads[1], SMALL, strong=True), 66), WIDTH)
    canvas.line(((0, y - 14), (28, y - 14)), stroke=BLUE_DEEP, thick=1.6)
    canvas.words(34, y - 10, "target tercapai (100%)", size=SMALL, fill=MUTED)
    canvas.line(((182, y - 14), (210, y - 14)), stroke=MUTED, thick=1.4, dash="6 4")
    canvas.words(216, y - 10, "capaian sama dengan penyerapan", size=SMALL, fill=MUTED)
    for x, head in zip(columns, heads, strict=True):
        canvas.words(x, y - 10, head, size=SMALL, anchor="end", strong=True)
    y += LINE / 2 + 6
    for point in points:
        lines = wrap(point.name, columns[0] - 34 - 80, SMALL + 1)
        canvas.circle(_RADIUS, y, _RADIUS, fill=BLUE, stroke=PAPER)
        canvas.words(_RADIUS, y + 4, str(point.number), size=SMALL - 1, fill=PAPER, anchor="middle", strong=True)
        for x, value in zip(columns, (point.across, point.upward), strict=True):
            shown = UNMEASURED if value is None else label(value, "%", places=2)
            canvas.words(x, y + LIFT, shown, fill=MUTED if value is None else INK, anchor="end", slanted=value is None)
        for line in lines:
            canvas.words(28, y + LIFT, line)
            y += LINE
        y += 7
    return y
