"""Daftar yang mengulang baris sebuah tabel harus menyebut indikator tabel itu.

Mengapa: kalimat yang merujuk tabel, lalu menyebut indikator lain, menilai indikator yang salah.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: “disajikan pada Tabel 11: … dengan indikator jumlah inovasi layanan”, padahal Tabel 11 memuat jumlah unit layanan.
Benar: “disajikan pada Tabel 11: … dengan indikator jumlah unit layanan”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.report import Grid, Report, Sentence, SentenceKind
from selaras.review.subjects import Subject, named, subjects
from selaras.review.wording import places, short, table_name

CODE = "CR14"
KINDS = ("text-vs-table", "indicator-mismatch")
_ANNOUNCES = re.compile(r"\btabel\s+([0-9]+(?:[.\-][0-9]+)*)\b[^.]*:\s*$", re.IGNORECASE)
FEWEST = 2


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The items below each sentence that refers to a table and ends with a colon."""
    announced: Grid | None = None
    known: list[Subject] | None = None
    announcing = {id(sentence) for sentence in saying(report, _ANNOUNCES)}
    for sentence in report.sentences if announcing else ():
        if sentence.kind is SentenceKind.TEXT:
            match = _ANNOUNCES.search(sentence.text) if id(sentence) in announcing else None
            announced = _table(report, match[1]) if match else None
        elif sentence.kind is SentenceKind.ITEM and announced is not None:
            known = known if known is not None else subjects(report)
            yield from _item(sentence, announced, known)
        elif sentence.kind is SentenceKind.HEADING:
            announced = None


def _table(report: Report, number: str) -> Grid | None:
    """The table of that number, if it lists indicators."""
    for grid in report.grids:
        if grid.table.label.casefold().split()[-1:] == [number]:
            rows = {claim.row for claim in report.indicators if claim.grid is grid}
            return grid if len(rows) >= FEWEST else None
    return None


def _item(sentence: Sentence, grid: Grid, known: Sequence[Subject]) -> Iterator[Finding]:
    """An item that names a sasaran of the table and an indicator that the table does not have."""
    found = named(sentence.text, known)
    goals = [subject for subject in found if subject.is_goal and _has(grid, subject)]
    wrong = [subject for subject in found if not subject.is_goal and not _has(grid, subject)]
    for subject in wrong if goals else []:
        right = {
            claim.name: claim.place
            for goal in goals
            for claim in goal.claims
            if claim.grid is grid and claim.key not in {other.key for other in found}
        }
        if right:
            yield Finding(
                CODE,
                "text-vs-table",
                Severity.ERROR,
                f"Butir menyebut indikator “{short(subject.name)}”, sedangkan {table_name(grid)} memuat "
                f"“{short(next(iter(right)))}”.",
                stated=short(subject.name),
                expected=short(next(iter(right))),
                places=places([sentence.place, *right.values()]),
                regulation="Permenpan-RB 53/2014, Lampiran III",
                suggestion="Sebutkan indikator yang dimuat tabel itu.",
            )


def _has(grid: Grid, subject: Subject) -> bool:
    return any(claim.grid is grid for claim in subject.claims)
