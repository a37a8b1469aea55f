"""Directives and meetings out of their registers: who has read what, what was asked, which minutes wait for signature.

An agency's register is known by its code or by the preset it was taken from; fields that it has left out stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from selaras.core.access import Actor
from selaras.core.registers.clock import Clock, Verdict
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import shown
from selaras.core.registers.privacy import HIDDEN
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import Held, visible_rows
from selaras.store.register_due import held_registers
from selaras.store.register_rows import public_rows, record_of, workdays_on

MOST = 100
SIGNED, MINUTES = "ditandatangani", frozenset({"dilaksanakan", "berita_acara"})


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: to whom, read when and by whom, what was asked and answered, how its deadline stands."""

    number: str
    text: str
    unit: str
    meeting: str
    opened: date
    read_on: date | None
    receipts: tuple[str, ...]
    question: str
    answer: str
    state: str
    closed: bool
    clock: Clock | None

    @property
    def is_late(self) -> bool:
        """Whether it is past its day and still open."""
        return self.clock is not None and self.clock.verdict is Verdict.OVERDUE


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: its day, what it decided, whether its minutes are signed, how many directives came of it."""

    number: str
    on: date | None
    agenda: str
    decision: str
    state: str
    is_to_sign: bool
    directives: int
    done: int
    clock: Clock | None


def registers_for(actor: Actor, agency: str, codes: tuple[str, ...]) -> dict[str, Held]:
    """The agency's registers of these codes, or taken from presets of these codes, that the actor sees. One query."""
    found: dict[str, Held] = {}
    for held in held_registers(actor, agency):
        for code in {held.register.code, held.row.preset} & set(codes):
            if code not in found or held.register.code == code:
                found[code] = held
    return found


def directives_of(actor: Actor, held: Held, today: date, *, whole: bool = False) -> tuple[Directive, ...]:
    """The open directives (with `whole` the finished ones too) that the actor sees, the earliest due first."""
    rows = visible_rows(actor, held)
    rows = rows if whole else rows.filter(closed__isnull=True)
    workdays = workdays_on(today)
    receipts = _receipts(held)
    made = []
    for row in public_rows(rows).order_by("-opened", "-pk")[:MOST]:
        record = record_of(held.register, row, private=False)
        facts = RecordFacts(held.register, record, workdays, today)
        state = held.register.state(row.state)
        clock = facts.clock("selesai") if held.register.deadline("selesai") else None
        read = facts("@reached.dibaca")
        made.append(
            Directive(
                row.number, _text(held, facts, "direktif"), row.unit.name if row.unit else "", _text(held, facts, "rapat"),
                row.opened, read if isinstance(read, date) else None, receipts.get(row.pk, ()),
                _text(held, facts, "pertanyaan"), _text(held, facts, "jawaban"), state.name if state else row.state,
                bool(state and state.closed), clock,
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda item: (item.closed, _due(item.clock), item.number)))


def meetings_of(actor: Actor, held: Held, directives: Held | None, today: date) -> tuple[Meeting, ...]:
    """The latest meetings that the actor sees, those whose minutes wait first."""
    workdays = workdays_on(today)
    counts = _cascaded(directives)
    made = []
    for row in public_rows(visible_rows(actor, held)).order_by("-opened", "-pk")[:MOST]:
        facts = RecordFacts(held.register, record_of(held.register, row, private=False), workdays, today)
        state = held.register.state(row.state)
        day = facts("tanggal_rapat")
        clock = facts.clock(held.register.deadlines[0].code) if held.register.deadlines else None
        given, done = counts.get(row.number, (0, 0))
        made.append(
            Meeting(
                row.number, day if isinstance(day, date) else None, _text(held, facts, "agenda"),
                _text(held, facts, "keputusan"), state.name if state else row.state, row.state in MINUTES, given, done,
                clock,
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda item: (not item.is_to_sign, -(item.on or date.min).toordinal())))


def _receipts(held: Held) -> dict[int, tuple[str, ...]]:
    """Who has confirmed reading each open record, by name; one query."""
    name = tables.User.objects.filter(username=OuterRef("by")).values("name")[:1]
    rows = tables.RegisterEvent.objects.filter(record__definition=held.pk, kind=Happening.READ.value)
    found: dict[int, list[str]] = {}
    for record, by, person in rows.order_by("order").values_list("record", "by", Subquery(name)):
        found.setdefault(record, []).append(person or by)
    return {record: tuple(names) for record, names in found.items()}


def _cascaded(directives: Held | None) -> dict[str, tuple[int, int]]:
    """How many directives each meeting led to, and how many of them are finished; one query."""
    if directives is None or directives.register.field("rapat") is None:
        return {}
    rows = tables.RegisterRecord.objects.filter(definition=directives.pk).order_by()
    groups = rows.values_list("content__rapat").annotate(Count("pk"), Count("closed"))
    return {str(number): (amount, done) for number, amount, done in groups if number}


def _text(held: Held, facts: RecordFacts, code: str) -> str:
    """A field as text; one that is personal says only that."""
    field = held.register.field(code)
    if field is None:
        return ""
    return HIDDEN if field.personal else shown(facts(code))


def _due(clock: Clock | None) -> date:
    return clock.due if clock is not None and clock.due is not None else date.max
