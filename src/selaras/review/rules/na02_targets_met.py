"""Kalimat mengatakan target tercapai, angka dalam laporan mengatakan tidak.

Mengapa: “semua target tercapai” adalah kesimpulan yang ditandatangani; ia harus benar terhadap target yang diperjanjikan.
Peraturan: Permenpan-RB 53/2014, Lampiran II (perbandingan target dan realisasi) dan Lampiran III (substansi).
Salah: “semua target tercapai 100%”, padahal target dalam perjanjian 60% dan realisasi 56%.
Benar: “satu dari dua target tercapai”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.history import behind, shortfalls
from selaras.review.numbered import WORDS
from selaras.review.prose import around, denied, meaning, pattern, quoted
from selaras.review.report import IndicatorClaim, Report, Sentence
from selaras.review.wording import short

CODE = "NA02"
KINDS = ("narrative-contradiction",)

Miss = tuple[IndicatorClaim, IndicatorClaim]
_SPECIFIC = re.compile(
    r"[„“‘‚\"'][^”’‟\"']{20,}|"
    r"\b(?:SS|IKU|IK|IKK)\s?-?\d|\bsasaran (?:strategis |kegiatan )?(?:ke-?\d|pertama|kedua|ketiga|keempat|kelima|keenam)\b|"
    r"\bindikator(?: kinerja)? (?:ke-?\d|pertama|kedua|ketiga)",
    re.IGNORECASE,
)
_SPEAKS = re.compile("target|capai|penuhi", re.IGNORECASE)
"""One of these stands in every claim."""
_MISSED = re.compile(r"\b(?:belum|tidak|di bawah|kurang dari)\b", re.IGNORECASE)
_CONTRAST = re.compile(
    rf"\b(?:sedangkan|sementara|namun|tetapi|adapun)\b|;|\b(?:dan|serta)\s+(?:\d+|{WORDS})\b", re.IGNORECASE
)
_MONEY = re.compile(r"\b(?:anggaran|keuangan|belanja|serapan|penyerapan|fisik)\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Claims on the year's targets, and claims on the targets at the end of the plan."""
    missed, late = shortfalls(report), behind(report)
    told: list[tuple[Sentence, re.Match[str], Sequence[Miss]]] = []
    for sentence in saying(report, _SPEAKS, running=True):
        match = _claim(sentence.text)
        if match is None:
            continue
        if pattern("narrative", "plan_end").search(sentence.text[match.start() :]):
            if late:
                yield _finding("target akhir rencana", [(sentence, match, late)])
        elif missed and (subject := _subject(_clause(sentence.text, match), missed)):
            told.append((sentence, match, subject))
    if told:
        yield _finding("target tahun ini", told)


def _claim(text: str) -> re.Match[str] | None:
    """A claim that targets were reached, in the present and without `beberapa` or `belum`."""
    for match in pattern("narrative", "reached").finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if (
            not denied(text, match.start())
            and not denied(text, match.end(), reach=len(match[0]))
            and not pattern("narrative", "wish").search(before[-34:])
            and not pattern("narrative", "partial").search(before)
        ):
            return match
    return None


def _clause(text: str, match: re.Match[str]) -> str:
    """The part of a sentence in which the claim stands, where another part says the opposite of other indicators."""
    if not _MISSED.search(text):
        return text
    cuts = [0, *(cut.start() for cut in _CONTRAST.finditer(text)), len(text)]
    return next(text[start:end] for start, end in pairwise(cuts) if start <= match.start() < end)


def _subject(text: str, missed: Sequence[Miss]) -> list[Miss]:
    """The shortfalls that the sentence speaks of: those of the indicators it names, all if it speaks in general."""
    words = meaning(text)
    named = [
        miss
        for miss in missed
        if len(meaning(miss[0].name)) >= 2
        and len(meaning(miss[0].name) & words) >= round(0.8 * len(meaning(miss[0].name)))
    ]
    if named:
        return named
    if _SPECIFIC.search(text):
        return []
    if _MONEY.search(text) and not pattern("narrative", "general").search(text):
        return []
    return list(missed) if pattern("narrative", "general").search(text) else []


def _counted(missed: Sequence[Miss]) -> str:
    """The shortfalls in short: of several indicators with the same figures only how many they are."""
    times = Counter(f"realisasi {claim.text} < target {target.text}" for claim, target in missed)
    return "; ".join(f"{told} ({count} indikator)" if count > 1 else told for told, count in times.items())


def _finding(what: str, told: Sequence[tuple[Sentence, re.Match[str], Sequence[Miss]]]) -> Finding:
    _, match, missed = told[0]
    shown = "; ".join(
        f"“{short(claim.name)}”: realisasi {claim.text} < target {target.text}" for claim, target in missed
    )
    places = [quoted(around(text.text, *claim.span()), text.place) for text, claim, _ in told]
    evidence = [place for claim, target in missed for place in (claim.place, target.place)]
    return Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"Dikatakan {what} tercapai, padahal {_counted(missed)}",
        stated=match[0].strip(),
        expected=f"{what} belum tercapai seluruhnya",
        arithmetic=shown,
        places=tuple(places + evidence),
        regulation="Permenpan-RB 53/2014, Lampiran II",
        suggestion="Sebutkan indikator yang tidak tercapai beserta sebabnya, atau lampirkan perubahan targetnya.",
    )
