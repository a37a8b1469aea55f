"""Tabel anggaran yang terbagi harus berjumlah sama dengan tabel keseluruhannya.

Mengapa: anggaran yang disajikan utuh dalam satu tabel, lalu per program atau keluaran dalam tabel lain, adalah uang yang sama;
bila anggarannya cocok sampai rupiah terakhir, realisasinya juga harus cocok.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: realisasi seluruhnya 940.000.000; tabel per program 560.000.000 dan 382.000.000 (jumlah 942.000.000).
Benar: tabel per program 560.000.000 dan 380.000.000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.budgets import tables, totals
from selaras.review.report import Grid, Report, TableKind
from selaras.review.wording import places, rupiah, table_name

CODE = "SU06"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B"
MOST = 10
"""So many tables are tried in every combination."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Budget and spending of a whole table."""

    grid: Grid
    budget: Decimal
    spent: Decimal
    place: Place


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each table against those others whose budgets, or whose spendings, add up to it exactly."""
    known = list(_tables(report))
    if not 2 < len(known) <= MOST:
        return
    for whole in known:
        parts = _parts(whole, [each for each in known if each is not whole and each.budget < whole.budget])
        if parts is None:
            continue
        budget, spent = sum(each.budget for each in parts), sum(each.spent for each in parts)
        if abs(spent - whole.spent) >= 1:
            yield _finding("Realisasi", whole, parts, whole.spent, Decimal(spent), [each.spent for each in parts])
        elif abs(budget - whole.budget) >= 1:
            yield _finding("Anggaran", whole, parts, whole.budget, Decimal(budget), [each.budget for each in parts])


def _tables(report: Report) -> Iterator[_Table]:
    for grid, claims in tables(report, TableKind.BUDGET):
        budget, spent = totals(report, grid)
        if budget and spent:
            total = next((claim for claim in reversed(claims) if claim.total), claims[-1])
            figure = total.spent or total.budget
            yield _Table(grid, budget, spent, figure.place if figure is not None else total.place)


def _parts(whole: _Table, others: list[_Table]) -> tuple[_Table, ...] | None:
    """The fewest tables, two at least, that make up the whole on one of the two sides."""
    for count in range(2, len(others) + 1):
        for group in combinations(others, count):
            same_budget = abs(sum(each.budget for each in group) - whole.budget) < 1
            same_spent = abs(sum(each.spent for each in group) - whole.spent) < 1
            if same_budget or same_spent:
                return group
    return None


def _finding(
    what: str, whole: _Table, parts: tuple[_Table, ...], stated: Decimal, right: Decimal, amounts: list[Decimal]
) -> Finding:
    listed = " dan ".join(table_name(each.grid) for each in parts)
    return Finding(
        CODE,
        "sum",
        Severity.ERROR,
        f"{what} dalam {table_name(whole.grid)} {rupiah(stated)}, sedangkan {listed} berjumlah {rupiah(right)} "
        f"(selisih {rupiah(abs(right - stated))}).",
        stated=rupiah(stated),
        expected=rupiah(right),
        arithmetic=f"{' + '.join(rupiah(each) for each in amounts)} = {rupiah(right)}",
        places=places([whole.place, *(each.place for each in parts)]),
        regulation=REGULATION,
        suggestion="Cocokkan tabel rinciannya dengan tabel keseluruhan dan data keuangan.",
    )
