"""Nilai dan predikat yang ditulis di sampingnya harus pasangan yang sama di seluruh laporan.

Mengapa: nilai dan predikat dibaca bersama; predikat yang salah menurunkan atau menaikkan simpulan satu tingkat.
Peraturan: Permenpan-RB 88/2021 dan 12/2015 (kategori nilai evaluasi AKIP).

Salah: tabel menulis 70,06 (BB), kalimat menulis “70,06 atau predikat B”.
Benar: kalimat menulis “70,06 atau predikat BB”.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import saying
from selaras.review.prose import around, cells_of, quoted
from selaras.review.report import Report, SentenceKind
from selaras.review.wording import places

CODE = "CR13"
KINDS = ("text-vs-table", "cross-table")
REGULATION = "Permenpan-RB 88/2021; Permenpan-RB 12/2015"
_GRADE = r"(AA|A-?|BB|B|CC|C|D)"
_PAIR = re.compile(
    r"(?<![\d.,])(\d{1,3}[.,]\d{1,2})\s*(?:poin\s*)?"
    r"(?i:,?\s*(?:\(|atau|dengan|berada pada|masuk|kategori|predikat|nilai|peringkat|mutu)\s*){1,4}[“\"'‘]?"
    + _GRADE
    + r"(?![\w+]|\.\w|-\w)"
)


_DECIMAL = re.compile(r"\d[.,]\d")
_LETTER = re.compile("[A-D]")
SHORTEST = 5
"""So many characters a number with its grade has at least."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A number with its grade, where, and whether a cell of a table holds it."""

    number: str
    grade: str
    place: Place
    in_table: bool


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every number that has two grades."""
    told: dict[str, list[_Pair]] = defaultdict(list)
    for pair in _pairs(report):
        told[pair.number].append(pair)
    for number, pairs in told.items():
        if len({pair.grade for pair in pairs}) > 1:
            yield _finding(number, pairs)


def _pairs(report: Report) -> Iterator[_Pair]:
    for sentence in saying(report, _DECIMAL):
        if sentence.kind is not SentenceKind.CELL:
            for match in _PAIR.finditer(sentence.text):
                place = quoted(around(sentence.text, *match.span()), sentence.place_at(match.start()))
                yield _Pair(_number(match[1]), match[2], place, in_table=False)
    for grid in report.grids:
        for cell in cells_of(report, grid):
            for match in (
                _PAIR.finditer(cell.text)
                if len(cell.text) >= SHORTEST and not cell.text.isdigit() and _LETTER.search(cell.text)
                else ()
            ):
                yield _Pair(_number(match[1]), match[2], cell.place, in_table=True)


def _number(text: str) -> str:
    return text.replace(".", ",")


def _finding(number: str, pairs: Sequence[_Pair]) -> Finding:
    counted = Counter(pair.grade for pair in pairs)
    in_table = {pair.grade for pair in pairs if pair.in_table}
    right = max(counted, key=lambda grade: (grade in in_table, counted[grade]))
    odd = [pair for pair in pairs if pair.grade != right]
    return Finding(
        CODE,
        "text-vs-table" if in_table and not odd[0].in_table else "cross-table",
        Severity.ERROR,
        f"Nilai {number} diberi predikat {' dan '.join(counted)}.",
        stated=f"{number} ({odd[0].grade})",
        expected=f"{number} ({right})",
        places=places([*(pair.place for pair in odd), *(pair.place for pair in pairs if pair.grade == right)]),
        regulation=REGULATION,
        suggestion="Samakan predikat dengan hasil evaluasi.",
    )
