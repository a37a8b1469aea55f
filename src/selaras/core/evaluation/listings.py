"""Plain lists that stand beside the sheet in its workbook: reasons, evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of texts: its name, the heads, the rows, and the widths of its columns in letters."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
