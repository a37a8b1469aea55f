"""Deadlines of all registers at once: what is late or falls due, how much on which day, what refers to a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q

from selaras.core.access import Act, Actor, check_somewhere, reach
from selaras.core.calendar import is_working_day
from selaras.core.registers.clock import FirstDay, Workdays, days_used
from selaras.core.registers.fields import FieldKind
from selaras.store import models as tables
from selaras.store.models.registers import Standing
from selaras.store.register_access import Held, held_of, sees_records, visible_rows
from selaras.store.register_rows import workdays_on
from selaras.store.registers import PAGE, SOON

RUNNING = Q(standing=Standing.TIMED.value, ended__isnull=True, closed__isnull=True, due__isnull=False)
MOST_REFERRING = 50


@dataclass(frozen=True, slots=True)
class DueLine:
    """One open record with a day on which it is due. `late` and `left` are days of the deadline's own kind."""

    register: str
    register_name: str
    number: str
    state_name: str
    unit_name: str
    assignee: str
    deadline: str
    due: date
    late: int
    left: int
    working: bool


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page of the records that are due; `counts` has how many are `late`, due `today` and `soon`."""

    lines: tuple[DueLine, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class HeatLine:
    """One row of the heat map: how much is overdue, falls due on each day and in each month, and later."""

    key: str
    name: str
    overdue: int
    days: tuple[int, ...]
    months: tuple[int, ...]
    later: int


@dataclass(frozen=True, slots=True)
class DueHeat:
    """The heat map: its days with whether they are worked, its months, its rows."""

    days: tuple[tuple[date, bool], ...]
    months: tuple[tuple[int, int], ...]
    lines: tuple[HeatLine, ...]


@dataclass(frozen=True, slots=True)
class Referring:
    """A record of another register that names this one."""

    register: str
    register_name: str
    number: str
    state_name: str
    closed: bool


def held_registers(actor: Actor, agency: str, *, seen: bool = True) -> tuple[Held, ...]:
    """The registers in use; with `seen` only those whose records the actor sees. One query. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    rows = tables.RegisterDefinition.objects.select_related("agency").filter(agency__code=agency, active=True)
    every = tuple(held_of(row) for row in rows.order_by("sequence", "pk"))
    return tuple(held for held in every if sees_records(actor, held)) if seen else every


def due_lines(
    actor: Actor, agency: str, today: date, *, only: str = "late", register: str = "", page: int = 1
) -> DuePage:
    """A page of the open records that are `late`, due `today` or `soon`, the earliest first; four queries.

    Raises NotFound, NotAllowed.
    """
    held = {item.pk: item for item in held_registers(actor, agency)}
    chosen = [item for item in held.values() if not register or item.register.code == register]
    rows = tables.RegisterRecord.objects.filter(RUNNING, _seen(actor, chosen))
    spans = {
        "late": Q(due__lt=today), "today": Q(due=today), "soon": Q(due__range=(today, today + timedelta(SOON))),
    }  # fmt: skip
    counts = rows.aggregate(**{name: Count("pk", filter=span) for name, span in spans.items()})
    total = counts[only]
    pages = max(1, -(-total // PAGE))
    at = min(max(1, page), pages)
    # Sorting keys alone is quick; whole rows are read for one page only.
    keys = rows.filter(spans[only]).order_by("due", "pk").values("pk")[(at - 1) * PAGE : at * PAGE]
    listed = tables.RegisterRecord.objects.filter(pk__in=keys).select_related("unit", "assignee").order_by("due", "pk")
    workdays = workdays_on(today)
    return DuePage(tuple(_due(held, row, today, workdays) for row in listed), total, at, pages, counts)


def heat_counts(
    actor: Actor, agency: str, today: date, *, days: int = 14, months: int = 12, by_unit: bool = False
) -> DueHeat:
    """How much of each register (or unit) falls due when; counts alone, so for everybody inside. One query.

    Raises NotFound, NotAllowed.
    """
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    names = ("unit__code", "unit__name") if by_unit else ("definition__code", "definition__name")
    rows = tables.RegisterRecord.objects.filter(RUNNING, definition__agency__code=agency, definition__active=True)
    groups: dict[tuple[str, str], dict[date, int]] = {}
    for code, name, due, amount in rows.order_by().values_list(*names, "due").annotate(Count("pk")):
        groups.setdefault((code or "", name or "Tanpa unit"), {})[due] = amount
    workdays = workdays_on(today)
    columns = tuple(today + timedelta(step) for step in range(days))
    first = today.year * 12 + today.month - 1
    spans = tuple(((first + step) // 12, (first + step) % 12 + 1) for step in range(months))
    lines = tuple(_heat(key, name, dues, today, columns, spans) for (key, name), dues in groups.items())
    marked = tuple((day, is_working_day(day, workdays.holidays, workdays.leave, week=workdays.week)) for day in columns)
    return DueHeat(marked, spans, tuple(sorted(lines, key=lambda line: (-line.overdue, line.name))))


def referring(actor: Actor, agency: str, code: str, number: str) -> tuple[Referring, ...]:
    """The records of the agency's registers that name a record in a field of theirs. Raises NotFound, NotAllowed."""
    made: list[Referring] = []
    for held in held_registers(actor, agency):
        named = [item for item in held.register.fields if item.kind is FieldKind.RECORD and item.of == code]
        asked = Q(pk__in=[])
        for item in named:
            asked |= Q(**{f"{'private__' if item.personal else ''}content__{item.code}": number})
        if named:
            made += _named(held, visible_rows(actor, held).filter(asked).order_by("-opened", "-pk")[:MOST_REFERRING])
    return tuple(made)


def _named(held: Held, rows: Iterable[tables.RegisterRecord]) -> Iterator[Referring]:
    for row in rows:
        state = held.register.state(row.state)
        yield Referring(
            held.register.code, held.register.name, row.number, state.name if state else row.state,
            bool(state and state.closed),
        )  # fmt: skip


def _seen(actor: Actor, held: Iterable[Held]) -> Q:
    """The records that the actor sees, of all these registers."""
    asked = Q(pk__in=[])
    for item in held:
        act = Act.SEE_RESTRICTED if item.register.restricted else Act.SEE_REGISTER
        units = reach(actor, act, item.agency)
        own = Q(definition=item.pk)
        asked |= own if units is None else own & Q(unit__code__in=units)
    return asked


def _due(held: dict[int, Held], row: tables.RegisterRecord, today: date, workdays: Workdays) -> DueLine:
    register = held[row.definition_id].register
    state = register.state(row.state)
    deadline = replace(register.deadlines[0], first=FirstDay.NEXT)
    assert row.due is not None
    return DueLine(
        register.code, register.name, row.number, state.name if state else row.state,
        row.unit.name if row.unit else "", str(row.assignee) if row.assignee else "", deadline.name, row.due,
        days_used(row.due, today, deadline, workdays) if row.due < today else 0,
        days_used(today, row.due, deadline, workdays) if row.due > today else 0,
        deadline.days.value == "hari kerja",
    )  # fmt: skip


def _heat(
    key: str, name: str, dues: dict[date, int], today: date, columns: tuple[date, ...],
    spans: tuple[tuple[int, int], ...],
) -> HeatLine:  # fmt: skip
    ahead = {due: amount for due, amount in dues.items() if due >= today}
    by_month: dict[tuple[int, int], int] = {}
    for due, amount in ahead.items():
        by_month[due.year, due.month] = by_month.get((due.year, due.month), 0) + amount
    months = tuple(by_month.get(span, 0) for span in spans)
    return HeatLine(
        key, name, sum(amount for due, amount in dues.items() if due < today),
        tuple(dues.get(day, 0) for day in columns), months, sum(ahead.values()) - sum(months),
    )  # fmt: skip
