"""What the pages of the budget need of an agency's year, by one query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from selaras.core.measurement.records import Spending
from selaras.core.planning import BudgetLine, BudgetVersion, Node
from selaras.core.reporting.spending import Money
from selaras.core.snapshot import Narrative, ReportSettings
from selaras.store.kept import kept_figures
from selaras.store.measuring import limits_of
from selaras.store.together import load_together

KINDS: frozenset[type[Any]] = frozenset({ReportSettings, Node, BudgetVersion, BudgetLine, Spending})
LOW = "penyerapan_rendah"


def load_money(agency: str, year: int, *, explained: bool = False) -> Money:
    """Budget, versions and spending of a year; `explained` adds the paragraphs on low absorption. Raises NotFound.

    What was read is kept until somebody acts on the agency.
    """
    kinds = KINDS | ({Narrative} if explained else frozenset())
    figures = kept_figures(
        agency, year, ("anggaran", explained),
        lambda: load_together(agency, year, kinds, where={Narrative: Q(section=LOW)}),
    )  # fmt: skip
    return Money(figures, limits_of(year))
