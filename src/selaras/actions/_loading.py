"""One load into one agency: its sheets in their order, what was wrong, what was done, and what is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import ProtectedError

from selaras.actions._bound import bound_indicator, counted_indicators, fault_of_bound, fault_of_counted
from selaras.actions._closed import agreement_of, fault_of_closed
from selaras.actions._naming import history_key, name_of, sheet_name
from selaras.actions._sheet_loading import Given, SheetLoading, batches
from selaras.actions.results import Change, SheetCount
from selaras.core.errors import Fault
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.period import Span
from selaras.documents.workbook.check import Checker
from selaras.documents.workbook.schema import REFERRED
from selaras.store.agreements import closed_agreements
from selaras.store.models.work import AgreementState
from selaras.store.rows import Table, all_tables
from selaras.store.snapshot import records_of

MOST_FAULTS = 1000
MOST_CHANGES = 200


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
    counted: dict[str, str] | None = None
    """The indicators that are counted from registers, with the register's name, once somebody asked."""

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
        if isinstance(item, Realisation):
            if self.counted is None:
                self.counted = counted_indicators(self.agency)
            if item.indicator in self.counted:
                self.blame(fault_of_counted(item.indicator, self.counted[item.indicator], item.place))
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
