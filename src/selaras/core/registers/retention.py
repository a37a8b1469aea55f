"""The end of keeping: which records are due to be deleted or emptied, what is left of them, and the record of the act."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers.definition import Clearing, Register
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.reading import NO_TABLE
from selaras.core.registers.records import Grant, Move, Record


@dataclass(frozen=True, slots=True)
class ClearingNote:
    """What remains as proof that a record was deleted or anonymised: no personal data, only which and by what rule."""

    register: str
    number: str
    clearing: Clearing
    on: date
    due: date
    fields: tuple[str, ...]
    basis: str


def keep_until(register: Register, record: Record) -> date | None:
    """The last day on which the record is kept whole; None without rule, or while the matter it counts from is open."""
    rule = register.retention
    if rule is None:
        return None
    since = RecordFacts(register, record, NO_TABLE, date.max)(rule.after)
    return months_after(since, rule.months) if isinstance(since, date) else None


def due_records(register: Register, records: Iterable[Record], today: date) -> Iterator[Record]:
    """The records whose time is over on `today` and that still hold something to clear."""
    for record in records:
        until = keep_until(register, record)
        if until is not None and until < today and not is_cleared(register, record):
            yield record


def is_cleared(register: Register, record: Record) -> bool:
    """Whether nothing of the record tells any more who somebody is. A record that is to be deleted never is."""
    if register.retention is None or register.retention.clearing is Clearing.DELETE:
        return False
    private = {field.code for field in register.fields if field.personal}
    notes = any(move.note or move.by for move in record.moves) or any(grant.reason for grant in record.grants)
    return not private & set(record.content) and not notes


def clear(register: Register, record: Record, today: date) -> tuple[Record | None, ClearingNote]:
    """What is left of a record (None if it is deleted), and the note of the act. Figures stay as they were.

    Personal fields, notes, hands and reasons go; states with their days and all other fields stay, so that every count
    gives the same again. Raises Refusal before the time is over.
    """
    rule, until = register.retention, keep_until(register, record)
    if rule is None or until is None or until >= today:
        fault = Fault(
            "masa simpan belum berakhir", Place(record=record.number),
            expected="masa simpan yang telah lewat", remedy="Tunggu sampai masa simpan berakhir.",
        )  # fmt: skip
        raise Refusal(f"Rekaman {record.number} belum boleh dibersihkan.", fault)
    private = tuple(field.code for field in register.fields if field.personal and field.code in record.content)
    note = ClearingNote(register.code, record.number, rule.clearing, today, until, private, rule.source.text)
    if rule.clearing is Clearing.DELETE:
        return None, note
    return anonymised(register, record), note


def anonymised(register: Register, record: Record) -> Record:
    """The record without anything that tells who somebody is."""
    private = {field.code for field in register.fields if field.personal}
    return replace(
        record,
        content={code: content for code, content in record.content.items() if code not in private},
        moves=tuple(Move(move.state, move.on) for move in record.moves),
        grants=tuple(Grant(grant.deadline, grant.on, "") for grant in record.grants),
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
