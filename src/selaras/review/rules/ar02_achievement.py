"""Capaian indikator harus mengikuti target dan realisasinya.

Mengapa: capaian kinerja adalah kesimpulan utama laporan; angka yang tidak mengikuti target dan realisasinya menyesatkan
penilaian. Bila arah indikator tidak diketahui, kedua arah dan kedua rumus “makin rendah makin baik” diterima, juga
batas atas capaian yang dipakai seragam dalam tabel.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 1; rumusnya sendiri tidak ditetapkan.

Salah: target 80%, realisasi 60%, capaian 85%.
Benar: target 80%, realisasi 60%, capaian 75%.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.achievements import wrong_rows
from selaras.review.ratios import finding_of
from selaras.review.report import Report

CODE = "AR02"
KINDS = ("arithmetic", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 1"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Achievement against target and realisation of the same year in every table that shows the three."""
    for suspect in wrong_rows(report.grids):
        yield finding_of(
            suspect,
            code=CODE,
            kind="arithmetic",
            noun="capaian",
            regulation=REGULATION,
            suggestion="Hitung ulang; cantumkan rumusnya bila indikator ini makin rendah makin baik.",
        )
