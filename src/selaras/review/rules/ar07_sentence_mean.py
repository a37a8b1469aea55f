"""Rata-rata capaian yang disebut kalimat harus rata-rata baris sebuah tabel.

Mengapa: rata-rata capaian adalah simpulan laporan; angkanya harus dapat dihitung ulang dari tabel.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A.

Salah: “Rata-rata capaiannya 97,00%”, padahal capaian dalam tabel 100,00 dan 93,33.
Benar: “Rata-rata capaiannya 96,67%”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import fraction, mean
from selaras.review.concordance import saying
from selaras.review.prose import around, quoted
from selaras.review.report import Report, Role, TableKind
from selaras.review.wording import shown

CODE = "AR07"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A"
_MEAN = re.compile(
    r"\b(?:rata-rata (?:tingkat )?(?:capaian|pencapaian|achievement)|(?:capaian|pencapaian) rata-rata)(?:nya)?"
    r"(?:\s+(?!(?:anggaran|keuangan|fisik|serap\w*|penyerapan|nasional|provinsi|efisiensi|triwulan|semester|target)\b)"
    r"[\w()/]+){0,8}? "
    r"(?P<value>\d{1,3},\d{1,2})\s*%",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:\d{1,2}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\s+(?:\(\w+\)\s+)?(?:indikator|sasaran)\b",
    re.IGNORECASE,
)
"""A count before the mean: it may be that of some indicators only."""
_ROOM = Fraction(2, 100)
"""The printed achievements are rounded to two decimals, and so is their mean."""
TABLES = (TableKind.SUMMARY, TableKind.ACHIEVEMENT, TableKind.ANALYSIS, TableKind.COMPARISON)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences with a mean against the means of every table of achievements, whole and by sasaran."""
    means = _means(report)
    if not means:
        return
    printed = {
        figure.amount
        for grid in report.grids
        for row in grid.rows
        if row.mean
        for cell in row.cells
        for figure in cell.figures
    }  # whether these are right is asked by the rule on rows of means
    for sentence in saying(report, _MEAN, running=True):
        for match in _MEAN.finditer(sentence.text):
            if Decimal(match["value"].replace(",", ".")) in printed or _SOME.search(sentence.text[: match.start()]):
                continue
            stated = Decimal(match["value"].replace(",", "."))
            room = _ROOM if stated.as_tuple().exponent == -2 else Fraction(1, 10)
            nearest = min(means, key=lambda value: abs(value - Fraction(stated)))
            if abs(nearest - Fraction(stated)) > room:
                right = shown(nearest, 2)
                yield Finding(
                    CODE, "text-vs-table", Severity.ERROR,
                    f"Rata-rata capaian dalam kalimat {match['value']}%; dari tabel tidak ada yang demikian, "
                    f"yang terdekat {right}%.",
                    stated=f"{match['value']}%", expected=f"{right}%",
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),), regulation=REGULATION,
                    suggestion="Hitung ulang rata-ratanya dari tabel capaian.",
                )  # fmt: skip


def _means(report: Report) -> list[Fraction]:
    """The mean of each group of two and more, and the mean of the means by sasaran."""
    groups: dict[tuple[int, str], dict[int, Fraction]] = defaultdict(dict)
    for claim in report.indicators:
        if claim.role is not Role.ACHIEVEMENT or claim.value is None or claim.value.amount is None:
            continue
        if claim.grid.kind not in TABLES or claim.year not in (None, report.identity.year):
            continue
        groups[id(claim.grid), ""][claim.row] = fraction(claim.value.amount)
        if claim.sasaran:
            groups[id(claim.grid), claim.sasaran][claim.row] = fraction(claim.value.amount)
    found = [mean(list(values.values())) for values in groups.values()]
    grids = {grid for grid, sasaran in groups if sasaran}
    by_goal = [
        [mean(list(values.values())) for (at, goal), values in groups.items() if at == grid and goal] for grid in grids
    ]
    return found + [mean(values) for values in by_goal if values]
