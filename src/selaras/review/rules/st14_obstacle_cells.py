"""Sel hambatan atau kendala tidak berisi hambatan.

Mengapa: nama indikator atau kegiatan di kolom hambatan berarti isinya tertukar atau tersalin; hambatannya tidak dilaporkan.
Peraturan: Permenpan-RB 53/2014, Lampiran II (analisis kegagalan dan hambatan).
Salah: kolom Hambatan berisi “Persentase pegawai yang dilayani tepat waktu”.
Benar: “Jumlah petugas belum mencukupi”.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import cut, fold, likeness, pattern, quoted
from selaras.review.report import Report, Role

CODE = "ST14"
KINDS = ("misplaced-content",)

_INDICATOR = ("persentase ", "presentase ", "prosentase ", "jumlah dokumen", "jumlah laporan", "indeks ")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Cells of obstacles that are the name of an indicator, or tell a lack in no word."""
    names = {claim.name for claim in report.indicators}
    lack = pattern("narrative", "lack")
    for grid in report.grids:
        named, vague = [], []
        for column in grid.columns_of(Role.OBSTACLE, Role.CONSTRAINT):
            for row in grid.rows:
                cell = row.cells[column] if column < len(row.cells) else None
                if cell is None or cell.spanned or cell.missing or len(cell.text.split()) < 3:
                    continue
                if sum(bool(other.text.strip()) for other in row.cells) == 1:  # the title of a group of rows
                    continue
                if fold(cell.text).startswith(_INDICATOR) or any(likeness(cell.text, name) >= 90 for name in names):
                    named.append(cell)
                elif not lack.search(cell.text):
                    vague.append(cell)
        for cells, severity, what in (
            (named, Severity.WARNING, "nama indikator"),
            (vague, Severity.INFO, "uraian tanpa hambatan"),
        ):
            if cells:
                yield Finding(
                    CODE,
                    "misplaced-content",
                    severity,
                    f"Kolom hambatan atau kendala berisi {what} ({len(cells)} sel)",
                    stated=cut(cells[0].text),
                    expected="hambatan atau kendala",
                    places=tuple(quoted(cell.text, cell.place) for cell in cells),
                    regulation="Permenpan-RB 53/2014, Lampiran II",
                    suggestion="Tuliskan hambatan yang dihadapi.",
                )
