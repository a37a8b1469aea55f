"""Sums in tables: which columns can be added, which rows belong to which, and how a wrong sum is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.review.arithmetic import HUNDRED, Verdict, judge
from selaras.review.columns import cell_at, figure_at, ratios, row_name, row_title
from selaras.review.prose import pattern
from selaras.review.report import BudgetClaim, Figure, Grid, GridCell, GridRow, Role, TableKind
from selaras.review.wording import amount, like, places, short, table_name

MONEY_ROLES = frozenset({Role.BUDGET, Role.SPENT})
ADDABLE = MONEY_ROLES | {Role.COUNT, Role.TOTAL}
_TOTAL_WORD = re.compile(r"\b(?:sub\s*)?(?:jumlah|total)\b", re.IGNORECASE)
MOST_SHOWN = 12
FEW = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One addend with its cell and row."""

    cell: GridCell
    figure: Figure
    row: int
    total: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A stated sum and the parts that should make it."""

    cell: GridCell
    stated: Figure
    parts: tuple[Part, ...]
    row: GridRow | None = None

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.figure.amount for part in self.parts), Decimal(0))

    @property
    def differs(self) -> bool:
        """Whether the sum is another one, to the last rupiah (cents left out in print count as nothing)."""
        return abs(self.sum - self.stated.amount) >= 1 if self.stated.money else self.sum != self.stated.amount


def amounts(grid: Grid) -> list[int]:
    """The columns of money."""
    return [at for at, column in enumerate(grid.columns) if column.role in MONEY_ROLES and not column.percent]


def addends(grid: Grid) -> list[int]:
    """The columns that can be added up: money and counts, never percentages, values of indicators or running numbers."""
    staff = counts_of(grid) if grid.kind is TableKind.STAFF else []
    return [
        at
        for at, column in enumerate(grid.columns)
        if not column.percent
        and (
            column.role in ADDABLE
            or column.money
            or at in staff
            or (column.role is Role.OTHER and _is_summable(column.header))
        )
        and column.role is not Role.NUMBER
    ]


def _is_summable(header: str) -> bool:
    """Whether a header names a quantity whose total means something (`Angka Kredit`, `Luas (ha)`)."""
    return pattern("tallies", "summable").match(header) is not None


def is_labelled(grid: Grid, index: int) -> bool:
    """Whether a row of totals says so, or says nothing; one that carries another name was only guessed to be one."""
    texts = [
        cell.text
        for cell in grid.rows[index].cells
        if not cell.figures and re.search(r"[a-z]{3}", cell.text, re.IGNORECASE)
    ]
    return not texts or is_named_total(grid, index)


def is_named_total(grid: Grid, index: int) -> bool:
    """Whether a row calls itself a total."""
    return any(_TOTAL_WORD.search(cell.text) for cell in grid.rows[index].cells)


def counts_of(grid: Grid) -> list[int]:
    """The columns of a table of staff that hold nothing but whole numbers, without running numbers and totals."""
    found = []
    for at, column in enumerate(grid.columns):
        cells = [
            cell
            for row in grid.rows
            if (cell := cell_at(row, at)) is not None and cell.text.strip() and not cell.missing
        ]
        whole = [
            cell for cell in cells if cell.figure is not None and not cell.figure.decimals and not cell.figure.percent
        ]
        if column.role not in (Role.NUMBER, Role.TOTAL) and cells and len(whole) == len(cells):
            found.append(at)
    return found


def gather(grid: Grid, rows: Sequence[int], column: int) -> list[Part]:
    """The parts in some rows; nothing when one of them holds something that is no single number."""
    parts = []
    for at in rows:
        cell = cell_at(grid.rows[at], column)
        if cell is None or cell.spanned or cell.missing or not cell.text.strip():
            continue
        if cell.figure is None:
            return []
        parts.append(Part(cell, cell.figure, at, grid.rows[at].total))
    return parts


def hierarchies(grid: Grid, claims: Sequence[BudgetClaim], column: int) -> list[Check]:
    """Every parent with all its direct children in one column; parents with a child without amount are left out."""
    found = []
    claims = _without_end_total(claims, column)
    for parent in claims:
        children = [claim.row for claim in claims if claim.parent == parent.row and claim.row != parent.row]
        stated = figure_at(grid.rows[parent.row], column) if 0 <= parent.row < len(grid.rows) else None
        if not children or stated is None:
            continue
        parts = gather(grid, children, column)
        if len(parts) == len(children):
            found.append(Check(grid.rows[parent.row].cells[column], stated, tuple(parts), grid.rows[parent.row]))
    return found


def _without_end_total(claims: Sequence[BudgetClaim], column: int) -> Sequence[BudgetClaim]:
    """A grand total without a label stands last and looks like a child: it is the sum of all top rows."""
    if len(claims) < FEW:
        return claims
    last, rows = claims[-1], claims[:-1]
    top = min(claim.level for claim in rows)
    figures = [figure_at(claim.grid.rows[claim.row], column) for claim in rows if claim.level == top]
    stated = figure_at(last.grid.rows[last.row], column)
    whole = sum((figure.amount for figure in figures if figure is not None), Decimal(0))
    return rows if stated is not None and len(figures) > 1 and abs(whole - stated.amount) < 1 else claims


def plausible(checks: Sequence[Check]) -> bool:
    """Whether the hierarchy was probably read right: at least half of its sums agree."""
    return 2 * sum(check.differs for check in checks) <= len(checks)


def finding_of(grid: Grid, check: Check, column: int, *, code: str, regulation: str) -> Finding:
    """A wrong sum. The suspect cell comes first: the part whose correction also mends its own percentage, else the total."""
    gap = check.stated.amount - check.sum
    culprits = [part for part in check.parts if _mends(grid, part, column, gap)]
    culprit = culprits[0] if len(culprits) == 1 else None
    fault = (
        f" Angka {amount(culprit.figure)} pada “{short(row_name(grid, culprit.row))}” tampaknya salah."
        if culprit
        else ""
    )
    shown = [amount(part.figure) for part in check.parts[:MOST_SHOWN]]
    rest = f" + … ({len(check.parts)} angka)" if len(check.parts) > MOST_SHOWN else ""
    name = row_title(grid, _row_of(grid, check.cell))
    return Finding(
        code,
        "headcount" if grid.kind is TableKind.STAFF else "sum",
        Severity.ERROR,
        f"{table_name(grid)}, {name}, kolom “{grid.columns[column].header}”: tertulis {amount(check.stated)}, "
        f"jumlah rinciannya {like(check.sum, check.stated)} (selisih {like(abs(gap), check.stated)}).{fault}",
        stated=amount(check.stated),
        expected=like(check.sum, check.stated),
        arithmetic=f"{' + '.join(shown)}{rest} = {like(check.sum, check.stated)}"
        if len(shown) > 1
        else f"satu-satunya rincian: {shown[0]}",
        places=places([culprit.cell if culprit else None, check.cell, *(part.cell for part in check.parts)]),
        regulation=regulation,
        suggestion="Cari baris yang salah ketik, hilang, atau ganda; periksa pula angka induknya.",
    )


def _mends(grid: Grid, part: Part, column: int, gap: Decimal) -> bool:
    """Whether the part's row has a wrong percentage that would be right if the part were larger by the gap."""
    for result in (Role.ABSORPTION, Role.ACHIEVEMENT):
        for ratio in ratios(grid, base=Role.BUDGET, part=Role.SPENT, result=result):
            if column not in (ratio.base, ratio.part):
                continue
            row = grid.rows[part.row]
            base, upper, stated = (figure_at(row, at) for at in (ratio.base, ratio.part, ratio.result))
            if base is None or upper is None or stated is None:
                continue
            more_base, more_part = (gap, Decimal(0)) if column == ratio.base else (Decimal(0), gap)
            mended = _agrees(base.amount + more_base, upper.amount + more_part, stated)
            if mended and not _agrees(base.amount, upper.amount, stated):
                return True
    return False


def _agrees(base: Decimal, part: Decimal, stated: Figure) -> bool:
    return base > 0 and judge(stated, Fraction(part) / Fraction(base) * HUNDRED) is not Verdict.DIFFERS


def _row_of(grid: Grid, cell: GridCell) -> int:
    return next((at for at, row in enumerate(grid.rows) if any(other is cell for other in row.cells)), 0)
