"""Rows whose achievement does not follow from their target and realisation, by the formulas in use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from selaras.review.arithmetic import exact, measured
from selaras.review.columns import Ratio, RatioRow, ratios, rows_of
from selaras.review.ratios import Outcome, Suspect, outcome, suspects
from selaras.review.report import Grid, Role
from selaras.review.wording import amount

_INTERIM = re.compile(r"\b(?:triwulan|tw|semester|bulan|kuartal)\b", re.IGNORECASE)


def wrong_rows(grids: Sequence[Grid]) -> Iterator[Suspect]:
    """The rows whose achievement does not follow from their target and realisation."""
    for grid in grids:
        for ratio in ratios(grid, base=Role.TARGET, part=Role.REALISATION, result=Role.ACHIEVEMENT):
            if _of_a_part(grid, ratio):
                continue
            yield from suspects(list(rows_of(grid, ratio)), _formulas, caps=True)


def _of_a_part(grid: Grid, ratio: Ratio) -> bool:
    """Percentages of a quarter or month are often physical or cumulative; they are not the year's achievement."""
    column = grid.columns[ratio.result]
    return bool(column.period) or _INTERIM.search(column.header) is not None


def _formulas(row: RatioRow) -> list[Outcome]:
    """Higher is better, then both formulas for lower is better; money is always higher is better."""
    if row.base.amount == 0:
        return []
    base, part = exact(row.base.amount), measured(row.part)
    aim, got = Fraction(row.base.amount), Fraction(row.part.amount)
    fine = row.part.decimals > 0 and not row.part.money
    target, realised = amount(row.base), amount(row.part)
    found = [outcome(f"{realised} ÷ {target}", got / aim, part.over(base), fine=fine)]
    if not row.part.money:
        double = base.times(Fraction(2)) - part
        words = f"(2 × {target} − {realised}) ÷ {target}"
        found.append(outcome(words, (2 * aim - got) / aim, double.over(base), fine=fine))
        if got:
            found.append(outcome(f"{target} ÷ {realised}", aim / got, base.over(part), fine=fine))
    return [each for each in found if each is not None]
