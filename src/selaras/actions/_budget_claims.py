"""What a report prints as budget and spending of programmes, activities and sub-activities, for the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selaras.core.numerals import format_number
from selaras.core.place import NOWHERE, Place
from selaras.review.likeness import bare
from selaras.review.report import BudgetClaim, Figure, Report, Role, TableKind
from selaras.store.old_budgets import BUDGET, SPENT

TABLES = frozenset({TableKind.BUDGET, TableKind.PROGRAMMES, TableKind.AGREEMENT, TableKind.RKT})
"""Tables whose rows are programmes; those on efficiency set amounts beside indicators."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """One printed amount of one row."""

    claim: BudgetClaim
    figure: Figure

    @property
    def place(self) -> Place:
        """Where it stands, with the digits as quotation."""
        place = self.figure.place if self.figure.place != NOWHERE else self.claim.place
        return replace(place, quote=self.figure.text) if self.figure.text else place


def budget_claims_of(report: Report, *, most_places: int) -> list[dict[str, Any]]:
    """The budgets and spendings of years that a report prints for its programmes, each with all its places, in rupiah.

    Rows of totals and means are left out, they are summed here. Equal amounts of one row, role and year are one claim;
    `agrees` says that the report prints no other.
    """
    found: dict[tuple[str, str, int], dict[str, list[_Amount]]] = {}
    for role, year, item in _amounts(report):
        by_amount = found.setdefault((bare(item.claim.name), role, year), {})
        by_amount.setdefault(format_number(item.figure.amount), []).append(item)
    return [
        _claim(items, role, year, shown, agrees=len(by_amount) == 1, most=most_places)
        for (_, role, year), by_amount in found.items()
        for shown, items in by_amount.items()
    ]


def _amounts(report: Report) -> Iterator[tuple[str, int, _Amount]]:
    for claim in report.budget:
        year = claim.grid.year or report.identity.year
        if claim.total or year is None or claim.grid.kind not in TABLES or not claim.name.strip():
            continue
        if not claim.grid.columns_of(Role.PROGRAMME) and claim.grid.kind is not TableKind.BUDGET:
            continue
        for role, figure in ((BUDGET, claim.budget), (SPENT, claim.spent)):
            if figure is not None and figure.amount >= 0:
                yield role, year, _Amount(claim, figure)


def _claim(items: Sequence[_Amount], role: str, year: int, shown: str, *, agrees: bool, most: int) -> dict[str, Any]:
    first = items[0]
    return {
        "wording": first.claim.name, "role": role, "plan": "", "year": year, "unit": "Rp",
        "read": first.figure.text or shown, "shown": shown, "agrees": agrees, "achieved": "",
        "spots": tuple(dict.fromkeys(item.place for item in items))[:most],
    }  # fmt: skip
