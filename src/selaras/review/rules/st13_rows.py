"""Baris tabel yang selnya bergeser atau kurang.

Mengapa: sel yang bergeser membuat angka terbaca di bawah kepala kolom yang salah; sering hanya akibat pembacaan berkas.
Peraturan: kelaziman penyusunan tabel.
Salah: nama kegiatan di bawah kolom “No”.
Benar: nama kegiatan di bawah kolom “Kegiatan”.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.prose import quoted
from selaras.review.report import Grid, Report, Role

CODE = "ST13"
KINDS = ("extraction-artefact",)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Long words in a column of numbers, as a note per table."""
    for grid in report.grids:
        shifted = list(_shifted(grid))
        if shifted and len(grid.rows) > len(shifted):
            yield Finding(
                CODE,
                "extraction-artefact",
                Severity.INFO,
                f"{len(shifted)} baris tampak bergeser: nama di kolom nomor",
                stated=shifted[0].quote,
                expected="nomor",
                places=tuple(shifted),
                suggestion="Periksa susunan sel pada berkas asalnya.",
            )


def _shifted(grid: Grid) -> Iterator[Place]:
    for column in grid.columns_of(Role.NUMBER)[:1]:
        for row in grid.rows:
            cell = row.cells[column] if column < len(row.cells) else None
            if (
                cell is not None
                and sum(not other.spanned for other in row.cells) >= 3
                and not cell.spanned
                and not row.total
                and len(cell.text.split()) >= 3
                and not cell.text[:1].isdigit()
            ):
                yield quoted(cell.text, cell.place)
