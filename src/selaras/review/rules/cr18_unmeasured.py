"""Indikator yang diperjanjikan harus ada dalam tabel capaian.

Mengapa: laporan kinerja mempertanggungjawabkan perjanjian kinerja; indikator yang tidak diukur tidak dipertanggungjawabkan.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A.

Salah: perjanjian memuat tiga indikator, tabel capaian hanya mengukur dua di antaranya.
Benar: tabel capaian mengukur ketiganya.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.likeness import NEAR, likeness
from selaras.review.prose import fold, meaning
from selaras.review.report import Grid, IndicatorClaim, Report, Role, TableKind
from selaras.review.wording import places, short, table_name

CODE = "CR18"
KINDS = ("indicator-mismatch",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A"
MEASURING = frozenset({TableKind.ACHIEVEMENT, TableKind.COMPARISON, TableKind.PROGRESS, TableKind.SUMMARY})
SHARED = 0.6
"""So many of the words of a name make it the same indicator in other words, which another rule tells."""
FEWEST = 2
"""So many words suffice for indicators of the same sasaran."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The indicators of the agreement with a target, against those with a realisation; half of them must be measured."""
    measured = [claim for claim in report.indicators if claim.role is Role.REALISATION and claim.grid.kind in MEASURING]
    if not measured:
        return
    known = [claim for claim in report.indicators if _measures(claim.grid)]
    for grid in report.grids_of(TableKind.AGREEMENT)[:1]:
        promised = _promised(report, grid)
        missing = [claim for claim in promised if not any(_same(claim, each) for each in known)]
        if missing and len(promised) > 1 and 2 * len(missing) <= len(promised):
            yield _finding(grid, measured[0].grid, missing)


def _measures(grid: Grid) -> bool:
    """Whether a table holds results against what they are measured by: a history of results alone measures nothing."""
    return grid.kind in MEASURING and bool(grid.columns_of(Role.TARGET, Role.FINAL_TARGET, Role.ACHIEVEMENT))


def _promised(report: Report, grid: Grid) -> list[IndicatorClaim]:
    found: dict[str, IndicatorClaim] = {}
    for claim in report.indicators:
        if claim.grid is grid and claim.role is Role.TARGET and claim.value is not None:
            found.setdefault(claim.key, claim)
    return list(found.values())


def _same(one: IndicatorClaim, other: IndicatorClaim) -> bool:
    """Whether it is one indicator, perhaps in other words: those of one sasaran need fewer words in common."""
    if one.key == other.key or likeness(one.name, other.name) >= NEAR:
        return True
    mine, theirs = meaning(one.name), meaning(other.name)
    shared = len(mine & theirs)
    of_one_goal = bool(one.sasaran) and fold(one.sasaran) == fold(other.sasaran)
    return (bool(mine) and shared >= SHARED * min(len(mine), len(theirs))) or (of_one_goal and shared >= FEWEST)


def _finding(agreed: Grid, measuring: Grid, missing: Sequence[IndicatorClaim]) -> Finding:
    names = "; ".join(short(claim.name) for claim in missing)
    return Finding(
        CODE,
        "indicator-mismatch",
        Severity.ERROR,
        f"Diperjanjikan dalam {table_name(agreed)}, tidak diukur dalam {table_name(measuring)}: {names}.",
        stated="tidak diukur",
        expected=names,
        places=places([*(claim.place for claim in missing), measuring.place]),
        regulation=REGULATION,
        suggestion="Tambahkan realisasi dan capaiannya, atau jelaskan mengapa tidak dapat diukur.",
    )
