"""Charts of lying bars: achievement and absorption, budget against realisation, counts of staff.

Bars lie so that the long names of indicators and programmes stand beside them and can be read without turning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.document import Chart, ChartKind, Tone
from selaras.documents.charts.canvas import SIZE, SMALL, WIDTH, Canvas
from selaras.documents.charts.frame import LIFT, LINE, UNMEASURED, swatches, without_data
from selaras.documents.charts.lettering import width, wrap
from selaras.documents.charts.scale import Scale, brief, label, magnitude, present, scale
from selaras.documents.palette import GRID, INK, MUTED, PAPER, RULE, Swatch, series, tone

_NAMES = 300.0  # the widest column of category names
_WORDS = 110.0  # the widest column of class words
_GAP = 12.0
_HUNDRED = Decimal(100)
_BREAK_ABOVE, _BREAK_BELOW = Decimal(250), Decimal(-100)  # beyond these a bar is broken off so that the rest is seen
_BROKEN_AT = Decimal(200)


@dataclass(frozen=True, slots=True)
class _Lane:
    """One category: its name, its bars (value and fill) one below the other, the values and words at the right."""

    name: tuple[str, ...]
    bars: tuple[tuple[Decimal | None, Swatch], ...]
    values: tuple[str, ...]
    words: tuple[str, ...] = ()
    missing: str = UNMEASURED


@dataclass(frozen=True, slots=True)
class _Look:
    """How the lanes are drawn: thickness of a bar, end to end (stacked) or one below the other, notes on the axis."""

    thick: float
    stacked: bool = False
    reference: Decimal | None = None
    divisor: Decimal = Decimal(1)
    unit: str = ""
    note: str = ""


def draw_percentages(chart: Chart) -> str:
    """Achievement or absorption: one bar per category with value and class in words, and a line at 100."""
    values = present([value for line in chart.series for value in line.values])
    if not chart.categories or not chart.series:
        return without_data(chart)
    lanes = [_percentage_lane(chart, index) for index in range(len(chart.categories))]
    low, high = _percentage_ends(values)
    target = "100% = target tercapai" if chart.kind is ChartKind.ACHIEVEMENT else "100% = seluruh anggaran terserap"
    look = _Look(18 if len(chart.series) == 1 else 14, reference=_HUNDRED, unit="%", note=target)
    return _draw(chart, lanes, low, high, look)


def draw_amounts(chart: Chart) -> str:
    """Budget and realisation: the bars of a category below each other, exact amounts at the right, a short axis."""
    values = present([value for line in chart.series for value in line.values])
    if not chart.categories or not values:
        return without_data(chart)
    size, words = magnitude(max(values)) if chart.unit == "Rp" else (Decimal(1), chart.unit)
    lanes = [
        _Lane(
            _name(name),
            tuple((_value(line.values, index), series(place)) for place, line in enumerate(chart.series)),
            tuple(_amount(_value(line.values, index), chart.unit) for line in chart.series),
            _words(chart, index),
            "belum diisi",
        )
        for index, name in enumerate(chart.categories)
    ]
    note = f"dalam {words}" if words else ""
    return _draw(chart, lanes, min(Decimal(0), *values), max(values), _Look(16, divisor=size, note=note))


def draw_counts(chart: Chart) -> str:
    """Staff: the counts of all series end to end, each count inside its part, the sum (or the label) at the right."""
    if not chart.categories or not chart.series:
        return without_data(chart)
    lanes, sums = [], [Decimal(1)]
    for index, name in enumerate(chart.categories):
        counts = [_value(line.values, index) for line in chart.series]
        there = present(counts)
        sums.append(sum(there, Decimal(0)))
        bars = tuple((count, series(place)) for place, count in enumerate(counts) if count or not there)
        shown = chart.labels[index] if index < len(chart.labels) else _sum_text(counts)
        lanes.append(_Lane(_name(name), bars, (shown,), missing="belum diisi"))
    return _draw(chart, lanes, Decimal(0), max(sums), _Look(20, stacked=True, note=f"dalam {chart.unit or 'orang'}"))


def _percentage_lane(chart: Chart, index: int) -> _Lane:
    given = chart.tones[index] if index < len(chart.tones) else Tone.NONE
    single = len(chart.series) == 1
    plain = series(1) if given is Tone.NONE and not chart.tones else tone(given)
    values = [_value(line.values, index) for line in chart.series]
    fills = [plain if single else series(place) for place in range(len(values))]
    known = any(value is not None for value in values)
    words = chart.labels[index] if index < len(chart.labels) else ""
    return _Lane(
        _name(chart.categories[index]),
        tuple(zip(values, fills, strict=True)),
        tuple("–" if value is None else label(value, "%", places=2) for value in values),
        wrap(words, _WORDS, SIZE) if words and known else (),
        UNMEASURED if known or not words else words,
    )


def _percentage_ends(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(Decimal(0), *values, Decimal(0)), max(_HUNDRED, *values, _HUNDRED)
    if high > _BREAK_ABOVE:
        high = max(_BROKEN_AT, *(value for value in values if value <= _BREAK_ABOVE), _BROKEN_AT)
    return max(low, _BREAK_BELOW), high


def _draw(chart: Chart, lanes: Sequence[_Lane], low: Decimal, high: Decimal, look: _Look) -> str:
    canvas = Canvas()
    top = 10.0
    if len(chart.series) > 1:
        top = swatches(canvas, chart, [series(place) for place in range(len(chart.series))], top) + 6
    names = max(width(line, SIZE) for lane in lanes for line in lane.name)
    values = max(width(text, SIZE, strong=True) for lane in lanes for text in lane.values)
    words = max((width(line, SIZE) for lane in lanes for line in lane.words), default=0.0)
    left = names + _GAP
    right = WIDTH - values - _GAP - (words + _GAP if words else 0)
    axis = scale(low, high, left, right, whole=look.stacked)
    top += LINE + 2 if look.reference is not None else 0
    heights = [_height(lane, look) for lane in lanes]
    bottom = top + sum(heights)
    _grid(canvas, axis, top, bottom, look)
    y = top
    for lane, height in zip(lanes, heights, strict=True):
        _lane(canvas, lane, axis, y + height / 2, look, right + _GAP + values)
        y += height
    _reference(canvas, axis, top, bottom, look)
    return canvas.finish(bottom + LINE * (2.3 if look.note else 1.3), title=chart.caption, description=chart.alt)


def _height(lane: _Lane, look: _Look) -> float:
    bars = look.thick if look.stacked else (look.thick + 2) * len(lane.bars)
    return max(bars, LINE * max(len(lane.name), len(lane.words))) + 12


def _grid(canvas: Canvas, axis: Scale, top: float, bottom: float, look: _Look) -> None:
    for tick in axis.ticks():
        x = axis.at(tick)
        canvas.line(((x, top), (x, bottom)), stroke=RULE if tick == 0 else GRID)
        text = brief(tick / look.divisor) + look.unit
        canvas.words(x, bottom + LINE, text, size=SMALL, fill=MUTED, anchor="middle")
    if look.note:
        middle = (axis.start + axis.end) / 2
        canvas.words(middle, bottom + 2 * LINE, look.note, size=SMALL, fill=MUTED, anchor="middle", slanted=True)


def _reference(canvas: Canvas, axis: Scale, top: float, bottom: float, look: _Look) -> None:
    if look.reference is None:
        return
    x = axis.at(look.reference)
    canvas.line(((x, top - 3), (x, bottom)), stroke=PAPER, thick=4)
    canvas.line(((x, top - 3), (x, bottom)), stroke=INK, thick=1.6, dash="6 2")
    canvas.words(x, top - 7, label(look.reference, look.unit), size=SMALL, anchor="middle", strong=True)


def _lane(canvas: Canvas, lane: _Lane, axis: Scale, middle: float, look: _Look, values_end: float) -> None:
    _block(canvas, axis.start - _GAP, middle, lane.name, anchor="end")
    if look.stacked:
        _stack(canvas, lane, axis, middle, look)
        canvas.words(values_end, middle + LIFT, lane.values[0], anchor="end", strong=True)
    else:
        y = middle - (look.thick + 2) * (len(lane.bars) - 1) / 2
        for (value, swatch), text in zip(lane.bars, lane.values, strict=True):
            _bar(canvas, value, swatch, axis, y, look.thick, lane.missing)
            canvas.words(values_end, y + LIFT, text, anchor="end", strong=True)
            y += look.thick + 2
    _block(canvas, values_end + _GAP, middle, lane.words)


def _block(canvas: Canvas, x: float, middle: float, lines: Sequence[str], *, anchor: str = "start") -> None:
    y = middle - LINE * (len(lines) - 1) / 2
    for line in lines:
        canvas.words(x, y + LIFT, line, anchor=anchor)
        y += LINE


def _bar(
    canvas: Canvas, value: Decimal | None, swatch: Swatch, axis: Scale, middle: float, thick: float, missing: str
) -> None:
    zero = axis.at(Decimal(0))
    if value is None:
        canvas.words(zero + 6, middle + LIFT, missing, fill=MUTED, slanted=True, halo=True)
        return
    end = axis.at(value)
    if value == 0:
        canvas.line(((zero, middle - thick / 2), (zero, middle + thick / 2)), stroke=swatch.line, thick=3)
    canvas.bar(min(zero, end), middle - thick / 2, abs(end - zero), thick, swatch)
    if not axis.holds(value):
        _broken(canvas, end + (-14 if end > zero else 8), middle, thick)


def _broken(canvas: Canvas, x: float, middle: float, thick: float) -> None:
    """Two slanted cuts: the bar goes on beyond the axis."""
    for shift in (0, 5):
        ends = ((x + shift, middle + thick / 2 + 2), (x + shift + 5, middle - thick / 2 - 2))
        canvas.line(ends, stroke=PAPER, thick=3)


def _stack(canvas: Canvas, lane: _Lane, axis: Scale, middle: float, look: _Look) -> None:
    if lane.bars and all(value is None for value, _ in lane.bars):
        _bar(canvas, None, lane.bars[0][1], axis, middle, look.thick, lane.missing)
        return
    done = Decimal(0)
    for value, swatch in lane.bars:
        if value is None:
            continue
        start, end = axis.at(done), axis.at(done + value)
        canvas.bar(start, middle - look.thick / 2, end - start, look.thick, swatch)
        _count(canvas, (start + end) / 2, middle, end - start, brief(value), swatch)
        done += value


def _count(canvas: Canvas, x: float, middle: float, room: float, text: str, swatch: Swatch) -> None:
    wide = width(text, SMALL, strong=True) + 6
    if wide + 4 > room:
        return
    if swatch.ink != PAPER:  # a pattern runs below the number: clear a place for it
        canvas.rect(x - wide / 2, middle - 7, wide, 14, fill=PAPER, round_by=3)
    canvas.words(x, middle + 0.35 * SMALL, text, size=SMALL, fill=swatch.ink, anchor="middle", strong=True)


def _name(text: str) -> tuple[str, ...]:
    return wrap(text, _NAMES, SIZE)


def _words(chart: Chart, index: int) -> tuple[str, ...]:
    return wrap(chart.labels[index], _WORDS, SIZE) if index < len(chart.labels) and chart.labels[index] else ()


def _value(values: Sequence[Decimal | None], index: int) -> Decimal | None:
    return values[index] if index < len(values) else None


def _amount(value: Decimal | None, unit: str) -> str:
    return "–" if value is None else label(value, unit)


def _sum_text(counts: Sequence[Decimal | None]) -> str:
    there = present(counts)
    if not there:
        return "–"
    text = brief(sum(there, Decimal(0)))
    return text if len(there) == len(counts) else f"{text} (belum lengkap)"
