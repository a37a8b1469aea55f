"""Tables that lie on their side: one column per indicator or programme, one row each for target, realisation and so on.

`Uraian | NAMA A | NAMA B` with the rows `Target`, `Realisasi`, `Capaian` says the same as `Indikator | Target | Realisasi |
Capaian` with the rows `NAMA A`, `NAMA B`. The table is laid over its diagonal; every cell keeps its place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from selaras.core.document import Cell, Row, Span, Table
from selaras.core.place import NOWHERE, Place
from selaras.review.claims.names import fold
from selaras.review.claims.roles import is_header_text, word_role
from selaras.review.report import Role

_MONEY = frozenset({Role.BUDGET, Role.SPENT, Role.ABSORPTION})
_WORK = frozenset({Role.TARGET, Role.REALISATION, Role.ACHIEVEMENT, Role.FINAL_TARGET, Role.PROGRESS})
_NAMING = frozenset({Role.INDICATOR, Role.PROGRAMME, Role.SASARAN})
_PLAIN = frozenset({"uraian", "keterangan", "unsur", "rincian", ""})
_BESIDES = re.compile(r"(?:sisa|selisih|satuan|kenaikan|perubahan|deviasi)\b", re.IGNORECASE)
_TIME = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b(?:tw|triwulan|semester|bulan)\b|%", re.IGNORECASE)
_TOTALS = frozenset({"jumlah", "total", "rata rata", "keseluruhan"})
_DIGIT = re.compile("[0-9]")


def upright(table: Table) -> Table:
    """The table with its names as rows, or the table itself where its first column does not name the elements."""
    rows = [*table.header, *table.body]
    if not _is_plain(rows):
        return table
    heads, labels = rows[0].cells, [row.cells[0].text for row in rows[1:]]
    if not _lies(heads, labels):
        return table
    money = any(word_role(label) in _MONEY or "Rp" in label for label in labels)
    own = heads[0] if word_role(heads[0].text) in _NAMING and fold(heads[0].text) not in _PLAIN else None
    corner = own or Cell((Span("Program" if money else "Indikator Kinerja"),), place=_at(table, heads[0], 0))
    lines = [[placed(table, cell, number) for cell in row.cells] for number, row in enumerate(rows)]
    header = Row((corner, *(line[0] for line in lines[1:])))
    body = tuple(Row(tuple(line[column] for line in lines)) for column in range(1, len(heads)))
    columns = tuple(table.columns[:1]) * (len(labels) + 1)
    return replace(table, columns=columns, header=(header,), body=body)


def _is_plain(rows: list[Row]) -> bool:
    """Rows of one width without merged cells: two names at least, and a row below them."""
    width = len(rows[0].cells) if rows else 0
    return (
        width > 2
        and len(rows) > 1
        and all(len(row.cells) == width for row in rows)
        and all(cell.colspan == cell.rowspan == 1 for row in rows for cell in row.cells)
    )


def _lies(heads: tuple[Cell, ...], labels: list[str]) -> bool:
    """The first column holds nothing but elements, each once; the first row nothing but names."""
    roles = [word_role(label) for label in labels]
    known = [role for role in roles if role in _MONEY | _WORK]
    if len(known) < min(2, len(labels)) or len({fold(label) for label in labels}) < len(labels):
        return False
    if not all(
        (role in _MONEY | _WORK and len(label.split()) <= 5) or _BESIDES.match(label)
        for role, label in zip(roles, labels, strict=True)
    ):
        return False
    first = fold(heads[0].text)
    if first not in _PLAIN and word_role(heads[0].text) not in _NAMING:
        return False
    if len(labels) == 1 and word_role(heads[0].text) is not Role.INDICATOR:
        return False
    return all(map(_is_name, (head.text for head in heads[1:])))


def _is_name(text: str) -> bool:
    """Whether a head can be the name of an indicator or a programme; a total may stand last."""
    folded = fold(text)
    if folded in _TOTALS:
        return True
    return bool(folded) and not _TIME.search(text) and not is_header_text(text) and not _DIGIT.match(text.strip())


def placed(table: Table, cell: Cell, number: int) -> Cell:
    """The cell with a place: its own, else the row of the table that it stood in."""
    return cell if cell.place is not NOWHERE else replace(cell, place=_at(table, cell, number))


def _at(table: Table, cell: Cell, number: int) -> Place:
    if cell.place is not NOWHERE:
        return cell.place
    place = table.place
    text = " ".join(cell.text.split())
    return Place(place.source, page=place.page, line=place.line, table=place.table, row=number + 1, quote=text)
