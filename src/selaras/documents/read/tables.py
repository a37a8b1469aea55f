"""Building tables out of grids: one draft of one or more grids, and the finished table with the place of every cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from selaras.core.document import Align, Cell, Column, Row, Table, text
from selaras.core.place import Place
from selaras.documents.read.lines import Grid
from selaras.documents.read.table_headers import guess_spans, header_rows
from selaras.documents.read.table_parts import conflicts, kinds_of
from selaras.documents.read.table_slots import Draft, Slot, Slots, matrix, trim, without_rules


def draft(grid: Grid) -> Draft | None:
    """A new table of one grid; None if nothing is in it."""
    rows = without_rules(matrix(grid))
    if not any(slot.text for row in rows for slot in row):
        return None
    trim(rows)
    headers = header_rows(rows, grid.header)
    if not grid.spans_known and not any(slot.covered for row in rows for slot in row):
        guess_spans(rows[:headers])
    return Draft(rows, headers, grid)


def realign(table: Draft) -> None:
    """Put rows of plain text whose cells slipped sideways back under the columns of their kind, if one way fits exactly."""
    if table.grid.spans_known or len(table.body) < 4:
        return
    kinds = kinds_of(table)
    fills = Counter(tuple(column for column, slot in enumerate(row) if slot.text) for row in table.body)
    moved: list[str] = []
    for row in table.body:
        if conflicts(row, kinds) < 2:
            continue
        filled = [slot for slot in row if slot.text]
        count = len(filled)
        ways = [start for start in range(table.width - count + 1) if not conflicts(filled, kinds, start)]
        if not ways or count == table.width:
            continue
        start = max(ways, key=lambda at: (fills[tuple(range(at, at + count))], at))
        if fills[tuple(range(start, start + count))] < 2:
            continue
        row[:] = [*(Slot() for _ in range(start)), *filled, *(Slot() for _ in range(table.width - start - count))]
        moved.append(str(filled[0].line))
    if moved:
        table.notes.append(f"baris teks {', '.join(moved)} digeser ke kolom yang sesuai dengan isinya")


def finished(table: Draft, *, key: str, source: str) -> Table:
    """The table as a value of `core.document`, each cell with its place."""
    realign(table)
    name = f"Tabel {table.number}" if table.number else table.caption or f"tabel ke-{key.rsplit('-', 1)[-1]}"
    header = tuple(_row(row, None, source, name, table) for row in table.rows[: table.headers])
    body = tuple(_row(row, index, source, name, table) for index, row in enumerate(table.body, start=1))
    place = table.place or Place(source=source, page=table.grid.page, line=table.grid.line)
    return Table(
        key=key, columns=_columns(table), header=header, body=body, caption=table.caption, number=table.number,
        place=replace(place, source=source, table=name, sheet=table.grid.sheet),
    )  # fmt: skip


def _columns(table: Draft) -> tuple[Column, ...]:
    edges = table.grid.edges
    if len(edges) == table.width + 1 and edges[-1] > edges[0]:
        whole = Decimal(str(edges[-1] - edges[0]))
        shares = [Decimal(str(right - left)) / whole for left, right in pairwise(edges)]
    else:
        shares = [Decimal(1) / table.width] * table.width
    return tuple(Column(share.quantize(Decimal("0.0001")), Align.LEFT) for share in shares)


def _row(row: Slots, index: int | None, source: str, name: str, table: Draft) -> Row:
    cells = []
    line = next((slot.line for slot in row if slot.line is not None), None)
    page = next((slot.page for slot in row if slot.page is not None), None)
    for column, slot in enumerate(row, start=1):
        if slot.covered:
            continue
        found = re.match(r"([A-Z]+)(\d+)$", slot.address)
        place = Place(
            source=source, sheet=table.grid.sheet, cell=slot.address, page=slot.page or page, line=slot.line or line, table=name,
            row=int(found[2]) if found else index, column=found[1] if found else str(column), quote=slot.text,
        )  # fmt: skip
        cells.append(
            Cell(
                text(slot.text) if slot.text else (),
                colspan=slot.colspan,
                rowspan=slot.rowspan,
                strong=slot.bold,
                amount=slot.amount,
                unit=slot.unit,
                places=slot.places,
                place=place,
            )
        )
    return Row(tuple(cells))
