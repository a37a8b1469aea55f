"""The state of one agency's year in one screen, as plain values: achievements, budget, what disagrees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.deadlines import Due
from selaras.core.duties import Item
from selaras.core.finding import Finding, Severity
from selaras.core.measurement import aggregate
from selaras.core.measurement.budget import low_absorption
from selaras.core.measurement.limits import planned_by
from selaras.core.numerals import format_number, format_percent, format_rupiah
from selaras.core.pending import Pending
from selaras.core.planning import Indicator, Node
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.gates import gates
from selaras.core.value import Value

FEW_FINDINGS = 6
GATES = {"GATE": "PK, rencana, dan anggaran", "PLAN": "Perencanaan"}
OTHER_GATE = "Data pengukuran"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of a sasaran as the page shows it; figures are printed already, `value` is for order and drawing.

    `trend` holds the values of the years up to this one, `trend_words` says the same.
    """

    code: str
    name: str
    node: str
    goal: str
    iku: bool
    target: str
    realised: str
    figure: str
    value: Decimal | None
    label: str
    tone: str
    met: bool | None
    must_explain: bool
    trend: tuple[Decimal | None, ...]
    trend_words: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One programme: budget, spent and absorption as printed, the share as a number for its bar."""

    code: str
    title: str
    budget: str
    spent: str
    figure: str
    value: Decimal | None
    is_low: bool


@dataclass(frozen=True, slots=True)
class Money:
    """The agency's budget through a month, beside what is usually planned by then."""

    month: int
    budget: str
    spent: str
    figure: str
    value: Decimal | None
    planned: Decimal
    planned_words: str
    is_behind: bool
    rows: tuple[BudgetRow, ...]


@dataclass(frozen=True, slots=True)
class GateCount:
    """How many disagreements one gate found."""

    name: str
    errors: int
    warnings: int
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreements:
    """How many agreements the plan of a year asks for; the titles of the positions that have not signed or not begun."""

    owed: int = 0
    unsigned: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """One agency and year on one day: what is open, how the indicators and the budget stand, what is due when."""

    period: str
    is_over: bool
    items: tuple[Item, ...]
    rows: tuple[IndicatorRow, ...]
    met: int
    missed: int
    open: int
    mean: str
    mean_label: str
    mean_tone: str
    money: Money | None
    obstacles_open: int
    obstacles_late: int
    has_plan: bool
    days: tuple[Due, ...]
    agreements: Agreements = Agreements()


def board(pending: Pending, items: tuple[Item, ...], *, agreements: Agreements = Agreements()) -> Board:
    """Put the year together; `items` is the open work, `agreements` counts those that the year asks for."""
    figures = pending.figures
    rows = tuple(_row(pending, indicator) for indicator in figures.measured)
    answers = Counter(row.met for row in rows)
    late = [item for item in pending.obstacles() if item.due and item.due < pending.today]
    mean = figures.mean if pending.is_over else None
    band = figures.band(mean) if mean else None
    return Board(
        period=pending.at.name if pending.at else f"Tahun {pending.year}",
        is_over=pending.is_over,
        items=items,
        rows=tuple(sorted(rows, key=_worst_first)),
        met=answers[True],
        missed=answers[False],
        open=answers[None],
        mean=mean.shown() if mean and mean.value is not None else "",
        mean_label=band.label if band else "",
        mean_tone=band.tone.value if band else "",
        money=_money(pending),
        obstacles_open=sum(1 for _ in pending.obstacles()),
        obstacles_late=len(late),
        has_plan=bool(figures.snapshot.nodes),
        days=tuple(pending.due.values()),
        agreements=agreements,
    )


def _worst_first(row: IndicatorRow) -> tuple[int, Decimal]:
    """Missed targets by how far they were missed, then what was not measured, then what was reached."""
    rank = {False: 0, None: 1, True: 2}[row.met]
    return rank, row.value if row.value is not None else Decimal(0)


def _row(pending: Pending, indicator: Indicator) -> IndicatorRow:
    figures, entry = pending.figures, pending.entry(indicator)
    achieved = entry.achievement if entry else None
    band = figures.band(achieved) if achieved else None
    node = figures.nodes[indicator.node]
    aim = entry.aim if entry else figures.aim(indicator, pending.year)
    realised = _realised(pending, indicator)
    years = range(pending.year - 4, pending.year + 1)
    values = [(year, figures.realised(indicator, year).value) for year in years]
    return IndicatorRow(
        code=indicator.code, name=indicator.name, node=node.code, goal=node.title, iku=indicator.iku,
        target=aim.shown(), realised=realised.shown() if realised else "–",
        figure=achieved.shown() if achieved and achieved.value is not None else "",
        value=achieved.value if achieved else None,
        label=band.label if band else "", tone=band.tone.value if band else "",
        met=figures.reached(achieved) if achieved else None,
        must_explain=bool(entry and pending.need(entry) and not entry.is_explained),
        trend=tuple(value.amount if value else None for _, value in values),
        trend_words="; ".join(f"{year}: {value.shown()}" for year, value in values if value),
    )  # fmt: skip


def _realised(pending: Pending, indicator: Indicator) -> Value | None:
    if pending.at is None:
        return None
    found: aggregate.YearValue = pending.figures.realised(indicator, pending.year, pending.at.last_month)
    return found.value


def _money(pending: Pending) -> Money | None:
    figures = pending.figures
    if figures.budget_version is None:
        return None
    month = 12 if pending.is_over else pending.today.month - 1 if pending.today.year == pending.year else 0
    whole = figures.absorption_through(month)
    planned = planned_by(month, pending.limits)
    spent = figures.spent_through(month)
    total = sum((spent.get(node.code, Decimal(0)) for node in figures.programmes), Decimal(0))
    rows = sorted(
        (_programme(pending, node, month, spent) for node in figures.programmes),
        key=lambda row: row.value if row.value is not None else Decimal(-1),
    )
    return Money(
        month, format_rupiah(figures.total_budget), format_rupiah(total), whole.shown(), whole.value, planned,
        format_percent(planned, places=2), whole.value is not None and whole.value < planned, tuple(rows),
    )  # fmt: skip


def _programme(pending: Pending, node: Node, month: int, spent: dict[str, Decimal]) -> BudgetRow:
    figures = pending.figures
    share = figures.absorption_through(month, node)
    # Early in the year every line is low; the limit is that of the whole year, scaled to what is planned by now.
    limit = pending.limits.low_absorption * planned_by(month, pending.limits) / planned_by(12, pending.limits)
    return BudgetRow(
        node.code, node.title, format_rupiah(figures.budget[node.code]),
        format_rupiah(spent.get(node.code, Decimal(0))), share.shown(), share.value, low_absorption(share, limit),
    )  # fmt: skip


def gate_counts(figures: Figures) -> tuple[GateCount, ...]:
    """What disagrees in the data of a year, by gate; needs every record behind plans, agreements and budget."""
    findings = gates(figures)
    named: dict[str, list[Finding]] = {name: [] for name in (*GATES.values(), OTHER_GATE)}
    for finding in findings:
        named[GATES.get(finding.code.partition("-")[0], OTHER_GATE)].append(finding)
    return tuple(_counted(name, found) for name, found in named.items())


def _counted(name: str, found: list[Finding]) -> GateCount:
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    warnings = [finding for finding in found if finding.severity is Severity.WARNING]
    told = tuple(finding.message for finding in [*errors, *warnings][:FEW_FINDINGS])
    return GateCount(name, len(errors), len(warnings), told)


def count_words(count: int) -> str:
    """A count as people write it, with dots between thousands."""
    return format_number(Decimal(count))
