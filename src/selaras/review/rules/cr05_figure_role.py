"""Jumlah anggaran dan realisasi dalam kalimat harus disebut sebagaimana adanya dan sama dengan tabel.

Mengapa: pagu yang disebut realisasi, rasio yang disebut rata-rata, atau persentase serapan yang tidak sama dengan tabel
mengubah simpulan tentang keuangan.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B dan Bab IV.

Salah: “realisasi anggaran sebesar Rp500.000.000 atau 80,00% dari pagu”, padahal Rp500.000.000 adalah pagunya.
Benar: “realisasi anggaran sebesar Rp400.000.000 atau 80,00% dari pagu”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.arithmetic import HUNDRED, Verdict, fraction, judge, mean, rounded
from selaras.review.budgets import heads, tables, totals
from selaras.review.report import Figure, Report, Role, Sentence, SentenceKind, TableKind
from selaras.review.spoken import Part, Spoken, is_formula, spoken
from selaras.review.wording import amount, percent, places, rupiah

CODE = "CR05"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B dan Bab IV"
_MEAN = re.compile(r"\b(?:rata-?\s?rata|rerata)\b", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:anggaran|keuangan|pagu|dana)\b", re.IGNORECASE)
_ABSORBED = re.compile(r"\b(?:realisasi|terealisasi|serap\w*|terserap|penyerapan|capaian|pencapaian)\b", re.IGNORECASE)
_ABOVE = re.compile(r"\bdi\s?atas\s*$|\blebih dari\s*$", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:total|seluruh|keseluruhan|jumlah|secara umum|pagu)\b", re.IGNORECASE)
_OF_BUDGET = re.compile(r"\s*(?:\([^)]*\)\s*)?dari\s+(?:\w+\s+){0,2}(?:pagu|anggaran)", re.IGNORECASE)
_PART = re.compile(r"\b(?:program|kegiatan|belanja|sasaran|indikator|fisik|sisa)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"^\W*(?:secara umum,?\s+)?(?:serapan|penyerapan|tingkat (?:serapan|penyerapan)|realisasi) anggaran"
    r"(?:\s+(?!(?:triwulan|semester|bulan|tw|program|kegiatan|belanja)\b)\w+){0,6}?\s+(?:sebesar|mencapai|adalah)\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")
FAR = 20
"""A bound (`di atas 50%`) so many points below the true figure says nothing."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the tables say of the whole budget."""

    budget: Decimal
    spent: Decimal
    place: Place
    percents: tuple[Fraction, ...]

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.spent) / Fraction(self.budget) * HUNDRED


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences on the whole budget against the grand totals of the realisation tables."""
    known = _known(report)
    if not known:
        return
    for sentence in report.sentences:
        if (
            sentence.kind in (SentenceKind.TEXT, SentenceKind.ITEM)
            and sentence.figures
            and not _of_other_year(report, sentence)
        ):
            for item in spoken(sentence):
                if item.figure.money:
                    yield from _called(sentence, item, known)
                elif item.figure.percent and _is_absorption(sentence, item):
                    yield from _percentage(report, sentence, item, known)


def _known(report: Report) -> list[_Known]:
    found = []
    for grid, claims in tables(report, TableKind.BUDGET):
        budget, spent = totals(report, grid)
        if budget and spent is not None and spent != budget:
            percents = tuple(fraction(claim.percent.amount) for claim in heads(claims) if claim.percent is not None)
            found.append(_Known(budget, spent, claims[-1].place, percents))
    return sorted(found, key=lambda each: each.budget, reverse=True)[:3]


def _called(sentence: Sentence, item: Spoken, known: list[_Known]) -> Iterator[Finding]:
    """A total under the name of the other one."""
    value = item.figure.amount
    for each in known:
        wrong = (item.part is Part.SPENT and value == each.budget) or (item.part is Part.BUDGET and value == each.spent)
        if not wrong or any(value == (other.spent if item.part is Part.SPENT else other.budget) for other in known):
            continue
        right = each.spent if item.part is Part.SPENT else each.budget
        own, true = ("realisasi", "anggaran") if item.part is Part.SPENT else ("anggaran", "realisasi")
        yield Finding(
            CODE,
            "text-vs-table",
            Severity.ERROR,
            f"{amount(item.figure)} disebut {own}, padahal itu jumlah {true}; {own} seluruhnya {rupiah(right)}.",
            stated=f"{own} {amount(item.figure)}",
            expected=f"{own} {rupiah(right)}",
            arithmetic=f"{rupiah(each.spent)} ÷ {rupiah(each.budget)} × 100% = {percent(each.ratio)}",
            places=places([sentence.place, each.place]),
            regulation=REGULATION,
            suggestion="Tulis angka yang benar untuk sebutan itu.",
        )
        return


def _is_absorption(sentence: Sentence, item: Spoken) -> bool:
    """A percentage of the whole budget: words of money and of absorption before it, no name of a programme."""
    if is_formula(item):
        return False
    if _ALONE.search(sentence.text[: item.start]):
        return True
    before = sentence.text[max(0, item.start - 120) : item.start]
    if not (_MONEY.search(item.before) or _OF_BUDGET.match(item.after)):
        return False
    if _PART.search(item.before):
        return bool(_MEAN.search(item.before))
    if _MEAN.search(item.before) or _WHOLE.search(f"{item.after} {item.before}"):
        return True
    return bool(_ABSORBED.search(before)) and item.part is not Part.OTHER


def _percentage(report: Report, sentence: Sentence, item: Spoken, known: list[_Known]) -> Iterator[Finding]:
    if any(figure.money for figure in sentence.figures) and item.part is Part.PERCENT and not _MEAN.search(item.before):
        return  # the sentence holds its own arithmetic
    ratios = [each.ratio for each in known]
    means = [mean(each.percents) for each in known if each.percents] + _means(report)
    if _ABOVE.search(item.before.rstrip()):
        yield from _vague(sentence, item, [*ratios, *means], known[0])
        return
    fits_ratio, fits_mean = _fits(item.figure, ratios), _fits(item.figure, means)
    if _MEAN.search(item.before):
        if fits_ratio and not fits_mean:
            yield _finding(
                sentence,
                known[0],
                f"{amount(item.figure)} adalah rasio jumlah realisasi terhadap jumlah anggaran, bukan rata-rata.",
                amount(item.figure),
                f"realisasi keuangan {amount(item.figure)} (tanpa kata rata-rata)",
                Severity.WARNING,
            )
        return
    if not fits_ratio and not fits_mean and _whole(sentence, item) and len(known) == 1:
        near = rounded(known[0].ratio, item.figure.decimals)
        yield _finding(
            sentence,
            known[0],
            f"Serapan anggaran dalam kalimat {amount(item.figure)}, menurut tabel {percent(known[0].ratio)}.",
            amount(item.figure),
            percent(near, item.figure.decimals),
            Severity.ERROR,
        )


def _whole(sentence: Sentence, item: Spoken) -> bool:
    if _ALONE.search(sentence.text[: item.start]) and not _PART.search(item.after[:40]):
        return True
    return bool(_WHOLE.search(item.after[:40] + " " + item.before)) and bool(
        re.search(r"\b(?:realisasi|terealisasi|serap\w*|terserap|penyerapan)\b", sentence.text, re.IGNORECASE)
    )


def _vague(sentence: Sentence, item: Spoken, values: list[Fraction], known: _Known) -> Iterator[Finding]:
    lowest = min(values)
    if lowest - fraction(item.figure.amount) >= FAR:
        yield _finding(
            sentence,
            known,
            f"“Di atas {amount(item.figure)}” jauh di bawah angka sebenarnya; capaian keuangan {percent(known.ratio)}.",
            f"di atas {amount(item.figure)}",
            percent(known.ratio),
            Severity.WARNING,
        )


def _means(report: Report) -> list[Fraction]:
    """Means of the absorption columns of the other tables, for sentences that speak of means."""
    found = []
    for grid in report.grids:
        for column in grid.columns_of(Role.ABSORPTION):
            figures = [
                row.cells[column].figure
                for row in grid.rows
                if column < len(row.cells) and not row.total and not row.mean
            ]
            amounts = [fraction(figure.amount) for figure in figures if figure is not None]
            if amounts:
                found.append(mean(amounts))
    return found


def _fits(figure: Figure, values: list[Fraction]) -> bool:
    return any(judge(figure, value) is not Verdict.DIFFERS for value in values)


def _of_other_year(report: Report, sentence: Sentence) -> bool:
    years = {int(year) for year in _YEAR.findall(sentence.text)}
    return bool(years) and report.identity.year is not None and report.identity.year not in years


def _finding(
    sentence: Sentence, known: _Known, message: str, stated: str, expected: str, severity: Severity
) -> Finding:
    return Finding(
        CODE,
        "text-vs-table",
        severity,
        message,
        stated=stated,
        expected=expected,
        arithmetic=f"{rupiah(known.spent)} ÷ {rupiah(known.budget)} × 100% = {percent(known.ratio)}",
        places=places([sentence.place, known.place]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel realisasi anggaran.",
    )
