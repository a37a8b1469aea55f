"""Single records and lists of them for pages: by row key, by search, and the codes that a field may name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from selaras.core.errors import NotFound
from selaras.core.planning import Indicator
from selaras.core.value import ValueKind
from selaras.store import models as tables
from selaras.store.rows import Table, all_tables
from selaras.store.snapshot import rows_of

TITLES = ("name", "title", "text", "wording")


def record_at(table: Table, agency: int, row: int) -> Any:
    """The record in one row of an agency. Raises NotFound."""
    found = table.rows.filter(agency_id=agency, pk=row).values_list(*table.paths).first()
    if found is None:
        raise NotFound(f"{table.label} ini tidak ditemukan.")
    return table.record_of(found)


def searched(table: Table, agency: int, year: int | None, words: str, *, hidden: Collection[str] = ()) -> QuerySet[Any]:
    """The rows of one kind whose texts or codes hold every word, in the agency's own order; `hidden` columns apart."""
    rows = rows_of(table, agency, year)
    paths = [path for path in _texts(table) if path not in hidden]
    for word in words.split():
        wanted = Q()
        for path in paths:
            wanted |= Q(**{f"{path}__icontains": word})
        rows = rows.filter(wanted)
    return rows


def options(record: type[Any], agency: int) -> list[tuple[str, str]]:
    """Every code of a kind with its title, in the agency's own order: what a field that names one may hold."""
    table = all_tables()[record]
    names = {field.name for field in table.model._meta.get_fields()}  # noqa: SLF001 (Django's documented way)
    title = next((name for name in TITLES if name in names), "code")
    return list(rows_of(table, agency).values_list("code", title))


def value_kinds(agency: int, codes: Iterable[str] | None = None) -> dict[str, ValueKind]:
    """The kind of value of each indicator, or of some."""
    rows = tables.Indicator.objects.filter(agency_id=agency)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return {code: ValueKind(kind) for code, kind in rows.values_list("code", "value_kind")}


def _texts(table: Table) -> list[str]:
    fields = {field.name: field for field in table.model._meta.get_fields()}  # noqa: SLF001
    own = [
        name
        for name, field in fields.items()
        if isinstance(field, models.CharField | models.TextField) and name != "span"
    ]
    named = [f"{part.name}__code" for part in table.fields if part.refers_to is not None]
    more = [f"{part.name}__name" for part in table.fields if part.refers_to is Indicator]
    return [*own, *named, *more]
