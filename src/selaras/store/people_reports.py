"""Reports over all SKPs of an agency: list of staff, agreement PK - SKP - Renstra, cascade, counts of predicates.

No rating of a person stands in any of them. Counts of fewer than three people would tell the rating of a person, so they
stand with the unit above, except for who assesses all of them anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.finding import Finding
from selaras.core.nip import mask
from selaras.core.org import Agency
from selaras.core.people.alignment import AlignedRow, align, findings
from selaras.core.people.chain import Strand, descend
from selaras.core.people.disclosure import Branch, disclose
from selaras.core.people.distribution import Counts, Judgement, judge, tally
from selaras.core.people.ratings import OrganisationPredicate, Rating
from selaras.core.people.skp import SkpPlan, SkpRow, SkpState
from selaras.core.period import Span
from selaras.core.planning import Target
from selaras.store import models as tables
from selaras.store.people import rules_of
from selaras.store.people_rows import PLAN_COLUMNS, joined, parts_of, plan_of_columns
from selaras.store.snapshot import find_agency
from selaras.store.together import load_together

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
    """The counts of one unit with everything below it, held against the pattern of its predicate.

    `people` are all who have a plan; `counts` is None where so few were rated that they stand with the unit above only,
    `joined` says how many of them are in units below that are not shown. `judgement` is None without a predicate.
    """

    unit: str
    name: str
    depth: int
    people: int
    counts: Counts | None
    joined: int
    organisation: OrganisationPredicate | None
    judgement: Judgement | None


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
    """How the year's predicates spread by unit with everything below it, in the order of the tree.

    `unit` for it and those below; what few people would tell is left out as `core.people.disclosure` says. An
    objection's decision counts. Four queries and one for the actor's right. Raises NotAllowed and NotFound.
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
    tree = tree_of(pk, home)
    mine = {where for where, whom in assessors.items() if whom <= held}
    open_to = {where for where in mine if all(each in mine or each not in assessors for each in _inside(tree, where))}
    found = disclose([Branch(code, above) for code, _, _, above in tree], counts, open_to)
    everybody = _whole(tree, people)
    lines = []
    for code, name, depth, _ in tree:
        organisation_predicate = decided.get(code)
        own = found.counts.get(code)
        pattern = rules.patterns.get(organisation_predicate) if organisation_predicate else None
        judgement = judge(own, pattern, unit=name) if own and pattern else None
        lines.append(
            DistributionLine(
                code,
                name,
                depth,
                everybody[code],
                own,
                found.joined.get(code, 0),
                organisation_predicate,
                judgement,
            )
        )
    if not unit:
        return tuple(lines)
    inside = _inside(tree, unit)
    return tuple(line for line in lines if line.unit in inside)


def _all_rows(agency: str, year: int) -> tuple[list[SkpPlan], tuple[SkpRow, ...], dict[str, str]]:
    """Every plan of a year in the order of positions, the rows of all of them, and how positions are called."""
    found = tables.SkpPlan.objects.filter(agency__code=agency, year=year)
    ordered = found.order_by("position__order", "position__sequence", "since", "pk")
    plans, numbers, titles = [], [], {}
    for pk, title, above, *cells in ordered.values_list("pk", "position__title", "assessor__title", *PLAN_COLUMNS):
        plan = plan_of_columns(*cells)
        plans.append(plan)
        numbers.append(pk)
        titles[plan.position] = title
        if plan.assessor:
            titles[plan.assessor] = above
    return plans, joined(parts_of(numbers, ["rows"]), "rows"), titles


def _decided(agency: int, year: int) -> dict[str, OrganisationPredicate]:
    rows = tables.OrganisationDecision.objects.filter(agency=agency, year=year, span=Span.YEAR.value)
    return {unit or "": OrganisationPredicate(made) for unit, made in rows.values_list("unit__code", "predicate")}


def tree_of(agency: int, home: Agency) -> list[tuple[str, str, int, str]]:
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


def _whole(tree: list[tuple[str, str, int, str]], own: Mapping[str, int]) -> dict[str, int]:
    """People by unit with everything below it; those of a unit that is gone count for the agency."""
    found = {code: own.get(code, 0) for code, _, _, _ in tree}
    found[""] += sum(count for code, count in own.items() if code not in found)
    for code, _, _, parent in reversed(tree):
        if code:
            found[parent] += found[code]
    return found


def _inside(tree: list[tuple[str, str, int, str]], unit: str) -> set[str]:
    found = {unit}
    for code, _, _, parent in tree:
        if parent in found and code:
            found.add(code)
    return found
