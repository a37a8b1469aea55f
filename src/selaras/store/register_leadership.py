"""Directives and meetings out of their registers: who has read what, what was asked, which minutes wait for signature.

An agency's register is known by its code or by the preset it was taken from; fields that it has left out stay empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Subquery, prefetch_related_objects

from selaras.core.access import Actor
from selaras.core.registers.clock import Clock, Verdict, Workdays
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import shown
from selaras.core.registers.privacy import HIDDEN
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import Held, visible_rows
from selaras.store.register_due import held_registers
from selaras.store.register_rows import record_of, workdays_on

MOST = 100
MINUTES = frozenset({"dilaksanakan", "berita_acara"})
STEPS = Prefetch(
    "events",
    queryset=tables.RegisterEvent.objects.filter(
        kind__in=[Happening.STATE.value, Happening.GRANT.value, Happening.READ.value]
    ).annotate(
        person=Subquery(tables.User.objects.filter(username=OuterRef("by")).values("name")[:1])
    ).order_by("order"),
    to_attr="steps",
)  # fmt: skip


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


def board_of(
    actor: Actor, directives: Held | None, meetings: Held | None, today: date, *, whole: bool = False
) -> tuple[tuple[Directive, ...], tuple[Meeting, ...]]:
    """The open directives (with `whole` the finished ones too), the earliest due first; the latest meetings.

    Meetings whose minutes wait come first. Four queries for both.
    """
    given = _latest(actor, directives, whole=whole)
    held = _latest(actor, meetings, whole=True)
    prefetch_related_objects([*given, *held], STEPS)
    workdays, counts = workdays_on(today), _cascaded(directives if held else None)
    made = [_directive(directives, row, workdays, today) for row in given] if directives else []
    sessions = [_meeting(meetings, row, counts, workdays, today) for row in held] if meetings else []
    return (
        tuple(sorted(made, key=lambda item: (item.closed, _due(item.clock), item.number))),
        tuple(sorted(sessions, key=lambda item: (not item.is_to_sign, -(item.on or date.min).toordinal()))),
    )


def _latest(actor: Actor, held: Held | None, *, whole: bool) -> list[tables.RegisterRecord]:
    if held is None:
        return []
    rows = visible_rows(actor, held) if whole else visible_rows(actor, held).filter(closed__isnull=True)
    return list(rows.select_related("unit").order_by("-opened", "-pk")[:MOST])


def _directive(held: Held, row: tables.RegisterRecord, workdays: Workdays, today: date) -> Directive:
    facts = RecordFacts(held.register, record_of(held.register, row, private=False), workdays, today)
    state = held.register.state(row.state)
    read = facts("@reached.dibaca")
    steps: list[tables.RegisterEvent] = row.steps  # type: ignore[attr-defined]
    return Directive(
        row.number, _text(held, facts, "direktif"), row.unit.name if row.unit else "", _text(held, facts, "rapat"),
        row.opened, read if isinstance(read, date) else None,
        tuple(step.person or step.by for step in steps if step.kind == Happening.READ.value),  # type: ignore[attr-defined]
        _text(held, facts, "pertanyaan"), _text(held, facts, "jawaban"), state.name if state else row.state,
        bool(state and state.closed), facts.clock("selesai") if held.register.deadline("selesai") else None,
    )  # fmt: skip


def _meeting(
    held: Held, row: tables.RegisterRecord, counts: Mapping[str, tuple[int, int]], workdays: Workdays, today: date
) -> Meeting:
    facts = RecordFacts(held.register, record_of(held.register, row, private=False), workdays, today)
    state = held.register.state(row.state)
    day = facts("tanggal_rapat")
    given, done = counts.get(row.number, (0, 0))
    return Meeting(
        row.number, day if isinstance(day, date) else None, _text(held, facts, "agenda"),
        _text(held, facts, "keputusan"), state.name if state else row.state, row.state in MINUTES, given, done,
        facts.clock(held.register.deadlines[0].code) if held.register.deadlines else None,
    )  # fmt: skip


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
