"""The states of a register as a picture: boxes in layers, numbered ways between them. Real text, no script, no styles."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.core.registers.diagram import Arrow, Diagram, Node
from selaras.documents.charts.lettering import wrap

WIDE, HIGH, GAP_X, GAP_Y, PAD = 150.0, 58.0, 72.0, 34.0, 8.0
TEXT, LINE = 13.0, 15.0
MARK = 10.0
LOW = 26.0
ZOOMS = (("zoom-3", 900), ("zoom-4", 1400))


def drawn(diagram: Diagram, name: str) -> SafeString:
    """The picture; each way bears the number under which the list beside it says its name."""
    places = {node.state.code: node for node in diagram.nodes}
    rows = max(node.row for node in diagram.nodes) + 1
    layers = max(node.layer for node in diagram.nodes) + 1
    back = sum(arrow.back and not _is_beside(arrow, places) for arrow in diagram.arrows)
    width = layers * WIDE + (layers - 1) * GAP_X + 2 * PAD
    floor = rows * HIGH + (rows - 1) * GAP_Y + PAD
    height = floor + (back * LOW + PAD if back else PAD)
    boxes = format_html_join("", "{}", ((_box(node),) for node in diagram.nodes))
    ways = format_html_join("", "{}", ((way,) for way in _ways(diagram, places, floor)))
    marker = SafeString(
        '<defs><marker id="panah" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="state-head" d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}{}{}</svg>',
        next((zoom for zoom, most in ZOOMS if width <= most), "zoom-5"), f"{width:g}", f"{height:g}", f"{width:g}",
        f"{height:g}", _("Keadaan dan peralihan: %(name)s") % {"name": name}, marker, ways, boxes,
    )  # fmt: skip


def _x(node: Node) -> float:
    return PAD + node.layer * (WIDE + GAP_X)


def _y(node: Node) -> float:
    return PAD + node.row * (HIGH + GAP_Y)


def _box(node: Node) -> SafeString:
    lines = wrap(node.state.name, WIDE - 2 * PAD, TEXT, strong=True, most=3)
    top = _y(node) + HIGH / 2 - (len(lines) - 1) * LINE / 2 + TEXT / 3
    words = format_html_join(
        "", '<text class="node-text node-text-strong" text-anchor="middle" x="{}" y="{}">{}</text>',
        ((f"{_x(node) + WIDE / 2:g}", f"{top + at * LINE:g}", line) for at, line in enumerate(lines)),
    )  # fmt: skip
    look = "node-good" if node.state.closed else "node-accent" if not node.layer else ""
    return format_html(
        '<g><rect class="node-box {}" x="{}" y="{}" width="{}" height="{}" rx="8"/>{}</g>',
        look, f"{_x(node):g}", f"{_y(node):g}", f"{WIDE:g}", f"{HIGH:g}", words,
    )  # fmt: skip


def _ways(diagram: Diagram, places: dict[str, Node], floor: float) -> Iterator[SafeString]:
    leaving: dict[str, int] = {}
    below = 0
    totals = {node.state.code: sum(way.source == node.state.code and not way.back for way in diagram.arrows)
              for node in diagram.nodes}  # fmt: skip
    for number, arrow in enumerate(diagram.arrows, 1):
        source, target = places[arrow.source], places[arrow.target]
        if _is_beside(arrow, places):
            yield _beside(number, source, target)
            continue
        if arrow.back:
            below += 1
            yield _back(number, arrow, source, target, floor + below * LOW - LOW / 2)
            continue
        at = leaving[arrow.source] = leaving.get(arrow.source, 0) + 1
        yield _forward(number, source, target, at, totals[arrow.source])


def _forward(number: int, source: Node, target: Node, at: int, of: int) -> SafeString:
    x, y = _x(source) + WIDE, _y(source) + HIGH * at / (of + 1)
    to_x, to_y = _x(target), _y(target) + HIGH / 2
    bend = x + GAP_X * (0.35 + 0.3 * at / (of + 1))
    over = target.layer - source.layer > 1
    # A way over a layer runs in the gap above its target's row, so that it crosses no box.
    path = f"M{x:g} {y:g}H{bend:g}V{to_y:g}H{to_x:g}"
    if over:
        lane = _y(target) - GAP_Y / 2 if target.row else PAD / 2 + 1
        path = f"M{x:g} {y:g}H{bend:g}V{lane:g}H{to_x - GAP_X / 4:g}V{to_y:g}H{to_x:g}"
    return format_html(
        '<path class="state-way" d="{}" marker-end="url(#panah)"/>{}', path, _mark(number, x + MARK + 2, y)
    )


def _is_beside(arrow: Arrow, places: dict[str, Node]) -> bool:
    """Whether a way leads to another state of the same layer."""
    return arrow.source != arrow.target and places[arrow.source].layer == places[arrow.target].layer


def _beside(number: int, source: Node, target: Node) -> SafeString:
    down = target.row > source.row
    if abs(target.row - source.row) == 1:
        x = _x(source) + WIDE * (0.4 if down else 0.6)
        y, to_y = (_y(source) + HIGH, _y(target)) if down else (_y(source), _y(target) + HIGH)
        return format_html(
            '<path class="state-way" d="{}" marker-end="url(#panah)"/>{}', f"M{x:g} {y:g}V{to_y:g}",
            _mark(number, x, (y + to_y) / 2 - (3 if down else -3)),
        )  # fmt: skip
    x, lane = _x(source) + WIDE, _x(source) + WIDE + GAP_X * 0.3
    y, to_y = _y(source) + HIGH * 0.8, _y(target) + HIGH * (0.25 if down else 0.75)
    return format_html(
        '<path class="state-way" d="{}" marker-end="url(#panah)"/>{}', f"M{x:g} {y:g}H{lane:g}V{to_y:g}H{x:g}",
        _mark(number, lane, (y + to_y) / 2),
    )  # fmt: skip


def _back(number: int, arrow: Arrow, source: Node, target: Node, lane: float) -> SafeString:
    x, to_x = _x(source) + WIDE * 0.35, _x(target) + WIDE * 0.65
    path = f"M{x:g} {_y(source) + HIGH:g}V{lane:g}H{to_x:g}V{_y(target) + HIGH:g}"
    if arrow.source == arrow.target:
        path = f"M{x:g} {_y(source) + HIGH:g}V{lane:g}H{to_x:g}V{_y(source) + HIGH:g}"
    return format_html(
        '<path class="state-way state-back" d="{}" marker-end="url(#panah)"/>{}',
        path,
        _mark(number, (x + to_x) / 2, lane),
    )


def _mark(number: int, x: float, y: float) -> SafeString:
    return format_html(
        '<circle class="state-mark" cx="{}" cy="{}" r="{}"/><text class="state-number" text-anchor="middle" x="{}" y="{}">{}'
        "</text>",
        f"{x:g}", f"{y:g}", f"{MARK:g}", f"{x:g}", f"{y + 4:g}", number,
    )  # fmt: skip
