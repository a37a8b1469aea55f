"""Budgets of old reports beside what is stored: names of programmes to match them with, amounts that stand for a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Value

from selaras.core.numerals import format_number
from selaras.core.planning import NodeLevel
from selaras.store import models as tables
from selaras.store.old_figures import Key, Standing
from selaras.store.rows import tidy

BUDGET, SPENT = "pagu", "realisasi anggaran"
MONEY = frozenset({BUDGET, SPENT})
"""What a figure can be that is of a programme, activity or sub-activity, in rupiah."""
CHAIN = ("node_id", "node__parent_id", "node__parent__parent_id", "node__parent__parent__parent_id")
"""The node of an amount and those above it, as far up as a programme can stand above a sub-activity."""
LEVELS = (NodeLevel.PROGRAM.value, NodeLevel.KEGIATAN.value, NodeLevel.SUB_KEGIATAN.value)


@dataclass(frozen=True, slots=True)
class Line:
    """An amount that is stored: in which version and from which source (budget), or in which month (spending).

    `nodes` are the rows of its node and of those above it.
    """

    nodes: tuple[int | None, ...]
    amount: Decimal
    version: str = ""
    source: str = ""
    month: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """The budget in force and the spending of a year."""

    lines: tuple[Line, ...] = ()
    spent: tuple[Line, ...] = ()

    def of(self, role: str, node: int) -> list[Line]:
        """The amounts of a node, by its row, and of everything below it."""
        return [line for line in (self.lines if role == BUDGET else self.spent) if node in line.nodes]


def names_of_nodes(agency: int) -> dict[int, list[str]]:
    """For each programme, activity and sub-activity, by row, the names by which reports may call it."""
    rows = tables.Node.objects.filter(agency_id=agency, level__in=LEVELS).order_by("pk")
    named = rows.values_list("pk", "title", "nomenclature")
    return {pk: [name for name in dict.fromkeys((title, official)) if name] for pk, title, official in named}


def stored_in(agency: int, years: Collection[int]) -> dict[int, Stored]:
    """For each year the budget of the version in force and what was spent, by one query."""
    of = {"agency_id": agency, "year__in": years}
    spending = tables.Spending.objects.filter(**of).order_by()
    rows = (
        tables.BudgetLine.objects.filter(**of).order_by().annotate(month=Value(0))
        .values_list("year", "month", "version__order", "version__code", "source", "amount", *CHAIN)
        .union(
            spending.annotate(order=Value(0), version=Value(""), source=Value(""))
            .values_list("year", "month", "order", "version", "source", "amount", *CHAIN),
            all=True,
        )
    )  # fmt: skip
    spent: dict[int, list[Line]] = defaultdict(list)
    versions: dict[int, dict[tuple[int, str], list[Line]]] = defaultdict(lambda: defaultdict(list))
    for year, month, order, version, source, amount, *nodes in rows:
        line = Line(tuple(nodes), tidy(amount) or Decimal(0), version, source, month)
        (spent[year] if month else versions[year][order, version]).append(line)
    return {
        year: Stored(tuple(versions[year][max(versions[year])]) if year in versions else (), tuple(spent[year]))
        for year in years
    }


def standing_amounts(agency: int, wanted: Collection[tuple[int, str, int]]) -> dict[Key, Standing]:
    """What is stored for some nodes (row, code, year) in both roles; a node bears the sum of what is below it."""
    years = {year for _, _, year in wanted}
    stored = stored_in(agency, years) if years else {}
    found: dict[Key, Standing] = {}
    for pk, code, year in wanted:
        for role in (BUDGET, SPENT):
            held = stored[year].of(role, pk)
            if held:
                total = sum((line.amount for line in held), Decimal(0))
                status = held[0].version if role == BUDGET else ""
                found[role, code, year] = Standing(format_number(total), status)
    return found
