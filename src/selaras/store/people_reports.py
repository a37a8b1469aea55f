"""Reports over all SKPs of an agency: list of staff, agreement PK - SKP - Renstra, cascade, counts of predicates.

No rating of a person stands in any of them. Counts of fewer than three people would tell the rating of a person, so they
stand with the unit above, except for who assesses all of them anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.computed import Computed
from selaras.core.errors import NotFound
from selaras.core.finding import Finding
from selaras.core.nip import mask
from selaras.core.org import Agency, Position, Unit
from selaras.core.people import organisation
from selaras.core.people.alignment import AlignedRow, align, findings
from selaras.core.people.chain import Strand, descend
from selaras.core.people.distribution import Counts, Judgement, added, judge, tally
from selaras.core.people.organisation import OrganisationFacts, Proposal, facts_of, propose
from selaras.core.people.ratings import OrganisationPredicate, Rating
from selaras.core.people.skp import SkpState
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator, Node, Target
from selaras.core.reporting.figures import NO_AIM, Aim, Figures
from selaras.store import models as tables
from selaras.store.measuring import VALUES, figures_of
from selaras.store.people import rules_of
from selaras.store.people_rows import NAMED, joined, parts_of, plan_record
from selaras.store.snapshot import find_agency
from selaras.store.together import load_together
from selaras.store.units import below, nearest_owner

LEAST = 3
"""Fewer rated people than this are never counted by themselves."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One employee in the list of the staff office: whether there is a plan and how far it is; never a rating."""

    code: str
    name: str
    nip: str
    rank: str
    job: str
    unit: str
    plan: str
    state: SkpState | None
    assessor: str
    login: str


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One page of the list of staff, with how many there are in all and by state."""

    lines: tuple[StaffLine, ...]
    total: int
    states: Mapping[str, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class AlignmentReport:
    """The table of PK, SKP and Renstra with its findings, and how positions and units are called."""

    table: tuple[AlignedRow, ...]
    findings: tuple[Finding, ...]
    titles: Mapping[str, str]
    plans: Mapping[str, str]
    """Position by code of plan."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """The cascade down to the person as trees, and how positions are called; no name and no rating."""

    strands: tuple[Strand, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DistributionLine:
    """The counts of one unit held against the pattern of its predicate.

    `people` are all who have a plan; `counts` is None where so few were rated that they stand with the unit above,
    `joined` says how many of smaller units stand in the counts. `judgement` is None without a predicate of the unit.
    """

    unit: str
    name: str
    depth: int
    people: int
    counts: Counts | None
    joined: int
    organisation: OrganisationPredicate | None
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The predicate of a unit (empty: of the agency) in a period: facts, proposal with reasons, and the decision.

    `head` is the position that heads the unit, `superior` the one above, which usually decides. `units` and `titles` say
    how units and positions are called.
    """

    facts: OrganisationFacts
    achievements: tuple[tuple[Indicator, Computed], ...]
    proposal: Proposal
    decision: organisation.OrganisationDecision | None
    head: str
    superior: str
    units: Mapping[str, str]
    titles: Mapping[str, str]


def staff_page(
    actor: Actor, agency: str, year: int, *, page: int = 1, search: str = "", unit: str = "", state: str = "",
    size: int = PAGE,
) -> StaffPage:  # fmt: skip
    """One page of all employees with the state of their plans; `state` is that of a plan, or `tanpa` for none.

    For the staff office; three queries however many employees there are. Raises NotAllowed and NotFound.
    """
    check_somewhere(actor, Act.MANAGE_SKP, agency)
    plans = tables.SkpPlan.objects.filter(agency__code=agency, year=year, employee__isnull=False)
    rows = tables.Employee.objects.filter(agency__code=agency)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(job__icontains=search) | Q(nip=search) | Q(code=search))
    if unit:
        rows = rows.filter(unit__code=unit)
    if state:
        held = plans.values("employee") if state == "tanpa" else plans.filter(state=state).values("employee")
        rows = rows.exclude(pk__in=held) if state == "tanpa" else rows.filter(pk__in=held)
    states = dict(plans.order_by().values_list("state").annotate(n=Count("pk")))
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    chosen = list(
        rows.order_by("name", "pk").values_list(
            "pk", "code", "name", "nip", "rank", "job", "unit__name", "seat__user__username"
        )[(page - 1) * size : page * size]
    )
    latest = {
        row[0]: row[1:]
        for row in plans.filter(employee__in=[row[0] for row in chosen])
        .order_by("since")
        .values_list("employee_id", "code", "state", "assessor__title")
    }
    lines = []
    for pk, code, name, nip, rank, job, home, login in chosen:
        plan, plan_state, assessor = latest.get(pk, ("", "", ""))
        lines.append(
            StaffLine(
                code, name, mask(nip), rank, job, home or "", plan, SkpState(plan_state) if plan_state else None,
                assessor or "", login or "",
            )
        )  # fmt: skip
    return StaffPage(tuple(lines), total, states, page, pages)


def alignment_of(agency: str, year: int) -> AlignmentReport:
    """PK, SKP and Renstra beside each other, every gap as a finding. Four queries. Raises NotFound."""
    kinds: frozenset[type] = frozenset({Agreement, AgreementLine, Target})
    known = load_together(agency, year, kinds, where={Target: Q(year=year)})
    plans, rows, titles = _all_rows(agency, year)
    table = align(
        agreements=known.agreements, lines=known.agreement_lines, plans=plans, rows=rows, targets=known.targets,
        agency=known.agency,
    )  # fmt: skip
    return AlignmentReport(table, findings(table), titles, {plan.code: plan.position for plan in plans})


def cascade_of(agency: str, year: int) -> Cascade:
    """The cascade of results from the head down to the person, by positions. Two queries."""
    plans, rows, titles = _all_rows(agency, year)
    return Cascade(descend(plans, rows), titles)


def distribution_of(actor: Actor, agency: str, year: int, unit: str = "") -> tuple[DistributionLine, ...]:
    """How the year's predicates spread by unit, in the order of the tree; `unit` for it and those below.

    An objection's decision counts. Four queries and one for the actor's right. Raises NotAllowed and NotFound.
    """
    check_somewhere(actor, Act.COUNT_PREDICATES, agency)
    pk, home = find_agency(agency)
    rules = rules_of(year)
    rated: list[tuple[str, Rating, Rating]] = []
    assessors: dict[str, set[str]] = {}
    of_year = tables.SkpAssessment.objects.filter(plan__agency=pk, plan__year=year, span=Span.YEAR.value)
    for where, results, behaviour, changed, other, assessor in of_year.order_by().values_list(
        "plan__unit", "results", "behaviour", "plan__objection__results", "plan__objection__behaviour",
        "plan__assessor__code",
    ):  # fmt: skip
        rated.append((where, Rating(changed or results), Rating(other or behaviour)))
        assessors.setdefault(where, set()).add(assessor or "")
    counts = tally(rated, rules.matrix)
    plans = tables.SkpPlan.objects.filter(agency=pk, year=year).order_by().values_list("unit").annotate(n=Count("pk"))
    people = dict(plans)
    decided = _decided(pk, year)
    held = {position for place, position in actor.positions if place == agency}
    tree = _tree(pk, home)
    open_to = {where for where, whom in assessors.items() if whom <= held}
    shown, joined_people = _rolled(tree, counts, open_to)
    lines = []
    for code, name, depth, _ in tree:
        organisation_predicate = decided.get(code)
        own = shown.get(code)
        pattern = rules.patterns.get(organisation_predicate) if organisation_predicate else None
        judgement = judge(own, pattern, unit=name) if own and pattern else None
        lines.append(
            DistributionLine(
                code,
                name,
                depth,
                people.get(code, 0),
                own,
                joined_people.get(code, 0),
                organisation_predicate,
                judgement,
            )
        )
    if not unit:
        return tuple(lines)
    inside = _inside(tree, unit)
    return tuple(line for line in lines if line.unit in inside)


def organisation_of(agency: str, period: Period, unit: str = "", expectation: Rating | None = None) -> OrganisationView:
    """Facts, proposal and decision of a unit's predicate in a period. Four queries. Raises NotFound."""
    pk, _ = find_agency(agency)
    figures = figures_of(load_together(agency, period.year, VALUES | {Node, Unit, Position}))
    codes = _units_below(figures.snapshot.units, unit)
    if unit and not codes:
        raise NotFound(f"Unit {unit} tidak ditemukan.")
    chosen = [item for item in figures.measured if not unit or _owner(figures, item) in codes]
    pairs = tuple((item, _achieved(figures, item, period)) for item in chosen)
    facts = facts_of(unit or agency, period, [figure for _, figure in pairs], expectation)
    proposal = propose(facts, rules_of(period.year).proposals)
    rows = tables.OrganisationDecision.objects.select_related("decider", "unit").filter(
        agency=pk, year=period.year, span=period.span.value, index=period.index
    )
    row = rows.filter(Q(unit__code=unit) if unit else Q(unit__isnull=True)).first()
    head, superior = head_of(pk, unit)
    return OrganisationView(
        facts, pairs, proposal, decision_record(row) if row else None, head, superior,
        {item.code: item.name for item in figures.snapshot.units},
        {item.code: item.title for item in figures.snapshot.positions},
    )  # fmt: skip


def decision_record(row: tables.OrganisationDecision) -> organisation.OrganisationDecision:
    """The record of a row that was read with its unit and decider."""
    return organisation.OrganisationDecision(
        row.unit.code if row.unit else "", row.period, OrganisationPredicate(row.predicate), row.decider.code,
        row.decider_name, row.on, OrganisationPredicate(row.proposed) if row.proposed else None, row.reason, row.advice,
    )  # fmt: skip


def decisions_of(agency: str, year: int) -> tuple[organisation.OrganisationDecision, ...]:
    """Every predicate that was decided for a year, of units and of the agency; one query."""
    rows = tables.OrganisationDecision.objects.filter(agency__code=agency, year=year)
    return tuple(decision_record(row) for row in rows.select_related("decider", "unit"))


def head_of(agency: int, unit: str) -> tuple[str, str]:
    """The position that heads a unit (empty: the agency) and the one above it, by codes; empty where unknown."""
    rows = tables.Position.objects.filter(agency=agency, outside=False)
    rows = rows.filter(unit__code=unit) if unit else rows.filter(Q(superior__isnull=True) | Q(superior__outside=True))
    ordered = rows.order_by(F("superior__unit").asc(nulls_first=True), "order", "sequence", "pk")
    listed = list(ordered.values_list("pk", "code", "superior__code", "superior_id"))
    inside = {pk for pk, *_ in listed} if unit else set()
    for _, code, above, above_pk in listed:
        if above_pk not in inside:
            return code, above or ""
    return "", ""


def _all_rows(agency: str, year: int) -> tuple[list, tuple, dict[str, str]]:  # type: ignore[type-arg]
    found = list(tables.SkpPlan.objects.select_related(*NAMED).filter(agency__code=agency, year=year).order_by("pk"))
    titles = {row.position.code: row.position.title for row in found}
    titles |= {row.assessor.code: row.assessor.title for row in found if row.assessor}
    parts = parts_of([row.pk for row in found], ["rows"])
    return [plan_record(row) for row in found], joined(parts, "rows"), titles


def _decided(agency: int, year: int) -> dict[str, OrganisationPredicate]:
    rows = tables.OrganisationDecision.objects.filter(agency=agency, year=year, span=Span.YEAR.value)
    return {unit or "": OrganisationPredicate(made) for unit, made in rows.values_list("unit__code", "predicate")}


def _tree(agency: int, home: Agency) -> list[tuple[str, str, int, str]]:
    """The agency as a whole and its units: code, name, depth, code of the unit above; parents first."""
    rows = tables.Unit.objects.filter(agency=agency).order_by("order", "sequence", "pk")
    listed = list(rows.values_list("code", "name", "parent__code"))
    children: dict[str, list[tuple[str, str]]] = {}
    known = {code for code, _, _ in listed}
    for code, name, parent in listed:
        children.setdefault(parent if parent in known else "", []).append((code, name))
    found = [("", home.short_name or home.name, 0, "")]
    waiting = [(code, name, 1, "") for code, name in reversed(children.get("", []))]
    seen: set[str] = set()
    while waiting:
        code, name, depth, parent = waiting.pop()
        if code not in seen:
            seen.add(code)
            found.append((code, name, depth, parent))
            waiting += [(child, title, depth + 1, code) for child, title in reversed(children.get(code, []))]
    return found


def _rolled(
    tree: list[tuple[str, str, int, str]], counts: Mapping[str, Counts], open_to: Iterable[str]
) -> tuple[dict[str, Counts], dict[str, int]]:
    """Counts as they may be shown: those of few people stand with the unit above; and how many came from below."""
    may_see = set(open_to)
    known = {code for code, _, _, _ in tree}
    held = {code: made for code, made in counts.items() if code in known}
    lost = [made for code, made in counts.items() if code not in known]
    if lost:
        held[""] = added([*([held[""]] if "" in held else []), *lost])
    joined_people: dict[str, int] = {}
    for code, _, _, parent in reversed(tree):
        own = held.get(code)
        if own is None or sum(own) >= LEAST or code in may_see:
            continue
        del held[code]
        if code:
            held[parent] = added([held[parent], own]) if parent in held else own
            joined_people[parent] = joined_people.get(parent, 0) + sum(own)
    return held, joined_people


def _inside(tree: list[tuple[str, str, int, str]], unit: str) -> set[str]:
    found = {unit}
    for code, _, _, parent in tree:
        if parent in found and code:
            found.add(code)
    return found


def _units_below(units: Collection[Unit], unit: str) -> frozenset[str]:
    """The codes of a unit and all below it; none for no unit or one that is not there."""
    numbers = {item.code: number for number, item in enumerate(units)}
    listed = [(numbers[item.code], numbers.get(item.parent), item.code) for item in units]
    return below(numbers[unit], listed) if unit in numbers else frozenset()


def _owner(figures: Figures, indicator: Indicator) -> str:
    nodes = {code: (node.parent, node.owner) for code, node in figures.nodes.items()}
    return nearest_owner(indicator.node, nodes)


def _achieved(figures: Figures, indicator: Indicator, period: Period) -> Computed:
    """The achievement of the year, or through a period against the action plan's target for it."""
    if period.span is Span.YEAR:
        return figures.achievement(indicator)
    aim: Aim = figures.quarterly(indicator, period) or NO_AIM
    return figures.achievement_through(indicator, aim, period.last_month)
