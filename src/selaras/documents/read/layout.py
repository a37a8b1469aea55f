"""Tables that only arrange text on the page: signatures, label-and-value heads, frames. They are read as lines."""

from __future__ import annotations

import re

from selaras.documents.read.lines import Grid, Line
from selaras.documents.read.table_slots import is_number

SIGNED = re.compile(r"\bNIP\b|\bPihak\s+(?:Pertama|Kedua)\b|^\(\.{5,}\)$|\.{8,}|^Mengetahui|^Menyetujui", re.IGNORECASE)


def as_lines(grid: Grid) -> list[Line] | None:
    """The lines of a table that is none, or None if the grid holds data.

    A frame of one row or one column, a list of `label : value`, and signatures side by side (read column by column).
    """
    rows = [[piece.text for piece in row] for row in grid.rows]
    filled = [text for row in rows for text in row if text]
    if not filled:
        return []
    used = {column for row in rows for column, text in enumerate(row) if text}
    if len(rows) == 1 or len(used) == 1:
        return [Line(text, page=grid.page) for text in filled]
    if all(_is_label(row) for row in rows):
        return [Line(" ".join(text for text in row if text), page=grid.page) for row in rows]
    signed = any(SIGNED.search(text) for text in filled) and grid.width <= 4
    if signed and not any(is_number(text) and not text.isdecimal() for text in filled):
        return [
            Line(row[column], page=grid.page)
            for column in range(grid.width)
            for row in rows
            if len(row) > column and row[column]
        ]
    return None


def _is_label(row: list[str]) -> bool:
    return (
        len(row) == 3 and row[1] in {":", ""} and not is_number(row[0]) and any(row) and (row[1] == ":" or not row[0])
    )
