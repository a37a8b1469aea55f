"""Kolom analisis, solusi, hambatan, atau tindak lanjut kosong atau hanya berisi basa-basi.

Mengapa: analisis sebab adalah bagian yang diwajibkan; “Tercapai” bukan sebab dan “peningkatan kinerja” bukan solusi.
Peraturan: Permenpan-RB 53/2014, Lampiran II (analisis penyebab keberhasilan atau kegagalan dan alternatif solusi).
Salah: kolom analisis “Tercapai”, kolom solusi kosong.
Benar: sebab yang khas untuk indikator itu dan tindakan yang telah dilakukan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import any_of, cut, fold, quoted
from selaras.review.report import Grid, GridCell, GridRow, Report, Role
from selaras.review.wordlists import words

CODE = "NA08"
KINDS = ("missing-element", "narrative-contradiction")

_WORDY = (Role.ANALYSIS, Role.SOLUTION, Role.OBSTACLE, Role.CONSTRAINT, Role.FOLLOW_UP)
_POINTS = re.compile(
    r"\b(?:solusi|analisis|hambatan|kendala)\b.{0,80}"
    r"\b(?:dijelaskan|diuraikan|disajikan|dapat dilihat|tercantum)\b.{0,60}\btabel\b",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """One finding per table and column; then the sentences that point to such a table for solutions."""
    poor: list[tuple[Grid, Role]] = []
    for grid in report.grids:
        bad: list[tuple[Role, GridCell, str]] = []
        total = 0
        for column in grid.columns_of(*_WORDY):
            role = grid.columns[column].role
            cells = [row.cells[column] for row in grid.rows if column < len(row.cells) and _is_own(row, column)]
            total += len(cells)
            bad += [(role, cell, fault) for cell in cells if (fault := _fault(cell))]
        if bad:
            poor += [(grid, role) for role, _, _ in bad]
            yield _finding(bad, total)
    for sentence in saying(report, _POINTS, running=True):
        match = _POINTS.search(sentence.text)
        if match and any(role is Role.SOLUTION for _, role in poor) and "solusi" in match[0].casefold():
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.WARNING,
                "Kalimat menunjuk solusi dalam tabel, tetapi tabel itu tidak memuat solusi",
                stated=cut(match[0]),
                expected="solusi dalam tabel",
                places=(quoted(match[0], sentence.place),),
                suggestion="Lengkapi tabelnya, atau hapus kalimat ini.",
            )


def _is_own(row: GridRow, column: int) -> bool:
    """Whether the cell is not part of a merged one and its row holds something at all."""
    return (
        not row.cells[column].spanned
        and not row.total
        and sum(bool(cell.text.strip()) and not cell.spanned for cell in row.cells) >= 2
    )


def _fault(cell: GridCell) -> str:
    text = fold(cell.text)
    if not text or cell.missing or text == "nihil":
        return "kosong"
    if text in {fold(word) for word in words("narrative", "boilerplate")}:
        return f"hanya “{cut(cell.text, 40)}”"
    if any_of(words("narrative", "stock_phrases")).fullmatch(text):
        return f"hanya “{cut(cell.text, 60)}”"
    return ""


def _finding(bad: Sequence[tuple[Role, GridCell, str]], total: int) -> Finding:
    told = list(dict.fromkeys(f"{role.value}: {fault}" for role, _, fault in bad))
    serious = len(bad) * 2 >= total and any(role in {Role.ANALYSIS, Role.SOLUTION} for role, _, _ in bad)
    return Finding(
        CODE,
        "missing-element",
        Severity.ERROR if serious else Severity.WARNING,
        f"{len(bad)} dari {total} sel uraian tidak berisi uraian ({'; '.join(told[:4])})",
        stated=told[0],
        expected="sebab dan tindakan yang khas untuk baris itu",
        places=tuple(quoted(cell.text, cell.place) for _, cell, _ in bad[:12]),
        regulation="Permenpan-RB 53/2014, Lampiran II",
        suggestion="Tuliskan sebab dan solusi setiap indikator.",
    )
