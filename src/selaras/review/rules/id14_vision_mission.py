"""Visi yang sama dikutip dengan kata yang berbeda, atau misi dengan jumlah butir yang berbeda.

Mengapa: visi dan misi ditetapkan satu kali; dua rumusan berarti salah satunya milik rencana lama.
Peraturan: UU 25/2004 (visi dan misi dalam rencana).
Salah: visi dengan kata “Serentak” di bab II, tanpa kata itu di ringkasan.
Benar: satu rumusan di seluruh laporan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import cut, fold, likeness, quoted
from selaras.review.report import Report, Sentence, SentenceKind

CODE = "ID14"
KINDS = ("narrative-contradiction",)

_VISION = re.compile(r"\bvisi\b", re.IGNORECASE)
_MISSION_ONLY = re.compile(r"\bmisi\b(?! KPU| kami)", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\bmisi\b[^.;]{0,80}(?::|berikut(?:\s+ini)?\s*[:.]?|yaitu|adalah|yakni)\s*$", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\(?(?:[0-9]{1,2}|[a-z])[.)]|[-•–])\s")
FEWEST = 3
ALIKE = 80
"""So alike are two wordings of one mission."""
_QUOTED = re.compile(r"[“\"]([^”\"]{25,240})[”\"]")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Quotations beside the word `visi`, compared with the first of them."""
    yield from _other_missions(report)
    visions = list(_visions(report.sentences))
    for words, sentence in visions[1:]:
        first, origin = visions[0]
        if fold(words) != fold(first) and likeness(words, first) >= 55:
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.WARNING,
                "Rumusan visi berbeda dengan yang disebut sebelumnya",
                stated=cut(words),
                expected=cut(first),
                places=(quoted(words, sentence.place), quoted(first, origin.place)),
                suggestion="Gunakan rumusan yang ditetapkan dalam rencana yang berlaku.",
            )


def _missions(report: Report) -> Iterator[list[Sentence]]:
    """The items below each sentence that announces the missions."""
    said = [sentence for sentence in report.sentences if sentence.kind is not SentenceKind.CELL]
    announcing = {id(sentence) for sentence in saying(report, _ANNOUNCED)}
    for at, sentence in enumerate(said):
        if id(sentence) not in announcing:
            continue
        items = list(takewhile(lambda item: item.kind is SentenceKind.ITEM, said[at + 1 :]))
        if len(items) >= FEWEST and all(_MARK.match(item.text) for item in items):
            yield items


def _other_missions(report: Report) -> Iterator[Finding]:
    """Lists of missions of which one has more items than the other though they share most."""
    lists = list(_missions(report))
    for items in lists[1:]:
        first = lists[0]
        shared = sum(any(likeness(item.text, other.text) >= ALIKE for other in first) for item in items)
        if len(items) != len(first) and 2 * shared >= min(len(items), len(first)):
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.WARNING,
                f"Misi disebut {len(items)} butir, sebelumnya {len(first)} butir",
                stated=f"{len(items)} butir",
                expected=f"{len(first)} butir",
                places=(quoted(items[0].text, items[0].place), quoted(first[0].text, first[0].place)),
                suggestion="Gunakan rumusan misi yang ditetapkan dalam rencana yang berlaku.",
            )


def _visions(sentences: tuple[Sentence, ...]) -> Iterator[tuple[str, Sentence]]:
    """Quotations in a sentence that speaks of the vision, or in the sentence after it."""
    awaited = False
    for sentence in sentences:
        speaks = ("adalah" in sentence.text and bool(_VISION.search(sentence.text))) or (
            "visi" in sentence.text and "yaitu" in sentence.text
        )
        for match in _QUOTED.finditer(sentence.text):
            before = sentence.text[: match.start()]
            if (_VISION.search(before) and not _MISSION_ONLY.search(before[-40:])) or (awaited and match.start() < 3):
                yield match[1], sentence
        awaited = speaks and sentence.text.rstrip().endswith(":")
