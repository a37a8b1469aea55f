"""Bringing records into the tables: checks, references, what changes, and writing in batches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Max, ProtectedError, Q

from selaras.actions._bound import bound_indicator, fault_of_bound
from selaras.actions._closed import agreement_of, fault_of_closed
from selaras.actions._rules import faults_of_codes
from selaras.actions.results import Change, SheetCount
from selaras.core.errors import Fault
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.nip import is_masked, mask, unmasked
from selaras.core.org import Agency
from selaras.core.period import Span
from selaras.core.place import Place
from selaras.core.value import Value
from selaras.documents.workbook.check import Checker
from selaras.documents.workbook.columns import Column
from selaras.documents.workbook.schema import BY_RECORD, REFERRED
from selaras.store.agreements import closed_agreements
from selaras.store.models.work import AgreementState
from selaras.store.rows import Field, Table, agency_table, all_tables, key_text, shown
from selaras.store.snapshot import records_of, within

BATCH = 500
STEP = 1024
MOST_FAULTS = 1000
MOST_CHANGES = 200
DIGITS = 15
LONGEST_KEY = 500
NIP = "nip"


@dataclass(slots=True)
class Given:
    """One record of the file with its row: the columns, the place, and the references that wait for later rows."""

    record: Any
    row: dict[str, Any]
    waiting: dict[str, str]

    @property
    def place(self) -> Place:
        """Where the record stands in the file."""
        return self.record.place  # type: ignore[no-any-return]


@dataclass(slots=True)
class Loading:
    """One load into one agency: what is known so far, what was wrong, what was done."""

    agency: int
    years: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    unsaid: int = 0
    counts: list[SheetCount] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    changes_total: int = 0
    codes: dict[type[Any], dict[Any, int]] = field(default_factory=dict)
    absent: dict[type[Any], list[int]] = field(default_factory=dict)
    checker: Checker = field(default_factory=lambda: Checker({}))
    today: date = field(default_factory=date.today)
    history: Callable[..., None] | None = None
    """Where every field that changes is remembered (`Trace.changed`); None for a trial."""
    reason: str = ""
    closed: dict[str, AgreementState] | None = None
    """The agreements whose content stands, by code, once somebody asked."""
    bound: str | None = None
    """The indicator whose yearly value computes itself, once somebody asked; empty for none."""

    def stored(self) -> Iterator[Any]:
        """What the tables hold of the kinds that others may name."""
        for record in REFERRED:
            yield from records_of(all_tables()[record], self.agency)

    def blame(self, fault: Fault) -> None:
        """Remember a fault; after a thousand only count them."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.unsaid += 1

    def note(self, change: Change) -> None:
        """Remember a change; after some hundreds only count them."""
        self.changes_total += 1
        if len(self.changes) < MOST_CHANGES:
            self.changes.append(change)

    def note_new(self, table: Table, given: Given) -> None:
        """Remember a new record; names are not made for those that will only be counted."""
        if len(self.changes) < MOST_CHANGES:
            self.note(Change(sheet_name(table), name_of(table, given.record), "", "", "baru", given.place))
        else:
            self.changes_total += 1

    def take(self, table: Table, items: Iterable[Any]) -> None:
        """Load every record of one kind; a fault among `items` is remembered instead."""
        SheetLoading(self, table).take(items)

    def remove_absent(self) -> None:
        """Delete what is stored for the file's years but not in the file, last kinds first."""
        for table in reversed(all_tables().values()):
            pks = self.absent.get(table.record, [])
            for batch in batches(pks):
                self.remove(table, batch)

    def keep_closed(self, item: Any) -> None:
        """Blame a change of an agreement that was proposed, agreed or signed here, or of one of its lines, and of a value

        that computes itself.
        """
        if isinstance(item, Realisation) and item.period.span is Span.YEAR:
            if self.bound is None:
                self.bound = bound_indicator(self.agency)
            if item.indicator == self.bound:
                self.blame(fault_of_bound(item.indicator, item.place))
        code = agreement_of(item)
        if not code:
            return
        if self.closed is None:
            self.closed = closed_agreements(self.agency)
        if code in self.closed:
            self.blame(fault_of_closed(code, self.closed[code], item.place))

    def remove(self, table: Table, pks: list[int]) -> None:
        """Delete some rows of one kind; a row that others still name, or that is locked, or whose agreement stands, is a fault."""
        rows = table.rows.filter(pk__in=pks)
        if table.record is Realisation:
            for row in rows.filter(status=Progress.LOCKED.value).values_list(*table.paths):
                self.blame(Fault("sudah dikunci dan tidak dapat dihapus", table.record_of(row).place))
        for row in rows.values_list(*table.paths):
            item = table.record_of(row)
            self.keep_closed(item)
            self.note(Change(sheet_name(table), name_of(table, item), "", name_of(table, item), ""))
            if self.history:
                self.history(*history_key(table, item), "", name_of(table, item), "", self.reason)
        try:
            rows.delete()
        except ProtectedError as error:
            for other in list(error.protected_objects)[:10]:
                name = f"{other._meta.verbose_name} {other}"  # noqa: SLF001
                self.blame(
                    Fault(
                        f"lembar {sheet_name(table)}: data yang tidak ada di berkas masih dipakai oleh {name}",
                        remedy="Muat berkas yang masih memuat baris itu, atau jangan memakai penggantian penuh.",
                    )
                )
        next(count for count in self.counts if count.sheet == sheet_name(table)).deleted += len(pks)


class SheetLoading:
    """The load of one kind of record."""

    def __init__(self, load: Loading, table: Table) -> None:
        self.load = load
        self.table = table
        self.count = SheetCount(sheet_name(table))
        self.touched: set[int] = set()
        self.waiting: list[Given] = []
        self.rows = table.rows.filter(agency_id=load.agency)
        self.top = self.rows.aggregate(top=Max("sequence"))["top"] or 0
        self.last = 0
        self.is_named = table.record in REFERRED
        if self.is_named:
            names = ("year", "code") if self.is_named_by_year(table) else ("code",)
            found = self.rows.values_list("pk", *names)
            load.codes[table.record] = {
                key[0] if len(key) == 1 else key: pk for pk, *rest in found for key in [tuple(rest)]
            }

    @staticmethod
    def is_named_by_year(table: Table) -> bool:
        """Whether a code of this kind is unique only within a year (budget versions)."""
        return table.kind is not None and "year" in table.kind.key

    def take(self, items: Iterable[Any]) -> None:
        """Load every record, then settle what had to wait."""
        for batch in batches(self.sound(items)):
            self.write(batch)
        for given in self.waiting:
            self.settle(given)
        self.find_absent()
        self.load.counts.append(self.count)

    def sound(self, items: Iterable[Any]) -> Iterator[Given]:
        """The records without a fault of their own, as rows."""
        for item in items:
            faults = [item] if isinstance(item, Fault) else list(self.faults_of(item))
            for fault in faults:
                self.load.blame(fault)
            given = None if faults else self.resolve(item)
            if given is not None:
                yield given

    def faults_of(self, item: Any) -> Iterator[Fault]:
        """What is wrong with one record, by itself and against those that it names."""
        yield from self.load.checker.check(item)
        yield from faults_of_codes(item, self.load.checker, self.load.today)
        yield from faults_of_digits(self.table, item)
        yield from faults_of_length(self.table, item)

    def resolve(self, item: Any) -> Given | None:
        """The row of a record, with keys for codes; None if it names a record that was itself refused.

        A record of its own kind that is not stored yet has to wait.
        """
        row: dict[str, Any] = {}
        waiting: dict[str, str] = {}
        for part in self.table.fields:
            value = getattr(item, part.name)
            if part.refers_to is None:
                row.update(zip(part.columns, part.pack(value), strict=True))
                continue
            key = (item.year, value) if self.is_named_by_year(all_tables()[part.refers_to]) else value
            row[part.columns[0]] = self.load.codes[part.refers_to].get(key) if value else None
            if not value or row[part.columns[0]] is not None:
                continue
            if part.refers_to is not self.table.record:
                assert self.load.faults, f"{part.name} {value} of {name_of(self.table, item)} passed the check"
                return None
            waiting[part.name] = value
        return Given(item, row, waiting)

    def write(self, batch: list[Given]) -> None:
        """Compare one batch with what is stored, and store what is new or differs."""
        keys = [column for part in self.table.key_fields for column in part.columns]
        stored = {tuple(row[key] for key in keys): row for row in self.stored(batch, keys)}
        new: list[Given] = []
        changed: list[Given] = []
        moved: list[Given] = []
        for given in batch:
            old = stored.get(tuple(given.row[name] for name in keys))
            given.row["sequence"] = self.next_place(old["sequence"] if old else None)
            if is_masked(given.row.get(NIP) or ""):
                self.unmask(given, old)
            if old is None:
                new.append(given)
                continue
            given.row["id"] = old["pk"]
            self.touched.add(old["pk"])
            self.compare(given, old, changed, moved)
        self.create(new)
        self.update(changed, [*self.table.columns, "sequence"])
        self.update(moved, ["sequence"])

    def unmask(self, given: Given, old: dict[str, Any] | None) -> None:
        """Put the stored NIP in the place of its mask; blame a mask of any other."""
        known = unmasked(given.record.nip, old[NIP] if old else "")
        if is_masked(known):
            self.load.blame(
                Fault("NIP tersamar ini bukan milik yang tersimpan", given.place, known, "NIP lengkap",
                      "Tulis 18 angkanya, atau kosongkan.")
            )  # fmt: skip
        given.record = replace(given.record, nip=known)
        given.row[NIP] = known

    def stored(self, batch: list[Given], keys: list[str]) -> list[dict[str, Any]]:
        """The stored rows that may have the keys of a batch."""
        narrowed = self.rows
        for key in keys:
            wanted = {given.row[key] for given in batch}
            condition = Q(**{f"{key}__in": wanted - {None}})
            narrowed = narrowed.filter(condition | Q(**{f"{key}__isnull": True}) if None in wanted else condition)
        return list(narrowed.values("pk", "sequence", *self.table.columns))

    def compare(self, given: Given, old: dict[str, Any], changed: list[Given], moved: list[Given]) -> None:
        """Sort a stored record into changed, moved or as before."""
        different = [name for name in self.table.columns if given.row[name] != old[name]]
        if given.waiting:
            self.waiting.append(given)
        if different:
            self.count.changed += 1
            self.tell(given, old, different)
            changed.append(given)
            return
        self.count.unchanged += 1
        if given.row["sequence"] != old["sequence"]:
            moved.append(given)

    def next_place(self, stored: int | None) -> int:
        """The rank of the next record: the stored one as long as it keeps the order of the file."""
        if stored is not None and stored > self.last:
            self.last = stored
        else:
            self.last += 1 if self.last < self.top else STEP
        return self.last

    def tell(self, given: Given, old: dict[str, Any], different: list[str]) -> None:
        """Note every field that changes; refuse to change what was verified."""
        if isinstance(given.record, Realisation):
            for fault in faults_of_state(given.record, old, different):
                self.load.blame(fault)
        self.load.keep_closed(given.record)
        for part in self.table.fields:
            if not any(column in different for column in part.columns):
                continue
            before = (
                self.code_of(part, old) if part.refers_to else shown(part.unpack(*(old[name] for name in part.columns)))
            )
            after = shown(getattr(given.record, part.name))
            name = name_of(self.table, given.record)
            header = header_of(self.table, part.name)
            told = (mask(before), mask(after)) if part.name == NIP else (before, after)
            self.load.note(Change(self.count.sheet, name, header, *told, given.place))
            if self.load.history:
                self.load.history(*history_key(self.table, given.record), header, before, after, self.load.reason)

    def code_of(self, part: Field, old: dict[str, Any]) -> str:
        """The code that a stored reference stands for."""
        assert part.refers_to is not None
        pk = old[part.columns[0]]
        code = next((code for code, known in self.load.codes[part.refers_to].items() if known == pk), "")
        return code[-1] if isinstance(code, tuple) else code

    def create(self, new: list[Given]) -> None:
        """Insert new rows and remember their keys."""
        for given, model in self.stored_anew(new):
            self.load.keep_closed(given.record)
            self.count.created += 1
            given.row["id"] = model.pk
            self.touched.add(model.pk)
            if self.is_named:
                item = given.record
                key = (item.year, item.code) if self.is_named_by_year(self.table) else item.code
                self.load.codes[self.table.record][key] = model.pk
            if given.waiting:
                self.waiting.append(given)
            self.load.note_new(self.table, given)

    def update(self, batch: list[Given], columns: list[str]) -> None:
        """Write rows that exist. An insert that meets its own key is many times faster than `bulk_update`."""
        names = [name.removesuffix("_id") for name in columns]
        self.stored_anew(batch, update_conflicts=True, unique_fields=["id"], update_fields=names)

    def stored_anew(self, batch: list[Given], **how: Any) -> list[tuple[Given, Any]]:
        """Write a batch; if the tables refuse it, write row by row to find out which and why."""
        if not batch:
            return []
        models = [self.table.model(**given.row, agency_id=self.load.agency) for given in batch]
        try:
            with transaction.atomic():
                written = self.table.model._default_manager.bulk_create(models, **how)  # noqa: SLF001
                return list(zip(batch, written, strict=True))
        except (IntegrityError, DataError) as error:
            if len(batch) == 1:
                self.load.blame(refused_by_table(self.table, batch[0], str(error)))
                return []
        return [pair for given in batch for pair in self.stored_anew([given], **how)]

    def settle(self, given: Given) -> None:
        """Fill in references to records of the same kind that stand further down in the sheet."""
        for name, code in given.waiting.items():
            target = self.load.codes[self.table.record].get(code)
            self.rows.filter(pk=given.row["id"]).update(**{f"{name}_id": target})

    def find_absent(self) -> None:
        """Count what is stored for the file's years but does not stand in the file."""
        rows = self.rows.filter(within(self.table, self.load.years)).order_by().values_list("pk", flat=True)
        absent = [pk for pk in rows.iterator() if pk not in self.touched]
        self.count.absent = len(absent)
        self.load.absent[self.table.record] = absent


def load_agency(agency: Agency) -> tuple[int, SheetCount, list[Change]]:
    """Store the agency itself; returns its key, the count and the changes."""
    table = agency_table()
    row = {
        name: value
        for part in table.fields
        for name, value in zip(part.columns, part.pack(getattr(agency, part.name)), strict=True)
    }
    sheet = sheet_name(table)
    old = table.rows.filter(code=agency.code).values("pk", *table.columns).first()
    if old is None:
        created = table.rows.create(**row)
        return created.pk, SheetCount(sheet, created=1), [Change(sheet, agency.code, "", "", "baru", agency.place)]
    changes = [
        Change(sheet, agency.code, header_of(table, name), shown(old[name]), shown(row[name]), agency.place)
        for name in table.columns
        if old[name] != row[name]
    ]
    if changes:
        table.rows.filter(pk=old["pk"]).update(**row)
    return old["pk"], SheetCount(sheet, changed=int(bool(changes)), unchanged=int(not changes)), changes


def faults_of_digits(table: Table, item: Any) -> Iterator[Fault]:
    """Numbers that would be rounded on their way into the tables.

    More than fifteen digits are kept exactly neither by every database nor by a spreadsheet.
    """
    for name, places in table.amounts:
        value = getattr(item, name)
        for amount in (value.amount, value.upper) if isinstance(value, Value) else (value,):
            if amount is not None and not is_exact(amount, places):
                yield Fault(
                    f"{header_of(table, name)}: angka tidak dapat disimpan persis",
                    item.place,
                    str(amount),
                    f"paling banyak {DIGITS} angka penting dan {places} desimal",
                    "Bulatkan angkanya.",
                )


def faults_of_length(table: Table, item: Any) -> Iterator[Fault]:
    """A part of a key that is too long for an index."""
    for part in table.key_fields:
        value = getattr(item, part.name)
        if isinstance(value, str) and len(value) > LONGEST_KEY:
            yield Fault(
                f"{header_of(table, part.name)} terlalu panjang",
                item.place,
                f"{value[:40]}… ({len(value)} huruf)",
                f"paling banyak {LONGEST_KEY} huruf",
                "Ringkaskan isinya.",
            )


def is_exact(amount: Decimal, places: int) -> bool:
    """Whether a column of so many decimals keeps every digit of a number."""
    parts = amount.normalize().as_tuple()
    return isinstance(parts.exponent, int) and -places <= parts.exponent <= DIGITS - len(parts.digits)


def faults_of_state(record: Realisation, old: dict[str, Any], different: list[str]) -> Iterator[Fault]:
    """A locked realisation stays as it is; a verified one changes its value only by way of a draft."""
    before = Progress(old["status"])
    figures = [name for name in different if name.startswith(("value_", "numerator", "denominator"))]
    if before is Progress.LOCKED:
        yield Fault("realisasi sudah dikunci dan tidak dapat diubah", record.place, remedy="Kembalikan nilai semula.")
    elif before is Progress.VERIFIED and figures and record.status in {Progress.VERIFIED, Progress.LOCKED}:
        yield Fault(
            "nilai sudah diverifikasi dan tidak dapat diubah begitu saja",
            record.place,
            remedy="Ubah statusnya menjadi draf, lalu ajukan dan verifikasi kembali.",
        )


def refused_by_table(table: Table, given: Given, text: str) -> Fault:
    """The fault of a row that the tables refuse, in the words of the constraint that says no."""
    constraints = table.model._meta.constraints  # noqa: SLF001
    broken = next((item for item in constraints if re.search(rf"\b{item.name}\b", text)), None)
    reason = str(broken.violation_error_message) if broken else "isi baris tidak dapat disimpan"
    return Fault(reason, given.place, name_of(table, given.record), remedy="Perbaiki isi baris ini.")


def batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The items in lists of some hundreds."""
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def sheet_name(table: Table) -> str:
    """The sheet in which a kind of record stands."""
    return BY_RECORD[table.record].name


def header_of(table: Table, name: str) -> str:
    """The header of the column of a field."""
    columns = (column for column in BY_RECORD[table.record].columns if isinstance(column, Column))
    return next((column.header for column in columns if column.root == name), name)


def history_key(table: Table, item: Any) -> tuple[str, str]:
    """Under which kind and key the history of a record stands."""
    return table.record.__name__, key_text(getattr(item, name) for name in table.key)


def name_of(table: Table, item: Any) -> str:
    """A record by its natural key."""
    return table.place_of({name: getattr(item, name) for name in table.key}).record
