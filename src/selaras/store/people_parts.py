"""The reports over all SKPs of an agency a page at a time: what a page shows is read, the rest is counted.

The whole table and the whole tree stand in `store.people_reports`; with many thousand employees only files take them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Subquery, Window

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.org import Unit
from selaras.core.people.alignment import align, findings
from selaras.core.people.chain import Strand
from selaras.core.people.skp import Section, SkpForm, SkpPlan
from selaras.core.planning import Target
from selaras.store import models as tables
from selaras.store.people_reports import AlignmentReport, tree_of
from selaras.store.people_rows import PLAN_COLUMNS, joined, parts_of, plan_of_columns, rows_at
from selaras.store.snapshot import find_agency
from selaras.store.together import load_together

PLANS = 25
"""How many plans one page of the alignment reads."""
TOPS = 50
BELOW = 200
"""How many results at the top of one page of the cascade, and how many in all that support them."""
ORDER = ("plan__position__order", "plan__position__sequence", "plan__since", "plan_id", "order")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is in a year: plans that have results, results of plans, lines of agreements."""

    plans: int
    rows: int
    lines: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """The SKPs of one unit itself: plans, results, and those without a parent that should have one."""

    unit: str
    name: str
    depth: int
    plans: int
    rows: int
    orphans: int


@dataclass(frozen=True, slots=True)
class AlignmentPart:
    """One page of the report: the plans of a unit from `start` to `end` of `total`, or agreements without any SKP.

    `name` is what the unit is called, its code where it is there no more.
    """

    name: str
    report: AlignmentReport
    page: int
    pages: int
    start: int
    end: int
    total: int


@dataclass(frozen=True, slots=True)
class CascadePart:
    """One page of the cascade, two levels deep; `carried` counts what supports each row, also what is not read."""

    strands: tuple[Strand, ...]
    titles: Mapping[str, str]
    carried: Mapping[tuple[str, int], int]
    page: int
    pages: int
    total: int


def extent_of(agency: str, year: int) -> Extent:
    """How much the reports of a year are about. One query."""
    rows = _rows(agency, year).order_by().values("plan__agency")
    lines = tables.AgreementLine.objects.filter(agreement__agency__code=agency, agreement__year=year).order_by()
    counts = (
        rows.annotate(n=Count("plan", distinct=True)),
        rows.annotate(n=Count("pk")),
        lines.values("agency").annotate(n=Count("pk")),
    )
    found = tables.Agency.objects.filter(code=agency).values_list(*(Subquery(count.values("n")) for count in counts))
    return Extent(*(count or 0 for count in (found.first() or (0, 0, 0))))


def unit_counts(agency: str, year: int) -> tuple[UnitCount, ...]:
    """Every unit that has SKPs, in the order of the tree, the agency as a whole first. Three queries. Raises NotFound."""
    pk, home = find_agency(agency)
    other_year = Q(rows__parent__isnull=False) & ~Q(rows__parent__plan__agency=pk, rows__parent__plan__year=year)
    needs = Q(rows__line__isnull=True) & ~Q(rows__section=Section.EXTRA.value)
    orphans = needs & (other_year | (Q(rows__parent__isnull=True) & ~Q(form=SkpForm.HEAD.value)))
    counted = (
        tables.SkpPlan.objects.filter(agency=pk, year=year)
        .order_by()
        .values_list("unit")
        .annotate(plans=Count("pk", distinct=True), listed=Count("rows"), orphans=Count("rows", filter=orphans))
    )
    counts = {unit: (plans, rows, without) for unit, plans, rows, without in counted}
    tree = tree_of(pk, home)
    known = [
        UnitCount(code, name, depth, *counts.pop(code)) for code, name, depth, _above in tree if code in counts
    ]  # fmt: skip
    return (*known, *(UnitCount(code, code, 1, *found) for code, found in sorted(counts.items())))


def unplanned(agency: str, year: int) -> int:
    """How many positions have promised something in a year without any SKP. One query."""
    return int(_unplanned(agency, year).values("promiser").distinct().count())


def alignment_part(agency: str, year: int, unit: str, page: int = 1) -> AlignmentPart:
    """One page of PK, SKP and Renstra beside each other: some plans of a unit itself, with what they are held against.

    Every line is the same as in the whole report. Five queries. Raises NotFound.
    """
    at, read = _slice_of(_plans(agency, year).filter(unit=unit), page)
    positions = {position for _pk, position, *_ in read}
    promised = tables.Agreement.objects.filter(agency__code=agency, year=year, promiser__in=positions)
    shown = [pk for pk, *_ in read]
    parents = tables.SkpRow.objects.filter(plan__in=shown, parent__isnull=False)
    others = _read(
        _plans(agency, year)
        .filter(Q(position__in=promised.values("promiser")) | Q(pk__in=parents.values("parent__plan")))
        .exclude(pk__in=shown)
    )
    plans = [plan for *_, plan in (*read, *others)]
    carried = _rows(agency, year).filter(parent__plan__in=shown).order_by()
    counts = carried.values_list("parent__plan__code", "parent__order").annotate(n=Count("pk"))
    indicators = Q(indicator__in=tables.SkpRow.objects.filter(plan__in=shown).values("indicator"))
    known = _known(agency, year, Q(promiser__in=positions), indicators, unit)
    table = align(
        agreements=known.agreements, lines=known.agreement_lines, plans=plans,
        rows=joined(parts_of([pk for pk, *_ in (*read, *others)], ["rows"]), "rows"), targets=known.targets,
        agency=known.agency, shown={plan.code for *_, plan in read},
        supported={(plan, order): count for plan, order, count in counts},
    )  # fmt: skip
    titles = {plan.position: title for _pk, _position, title, plan in (*read, *others)}
    report = AlignmentReport(table, findings(table), titles, {plan.code: plan.position for plan in plans})
    home = known.agency.short_name or known.agency.name
    return at.of(report, next((item.name for item in known.units), unit or home))


def unplanned_part(agency: str, year: int, page: int = 1) -> AlignmentPart:
    """One page of the agreements whose promiser has no SKP. Three queries. Raises NotFound."""
    asked = _unplanned(agency, year).order_by("promiser__order", "promiser__sequence").values_list("promiser_id")
    promisers = list(dict.fromkeys(pk for (pk,) in asked))
    at = _Slice(len(promisers), page, PLANS)
    chosen = promisers[at.start : at.stop]
    known = _known(agency, year, Q(promiser__in=chosen))
    table = align(
        agreements=known.agreements, lines=known.agreement_lines, plans=(), rows=(), targets=known.targets,
        agency=known.agency,
    )  # fmt: skip
    return at.of(AlignmentReport(table, findings(table), {}, {}), "")


def cascade_part(agency: str, year: int, position: str = "", order: int | None = None, page: int = 1) -> CascadePart:
    """One page of the cascade: results at the top with those that support them.

    `position` begins at the results of it, with `order` at what supports its result of that number. Five queries.
    """
    rows = _rows(agency, year)
    if order is not None:
        tops = rows.filter(parent__plan__position__code=position, parent__order=order)
    elif position:
        tops = rows.filter(plan__position__code=position)
    else:
        # a parent in another year or agency is none here
        known = Q(parent__plan__agency__code=agency, parent__plan__year=year)
        tops = rows.exclude(known & Q(parent__isnull=False))
    at = _Slice(tops.count(), page, TOPS)
    chosen = list(tops.order_by(*ORDER).values_list("pk", flat=True)[at.start : at.stop])
    pairs = list(rows.filter(parent__in=chosen).order_by(*ORDER).values_list("parent_id", "pk")[:BELOW])
    every = [*chosen, *(pk for _parent, pk in pairs)]
    read = rows_at(every)
    read_plans = _read(tables.SkpPlan.objects.filter(rows__in=every).distinct())
    plans = {plan.code: (title, plan) for *_, title, plan in read_plans}
    below: dict[int, list[int]] = {}
    for parent, pk in pairs:
        below.setdefault(parent, []).append(pk)

    def strand(pk: int, depth: int) -> Strand:
        children = tuple(strand(child, depth + 1) for child in below.get(pk, ())) if depth == 0 else ()
        return Strand(plans[read[pk].plan][1], read[pk], depth, children)

    found = rows.filter(parent__in=every).order_by().values_list("parent_id").annotate(n=Count("pk"))
    carried = {read[pk].key: count for pk, count in found}
    titles = {plan.position: title for title, plan in plans.values()}
    strands = tuple(strand(pk, 0) for pk in chosen)
    return CascadePart(strands, titles, carried, at.page, at.pages, at.total)


class _Slice:
    """Which stretch of a list a page holds; a page that is not there is the last one."""

    def __init__(self, total: int, page: int, size: int) -> None:
        self.total = total
        self.pages = max(1, -(-total // size))
        self.page = min(max(1, page), self.pages)
        self.start = (self.page - 1) * size
        self.stop = min(self.start + size, total)

    def of(self, report: AlignmentReport, name: str) -> AlignmentPart:
        """The page with what stands on it."""
        return AlignmentPart(
            name, report, self.page, self.pages, min(self.start + 1, self.total), self.stop, self.total
        )


def _slice_of(plans: Any, page: int) -> tuple[_Slice, list[tuple[int, int, str, SkpPlan]]]:
    """The plans of a page in the order of positions, with how many there are in all; one query where the page exists."""
    first = (max(1, page) - 1) * PLANS
    ordered = plans.order_by("position__order", "position__sequence", "since", "pk").annotate(total=Window(Count("pk")))
    columns = ordered.values_list("total", "pk", "position_id", "position__title", *PLAN_COLUMNS)
    rows = list(columns[first : first + PLANS])
    if not rows and first:
        return _slice_of(plans, -(-plans.count() // PLANS))
    read = [(pk, position, title, plan_of_columns(*cells)) for _total, pk, position, title, *cells in rows]
    return _Slice(rows[0][0] if rows else 0, page, PLANS), read


def _plans(agency: str, year: int) -> Any:
    return tables.SkpPlan.objects.filter(agency__code=agency, year=year)


def _rows(agency: str, year: int) -> Any:
    return tables.SkpRow.objects.filter(plan__agency__code=agency, plan__year=year)


def _unplanned(agency: str, year: int) -> Any:
    held = _plans(agency, year).values("position")
    return tables.Agreement.objects.filter(agency__code=agency, year=year).exclude(promiser__in=held)


def _read(plans: Iterable[Any]) -> list[tuple[int, int, str, SkpPlan]]:
    """Plans as number, number of the position, its title, record."""
    columns = plans.values_list("pk", "position_id", "position__title", *PLAN_COLUMNS)  # type: ignore[attr-defined]
    return [(pk, position, title, plan_of_columns(*cells)) for pk, position, title, *cells in columns]


def _known(agency: str, year: int, promiser: Q, indicators: Q | None = None, unit: str = "") -> Any:
    """The agreements of some promisers with their lines, the Renstra's targets of the year for what they name, a unit."""
    promised = tables.Agreement.objects.filter(promiser, agency__code=agency, year=year)
    lines = tables.AgreementLine.objects.filter(agreement__in=promised.values("pk"))
    named = Q(indicator__in=lines.values("indicator"))
    kinds: Collection[type[Any]] = frozenset({Agreement, AgreementLine, Target, Unit})
    return load_together(
        agency, year, kinds,
        where={
            Agreement: promiser, AgreementLine: Q(agreement__in=promised.values("pk")),
            Unit: Q(code=unit), Target: Q(year=year) & (named | indicators if indicators is not None else named),
        },
    )  # fmt: skip
