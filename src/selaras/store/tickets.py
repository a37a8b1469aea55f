"""What somebody without account may know: the registers that are open to the public, and one's own ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from selaras.core.access import Role
from selaras.core.calendar import format_date
from selaras.core.errors import NotFound, Refusal
from selaras.core.registers.clock import Verdict
from selaras.core.registers.definition import Letter
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.letters import write_letter
from selaras.core.registers.numbering import opens
from selaras.core.registers.privacy import told_publicly
from selaras.core.registers.reading import asked_publicly
from selaras.core.registers.survey import ServiceSurvey
from selaras.rulebook.service import SMART, load_surveys
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import Held, held_of
from selaras.store.register_rows import record_of, whole_rows, workdays_on

UNKNOWN = "Tiket tidak ditemukan. Periksa nomor dan kode rahasianya."
RECORD_KIND = "Rekaman register"
"""How the history names a record of a register."""


@dataclass(frozen=True, slots=True)
class PublicRegister:
    """A register that somebody may ask in: what it is, and what is asked."""

    agency: str
    agency_name: str
    code: str
    name: str
    about: str
    fields: tuple[Field, ...]
    may_ask: bool
    """Whether requests come in here; otherwise tickets of the counter are followed only."""


@dataclass(frozen=True, slots=True)
class TicketStep:
    """One thing that happened, as the public is told; `order` names the file that came with a message, 0 for none."""

    on: date
    told: str
    from_client: bool = False
    is_message: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket as its owner sees it: no name of anybody, no content of the record."""

    agency_name: str
    register: str
    number: str
    opened: date
    state: str
    told: str
    closed: bool
    due: date | None
    steps: tuple[TicketStep, ...]
    may_write: bool
    may_rate: bool
    survey: ServiceSurvey
    dues: tuple[tuple[str, date], ...] = ()
    """Every deadline that runs, by its name; `due` is the nearest."""
    letters: tuple[tuple[str, str], ...] = ()
    """The letters that can be fetched now: code and name."""


def public_registers(agency: str) -> tuple[PublicRegister, ...]:
    """The registers of an agency that are open to the public, in its order; one query."""
    rows = tables.RegisterDefinition.objects.select_related("agency").filter(
        agency__code=agency, open_to_public=True, active=True
    )
    made = []
    for row in rows.order_by("sequence", "pk"):
        held = held_of(row)
        made.append(
            PublicRegister(
                agency, row.agency.name, row.code, row.name, held.register.about, asked_publicly(held.register),
                Role.READER in held.register.opened_by,
            )
        )  # fmt: skip
    return tuple(made)


def public_register(agency: str, code: str) -> PublicRegister:
    """One register that is open to the public. Raises NotFound, also for one that is not open."""
    found = next((item for item in public_registers(agency) if item.code == code), None)
    if found is None:
        raise NotFound("Layanan ini tidak ditemukan.")
    return found


def ticket_rows(agency: str, number: str) -> list[tables.RegisterTicket]:
    """The tickets of that number in an agency, whatever the register."""
    rows = tables.RegisterTicket.objects.filter(
        record__definition__agency__code=agency, record__definition__open_to_public=True, record__number=number.strip()
    )
    return list(rows.select_related("record__definition__agency"))


def opened_by(agency: str, number: str, secret: str) -> tables.RegisterTicket | None:
    """The ticket that a number and a secret open; None for a wrong secret as for a wrong number."""
    return next((row for row in ticket_rows(agency, number) if opens(secret, row.seal)), None)


def ticket_view(ticket: tables.RegisterTicket, today: date) -> TicketView:
    """What the owner of a ticket is told; about six queries."""
    held = held_of(ticket.record.definition)
    facts = _facts(held, ticket, today)
    record = facts.record
    name, told = told_publicly(held.register, record)
    state = held.register.state(record.state)
    closed = bool(state and state.closed)
    rated = tables.RegisterRating.objects.filter(record=ticket.record_id).exists()
    dues = () if closed else tuple(_dues(facts))
    row = ticket.record
    return TicketView(
        held.row.agency.name, held.register.name, row.number, row.opened, name, told, closed,
        min((day for _name, day in dues), default=None), tuple(_steps(held, row, facts)), not closed, closed and not rated,
        load_surveys(today)[SMART], dues, tuple((item.code, item.name) for item, _text in letters_ready(facts)),
    )  # fmt: skip


def letters_ready(facts: RecordFacts) -> Iterator[tuple[Letter, tuple[str, ...]]]:
    """The letters that are meant for the record's state and complete, with their paragraphs.

    Only letters that name their states: one that fits any state may be for the office alone. None of a restricted
    register.
    """
    if facts.register.restricted:
        return
    for letter in facts.register.letters:
        if facts.state not in letter.states:
            continue
        try:
            yield letter, write_letter(letter, facts)
        except Refusal:  # a field that it needs is still empty
            continue


def letter_of(ticket: tables.RegisterTicket, code: str, today: date) -> tuple[Held, Letter, tuple[str, ...]]:
    """One letter for the owner of a ticket, with its paragraphs. Raises NotFound while there is none."""
    held = held_of(ticket.record.definition)
    for letter, paragraphs in letters_ready(_facts(held, ticket, today)):
        if letter.code == code:
            return held, letter, paragraphs
    raise NotFound("Surat ini belum ada.")


def file_of(ticket: tables.RegisterTicket, order: int) -> str:
    """The stored name of the file that came with a message of a ticket. Raises NotFound."""
    kinds = (Happening.TO_CLIENT.value, Happening.FROM_CLIENT.value)
    row = ticket.record.events.filter(order=order, kind__in=kinds).exclude(file="").first()
    if row is None:
        raise NotFound("Berkas ini tidak ditemukan.")
    return row.file


def _facts(held: Held, ticket: tables.RegisterTicket, today: date) -> RecordFacts:
    row = whole_rows(tables.RegisterRecord.objects.filter(pk=ticket.record_id)).get()
    return RecordFacts(held.register, record_of(held.register, row), workdays_on(today), today)


def _dues(facts: RecordFacts) -> Iterator[tuple[str, date]]:
    """The deadlines that run for the office, with their last day."""
    for deadline in facts.register.deadlines:
        clock = facts.clock(deadline.code)
        if clock.due is not None and clock.verdict in {Verdict.RUNNING, Verdict.OVERDUE}:
            yield deadline.name, clock.due


def extension_told(facts: RecordFacts, deadline: str, reason: str = "") -> str:
    """What who asked is told of an extended deadline: which, until when, and why as far as the office wrote it."""
    named = facts.register.deadline(deadline)
    due = facts.clock(deadline).due if named else None
    until = f" sampai {format_date(due)}" if due else ""
    told = f"Batas waktu {named.name.lower() if named else deadline} diperpanjang{until}."
    return f"{told} Alasan: {reason}" if reason else told


def _steps(held: Held, row: tables.RegisterRecord, facts: RecordFacts) -> list[TicketStep]:
    shown = {Happening.STATE, Happening.TO_CLIENT, Happening.FROM_CLIENT, Happening.GRANT}
    made = []
    for event in row.events.order_by("order"):
        kind = Happening(event.kind)
        if kind not in shown:
            continue
        if kind is Happening.STATE:
            found = held.register.state(event.code)
            made.append(TicketStep(event.on, found.told or found.name if found else ""))
        elif kind is Happening.GRANT:
            reason = "" if held.register.restricted else event.note
            made.append(TicketStep(event.on, extension_told(facts, event.code, reason)))
        else:
            made.append(
                TicketStep(
                    event.on, event.note, kind is Happening.FROM_CLIENT, is_message=True,
                    order=event.order if event.file else 0,
                )
            )  # fmt: skip
    return sorted([*made, *_promises(held, row)], key=lambda step: step.on)


def _promises(held: Held, row: tables.RegisterRecord) -> Iterator[TicketStep]:
    """What was said about the promised day since the record was opened, from its history."""
    if held.register.restricted:
        return
    promised = {term.promised for deadline in held.register.deadlines for term in deadline.terms if term.promised}
    names = {
        item.name for item in held.register.fields
        if item.kind is FieldKind.DATE and not item.personal and (item.code in promised or item.not_before in promised)
    }  # fmt: skip
    if not names:
        return
    changes = tables.FieldChange.objects.filter(
        agency=held.agency, kind=RECORD_KIND, key=f"{held.register.code} {row.number}", field__in=names
    )
    for change in changes.exclude(after="").order_by("pk"):
        told = f"{change.field}: {change.after}."
        if change.before:
            told = f"{change.field} berubah dari {change.before} menjadi {change.after}."
        yield TicketStep(timezone.localdate(change.at), told)
