"""Kelas di samping capaian harus kelas yang diberikan skala yang tercetak.

Mengapa: kelas adalah kesimpulan yang dibaca pimpinan; kelas yang tidak mengikuti skala membatalkan skala itu.
Nilai tepat pada batas golongan tidak dinilai, karena bisa berasal dari pembulatan.
Peraturan: Permenpan-RB 53/2014, Lampiran III.

Salah: capaian 95,83%, kelas Sedang, padahal skala menyebut ≥ 91 Sangat Baik.
Benar: capaian 95,83%, kelas Sangat Baik.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import matches
from selaras.review.likeness import fold
from selaras.review.prose import around, quoted
from selaras.review.report import Report, Role, TableKind
from selaras.review.rules.st07_scale import Step, steps_of

CODE = "ST15"
KINDS = ("scale-gap",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III"
_SAID = re.compile(
    r"\b(?:capaian\w*|rata-rata)\b[^;]*?(?P<value>\d{1,3}(?:,\d+)?)\s*%,?\s+(?:yang\s+)?(?:(?:termasuk|tergolong)\s+)?"
    r"(?:kelas|kategori|predikat|kriteria|golongan)\s+(?P<label>[^,;.]{3,40})",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Rows with an achievement and a class, and sentences that say both, where the report prints one scale."""
    scales = [steps for grid in report.grids_of(TableKind.SCALE) if len(steps := list(steps_of(grid))) >= 3]
    if len(scales) != 1:
        return
    scale = scales[0]
    for value, label, place in (*_rows(report), *_sentences(report, scale)):
        right = _class(scale, value)
        if right and fold(label) in {fold(step.label) for step in scale} and fold(label) != fold(right):
            yield Finding(
                CODE, "scale-gap", Severity.ERROR,
                f"Nilai {_shown(value)} disebut “{label}”; menurut skala yang dicetak “{right}”.",
                stated=label, expected=right, places=(place, scale[0].place), regulation=REGULATION,
                suggestion="Samakan kelasnya dengan skala, atau betulkan nilainya.",
            )  # fmt: skip


def _rows(report: Report) -> Iterator[tuple[Decimal, str, Place]]:
    for grid in report.grids:
        values, labels = grid.columns_of(Role.ACHIEVEMENT), grid.columns_of(Role.CLASS)
        if grid.kind is TableKind.SCALE or len(values) != 1 or len(labels) != 1:
            continue
        for row in grid.rows:
            value, label = row.cells[values[0]], row.cells[labels[0]]
            if value.figure is not None and not value.spanned and not label.spanned and label.text:
                yield value.figure.amount, label.text.strip(), label.place


def _sentences(report: Report, scale: Sequence[Step]) -> Iterator[tuple[Decimal, str, Place]]:
    labels = sorted({step.label for step in scale if step.label}, key=len, reverse=True)
    for sentence, match in matches(report, _SAID, running=True):
        label = next((label for label in labels if fold(match["label"]).startswith(fold(label))), "")
        if label:
            place = quoted(around(sentence.text, *match.span()), sentence.place)
            yield Decimal(match["value"].replace(",", ".")), label, place


def _class(scale: Sequence[Step], value: Decimal) -> str:
    """The label of the class that holds the value; empty at a bound, in a gap, or without a label."""
    if any(value in (step.low, step.high) for step in scale):
        return ""
    holding = [
        step for step in scale if (step.low is None or step.low < value) and (step.high is None or value < step.high)
    ]
    if len(holding) > 1:  # lower bounds alone are open above: the highest of them
        holding = sorted(holding, key=lambda step: step.low if step.low is not None else Decimal(-1))[-1:]
    return holding[0].label if holding else ""


def _shown(value: Decimal) -> str:
    return f"{value}".replace(".", ",")
