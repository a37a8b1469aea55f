"""Persentase anggaran pada baris tabel harus mengikuti kedua jumlah di sampingnya.

Mengapa: capaian anggaran dihitung dari realisasi dan pagu pada baris yang sama; bila tidak cocok, salah satu dari
ketiga angka itu keliru dan pembaca tidak tahu yang mana.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: pagu 200.000.000, realisasi 150.000.000, capaian 85,00%.
Benar: pagu 200.000.000, realisasi 150.000.000, capaian 75,00%.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.arithmetic import exact, fraction
from selaras.review.columns import RatioRow, ratios, rows_of
from selaras.review.ratios import Outcome, finding_of, outcome, suspects
from selaras.review.report import Report, Role
from selaras.review.wording import rupiah

CODE = "AR01"
KINDS = ("arithmetic", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B (Realisasi Anggaran)"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Realised ÷ budget × 100 of every row with both amounts and a percentage, at the printed decimals."""
    for grid in report.grids:
        results = [Role.ABSORPTION] if grid.columns_of(Role.TARGET) else [Role.ABSORPTION, Role.ACHIEVEMENT]
        for result in results:
            for ratio in ratios(grid, base=Role.BUDGET, part=Role.SPENT, result=result):
                for suspect in suspects(list(rows_of(grid, ratio)), _formulas):
                    yield finding_of(
                        suspect,
                        code=CODE,
                        kind="arithmetic",
                        noun="persentase anggaran",
                        regulation=REGULATION,
                        suggestion="Periksa pagu dan realisasi baris ini terhadap sumbernya, lalu hitung ulang.",
                    )


def _formulas(row: RatioRow) -> list[Outcome]:
    base, part = exact(row.base.amount), exact(row.part.amount)
    if row.base.amount == 0:
        return []
    words = f"{rupiah(row.part.amount)} ÷ {rupiah(row.base.amount)}"
    found = outcome(words, fraction(row.part.amount) / fraction(row.base.amount), part.over(base))
    return [found] if found else []
