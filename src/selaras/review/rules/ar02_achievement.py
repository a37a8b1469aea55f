"""Capaian indikator harus mengikuti target dan realisasinya.

Mengapa: capaian kinerja adalah kesimpulan utama laporan; angka yang tidak mengikuti target dan realisasinya menyesatkan
penilaian. Bila arah indikator tidak diketahui, kedua arah dan kedua rumus “makin rendah makin baik” diterima, juga
batas atas capaian yang dipakai seragam dalam tabel.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 1; rumusnya sendiri tidak ditetapkan.

Salah: target 80%, realisasi 60%, capaian 85%.
Benar: target 80%, realisasi 60%, capaian 75%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.arithmetic import exact, measured
from selaras.review.columns import Ratio, RatioRow, ratios, rows_of
from selaras.review.ratios import Outcome, finding_of, outcome, suspects
from selaras.review.report import Grid, Report, Role
from selaras.review.wording import amount

CODE = "AR02"
KINDS = ("arithmetic", "rounding")
_INTERIM = re.compile(r"\b(?:triwulan|tw|semester|bulan|kuartal)\b", re.IGNORECASE)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 1"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Achievement against target and realisation of the same year in every table that shows the three."""
    for grid in report.grids:
        for ratio in ratios(grid, base=Role.TARGET, part=Role.REALISATION, result=Role.ACHIEVEMENT):
            if _of_a_part(grid, ratio):
                continue
            for suspect in suspects(list(rows_of(grid, ratio)), _formulas, caps=True):
                yield finding_of(
                    suspect,
                    code=CODE,
                    kind="arithmetic",
                    noun="capaian",
                    regulation=REGULATION,
                    suggestion="Hitung ulang; cantumkan rumusnya bila indikator ini makin rendah makin baik.",
                )


def _of_a_part(grid: Grid, ratio: Ratio) -> bool:
    """Percentages of a quarter or month are often physical or cumulative; they are not the year's achievement."""
    column = grid.columns[ratio.result]
    return bool(column.period) or _INTERIM.search(column.header) is not None


def _formulas(row: RatioRow) -> list[Outcome]:
    """Higher is better, then both formulas for lower is better; money is always higher is better."""
    if row.base.amount == 0:
        return []
    base, part = exact(row.base.amount), measured(row.part)
    aim, got = Fraction(row.base.amount), Fraction(row.part.amount)
    fine = row.part.decimals > 0 and not row.part.money
    target, realised = amount(row.base), amount(row.part)
    found = [outcome(f"{realised} ÷ {target}", got / aim, part.over(base), fine=fine)]
    if not row.part.money:
        double = base.times(Fraction(2)) - part
        words = f"(2 × {target} − {realised}) ÷ {target}"
        found.append(outcome(words, (2 * aim - got) / aim, double.over(base), fine=fine))
        if got:
            found.append(outcome(f"{target} ÷ {realised}", aim / got, base.over(part), fine=fine))
    return [each for each in found if each is not None]
