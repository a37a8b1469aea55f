"""Checked records of an import, laid down in a file until they are written: numbered then, and many at a time.

Reading and checking takes most of an import's time and writes nothing, so the database is held for the writing alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, Any

from django.utils import timezone

from selaras.actions._many_rows import insert_plain, new_keys, plain_row
from selaras.actions._register_rows import NEW, Import
from selaras.actions.audit import Trace
from selaras.core.errors import Fault, Refusal
from selaras.core.registers.numbering import number_for, series
from selaras.core.registers.records import Record
from selaras.store import models as tables
from selaras.store.models.registers import ASKED, Happening

BATCH = 500
_PACKED = (
    "state", "opened", "closed", "last_on", "seal", "standing", "started", "due", "ended", "used", "running", "unsure",
    *ASKED, "content", "facts",
)  # fmt: skip
_ROW = ("id", "definition_id", "number", "series", "unit_id", "public", "version", "changed_at", *_PACKED)
_STEP = ("record_id", "order", "kind", "code", "on", "at", "by", "shown_publicly", "file", "sha256", "note")
_AGAIN = "Muat berkasnya sekali lagi."


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as it lies in the file: its number or `NEW`, its unit, its columns, its personal part and its steps."""

    number: str
    unit: str
    opened: str
    row: list[Any]
    private: list[Any] | None
    steps: list[list[str]]


class Drafts:
    """The checked records of an import in a file of their own, which its maker opens and closes."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.amount = 0
        self.years: set[int] = set()
        self.units: set[str] = set()

    def add(self, work: Import, record: Record) -> None:
        """Lay one record down, packed as its row will be."""
        packed = work.held.pack(record, work.workdays, work.seal)
        private = packed.private and plain_row([packed.private["content"], packed.private["facts"]])
        opened = record.moves[0].on
        steps = [[move.state, move.on.isoformat()] for move in record.moves]
        row = plain_row(packed.columns[name] for name in _PACKED)
        drawn = [record.number, record.unit, opened.isoformat(), row, private, steps]
        self._file.write(f"{json.dumps(drawn, ensure_ascii=False)}\n")
        self.amount += 1
        self.years.add(opened.year)
        if record.unit:
            self.units.add(record.unit)

    def batches(self) -> Iterator[list[Draft]]:
        """The records in their order, some hundreds at a time."""
        self._file.seek(0)
        while lines := list(islice(self._file, BATCH)):
            yield [Draft(*json.loads(line)) for line in lines]


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
    """Number every record and write it, but for a dry run; the trace is told how many, the first and the last number.

    Raises Refusal for a number that somebody else gave meanwhile.
    """
    # Held until the end, so that nobody else is given a number of these series meanwhile.
    taken = tables.RegisterSeries.objects.select_for_update().filter(definition=work.held.pk)
    running = dict(taken.values_list("name", "last"))
    ends = ["", ""]
    for batch in drafts.batches():
        numbers = _numbered(work, batch, running)
        if numbers:
            ends = [ends[0] or numbers[0], numbers[-1]]
        if not dry:
            _write(work, batch, numbers)
    if not dry:
        for name, serial in running.items():
            tables.RegisterSeries.objects.update_or_create(
                definition=work.held.row, name=name, defaults={"last": serial}
            )
    trace |= {"records": drafts.amount, "first": ends[0], "last": ends[1]}


def _numbered(work: Import, batch: list[Draft], running: dict[str, int]) -> list[str]:
    """The number of each record: those without get the next ones of their series that no record has."""
    rows = tables.RegisterRecord.objects.filter(definition=work.held.pk)
    numbers = [draft.number for draft in batch]
    given = [number for number in numbers if number != NEW]
    if taken := sorted(rows.filter(number__in=given).values_list("number", flat=True)):
        raise Refusal(
            "Berkas tidak dimuat.",
            Fault("nomor dipakai orang lain selagi berkas diperiksa", read=", ".join(taken[:20])),
        )
    while waiting := [at for at, number in enumerate(numbers) if number == NEW]:
        drawn = {at: _next(work, batch[at], running) for at in waiting}
        stored = set(rows.filter(number__in=list(drawn.values())).values_list("number", flat=True))
        for at, number in drawn.items():
            if number not in stored and number not in work.numbers:
                numbers[at] = number
    return numbers


def _next(work: Import, draft: Draft, running: dict[str, int]) -> str:
    on = date.fromisoformat(draft.opened)
    name = series(work.register.numbering, on)
    running[name] = running.get(name, 0) + 1
    return number_for(work.register.numbering, running[name], on, draft.unit)


def _write(work: Import, batch: list[Draft], numbers: list[str]) -> None:
    [now] = plain_row([timezone.now()])
    keys = new_keys(tables.RegisterRecord, len(batch))
    insert_plain(
        tables.RegisterRecord, _ROW,
        (
            (key, work.held.pk, number, "", work.units.get(draft.unit), False, 1, now, *draft.row)
            for key, number, draft in zip(keys, numbers, batch, strict=True)
        ),
    )  # fmt: skip
    insert_plain(
        tables.RegisterPrivate, ("record_id", "content", "facts"),
        ((key, *draft.private) for key, draft in zip(keys, batch, strict=True) if draft.private is not None),
    )  # fmt: skip
    insert_plain(
        tables.RegisterEvent, _STEP,
        (
            (key, order, Happening.STATE.value, state, on, now, work.by, False, "", "", "")
            for key, draft in zip(keys, batch, strict=True) for order, (state, on) in enumerate(draft.steps, 1)
        ),
    )  # fmt: skip
