"""The predicate of a unit or of the agency: facts, proposal with reasons, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from selaras.core.computed import Computed
from selaras.core.errors import NotFound
from selaras.core.org import Position, Unit
from selaras.core.people import organisation
from selaras.core.people.organisation import OrganisationFacts, Proposal, facts_of, propose
from selaras.core.people.ratings import OrganisationPredicate, Rating
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator, Node
from selaras.core.reporting.figures import NO_AIM, Aim, Figures
from selaras.store import models as tables
from selaras.store.measuring import VALUES, figures_of
from selaras.store.people import rules_of
from selaras.store.snapshot import find_agency
from selaras.store.together import load_together
from selaras.store.units import below, nearest_owner


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
