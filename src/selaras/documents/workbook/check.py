"""Checks over many rows: keys that stand twice, codes that nobody has, values of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from selaras.core.errors import Fault
from selaras.core.measurement.entries import faults_of
from selaras.core.measurement.records import Realisation
from selaras.core.org import Agency, Position, Unit
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import BudgetVersion, Indicator, Node, Target
from selaras.core.snapshot import RECORD_KINDS, RecordKind
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook.columns import Column, Sheet
from selaras.documents.workbook.schema import BY_RECORD, KINDS, REFERRED

MOST_SUGGESTIONS = 50
"""Looking for the nearest code is slow over many codes; after so many it is left out."""

TREES: dict[type[Any], str] = {Unit: "parent", Position: "superior", Node: "parent"}
"""Records that stand in a tree of their own kind, and the field that names the one above."""

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
        self._indicators: dict[str, Indicator] = {}
        self._above: dict[type[Any], dict[str, str]] = {record: {} for record in TREES}
        self._seen: dict[type[Any], dict[tuple[Any, ...], str]] = {kind.record: {} for kind in RECORD_KINDS}
        self._orders: dict[tuple[int, str], int] = {}
        self._forgiven: set[type[Any]] = set()
        self._suggested = 0

    def learn(self, item: Any) -> None:
        """Remember the key of a record that others may refer to."""
        record = type(item)
        if record in REFERRED:
            self._codes[record].add(KINDS[record].key_of(item))
        if record in TREES:
            self._above[record][item.code] = getattr(item, TREES[record])
        if isinstance(item, BudgetVersion):
            self._orders[item.year, item.code] = item.order
        if isinstance(item, Indicator):
            self._indicators[item.code] = replace(item, definition="", numerator="", denominator="")

    def learn_key(self, record: type[Any], fields: Mapping[str, Any]) -> None:
        """Remember the key of a row that holds no sound record, as far as it could be read."""
        key = tuple(fields.get(name) for name in KINDS[record].key)
        if None not in key:
            self._codes[record].add(key)

    def forgive(self, record: type[Any]) -> None:
        """Take every code of this kind as known, because its sheet could not be read."""
        self._forgiven.add(record)

    def check_all(self, records: Mapping[type[Any], Iterable[Any]]) -> Iterator[Fault]:
        """Learn and then check all records."""
        kept = {record: tuple(items) for record, items in records.items()}
        for record in REFERRED:
            for item in kept.get(record, ()):
                self.learn(item)
        return self.check_learnt(kept)

    def check_learnt(self, records: Mapping[type[Any], Iterable[Any]]) -> Iterator[Fault]:
        """Check all records, whose codes have been learnt."""
        for kind in RECORD_KINDS:
            for item in records.get(kind.record, ()):
                yield from self.check(item)

    def check(self, item: Any) -> Iterator[Fault]:
        """The faults of one record against everything learnt, and against the records checked before."""
        kind = KINDS[type(item)]
        yield from self._duplicate(kind, item)
        for field, target in kind.references:
            yield from self._unknown(item, field, KINDS[target])
        if type(item) in TREES:
            yield from self._loop(item, TREES[type(item)])
        if isinstance(item, BudgetVersion):
            yield from self._same_order(item)
        if isinstance(item, Indicator):
            yield from self._misfit(item, "baseline", item.value_kind)
            yield from self._misfit(item, "standard", item.value_kind)
        measured = self._indicators.get(item.indicator) if isinstance(item, Target | Realisation) else None
        if measured and isinstance(item, Target):
            yield from self._misfit(item, "value", measured.value_kind)
        elif measured and isinstance(item, Realisation):
            yield from self._entry(measured, item)

    def _duplicate(self, kind: RecordKind, item: Any) -> Iterator[Fault]:
        key = kind.key_of(item)
        seen = self._seen[kind.record]
        if key not in seen:
            seen[key] = item.place.cell
            return
        sheet = BY_RECORD[kind.record]
        headers = " + ".join(column.header for column in sheet.inputs if column.root in kind.key)
        first = f"sudah ada pada sel {seen[key]}" if seen[key] else "sudah ada"
        yield Fault(f"Isi {headers} berulang, {first}", self.place(item, kind.key[0]), read=_shown(key),
                    expected="satu baris saja untuk isi itu",
                    remedy="Hapus salah satu baris atau ganti kodenya.")  # fmt: skip

    def _unknown(self, item: Any, field: str, target: RecordKind) -> Iterator[Fault]:
        code = getattr(item, field)
        if not code or target.record in self._forgiven:
            return
        key = tuple(code if name == "code" else getattr(item, name) for name in target.key)
        known = self._codes[target.record]
        if key in known:
            return
        sheet = BY_RECORD[target.record]
        nearest = self._nearest(code, [found[target.key.index("code")] for found in known])
        scope = f" tahun {item.year}" if "year" in target.key else ""
        yield Fault(f"Kode tidak ada pada lembar {sheet.name}{scope}", self.place(item, field), read=code,
                    expected=f"kode dari lembar {sheet.name}",
                    remedy=nearest or f"Perbaiki kodenya, atau tambahkan barisnya pada lembar {sheet.name}.")  # fmt: skip

    def _nearest(self, code: str, known: list[str]) -> str:
        self._suggested += 1
        if self._suggested > MOST_SUGGESTIONS:
            return ""
        near = get_close_matches(code, known, n=1, cutoff=0.6)
        return f"Mungkin maksudnya “{near[0]}”." if near else ""

    def _misfit(self, item: Any, field: str, wanted: ValueKind) -> Iterator[Fault]:
        value: Value | None = getattr(item, field)
        if value is not None and value.kind is not wanted:
            yield Fault(f"Nilai tidak sesuai dengan jenis nilai indikatornya ({wanted.value})",
                        self.place(item, field), read=value.shown(), expected=EXPECTED_KINDS[wanted],
                        remedy="Perbaiki nilainya, atau jenis nilai pada lembar Indikator.")  # fmt: skip

    def _entry(self, indicator: Indicator, item: Realisation) -> Iterator[Fault]:
        for fault in faults_of(indicator, item):
            words = (("pembilang", "numerator"), ("penyebut", "denominator"))
            field = next((name for word, name in words if fault.message.startswith(word)), "value")
            message = fault.message[:1].upper() + fault.message[1:]
            yield replace(fault, message=message, place=self.place(item, field))

    def _same_order(self, item: BudgetVersion) -> Iterator[Fault]:
        """The version in force is the one with the highest order, so no two of a year may share theirs."""
        same = [code for (year, code), order in self._orders.items() if year == item.year and order == item.order]
        if others := [code for code in same if code != item.code]:
            yield Fault("Urutan ini sudah dipakai versi lain pada tahun yang sama", self.place(item, "order"),
                        read=f"{item.order} ({', '.join(others)})", expected="urutan yang berbeda untuk tiap versi",
                        remedy="Beri urutan 0 untuk anggaran murni, 1 untuk perubahan pertama, dan seterusnya.")  # fmt: skip

    def _loop(self, item: Any, field: str) -> Iterator[Fault]:
        above = self._above[type(item)]
        passed = [item.code]
        while (code := above.get(passed[-1], "")) and code not in passed:
            passed.append(code)
        if code == item.code:
            yield Fault("Induk atau atasan ini akhirnya kembali ke kode itu sendiri", self.place(item, field),
                        read=" → ".join([*passed, code]), expected="susunan yang berakhir pada puncaknya",
                        remedy="Perbaiki atau kosongkan kode induknya.")  # fmt: skip

    def place(self, item: Any, field: str) -> Place:
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
