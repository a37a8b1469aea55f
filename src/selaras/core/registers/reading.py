"""Taking records in: texts of a form or a sheet as content, and what is wrong with a record as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import format_number
from selaras.core.place import NOWHERE, Place
from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import Register
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Content, Field, faults_of_content, read_content
from selaras.core.registers.filters import holds
from selaras.core.registers.records import Record

NO_TABLE = Workdays()


def read_texts(
    register: Register, texts: Mapping[str, str], place: Place = NOWHERE
) -> tuple[dict[str, Content], tuple[Fault, ...]]:
    """The content that the typed texts stand for, and every fault; a field with a fault is left out.

    Texts go by the code of their field; unknown codes are faults. `place` is where the row stands; the column of each
    fault is the name of its field.
    """
    content: dict[str, Content] = {}
    faults: list[Fault] = []
    for code, text in texts.items():
        field = register.field(code)
        if field is None:
            expected = ", ".join(item.code for item in register.fields)
            faults.append(Fault("isian tidak dikenal", place, code, expected, "Periksa judul kolom."))
            continue
        try:
            made = read_content(field, text, replace(place, column=field.name))
        except Refusal as refusal:
            faults += refusal.faults
            continue
        if made is not None:
            content[code] = made
    return content, tuple(faults)


def faults_of_record(register: Register, record: Record, sound: Collection[str] = ()) -> tuple[Fault, ...]:
    """Everything that is wrong with a record: unknown fields, contents, what is missing, dates that cannot be.

    `sound` are fields whose content `read_content` gave: it was looked at then. Whether a record that is referred to
    exists, only the store knows.
    """
    return tuple(_faults(register, record, sound))


def asked_publicly(register: Register) -> tuple[Field, ...]:
    """The fields of the public form, in order; none if the register is not open to the public."""
    return tuple(field for field in register.fields if field.public) if register.open_to_public else ()


def _faults(register: Register, record: Record, sound: Collection[str]) -> Iterator[Fault]:
    for code, content in record.content.items():
        if code in sound:
            continue
        field = register.field(code)
        if field is None:
            yield Fault("isian tidak dikenal", _at(record), code, ", ".join(item.code for item in register.fields))
        elif any(faults_of_content(field, content)):
            # Where it stands is only worked out for a fault: there are many contents and few faults.
            yield from faults_of_content(field, content, _at(record, field))
    yield from _missing(register, record)
    yield from _backwards(register, record)
    yield from _moves(register, record)


def _missing(register: Register, record: Record) -> Iterator[Fault]:
    required = [field for field in register.fields if field.required]
    facts = RecordFacts(register, record, NO_TABLE, date.max)
    for demand in register.demands:
        field = register.field(demand.field)
        if field is not None and field not in required and holds(demand.when, facts):
            required.append(field)
    for field in required:
        if field.code not in record.content:
            yield Fault(f"{field.name} belum diisi", _at(record, field), "", field.kind.value, "Isi isian ini.")


def _backwards(register: Register, record: Record) -> Iterator[Fault]:
    for field in register.fields:
        if not field.not_before and not field.not_above:
            continue
        day, before = record.content.get(field.code), record.content.get(field.not_before)
        amount, most = record.content.get(field.code), record.content.get(field.not_above)
        if isinstance(day, date) and isinstance(before, date) and day < before:
            yield Fault(
                f"{field.name} mendahului {_name(register, field.not_before)}", _at(record, field), format_date(day),
                f"{format_date(before)} atau sesudahnya", "Periksa kedua tanggal itu.",
            )  # fmt: skip
        if isinstance(amount, Decimal) and isinstance(most, Decimal) and amount > most:
            yield Fault(
                f"{field.name} melebihi {_name(register, field.not_above)}", _at(record, field), format_number(amount),
                f"paling banyak {format_number(most)}", "Periksa kedua angka itu.",
            )  # fmt: skip


def _name(register: Register, code: str) -> str:
    field = register.field(code)
    return field.name if field else code


def _moves(register: Register, record: Record) -> Iterator[Fault]:
    ways = {(way.source, way.target) for way in register.transitions}
    if not record.moves:
        yield Fault("rekaman belum dibuka", _at(record), expected=f"keadaan {register.states[0].name}")
        return
    if record.moves[0].state != register.states[0].code:
        yield Fault("keadaan pertama rekaman", _at(record), record.moves[0].state, register.states[0].code)
    for before, move in zip(record.moves, record.moves[1:], strict=False):
        if (before.state, move.state) not in ways:
            expected = ", ".join(sorted(target for source, target in ways if source == before.state))
            yield Fault("peralihan keadaan tidak ada", _at(record), f"{before.state} → {move.state}", expected)
        if move.on < before.on:
            yield Fault(
                "tanggal keadaan mundur", _at(record), format_date(move.on), f"{format_date(before.on)} atau sesudahnya"
            )


def _at(record: Record, field: Field | None = None) -> Place:
    place = record.place
    return replace(place, record=place.record or record.number, column=field.name if field else place.column)
