"""The example rows of the template, read from the schema by the same reader as a person's own rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selaras.core.errors import Fault, Refusal
from selaras.core.org import AgencyKind
from selaras.core.planning import FundSource, Indicator
from selaras.core.value import ValueKind
from selaras.documents.workbook.columns import Sheet
from selaras.documents.workbook.rows import RowReader
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.sheets import SHEETS

NATIONAL = frozenset({AgencyKind.MINISTRY, AgencyKind.MINISTRY_UNIT, AgencyKind.ELECTION_OFFICE})
"""Kinds of agency whose budget is the state's, not a region's."""


@dataclass(frozen=True, slots=True)
class Written:
    """A cell with a text, as a person would type it."""

    value: str
    data_type: str = "s"
    number_format: str = "@"


def example_records(kind: AgencyKind | None = None) -> dict[type[Any], list[Any]]:
    """The examples as records by type; `kind` sets the kind of agency and the source of its budget."""
    instead = {} if kind is None else _fitting(kind)
    indicators = _examples(BY_RECORD[Indicator], instead, {})
    kinds = {item.code: item.value_kind for item in indicators}
    return {sheet.record: _examples(sheet, instead, kinds) for sheet in SHEETS}


def _fitting(kind: AgencyKind) -> dict[tuple[str, str], str]:
    source = FundSource.APBN if kind in NATIONAL else FundSource.APBD
    return {
        ("Instansi", "kind"): kind.value,
        ("Anggaran", "source"): source.value,
        ("PKProgram", "source"): source.value,
    }


def _examples(sheet: Sheet, instead: Mapping[tuple[str, str], str], kinds: Mapping[str, ValueKind]) -> list[Any]:
    usual = {column.field: instead.get((sheet.name, column.field), column.example) for column in sheet.inputs}
    reader = RowReader(sheet, "templat", {column.field: sheet.position(column.field) for column in sheet.inputs})
    records: list[Any] = []
    for row, differing in enumerate(sheet.examples, 2):
        cells = {field: Written(text) for field, text in (usual | dict(differing)).items() if text}
        records += reader.read(row, cells, kinds).items
    faults = [item for item in records if isinstance(item, Fault)]
    if faults:
        raise Refusal("Contoh pada templat keliru.", *faults)
    return records
