"""What somebody without account may know: the registers that are open to the public, and one's own ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selaras.core.access import Role
from selaras.core.errors import NotFound
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Field
from selaras.core.registers.numbering import opens
from selaras.core.registers.privacy import told_publicly
from selaras.core.registers.reading import asked_publicly
from selaras.core.registers.survey import ServiceSurvey
from selaras.rulebook.service import SMART, load_surveys
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_rows import public_rows, record_of, workdays_on
from selaras.store.registers import Held, held_of

UNKNOWN = "Tiket tidak ditemukan. Periksa nomor dan kode rahasianya."
LOCKED_AFTER, LOCKED_MINUTES = 10, 60


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
    """One thing that happened, as the public is told."""

    on: date
    told: str
    from_client: bool = False
    is_message: bool = False


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
    """What the owner of a ticket is told; about four queries."""
    held = held_of(ticket.record.definition)
    row = public_rows(tables.RegisterRecord.objects.filter(pk=ticket.record_id)).get()
    record = record_of(held.register, row, private=False)
    name, told = told_publicly(held.register, record)
    state = held.register.state(record.state)
    closed = bool(state and state.closed)
    clock = None
    if held.register.deadlines and not closed:
        facts = RecordFacts(held.register, record, workdays_on(today), today)
        clock = facts.clock(held.register.deadlines[0].code)
    rated = tables.RegisterRating.objects.filter(record=row.pk).exists()
    return TicketView(
        held.row.agency.name, held.register.name, row.number, row.opened, name, told, closed,
        clock.due if clock else None, tuple(_steps(held, row)), not closed, closed and not rated,
        load_surveys(today)[SMART],
    )  # fmt: skip


def _steps(held: Held, row: tables.RegisterRecord) -> list[TicketStep]:
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
            made.append(TicketStep(event.on, "Batas waktu jawaban diperpanjang."))
        else:
            made.append(TicketStep(event.on, event.note, kind is Happening.FROM_CLIENT, is_message=True))
    return made
