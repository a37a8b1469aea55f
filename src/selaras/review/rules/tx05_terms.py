"""Satu hal disebut dengan beberapa istilah, atau satu singkatan dijelaskan dengan dua kepanjangan.

Mengapa: pembaca harus tahu bahwa LKj, LKjIP, LKIP, dan LAKIP di sini laporan yang sama.
Peraturan: Permenpan-RB 53/2014 (laporan kinerja); EYD.
Salah: LKj di kata pengantar, LAKIP di dasar hukum, LKIP di penutup.
Benar: satu sebutan di seluruh laporan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import matches
from selaras.review.prose import around, cut, fold, listed, quoted, running
from selaras.review.report import Report
from selaras.review.wordlists import table

CODE = "TX05"
KINDS = ("naming",)

_EXPLAINED = re.compile(r"((?:[A-Z][\w/-]+\s+(?:dan\s+|atas\s+|di\s+)?){2,7})\(([A-Z][A-Za-z]{1,7})\)")
_REVERSE = re.compile(r"\b([A-Z]{2,7})\s+\(((?:[A-Z][a-z]+\s?(?:dan\s+)?){2,7})\)")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Names of the report itself; abbreviations with two meanings."""
    yield from _own_names(report)
    yield from _abbreviations(report)


def _own_names(report: Report) -> Iterator[Finding]:
    names = table("spelling")["terms"]["report"]
    wanted = re.compile(rf"\b({'|'.join(sorted(names, key=len, reverse=True))})\b")
    first: dict[str, Place] = {}
    for sentence, match in matches(report, wanted):
        first.setdefault(match[1], quoted(around(sentence.text, *match.span(), width=40), sentence.place))
    if len(first) > 1:
        yield Finding(
            CODE,
            "naming",
            Severity.INFO,
            f"Laporan disebut dengan {len(first)} singkatan: {', '.join(first)}",
            stated=", ".join(first),
            expected="satu sebutan, misalnya LKj",
            places=tuple(first.values()),
            regulation="Permenpan-RB 53/2014",
            suggestion="Pakai satu sebutan.",
        )


def _abbreviations(report: Report) -> Iterator[Finding]:
    meanings: dict[str, dict[str, Place]] = defaultdict(dict)
    for sentence in running(report):
        if "(" not in sentence.text:
            continue
        for match in _EXPLAINED.finditer(sentence.text):
            words = _fitting(match[1].split(), match[2])
            if words:
                meanings[match[2]].setdefault(fold(words), quoted(match[0], sentence.place))
        for match in _REVERSE.finditer(sentence.text):
            words = _fitting(match[2].split(), match[1])
            if words:
                meanings[match[1]].setdefault(fold(words), quoted(match[0], sentence.place))
    for short, found in meanings.items():
        texts = list(found)
        if len(texts) > 1 and any(fuzz.ratio(texts[0], text) < 75 for text in texts[1:]):
            yield Finding(
                CODE,
                "naming",
                Severity.INFO,
                f"{short} dijelaskan dengan {len(texts)} kepanjangan: {listed([cut(text, 60) for text in texts])}",
                stated=short,
                expected="satu kepanjangan",
                places=tuple(found.values()),
                suggestion="Pakai singkatan yang berbeda, atau jelaskan setiap kali.",
            )


def _fitting(words: list[str], short: str) -> str:
    """The last words whose first letters make the abbreviation, empty if they do not."""
    capitals = [word for word in words if word[:1].isupper()]
    letters = [letter for letter in short if letter.isupper()]
    tail = capitals[-len(letters) :]
    return " ".join(tail) if [word[0] for word in tail] == letters else ""
