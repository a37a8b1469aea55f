"""Penyerapan sebuah program atau kegiatan dalam kalimat atau butir harus sama dengan tabel anggaran.

Mengapa: rincian yang rendah serapannya disebut satu per satu agar dijelaskan; angka yang lain daripada tabel menjelaskan
hal yang tidak terjadi.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: “Penataan Arsip Aktif: 75,00%”, padahal dalam tabel pagu 60.000.000 terserap 54.000.000 (90,00%).
Benar: “Penataan Arsip Aktif: 90,00%”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, fraction
from selaras.review.budgets import Master, master
from selaras.review.likeness import bare
from selaras.review.prose import running
from selaras.review.report import BudgetClaim, Figure, Report, Sentence, SentenceKind
from selaras.review.rownames import Found, rows_named
from selaras.review.spoken import spoken
from selaras.review.subjects import agrees
from selaras.review.wording import amount, percent, places, short, table_name

CODE = "CR15"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B"
SHORTEST = 2
"""Words that a name must have to be recognised."""
_F = re.IGNORECASE
_MONEY = re.compile(
    r"\b(?:(?:me)?nyerap|serap\w*|penyerapan|terserap|realisasi\s+(?:keuangan|anggaran|belanja)|anggaran|keuangan)\b",
    _F,
)
_OTHER = re.compile(
    r"\b(?:fisik|kinerja|target|indikator|output|keluaran|triwulan|semester|bulan|sisa|efisiensi)\b", _F
)
_NAMED = re.compile(
    r"^\s*(?:\(?(?:[0-9]{1,2}|[a-zA-Z])[.)]|[-•–●▪*✓➢])?\s*(?P<name>[^:0-9%]{8,200}?)\s*"
    r"(?::|–|-|=|\(|\bsebesar\b)\s*(?=[0-9])",
    _F,
)
_ABSORBED = re.compile(
    r"\s*(?:\(|(?:anggaran(?:nya)?\s+)?(?:(?:ter|di)?serap\w*|menyerap)(?:\s+(?:sebesar|hingga|anggaran))*|,?\s*(?:yaitu|yakni|sebesar|hanya|mencapai|adalah|sebanyak))\s*"
    r"(?:sebesar\s+)?",
    _F,
)
"""Between a name and its absorption."""
_ABSORBS = re.compile(r"\b(?:serap\w*|terserap|menyerap|penyerapan|absorption)\b", _F)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Items `NAME: P%` of a list on absorption, and sentences that say no more than this."""
    found = master(report)
    if found is None:
        return
    topic = ""
    for sentence in running(report):
        if sentence.kind is SentenceKind.TEXT:
            topic = sentence.text
        if not sentence.figures:
            continue
        words = sentence.text if sentence.kind is SentenceKind.TEXT else f"{topic} {sentence.text}"
        if _MONEY.search(words) and not _OTHER.search(words):
            told = list(_check(found, sentence))
            yield from told or _beside(report, found, sentence)


def _beside(report: Report, found: Master, sentence: Sentence) -> Iterator[Finding]:
    """`Serapan NAME sebesar P% dan NAME sebesar P%`: each percentage belongs to the name before it."""
    if not any(figure.percent for figure in sentence.figures):
        return
    names = rows_named(report, sentence)
    last: Found | None = None
    for item in spoken(sentence):
        before = [name for name in names if name.end <= item.start]
        own = before[-1] if before else None
        if own is None or own is last or not item.figure.percent:
            continue
        between = sentence.text[own.end : item.start]
        if not _ABSORBED.fullmatch(between) or not _ABSORBS.search(sentence.text[: item.start]):
            continue
        last = own
        values = list(_values(own.row))
        if values and not agrees(item.figure, values):
            yield _finding(found, sentence, item.figure, [own.row], values[0])


def _check(found: Master, sentence: Sentence) -> Iterator[Finding]:
    match = _NAMED.match(sentence.text)
    figure = sentence.figures[0] if len(sentence.figures) == 1 else None
    if (
        match is None
        or figure is None
        or not figure.percent
        or not sentence.text[match.end() :].startswith(figure.text)
    ):
        return
    name = re.sub(r"^(?:penyerapan|serapan|realisasi)(?: anggaran)?\s+", "", match["name"], flags=_F)
    rows = found.named(name) if len(bare(name).split()) >= SHORTEST else []
    values = [value for row in rows for value in _values(row)]
    if values and not agrees(figure, values):
        yield _finding(found, sentence, figure, rows, values[0])


def _values(row: BudgetClaim) -> Iterator[Fraction]:
    """What the row prints, and what its amounts give."""
    if row.budget is not None and row.spent is not None and row.budget.amount:
        yield fraction(row.spent.amount) / fraction(row.budget.amount) * HUNDRED
    if row.percent is not None:
        yield fraction(row.percent.amount)


def _finding(
    found: Master, sentence: Sentence, figure: Figure, rows: Sequence[BudgetClaim], right: Fraction
) -> Finding:
    row = rows[0]
    shares = (
        f"{amount(row.spent)} ÷ {amount(row.budget)} × 100% = {percent(right, max(2, figure.decimals))}"
        if row.spent is not None and row.budget is not None
        else ""
    )
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"Penyerapan “{short(row.name)}” dalam kalimat {amount(figure)}, dalam {table_name(found.grid)} "
        f"{percent(right, figure.decimals)}.",
        stated=amount(figure),
        expected=percent(right, figure.decimals),
        arithmetic=shares,
        places=places([figure.place, row.place]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel anggaran.",
    )
