"""Tingkat kemajuan harus mengikuti realisasi dan target akhir rencana.

Mengapa: tingkat kemajuan dipakai untuk menilai apakah target Renstra masih terjangkau; angka yang dipotong atau keliru
mengubah kesan itu. Untuk indikator yang makin rendah makin baik, kebalikannya diterima.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 3.

Salah: realisasi 87%, target akhir Renstra 91%, tingkat kemajuan 90%.
Benar: realisasi 87%, target akhir Renstra 91%, tingkat kemajuan 96%.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.arithmetic import exact, fraction, measured
from selaras.review.columns import RatioRow, ratios, rows_of
from selaras.review.ratios import Outcome, finding_of, outcome, suspects
from selaras.review.report import Grid, Report, Role
from selaras.review.wording import amount

CODE = "AR03"
KINDS = ("progress-figure", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 3"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Realisation ÷ final target × 100 in every table that shows a final target and a progress."""
    for grid in report.grids:
        part = _part(grid)
        for ratio in ratios(grid, base=Role.FINAL_TARGET, part=part, result=Role.PROGRESS):
            for suspect in suspects(list(rows_of(grid, ratio)), _formulas, caps=True):
                yield finding_of(
                    suspect,
                    code=CODE,
                    kind="progress-figure",
                    noun="tingkat kemajuan",
                    regulation=REGULATION,
                    suggestion="Hitung ulang realisasi terhadap target akhir Renstra, dibulatkan dengan cara yang sama.",
                )


def _part(grid: Grid) -> Role:
    """The realisation; tables that have none often put it under the word `capaian`."""
    return Role.REALISATION if grid.columns_of(Role.REALISATION) else Role.ACHIEVEMENT


def _formulas(row: RatioRow) -> list[Outcome]:
    base, part = exact(row.base.amount), measured(row.part)
    aim, got = fraction(row.base.amount), fraction(row.part.amount)
    if not aim or not got:
        return []
    fine = row.part.decimals > 0 and not row.part.money
    target, realised = amount(row.base), amount(row.part)
    found = [
        outcome(f"{realised} ÷ {target}", got / aim, part.over(base), fine=fine),
        outcome(f"{target} ÷ {realised}", aim / got, base.over(part), fine=fine),
    ]
    return [each for each in found if each is not None]
