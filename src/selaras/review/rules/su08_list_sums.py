"""Jumlah rupiah yang diumumkan sebuah kalimat harus sama dengan jumlah butir-butir di bawahnya.

Mengapa: rincian dalam bentuk daftar tidak punya baris jumlah; pembaca menjumlahkannya sendiri.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab II dan III.

Salah: “anggaran sebesar Rp150.000.000, terdiri atas:”, diikuti butir Rp100.000.000 dan Rp60.000.000.
Benar: “anggaran sebesar Rp160.000.000, terdiri atas:”, diikuti butir Rp100.000.000 dan Rp60.000.000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.report import Figure, Report, Sentence, SentenceKind
from selaras.review.tallies import counts
from selaras.review.wording import amount, places, rupiah

CODE = "SU08"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab II dan III"
FEWEST = 2
_ANNOUNCES = re.compile(
    r"(?:\b(?:berikut(?:\s+ini)?|di bawah ini|rincian(?:nya)?|terdiri\s+(?:atas|dari)|yaitu|yakni|meliputi)\s*[:.]?|:)\s*$",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:antara lain|di ?antara\w*|misalnya|sebagian|beberapa)\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every sentence with an amount that announces a list whose items all hold as many amounts."""
    said = [sentence for sentence in report.sentences if sentence.kind is not SentenceKind.CELL]
    for at, sentence in enumerate(said):
        totals = _money(sentence)
        if sentence.kind is SentenceKind.TEXT and not totals and _ANNOUNCES.search(sentence.text):
            yield from _counted(sentence, said[at + 1 :])
        if sentence.kind is not SentenceKind.TEXT or not totals or len(totals) > FEWEST:
            continue
        if not _ANNOUNCES.search(sentence.text) or _SOME.search(sentence.text):
            continue
        items = _items(sentence, said[at + 1 :])
        columns = (
            list(zip(*items, strict=True)) if len(items) >= FEWEST and len({len(item) for item in items}) == 1 else []
        )
        if columns and len(columns) in (1, len(totals)):
            yield from _judged(sentence, totals, columns)


def _counted(sentence: Sentence, following: Sequence[Sentence]) -> Iterator[Finding]:
    """`berjumlah 22 orang:` above items with as many of the same noun."""
    whole = counts(sentence)
    items = list(takewhile(lambda item: item.kind is SentenceKind.ITEM and item.path == sentence.path, following))
    parts = [counts(item) for item in items]
    if len(whole) != 1 or len(parts) < FEWEST or _SOME.search(sentence.text) or any(len(each) != 1 for each in parts):
        return
    if any(each[0].noun != whole[0].noun or each[0].number >= whole[0].number for each in parts):
        return
    added = sum(each[0].number for each in parts)
    if added != whole[0].number:
        noun = whole[0].noun
        yield Finding(
            CODE,
            "sum",
            Severity.ERROR,
            f"Disebut {whole[0].number} {noun}, sedangkan butir-butirnya berjumlah {added}.",
            stated=f"{whole[0].number} {noun}",
            expected=f"{added} {noun}",
            arithmetic=f"{' + '.join(str(each[0].number) for each in parts)} = {added}",
            places=places([sentence.place, *(item.place for item in items)]),
            regulation=REGULATION,
            suggestion="Hitung ulang butir dan jumlahnya.",
        )


def _items(sentence: Sentence, following: Sequence[Sentence]) -> list[list[Figure]]:
    """The amounts of each item right below."""
    found: list[list[Figure]] = []
    for item in following:
        if item.kind is not SentenceKind.ITEM or item.path != sentence.path:
            break
        found.append(_money(item))
    return found


def _money(sentence: Sentence) -> list[Figure]:
    return [figure for figure in sentence.figures if figure.money]


def _judged(sentence: Sentence, totals: Sequence[Figure], columns: Sequence[Sequence[Figure]]) -> Iterator[Finding]:
    """Amounts in a row are compared with the totals in the same order; a single one with any of them."""
    for position, parts in enumerate(columns):
        if not parts:
            continue
        added = sum((part.amount for part in parts), Decimal(0))
        against = totals if len(columns) == 1 else [totals[position]]
        if (
            any(abs(total.amount - added) < 1 for total in against)
            or max(part.amount for part in parts) > against[0].amount
        ):
            continue
        yield Finding(
            CODE,
            "sum",
            Severity.ERROR,
            f"Jumlah yang diumumkan {amount(against[0])}, sedangkan butir-butirnya berjumlah {rupiah(added)}.",
            stated=amount(against[0]),
            expected=rupiah(added),
            arithmetic=f"{' + '.join(amount(part) for part in parts)} = {rupiah(added)}",
            places=places([sentence.place, *(part.place for part in parts)]),
            regulation=REGULATION,
            suggestion="Periksa butir dan jumlahnya terhadap dokumen anggaran.",
        )
