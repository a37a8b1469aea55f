"""Opening a record, moving it from state to state, granting an extension: pure changes, refused with their reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from selaras.core.access import Role
from selaras.core.calendar import format_date
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.place import Place
from selaras.core.registers.clock import Verdict, Workdays
from selaras.core.registers.definition import Register, Transition
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Content
from selaras.core.registers.filters import holds, subjects
from selaras.core.registers.reading import NO_TABLE, faults_of_record
from selaras.core.registers.records import Grant, Move, Record


def open_record(
    register: Register, *, number: str, content: Mapping[str, Content], on: date, by: str = "",
    roles: Collection[Role], unit: str = "",
) -> Record:  # fmt: skip
    """A new record in the first state. Raises NotAllowed without the role, Refusal with every fault of the content."""
    if not set(roles) & set(register.opened_by):
        raise NotAllowed(f"Anda tidak berhak membuka rekaman dalam register {register.name}.")
    moves = (Move(register.states[0].code, on, by),)
    return _sound(register, Record(number, register.code, dict(content), moves, unit=unit))


def ways_on(register: Register, record: Record, roles: Collection[Role], by: str = "") -> tuple[Transition, ...]:
    """The transitions that a person with these roles may take now, whether or not their fields are filled yet.

    A condition on a field that the way itself asks for, and that is still empty, may yet be met on the way.
    """
    facts = RecordFacts(register, record, NO_TABLE, date.max)
    return tuple(
        way
        for way in register.transitions
        if way.source == record.state
        and set(roles) & set(way.roles)
        and (holds(way.when, facts) or any(facts(code) is None for code in set(subjects(way.when)) & set(way.needs)))
        and not (way.four_eyes and by and by == record.moves[-1].by)
    )


def move_on(
    register: Register, record: Record, target: str, *, on: date, by: str = "", roles: Collection[Role],
    content: Mapping[str, Content] | None = None, note: str = "",
) -> Record:  # fmt: skip
    """The record in state `target`, with what was filled in on the way.

    Raises Refusal if there is no such way or a field it needs is empty, NotAllowed if the person may not take it.
    """
    changed = replace(record, content={**record.content, **(content or {})})
    way = next((item for item in register.transitions if (item.source, item.target) == (record.state, target)), None)
    at = Place(record=record.number)
    if way is None:
        ways = " | ".join(item.target for item in register.transitions if item.source == record.state)
        fault = Fault("peralihan keadaan tidak ada", at, f"{record.state} → {target}", ways or "tidak ada lanjutan")
        raise Refusal(f"Rekaman {record.number} tidak dapat dipindahkan.", fault)
    if not set(roles) & set(way.roles):
        raise NotAllowed(f"Anda tidak berhak melakukan “{way.name}” pada rekaman {record.number}.")
    if way.four_eyes and by and by == record.moves[-1].by:
        raise NotAllowed(f"“{way.name}” harus dilakukan orang lain daripada yang mengerjakan langkah sebelumnya.")
    if not holds(way.when, RecordFacts(register, changed, NO_TABLE, date.max)):
        fault = Fault("syarat peralihan belum terpenuhi", at, way.name, "syarat pada tabel keadaan")
        raise Refusal(f"“{way.name}” belum dapat dilakukan pada rekaman {record.number}.", fault)
    missing = [field for field in register.fields if field.code in way.needs and field.code not in changed.content]
    if missing:
        faults = (
            Fault(f"{field.name} belum diisi", replace(at, column=field.name), "", field.kind.value, "Isi isian ini.")
            for field in missing
        )
        raise Refusal(f"“{way.name}” belum dapat dilakukan pada rekaman {record.number}.", *faults)
    return _sound(register, replace(changed, moves=(*record.moves, Move(target, on, by, note))))


def extend(register: Register, record: Record, deadline: str, *, on: date, reason: str, workdays: Workdays) -> Record:
    """The record with one more extension of a deadline.

    Raises Refusal if the deadline knows none or no further one, is already past or ended, or no reason is given.
    """
    at = Place(record=record.number)
    clock = RecordFacts(register, record, workdays, on).clock(deadline)
    given = sum(grant.deadline == deadline for grant in record.grants)
    faults = []
    if clock.term is None or not clock.term.extension or given >= clock.term.times:
        allowed = clock.term.times if clock.term and clock.term.extension else 0
        faults.append(Fault("perpanjangan melebihi yang dibolehkan", at, str(given + 1), f"paling banyak {allowed}"))
    if clock.verdict not in {Verdict.RUNNING, Verdict.STOPPED}:
        due = f"paling lambat {format_date(clock.due)}" if clock.due else Verdict.RUNNING.value
        faults.append(Fault("tenggat tidak sedang berjalan", at, clock.verdict.value, due))
    if not reason.strip():
        faults.append(Fault("alasan perpanjangan belum diisi", at, expected="alasan tertulis"))
    if faults:
        raise Refusal(f"Tenggat rekaman {record.number} tidak dapat diperpanjang.", *faults)
    return replace(record, grants=(*record.grants, Grant(deadline, on, reason.strip())))


def _sound(register: Register, record: Record) -> Record:
    faults = faults_of_record(register, record)
    if faults:
        raise Refusal(f"Rekaman {record.number} tidak dapat disimpan.", *faults)
    return record
