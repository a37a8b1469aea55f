"""Program dan kegiatan yang dianalisis harus yang beranggaran, dan sebaliknya.

Mengapa: kegiatan yang dianggarkan tetapi tidak dianalisis, atau dianalisis tanpa anggaran, menandakan daftar yang tidak
diperbarui. Daftar hanya dibandingkan bila sebagian besar namanya memang sama. Dua nama yang bertukar urutan di antara nama
lain yang berurutan sama mungkin tertukar angkanya (catatan).
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 7 dan huruf B.

Salah: subkegiatan “Penyusunan Data” ada dalam tabel anggaran, tidak ada dalam tabel analisis.
Benar: subkegiatan yang sama ada dalam kedua tabel.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.budgets import Master, master
from selaras.review.report import BudgetClaim, Grid, Report, TableKind
from selaras.review.rowsets import NamedRow, out_of_order, side_by_side
from selaras.review.wording import amount, places, short, table_name

CODE = "CR07"
KINDS = ("cross-table", "naming", "swapped-labels")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 7 dan huruf B"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each analysis table against the budget table, both ways."""
    found = master(report)
    if found is None:
        return
    for grid in report.grids_of(TableKind.SUPPORT):
        sets = side_by_side(grid, found)
        if sets is None:
            continue
        yield from (_parent(grid, found, claim, row) for claim, row in sets.renamed)
        yield from (_missing(grid, found, claim) for claim in sets.missing)
        yield from (_unbudgeted(grid, found, row) for row in sets.extra)
        yield from (_turned(grid, found, *pair) for pair in out_of_order(grid, found))


def _missing(grid: Grid, found: Master, claim: BudgetClaim) -> Finding:
    worth = f" dengan anggaran {amount(claim.budget)}" if claim.budget else ""
    return Finding(
        CODE,
        "cross-table",
        Severity.ERROR,
        f"“{short(claim.name)}”{worth} ada dalam {table_name(found.grid)}, tetapi tidak ada dalam {table_name(grid)}.",
        stated="tidak ada",
        expected=short(claim.name),
        places=places([claim.place]),
        regulation=REGULATION,
        suggestion=f"Tambahkan ke {table_name(grid)}, atau jelaskan mengapa tidak dianalisis.",
    )


def _unbudgeted(grid: Grid, found: Master, row: NamedRow) -> Finding:
    return Finding(
        CODE,
        "cross-table",
        Severity.ERROR,
        f"“{short(row.name)}” dianalisis dalam {table_name(grid)}, tetapi tidak ada dalam {table_name(found.grid)}.",
        stated=short(row.name),
        expected="baris anggaran dengan nama itu",
        places=places([row.place]),
        regulation=REGULATION,
        suggestion="Hapus dari analisis, atau cantumkan anggaran dan realisasinya.",
    )


def _turned(grid: Grid, found: Master, first: BudgetClaim, second: BudgetClaim) -> Finding:
    return Finding(
        CODE,
        "swapped-labels",
        Severity.INFO,
        f"“{short(first.name)}” dan “{short(second.name)}” berurutan sebaliknya dalam {table_name(grid)}, padahal nama lain "
        f"berurutan sama; mungkin namanya tertukar dalam {table_name(found.grid)}.",
        stated=short(first.name),
        expected=f"urutan yang sama, atau nama di samping angkanya sendiri: {amount(first.budget)}"
        if first.budget
        else "urutan yang sama",
        places=places([first.place, second.place]),
        regulation=REGULATION,
        suggestion="Cocokkan kedua nama dengan anggaran masing-masing dalam dokumen anggaran.",
    )


def _parent(grid: Grid, found: Master, claim: BudgetClaim, row: NamedRow) -> Finding:
    return Finding(
        CODE,
        "naming",
        Severity.ERROR,
        f"Baris induk dalam {table_name(found.grid)} memakai nama rinciannya, “{short(claim.name)}”; "
        f"dalam {table_name(grid)} induknya “{short(row.name)}”.",
        stated=short(claim.name),
        expected=short(row.name),
        places=places([claim.place, row.place]),
        regulation=REGULATION,
        suggestion="Tulis nama kegiatannya, bukan nama subkegiatannya.",
    )
