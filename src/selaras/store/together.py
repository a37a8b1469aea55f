"""Many kinds of record by one query: what a page needs of an agency, read as of one moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.db.models import F, Q, Value

from selaras.core.errors import NotFound
from selaras.core.org import Agency
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.store.arrays import AsArray
from selaras.store.rows import Table, agency_table, all_tables
from selaras.store.snapshot import find_agency, within

DIGITS = Context(prec=15)
"""What a column of either database keeps exactly (`actions` refuses more)."""

Reader = Callable[[Any], Any]


exact_json = json.JSONDecoder(parse_float=Decimal).decode
"""Numbers with a point stay exact."""


def load_together(
    agency_code: str, year: int, kinds: Collection[type[Any]], *, where: Mapping[type[Any], Q] | None = None,
    placed: bool = True,
) -> Snapshot:  # fmt: skip
    """A snapshot that holds only some kinds of record, by one query however many kinds there are.

    Gives the same as `store.snapshot.load_part`; `where` narrows some kinds further, to what one page needs; records
    that are not `placed` come without their place, which takes a sixth of the time. Raises NotFound if the agency is
    unknown.
    """
    found: dict[str, list[tuple[int, int, str]]] = {}
    for name, order, pk, row in _parts(agency_code, year, kinds, where or {}):
        found.setdefault(name, []).append((order, pk, row))
    if Agency.__name__ not in found:
        find_agency(agency_code)
        raise NotFound(f"Instansi {agency_code} tidak ditemukan.")
    records = {table.record: _records(table, found.get(table.record.__name__, []), placed) for table in _tables(kinds)}
    fields = {
        table.kind.field: records[table.record]
        for table in all_tables().values()
        if table.kind and table.record in kinds
    }
    settings = fields.pop("settings", ())
    return Snapshot(records[Agency][0], year, settings[0] if settings else ReportSettings(year), **fields)


def _tables(kinds: Collection[type[Any]]) -> list[Table]:
    return [agency_table(), *(table for table in all_tables().values() if table.record in kinds)]


def _parts(
    agency_code: str, year: int, kinds: Collection[type[Any]], where: Mapping[type[Any], Q]
) -> Iterator[tuple[str, int, int, str]]:
    first, *others = [_part(table, agency_code, year, where.get(table.record, Q())) for table in _tables(kinds)]
    # Not `iterator()`: PostgreSQL would keep a cursor for it and be asked again and again, and all rows are held anyway.
    return iter(first.union(*others, all=True) if others else first)


def _part(table: Table, agency_code: str, year: int, where: Q) -> Any:
    rows = table.rows.filter(where).order_by()
    order = F("sequence")
    if table.record is Agency:
        rows, order = rows.filter(code=agency_code), F("pk")
    else:
        rows = rows.filter(within(table, {year}), agency__code=agency_code)
    return rows.annotate(
        part_kind=Value(table.record.__name__, output_field=models.CharField()),
        part_order=order,
        part_row=AsArray(*map(F, table.paths)),
    ).values_list("part_kind", "part_order", "pk", "part_row")


def _records(table: Table, rows: list[tuple[int, int, str]], placed: bool) -> tuple[Any, ...]:
    rows.sort()
    cells = exact_json(f"[{','.join(row for _order, _pk, row in rows)}]")
    for at, read in _readers(table.record.__name__):
        for row in cells:
            row[at] = read(row[at])
    return tuple(map(table.record_of if placed else table.bare_record_of, cells))


@cache
def _readers(kind: str) -> tuple[tuple[int, Reader], ...]:
    """The cells that JSON does not give back as they were, and how they are read, by the type of their column."""
    table = next(table for table in (agency_table(), *all_tables().values()) if table.record.__name__ == kind)
    readers = ((at, _reader(table.model, path)) for at, path in enumerate(table.paths))
    return tuple((at, read) for at, read in readers if read is not None)


def _reader(model: Any, path: str) -> Reader | None:
    *joins, last = path.split("__")
    for name in joins:
        model = model._meta.get_field(name).related_model  # noqa: SLF001 (Django's documented way)
    column = model._meta.get_field(last)  # noqa: SLF001
    if isinstance(column, models.DecimalField):
        return _amount
    if isinstance(column, models.BooleanField):
        return _flag
    return _day if isinstance(column, models.DateField) else None


@lru_cache(maxsize=20_000)
def _amount(cell: Any) -> Decimal | None:
    return None if cell is None else DIGITS.create_decimal(cell)


def _flag(cell: Any) -> bool | None:
    return None if cell is None else bool(cell)


def _day(cell: Any) -> date | None:
    return date.fromisoformat(cell) if cell else None
