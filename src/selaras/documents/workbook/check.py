"""Checks over many rows: keys that stand twice, codes that nobody has, values of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from selaras.core.errors import Fault
from selaras.core.measurement.records import Realisation
from selaras.core.org import Agency
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import Indicator, Target
from selaras.core.snapshot import RECORD_KINDS, RecordKind
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook.columns import Column, Sheet
from selaras.documents.workbook.schema import BY_RECORD, KINDS, REFERRED

MOST_SUGGESTIONS = 50
"""Looking for the nearest code is slow over many codes; after so many it is left out."""

Letters = Mapping[type[Any], Mapping[str, str]]
EXPECTED_KINDS = {
    ValueKind.NUMBER: "angka tanpa tanda %",
    ValueKind.PERCENT: "persen, misalnya 87,5%",
    ValueKind.GRADE: "predikat, misalnya BB",
    ValueKind.YES_NO: "Ya atau Tidak",
}


def check_records(agency: Agency, records: Mapping[type[Any], Iterable[Any]]) -> tuple[Fault, ...]:
    """What is wrong between records: duplicate keys, unknown references, values that do not fit their indicator.

    Records of a workbook have their places; the faults of others name the sheet and the code.
    """
    del agency  # nothing in it refers to a record
    return tuple(Checker({}).check_all(records))


class Checker:
    """Checks records one by one after learning every code that may be referred to; holds keys, not records.

    `letters` are the columns of the fields where the file has its own order.
    """

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._codes: dict[type[Any], set[tuple[Any, ...]]] = {record: set() for record in REFERRED}
        self._value_kinds: dict[str, ValueKind] = {}
        self._seen: dict[type[Any], dict[tuple[Any, ...], str]] = {kind.record: {} for kind in RECORD_KINDS}
        self._suggested = 0

    def learn(self, item: Any) -> None:
        """Remember the key of a record that others may refer to."""
        record = type(item)
        if record in REFERRED:
            self._codes[record].add(KINDS[record].key_of(item))
        if isinstance(item, Indicator):
            self._value_kinds[item.code] = item.value_kind

    def check_all(self, records: Mapping[type[Any], Iterable[Any]]) -> Iterator[Fault]:
        """Learn and check all records; each iterable is gone through twice."""
        kept = {record: tuple(items) for record, items in records.items()}
        for record in REFERRED:
            for item in kept.get(record, ()):
                self.learn(item)
        for kind in RECORD_KINDS:
            for item in kept.get(kind.record, ()):
                yield from self.check(item)

    def check(self, item: Any) -> Iterator[Fault]:
        """The faults of one record against everything learnt, and against the records checked before."""
        kind = KINDS[type(item)]
        yield from self._duplicate(kind, item)
        for field, target in kind.references:
            yield from self._unknown(item, field, KINDS[target])
        if isinstance(item, Target | Realisation) and item.value is not None:
            yield from self._misfit(item, item.value)

    def _duplicate(self, kind: RecordKind, item: Any) -> Iterator[Fault]:
        key = kind.key_of(item)
        seen = self._seen[kind.record]
        if key not in seen:
            seen[key] = item.place.cell
            return
        sheet = BY_RECORD[kind.record]
        headers = " + ".join(column.header for column in sheet.inputs if column.root in kind.key)
        first = f"sudah ada pada sel {seen[key]}" if seen[key] else "sudah ada"
        yield Fault(f"Isi {headers} berulang, {first}", self._place(item, kind.key[0]), read=_shown(key),
                    expected="satu baris saja untuk isi itu",
                    remedy="Hapus salah satu baris atau ganti kodenya.")  # fmt: skip

    def _unknown(self, item: Any, field: str, target: RecordKind) -> Iterator[Fault]:
        code = getattr(item, field)
        if not code:
            return
        key = tuple(code if name == "code" else getattr(item, name) for name in target.key)
        known = self._codes[target.record]
        if key in known:
            return
        sheet = BY_RECORD[target.record]
        nearest = self._nearest(code, [found[target.key.index("code")] for found in known])
        scope = f" tahun {item.year}" if "year" in target.key else ""
        yield Fault(f"Kode tidak ada pada lembar {sheet.name}{scope}", self._place(item, field), read=code,
                    expected=f"kode dari lembar {sheet.name}",
                    remedy=nearest or f"Perbaiki kodenya, atau tambahkan barisnya pada lembar {sheet.name}.")  # fmt: skip

    def _nearest(self, code: str, known: list[str]) -> str:
        self._suggested += 1
        if self._suggested > MOST_SUGGESTIONS:
            return ""
        near = get_close_matches(code, known, n=1, cutoff=0.6)
        return f"Mungkin maksudnya “{near[0]}”." if near else ""

    def _misfit(self, item: Any, value: Value) -> Iterator[Fault]:
        wanted = self._value_kinds.get(item.indicator)
        if wanted is not None and value.kind is not wanted:
            yield Fault(f"Nilai tidak sesuai dengan jenis indikator {item.indicator} ({wanted.value})",
                        self._place(item, "value"), read=value.shown(), expected=EXPECTED_KINDS[wanted],
                        remedy="Perbaiki nilainya, atau jenis nilai pada lembar Indikator.")  # fmt: skip

    def _place(self, item: Any, field: str) -> Place:
        """The cell of a field of a record, as exactly as its place allows."""
        sheet = BY_RECORD[type(item)]
        column = _column(sheet, field)
        where: Place = item.place
        letters = self._letters.get(type(item), {})
        cell = f"{letters.get(column.field) or sheet.letter(column.field)}{where.row}" if where.cell else ""
        return Place(source=where.source, sheet=where.sheet or sheet.name, cell=cell, row=where.row,
                     column=column.header, record="" if where.cell else _shown(KINDS[type(item)].key_of(item)))  # fmt: skip


def _column(sheet: Sheet, field: str) -> Column:
    return next(column for column in sheet.inputs if column.root == field)


def _shown(key: tuple[Any, ...]) -> str:
    return ", ".join(part.name if isinstance(part, Period) else str(part) for part in key)
