"""Stage reform out of the tables: score sheets with their index, action plans with progress, the index of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from selaras.core.access import Act, Actor, check_somewhere, may, reach
from selaras.core.computed import Computed
from selaras.core.finding import Finding
from selaras.core.org import Agency, AgencyKind
from selaras.core.planning import FormulaKind, Indicator
from selaras.core.reform.actions import ActionProgress, ReformAction, achieved, check_actions, progress
from selaras.core.reform.attribution import INDEX_NAMES, Attribution, attribute, check_indicator
from selaras.core.reform.history import History, compare
from selaras.core.reform.index import ReformIndex, index
from selaras.core.reform.scheme import ReformRules, Scheme, fits
from selaras.core.reform.score import ReformScore
from selaras.core.reform.units import GoodShare, UnitReform, share_good
from selaras.core.value import ValueKind
from selaras.rulebook.rb import load_rb
from selaras.store import models as tables
from selaras.store.reform_rows import action_record, evaluated_units, report_record, unit_record
from selaras.store.rows import all_tables
from selaras.store.snapshot import find_agency

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class ReformSheet:
    """The score sheet of a year with its index, whose it is, and the years up to it; `index` None without a sheet."""

    score: ReformScore | None
    index: ReformIndex | None
    scheme: Scheme
    own_weights: bool
    """Whether the weights of the scheme's parts are those of this kind of agency."""
    attribution: Attribution | None
    history: History
    rules: ReformRules
    borrowed: tuple[Finding, ...] = ()
    """Own indicators that carry the index of somebody else."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action with what was reported of it by quarter, and its achievement through each quarter."""

    action: ReformAction
    reports: Mapping[int, ActionProgress]
    figures: tuple[Computed, ...]
    unit_name: str
    responsible: str
    group: str
    """The area of change or the theme in words."""
    reported_by: Mapping[int, str]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class ActionBoard:
    """Every action of a year, their achievement together by quarter, and what is missing through the chosen quarter."""

    lines: tuple[ActionLine, ...]
    together: tuple[Computed, ...]
    findings: tuple[Finding, ...]
    quarter: int
    rules: ReformRules


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """The index of every unit of a year, the share that is good, and the indicator that it fills (empty for none)."""

    share: GoodShare
    names: Mapping[str, str]
    before: Mapping[str, UnitReform]
    """What each unit had in the year before."""
    bound: str
    bindable: tuple[tuple[str, str], ...]
    """Indicators that could be bound: code and name of those that are a share of a numerator and a denominator."""
    scheme: Scheme
    rules: ReformRules


def rules_of(year: int) -> ReformRules:
    """The rules of stage reform on the last day of a year."""
    return load_rb(date(year, 12, 31))


def sheet_of(agency: str, year: int) -> ReformSheet:
    """The score sheet of a year with its index and the years before it, and own indicators that borrow it. Three queries.

    Raises NotFound.
    """
    pk, home = find_agency(agency)
    table = all_tables()[ReformScore]
    rows = table.rows.filter(agency_id=pk, year__lte=year).order_by("year").values_list(*table.paths)
    sheet = sheet_from(home, [table.record_of(row) for row in rows], year)
    if sheet.score is None or sheet.attribution is None or sheet.attribution.own is not False:
        return sheet
    return replace(sheet, borrowed=_borrowed(pk, home, sheet.score))


def _borrowed(agency: int, home: Agency, score: ReformScore) -> tuple[Finding, ...]:
    """The agency's indicators that are named after an index which is not its own."""
    table = all_tables()[Indicator]
    named = Q()
    for name in INDEX_NAMES:
        named |= Q(name__istartswith=name)
    rows = table.rows.filter(named, agency_id=agency).order_by("sequence", "pk").values_list(*table.paths)
    found = (check_indicator(table.record_of(row), score, home) for row in rows)
    return tuple(finding for finding in found if finding)


def sheet_from(home: Agency, scores: Iterable[ReformScore], year: int) -> ReformSheet:
    """The sheet of a year out of the scores of any years."""
    listed = [score for score in scores if score.year <= year]
    rules = rules_of(year)
    scheme = rules.scheme_for(year, home.kind)
    score = next((score for score in listed if score.year == year), None)
    return ReformSheet(
        score, index(score, scheme) if score else None, scheme, fits(scheme, home.kind),
        attribute(score, home) if score else None, compare(listed, rules, home.kind), rules,
    )  # fmt: skip


def actions_of(actor: Actor, agency: str, year: int, *, quarter: int = 4, unit: str | None = None) -> ActionBoard:
    """The action plans of a year that the actor may see, of one unit if named. Three queries. Raises NotFound."""
    check_somewhere(actor, Act.SEE, agency)
    rows = tables.ReformAction.objects.filter(agency__code=agency, year=year)
    if unit is not None:
        rows = rows.filter(unit__code=unit) if unit else rows.filter(unit__isnull=True)
    seen = reach(actor, Act.SEE, agency)
    if seen is not None:
        rows = rows.filter(Q(unit__code__in=seen))
    found = list(rows.select_related("unit", "responsible").order_by("order", "sequence", "pk"))
    reports: dict[int, dict[int, Any]] = {}
    for row in tables.ReformProgress.objects.filter(action__in=[item.pk for item in found]):
        reports.setdefault(row.action_id, {})[row.quarter] = row
    rules = rules_of(year)
    groups = {item.code: item.name for item in rules.areas} | {item.code: item.name for item in rules.themes}
    lines = tuple(_line(actor, agency, row, reports.get(row.pk, {}), groups) for row in found)
    actions = [line.action for line in lines]
    told = [report for line in lines for report in line.reports.values()]
    together = tuple(achieved(actions, told, each) for each in QUARTERS)
    problems = check_actions(
        actions, told, [item.code for item in rules.areas], [item.code for item in rules.themes], quarter
    )
    return ActionBoard(lines, together, problems, quarter, rules)


def units_of(agency: str, year: int) -> UnitBoard:
    """The index of the units of a year and the share that is good. Five queries. Raises NotFound."""
    pk, home = find_agency(agency)
    rules = rules_of(year)
    scheme = rules.scheme_for(year, home.kind)
    names = evaluated_units(pk, year)
    rows = tables.UnitReform.objects.filter(agency=pk, year__in=(year - 1, year)).select_related("unit")
    scores = [unit_record(row) for row in rows]
    share = share_good(names, scores, year, scheme, rules.good)
    binding = tables.ReformBinding.objects.filter(agency=pk, indicator=OuterRef("pk"))
    share_kind = Q(value_kind=ValueKind.PERCENT.value, formula=FormulaKind.RATIO.value)
    fitting = tables.Indicator.objects.annotate(is_bound=Exists(binding)).filter(
        share_kind | Q(is_bound=True), agency=pk
    )
    listed = list(fitting.order_by("order", "code").values_list("code", "name", "is_bound"))
    return UnitBoard(
        share, names, {item.unit: item for item in scores if item.year == year - 1},
        next((code for code, _, is_bound in listed if is_bound), ""), tuple((code, name) for code, name, _ in listed),
        scheme, rules,
    )  # fmt: skip


def share_of(agency: int, kind: AgencyKind, year: int) -> GoodShare:
    """The share of units that are good in a year; three queries. Raises Refusal for scores that cannot be."""
    rules = rules_of(year)
    rows = tables.UnitReform.objects.filter(agency=agency, year=year).select_related("unit")
    scores = [unit_record(row) for row in rows]
    return share_good(evaluated_units(agency, year), scores, year, rules.scheme_for(year, kind), rules.good)


def _line(
    actor: Actor, agency: str, row: tables.ReformAction, rows: Mapping[int, Any], groups: Mapping[str, str]
) -> ActionLine:
    action = action_record(row)
    reports = {quarter: report_record(item, action.code) for quarter, item in sorted(rows.items())}
    group = action.area or action.theme
    return ActionLine(
        action, reports, tuple(progress(action, reports.values(), quarter) for quarter in QUARTERS),
        row.unit.name if row.unit else "", row.responsible.title if row.responsible else "", groups.get(group, group),
        {quarter: item.by for quarter, item in rows.items()}, may(actor, Act.PLAN_REFORM, agency, action.unit),
    )  # fmt: skip
