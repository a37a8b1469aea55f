"""Laporan memperkenalkan skala, tetapi tidak memberi predikat kepada indikator mana pun.

Mengapa: skala tanpa predikat tidak menyimpulkan apa-apa; pembaca harus menggolongkan sendiri.
Peraturan: Permendagri 86/2017; Permenpan-RB 53/2014.
Salah: tabel skala, lalu tabel capaian tanpa kolom predikat.
Benar: kolom predikat (dengan nama golongan) pada tabel capaian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import any_of, fold, quoted
from selaras.review.report import Grid, Report, Role, SentenceKind, TableKind

CODE = "ST08"
KINDS = ("missing-element",)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Classes of the scale that no other table and no sentence uses."""
    scales = report.grids_of(TableKind.SCALE)
    others = [grid for grid in report.grids if grid.kind is not TableKind.SCALE]
    measured = any(claim.role is Role.ACHIEVEMENT for claim in report.indicators)
    if not scales or not measured or any(grid.columns_of(Role.CLASS, Role.COLOUR) for grid in others):
        return
    labels = _labels(scales[0])
    if not labels or _used(report, others, labels):
        return
    yield Finding(
        CODE,
        "missing-element",
        Severity.WARNING,
        "Skala diperkenalkan, tetapi tidak ada indikator yang diberi predikat",
        stated="tanpa predikat",
        expected=", ".join(labels),
        places=_places(report, scales[0]),
        regulation="Permenpan-RB 53/2014",
        suggestion="Tambahkan predikat pada setiap indikator.",
    )


def _labels(grid: Grid) -> list[str]:
    texts = [cell.text.strip() for row in grid.rows for cell in row.cells if not cell.spanned]
    return [
        text
        for text in dict.fromkeys(texts)
        if 3 < len(text) < 30 and not any(character.isdigit() for character in text)
    ]


def _used(report: Report, others: list[Grid], labels: list[str]) -> bool:
    names = {fold(label) for label in labels}
    if any(fold(cell.text) in names for grid in others for row in grid.rows for cell in row.cells):
        return True
    spoken = any_of(
        [
            rf"(?:predikat|kategori|kriteria|kategorinya|termasuk|tergolong)\W+(?:kinerja\W+)?(?:\w+\W+){{0,3}}?{label}"
            for label in labels
        ]
    )
    long = any_of([label for label in labels if len(label.split()) > 1] or ["(?!)"])
    texts = [sentence.text for sentence in report.sentences if sentence.kind is not SentenceKind.CELL]
    return any(
        spoken.search(text)
        or (long.search(text) and re.search(r"capaian|keberhasilan|kinerja|sasaran", text, re.IGNORECASE))
        for text in texts
    )


def _places(report: Report, scale: Grid) -> tuple:  # type: ignore[type-arg]
    promise = next(
        (
            sentence
            for sentence in report.sentences
            if scale.table.number and scale.table.number in sentence.text and sentence.kind is SentenceKind.TEXT
        ),
        None,
    )
    return ((quoted(promise.text, promise.place),) if promise else ()) + (scale.place,)
