"""A tree as a picture: boxes from left to right with lines of command and of coordination, in the look of the pages.

Words, outline and colour say the same; a list beside the picture says it again. Real text, no script, no styles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from selaras.documents.charts.lettering import wrap

WIDE, GAP_X, GAP_Y, PAD = 218.0, 46.0, 14.0, 11.0
STRONG, QUIET = 16.0, 15.0
TEXT, SMALL = 13.0, 12.0
MOST_LINES = 3
NARROWEST = 700.0
ZOOMS = (("zoom-3", 1200), ("zoom-4", 1700))
"""How much of the page's width a picture takes, so that its words keep about their size."""
LOOKS = {"good": "node-good", "warn": "node-warn", "bad": "node-bad", "accent": "node-accent"}
SIGNS = {"good": "✓", "warn": "…", "bad": "!", "": "–"}


@dataclass(slots=True)
class Box:
    """One box: its title, quiet lines below, the tone and the words of its state, where it leads, and what hangs on it.

    `dashed` marks a line of coordination to the box above.
    """

    title: str
    lines: Sequence[str] = ()
    state: str = ""
    tone: str = ""
    url: str = ""
    dashed: bool = False
    below: list[Box] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    high: float = 0.0

    def walk(self) -> Iterator[Box]:
        """The box and everything below it."""
        yield self
        for box in self.below:
            yield from box.walk()

    @property
    def titles(self) -> tuple[str, ...]:
        """The title in lines that fit."""
        return wrap(self.title, WIDE - 2 * PAD, TEXT, strong=True, most=MOST_LINES)

    @property
    def quiet(self) -> tuple[str, ...]:
        """The quiet lines, each cut to one line, the state last with its sign."""
        texts = [*self.lines, *([f"{SIGNS.get(self.tone, '')} {self.state}".strip()] if self.state else [])]
        return tuple(wrap(text, WIDE - 2 * PAD, SMALL, most=1)[0] for text in texts)


def draw(tops: Sequence[Box], label: str) -> SafeString:
    """The picture of one or several trees as SVG; `label` says what it shows. Empty without boxes."""
    if not tops:
        return SafeString("")
    y = 4.0
    for top in tops:
        y = _place(top, 4.0, y)
    boxes = [box for top in tops for box in top.walk()]
    natural = max(box.x for box in boxes) + WIDE + 4
    wide = max(natural, NARROWEST)
    for box in boxes:
        box.x += min((wide - natural) / 2, 60)
    edges = format_html_join("", "{}", ((_edge(box, child),) for box in boxes for child in box.below))
    drawn = format_html_join("", "{}", ((_box(box),) for box in boxes))
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}{}</svg>',
        next((name for name, most in ZOOMS if wide <= most), "zoom-5"),
        f"{wide:g}", f"{y:g}", f"{wide:g}", f"{y:g}", label, edges, drawn,
    )  # fmt: skip


def _place(box: Box, x: float, y: float) -> float:
    """Give a box and everything below it their spots; gives the y below them."""
    box.x, box.high = x, 2 * PAD + len(box.titles) * STRONG + len(box.quiet) * QUIET - 4
    at = y
    for child in box.below:
        at = _place(child, x + WIDE + GAP_X, at)
    if box.below:
        first, last = box.below[0], box.below[-1]
        middle = (first.y + first.high / 2 + last.y + last.high / 2) / 2
        box.y = max(y, middle - box.high / 2)
    else:
        box.y = y
    return max(at, box.y + box.high + GAP_Y)


def _edge(box: Box, child: Box) -> SafeString:
    start, end = box.x + WIDE, child.x
    middle = start + GAP_X / 2
    return format_html(
        '<path class="edge{}" d="M{} {}H{}V{}H{}"/>', " edge-cross" if child.dashed else "",
        f"{start:g}", f"{box.y + box.high / 2:g}", f"{middle:g}", f"{child.y + child.high / 2:g}", f"{end:g}",
    )  # fmt: skip


def _box(box: Box) -> SafeString:
    inner = format_html(
        '<rect class="node-box {}" x="{}" y="{}" width="{}" height="{}" rx="8"/>{}{}',
        LOOKS.get(box.tone, ""), f"{box.x:g}", f"{box.y:g}", f"{WIDE:g}", f"{box.high:g}", _texts(box),
        _quiet(box),
    )  # fmt: skip
    return format_html('<a href="{}">{}</a>', box.url, inner) if box.url else format_html("<g>{}</g>", inner)


def _texts(box: Box) -> SafeString:
    top = box.y + PAD + TEXT - 2
    return format_html_join(
        "",
        '<text class="node-text node-text-strong" x="{}" y="{}">{}</text>',
        ((f"{box.x + PAD:g}", f"{top + index * STRONG:g}", line) for index, line in enumerate(box.titles)),
    )


def _quiet(box: Box) -> SafeString:
    top = box.y + PAD + len(box.titles) * STRONG + SMALL - 2
    return format_html_join(
        "",
        '<text class="node-text node-text-quiet" x="{}" y="{}">{}</text>',
        ((f"{box.x + PAD:g}", f"{top + index * QUIET:g}", line) for index, line in enumerate(box.quiet)),
    )
