"""How wide the columns of a table become: the table's own shares, moved where a word would not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nlargest

from selaras.core.document import Table, Tone
from selaras.documents.charts.lettering import width
from selaras.documents.write.docx.grid import GridRow
from selaras.documents.write.docx.markup import shares

_SIZES = ((9.0, ""), (8.0, "Small"), (7.0, "Tiny"))
"""Font sizes in points with the ending of the styles that have them."""
_AT_EASE = 0.95  # of the room: above it longer texts would stand in columns too narrow to read
_INSET = 9.0  # both sides of a cell with its rule, in points
_TWIPS = 20  # in a point
_BREAKS = re.compile(r"(?<=[/–-])|\s+")
_WORDS_MEASURED = 6
_CLASS_NAME = 16  # letters of a class that stays on one line with its patch of colour
_CHIP = "nn"  # as wide as the patch


def fitted(block: Table, rows: Sequence[GridRow], room: int) -> tuple[list[int], str]:
    """Column widths that add up to `room` twips, and the ending of the styles of the largest letters that fit."""
    words = _words(block, rows)
    wanted = shares([column.width for column in block.columns], room)
    size, ending = next((each for each in _SIZES if sum(_needs(words, each[0])) <= room * _AT_EASE), _SIZES[-1])
    return shares(_balanced(wanted, _needs(words, size), room), room), ending


def _words(block: Table, rows: Sequence[GridRow]) -> list[list[tuple[str, bool]]]:
    """The longest words of each column, and whether they are bold; cells over several columns find their room."""
    found: list[set[tuple[str, bool]]] = [set() for _ in block.columns]
    for row in rows:
        for placed in row.cells:
            if placed.span == 1 and not placed.continued:
                bold = row.bold or placed.cell.strong
                text = placed.cell.text
                whole = placed.cell.tone is not Tone.NONE and len(text) <= _CLASS_NAME
                words = [f"{_CHIP}{text}"] if whole else _BREAKS.split(text)
                found[placed.column] |= {(word, bold) for word in words if word}
    return [nlargest(_WORDS_MEASURED, each, key=lambda word: (len(word[0]), word)) for each in found]


def _needs(words: Sequence[Sequence[tuple[str, bool]]], size: float) -> list[int]:
    """The least width of each column, in twips."""
    longest = (max((width(word, size, strong=bold) for word, bold in column), default=0.0) for column in words)
    return [round((points + _INSET) * _TWIPS) for points in longest]


def _balanced(wanted: Sequence[int], needs: Sequence[int], room: int) -> list[int]:
    """The wanted widths raised to what is needed, at the cost of the columns that have room to spare."""
    raised = [max(pair) for pair in zip(wanted, needs, strict=True)]
    spare = sum(raised) - sum(needs)
    excess = sum(raised) - room
    if spare <= 0 or excess > spare:
        return list(needs)
    return [wide - (wide - need) * excess // spare for wide, need in zip(raised, needs, strict=True)]
