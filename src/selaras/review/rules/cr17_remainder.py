"""Sisa anggaran yang disebut kalimat harus selisih anggaran dan realisasinya.

Mengapa: sisa adalah angka turunan yang sering tertinggal ketika realisasi diperbarui, dan dipakai untuk menyatakan efisiensi.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: anggaran 500.000.000, realisasi 480.000.000, “sisa anggaran sebesar Rp25.000.000”.
Benar: “sisa anggaran sebesar Rp20.000.000”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.budgets import tables, totals
from selaras.review.likeness import bare
from selaras.review.prose import YEAR, quoted, running
from selaras.review.report import Report, Sentence, TableKind
from selaras.review.spoken import Part, Spoken, spoken
from selaras.review.wording import amount, places, rupiah

CODE = "CR17"
KINDS = ("text-vs-table", "arithmetic")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B"
CLOSE = 100
"""One part in so many may lie between what is stated and what is left, for a slip."""
_F = re.IGNORECASE
_LEFT = re.compile(
    r"\b(?:sisa(?:nya)?|tersisa|menyisakan|tidak (?:terserap|terealisasi)|belum (?:terserap|terealisasi)|efisiensi anggaran)\b"
    r"(?P<of>[^.;]{0,90})$",
    _F,
)
_PART = re.compile(
    r"\b(?:program|kegiatan|sub\s?kegiatan|belanja|pos|output|keluaran|komponen|rekening|kontrak|lelang|tender|gaji)\b",
    _F,
)
_ASIDE = re.compile(r"\b(?:triwulan|semester|bulan|tahun lalu|tahun sebelumnya|kas|silpa)\b", _F)


@dataclass(frozen=True, slots=True)
class _Known:
    """Budget and spending of a row or a whole table."""

    name: str
    budget: Decimal
    spent: Decimal
    place: Place

    @property
    def left(self) -> Decimal:
        return self.budget - self.spent


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every amount that a sentence calls what is left over."""
    rows, whole = _rows(report), _whole(report)
    for sentence in running(report):
        if not any(figure.money for figure in sentence.figures):
            continue
        years = {int(year) for year in YEAR.findall(sentence.text)}
        if years and report.identity.year not in years:
            continue
        items = spoken(sentence)
        for item in items:
            match = _LEFT.search(item.before) if item.figure.money else None
            if match is None or _ASIDE.search(match["of"]):
                continue
            known = _meant(sentence, items, item, match["of"], rows, whole) or _mistaken(
                item, match["of"], sentence, whole
            )
            allowed = {abs(each.left - item.figure.amount) for each in (*rows, *whole)}
            if known is not None and not any(gap < 1 for gap in allowed) and abs(known.left - item.figure.amount) >= 1:
                yield _finding(sentence, item, known)


def _rows(report: Report) -> list[_Known]:
    return [
        _Known(claim.name, claim.budget.amount, claim.spent.amount, claim.place)
        for claim in report.budget
        if claim.budget is not None and claim.spent is not None and not claim.total
    ]


def _whole(report: Report) -> list[_Known]:
    found = []
    for grid, claims in tables(report, TableKind.BUDGET):
        budget, spent = totals(report, grid)
        if budget and spent is not None:
            found.append(_Known("", budget, spent, claims[-1].place))
    return sorted(found, key=lambda each: each.budget, reverse=True)


def _meant(
    sentence: Sentence, items: tuple[Spoken, ...], item: Spoken, words: str, rows: list[_Known], whole: list[_Known]
) -> _Known | None:
    """The sentence's own budget and spending; else the row it names; else, where it speaks of no part, the whole."""
    before = [each for each in items if each.start < item.start and each.figure.money]
    budget = [each for each in before if each.part is Part.BUDGET]
    spent = [each for each in before if each.part is Part.SPENT]
    if len(budget) == len(spent) == 1 and len(before) == 2:
        return _Known("", budget[0].figure.amount, spent[0].figure.amount, sentence.place)
    said = f" {bare(sentence.text)} "
    named = [row for row in rows if len(bare(row.name).split()) > 1 and f" {bare(row.name)} " in said]
    if named:
        longest = max(named, key=lambda row: len(row.name))
        return longest if len({row.left for row in named if row.name == longest.name}) == 1 else None
    if before or _PART.search(words) or _PART.search(sentence.text[: item.start]):
        return None
    return whole[0] if whole and len({each.left for each in whole}) == 1 else None


def _mistaken(item: Spoken, words: str, sentence: Sentence, whole: list[_Known]) -> _Known | None:
    """Of several tables the largest, where what is stated is near what is left of it and no part is spoken of."""
    if (
        not whole
        or _PART.search(words)
        or any(each.figure.money for each in spoken(sentence) if each.start < item.start)
    ):
        return None
    return whole[0] if abs(whole[0].left - item.figure.amount) * CLOSE <= whole[0].left else None


def _finding(sentence: Sentence, item: Spoken, known: _Known) -> Finding:
    own = known.place == sentence.place
    whose = f" “{known.name}”" if known.name else ""
    return Finding(
        CODE,
        "arithmetic" if own else "text-vs-table",
        Severity.ERROR,
        f"Sisa anggaran{whose} tertulis {amount(item.figure)}, sedangkan anggaran dikurangi realisasi adalah {rupiah(known.left)}.",
        stated=amount(item.figure),
        expected=rupiah(known.left),
        arithmetic=f"{rupiah(known.budget)} − {rupiah(known.spent)} = {rupiah(known.left)}",
        places=places([quoted(sentence.text, sentence.place_at(item.start)), *([] if own else [known.place])]),
        regulation=REGULATION,
        suggestion="Hitung ulang sisanya sesudah realisasi akhir.",
    )
