"""Rows of a file as records on their way in: read and checked, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.core.errors import Fault, Refusal
from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import Content, FieldKind, fits, read_content
from selaras.core.registers.fields import Field as RegisterField
from selaras.core.registers.history import moves_to
from selaras.core.registers.reading import faults_of_record
from selaras.core.registers.records import Record
from selaras.documents import registers as files
from selaras.store import models as tables
from selaras.store.register_access import Held
from selaras.store.register_rows import faults_of_digits, workdays_on

MOST_FAULTS = 200
SHORT, MOST_READ = 40, 5000
NEW = "baru"


@dataclass(slots=True)
class Import:
    """An import on its way: what is known of the agency, the numbers and the faults so far."""

    held: Held
    by: str
    today: date
    workdays: Workdays
    seal: int
    units: Mapping[str, int]
    known: Mapping[FieldKind, frozenset[str]]
    numbers: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    read: dict[str, dict[str, Content | None]] = field(default_factory=dict)
    """What texts of a field were read as."""

    @property
    def register(self) -> Register:
        return self.held.register


def begun(held: Held, by: str) -> Import:
    """An import of records into a register, with nothing read yet."""
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
    return Import(held, by, today, workdays, held.seal(workdays), units, known)


def record_of_row(work: Import, row: files.Row) -> Record | None:
    """The record of a row; None where it has a fault."""
    before = len(work.faults)
    opened = _day(work, row, files.OPENED)
    if opened is None and len(work.faults) == before:
        work.faults.append(Fault("tanggal masuk belum diisi", row.at(files.OPENED), expected="tanggal"))
    content: dict[str, Content] = {}
    sound: set[str] = set()
    for item in work.register.fields:
        cell = row.cells.get(item.code)
        if cell is None:
            continue
        if not isinstance(cell, str) and fits(item.kind, cell):
            content[item.code] = cell
        elif (made := _read(work, row, item, cell)) is not None:
            content[item.code] = made
            sound.add(item.code)
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
    faults = [*faults_of_record(work.register, record, sound), *faults_of_digits(work.register, content, row.place)]
    late = [move for move in moves if move.on > work.today]
    faults += [
        Fault("tanggal di masa depan", row.place, move.on.isoformat(), "paling lambat hari ini") for move in late
    ]
    if faults:
        work.faults += faults
        return None
    return record


def _read(work: Import, row: files.Row, item: RegisterField, cell: files.Cell) -> Content | None:
    text = files.plain(cell)
    made = _typed(work, row, item, text, item.code)
    if made is not None and item.kind in work.known and made not in work.known[item.kind]:
        fault = Fault(f"{item.name} tidak dikenal", row.at(item.code), text, f"kode {item.kind.value}")
        work.faults.append(fault)
    return made


def _typed(work: Import, row: files.Row, item: RegisterField, text: str, subject: str) -> Content | None:
    """The content of a cell; where it stands is only looked up for a fault. Short texts come again: they are kept."""
    read = work.read.setdefault(item.code, {})
    if text in read:
        return read[text]
    try:
        made = read_content(item, text)
    except Refusal:
        try:
            return read_content(item, text, row.at(subject))
        except Refusal as refusal:
            work.faults += refusal.faults
            return None
    if len(text) <= SHORT:
        if len(read) >= MOST_READ:
            read.clear()
        read[text] = made
    return made


def _day(work: Import, row: files.Row, subject: str) -> date | None:
    cell = row.cells.get(subject)
    if cell is None or isinstance(cell, date):
        return cell
    made = _typed(work, row, _DAY, files.plain(cell), subject)
    return made if isinstance(made, date) else None


_DAY = RegisterField("@tanggal", "Tanggal", FieldKind.DATE)


def _state(work: Import, row: files.Row) -> str:
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


def refuse_known(work: Import, records: list[Record]) -> None:
    """Blame numbers that stand twice in the file or are kept already, and records that are referred to and not there."""
    numbers = [record.number for record in records if record.number != NEW]
    rows = tables.RegisterRecord.objects.filter(definition=work.held.pk, number__in=numbers)
    stored = set(rows.values_list("number", flat=True))
    for record in records:
        if record.number == NEW:
            continue
        if record.number in stored or record.number in work.numbers:
            at = replace(record.place, column=files.HEADS[files.NUMBER])
            work.faults.append(Fault("nomor sudah ada", at, record.number, "nomor yang belum dipakai"))
        work.numbers.add(record.number)
    for item in work.register.fields:
        if item.kind is FieldKind.RECORD:
            _refuse_unknown(work, records, item)


def _refuse_unknown(work: Import, records: list[Record], item: RegisterField) -> None:
    named = {record.content[item.code] for record in records if item.code in record.content}
    rows = tables.RegisterRecord.objects.filter(
        definition__agency=work.held.row.agency_id, definition__code=item.of, number__in=named
    )
    known: set[Any] = set(rows.values_list("number", flat=True))
    if item.of == work.register.code:
        known |= work.numbers
    for record in records:
        content = record.content.get(item.code)
        if content is not None and content not in known:
            at = replace(record.place, column=item.name)
            work.faults.append(
                Fault(f"{item.name} tidak ditemukan", at, str(content), f"nomor dalam register {item.of}")
            )
