"""Rows that no rule parts: a cell with several texts beside cells with as many figures is several rows.

Done only where the figures say so: each stands beside its own block of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from selaras.documents.read.pdf_lattice import Area, Lattice
from selaras.documents.read.pdf_lines import Strip, strips
from selaras.documents.read.pdf_sheet import Word

_VALUE = re.compile(r"(?:Rp\.?\s?)?[(-]?\d[\d.,]*(?:,-)?\)?\s?%?|-|–|[ABC]{1,2}|WTP|WDP", re.IGNORECASE)
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)](?:\s|$)")
_APART = 1.4  # of the usual distance between the lines of a cell


def with_rows(lattice: Lattice) -> Lattice:
    """The lattice with such rows parted; itself where there are none."""
    cuts: dict[int, list[float]] = {}
    for top in sorted({area.top for area in lattice.areas}):
        row = [area for area in lattice.areas if area.top == top and area.bottom == top + 1]
        found = _cuts(row)
        if found:
            cuts[top] = found
    return _cut(lattice, cuts) if cuts else lattice


def _cuts(row: Sequence[Area]) -> list[float]:
    """Heights between the rows that a row of cells really holds."""
    lines = [strips(area.words) for area in row if area.words]
    values = [cell for cell in lines if len(cell) > 1 and all(_VALUE.fullmatch(line.text) for line in cell)]
    if not values:
        return []
    count = len(values[0])
    if any(len(cell) != count for cell in values):
        return []
    for cell in lines:
        for blocks in (_blocks(cell), _items(cell)):
            if len(blocks) == count and _beside(blocks, values):
                return [(above[-1].bottom + below[0].top) / 2 for above, below in pairwise(blocks)]
    return []


def _beside(blocks: list[list[Strip]], values: list[list[Strip]]) -> bool:
    """Every figure stands at the height of its own block, which holds a word."""
    return all(
        block[0].top - 2 <= cell[number].middle <= block[-1].bottom + 2
        for cell in values
        for number, block in enumerate(blocks)
    ) and all(any(re.search(r"[^\W\d_]{3}", line.text) for line in block) for block in blocks)


def _blocks(lines: list[Strip]) -> list[list[Strip]]:
    """Lines parted where the distance is larger than usual in the cell."""
    steps = sorted(below.middle - above.middle for above, below in pairwise(lines))
    usual = steps[len(steps) // 4] if steps else 0.0
    blocks = [lines[:1]]
    for above, below in pairwise(lines):
        if below.middle - above.middle > _APART * max(usual, 0.8 * below.size):
            blocks.append([])
        blocks[-1].append(below)
    return blocks


def _items(lines: list[Strip]) -> list[list[Strip]]:
    """Lines parted where an item number begins one."""
    blocks: list[list[Strip]] = []
    for line in lines:
        if _ITEM.match(line.text) or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _cut(lattice: Lattice, cuts: dict[int, list[float]]) -> Lattice:
    ys: list[float] = []
    moved: list[int] = []
    for number, y in enumerate(lattice.ys):
        moved.append(len(ys))
        ys += [y, *cuts.get(number, [])]
    areas: list[Area] = []
    for area in lattice.areas:
        placed = Area(moved[area.top], area.left, moved[area.bottom], area.right, area.words)
        parted = _parted(placed, cuts[area.top]) if area.bottom == area.top + 1 and area.top in cuts else [placed]
        areas += parted
    return Lattice(lattice.xs, ys, sorted(areas, key=lambda area: (area.top, area.left)))


def _parted(area: Area, cuts: list[float]) -> list[Area]:
    """The cell as one cell per row if every row gets a part of its text, else as it is."""
    parts: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in area.words:
        parts[sum(word.middle[1] > cut for cut in cuts)].append(word)
    if not all(parts):
        return [area]
    return [Area(area.top + n, area.left, area.top + n + 1, area.right, part) for n, part in enumerate(parts)]
