"""Checked records of an import, laid aside in temporary tables until they are written: numbered, and all at once.

Reading, checking and packing takes nearly all of an import's time and hinders nobody. The database is held only while it
copies what lies ready, so that others who write wait for seconds and not for minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from types import TracebackType
from typing import Any, Self

from django.utils import timezone

from selaras.actions._many_rows import (
    Aside,
    found,
    insert_copied,
    keys_aside,
    plain_row,
    run,
    shift_of,
    table_of,
)
from selaras.actions._register_rows import NEW, Import
from selaras.actions.audit import Trace
from selaras.core.errors import Fault, Refusal
from selaras.core.registers.numbering import number_for, series
from selaras.core.registers.records import Record
from selaras.store import models as tables
from selaras.store.models.registers import ASKED, Happening

BATCH = 500
MOST_NAMED = 20
_PACKED = (
    "state", "opened", "closed", "last_on", "seal", "standing", "started", "due", "ended", "used", "running", "unsure",
    *ASKED, "content", "facts",
)  # fmt: skip
_PRIVATE = ("record_id", "content", "facts")
_STEP = ("record_id", "order", "code", "on")
_AGAIN = "Muat berkasnya sekali lagi."


class Drafts:
    """The checked records of an import; a context manager, at whose end nothing of them is left."""

    def __init__(self) -> None:
        self._aside = Aside({
            "import_record": (tables.RegisterRecord, ("id", "number", "unit_id", *_PACKED)),
            "import_private": (tables.RegisterPrivate, _PRIVATE),
            "import_step": (tables.RegisterEvent, _STEP),
            "import_number": (tables.RegisterRecord, ("id", "number")),
        })  # fmt: skip
        self.amount = 0
        self.years: set[int] = set()
        self.units: set[str] = set()
        self._ends: list[str] = []
        self._unnumbered: list[tuple[int, date, str]] = []
        self._drawn: list[str] = []
        self._before: dict[str, int] = {}
        self._after: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._aside.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._aside.__exit__(kind, error, trace)

    def add(self, work: Import, records: Sequence[Record]) -> None:
        """Lay records down, packed as their rows will be."""
        rows: list[list[Any]] = []
        private: list[list[Any]] = []
        steps: list[list[Any]] = []
        keys = keys_aside(tables.RegisterRecord, len(records), self.amount)
        for key, record in zip(keys, records, strict=True):
            packed = work.held.pack(record, work.workdays, work.seal)
            opened = record.moves[0].on
            number = None if record.number == NEW else record.number
            columns = plain_row(packed.columns[name] for name in _PACKED)
            rows.append([key, number, work.units.get(record.unit), *columns])
            if packed.private:
                private.append([key, *plain_row([packed.private["content"], packed.private["facts"]])])
            steps += [[key, order, move.state, move.on.isoformat()] for order, move in enumerate(record.moves, 1)]
            if number is None:
                self._unnumbered.append((key, opened, record.unit))
            self.years.add(opened.year)
            if record.unit:
                self.units.add(record.unit)
            self._ends = [*self._ends[:1], record.number]
        self.amount += len(records)
        self._aside.fill("import_record", rows)
        self._aside.fill("import_private", private)
        self._aside.fill("import_step", steps)

    def draw_numbers(self, work: Import, last: dict[str, int]) -> None:
        """Give each record without a number the next one that no record has, behind the `last` one of its series."""
        self._before, self._after, self._drawn = last, dict(last), []
        run("DELETE FROM import_number")
        waiting = iter(self._unnumbered)
        while batch := list(islice(waiting, BATCH)):
            numbers = _free_numbers(work, batch, self._after)
            self._drawn += numbers
            self._aside.fill("import_number", [[row[0], number] for row, number in zip(batch, numbers, strict=True)])

    def settled_numbers(self, work: Import) -> dict[str, int]:
        """The last number of each series with these records; drawn anew where others were given some meanwhile.

        Call inside the transaction that writes: nobody else is given a number until it ends. Raises Refusal for a number
        of the file that somebody took meanwhile.
        """
        if taken := _taken(work, "import_record"):
            fault = Fault("nomor dipakai orang lain selagi berkas diperiksa", read=", ".join(taken))
            raise Refusal("Berkas tidak dimuat.", fault)
        last = last_numbers(work, locked=True)
        if self._unnumbered and (last != self._before or _taken(work, "import_number")):
            self.draw_numbers(work, last)
        return self._after if self._unnumbered else {}

    def first_and_last(self) -> tuple[str, str]:
        """The numbers of the first and the last record; empty without any."""
        if not self._ends:
            return "", ""
        first, last = self._ends[0], self._ends[-1]
        return self._drawn[0] if first == NEW else first, self._drawn[-1] if last == NEW else last


def last_numbers(work: Import, *, locked: bool = False) -> dict[str, int]:
    """The last number that was given in each series of the register; `locked`: for nobody else until the transaction ends."""
    rows = tables.RegisterSeries.objects.filter(definition=work.held.pk)
    return dict((rows.select_for_update() if locked else rows).values_list("name", "last"))


def refuse_outdated(work: Import, drafts: Drafts) -> None:
    """Refuse to write what was checked by a definition that changed meanwhile, or for units that are gone."""
    row = tables.RegisterDefinition.objects.select_for_update().filter(pk=work.held.pk).first()
    if row is None or row.body != work.held.row.body or not row.active:
        fault = Fault("definisi register berubah selagi berkas diperiksa", read=work.register.code, remedy=_AGAIN)
        raise Refusal("Berkas tidak dimuat.", fault)
    units = tables.Unit.objects.filter(pk__in=[work.units[code] for code in drafts.units])
    if gone := sorted(drafts.units - set(units.values_list("code", flat=True))):
        raise Refusal("Berkas tidak dimuat.", Fault("unit kerja tidak ada lagi", read=", ".join(gone), remedy=_AGAIN))


def write_drafts(work: Import, drafts: Drafts, trace: Trace, *, dry: bool) -> None:
    """Write every record, but for a dry run; the trace is told how many, the first and the last number.

    Raises Refusal for a number that somebody else took meanwhile.
    """
    running = drafts.settled_numbers(work)
    if not dry:
        _write(work)
        for name, serial in running.items():
            tables.RegisterSeries.objects.update_or_create(
                definition=work.held.row, name=name, defaults={"last": serial}
            )
    first, last = drafts.first_and_last()
    trace |= {"records": drafts.amount, "first": first, "last": last}


def _taken(work: Import, aside: str) -> list[str]:
    """The first numbers of a temporary table that records have already."""
    return found(
        f"SELECT number FROM {table_of(tables.RegisterRecord)} WHERE definition_id = %s AND number IN "  # noqa: S608
        f"(SELECT number FROM {aside} WHERE number IS NOT NULL) ORDER BY number LIMIT {MOST_NAMED}",
        [work.held.pk],
    )


def _free_numbers(work: Import, batch: list[tuple[int, date, str]], running: dict[str, int]) -> list[str]:
    """The next numbers of their series, without those that stand in the file or that a record has."""
    rows = tables.RegisterRecord.objects.filter(definition=work.held.pk)
    numbers = [""] * len(batch)
    while waiting := [at for at, number in enumerate(numbers) if not number]:
        drawn = {at: _next(work, batch[at], running) for at in waiting}
        stored = set(rows.filter(number__in=list(drawn.values())).values_list("number", flat=True))
        for at, number in drawn.items():
            if number not in stored and number not in work.numbers:
                numbers[at] = number
    return numbers


def _next(work: Import, row: tuple[int, date, str], running: dict[str, int]) -> str:
    _, on, unit = row
    name = series(work.register.numbering, on)
    running[name] = running.get(name, 0) + 1
    return number_for(work.register.numbering, running[name], on, unit)


def _write(work: Import) -> None:
    shift = shift_of(tables.RegisterRecord)
    [now] = plain_row([timezone.now()])
    insert_copied(
        tables.RegisterRecord,
        {
            "id": f"r.id + {shift}", "number": "COALESCE(r.number, n.number)", "unit_id": "r.unit_id",
            "definition_id": (work.held.pk,), "series": ("",), "public": (False,), "version": (1,), "changed_at": (now,),
            **{name: f"r.{name}" for name in _PACKED},
        }, "import_record r LEFT JOIN import_number n ON n.id = r.id",
    )  # fmt: skip
    insert_copied(
        tables.RegisterPrivate, {"record_id": f"record_id + {shift}", "content": "content", "facts": "facts"},
        "import_private",
    )  # fmt: skip
    insert_copied(
        tables.RegisterEvent,
        {
            "record_id": f"record_id + {shift}", "order": '"order"', "code": "code", "on": '"on"', "at": (now,),
            "kind": (Happening.STATE.value,), "by": (work.by,), "shown_publicly": (False,), "file": ("",),
            "sha256": ("",), "note": ("",),
        }, "import_step",
    )  # fmt: skip
