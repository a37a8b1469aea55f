"""A text with its passages underlined: cut into runs, each passage in a lane of its own, its number at its end.

The text inside the mark-up is exactly the text of the source, since the browser counts letters in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from django.utils.safestring import SafeString

from selaras.web.dense_html import joined, markup

LANES = 4
"""So many lines are drawn below each other; a passage more shares the last one's place again."""

Span = tuple[str, int, int]
"""Number, start and end of a passage, in code points."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one set of passages above it: their numbers, their lanes, and which of them end here."""

    text: str
    segments: tuple[str, ...]
    lanes: tuple[int, ...]
    ends: tuple[str, ...]


def lanes_of(spans: Iterable[Span]) -> dict[str, int]:
    """The lane of every passage: overlapping ones differ as long as there are lanes."""
    free = list(range(LANES))
    going: list[tuple[int, int]] = []
    found: dict[str, int] = {}
    turn = 0
    for name, start, end in sorted(spans, key=lambda span: (span[1], -span[2])):
        while going and going[0][0] <= start:
            heappush(free, heappop(going)[1])
        if free:
            lane = heappop(free)
            heappush(going, (end, lane))
        else:
            lane, turn = turn % LANES, turn + 1
        found[name] = lane
    return found


def runs(text: str, spans: Iterable[Span]) -> tuple[Run, ...]:
    """The text cut wherever a passage begins or ends."""
    listed = sorted(spans, key=lambda span: (span[1], -span[2]))
    lanes = lanes_of(listed)
    edges = sorted({0, len(text)} | {edge for _, start, end in listed for edge in (start, end)})
    made: list[Run] = []
    above: dict[str, int] = {}
    at = 0
    for start, end in pairwise(edges):
        above = {name: stop for name, stop in above.items() if stop > start}
        while at < len(listed) and listed[at][1] <= start:
            above[listed[at][0]] = listed[at][2]
            at += 1
        ends = tuple(name for name, stop in above.items() if stop == end)
        made.append(Run(text[start:end], tuple(above), tuple(sorted({lanes[name] for name in above})), ends))
    return tuple(made)


def drawn(text: str, spans: Iterable[Span]) -> SafeString:
    """The runs as mark-up; nothing stands between them."""
    return joined(_drawn(run) for run in runs(text, spans))


def _drawn(run: Run) -> SafeString:
    if not run.segments:
        return markup("{}", run.text)
    return markup(
        '<span class="pg {}" data-s="{}"{}>{}</span>', " ".join(f"pg-{lane}" for lane in run.lanes), " ".join(run.segments),
        markup(' data-e="{}"', " ".join(run.ends)) if run.ends else "", run.text,
    )  # fmt: skip
