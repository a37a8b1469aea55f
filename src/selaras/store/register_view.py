"""One record of a register as a person may see it: contents, steps, clocks, and what the person may do now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from selaras.core.access import Act, Actor, may
from selaras.core.errors import NotFound
from selaras.core.registers.clock import Clock
from selaras.core.registers.definition import Letter, Transition
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Content, shown_in
from selaras.core.registers.privacy import HIDDEN
from selaras.core.registers.records import Record
from selaras.core.registers.steps import ways_on
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import (
    Held,
    find_row,
    readable,
    roles_in,
    sees_personal,
    takes_part,
)
from selaras.store.register_rows import record_of, workdays_on


@dataclass(frozen=True, slots=True)
class EventLine:
    """One step of a record as a person reads it."""

    order: int
    kind: Happening
    title: str
    on: date
    at: datetime
    by: str
    note: str
    file: str
    public: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record with everything that its page needs. `seen` goes back with every change."""

    held: Held
    row: tables.RegisterRecord
    record: Record
    content: Mapping[str, Content]
    """As the person may see it: personal fields say only that they are filled."""
    events: tuple[EventLine, ...]
    clocks: Mapping[str, Clock]
    ways: tuple[Transition, ...]
    letters: tuple[Letter, ...]
    seen: int
    personal: bool
    may_keep: bool
    may_assign: bool
    may_extend: bool
    may_answer: bool
    assignee: str
    has_ticket: bool
    rating: tables.RegisterRating | None
    unit_name: str = ""
    cells: tuple[tuple[str, str], ...] = field(default=())
    """Name and content of every field, as text."""


def record_view(
    actor: Actor, agency: str, code: str, number: str, today: date, *, held: Held | None = None
) -> RecordView:
    """One record as the actor may see it; about five queries. `held` is the register where `readable` gave it already.

    Raises NotFound, NotAllowed.
    """
    held = held or readable(actor, agency, code)
    row = find_row(actor, held, number)
    unit = row.unit.code if row.unit else ""
    personal = sees_personal(actor, held, unit)
    if held.register.restricted and not personal:
        raise NotFound(f"Rekaman {number} tidak ditemukan.")
    record = record_of(held.register, row)
    facts = RecordFacts(held.register, record, workdays_on(today), today)
    hidden = {item.code for item in held.register.fields if item.personal and not personal}
    content = {name: HIDDEN if name in hidden else item for name, item in record.content.items()}
    roles = roles_in(actor, agency, unit)
    keeps = may(actor, Act.KEEP_REGISTER, agency, unit)
    fields = ((item.name, shown_in(item, content.get(item.code))) for item in held.register.fields)
    return RecordView(
        held, row, record, content, tuple(_events(held, row, personal=personal)),
        {item.code: facts.clock(item.code) for item in held.register.deadlines},
        ways_on(held.register, record, roles, person_key(actor)) if keeps and held.row.active else (),
        tuple(item for item in held.register.letters if not item.states or record.state in item.states),
        row.version, personal, keeps and takes_part(held.register, roles),
        may(actor, Act.ASSIGN_RECORD, agency, unit), may(actor, Act.EXTEND_DEADLINE, agency, unit),
        may(actor, Act.SERVE, agency, unit), row.assignee.username if row.assignee else "",
        hasattr(row, "ticket"), getattr(row, "rating", None), row.unit.name if row.unit else "", tuple(fields),
    )  # fmt: skip


def person_key(actor: Actor) -> str:
    """How the steps of a record name who took them: the login, or the name of who has none."""
    return actor.login or actor.name


def _events(held: Held, row: tables.RegisterRecord, *, personal: bool) -> Iterable[EventLine]:
    steps: list[tables.RegisterEvent] = row.steps  # type: ignore[attr-defined]
    # A file may hold personal data wherever the register knows of some.
    fetchable = personal or not any(item.personal for item in held.register.fields)
    for event in steps:
        kind = Happening(event.kind)
        found: Any = held.register.state(event.code) if kind is Happening.STATE else None
        found = found or held.register.deadline(event.code)
        free = kind in {Happening.STATE, Happening.GRANT, Happening.ASSIGNMENT, Happening.CHANGE, Happening.READ}
        yield EventLine(
            event.order, kind, f"{kind.value.capitalize()}: {found.name}" if found else kind.value.capitalize(),
            event.on, event.at, event.by, event.note if personal or free or not event.note else HIDDEN,
            event.file if fetchable else "",
            event.shown_publicly,
        )  # fmt: skip
