"""Dua kalimat mengatakan hal yang berlawanan tentang satu pokok.

Mengapa: “tanpa kendala” dan “sejumlah hambatan” tidak dapat benar bersama-sama; pembaca tidak tahu mana yang dipegang.
Peraturan: Permenpan-RB 53/2014, Lampiran III (substansi).
Salah: “belum ada SOP” di bab I, “sesuai dengan SOP yang sudah ada” di bab III.
Benar: satu pernyataan di seluruh laporan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import around, denied, pattern, quoted
from selaras.review.report import Report, Sentence, SentenceKind
from selaras.review.wordlists import table

CODE = "NA04"
KINDS = ("narrative-contradiction",)

Found = tuple[Sentence, re.Match[str]]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The pairs of the data file; a pair with things must say both of one thing."""
    for pair in table("narrative")["opposite"]:
        things = tuple(pair.get("things", ()))
        ones = _found(report, _expression(pair["one"], things), wishes=False)
        others = _found(report, _expression(pair["other"], things), wishes=True) if ones else []
        for thing in dict.fromkeys(_thing(match, things) for _, match in ones):
            one = [item for item in ones if _thing(item[1], things) == thing]
            other = [
                item
                for item in others
                if _thing(item[1], things) == thing and not any(item[0] is known for known, _ in one)
            ]
            if one and other:
                yield _finding(pair["topic"], one, other)


def _finding(topic: str, one: Sequence[Found], other: Sequence[Found]) -> Finding:
    return Finding(
        CODE,
        "narrative-contradiction",
        Severity.WARNING,
        f"Pernyataan berlawanan tentang {topic}: “{one[0][1][0]}” dan “{other[0][1][0]}”",
        stated=one[0][1][0],
        expected="satu pernyataan",
        places=tuple(
            quoted(around(sentence.text, *match.span()), sentence.place) for sentence, match in [*one[:3], *other[:4]]
        ),
        suggestion="Tentukan mana yang benar, lalu samakan.",
    )


@lru_cache(maxsize=64)
def _expression(words: str, things: tuple[str, ...]) -> re.Pattern[str]:
    """The words with all things in the place of `{thing}`, an abbreviation in brackets behind them."""
    gap = rf"\b(?:{'|'.join(things)})\b(?:\s*\(\w+\))?"
    return re.compile(words.replace("{thing}", gap), re.IGNORECASE)


def _thing(match: re.Match[str], things: tuple[str, ...]) -> int:
    """Which of the things a claim is about; -1 where there is no choice."""
    return next((at for at, thing in enumerate(things) if re.search(rf"\b(?:{thing})\b", match[0], re.IGNORECASE)), -1)


def _found(report: Report, wanted: re.Pattern[str], *, wishes: bool) -> list[Found]:
    found: list[Found] = []
    for sentence in saying(report, wanted):
        if sentence.kind is SentenceKind.HEADING:
            continue
        for match in wanted.finditer(sentence.text):
            conditional = re.search(
                r"\b(?:kemungkinan|apabila|potensi|jika|setiap ada|bila|kalau|menjelaskan|"
                r"menguraikan|memuat|disajikan|diuraikan)\b",
                sentence.text[: match.end() + 30],
                re.IGNORECASE,
            )
            wished = wishes and (
                denied(sentence.text, match.start())
                or conditional
                or pattern("narrative", "wish").search(sentence.text[max(0, match.start() - 20) : match.start()])
            )
            if not wished:
                found.append((sentence, match))
                break
    return found
