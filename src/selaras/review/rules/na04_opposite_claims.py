"""Dua kalimat mengatakan hal yang berlawanan tentang satu pokok.

Mengapa: “tanpa kendala” dan “sejumlah hambatan” tidak dapat benar bersama-sama; pembaca tidak tahu mana yang dipegang.
Peraturan: Permenpan-RB 53/2014, Lampiran III (substansi).
Salah: “belum ada SOP” di bab I, “sesuai dengan SOP yang sudah ada” di bab III.
Benar: satu pernyataan di seluruh laporan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import around, denied, everything, pattern, quoted
from selaras.review.report import Report, Sentence, SentenceKind
from selaras.review.wordlists import table

CODE = "NA04"
KINDS = ("narrative-contradiction",)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The pairs of the data file."""
    for pair in table("narrative")["opposite"]:
        one = _found(report, re.compile(pair["one"], re.IGNORECASE), wishes=False)
        other = [
            item
            for item in _found(report, re.compile(pair["other"], re.IGNORECASE), wishes=True)
            if not any(item[0] is known for known, _ in one)
        ]
        if one and other:
            places = [
                quoted(around(sentence.text, *match.span()), sentence.place)
                for sentence, match in [*one[:3], *other[:4]]
            ]
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.WARNING,
                f"Pernyataan berlawanan tentang {pair['topic']}: “{one[0][1][0]}” dan “{other[0][1][0]}”",
                stated=one[0][1][0],
                expected="satu pernyataan",
                places=tuple(places),
                suggestion="Tentukan mana yang benar, lalu samakan.",
            )


def _found(report: Report, wanted: re.Pattern[str], *, wishes: bool) -> list[tuple[Sentence, re.Match[str]]]:
    found = []
    for sentence in everything(report):
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
