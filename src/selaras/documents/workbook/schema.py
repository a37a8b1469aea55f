"""Questions about the sheets: which record stands where, what a column allows, what it needs, what it refers to."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from selaras.core.snapshot import RECORD_KINDS, RecordKind
from selaras.documents.workbook.columns import MONTH_NUMBERS, PARTS, Column, Derived, Kind, Sheet
from selaras.documents.workbook.sheets import SHEETS

KINDS: dict[type[Any], RecordKind] = {kind.record: kind for kind in RECORD_KINDS}
BY_RECORD: dict[type[Any], Sheet] = {sheet.record: sheet for sheet in SHEETS}
BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
REFERRED: frozenset[type[Any]] = frozenset(target for kind in RECORD_KINDS for _, target in kind.references)

_HINTS: dict[type[Any], dict[str, Any]] = {sheet.record: get_type_hints(sheet.record) for sheet in SHEETS}
_FIELDS: dict[type[Any], dict[str, Field[Any]]] = {
    sheet.record: {item.name: item for item in fields(sheet.record)} for sheet in SHEETS
}


def _members(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def choices(sheet: Sheet, column: Column) -> tuple[str, ...]:
    """The values that a column allows, as written in the cell; empty if it is free."""
    if column.kind is Kind.CHOICE:
        enum = enumeration(sheet, column)
        return tuple(str(member.value) for member in enum)
    return {Kind.YES_NO: ("Ya", "Tidak"), Kind.PART: PARTS, Kind.MONTH: MONTH_NUMBERS}.get(column.kind, ())


def enumeration(sheet: Sheet, column: Column) -> type[StrEnum]:
    """The enumeration behind a column of choices."""
    members = _members(_HINTS[sheet.record][column.root])
    return next(member for member in members if isinstance(member, type) and issubclass(member, StrEnum))


def required(sheet: Sheet, column: Column) -> bool:
    """Whether a row cannot do without the column: the record has no default for it and it may not be empty."""
    if column.may_be_empty:
        return False
    item = _FIELDS[sheet.record][column.root]
    has_default = item.default is not MISSING or item.default_factory is not MISSING
    return not has_default and type(None) not in _members(_HINTS[sheet.record][column.root])


USES_DEFAULT = object()


def stand_in(sheet: Sheet, column: Column) -> Any:
    """What an empty cell stands for where the record has no default; USES_DEFAULT where it has one or needs the cell."""
    item = _FIELDS[sheet.record][column.root]
    has_default = item.default is not MISSING or item.default_factory is not MISSING
    if has_default or required(sheet, column):
        return USES_DEFAULT
    return "" if column.may_be_empty else None


def reference(sheet: Sheet, field: str) -> type[Any] | None:
    """The kind of record that a field names by code, None if it names none."""
    kind = KINDS.get(sheet.record)
    return dict(kind.references).get(field) if kind else None


@dataclass(frozen=True, slots=True)
class ColumnHelp:
    """A column as the documentation shows it."""

    header: str
    field: str
    kind: str
    required: bool
    computed: bool
    choices: tuple[str, ...]
    refers_to: str
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class SheetHelp:
    """A sheet as the documentation shows it."""

    name: str
    about: str
    columns: tuple[ColumnHelp, ...]


def describe() -> list[SheetHelp]:
    """All sheets with their columns, helps and examples, in the order of the workbook, for generated documentation."""
    return [SheetHelp(sheet.name, sheet.about, tuple(_column_helps(sheet))) for sheet in SHEETS]


def _column_helps(sheet: Sheet) -> Iterator[ColumnHelp]:
    for item in sheet.columns:
        if isinstance(item, Derived):
            yield ColumnHelp(item.header, "", "dihitung", False, True, (), "", item.help, "")
            continue
        target = reference(sheet, item.field)
        refers_to = BY_RECORD[target].name if target else ""
        yield ColumnHelp(
            item.header, item.field, item.kind.value, required(sheet, item), False,
            choices(sheet, item), refers_to, item.help, item.example,
        )  # fmt: skip
