"""Jumlah dalam kalimat harus sama dengan angka-angka yang dijumlahkan kalimat itu.

Mengapa: kalimat “… sebesar Rp A … sebesar Rp B sehingga total Rp C” memuat penjumlahannya sendiri.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab II dan III.

Salah: sebesar Rp100.000.000 dan sebesar Rp50.000.000 sehingga total Rp170.000.000.
Benar: sebesar Rp100.000.000 dan sebesar Rp50.000.000 sehingga total Rp150.000.000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.report import Report, Sentence, SentenceKind
from selaras.review.spoken import Part, Spoken, spoken
from selaras.review.wording import amount, places, rupiah

_ADDS = re.compile(r"\s*(?:selain|di ?samping|ditambah|kemudian|sedangkan)\b", re.IGNORECASE)
_CONSISTS = re.compile(
    r"\s*(?:realisasi|anggaran|pagu|belanja|dana|pendapatan|penerimaan|alokasi|jumlah|nilai)(?:\s+\w+){0,2}\s+(?:tersebut|itu|ini)\s+"
    r"(?:terdiri\s+(?:atas|dari)|meliputi|berasal\s+dari|merupakan\s+jumlah)\b",
    re.IGNORECASE,
)
FEWEST = 2
CODE = "SU04"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab II dan III"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Totals introduced by “sehingga total” and the like, against all or some closing run of the amounts before."""
    previous: Sentence | None = None
    for sentence in report.sentences:
        if sentence.kind in (SentenceKind.TEXT, SentenceKind.ITEM):
            before = (
                previous
                if previous is not None and _ADDS.match(sentence.text) and previous.path == sentence.path
                else None
            )
            yield from _check(sentence, before)
            if previous is not None and previous.path == sentence.path and _CONSISTS.match(sentence.text):
                yield from _parts(sentence, previous)
            previous = sentence


def _parts(sentence: Sentence, before: Sentence) -> Iterator[Finding]:
    """`Realisasi tersebut terdiri atas … sebesar A dan … sebesar B`: together they are an amount of the sentence before."""
    parts = [item for item in spoken(sentence) if item.figure.money]
    wholes = [item for item in spoken(before) if item.figure.money]
    added = sum((part.figure.amount for part in parts), Decimal(0))
    if len(parts) < FEWEST or not wholes or any(item.figure.percent for item in spoken(sentence)):
        return
    larger = [whole for whole in wholes if whole.figure.amount > max(part.figure.amount for part in parts)]
    if larger and all(abs(whole.figure.amount - added) >= 1 for whole in wholes):
        yield _finding(sentence, parts, larger[0])


def _check(sentence: Sentence, before: Sentence | None) -> Iterator[Finding]:
    """`before` is the sentence that this one adds to (`Selain itu, …`)."""
    earlier: list[Spoken] = [item for item in spoken(before) if item.figure.money] if before else []
    for item in spoken(sentence):
        if item.part is not Part.TOTAL:
            earlier += [item] if item.figure.money else []
            continue
        amounts = [other.figure.amount for other in earlier]
        runs = [sum(amounts[start:], Decimal(0)) for start in range(len(amounts) - 1)]
        if len(amounts) > 1 and all(abs(run - item.figure.amount) >= 1 for run in runs):
            yield _finding(sentence, earlier, item)


def _finding(sentence: Sentence, parts: list[Spoken], total: Spoken) -> Finding:
    right = sum((part.figure.amount for part in parts), Decimal(0))
    return Finding(
        CODE,
        "sum",
        Severity.ERROR,
        f"Jumlah dalam kalimat tertulis {amount(total.figure)}, sedangkan rinciannya berjumlah {rupiah(right)}.",
        stated=amount(total.figure),
        expected=rupiah(right),
        arithmetic=f"{' + '.join(amount(part.figure) for part in parts)} = {rupiah(right)}",
        places=places([sentence.place]),
        regulation=REGULATION,
        suggestion="Periksa rincian dan jumlahnya terhadap tabel anggaran.",
    )
