"""Kolom capaian harus berisi capaian, bukan realisasi; kolom target tidak berisi pengeluaran.

Mengapa: pembaca menilai 87% di bawah judul “Capaian” sebagai belum tercapai, padahal itu realisasi dari target 87%.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A.

Salah: kolom “Capaian %” berisi 87%, padahal realisasi 87% dari target 87% adalah capaian 100%.
Benar: kolom “Capaian %” berisi 100%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.chains import differ, shown
from selaras.review.report import Grid, IndicatorClaim, Report, Role, TableKind
from selaras.review.wording import places, short, table_name

CODE = "CR09"
KINDS = ("mislabelled-column",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A"
_TARGET = re.compile(r"target(?: kinerja)?", re.IGNORECASE)
Mixed = tuple[IndicatorClaim, IndicatorClaim, IndicatorClaim]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Achievements that equal the realisation told elsewhere, while the achievement told elsewhere is another."""
    columns: dict[tuple[int, str], list[Mixed]] = {}
    for claim in report.indicators:
        if claim.role is Role.ACHIEVEMENT and claim.value is not None:
            mixed = _mixed(report, claim)
            if mixed is not None:
                columns.setdefault((id(claim.grid), claim.place.column), []).append(mixed)
    for found in columns.values():
        if 2 * len(found) >= _told(report, found[0][0]):
            yield _finding(found[0][0].grid, found)
    yield from _money_as_target(report)


def _money_as_target(report: Report) -> Iterator[Finding]:
    """Tables of one indicator beside each amount whose budget stands under the bare word `Target`."""
    for grid in report.grids_of(TableKind.BUDGET):
        named = [at for at in grid.columns_of(Role.BUDGET) if _TARGET.fullmatch(grid.columns[at].header.strip())]
        if not named or not grid.columns_of(Role.INDICATOR) or grid.columns_of(Role.TARGET):
            continue
        cells = [row.cells[named[0]] for row in grid.rows if named[0] < len(row.cells) and row.cells[named[0]].figure]
        if cells:
            yield Finding(
                CODE,
                "mislabelled-column",
                Severity.WARNING,
                f"Kolom “{grid.columns[named[0]].header}” di samping indikator dalam {table_name(grid)} berisi anggaran: "
                f"{cells[0].text}.",
                stated=f"{grid.columns[named[0]].header}: {cells[0].text}",
                expected="judul kolom Anggaran atau Pagu",
                places=places(cells),
                regulation=REGULATION,
                suggestion="Beri judul Anggaran; target dan capaian indikator ditulis dalam satuannya sendiri.",
            )


def _mixed(report: Report, claim: IndicatorClaim) -> Mixed | None:
    """The claim with a realisation that it equals and an achievement that it does not."""
    others = [
        other
        for other in report.indicators
        if other.key == claim.key and other.year == claim.year and other is not claim and other.value is not None
    ]
    same = [other for other in others if other.role is Role.REALISATION and not _differ(other, claim)]
    real = [other for other in others if other.role is Role.ACHIEVEMENT and other.grid is not claim.grid]
    real = [other for other in real if not any(_equal(other, got) for got in same)]
    if not same or not real or any(not _differ(other, claim) for other in real):
        return None
    return claim, same[0], real[0]


def _told(report: Report, claim: IndicatorClaim) -> int:
    """How many values the column gives to indicators."""
    return sum(
        other.grid is claim.grid
        and other.role is claim.role
        and other.value is not None
        and other.place.column == claim.place.column
        for other in report.indicators
    )


def _differ(first: IndicatorClaim, second: IndicatorClaim) -> bool:
    return first.value is None or second.value is None or differ(first.value, second.value)


def _equal(first: IndicatorClaim, second: IndicatorClaim) -> bool:
    return not _differ(first, second)


def _finding(grid: Grid, found: Sequence[Mixed]) -> Finding:
    claim, realised, achieved = found[0]
    listed = "; ".join(
        f"“{short(each.name)}” {shown(each)} adalah realisasi, capaiannya {shown(real)}" for each, _, real in found
    )
    usual = grid.kind is TableKind.PROGRESS
    return Finding(
        CODE,
        "mislabelled-column",
        Severity.WARNING if usual else Severity.ERROR,
        f"Kolom capaian dalam {table_name(grid)} berisi realisasi: {listed}.",
        stated=shown(claim),
        expected="judul kolom Realisasi" if usual else f"{shown(achieved)}, atau judul kolom Realisasi",
        arithmetic=f"realisasi {shown(realised)} dalam {table_name(realised.grid)}, "
        f"capaian {shown(achieved)} dalam {table_name(achieved.grid)}",
        places=places([*(each.place for each, _, _ in found), realised.place, achieved.place]),
        regulation=REGULATION,
        suggestion="Isi kolom itu dengan capaian, atau ganti judulnya menjadi Realisasi.",
    )
