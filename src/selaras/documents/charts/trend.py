"""Series over years: target against realisation, with every value written at its mark or in a table below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.document import Chart, Series
from selaras.documents.charts.canvas import SIZE, SMALL, WIDTH, Canvas
from selaras.documents.charts.frame import LINE, UNMEASURED, legend, without_data
from selaras.documents.charts.lettering import width, wrap
from selaras.documents.charts.scale import Scale, brief, label, magnitude, present, scale
from selaras.documents.palette import ACCENT, BLUE, GRID, INK, MUTED, PAPER, RULE

_HIGH = 140.0  # the height of the plot
_NAMES = 130.0  # the widest column of series names
_SAMPLE = 34.0  # the length of a line in the legend
_LABELLED = 2  # series up to this number are labelled at their marks; more would hide each other


@dataclass(frozen=True, slots=True)
class _Pen:
    """How a series is drawn: told apart by dash and mark as well as by colour."""

    stroke: str
    thick: float
    dash: str
    mark: str


_TARGET = _Pen(ACCENT, 1.8, "7 4", "square")
_PENS = (
    _Pen(BLUE, 2.6, "", "disc"),
    _Pen("#0f6b62", 2, "2 3", "triangle"),
    _Pen("#6a3d8a", 2, "10 3 2 3", "diamond"),
    _Pen("#5d6b7c", 2, "1 3", "ring"),
)


def draw_trend(chart: Chart) -> str:
    """A line per series over the categories; a missing value leaves a gap and is said below its year.

    Up to two series carry their values at their marks; with more, a table of values below is the legend as well.
    """
    values = present([value for line in chart.series for value in line.values])
    if not chart.categories or not values:
        return without_data(chart)
    canvas = Canvas()
    pens = _pens(chart.series)
    labelled = len(chart.series) <= _LABELLED
    top = 8.0
    if labelled:
        top = legend(canvas, [s.name for s in chart.series], 10, lambda i, x, y: _sample(canvas, pens[i], x, y)) + 20
    divisor, unit = magnitude(max(values)) if chart.unit == "Rp" else (Decimal(1), "")
    axis, from_zero = _axis(values, top)
    left = max(width(_tick(chart, tick, divisor), SMALL) for tick in axis.ticks()) + 12
    if not labelled:
        left = max(left, min(_NAMES, max(width(line.name, SMALL) for line in chart.series)) + _SAMPLE + 20)
    places = _places(len(chart.categories), left)
    _grid(canvas, chart, axis, left, divisor)
    for pen, line in zip(pens, chart.series, strict=True):
        _line(canvas, pen, [(x, axis.at(v)) if v is not None else None for x, v in zip(places, line.values)])  # noqa: B905 (short series end early)
    if labelled:
        _labels(canvas, chart, axis, places, divisor)
    bottom = _years(canvas, chart, places, top + _HIGH, missing=labelled)
    if not labelled:
        bottom = _table(canvas, chart, pens, places, bottom + 8, divisor)
    return canvas.finish(_notes(canvas, unit, bottom, from_zero=from_zero), title=chart.caption, description=chart.alt)


def _pens(lines: Sequence[Series]) -> list[_Pen]:
    others = iter(_PENS * len(lines))
    return [_TARGET if line.name.casefold().startswith("target") else next(others) for line in lines]


def _axis(values: Sequence[Decimal], top: float) -> tuple[Scale, bool]:
    """The upright axis, from zero unless all values lie close together far above it."""
    low, high = min(values), max(values)
    from_zero = low < 0 or high - low > high / 2 or low == 0
    room = (high - low) / 6 or abs(high) / 10 or Decimal(1)
    bottom = min(low, Decimal(0)) if from_zero else max(Decimal(0), low - room)
    axis = scale(bottom, high + room / 2, top + _HIGH, top)
    return axis, axis.low <= 0


def _places(count: int, left: float) -> list[float]:
    room = (WIDTH - left) / count
    return [left + room * (place + 0.5) for place in range(count)]


def _grid(canvas: Canvas, chart: Chart, axis: Scale, left: float, divisor: Decimal) -> None:
    for tick in axis.ticks():
        y = axis.at(tick)
        canvas.line(((left, y), (WIDTH, y)), stroke=RULE if tick == axis.low else GRID)
        canvas.words(left - 7, y + 0.35 * SMALL, _tick(chart, tick, divisor), size=SMALL, fill=MUTED, anchor="end")


def _tick(chart: Chart, tick: Decimal, divisor: Decimal) -> str:
    return brief(tick / divisor) + ("%" if chart.unit == "%" else "")


def _line(canvas: Canvas, pen: _Pen, points: Sequence[tuple[float, float] | None]) -> None:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    for run in runs:
        if len(run) > 1:
            canvas.line(run, stroke=pen.stroke, thick=pen.thick, dash=pen.dash)
    for run in runs:
        for x, y in run:
            _mark(canvas, pen, x, y)


def _mark(canvas: Canvas, pen: _Pen, x: float, y: float) -> None:
    shapes = {
        "square": f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z",
        "triangle": f"M{x:.1f} {y - 5.5:.1f}l5.5 9.5h-11z",
        "diamond": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z",
    }
    if pen.mark in shapes:
        canvas.path(shapes[pen.mark], stroke=pen.stroke, thick=1.8, fill=PAPER)
    else:
        canvas.circle(x, y, 4.5, fill=pen.stroke if pen.mark == "disc" else PAPER, stroke=pen.stroke)


def _sample(canvas: Canvas, pen: _Pen, x: float, y: float) -> float:
    canvas.line(((x, y), (x + _SAMPLE, y)), stroke=pen.stroke, thick=pen.thick, dash=pen.dash)
    _mark(canvas, pen, x + _SAMPLE / 2, y)
    return _SAMPLE


def _labels(canvas: Canvas, chart: Chart, axis: Scale, places: Sequence[float], divisor: Decimal) -> None:
    """Values at their marks: the highest of a year above, the lowest below, those between pushed apart."""
    room = places[1] - places[0] if len(places) > 1 else WIDTH
    for index, x in enumerate(places):
        found = [
            (axis.at(value), value, place)
            for place, line in enumerate(chart.series)
            if (value := _at(line, index)) is not None
        ]
        for y, text, strong in _spread(chart, sorted(found), divisor, room):
            canvas.words(x, y, text, size=SMALL, anchor="middle", strong=strong, halo=True)


def _spread(
    chart: Chart, found: Sequence[tuple[float, Decimal, int]], divisor: Decimal, room: float
) -> list[tuple[float, str, bool]]:
    """The baseline, text and weight of a year's values, from high to low on the page; equal values are written once."""
    lines: list[tuple[float, str, bool]] = []
    for rank, (y, value, place) in enumerate(found):
        text = _value_text(chart, value, divisor, room)
        strong = not chart.series[place].name.casefold().startswith("target")
        if lines and lines[-1][1] == text:
            lines[-1] = (lines[-1][0], text, True)
            continue
        baseline = y - 9 if rank == 0 else max(y + 17, lines[-1][0] + 14)
        lines.append((baseline, text, strong))
    return lines


def _value_text(chart: Chart, value: Decimal, divisor: Decimal, room: float) -> str:
    exact = label(value, chart.unit)
    fits = width(exact, SMALL, strong=True) < room * 0.7  # wider ones would cover the lines beside them
    return exact if fits or divisor == 1 else brief(value / divisor)


def _years(canvas: Canvas, chart: Chart, places: Sequence[float], bottom: float, *, missing: bool) -> float:
    """The categories below the plot, and under each, if `missing`, what has not been measured."""
    room = places[1] - places[0] if len(places) > 1 else WIDTH
    lowest = bottom
    for index, x in enumerate(places):
        y = bottom + 8
        for line in wrap(chart.categories[index], room - 6, SIZE, most=3):
            y += LINE
            canvas.words(x, y, line, anchor="middle", strong=True)
        for line in _missing(chart, index, room) if missing else ():
            y += LINE - 1.5
            canvas.words(x, y, line, size=SMALL, fill=MUTED, anchor="middle", slanted=True)
        lowest = max(lowest, y)
    return lowest


def _missing(chart: Chart, index: int, room: float) -> list[str]:
    lines: list[str] = []
    for series in chart.series:
        if _at(series, index) is not None:
            continue
        text = f"{series.name} {_unsaid(series)}" if len(chart.series) > 1 else _unsaid(series)
        lines += wrap(text, room - 6, SMALL)
    return lines


def _unsaid(series: Series) -> str:
    return "belum ditetapkan" if series.name.casefold().startswith("target") else UNMEASURED


def _table(
    canvas: Canvas, chart: Chart, pens: Sequence[_Pen], places: Sequence[float], y: float, divisor: Decimal
) -> float:
    """One row per series with its mark, name and values under their categories; gives the y below it."""
    room = places[1] - places[0] if len(places) > 1 else WIDTH
    for pen, series in zip(pens, chart.series, strict=True):
        canvas.line(((0, y), (WIDTH, y)), stroke=GRID)
        cells = [_cell(chart, series, index, room, divisor) for index in range(len(places))]
        names = wrap(series.name, _NAMES, SMALL)
        lines = max(len(names), *(len(cell) for cell in cells))
        middle = y + (LINE * lines + 6) / 2
        _sample(canvas, pen, 0, middle)
        _column(canvas, _SAMPLE + 8, middle, names, anchor="start", faint=False)
        for index, (x, cell) in enumerate(zip(places, cells, strict=True)):
            _column(canvas, x, middle, cell, anchor="middle", faint=_at(series, index) is None)
        y += LINE * lines + 6
    return y


def _cell(chart: Chart, series: Series, index: int, room: float, divisor: Decimal) -> tuple[str, ...]:
    value = _at(series, index)
    return wrap(_unsaid(series), room - 6, SMALL) if value is None else (_value_text(chart, value, divisor, room),)


def _at(series: Series, index: int) -> Decimal | None:
    return series.values[index] if index < len(series.values) else None


def _column(canvas: Canvas, x: float, middle: float, lines: Sequence[str], *, anchor: str, faint: bool) -> None:
    y = middle - LINE * (len(lines) - 1) / 2 + 0.35 * SMALL
    for line in lines:
        canvas.words(x, y, line, size=SMALL, fill=MUTED if faint else INK, anchor=anchor, slanted=faint)
        y += LINE


def _notes(canvas: Canvas, unit: str, bottom: float, *, from_zero: bool) -> float:
    notes = [f"dalam {unit}"] if unit else []
    notes += [] if from_zero else ["sumbu tegak tidak dimulai dari nol"]
    if notes:
        bottom += LINE + 4
        canvas.words(WIDTH, bottom, "; ".join(notes), size=SMALL, fill=MUTED, anchor="end", slanted=True)
    return bottom + 6
