"""Indikator persentase tanpa pembilang dan penyebut di mana pun, atau dengan populasi yang lebih sempit daripada namanya.

Mengapa: persentase hanya dapat diperiksa bila diketahui berapa dari berapa, dan dari kelompok yang mana.
Peraturan: Permenpan-RB 53/2014, Lampiran III (data pendukung); Permenpan-RB 88/2021.
Salah: indikator tentang perpustakaan, buktinya hanya tentang perpustakaan sekolah.
Benar: “dari 500 perpustakaan, 300 di antaranya memenuhi standar”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.value import ValueKind
from selaras.review.arithmetic import HUNDRED
from selaras.review.concordance import saying
from selaras.review.history import realised
from selaras.review.outline import headings, is_whole_report
from selaras.review.prose import around, cut, fold, meaning, quoted, running
from selaras.review.report import IndicatorClaim, Report, Sentence
from selaras.review.tallies import evidence
from selaras.review.wordlists import words

CODE = "NA06"
KINDS = ("missing-evidence",)

_N = r"(?:\d{1,3}(?:[.,]\d{3})+|\d{1,6})"
_PART = re.compile(
    rf"\bdari(?: total| jumlah| sebanyak| keseluruhan)?\s+{_N}\s+([^.;]{{3,80}}?),?\s+"
    rf"(?:terdapat |sebanyak |ada )?{_N}\s+(?:\w+ )?di ?antaranya",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"\b{_N}\s+(?:\w+\s+){{0,6}}dari(?: total| jumlah| sebanyak| keseluruhan)?\s+{_N}\s+\w+", re.IGNORECASE
)
_FROM = re.compile(
    rf"\bdari(?: total| jumlah| sebanyak| keseluruhan| seluruh)?\s+{_N}\s+[^.;]{{3,120}}?\b{_N}\s+\w+|"
    rf"\b{_N}\s+dari(?: total| jumlah| keseluruhan)?\s+{_N}\s+\w+",
    re.IGNORECASE,
)
_ALL = re.compile(rf"\b{_N}\s+[^\W\d_][^.;\d]{{3,80}}?\b(?:seluruhnya|semuanya|kesemuanya)\b", re.IGNORECASE)
"""`34 aduan dan seluruhnya ditindaklanjuti`: all of them."""
_STATED = re.compile(r"\bpembilang\b[^.;]*?\d.*?\bpenyebut\b[^.;]*?\d", re.IGNORECASE)
_OUT_OF = re.compile(r"\bdari\b", re.IGNORECASE)
HALF, MOST = 0.5, 0.75
_NO_SHARE = re.compile(
    r"^\W*\w+\s+(?:peningkatan|pertumbuhan|kenaikan|penurunan|realisasi anggaran|penyerapan anggaran|serapan anggaran)\b",
    re.IGNORECASE,
)
"""Growth has no numerator, and what was spent of a budget stands in the budget table."""
_SHARE = re.compile(r"^\W*(?:persentase|presentase|prosentase)\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Populations of the counts that are given; then the percentages that have neither a section nor a count."""
    values = [claim for claim in realised(report).values() if claim.value and claim.value.kind is ValueKind.PERCENT]
    for sentence in saying(report, _PART, running=True):
        for match in _PART.finditer(sentence.text):
            claim = next(
                (
                    claim
                    for claim in values
                    if any(_names(text, claim.name) for text in (*sentence.path[::-1], sentence.text))
                ),
                None,
            )
            if claim is not None:
                yield from _population(sentence, match, claim)
    yield from _unsupported(report, values)


def _population(sentence: Sentence, match: re.Match[str], claim: IndicatorClaim) -> Iterator[Finding]:
    """What is counted is narrower than what the indicator speaks of."""
    counted, spoken = fold(match[1]).split()[:2], meaning(claim.name)
    if (
        len(counted) == 2
        and counted[0] in spoken
        and counted[1] not in spoken
        and counted[1] not in words("narrative", "particles")
    ):
        yield Finding(
            CODE,
            "missing-evidence",
            Severity.WARNING,
            f"Yang dihitung “{' '.join(counted)}”, indikatornya tentang {cut(claim.name, 80)}",
            stated=" ".join(counted),
            expected=counted[0],
            places=(quoted(around(sentence.text, *match.span()), sentence.place),),
            suggestion="Tegaskan populasi indikator.",
        )


def _counts_out(text: str) -> bool:
    """Whether a text with `dari` in it gives a number out of a larger one."""
    return any(wanted.search(text) for wanted in (_PART, _OF, _FROM))


def _unsupported(report: Report, values: list[IndicatorClaim]) -> Iterator[Finding]:
    """One finding for all percentages that no heading and no count speaks of."""
    if not is_whole_report(report) or _lists_counts(report):
        return
    titles = [title.words for title in headings(report)]
    told = list(running(report))
    counted = {id(sentence) for sentence in saying(report, _STATED)}
    counted |= {id(sentence) for sentence in saying(report, _OUT_OF) if _counts_out(sentence.text)}
    counted |= {id(sentence) for sentence in saying(report, _ALL)}
    counts = [
        sentence
        for before, sentence in zip((None, *told), told, strict=False)
        if id(sentence) in counted or any(evidence(sentence, before)) or _of_money(sentence)
    ]
    alone = [
        claim
        for claim in values
        if _SHARE.match(claim.name)
        and not _NO_SHARE.match(claim.name)
        and not any(_names(text, claim.name) for text in titles)
        and not any(_counts(sentence, claim) for sentence in counts)
    ]
    alone = list({fold(claim.name): claim for claim in reversed(alone)}.values())[::-1]
    if not alone:
        return
    shown = "; ".join(cut(claim.name, 70) for claim in alone[:5]) + (
        f"; dan {len(alone) - 5} lainnya" if len(alone) > 5 else ""
    )
    yield Finding(
        CODE,
        "missing-evidence",
        Severity.WARNING,
        f"Tanpa pembilang dan penyebut: {shown}",
        stated=", ".join(claim.text for claim in alone[:8]),
        expected="n dari N untuk setiap indikator persentase",
        places=tuple(claim.place for claim in alone),
        regulation="Permenpan-RB 53/2014, Lampiran III",
        suggestion="Sebutkan jumlah yang memenuhi dan jumlah seluruhnya.",
    )


def _lists_counts(report: Report) -> bool:
    """Whether a table has columns for numerator and denominator."""
    heads = [column.header.casefold() for grid in report.grids for column in grid.columns]
    return any("pembilang" in head for head in heads) and any("penyebut" in head for head in heads)


def _of_money(sentence: Sentence) -> bool:
    """Whether two amounts and the percentage that they make stand together."""
    return sum(figure.money for figure in sentence.figures) > 1 and any(figure.percent for figure in sentence.figures)


def _counts(sentence: Sentence, claim: IndicatorClaim) -> bool:
    """Whether a sentence with two counts speaks of the indicator: by its name, or by its value and half of its name."""
    value = claim.value.amount if claim.value is not None else None
    told = value == HUNDRED and _ALL.search(sentence.text) is not None
    told = told or any(figure.percent and figure.amount == value for figure in sentence.figures)
    wanted = meaning(_SHARE.sub("", claim.name))
    shared = len(wanted & meaning(" ".join((*sentence.path[-1:], sentence.text))))
    return _names(sentence.text, claim.name) or shared >= (HALF if told else MOST) * len(wanted) > 0


def _names(text: str, name: str) -> bool:
    wanted = meaning(name)
    return len(wanted) >= 2 and len(wanted & meaning(text)) >= max(2, round(0.8 * len(wanted)))
