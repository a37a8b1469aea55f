"""Rows whose achievement does not follow from their target and realisation, by the formulas in use.

Which way an indicator counts, and whether achievements are capped, is not asked of a row alone: where other rows or
tables of the report compute the same indicator one way only, that way holds, and a cap is believed only in a table in
which no year exceeds it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction

from selaras.review.arithmetic import Verdict, exact, fraction, measured
from selaras.review.columns import Ratio, RatioRow, ratios, row_name, rows_of
from selaras.review.likeness import fold
from selaras.review.ratios import Outcome, Suspect, outcome, suspects
from selaras.review.report import Figure, Grid, Role
from selaras.review.wording import amount

MOST = 4
"""So many rows of one way against one of the other decide; a fault of print can look like the other formula."""
_INTERIM = re.compile(r"\b(?:triwulan|tw|semester|bulan|kuartal)\b", re.IGNORECASE)


class Way(Enum):
    """Which way an indicator counts: more is better, or less is."""

    UP = "makin tinggi makin baik"
    DOWN = "makin rendah makin baik"


Ways = Mapping[str, Way]


def wrong_rows(grids: Sequence[Grid], known: Sequence[Grid] = (), told: Ways | None = None) -> Iterator[Suspect]:
    """The rows whose achievement does not follow from their target and realisation.

    `known` are further tables of the same report, which may show which way an indicator counts; `told` are the ways that
    the report declares, which are believed before those that its rows show.
    """
    ways = {**ways_of([*grids, *(grid for grid in known if not any(grid is own for own in grids))]), **(told or {})}
    for grid in grids:
        columns = [list(rows_of(grid, ratio)) for ratio in _ratios(grid)]
        highest = max((fraction(row.result.amount) for rows in columns for row in rows), default=Fraction(0))
        for rows in columns:
            yield from suspects(rows, _by(ways), caps=True, highest=highest)


def ways_of(grids: Sequence[Grid]) -> Ways:
    """The way of each indicator of which the rows that can only be computed one way agree, or nearly all of them do."""
    told: dict[str, list[Way]] = defaultdict(list)
    for grid in grids:
        known: list[tuple[str, Way]] | None = grid.memory.get(Way)
        if known is None:
            known = grid.memory[Way] = list(_told(grid))
        for name, each in known:
            told[name].append(each)
    return {name: way for name, found in told.items() if name and (way := _shared(found)) is not None}


def _told(grid: Grid) -> Iterator[tuple[str, Way]]:
    """The folded names of the rows of a table that can be computed one way only, with that way."""
    for ratio in _ratios(grid):
        for row in rows_of(grid, ratio):
            way = _way(row)
            if way is not None:
                yield fold(row_name(grid, row.row)), way


def _shared(found: Sequence[Way]) -> Way | None:
    """The way of all rows, or of so many more than the other that the other is a fault."""
    (way, many), *others = Counter(found).most_common()
    return way if not others or many >= MOST * others[0][1] else None


def _ratios(grid: Grid) -> list[Ratio]:
    found = ratios(grid, base=Role.TARGET, part=Role.REALISATION, result=Role.ACHIEVEMENT)
    return [ratio for ratio in found if not _of_a_part(grid, ratio)]


def _of_a_part(grid: Grid, ratio: Ratio) -> bool:
    """Percentages of a quarter or month are often physical or cumulative; they are not the year's achievement."""
    column = grid.columns[ratio.result]
    return bool(column.period) or _INTERIM.search(column.header) is not None


def _way(row: RatioRow) -> Way | None:
    """The only way by which the row can be computed; None if both, or neither, or nothing tells."""
    if row.base.amount == row.part.amount or row.base.money or row.part.money:
        return None
    fits = [each.verdict(row.result) is not Verdict.DIFFERS for each in _formulas(row)]
    if not fits or fits[0] is any(fits[1:]):
        return None
    return Way.UP if fits[0] else Way.DOWN


def _by(ways: Ways) -> Callable[[RatioRow], list[Outcome]]:
    """The formulas of a row, only those of its indicator's way where that is known."""

    def formulas(row: RatioRow) -> list[Outcome]:
        found = _formulas(row)
        way = ways.get(fold(row_name(row.grid, row.row))) if len(found) > 1 else None
        if way is None:
            return found
        return found[:1] if way is Way.UP else found[1:]

    return formulas


def _formulas(row: RatioRow) -> list[Outcome]:
    """Higher is better, then both formulas for lower is better; money is always higher is better."""
    known: list[Outcome] | None = row.grid.memory.get((_formulas, row.row, row.ratio))
    if known is None:
        known = row.grid.memory[_formulas, row.row, row.ratio] = list(_outcomes(row.base, row.part))
    return known


def _outcomes(goal: Figure, reached: Figure) -> tuple[Outcome, ...]:
    if goal.amount == 0:
        return ()
    base, part = exact(goal.amount), measured(reached)
    aim, got = fraction(goal.amount), fraction(reached.amount)
    fine = reached.decimals > 0 and not reached.money
    target, realised = amount(goal), amount(reached)
    found = [outcome(f"{realised} ÷ {target}", got / aim, part.over(base), fine=fine)]
    if not reached.money:
        double = base.times(Fraction(2)) - part
        words = f"(2 × {target} − {realised}) ÷ {target}"
        found.append(outcome(words, (2 * aim - got) / aim, double.over(base), fine=fine))
        if got:
            found.append(outcome(f"{target} ÷ {realised}", aim / got, base.over(part), fine=fine))
    return tuple(each for each in found if each is not None)
