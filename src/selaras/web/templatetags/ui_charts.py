"""Small charts that follow the page's width: bars, lines, sparks. `{% load ui_charts %}`.

Places are percentages, so nothing is scaled and words keep their size on a phone. Colours come from classes.
Charts of reports are drawn by `selaras.documents.charts` instead. Numbers here are for drawing only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from selaras.web.templatetags.ui import CLASS_STEPS, share

register = template.Library()

TOP, BOTTOM = 12.0, 84.0
LEFT, RIGHT = 7.0, 93.0


@register.simple_tag
def bars(rows: Iterable[Mapping[str, Any]], top: int = 100) -> SafeString:
    """Horizontal bars. Each row: `label`, `value` (0 to `top`), `figure` (its words), and `tone` or `mark` if wanted."""
    return format_html(
        '<dl class="bars">{}</dl>', format_html_join("", "{}", ((_bar(row, Decimal(top)),) for row in rows))
    )


def _bar(row: Mapping[str, Any], top: Decimal) -> SafeString:
    tone = str(row.get("tone", ""))
    look = f"bar-class-{CLASS_STEPS[tone]}" if tone in CLASS_STEPS else f"bar-{tone}" if tone else ""
    mark = row.get("mark")
    line = (
        format_html(
            '<line class="bar-target" x1="{0}%" x2="{0}%" y1="-2" y2="22"/>', f"{share(Decimal(mark) / top * 100):g}"
        )
        if mark is not None
        else ""
    )
    return format_html(
        '<dt>{}</dt><dd><svg aria-hidden="true"><rect class="bar-track" width="100%" height="20" rx="4"/>'
        '<rect class="bar-fill {}" width="{}%" height="20" rx="4"/>{}</svg><span class="figure">{}</span></dd>',
        row["label"],
        look,
        f"{share(Decimal(row['value']) / top * 100):g}",
        line,
        row["figure"],
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """From values to percentages of the drawing."""

    low: Decimal
    high: Decimal
    steps: int

    def x(self, index: int) -> float:
        return LEFT + (RIGHT - LEFT) * (index / (self.steps - 1) if self.steps > 1 else 0.5)

    def y(self, value: Decimal) -> float:
        span = self.high - self.low
        part = float((value - self.low) / span) if span else 0.5
        return BOTTOM - (BOTTOM - TOP) * part


@register.simple_tag
def lines(
    labels: Sequence[str], series: Sequence[Mapping[str, Any]], low: Decimal | None = None, high: Decimal | None = None
) -> SafeString:
    """Lines over time. Each series: `name`, `values` (numbers or None for a gap) and `figures` (their words).

    Small multiples share one scale, from `low` to `high`; a chart alone has the scale of its own values.

    The words of the first series stand at its dots; the others are told apart by dash and dot as well as colour.
    """
    known = [Decimal(value) for one in series for value in one["values"] if value is not None]
    if not known:
        return SafeString("")
    least, most = (
        min([*known, *([low] if low is not None else [])]),
        max([*known, *([high] if high is not None else [])]),
    )
    room = (most - least) * Decimal("0.15")
    frame = _Frame(least - room, most + room, len(labels))
    drawn = format_html_join("", "{}", ((_series(one, frame, index),) for index, one in enumerate(series, start=1)))
    names = format_html_join(
        "",
        '<text x="{}%" y="97%" text-anchor="middle">{}</text>',
        ((f"{frame.x(index):.2f}", label) for index, label in enumerate(labels)),
    )
    grid = format_html_join(
        "", '<line class="plot-grid" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>', ((f"{at:g}",) for at in (TOP, 36, 60))
    )
    axis = format_html('<line class="plot-axis" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>', f"{BOTTOM:g}")
    return format_html(
        '<svg class="plot" aria-hidden="true">{}{}{}{}</svg>{}', grid, axis, drawn, names, _legend(series)
    )


def _series(one: Mapping[str, Any], frame: _Frame, index: int) -> SafeString:
    points = [
        (frame.x(at), frame.y(Decimal(value))) if value is not None else None for at, value in enumerate(one["values"])
    ]
    pairs = [(a, b) for a, b in pairwise(points) if a and b]
    strokes = format_html_join(
        "",
        '<line class="plot-line" x1="{}%" y1="{}%" x2="{}%" y2="{}%"/>',
        ((f"{a[0]:.2f}", f"{a[1]:.2f}", f"{b[0]:.2f}", f"{b[1]:.2f}") for a, b in pairs),
    )
    dots = format_html_join(
        "",
        '<circle class="plot-dot" cx="{}%" cy="{}%" r="4.5"/>',
        ((f"{point[0]:.2f}", f"{point[1]:.2f}") for point in points if point),
    )
    words = format_html_join(
        "",
        '<text class="value" x="{}%" y="{}%" dy="-10" text-anchor="middle">{}</text>',
        (
            (f"{point[0]:.2f}", f"{point[1]:.2f}", words)
            for point, words in zip(points, one.get("figures", ()), strict=False)
            if point and index == 1
        ),
    )
    return format_html('<g class="plot-{}">{}{}{}</g>', index, strokes, dots, words)


def _legend(series: Sequence[Mapping[str, Any]]) -> SafeString:
    if len(series) < 2:
        return SafeString("")
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg class="plot-{}" aria-hidden="true"><line class="plot-line" x1="0" x2="28" y1="6" y2="6"/>'
            '<circle class="plot-dot" cx="14" cy="6" r="4"/></svg>{}</li>',
            ((index, one["name"]) for index, one in enumerate(series, start=1)),
        ),
    )


@register.simple_tag
def spark(values: Sequence[Decimal | int | None], label: str) -> SafeString:
    """A trend as small as a word, in a table cell; `label` says in words what it shows."""
    known = [Decimal(value) for value in values if value is not None]
    if not known:
        return format_html('<span class="quiet">{}</span>', "–")
    frame = _Frame(min(known), max(known), len(values))
    points = [
        (frame.x(at), 10 + (frame.y(Decimal(value)) - TOP) * 80 / (BOTTOM - TOP)) if value is not None else None
        for at, value in enumerate(values)
    ]
    strokes = format_html_join(
        "",
        '<line class="plot-line" x1="{}%" y1="{}%" x2="{}%" y2="{}%"/>',
        ((f"{a[0]:.2f}", f"{a[1]:.2f}", f"{b[0]:.2f}", f"{b[1]:.2f}") for a, b in pairwise(points) if a and b),
    )
    last = next(point for point in reversed(points) if point)
    return format_html(
        '<svg class="spark" role="img" aria-label="{}">{}<circle class="plot-dot" cx="{}%" cy="{}%" r="3"/></svg>',
        label,
        strokes,
        f"{last[0]:.2f}",
        f"{last[1]:.2f}",
    )
