"""Capaian indikator harus mengikuti target dan realisasinya.

Mengapa: capaian kinerja adalah kesimpulan utama laporan; angka yang tidak mengikuti target dan realisasinya menyesatkan
penilaian. Bila arah indikator tidak diketahui, kedua arah dan kedua rumus “makin rendah makin baik” diterima, juga
batas atas capaian yang dipakai seragam dalam tabel; arah yang tampak dari baris atau tabel lain berlaku bagi semuanya.
Predikat dibandingkan menurut urutannya: sama berarti sekitar 100%, lebih rendah berarti kurang dari 100%.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 1; rumusnya sendiri tidak ditetapkan.

Salah: target 80%, realisasi 60%, capaian 85%.
Benar: target 80%, realisasi 60%, capaian 75%.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.achievements import wrong_rows
from selaras.review.arithmetic import fraction
from selaras.review.columns import cell_at, ratios, row_name
from selaras.review.grades import allows, order
from selaras.review.polarity import declared
from selaras.review.ratios import finding_of
from selaras.review.report import Figure, Grid, GridCell, Report, Role
from selaras.review.wording import amount, places, short, table_name

CODE = "AR02"
KINDS = ("arithmetic", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 1"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Achievement against target and realisation of the same year in every table that shows the three."""
    yield from _graded(report)
    for suspect in wrong_rows(report.grids, told=declared(report)):
        yield finding_of(
            suspect,
            code=CODE,
            kind="arithmetic",
            noun="capaian",
            regulation=REGULATION,
            suggestion="Hitung ulang; cantumkan rumusnya bila indikator ini makin rendah makin baik.",
        )


def _graded(report: Report) -> Iterator[Finding]:
    """Rows with grades for target and realisation whose achievement the order of the grades rules out."""
    for grid in report.grids:
        for ratio in ratios(grid, base=Role.TARGET, part=Role.REALISATION, result=Role.ACHIEVEMENT):
            for number, row in enumerate(grid.rows):
                cells = [cell_at(row, column) for column in (ratio.result, ratio.part, ratio.base)]
                result, part, base = cells
                if result is None or part is None or base is None or result.spanned or result.figure is None:
                    continue
                got, aim = _grade(part), _grade(base)
                stated = result.figure
                if got and aim and not allows(aim, got, fraction(stated.amount)):
                    yield _finding(grid, number, stated, (aim, got), [result, part, base])


def _grade(cell: GridCell) -> str:
    return cell.value.grade if cell.value is not None and not cell.spanned and not cell.bound else ""


def _finding(grid: Grid, row: int, stated: Figure, grades: tuple[str, str], cells: Sequence[GridCell]) -> Finding:
    aim, got = grades
    way = order(got, aim)
    right = "100%" if way == 0 else "kurang dari 100%" if way == -1 else "100% atau lebih"
    return Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"{table_name(grid)}, “{short(row_name(grid, row))}”: capaian {amount(stated)} tidak mengikuti predikat; "
        f"target {aim}, realisasi {got}.",
        stated=amount(stated),
        expected=right,
        arithmetic=f"realisasi {got} {'sama dengan' if way == 0 else 'di bawah' if way == -1 else 'di atas'} target {aim}",
        places=places(cells),
        regulation=REGULATION,
        suggestion="Hitung ulang; cantumkan nilai di balik predikat bila capaiannya dihitung dari nilai itu.",
    )
