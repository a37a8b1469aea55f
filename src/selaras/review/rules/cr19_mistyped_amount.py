"""Jumlah uang dalam kalimat yang hanya berbeda satu angka dari jumlah dalam tabel adalah salah ketik.

Mengapa: angka panjang disalin dengan tangan; dua digit bertukar tempat atau satu digit berganti tidak mengubah persentasenya,
sehingga lolos dari pemeriksaan lain.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi keuangan).

Salah: tabel 8.888.679.840, kalimat Rp8.888.769.840.
Benar: kalimat Rp8.888.679.840.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.prose import YEAR, quoted, running
from selaras.review.report import Report
from selaras.review.spoken import spoken
from selaras.review.wording import amount, places, rupiah

CODE = "CR19"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III"
SHORTEST = 8
"""Digits from which on two different amounts are not alike by chance."""
TELLING = 5
"""Of these so many must be no trailing zeros: round amounts are alike by nature."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every amount of the year in running text that no table has, while exactly one amount of the tables is a slip away."""
    known = _known(report)
    said = [(sentence, item) for sentence in running(report) for item in spoken(sentence) if item.figure.money]
    often = [item.figure.amount for _, item in said]
    for sentence, item in said:
        value = item.figure.amount
        years = {int(year) for year in YEAR.findall(sentence.text)}
        if value in known or often.count(value) > 1 or (years and report.identity.year not in years):
            continue
        near = [each for each in known if _is_slip(value, each)]
        others = [other.figure.amount for other in spoken(sentence) if other is not item and other.figure.money]
        if len(near) == 1 and not _follows(value, others, known):
            yield _finding(
                quoted(sentence.text, sentence.place_at(item.start)), amount(item.figure), near[0], known[near[0]]
            )


def _known(report: Report) -> dict[Decimal, Place]:
    """The amounts of money of all tables."""
    found: dict[Decimal, Place] = {}
    for grid in report.grids:
        for row in grid.rows:
            for cell in row.cells:
                for figure in cell.figures:
                    if figure.money:
                        found.setdefault(figure.amount, cell.place)
    return found


def _is_slip(one: Decimal, other: Decimal) -> bool:
    """One digit changed, or two neighbouring digits changed places."""
    first, second = str(int(one)), str(int(other))
    if len(first) != len(second) or len(first) < SHORTEST or one != int(one) or other != int(other):
        return False
    if min(len(first.rstrip("0")), len(second.rstrip("0"))) < TELLING:
        return False
    apart = [at for at, (mine, theirs) in enumerate(zip(first, second, strict=True)) if mine != theirs]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and apart[1] - apart[0] == 1 and sorted(first) == sorted(second)


def _follows(value: Decimal, others: list[Decimal], known: dict[Decimal, Place]) -> bool:
    """Whether the amount is a sum or a difference of others of its sentence, or of two of the tables."""
    for one, other in combinations(others, 2):
        if value in (one + other, abs(one - other)):
            return True
    return any(value - each in known for each in known if each < value) or any(value + each in known for each in known)


def _finding(place: Place, stated: str, right: Decimal, source: Place) -> Finding:
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"{stated} tidak ada dalam tabel mana pun; yang ada {rupiah(right)}, berbeda satu angka saja.",
        stated=stated,
        expected=rupiah(right),
        places=places([place, source]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabelnya.",
    )
