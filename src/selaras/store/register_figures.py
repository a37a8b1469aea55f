"""Figures of registers as one person may see them: rules, the records behind them, the yearly report, what is bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import NotFound, Refusal
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.period import Period, Span
from selaras.core.registers.binding import Binding, realisation_of
from selaras.core.registers.counting import Figure
from selaras.core.registers.definition import CountingRule, Register, Summary
from selaras.core.registers.privacy import open_fields
from selaras.core.registers.survey import Response, SurveyResult, score
from selaras.rulebook.service import SMART, load_surveys
from selaras.store import models as tables
from selaras.store.register_access import Held, find_register, held_of, sees_records, visible_rows
from selaras.store.register_counts import PARTS, Counted, Counting
from selaras.store.register_rows import public_rows, record_of
from selaras.store.rows import all_tables

PAGE = 50


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One rule with its figure; `refused` says why there is none (a year without holidays)."""

    rule: CountingRule
    counted: Counted | None
    refused: str
    indicators: tuple[str, ...]
    """The indicators that count themselves by it."""


@dataclass(frozen=True, slots=True)
class BehindPage:
    """The numbers of the records of one part of a figure, a page of them."""

    figure: Figure
    part: str
    numbers: tuple[str, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class YearSheet:
    """The yearly report of a register: figures, tables, and what clients thought."""

    held: Held
    figures: tuple[FigureLine, ...]
    tables: tuple[tuple[Summary, tuple[tuple[str, Decimal], ...]], ...]
    rating: SurveyResult


@dataclass(frozen=True, slots=True)
class BoundLine:
    """An indicator that counts itself: by what, and whether the value handed in still is what the records say."""

    indicator: str
    name: str
    register: str
    rule: str
    figure: Figure | None
    refused: str
    stands: str
    """The value of the year as it stands, in words."""
    status: str
    counted: str
    """What the records say, in the same words; empty where they say nothing."""
    differs: bool
    """A value that was handed in before says something else: it stays until it is returned."""


def counting_of(held: Held, today: date) -> Counting:
    """A register ready to be counted on a day."""
    return Counting(held.pk, held.register, held.row.body, today)


def figures_of(actor: Actor, agency: str, code: str, period: Period, today: date) -> tuple[FigureLine, ...]:
    """Every rule of a register with its figure; counts are for everybody inside, also of a restricted register.

    Three queries for each rule. Raises NotFound, NotAllowed.
    """
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    return figures_in(find_register(agency, code), period, today)


def figures_in(held: Held, period: Period, today: date) -> tuple[FigureLine, ...]:
    """The same of a register that was found for somebody who may know its counts."""
    return _figures(held, counting_of(held, today), period)


def first_figures(held: Held, period: Period, today: date, most: int) -> tuple[FigureLine | None, ...]:
    """The rules of a register that was found for somebody inside: the first `most` with their figures, None for the rest.

    Two queries, and one or two for each figure.
    """
    counting = counting_of(held, today)
    bound = _bound_by(held)
    return tuple(
        FigureLine(rule, *_counted(counting, rule, period), tuple(bound.get(rule.code, ()))) if at < most else None
        for at, rule in enumerate(held.register.rules)
    )


def one_figure(
    held: Held, rule: CountingRule, period: Period, today: date, *, part: str = "", page: int = 1
) -> tuple[FigureLine, BehindPage | None]:
    """A figure of a register that was found for somebody who sees its records, with a page of those behind one part.

    Without a part the figure alone; four queries. Raises Refusal.
    """
    counting = counting_of(held, today)
    counted, refused = _counted(counting, rule, period)
    line = FigureLine(rule, counted, refused, ())
    if counted is None or part not in PARTS:
        return line, None
    total: int = getattr(counted, part)
    pages = max(1, -(-total // PAGE))
    at = min(max(1, page), pages)
    numbers = counting.behind(rule, period, part, start=(at - 1) * PAGE, most=PAGE)
    return line, BehindPage(counted.figure, part, tuple(numbers), total, at, pages)


def _bound_by(held: Held) -> dict[str, list[str]]:
    """The indicators that each rule of a register fills."""
    bound: dict[str, list[str]] = {}
    for code, indicator in held.row.bindings.values_list("rule", "indicator__code"):
        bound.setdefault(code, []).append(indicator)
    return bound


def behind(
    actor: Actor, agency: str, code: str, rule: str, period: Period, part: str, today: date, page: int = 1
) -> BehindPage:
    """The records behind one part (`met`, `missed`, `waiting`) of a figure; only for who sees records.

    Raises NotFound, NotAllowed, Refusal.
    """
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    held = find_register(agency, code)
    found = held.register.rule(rule)
    if found is None or part not in PARTS or not sees_records(actor, held):
        raise NotFound(f"Rekaman di balik angka {rule} tidak ditemukan.")
    counting = counting_of(held, today)
    counted = counting.rule(found, period)
    total: int = getattr(counted, part)
    pages = max(1, -(-total // PAGE))
    at = min(max(1, page), pages)
    numbers = counting.behind(found, period, part, start=(at - 1) * PAGE, most=PAGE)
    return BehindPage(counted.figure, part, tuple(numbers), total, at, pages)


def year_sheet(actor: Actor, agency: str, code: str, year: int, today: date) -> YearSheet:
    """The yearly report of a register: every figure and table of its definition. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    return sheet_of(find_register(agency, code), year, today)


def sheet_of(held: Held, year: int, today: date) -> YearSheet:
    """The yearly report of a register, for who was let in already."""
    counting, period = counting_of(held, today), Period(year)
    made = _tables(counting, period)
    return YearSheet(held, _figures(held, counting, period), made, rating_of(held, year, today))


def year_tables(held: Held, year: int, today: date) -> YearSheet:
    """The same without the figures, each of which has a page of its own; three or four queries."""
    return YearSheet(held, (), _tables(counting_of(held, today), Period(year)), rating_of(held, year, today))


def _tables(counting: Counting, period: Period) -> tuple[tuple[Summary, tuple[tuple[str, Decimal], ...]], ...]:
    wanted = counting.register.summaries
    return tuple(zip(wanted, counting.summaries(wanted, period), strict=True))


def rating_of(held: Held, year: int, today: date) -> SurveyResult:
    """What clients thought of the service in a year, by the five SMART items."""
    rows = tables.RegisterRating.objects.filter(record__definition=held.pk, on__year=year)
    listed = [Response(held.register.code, on, answers) for on, answers in rows.values_list("on", "answers")]
    return score(load_surveys(today)[SMART], listed)


def bound_of(actor: Actor, agency: str, year: int, today: date) -> tuple[BoundLine, ...]:
    """Every indicator of an agency that counts itself, with its figure of the year. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    rows = tables.RegisterBinding.objects.filter(indicator__agency__code=agency)
    rows = rows.select_related("indicator", "definition__agency").order_by("indicator__order", "indicator__code")
    return tuple(bound_line(row, year, today) for row in rows)


def bound_line(row: tables.RegisterBinding, year: int, today: date) -> BoundLine:
    """One indicator that counts itself, for somebody inside; the row with its indicator and its register."""
    held = held_of(row.definition)
    rule = held.register.rule(row.rule)
    counted, refused = _counted(counting_of(held, today), rule, Period(year)) if rule else (None, "")
    table = all_tables()[Realisation]
    rows = table.rows.filter(indicator=row.indicator_id, year=year, span=Span.YEAR.value, index=1)
    found = rows.values_list(*table.paths).first()
    stands: Realisation | None = table.record_of(found) if found is not None else None
    words = ""
    if counted is not None:
        bound = Binding(row.indicator.code, row.definition.code, row.rule)
        made = realisation_of(bound, counted.figure)
        words = made.told() or made.note
    told = (stands.told() or stands.note) if stands else ""
    return BoundLine(
        row.indicator.code, row.indicator.name, row.definition.code, row.rule, counted.figure if counted else None,
        refused, told, stands.status.value if stands else "", words,
        stands is not None and stands.status is not Progress.DRAFT and bool(words) and told != words,
    )  # fmt: skip


def bindable(actor: Actor, agency: str) -> tuple[tuple[str, str, str, str], ...]:
    """Every rule that an indicator may be bound to: register, its name, rule, its name. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    rows = tables.RegisterDefinition.objects.filter(agency__code=agency, active=True).select_related("agency")
    return tuple(
        (row.code, row.name, rule.code, rule.name)
        for row in rows.order_by("sequence", "pk")
        for rule in held_of(row).register.rules
    )


def open_data(agency: str, code: str) -> tuple[tuple[str, ...], list[Mapping[str, object]]]:
    """A register as open data for anybody: the open fields alone, without number, unit and days of steps.

    Raises NotFound where nothing of the register is open.
    """
    held = find_register(agency, code)
    fields = open_fields(held.register)
    if not fields:
        raise NotFound("Data terbuka ini tidak ditemukan.")
    rows = public_rows(tables.RegisterRecord.objects.filter(definition=held.pk)).order_by("opened", "pk")
    records = (record_of(held.register, row, private=False) for row in rows.iterator(chunk_size=1000))
    named = [(item.code, item.name) for item in fields]
    made: list[Mapping[str, object]] = [
        {name: record.content[code] for code, name in named if code in record.content} for record in records
    ]
    return tuple(name for _, name in named), made


def waiting_for(actor: Actor, agency: str, code: str) -> int:
    """How many open records of a register were given to the actor."""
    rows = visible_rows(actor, find_register(agency, code))
    return rows.filter(assignee__username=actor.login, closed__isnull=True).count()


def _figures(held: Held, counting: Counting, period: Period) -> tuple[FigureLine, ...]:
    bound = _bound_by(held)
    lines = []
    for rule in held.register.rules:
        counted, refused = _counted(counting, rule, period)
        lines.append(FigureLine(rule, counted, refused, tuple(bound.get(rule.code, ()))))
    return tuple(lines)


def _counted(counting: Counting, rule: CountingRule, period: Period) -> tuple[Counted | None, str]:
    try:
        return counting.rule(rule, period), ""
    except Refusal as refusal:
        return None, " ".join([refusal.message, *(fault.sentence() for fault in refusal.faults)])


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule that is not stored yet would count, with the first records of its numerator, if one may see them."""

    counted: Counted
    numbers: tuple[str, ...]


def tried(
    actor: Actor, held: Held, register: Register, rule: str, period: Period, today: date, *, most: int = 10
) -> Tried:
    """A figure of a rule of `register`, a changed definition of the register that is held. Raises Refusal."""
    found = register.rule(rule)
    if found is None:
        raise NotFound(f"Aturan hitung {rule} tidak ditemukan.")
    counting = Counting(held.pk, register, held.row.body, today)
    counted = counting.rule(found, period)
    shown = sees_records(actor, held)
    return Tried(counted, tuple(counting.behind(found, period, "met", most=most)) if shown else ())
