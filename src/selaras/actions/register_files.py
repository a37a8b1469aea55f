"""Records of a register from a file, all of them or none; and out as a file, personal data only for who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from selaras.actions._files import sha256_of, written
from selaras.actions._many_rows import insert_rows, new_keys
from selaras.actions._register_figures import recount
from selaras.actions._registers import hand, refuse_inactive
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_somewhere, may
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import Content, FieldKind, fits, read_content
from selaras.core.registers.fields import Field as RegisterField
from selaras.core.registers.history import moves_to
from selaras.core.registers.numbering import number_for, series
from selaras.core.registers.reading import faults_of_record
from selaras.core.registers.records import Record
from selaras.documents import registers as files
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_rows import (
    faults_of_digits,
    pack,
    public_rows,
    record_of,
    whole_rows,
    workdays_on,
)
from selaras.store.registers import Ask, Held, asked_rows, find_register, roles_in, sees_personal, sees_records

BATCH = 500
MOST_FAULTS = 200
NEW = "baru"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many records, and the first and last of their numbers."""

    records: int
    first: str
    last: str


@dataclass(slots=True)
class _Import:
    """An import on its way: what is known of the agency, the series that run, the faults so far."""

    held: Held
    by: str
    today: date
    workdays: Workdays
    seal: int
    units: Mapping[str, int]
    known: Mapping[FieldKind, frozenset[str]]
    series: dict[str, int] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    @property
    def register(self) -> Register:
        return self.held.register


def import_records(by: Actor, *, agency: str, register: str, path: Path, dry: bool = False) -> Imported:
    """Take every record of an XLSX or CSV file in, in one transaction; a row without a number gets the next one.

    With `dry` everything is looked at and nothing is kept. Raises Refusal naming file, sheet, row and column of each
    fault (at most two hundred; nothing is kept then), CannotRun, NotAllowed, NotFound.
    """
    with traced(by, action="mengimpor rekaman register", agency=agency, act=Act.KEEP_REGISTER) as trace:
        held = find_register(agency, register)
        refuse_inactive(held)
        if not roles_in(by, agency) & set(held.register.opened_by) and not may(by, Act.DEFINE_REGISTER, agency):
            raise NotAllowed(f"Anda tidak berhak membuka rekaman dalam register {held.register.name}.")
        work = _begun(held, hand(by))
        amount, first, last, years = 0, "", "", set()
        with closing(files.read_rows(path, held.register)) as rows:
            while batch := list(islice(rows, BATCH)):
                records = [record for row in batch if (record := _record(work, row)) is not None]
                records = _numbered(work, records)
                _refuse_known(work, records)
                if work.faults:
                    if len(work.faults) >= MOST_FAULTS:
                        break
                    continue
                if not dry:
                    _write(work, records)
                amount += len(records)
                years |= {record.moves[0].on.year for record in records}
                if records:
                    first, last = first or records[0].number, records[-1].number
        if work.faults:
            raise Refusal(f"Berkas {path.name} tidak dimuat.", *work.faults[:MOST_FAULTS])
        trace |= {"register": register, "file": path.name, "sha256": sha256_of(path), "records": amount}
        if dry:
            trace["dry"] = "ya"
            return Imported(amount, first, last)
        for name, serial in work.series.items():
            tables.RegisterSeries.objects.filter(definition=held.pk, name=name).update(last=serial)
        recount(by, trace, held, years)
    return Imported(amount, first, last)


def export_records(
    by: Actor, *, agency: str, register: str, path: Path, ask: Ask | None = None, personal: bool = False
) -> int:
    """Write the records of a register that the actor sees to an XLSX, CSV or JSON file; gives how many.

    Without `personal`, columns of personal data are left out; with it, only for who reads them. Notes and messages never
    leave. Raises NotAllowed, NotFound, CannotRun.
    """
    with traced(by, action="mengekspor register", agency=agency) as trace:
        check_somewhere(by, Act.EXPORT_REGISTER, agency)
        held = find_register(agency, register)
        if not sees_records(by, held):
            raise NotFound(f"Rekaman register {register} tidak ditemukan.")
        if personal and not sees_personal(by, held):
            raise NotAllowed(f"{by.name} tidak berhak mengekspor data pribadi register {held.register.name}.")
        today = timezone.localdate()
        rows = asked_rows(by, held, ask or Ask(order="opened"), today)
        names = {
            code: name for code, name in files.columns_for(held.register).items() if personal or not _is_personal(held, code)
        }  # fmt: skip
        amount = 0
        with written(path) as draft, files.table_writer(draft, held.register.name, list(names.values())) as write:
            for row in (whole_rows if personal else public_rows)(rows).iterator(chunk_size=1000):
                record = record_of(held.register, row, private=personal)
                write([_content(held.register, record, row, subject) for subject in names])
                amount += 1
        trace |= {
            "register": register, "records": amount, "personal": "ya" if personal else "tidak", "file": path.name
        }  # fmt: skip
    return amount


# ---- in --------------------------------------------------------------------------------------------------------------


def _begun(held: Held, by: str) -> _Import:
    today, agency = timezone.localdate(), held.row.agency_id
    workdays = workdays_on(today)
    kinds = {item.kind for item in held.register.fields}
    known: dict[FieldKind, frozenset[str]] = {}
    units = dict(tables.Unit.objects.filter(agency=agency).values_list("code", "pk"))
    if FieldKind.UNIT in kinds:
        known[FieldKind.UNIT] = frozenset(units)
    if FieldKind.EMPLOYEE in kinds:
        known[FieldKind.EMPLOYEE] = frozenset(
            tables.Employee.objects.filter(agency=agency).values_list("code", flat=True)
        )
    # Held until the end, so that nobody else is given a number of these series meanwhile.
    taken = tables.RegisterSeries.objects.select_for_update().filter(definition=held.pk)
    return _Import(
        held, by, today, workdays, held.seal(workdays), units, known, dict(taken.values_list("name", "last"))
    )


def _record(work: _Import, row: files.Row) -> Record | None:
    """The record of a row; None where it has a fault."""
    before = len(work.faults)
    opened = _day(work, row, files.OPENED)
    if opened is None and len(work.faults) == before:
        work.faults.append(Fault("tanggal masuk belum diisi", row.at(files.OPENED), expected="tanggal"))
    content = {}
    for item in work.register.fields:
        if item.code in row.cells and (made := _read(work, row, item)) is not None:
            content[item.code] = made
    unit = str(row.cells.get(files.UNIT, ""))
    if unit and unit not in work.units:
        work.faults.append(Fault("unit kerja tidak dikenal", row.at(files.UNIT), unit, "kode unit kerja"))
    days = {
        item.code: day
        for item in work.register.states
        if (day := _day(work, row, f"{files.REACHED}{item.code}")) is not None
    }
    closed, state = _day(work, row, files.CLOSED), _state(work, row)
    if len(work.faults) > before or opened is None:
        return None
    try:
        moves = moves_to(
            work.register, state, opened=opened, days=days, last=closed, place=row.at(files.STATE)
        )  # fmt: skip
    except Refusal as refusal:
        work.faults += refusal.faults
        return None
    number = str(row.cells.get(files.NUMBER, ""))
    record = Record(number or NEW, work.register.code, content, moves, unit=unit, place=row.place)
    faults = [*faults_of_record(work.register, record), *faults_of_digits(work.register, content, row.place)]
    late = [move for move in moves if move.on > work.today]
    faults += [
        Fault("tanggal di masa depan", row.place, move.on.isoformat(), "paling lambat hari ini") for move in late
    ]
    if faults:
        work.faults += faults
        return None
    return record


def _read(work: _Import, row: files.Row, item: RegisterField) -> Content | None:
    cell = row.cells[item.code]
    if not isinstance(cell, str) and fits(item.kind, cell):
        return cell
    text = files.plain(cell)
    made = _typed(work, row, item, text, item.code)
    if made is not None and item.kind in work.known and made not in work.known[item.kind]:
        fault = Fault(f"{item.name} tidak dikenal", row.at(item.code), text, f"kode {item.kind.value}")
        work.faults.append(fault)
    return made


def _typed(work: _Import, row: files.Row, item: RegisterField, text: str, subject: str) -> Content | None:
    """The content of a cell; where it stands is only looked up for a fault."""
    try:
        return read_content(item, text)
    except Refusal:
        try:
            return read_content(item, text, row.at(subject))
        except Refusal as refusal:
            work.faults += refusal.faults
            return None


def _day(work: _Import, row: files.Row, subject: str) -> date | None:
    cell = row.cells.get(subject)
    if cell is None or isinstance(cell, date):
        return cell
    made = _typed(work, row, _DAY, files.plain(cell), subject)
    return made if isinstance(made, date) else None


_DAY = RegisterField("tanggal", "Tanggal", FieldKind.DATE)


def _state(work: _Import, row: files.Row) -> str:
    """The code of the state that a row names by code or name; without one, the first."""
    text = " ".join(str(row.cells.get(files.STATE, "")).split())
    if not text:
        return work.register.states[0].code
    for item in work.register.states:
        if text.casefold() in {item.code, item.name.casefold()}:
            return item.code
    expected = ", ".join(item.name for item in work.register.states)
    work.faults.append(Fault("keadaan tidak dikenal", row.at(files.STATE), text, expected))
    return ""


def _numbered(work: _Import, records: list[Record]) -> list[Record]:
    """The records with a number each: those without get the next ones of their series that no record has."""
    rows = tables.RegisterRecord.objects.filter(definition=work.held.pk)
    made = list(records)
    while waiting := [at for at, record in enumerate(made) if record.number == NEW]:
        drawn = {at: _next(work, made[at].moves[0].on, made[at].unit) for at in waiting}
        stored = set(rows.filter(number__in=list(drawn.values())).values_list("number", flat=True))
        for at, number in drawn.items():
            if number not in stored and number not in work.numbers:
                made[at] = replace(made[at], number=number)
    return made


def _next(work: _Import, on: date, unit: str) -> str:
    """The next number of a series; the series is made where there is none yet."""
    name = series(work.register.numbering, on)
    if name not in work.series:
        tables.RegisterSeries.objects.get_or_create(definition=work.held.row, name=name)
        work.series[name] = 0
    work.series[name] += 1
    return number_for(work.register.numbering, work.series[name], on, unit)


def _refuse_known(work: _Import, records: list[Record]) -> None:
    """Blame numbers that stand twice in the file or are kept already, and records that are referred to and not there."""
    numbers = [record.number for record in records]
    rows = tables.RegisterRecord.objects.filter(definition=work.held.pk, number__in=numbers)
    stored = set(rows.values_list("number", flat=True))
    for record in records:
        if record.number in stored or record.number in work.numbers:
            at = replace(record.place, column=files.HEADS[files.NUMBER])
            work.faults.append(Fault("nomor sudah ada", at, record.number, "nomor yang belum dipakai"))
        work.numbers.add(record.number)
    for item in work.register.fields:
        if item.kind is FieldKind.RECORD:
            _refuse_unknown(work, records, item)


def _refuse_unknown(work: _Import, records: list[Record], item: RegisterField) -> None:
    named = {record.content[item.code] for record in records if item.code in record.content}
    rows = tables.RegisterRecord.objects.filter(
        definition__agency=work.held.row.agency_id, definition__code=item.of, number__in=named
    )
    known: set[Any] = set(rows.values_list("number", flat=True))
    for record in records:
        content = record.content.get(item.code)
        if content is not None and content not in known:
            at = replace(record.place, column=item.name)
            work.faults.append(
                Fault(f"{item.name} tidak ditemukan", at, str(content), f"nomor dalam register {item.of}")
            )


_ROW = (
    "id", "definition_id", "number", "series", "unit_id", "public", "version", "changed_at", "state", "opened",
    "closed", "last_on", "seal", "standing", "started", "due", "ended", "used", "running", "unsure", "content", "facts",
)  # fmt: skip
_STEP = ("record_id", "order", "kind", "code", "on", "at", "by", "shown_publicly", "file", "sha256", "note")


def _write(work: _Import, records: list[Record]) -> None:
    now = timezone.now()
    packs = [pack(work.register, record, work.workdays, work.seal) for record in records]
    keys = new_keys(tables.RegisterRecord, len(records))
    fixed = (False, 1, now)
    insert_rows(
        tables.RegisterRecord, _ROW,
        (
            (key, work.held.pk, record.number, "", work.units.get(record.unit), *fixed,
             *(packed.columns[name] for name in _ROW[8:]))
            for key, record, packed in zip(keys, records, packs, strict=True)
        ),
    )  # fmt: skip
    insert_rows(
        tables.RegisterPrivate, ("record_id", "content", "facts"),
        (
            (key, packed.private["content"], packed.private["facts"])
            for key, packed in zip(keys, packs, strict=True) if packed.private is not None
        ),
    )  # fmt: skip
    insert_rows(
        tables.RegisterEvent, _STEP,
        (
            (key, order, Happening.STATE.value, move.state, move.on, now, work.by, False, "", "", "")
            for key, record in zip(keys, records, strict=True) for order, move in enumerate(record.moves, 1)
        ),
    )  # fmt: skip


# ---- out -------------------------------------------------------------------------------------------------------------


def _is_personal(held: Held, code: str) -> bool:
    found = held.register.field(code)
    return found is not None and found.personal


def _content(register: Register, record: Record, row: tables.RegisterRecord, subject: str) -> Content | None:
    if subject == files.STATE:
        found = register.state(row.state)
        return found.name if found else row.state
    if subject.startswith(files.REACHED):
        code = subject.removeprefix(files.REACHED)
        return next((move.on for move in record.moves if move.state == code), None)
    plain: dict[str, Content | None] = {
        files.NUMBER: row.number, files.OPENED: row.opened, files.CLOSED: row.closed, files.UNIT: record.unit or None,
    }  # fmt: skip
    return plain[subject] if subject in plain else record.content.get(subject)
