"""The analysis of programmes and the budget table laid side by side: what one lists and the other does not."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from selaras.core.place import Place
from selaras.review.budgets import Master
from selaras.review.likeness import bare, likeness
from selaras.review.report import BudgetClaim, Grid, GridCell, GridRow, Role

SAME = 0.93
"""From this likeness on two names are one (a slash for a space, a letter lost)."""

ORDERLY = 6
"""So many neighbours must stand in one order where one pair does not."""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A named row of the analysis."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class RowSets:
    """`missing`: budgeted, not analysed. `extra`: analysed, not budgeted. `renamed`: budget rows that carry the name of

    their own child, with the name that the analysis gives them.
    """

    rows: tuple[NamedRow, ...]
    missing: tuple[BudgetClaim, ...]
    extra: tuple[NamedRow, ...]
    renamed: tuple[tuple[BudgetClaim, NamedRow], ...]


def side_by_side(grid: Grid, master: Master) -> RowSets | None:
    """The two sets of names; None where the analysis does not mean to list everything (most names have no partner)."""
    rows = _rows(grid)
    names = list(dict.fromkeys(claim.name for claim in master.claims))
    listed = [row.name for row in rows]
    extra = [row for row in rows if not _has(row.name, names)]
    missing = [claim for claim in master.claims if not _has(claim.name, listed)]
    if not rows or 5 * len(extra) > 2 * len(rows) or 5 * len({claim.name for claim in missing}) > 2 * len(names):
        return None
    renamed = []
    for claim in _named_like_their_child(master.claims):
        above = _heading_of(rows, claim.name, extra)
        if above is not None:
            renamed.append((claim, above))
    gone = [row for _, row in renamed]
    return RowSets(tuple(rows), tuple(missing), tuple(row for row in extra if row not in gone), tuple(renamed))


def out_of_order(grid: Grid, master: Master) -> list[tuple[BudgetClaim, BudgetClaim]]:
    """Two neighbours under one parent of the budget table that the other table lists the other way round.

    Nothing where the two tables do not follow one order: it must be the only such pair among `ORDERLY` that stand alike.
    """
    groups = [{bare(row.name): at for at, row in reversed(list(enumerate(group)))} for group in _groups(grid)]
    alike, turned = 0, []
    for siblings in _families(master.claims):
        for first, second in itertools.pairwise(siblings):
            one, two = bare(first.name), bare(second.name)
            ways = {group[one] < group[two] for group in groups if one in group and two in group and one != two}
            alike += ways == {True}
            turned += [(first, second)] if ways == {False} else []
    return turned if len(turned) == 1 and alike >= ORDERLY else []


def _groups(grid: Grid) -> list[list[NamedRow]]:
    """The named rows between two rows that begin another indicator or another section."""
    leads = [
        at
        for at in grid.columns_of(Role.INDICATOR, Role.SASARAN)
        if at < min(grid.columns_of(Role.PROGRAMME), default=0)
    ]
    groups: list[list[NamedRow]] = [[]]
    for row in grid.rows:
        cells = row.cells
        if (
            row.section
            or len({cell.text for cell in cells}) == 1
            or any(cells[at].text.strip() and not cells[at].spanned for at in leads if at < len(cells))
        ):
            groups.append([])
        if not row.section and len({cell.text for cell in cells}) > 1:
            groups[-1] += [NamedRow(cell.text.strip(), cell.place) for cell in _named_cells(grid, row)]
    return groups


def _named_cells(grid: Grid, row: GridRow) -> list[GridCell]:
    cells = [row.cells[column] for column in grid.columns_of(Role.PROGRAMME) if column < len(row.cells)]
    return [cell for cell in cells if not cell.spanned and cell.text.strip()]


def _families(claims: Sequence[BudgetClaim]) -> list[list[BudgetClaim]]:
    """The rows under each parent, in order."""
    found: dict[tuple[int, int], list[BudgetClaim]] = {}
    for claim in claims:
        found.setdefault((claim.parent, claim.level), []).append(claim)
    return list(found.values())


def _rows(grid: Grid) -> list[NamedRow]:
    named: list[NamedRow] = []
    seen: set[str] = set()
    for row in grid.rows:
        if row.section:
            continue
        for cell in _named_cells(grid, row):
            if bare(cell.text) not in seen:
                seen.add(bare(cell.text))
                named.append(NamedRow(cell.text.strip(), cell.place))
    return named


def _named_like_their_child(claims: Sequence[BudgetClaim]) -> list[BudgetClaim]:
    children = [(claim.parent, bare(claim.name)) for claim in claims]
    return [claim for claim in claims if (claim.row, bare(claim.name)) in children]


def _heading_of(rows: Sequence[NamedRow], name: str, extra: Sequence[NamedRow]) -> NamedRow | None:
    """The row that stands right above `name` in the analysis, if no budget row has its name."""
    for above, row in itertools.pairwise(rows):
        if _same(row.name, name) and above in extra:
            return above
    return None


def _same(first: str, second: str) -> bool:
    return bare(first) == bare(second) or likeness(first, second) >= SAME


def _has(name: str, names: Sequence[str]) -> bool:
    return any(_same(name, other) for other in names)
