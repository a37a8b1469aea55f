"""How a record of `core` becomes a row and a row a record: derived once from the record's own fields and types."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from django.db import models

from selaras.core.org import Agency
from selaras.core.period import Period, Span
from selaras.core.place import Place
from selaras.core.snapshot import RECORD_KINDS, RecordKind, Scope
from selaras.core.value import Value
from selaras.store import models as tables
from selaras.store.models.columns import PERIOD_PARTS, VALUE_PARTS, value_of


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: the columns it fills, the paths it is read from, and the way there and back."""

    name: str
    columns: tuple[str, ...]
    paths: tuple[str, ...]
    pack: Callable[[Any], tuple[Any, ...]]
    unpack: Callable[..., Any]
    refers_to: type[Any] | None = None


@dataclass(frozen=True)
class Table:
    """How one kind of record is kept: its model and its fields."""

    record: type[Any]
    model: type[models.Model]
    fields: tuple[Field, ...]
    kind: RecordKind | None = None

    @cached_property
    def label(self) -> str:
        """What one record is called, in Indonesian, with a capital."""
        name = str(self.model._meta.verbose_name)  # noqa: SLF001 (Django's documented way to the options)
        return name[0].upper() + name[1:]

    @cached_property
    def is_yearly(self) -> bool:
        """Whether each record belongs to one year or to one period."""
        return self.kind is not None and self.kind.scope is not Scope.ALWAYS

    @property
    def rows(self) -> Any:
        """Every row of the table."""
        return self.model._default_manager.all()  # noqa: SLF001 (Django's documented way to the manager)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column that the record fills."""
        return tuple(column for field in self.fields for column in field.columns)

    @cached_property
    def amounts(self) -> tuple[tuple[str, int], ...]:
        """The fields that hold numbers, each with the decimals that its column keeps."""
        found = []
        for field in self.fields:
            columns = [self.model._meta.get_field(column) for column in field.columns]  # noqa: SLF001
            places = [column.decimal_places for column in columns if isinstance(column, models.DecimalField)]
            found += [(field.name, places[0])] if places else []
        return tuple(found)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every path to read, with joins to the codes of other records."""
        return tuple(path for field in self.fields for path in field.paths)

    @cached_property
    def key_fields(self) -> tuple[Field, ...]:
        """The fields of the natural key."""
        assert self.kind is not None
        by_name = {field.name: field for field in self.fields}
        return tuple(by_name[name] for name in self.kind.key)

    @cached_property
    def _plain(self) -> tuple[tuple[str, int], ...]:
        """The fields that are their own column, and where these stand in a row of `paths`."""
        return tuple((name, start) for name, unpack, start, _end in self._steps if unpack is unpack_same)

    @cached_property
    def _made(self) -> tuple[tuple[str, Callable[..., Any], int, int], ...]:
        """The other fields, how each is made, and from which stretch of a row."""
        return tuple(step for step in self._steps if step[1] is not unpack_same)

    @property
    def _steps(self) -> Iterator[tuple[str, Callable[..., Any], int, int]]:
        start = 0
        for field in self.fields:
            yield field.name, field.unpack, start, start + len(field.paths)
            start += len(field.paths)

    def record_of(self, row: Sequence[Any]) -> Any:
        """The record that stands in a row of `paths`, with its place."""
        given = self._given(row)
        return self.record(**given, place=self.place_of(given))

    def bare_record_of(self, row: Sequence[Any]) -> Any:
        """The same without its place, for figures that nobody follows back to it."""
        return self.record(**self._given(row))

    def _given(self, row: Sequence[Any]) -> dict[str, Any]:
        given = {name: row[start] for name, start in self._plain}
        for name, unpack, start, end in self._made:
            given[name] = unpack(*row[start:end])
        return given

    def place_of(self, given: Mapping[str, Any]) -> Place:
        """The place of a record of ours: `Indikator IKU-1`."""
        return Place(record=f"{self.label} {key_text([given[name] for name in self.key])}".strip())

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The names of the fields that make the natural key."""
        return self.kind.key if self.kind else ("code",)


def key_text(parts: Any) -> str:
    """A natural key as a person reads it: `IKU-1 Triwulan I Tahun 2024 Renstra`."""
    return " ".join([text for part in parts if (text := part if isinstance(part, str) else shown(part))])


def shown(part: Any) -> str:
    """One stored value as a person reads it."""
    if isinstance(part, Period):
        return part.name
    if isinstance(part, Value):
        return part.shown()
    if isinstance(part, date):
        return f"{part:%d-%m-%Y}"
    if isinstance(part, bool):
        return "Ya" if part else "Tidak"
    return "" if part is None else str(part)


@cache
def all_tables() -> dict[type[Any], Table]:
    """Every kind of record by its type, in the order in which they can be stored."""
    kinds = sorted(RECORD_KINDS, key=lambda kind: RECORD_KINDS.index(kind) + 100 * refers_forward(kind))
    return {kind.record: table_of(kind.record, kind) for kind in kinds}


def refers_forward(kind: RecordKind) -> bool:
    """Whether a record names another of a kind that stands after its own."""
    types = [known.record for known in RECORD_KINDS]
    return any(types.index(to) > types.index(kind.record) for _, to in kind.references)


@cache
def agency_table() -> Table:
    """The table of agencies themselves."""
    return table_of(Agency, None)


def table_of(record: type[Any], kind: RecordKind | None) -> Table:
    """Derive the table of one record type from its fields."""
    hints = get_type_hints(record)
    references = dict(kind.references) if kind else {}
    names = [field.name for field in dataclasses.fields(record) if field.name != "place"]
    model = getattr(tables, record.__name__)
    return Table(record, model, tuple(field_of(name, hints[name], references.get(name)) for name in names), kind)


def field_of(name: str, hint: Any, refers_to: type[Any] | None) -> Field:
    """How one field is kept, by its type."""
    if refers_to is not None:
        return Field(name, (f"{name}_id",), (f"{name}__code",), pack_same, unpack_code, refers_to)
    inner = next((kind for kind in get_args(hint) if kind is not NoneType), hint)
    optional = inner is not hint
    if inner is Period:
        return Field(name, PERIOD_PARTS, PERIOD_PARTS, pack_period, unpack_period)
    if inner is Value:
        columns = tuple(f"{name}_{part}" for part in VALUE_PARTS)
        return Field(name, columns, columns, pack_value, unpack_value)
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return Field(name, (name,), (name,), pack_choice, unpack_choice(inner, optional=optional))
    if inner is Decimal:
        return Field(name, (name,), (name,), pack_same, tidy)
    return Field(name, (name,), (name,), pack_same, unpack_same)


def pack_same(value: Any) -> tuple[Any, ...]:
    """A value that is its own column."""
    return (value,)


def unpack_same(value: Any) -> Any:
    """A column that is its own value."""
    return value


def unpack_code(code: str | None) -> str:
    """The code of another record, empty where there is none."""
    return code or ""


def pack_period(period: Period) -> tuple[Any, ...]:
    """The columns of a period."""
    return (period.year, period.span.value, period.index)


@cache
def unpack_period(year: int, span: str, index: int) -> Period:
    """The period that stands in three columns."""
    return Period(year, Span(span), index)


def pack_value(value: Value | None) -> tuple[Any, ...]:
    """The columns of a value."""
    if value is None:
        return ("", None, None, "", None)
    return (value.kind.value, value.amount, value.upper, value.grade, value.flag)


@lru_cache(maxsize=20_000)
def unpack_value(kind: str, amount: Any, upper: Any, grade: str, flag: bool | None) -> Value | None:
    """The value that stands in five columns."""
    return value_of(kind, tidy(amount), tidy(upper), grade, flag)


def pack_choice(choice: StrEnum | None) -> tuple[Any, ...]:
    """The text of a choice; empty where there is none."""
    return (choice.value if choice is not None else "",)


def unpack_choice(names: type[StrEnum], *, optional: bool) -> Callable[[str], Any]:
    """The choice that a text stands for."""
    known: dict[str, StrEnum | None] = {name.value: name for name in names}
    if optional:
        known[""] = None
    return known.__getitem__


def tidy(amount: Decimal | None) -> Decimal | None:
    """The same number without the zeros that the width of the column adds: 85 for 85.000000."""
    if amount is None:
        return None
    whole = amount.to_integral_value()
    return Decimal(int(whole)) if amount == whole else amount.normalize()
