"""Tables of history with the indicators as heads and the years as rows, laid over their diagonal.

`Tahun | NAMA A | NAMA B` with the rows `2022`, `2023`, `2024` says the same as `Indikator | 2022 | 2023 | 2024` with the
rows `NAMA A`, `NAMA B`. Only other tables tell which heads are indicators, so this is done when all tables are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selaras.core.document import Cell, Row, Span, Table
from selaras.review.claims.flipped import placed
from selaras.review.claims.grids import Context, grids_of
from selaras.review.claims.names import fold
from selaras.review.report import Grid, Role

FEWEST = 2
"""Years, and indicators known from other tables, that such a table has."""
_YEAR = re.compile(r"(?:tahun\s+)?(?:19|20)[0-9]{2}", re.IGNORECASE)
_CORNER = frozenset({"", "tahun", "tahun anggaran", "indikator", "indikator kinerja", "tahun indikator", "uraian"})
_LETTERS = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)|\([^()]*\)")


def with_years_upright(grids: Sequence[Grid]) -> list[Grid]:
    """The grids, those of years by row with years as columns."""
    if not any(_of_years(grid.table) for grid in grids):
        return list(grids)
    known = {form: name for grid in grids for form, name in _names(grid)}
    found: list[Grid] = []
    for grid in grids:
        heads = [_bare(cell.text) for cell in _rows(grid.table)[0].cells[1:]] if _of_years(grid.table) else []
        if sum(any(form in known for form in _forms(head)) for head in heads) >= FEWEST:
            full = {head: known[head] for head in heads if head in known and " " not in head}
            found += grids_of(_turned(grid.table, full), Context(grid.path)) if not grid.part else []
        else:
            found.append(grid)
    return found


def _rows(table: Table) -> list[Row]:
    return [*table.header, *table.body]


def _of_years(table: Table) -> bool:
    """Whether every row under a plain header begins with a year of its own."""
    rows = _rows(table)
    width = len(rows[0].cells) if rows else 0
    if width < 1 + FEWEST or len(rows) < 1 + FEWEST or fold(rows[0].cells[0].text) not in _CORNER:
        return False
    if any(len(row.cells) != width or any(cell.colspan > 1 or cell.rowspan > 1 for cell in row.cells) for row in rows):
        return False
    years = [row.cells[0].text.strip() for row in rows[1:]]
    return all(map(_YEAR.fullmatch, years)) and len(set(years)) == len(years)


def _names(grid: Grid) -> list[tuple[str, str]]:
    """The ways to name the indicators of a table, abbreviations set behind them too, with the name in full."""
    cells = [row.cells[at].text for at in grid.columns_of(Role.INDICATOR) for row in grid.rows if at < len(row.cells)]
    return [(form, text) for text in cells for form in (*_forms(_bare(text)), *_short(text)) if form]


def _short(text: str) -> list[str]:
    return [fold(match[1]) for match in _LETTERS.finditer(text) if match[1]]


def _bare(text: str) -> str:
    return fold(_LETTERS.sub(" ", text))


def _forms(name: str) -> set[str]:
    return {name, re.sub(r"^(?:persentase|jumlah|nilai|angka)\s+", "", name)} - {""}


def _turned(table: Table, full: dict[str, str]) -> Table:
    """The table over its diagonal; a head that is an abbreviation is written in full."""
    lines = [[placed(table, cell, number) for cell in row.cells] for number, row in enumerate(_rows(table))]
    lines[0] = [
        replace(cell, spans=(Span(full[_bare(cell.text)]),)) if _bare(cell.text) in full else cell for cell in lines[0]
    ]
    corner = Cell((Span("Indikator Kinerja"),), place=lines[0][0].place)
    header = Row((corner, *(line[0] for line in lines[1:])))
    body = tuple(Row(tuple(line[column] for line in lines)) for column in range(1, len(lines[0])))
    return replace(table, columns=tuple(table.columns[:1]) * len(lines), header=(header,), body=body)
