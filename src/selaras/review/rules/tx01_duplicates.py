"""Kalimat atau keterangan gambar yang sama (atau hampir sama) berdiri dua kali.

Mengapa: pengulangan menandakan naskah yang disalin; bila satu diubah, yang lain tertinggal.
Peraturan: kelaziman penyusunan naskah.
Salah: dua kalimat berturut-turut yang mengatakan bahwa kinerja relatif stabil.
Benar: satu kalimat.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.prose import cut, fold, meaning, quoted, running
from selaras.review.report import GridCell, Report, Sentence, SentenceKind, TableKind

CODE = "TX01"
KINDS = ("duplicate-content",)

_SOURCE = re.compile(r"\W*Sumber(?: data)?\s*:", re.IGNORECASE)
"""The line below a table that names where it is from stands below every table from there."""
LEAST_WORDS = 12
NEAR = 10
MOST = 3  # what stands more often is a set phrase
ALIKE = 90.0
EQUAL = 97.0


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Equal sentences in one section, alike ones close together, numbered rows of one text."""
    sentences = [
        sentence
        for sentence in running(report)
        if len(fold(sentence.text).split()) >= LEAST_WORDS and not _SOURCE.match(sentence.text)
    ]
    told: set[int] = set()
    yield from _equal(sentences, told)
    yield from _alike(sentences, told)
    yield from _rows(report)


def _equal(sentences: Sequence[Sentence], told: set[int]) -> Iterator[Finding]:
    groups: dict[tuple[str, tuple[tuple[str, ...], str]], list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        groups[fold(sentence.text), _section(sentence)].append(sentence)
    again: dict[tuple[Place, ...], list[list[Sentence]]] = defaultdict(list)
    for group in groups.values():
        if 1 < len(group) <= MOST:
            told.update(id(sentence) for sentence in group)
            again[tuple(sentence.place for sentence in group)].append(group)
    for copied in again.values():
        times = len(copied[0])
        many = f"{len(copied)} kalimat yang sama berdiri" if len(copied) > 1 else "Kalimat yang sama berdiri"
        yield _finding(f"{many} {times} kali", copied[0])


def _section(sentence: Sentence) -> tuple[tuple[str, ...], str]:
    """Where a sentence stands; of a workbook each sheet is a section, since a note may stand below two tables."""
    return sentence.path, sentence.place.sheet


def _alike(sentences: Sequence[Sentence], told: set[int]) -> Iterator[Finding]:
    for place, one in enumerate(sentences):
        for other in sentences[place + 1 : place + 1 + NEAR]:
            if id(one) in told or id(other) in told or _section(one) != _section(other):
                continue
            if fuzz.ratio(fold(one.text), fold(other.text), score_cutoff=EQUAL) >= EQUAL or (
                one.kind is SentenceKind.TEXT and _same_words(one.text, other.text)
            ):
                told.update((id(one), id(other)))
                yield _finding("Dua kalimat mengatakan hal yang sama", [one, other])


@lru_cache(maxsize=4096)
def _numbers(folded: str) -> tuple[str, ...]:
    return tuple(part for part in folded.split() if part.isdigit())


def _same_words(one: str, other: str) -> bool:
    """Nearly the same letters, or nearly the same words in another order; sentences with other figures are other sentences."""
    first, second = fold(one), fold(other)
    if _numbers(first) != _numbers(second):
        return False
    if fuzz.ratio(first, second, score_cutoff=ALIKE) >= ALIKE:
        return True
    left, right = meaning(one), meaning(other)
    shared = len(left & right)
    return shared >= 9 and shared >= 0.72 * max(len(left), len(right))


def _rows(report: Report) -> Iterator[Finding]:
    """One text under two row numbers of an analysis table."""
    for grid in report.grids:
        if grid.kind not in {TableKind.SUPPORT, TableKind.ANALYSIS, TableKind.ACHIEVEMENT}:
            continue
        texts: dict[str, list[tuple[str, GridCell]]] = defaultdict(list)
        for row in grid.rows:
            number = row.cells[0]
            if number.spanned or not number.text.strip().rstrip(".").isdigit():
                continue
            for cell in row.cells[1:3]:
                if not cell.spanned and len(fold(cell.text).split()) >= LEAST_WORDS:
                    texts[fold(cell.text)].append((number.text, cell))
        for same in texts.values():
            if len({number for number, _ in same}) > 1:
                yield Finding(
                    CODE,
                    "duplicate-content",
                    Severity.INFO,
                    f"Teks yang sama bernomor {' dan '.join(number for number, _ in same)}",
                    stated=cut(same[0][1].text),
                    expected="satu nomor",
                    places=tuple(quoted(cell.text, cell.place) for _, cell in same),
                    suggestion="Gabungkan barisnya.",
                )


def _finding(message: str, group: Sequence[Sentence]) -> Finding:
    return Finding(
        CODE,
        "duplicate-content",
        Severity.INFO,
        message,
        stated=cut(group[0].text),
        expected="satu kali",
        places=tuple(quoted(sentence.text, sentence.place) for sentence in group),
        suggestion="Hapus yang berulang.",
    )
