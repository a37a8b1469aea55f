"""The records of one sheet on their way into one table: checks, references, what changes, and writing in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Max, Q

from selaras.actions._naming import header_of, history_key, name_of, sheet_name
from selaras.actions._row_faults import faults_of_digits, faults_of_length, faults_of_state, refused_by_table
from selaras.actions._rules import faults_of_codes
from selaras.actions.results import Change, SheetCount
from selaras.core.errors import Fault
from selaras.core.measurement.records import Realisation
from selaras.core.nip import is_masked, mask, unmasked
from selaras.core.place import Place
from selaras.documents.workbook.schema import REFERRED
from selaras.store.rows import Field, Table, all_tables, shown
from selaras.store.snapshot import within

if TYPE_CHECKING:
    from selaras.actions._loading import Loading

BATCH = 500
STEP = 1024
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
                self.load.blame(refused_by_table(self.table, batch[0].record, str(error)))
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


def batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The items in lists of some hundreds."""
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch
