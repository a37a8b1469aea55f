"""Indikator persentase harus disertai pembilang dan penyebut, dan mengikuti keduanya.

Mengapa: capaian harus dapat dibuktikan; “203 dari 338” adalah 60%, bukan 56%. Bila populasinya lain, laporan harus
mengatakannya, karena itu temuan ini ditanyakan (peringatan), kecuali sisa yang salah hitung.
Peraturan: Permenpan-RB 53/2014, Lampiran III (informasi ditopang data memadai).

Salah: realisasi 56%, “dari 338 perpustakaan, 203 di antaranya sesuai standar”.
Benar: realisasi 60%, “dari 338 perpustakaan, 203 di antaranya sesuai standar”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Verdict, fraction, judge
from selaras.review.concordance import saying
from selaras.review.likeness import fold, likeness
from selaras.review.report import Figure, IndicatorClaim, Report, Role, Sentence, SentenceKind
from selaras.review.spoken import Part, spoken
from selaras.review.tallies import evidence, figure_of
from selaras.review.wording import amount, percent, places, short

CODE = "NU04"
KINDS = ("missing-evidence", "arithmetic")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (informasi ditopang data memadai)"
_PERCENTAGE = re.compile(r"^\s*(?:persentase|presentase|prosentase)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:masih (?:terdapat|ada|tersisa)|sisanya|sisa)\b[^.;0-9]*$", re.IGNORECASE)
_PAIR = re.compile(r"[0-9]\s*(?:\([^()]*\)\s*)?(?:[\w/]+\s+){0,6}dari\s+(?:[\w/]+\s+){0,4}[0-9]", re.IGNORECASE)
_STATED = re.compile(r"\bpembilang\s+([0-9][0-9.]*)\s*;?,?\s+(?:dan\s+)?penyebut\s+([0-9][0-9.]*)", re.IGNORECASE)
_FRACTION = re.compile(r"[0-9][0-9.]*\s*(?:/|÷|:)\s*[0-9][0-9.]*|\b(?:pembilang|penyebut)\b", re.IGNORECASE)
Section = list[Sentence]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """`dari N …, M di antaranya` with its sentence."""

    whole: Figure
    share: Figure
    sentence: Sentence


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The section of each percentage indicator: its evidence against the table, or that there is none."""
    realised = _realised(report)
    yield from _stated(report, realised)
    for section in _sections(report):
        claim = _indicator(section, realised)
        told = [found for sentence in section if (found := _evidence(sentence)) is not None]
        for each in told:
            yield from _remainder(each, section)
        if claim is None:
            continue
        if told:
            if not any(_fits(each, claim) for each in told):
                yield _unlike(told[0], claim)
        elif not any(_shows_pair(sentence) for sentence in section) and len(section) > 1:
            yield _none(section[0], claim)


def _stated(report: Report, realised: Sequence[IndicatorClaim]) -> Iterator[Finding]:
    """`pembilang 41; penyebut 46` in a sentence that names the indicator."""
    for sentence in saying(report, _STATED):
        match = _STATED.search(sentence.text)
        if match is None or sentence.kind is SentenceKind.CELL:
            continue
        share, whole = (Figure(Decimal(text.rstrip(".").replace(".", "")), 0) for text in match.groups())
        named = [claim for claim in realised if fold(claim.name) in fold(sentence.text)]
        stated = _Evidence(whole, share, sentence)
        if whole.amount and named and not any(_fits(stated, claim) for claim in named):
            yield _unlike(stated, named[0])


def _sections(report: Report) -> list[Section]:
    """Running text by the headings above it."""
    found: dict[tuple[str, ...], Section] = defaultdict(list)
    for sentence in report.sentences:
        if sentence.kind in (SentenceKind.TEXT, SentenceKind.ITEM, SentenceKind.HEADING) and sentence.path:
            found[sentence.path].append(sentence)
    return list(found.values())


def _realised(report: Report) -> list[IndicatorClaim]:
    year = report.identity.year
    return [
        claim
        for claim in report.indicators
        if claim.role is Role.REALISATION
        and claim.value is not None
        and claim.year in (year, None)
        and _PERCENTAGE.match(claim.name)
    ]


def _indicator(section: Section, realised: Sequence[IndicatorClaim]) -> IndicatorClaim | None:
    """The percentage indicator that the lowest heading names."""
    heading = re.sub(r"^\s*(?:[0-9.]+|[a-zA-Z][.)])\s+", "", section[0].path[-1])
    match = max(realised, key=lambda claim: likeness(heading, claim.name), default=None)
    if match is None:
        return None
    return match if fold(match.name) in fold(heading) or likeness(heading, match.name) >= 0.9 else None


def _evidence(sentence: Sentence) -> _Evidence | None:
    first = next(evidence(sentence), None)
    if first is not None and first.part.start < first.whole.start:
        return _Evidence(figure_of(first.whole), figure_of(first.part), sentence)
    whole = [item.figure for item in spoken(sentence) if item.part is Part.WHOLE]
    share = [item.figure for item in spoken(sentence) if item.part is Part.SHARE]
    if (
        len(whole) != 1
        or len(share) != 1
        or not 0 <= share[0].amount <= whole[0].amount
        or whole[0].decimals
        or share[0].decimals
    ):
        return None
    return _Evidence(whole[0], share[0], sentence) if whole[0].amount > 1 else None


def _shows_pair(sentence: Sentence) -> bool:
    return bool(_PAIR.search(sentence.text) or _FRACTION.search(sentence.text))


def _remainder(known: _Evidence, section: Section) -> Iterator[Finding]:
    """`masih terdapat K` must be N − M; only a K that speaks of the same thing is compared."""
    right = known.whole.amount - known.share.amount
    for sentence in section:
        for item in spoken(sentence):
            alike = set(fold(item.after).split()[:3]) & set(fold(known.sentence.text).split())
            if not _LEFT.search(item.before) or item.figure.percent or item.figure.money or not alike:
                continue
            if item.figure.amount != right and item.figure.amount < known.whole.amount:
                yield Finding(
                    CODE,
                    "arithmetic",
                    Severity.ERROR,
                    f"Sisa tertulis {amount(item.figure)}, sedangkan {amount(known.whole)} dikurangi "
                    f"{amount(known.share)} adalah {right}.",
                    stated=amount(item.figure),
                    expected=str(right),
                    arithmetic=f"{amount(known.whole)} − {amount(known.share)} = {right}",
                    places=places([sentence.place, known.sentence.place]),
                    regulation=REGULATION,
                    suggestion="Periksa ketiga angka itu terhadap data dukungnya.",
                )


def _fits(known: _Evidence, claim: IndicatorClaim) -> bool:
    assert claim.value is not None
    if claim.value.amount is None:
        return True
    exponent = claim.value.amount.as_tuple().exponent
    stated = Figure(claim.value.amount, max(0, -exponent) if isinstance(exponent, int) else 0, percent=True)
    return judge(stated, _ratio(known)) is not Verdict.DIFFERS


def _ratio(known: _Evidence) -> Fraction:
    return fraction(known.share.amount) / fraction(known.whole.amount) * HUNDRED


def _unlike(known: _Evidence, claim: IndicatorClaim) -> Finding:
    assert claim.value is not None
    ratio = percent(_ratio(known))
    return Finding(
        CODE,
        "missing-evidence",
        Severity.WARNING,
        f"Realisasi “{short(claim.name)}” {claim.value.shown()}, sedangkan data dalam kalimat memberi {ratio}.",
        stated=claim.value.shown(),
        expected=f"{ratio}, atau penjelasan populasi yang diukur",
        arithmetic=f"{amount(known.share)} ÷ {amount(known.whole)} × 100% = {ratio}",
        places=places([known.sentence.place, claim.place]),
        regulation=REGULATION,
        suggestion="Cantumkan pembilang dan penyebut yang menghasilkan realisasi itu.",
    )


def _none(sentence: Sentence, claim: IndicatorClaim) -> Finding:
    assert claim.value is not None
    return Finding(
        CODE,
        "missing-evidence",
        Severity.WARNING,
        f"Realisasi “{short(claim.name)}” {claim.value.shown()} tidak disertai pembilang dan penyebutnya.",
        stated=claim.value.shown(),
        expected="“dari N …, M di antaranya …”",
        places=places([sentence.place, claim.place]),
        regulation=REGULATION,
        suggestion="Sebutkan berapa yang diukur dan berapa yang memenuhi.",
    )
