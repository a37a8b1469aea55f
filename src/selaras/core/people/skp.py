"""Records of employee goals (SKP): the plan of one person in one position, its rows, behaviour and annexes.

Permenpan-RB 6/2022: expectations are results with measures and targets, behaviour, resources, a scheme of
accountability and consequences. Heads of units state a perspective for each row, others the superior's result that
they support and an aspect. A person who changes position in mid-year has one plan for each stretch.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from selaras.core.agreements import HeadGoal
from selaras.core.errors import Fault, Refusal
from selaras.core.org import Capacity
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.place import NOWHERE, Place
from selaras.core.value import Value


class SkpForm(StrEnum):
    """Which of the two forms a position uses."""

    HEAD = "JPT dan pimpinan unit kerja mandiri"
    STAFF = "JA dan JF"


class Method(StrEnum):
    """How results are stated: with indicator and target, or with one narrative measure of success."""

    QUANTITATIVE = "kuantitatif"
    QUALITATIVE = "kualitatif"


class Section(StrEnum):
    """Main results come from agreement, unit plan and strategic initiatives, additional ones from beyond the duties."""

    MAIN = "utama"
    EXTRA = "tambahan"


class AnnexKind(StrEnum):
    """The three lists of the annex."""

    RESOURCES = "dukungan sumber daya"
    ACCOUNTABILITY = "skema pertanggungjawaban"
    CONSEQUENCES = "konsekuensi"


class Origin(StrEnum):
    """Where a row was drawn from; what was drawn is never typed again."""

    AGREEMENT = "perjanjian kinerja"
    MATRIX = "matriks peran hasil"
    STANDARD = "baris baku"
    OWN = "isian sendiri"


class SkpState(StrEnum):
    """State of a plan over the year."""

    DRAFT = "draf"
    PROPOSED = "diajukan"
    AGREED = "disepakati"
    EVALUATED = "dinilai"
    OBJECTED = "keberatan"
    FINAL = "final"


TRANSITIONS: dict[SkpState, frozenset[SkpState]] = {
    SkpState.DRAFT: frozenset({SkpState.PROPOSED}),
    SkpState.PROPOSED: frozenset({SkpState.AGREED, SkpState.DRAFT}),  # back to draft = returned after the dialogue
    SkpState.AGREED: frozenset({SkpState.EVALUATED, SkpState.DRAFT}),  # back to draft = expectations clarified anew
    SkpState.EVALUATED: frozenset({SkpState.OBJECTED, SkpState.FINAL}),
    SkpState.OBJECTED: frozenset({SkpState.FINAL}),
    SkpState.FINAL: frozenset(),
}


@dataclass(frozen=True, slots=True)
class SkpPlan:
    """The goals of one employee in one position from `since` to `until`, both included.

    `assessor` is the position of the superior, `agreement` the PK of a promiser, `cycle` the length of the periodic
    evaluation (quarter or month). `capacity` marks a plan kept as acting official.
    """

    code: str
    year: int
    position: str
    form: SkpForm
    method: Method
    since: date
    until: date
    employee: str = ""
    assessor: str = ""
    capacity: Capacity = Capacity.DEFINITIVE
    cycle: Span = Span.QUARTER
    agreement: str = ""
    unit: str = ""
    signed_at: str = ""
    signed_on: date | None = None
    state: SkpState = SkpState.DRAFT
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"SKP {self.code}: the last day lies before the first")
        if not self.since.year == self.until.year == self.year:
            raise ValueError(f"SKP {self.code}: the period leaves the year {self.year}")
        if self.cycle not in CYCLES:
            raise ValueError(f"SKP {self.code}: periods are months or quarters")


CYCLES = frozenset({Span.MONTH, Span.QUARTER})


@dataclass(frozen=True, slots=True)
class SkpRow:
    """One result. `measure` is the individual indicator, or the whole narrative of a qualitative row.

    `supports` is the superior's result that the row serves, in words; `parent_plan` and `parent_order` name the
    superior's row itself. `line` is the line of the PK that the row was drawn from, `indicator` the planned indicator
    of the same measure, so that its realisation need not be typed.
    """

    plan: str
    order: int
    section: Section
    result: str
    measure: str
    target: Value | None = None
    unit: str = ""
    perspective: str = ""
    aspect: str = ""
    supports: str = ""
    parent_plan: str = ""
    parent_order: int | None = None
    line: int | None = None
    indicator: str = ""
    origin: Origin = Origin.OWN
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[str, int]:
        """The natural key: plan and order."""
        return self.plan, self.order

    @property
    def parent(self) -> tuple[str, int] | None:
        """The key of the superior's row, None if the row names none."""
        return (self.parent_plan, self.parent_order) if self.parent_plan and self.parent_order is not None else None

    def target_text(self) -> str:
        """The target with its unit as the form prints it; empty for a row without target."""
        if self.target is None:
            return ""
        shown = self.target.shown()
        return shown if not self.unit or "%" in shown else f"{shown} {self.unit}"


@dataclass(frozen=True, slots=True)
class SkpBehaviour:
    """The leader's special expectation on one core value (`value` is its code); optional for each value."""

    plan: str
    value: str
    expectation: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class SkpAnnex:
    """One entry of one of the three lists of the annex."""

    plan: str
    kind: AnnexKind
    order: int
    text: str
    place: Place = NOWHERE


def step(plan: SkpPlan, state: SkpState) -> SkpPlan:
    """The plan in its next state. Raises Refusal for a step that the course of an SKP does not have."""
    if state in TRANSITIONS[plan.state]:
        return replace(plan, state=state)
    allowed = ", ".join(sorted(TRANSITIONS[plan.state])) or "tidak ada lagi"
    fault = Fault("Langkah SKP tidak sesuai urutan", plan.place, f"{plan.state} → {state}", allowed)
    raise Refusal(f"SKP {plan.code} tidak dapat menjadi {state}.", fault)


def layout(rows: Iterable[SkpRow]) -> Method | None:
    """How the rows are really laid out, whatever the form's heading declares: any target makes it quantitative."""
    listed = tuple(rows)
    if not listed:
        return None
    return Method.QUANTITATIVE if any(row.target is not None for row in listed) else Method.QUALITATIVE


def periods(plan: SkpPlan) -> tuple[Period, ...]:
    """The periods of periodic evaluation that the plan touches."""
    months = 12 // PER_YEAR[plan.cycle]
    first, last = (plan.since.month - 1) // months + 1, (plan.until.month - 1) // months + 1
    return tuple(Period(plan.year, plan.cycle, index) for index in range(first, last + 1))


def months(plan: SkpPlan, counted_on: int = 15) -> int:
    """How many months of the year belong to the plan: those whose day `counted_on` lies in it.

    Plans that follow each other without a gap share the twelve months among them. Which plan a broken month belongs
    to is inferred; the day is data of the rulebook.
    """
    days = (date(plan.year, month, min(counted_on, _length(plan.year, month))) for month in range(1, 13))
    return sum(plan.since <= day <= plan.until for day in days)


def divide(
    plan: SkpPlan, on: date, *, code: str, position: str, assessor: str = "", unit: str = ""
) -> tuple[SkpPlan, SkpPlan]:
    """The plan up to the day before `on`, and a new draft in another position from `on` to the old end.

    Rows do not move: the results of the new position are drawn anew. Raises Refusal for a day outside the plan.
    """
    if not plan.since < on <= plan.until:
        fault = Fault(
            "Tanggal perpindahan di luar masa SKP", plan.place, on.isoformat(),
            f"sesudah {plan.since.isoformat()} dan paling lambat {plan.until.isoformat()}",
            "Isi tanggal mulai bertugas pada jabatan yang baru.",
        )  # fmt: skip
        raise Refusal(f"SKP {plan.code} tidak dapat dibagi.", fault)
    first = replace(plan, until=on - timedelta(days=1))
    second = replace(
        plan, code=code, position=position, since=on, assessor=assessor, unit=unit, agreement="",
        state=SkpState.DRAFT, signed_at="", signed_on=None, place=NOWHERE,
    )  # fmt: skip
    return first, second


def head_goals(plan: SkpPlan, rows: Iterable[SkpRow]) -> tuple[HeadGoal, ...]:
    """The rows of a promiser's SKP as the gate and the annex of the report read them.

    There is one register: where an SKP exists, these are the head's goals. A qualitative row has no target and is
    left out.
    """
    if not plan.agreement:
        return ()
    return tuple(
        HeadGoal(plan.agreement, row.order, row.measure, row.target, row.unit, row.indicator, row.place)
        for row in sorted(rows, key=lambda row: row.order)
        if row.plan == plan.code and row.target is not None
    )


def rows_of(plan: SkpPlan, goals: Sequence[HeadGoal], results: dict[str, str]) -> tuple[SkpRow, ...]:
    """Rows out of head's goals that a workbook brought; `results` holds the sasaran by code of indicator."""
    return tuple(
        SkpRow(
            plan.code, goal.order, Section.MAIN, results.get(goal.indicator, ""), goal.wording, goal.target, goal.unit,
            indicator=goal.indicator, place=goal.place,
        )
        for goal in sorted(goals, key=lambda goal: goal.order) if goal.agreement == plan.agreement
    )  # fmt: skip


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
