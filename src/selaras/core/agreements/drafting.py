"""A Perjanjian Kinerja drafted from the plan: its lines from the RKT, its programmes from the budget; nothing is typed.

The head of the agency promises everything on the top level of the tree; any other position promises the indicators
that it answers for. Programmes are those of the head, and for others the highest nodes with a budget that carry
their indicators (practice: leaders list programmes, lower echelons kegiatan and sub kegiatan).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.agreements.comparison import TOP_LEVELS
from selaras.core.agreements.records import AgreementLine, AgreementProgramme
from selaras.core.period import Span
from selaras.core.planning import FundSource, Indicator, IndicatorLevel, Node, NodeLevel, PlanDocument, Support, Target

BUDGETED = frozenset({NodeLevel.PROGRAM, NodeLevel.KEGIATAN, NodeLevel.SUB_KEGIATAN})


@dataclass(frozen=True, slots=True)
class Draft:
    """What the plan gives: the lines and the programmes, and the indicators that were left out for want of a target."""

    lines: tuple[AgreementLine, ...]
    programmes: tuple[AgreementProgramme, ...]
    without_target: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an agreement is drafted from. `budget` holds the amounts in force by node, rolled up, in rupiah;

    `sources` the main source of funds of each leaf that has a budget.
    """

    year: int
    indicators: tuple[Indicator, ...]
    nodes: tuple[Node, ...]
    targets: tuple[Target, ...]
    supports: tuple[Support, ...]
    budget: Mapping[str, Decimal]
    sources: Mapping[str, FundSource]


def draft(plan: Plan, *, agreement: str, position: str, head: bool, levels: Collection[IndicatorLevel] = ()) -> Draft:
    """The lines and programmes of one position's agreement.

    `head` says that the position answers for the whole agency. `levels` narrows the lines of any other position to
    some levels of indicators; empty means all that it answers for.
    """
    chosen = _of_the_head(plan) if head else _of_the_position(plan, position, levels)
    aims = _aims(plan)
    lines = [
        AgreementLine(
            agreement, order, _sasaran(plan, indicator), indicator.name, aims[indicator.code].value, indicator.unit,
            indicator.code,
        )
        for order, indicator in enumerate((item for item in chosen if item.code in aims), 1)
    ]  # fmt: skip
    nodes = _programmes(plan) if head else _carrying(plan, chosen)
    programmes = [
        AgreementProgramme(agreement, order, node.title, plan.budget[node.code], _source(plan, node), node.code)
        for order, node in enumerate(nodes, 1)
    ]
    return Draft(tuple(lines), tuple(programmes), tuple(item for item in chosen if item.code not in aims))


def _aims(plan: Plan) -> dict[str, Target]:
    """The year's target of each indicator: the RKT's, else the Renstra's."""
    found: dict[str, Target] = {}
    for document in (PlanDocument.RENSTRA, PlanDocument.RKT):
        for target in plan.targets:
            if target.document is document and target.period.span is Span.YEAR and target.period.year == plan.year:
                found[target.indicator] = target
    return found


def _of_the_head(plan: Plan) -> list[Indicator]:
    planned = _aims(plan)
    top = [item for item in plan.indicators if item.level in TOP_LEVELS and (item.iku or item.code in planned)]
    return _in_order(plan, top)


def _of_the_position(plan: Plan, position: str, levels: Collection[IndicatorLevel]) -> list[Indicator]:
    own = (item for item in plan.indicators if item.responsible == position)
    return _in_order(plan, (item for item in own if not levels or item.level in levels))


def _in_order(plan: Plan, indicators: Iterable[Indicator]) -> list[Indicator]:
    """Higher levels first, then as the tree has them."""
    ranks = list(IndicatorLevel)
    walked = {node.code: rank for rank, node in enumerate(_walk(plan.nodes))}
    last = len(walked)
    return sorted(indicators, key=lambda item: (ranks.index(item.level), walked.get(item.node, last), item.order))


def _walk(nodes: Collection[Node]) -> list[Node]:
    """Every node once, parents before children, in order; those in a circle at the end."""
    children: dict[str, list[Node]] = {}
    for node in sorted(nodes, key=lambda node: node.order):
        children.setdefault(node.parent, []).append(node)
    known = {node.code for node in nodes}
    waiting = [node for parent, group in children.items() if parent not in known for node in group][::-1]
    found: dict[str, Node] = {}
    while waiting:
        node = waiting.pop()
        found[node.code] = node
        waiting += [child for child in reversed(children.get(node.code, ())) if child.code not in found]
    return [*found.values(), *(node for node in nodes if node.code not in found)]


def _sasaran(plan: Plan, indicator: Indicator) -> str:
    """The title of the sasaran (or tujuan) under which an indicator stands."""
    above = _above(plan, indicator.node)
    return next((node.title for node in above if node.level not in BUDGETED), above[0].title if above else "")


def _above(plan: Plan, code: str) -> list[Node]:
    """A node and all nodes above it, nearest first."""
    nodes = {node.code: node for node in plan.nodes}
    found: dict[str, Node] = {}
    while code in nodes and code not in found:
        found[code] = nodes[code]
        code = nodes[code].parent
    return list(found.values())


def _programmes(plan: Plan) -> list[Node]:
    return [node for node in _walk(plan.nodes) if node.level is NodeLevel.PROGRAM and node.code in plan.budget]


def _carrying(plan: Plan, indicators: Iterable[Indicator]) -> list[Node]:
    """The highest nodes with a budget on which the indicators stand; without any, those that serve them."""
    chosen = list(indicators)
    own = _budgeted(plan, {item.node for item in chosen})
    codes = {item.code for item in chosen}
    return own or _budgeted(plan, {support.node for support in plan.supports if support.indicator in codes})


def _budgeted(plan: Plan, codes: Collection[str]) -> list[Node]:
    nodes = [node for node in _walk(plan.nodes) if node.code in codes and node.level in BUDGETED]
    kept = {node.code for node in nodes if node.code in plan.budget}
    return [
        node
        for node in nodes
        if node.code in kept and not any(above.code in kept for above in _above(plan, node.parent))
    ]


def _source(plan: Plan, node: Node) -> FundSource:
    """The source that pays most of a node's budget."""
    amounts: dict[FundSource, Decimal] = {}
    for code, source in plan.sources.items():
        if any(above.code == node.code for above in _above(plan, code)):
            amounts[source] = amounts.get(source, Decimal(0)) + plan.budget.get(code, Decimal(0))
    return max(amounts, key=lambda source: amounts[source], default=FundSource.APBD)
