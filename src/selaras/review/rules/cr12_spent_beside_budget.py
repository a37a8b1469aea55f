"""Realisasi yang disebut kalimat di samping sebuah anggaran harus yang diberikan tabel di samping anggaran itu.

Mengapa: pagu yang sama dengan realisasi yang lain berarti kalimat dan tabel tidak memakai data yang sama.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: “anggaran Rp639.600.000 dan realisasi Rp467.866.500”, padahal dalam tabel pagu itu terserap Rp563.567.000.
Benar: “anggaran Rp639.600.000 dan realisasi Rp563.567.000”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.budgets import master, tables
from selaras.review.likeness import fold
from selaras.review.mentioned import pairs
from selaras.review.portions import portions
from selaras.review.report import BudgetClaim, Figure, Grid, Report, Role, Sentence, SentenceKind, TableKind
from selaras.review.spoken import Part, Spoken, spoken
from selaras.review.wording import amount, places, rupiah, table_name

CODE = "CR12"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B"
_REST = re.compile(r"\b(?:sisa|efisiensi|penghematan|selisih|silpa|(?:tidak|belum)\s+ter\w+)\b", re.IGNORECASE)
LEAST = 100_000
"""Smaller budgets are not told apart by their amount."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A budget of the table, of one row or of the rows of one sasaran, with what was spent of it."""

    budget: Decimal
    parts: tuple[Decimal, ...]
    grid: Grid
    place: Place

    @property
    def spent(self) -> Decimal:
        return sum(self.parts, Decimal(0))


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences with one budget and the spending said of it, against every budget of the realisation tables."""
    known = _known(report)
    found = master(report)
    named = {id(pair.figure) for pair in pairs(report, found)} if found is not None else set()
    for sentence in report.sentences:
        if sentence.kind not in (SentenceKind.TEXT, SentenceKind.ITEM):
            continue
        for budget, spent in _pairs(sentence):
            rows = known.get(budget.amount, [])
            if rows:
                if id(spent) not in named and not any(_fits(row, spent) for row in rows):
                    yield _finding(budget, spent, rows[0])
            elif id(budget) not in named or id(spent) not in named:
                yield from _unknown_budget(known, budget, spent)


def _pairs(sentence: Sentence) -> Iterator[tuple[Figure, Figure]]:
    """Budget and spending that belong together: the only two of a sentence, and every `Rp A dari Rp B` of a percentage."""
    budget, spent = _pair(spoken(sentence))
    if budget is not None and spent is not None:
        yield budget.figure, spent.figure
        return
    for portion in (each for each in portions(sentence) if not each.formula):
        if portion.base.money and not _REST.search(sentence.text):
            yield portion.base, portion.part


def _fits(row: _Known, spent: Figure) -> bool:
    """Whether it is what was spent, or what was left."""
    return min(abs(row.spent - spent.amount), abs(row.budget - row.spent - spent.amount)) < 1


def _unknown_budget(known: dict[Decimal, list[_Known]], budget: Figure, spent: Figure) -> Iterator[Finding]:
    """A budget that no table has, beside the spending of a row: then that row's budget was meant."""
    rows = [row for each in known.values() for row in each if len(row.parts) == 1 and abs(row.spent - spent.amount) < 1]
    if rows and spent.amount >= LEAST and budget.decimals >= 0 and spent.decimals >= 0:
        row = rows[0]
        yield Finding(
            CODE,
            "text-vs-table",
            Severity.ERROR,
            f"Realisasi {amount(spent)} dalam {table_name(row.grid)} berasal dari anggaran {rupiah(row.budget)}, "
            f"kalimat menyebut {amount(budget)}.",
            stated=amount(budget),
            expected=rupiah(row.budget),
            places=places([budget.place, row.place]),
            regulation=REGULATION,
            suggestion="Samakan anggaran dalam kalimat dan tabel.",
        )


def _pair(items: Sequence[Spoken]) -> tuple[Spoken | None, Spoken | None]:
    """The only two amounts of a sentence, if one is the budget and the other the spending."""
    money = [item for item in items if item.figure.money]
    budget = [item for item in money if item.part in (Part.BUDGET, Part.TOTAL) and not _exact_spent(item)]
    spent = [item for item in money if item.part is Part.SPENT or _exact_spent(item)]
    return (budget[0], spent[0]) if len(money) == 2 and len(budget) == len(spent) == 1 else (None, None)


def _exact_spent(item: Spoken) -> bool:
    """`total realisasi` is spending, whatever total it is."""
    return item.part is Part.TOTAL and "realisasi" in item.before.casefold()


def _known(report: Report) -> dict[Decimal, list[_Known]]:
    found: dict[Decimal, list[_Known]] = defaultdict(list)
    for grid, claims in tables(report, TableKind.BUDGET):
        whole = [claim for claim in claims if claim.budget is not None and claim.spent is not None]
        for group in [*([claim] for claim in whole), *_groups(grid, whole)]:
            budget = sum((_amount(claim.budget) for claim in group), Decimal(0))
            if budget >= LEAST:
                parts = tuple(_amount(claim.spent) for claim in group)
                found[budget].append(_Known(budget, parts, grid, group[0].place))
    return found


def _groups(grid: Grid, claims: Sequence[BudgetClaim]) -> Iterator[list[BudgetClaim]]:
    """The rows of each sasaran or programme that a column names, two or more."""
    for column in grid.columns_of(Role.SASARAN, Role.GOAL, Role.PROGRAMME)[:1]:
        rows: dict[str, list[BudgetClaim]] = defaultdict(list)
        names = _carried(grid, column)
        for claim in claims:
            if not claim.total:
                rows[names[claim.row]].append(claim)
        yield from (group for name, group in rows.items() if name and len(group) > 1)


def _carried(grid: Grid, column: int) -> list[str]:
    """The name in a column for each row, else the last one above it."""
    names = [""]
    for row in grid.rows:
        names.append(fold(row.cells[column].text) or names[-1])
    return names[1:]


def _amount(figure: Figure | None) -> Decimal:
    assert figure is not None
    return figure.amount


def _finding(budget: Figure, spent: Figure, row: _Known) -> Finding:
    parts = " + ".join(rupiah(part) for part in row.parts)
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"Dari anggaran {amount(budget)} kalimat menyebut realisasi {amount(spent)}, "
        f"{table_name(row.grid)} {rupiah(row.spent)}.",
        stated=amount(spent),
        expected=rupiah(row.spent),
        arithmetic=f"{parts} = {rupiah(row.spent)}" if len(row.parts) > 1 else "",
        places=places([spent.place, row.place]),
        regulation=REGULATION,
        suggestion="Samakan realisasi dalam kalimat dan tabel; periksa rinciannya.",
    )
