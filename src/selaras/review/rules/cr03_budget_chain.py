"""Program harus mempunyai satu anggaran dalam perjanjian dan tabel realisasi, kecuali bila telah diubah.

Mengapa: dua lembar yang sama-sama disebut Perjanjian Kinerja tidak boleh memuat anggaran berbeda (kesalahan). Perjanjian
Kinerja dan tabel realisasi boleh berbeda bila ada perubahan anggaran; itu ditanyakan (peringatan).
Peraturan: Permenpan-RB 53/2014, Lampiran I dan Lampiran II, Bab III huruf B.

Salah: Perjanjian Kinerja terlampir 300.000.000, Perjanjian Kinerja di Bab II 280.000.000 untuk program yang sama.
Benar: keduanya 300.000.000.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.budgets import SURE, heads, tables, totals
from selaras.review.declared import declared
from selaras.review.likeness import likeness
from selaras.review.report import BudgetClaim, Grid, Report, TableKind
from selaras.review.wording import places, rupiah, short, table_name

CODE = "CR03"
KINDS = ("cross-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran I (perubahan Perjanjian Kinerja) dan Lampiran II, Bab III huruf B"
SUGGESTION = (
    "Samakan anggarannya, atau lampirkan Perjanjian Kinerja perubahan dan sebutkan versi anggaran yang dipakai."
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same programme in two tables with two amounts."""

    first: BudgetClaim
    second: BudgetClaim

    @property
    def gap(self) -> Decimal:
        assert self.first.budget is not None
        assert self.second.budget is not None
        return self.first.budget.amount - self.second.budget.amount


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Programmes of every agreement table against the other agreements, then against the realisation tables."""
    agreed = tables(report, TableKind.PROGRAMMES)
    spent = [table for table in tables(report, TableKind.BUDGET) if len(table[1]) > 1]
    told: set[tuple[str, Decimal]] = set()
    for index, signed in reversed(list(enumerate(agreed))):
        for other in [*reversed(agreed[:index]), *spent]:
            yield from _pairs(report, signed, other, told)


def compare(report: Report, other: Report, law: Law) -> Iterator[Finding]:
    """Programmes of another document's agreement against the tables of this one."""
    told: set[tuple[str, Decimal]] = set()
    for theirs in tables(other, TableKind.PROGRAMMES):
        for own in [*tables(report, TableKind.PROGRAMMES), *tables(report, TableKind.BUDGET)]:
            if len(own[1]) > 1:
                yield from _pairs(report, theirs, own, told, other=other)


def _pairs(
    report: Report,
    signed: tuple[Grid, list[BudgetClaim]],
    second: tuple[Grid, list[BudgetClaim]],
    told: set[tuple[str, Decimal]],
    *,
    other: Report | None = None,
) -> Iterator[Finding]:
    pairs = list(_different(signed[1], second[1]))
    fresh = [pair for pair in pairs if (pair.first.key, pair.gap) not in told]
    told |= {(pair.first.key, pair.gap) for pair in pairs}
    severity = _severity(signed[0], second[0])
    fresh = [pair for pair in fresh if not _is_declared(report, pair)]
    findings = [_finding(pair, severity, _beside(report, pair)) for pair in fresh]
    mine, theirs = totals(other or report, signed[0])[0], totals(report, second[0])[0]
    if mine is None or theirs is None or abs(mine - theirs) < 1 or ("", mine - theirs) in told:
        yield from findings
        return
    explained = bool(pairs) and not findings and sum(pair.gap for pair in pairs) == mine - theirs
    if not explained and not declared(report, rupiah(mine), rupiah(theirs)):
        told.add(("", mine - theirs))
        total = _total(signed, second, mine, theirs, severity, pairs)
        if findings and sum(pair.gap for pair in pairs) == mine - theirs:
            findings[0] = replace(findings[0], consequences=(total,))
        else:
            findings.append(total)
    yield from findings


def _is_declared(report: Report, pair: _Pair) -> bool:
    """Whether the report says itself that the two amounts differ."""
    assert pair.first.budget is not None
    assert pair.second.budget is not None
    return declared(report, rupiah(pair.first.budget.amount), rupiah(pair.second.budget.amount))


def _different(first: Sequence[BudgetClaim], second: Sequence[BudgetClaim]) -> Iterator[_Pair]:
    """Programmes of one name with two amounts; where an amount belongs to another name, labels were swapped."""
    for claim in heads(first):
        alike = [(likeness(claim.name, other.name), other) for other in second if not other.total and other.budget]
        score, match = max(alike, key=lambda pair: (pair[0], -pair[1].level), default=(0.0, None))
        if match is None or score < SURE or claim.budget is None or match.budget is None:
            continue
        amount, other_amount = claim.budget.amount, match.budget.amount
        if abs(amount - other_amount) < 1 or _belongs(amount, second) or _belongs(other_amount, first):
            continue
        yield _Pair(claim, match)


def _belongs(amount: Decimal, claims: Sequence[BudgetClaim]) -> bool:
    return any(
        claim.budget is not None and abs(claim.budget.amount - amount) < 1 for claim in claims if not claim.total
    )


def _severity(first: Grid, second: Grid) -> Severity:
    """Certain only where both call themselves the agreement and neither alone is the revised one."""
    revised = ["perubahan" in f"{grid.table.caption} {' '.join(grid.path)}".casefold() for grid in (first, second)]
    both = first.kind is second.kind is TableKind.PROGRAMMES
    return Severity.ERROR if both and revised[0] is revised[1] else Severity.WARNING


def _beside(report: Report, pair: _Pair) -> list[BudgetClaim]:
    """The other rows that print the second amount for the programme."""
    assert pair.second.budget is not None
    return [
        claim
        for claim in report.budget
        if claim is not pair.second
        and claim.budget is not None
        and abs(claim.budget.amount - pair.second.budget.amount) < 1
        and likeness(claim.name, pair.second.name) >= SURE
    ]


def _finding(pair: _Pair, severity: Severity, beside: Sequence[BudgetClaim]) -> Finding:
    assert pair.first.budget is not None
    assert pair.second.budget is not None
    first, second = rupiah(pair.first.budget.amount), rupiah(pair.second.budget.amount)
    return Finding(
        CODE,
        "cross-table",
        severity,
        f"Anggaran “{short(pair.first.name)}” berbeda: {first} dalam {table_name(pair.first.grid)}, "
        f"{second} dalam {table_name(pair.second.grid)}.",
        stated=second,
        expected=f"{first}, atau penjelasan perubahan anggaran",
        arithmetic=f"{first} − {second} = {rupiah(pair.gap)}",
        places=places([pair.second.place, pair.first.place, *(claim.place for claim in beside)]),
        regulation=REGULATION,
        suggestion=SUGGESTION,
    )


def _total(
    first: tuple[Grid, list[BudgetClaim]],
    second: tuple[Grid, list[BudgetClaim]],
    mine: Decimal,
    theirs: Decimal,
    severity: Severity,
    pairs: Sequence[_Pair],
) -> Finding:
    ends = [
        next((claim.place for claim in reversed(claims) if claim.total), claims[-1].place)
        for _, claims in (second, first)
    ]
    parts = " + ".join(rupiah(pair.gap) for pair in pairs)
    explained = f"; selisih programnya {parts}" if pairs and sum(pair.gap for pair in pairs) == mine - theirs else ""
    return Finding(
        CODE,
        "cross-table",
        severity,
        f"Jumlah anggaran berbeda: {rupiah(mine)} dalam {table_name(first[0])}, {rupiah(theirs)} dalam {table_name(second[0])}.",
        stated=rupiah(theirs),
        expected=f"{rupiah(mine)}, atau penjelasan perubahan anggaran",
        arithmetic=f"{rupiah(mine)} − {rupiah(theirs)} = {rupiah(mine - theirs)}{explained}",
        places=places(ends),
        regulation=REGULATION,
        suggestion=SUGGESTION,
    )
