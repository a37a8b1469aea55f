"""Skala penilaian berlubang, tumpang tindih, tertutup di atas, atau mencampur dua macam sebutan.

Mengapa: angka yang jatuh di antara dua golongan tidak mempunyai predikat, sehingga kesimpulannya tidak berdasar.
Peraturan: Permendagri 86/2017 (skala peringkat kinerja); Permenpan-RB 53/2014.
Salah: 76–90 dan 91–100 (90,79 tidak bergolongan; 103 tidak bergolongan).
Benar: > 75–90 dan > 90.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.numerals import format_number
from selaras.core.place import Place
from selaras.review.prose import fold, listed, quoted
from selaras.review.report import Figure, Grid, GridRow, Report, Role, TableKind

CODE = "ST07"
KINDS = ("scale-gap", "naming")

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_BETWEEN = re.compile(
    rf"{_NUMBER}\s*%?\s*(?:-|–|—|≤|<=?|\\leq?|\\le|s\.?\s?d\.?|sampai(?: dengan)?|"
    rf"(?:≤|<)\s*x?\s*(?:≤|<))\s*(?:x\s*(?:≤|<=?|\\leq?)\s*)?{_NUMBER}",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(>=|≥|>|\\geq?|<=|≤|<|\\leq?)\s*{_NUMBER}|{_NUMBER}\s*%?\s*(?:ke atas|(ke bawah))", re.IGNORECASE)
_LADDERS = (
    frozenset({"baik", "cukup", "kurang", "buruk"}),
    frozenset({"tinggi", "sedang", "rendah"}),
    frozenset({"berhasil", "gagal"}),
    frozenset({"memuaskan"}),
)


_MORE = r"≥|>=|=>|>|\\geq?|lebih (?:besar )?dari(?: atau sama dengan)?|lebih dari|di ?atas|minimal|paling sedikit"
_LESS = r"≤|<=|=<|<|\\leq?|kurang dari(?: atau sama dengan)?|lebih kecil dari|di ?bawah|maksimal|paling banyak"
_TWO_SIDED = re.compile(
    rf"(?P<more>{_MORE})\s*{_NUMBER}\s*%?\s*(?:dan|s\.?\s?/?d\.?|sampai dengan|hingga|,|;|&|-|–)?\s*(?P<less>{_LESS})\s*{_NUMBER}",
    re.IGNORECASE,
)
_TWO_TURNED = re.compile(
    rf"(?P<less>{_LESS})\s*{_NUMBER}\s*%?\s*(?:dan|,|;|&)?\s*(?P<more>{_MORE})\s*{_NUMBER}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Step:
    """One class: from `low` to `high`, None where it is open; `label` is its name."""

    low: Decimal | None
    high: Decimal | None
    label: str
    place: Place
    strict: bool = False  # the lower end itself is not in the class


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every scale of the report."""
    for grid in report.grids_of(TableKind.SCALE):
        steps = sorted(
            steps_of(grid), key=lambda step: (step.low is not None, step.low or Decimal(0), step.high or Decimal(0))
        )
        if len(steps) >= 3:
            yield from _gaps(report, steps)
            yield from _top(report, steps)
        yield from _vocabulary(grid)


def steps_of(grid: Grid) -> Iterator[Step]:
    """The classes that a scale prints, in the order of its rows."""
    for row in grid.rows:
        for cell in row.cells:
            text = cell.text.replace("$", "").strip()
            ends = _ends(text)
            if ends is not None and not cell.spanned:
                yield Step(ends[0], ends[1], _label(row), cell.place, strict=ends[2])
                break


def _ends(text: str) -> tuple[Decimal | None, Decimal | None, bool] | None:
    both = _TWO_SIDED.search(text)
    if both:
        return _decimal(both[2]), _decimal(both[4]), not _includes(both["more"])
    both = _TWO_TURNED.search(text)
    if both and _decimal(both[4]) < _decimal(both[2]):
        return _decimal(both[4]), _decimal(both[2]), not _includes(both["more"])
    between = _BETWEEN.search(text)
    if between:
        return _decimal(between[1]), _decimal(between[2]), text.lstrip().startswith((">", "≻"))
    match = _OPEN.search(text)
    if not match:
        return None
    if match[3]:
        return (None, _decimal(match[3]), False) if match[4] else (_decimal(match[3]), None, False)
    above = match[1] in {">=", "≥", ">"} or match[1].startswith("\\ge")
    return (_decimal(match[2]), None, match[1] == ">") if above else (None, _decimal(match[2]), False)


def _includes(sign: str) -> bool:
    """Whether a bound belongs to the class itself."""
    return (
        "=" in sign
        or sign[0] in "≥≤\\"
        or sign.casefold().startswith(("minimal", "paling"))
        or "sama" in sign.casefold()
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _label(row: GridRow) -> str:
    return next(
        (
            cell.text
            for cell in row.cells
            if not any(character.isdigit() for character in cell.text) and len(cell.text) > 2
        ),
        "",
    )


def _gaps(report: Report, steps: Sequence[Step]) -> Iterator[Finding]:
    holes, overlaps = [], []
    for lower, upper in pairwise(steps):
        if lower.high is None or upper.low is None:
            continue
        if upper.low > lower.high:
            holes.append((lower.high, upper.low, upper.place))
        elif upper.low < lower.high:
            overlaps.append((upper.low, lower.high, upper.place))
    if holes:
        fallen = [figure for figure in _percents(report) if any(low < figure.amount < high for low, high, _ in holes)]
        shown = "; ".join(f"{_n(low)}–{_n(high)}" for low, high, _ in holes)
        examples = listed(list(dict.fromkeys(figure.text or _n(figure.amount) for figure in fallen)))
        yield Finding(
            CODE,
            "scale-gap",
            Severity.ERROR if fallen else Severity.WARNING,
            f"Skala berlubang pada {shown}" + (f"; tanpa golongan: {examples}" if fallen else ""),
            stated=shown,
            expected="golongan bersambung, misalnya > 75–90 dan > 90",
            arithmetic=examples and f"{examples} berada di antara dua golongan",
            places=(*(place for _, _, place in holes), *(figure.place for figure in fallen[:6])),
            regulation="Permendagri 86/2017",
            suggestion="Tutup skala dengan batas bawah, lalu golongkan ulang.",
        )
    if overlaps:
        shown = "; ".join(f"{_n(low)}–{_n(high)}" for low, high, _ in overlaps)
        yield Finding(
            CODE,
            "scale-gap",
            Severity.ERROR,
            f"Golongan tumpang tindih pada {shown}",
            stated=shown,
            expected="setiap angka dalam satu golongan",
            places=tuple(place for _, _, place in overlaps),
            suggestion="Perbaiki batas golongan.",
        )


def _top(report: Report, steps: Sequence[Step]) -> Iterator[Finding]:
    """A highest class that ends at 100 while achievements go beyond."""
    top = max(steps, key=lambda step: step.high if step.high is not None else Decimal("Infinity"))
    if top.high is None:
        return
    beyond = [
        claim
        for claim in report.indicators
        if claim.role is Role.ACHIEVEMENT
        and claim.value
        and claim.value.amount is not None
        and claim.value.amount > top.high
    ]
    if beyond:
        shown = listed(list(dict.fromkeys(claim.text for claim in beyond)))
        used = top.label and any(
            fold(top.label) in fold(sentence.text)
            for sentence in report.sentences
            if sentence.place.table != top.place.table or not top.place.table
        )
        yield Finding(
            CODE,
            "scale-gap",
            Severity.WARNING if used else Severity.ERROR,
            f"Skala berakhir pada {_n(top.high)}, padahal ada capaian {shown}",
            stated=_n(top.high),
            expected="golongan tertinggi terbuka ke atas",
            places=(top.place, *(claim.place for claim in beyond[:6])),
            regulation="Permendagri 86/2017",
            suggestion="Buka golongan tertinggi ke atas, atau nyatakan batas capaian.",
        )


def _percents(report: Report) -> Iterator[Figure]:
    """Percentages of tables that are not the scale itself, whose class one would want to know."""
    wanted = {Role.ACHIEVEMENT, Role.ABSORPTION, Role.PROGRESS}
    for grid in report.grids:
        if grid.kind is not TableKind.SCALE:
            columns = grid.columns_of(*wanted)
            for row in grid.rows:
                for column in columns:
                    cell = row.cells[column] if column < len(row.cells) else None
                    if cell is not None and not cell.spanned:
                        yield from cell.figures


def _vocabulary(grid: Grid) -> Iterator[Finding]:
    words = [
        (word, cell.place)
        for row in grid.rows
        for cell in row.cells
        for word in fold(cell.text).split()[-1:]
        if not cell.spanned
    ]
    used = [ladder for ladder in _LADDERS if any(word in ladder for word, _ in words)]
    if len(used) > 1:
        few = min(used, key=lambda ladder: sum(word in ladder for word, _ in words))
        odd = [(word, place) for word, place in words if word in few]
        yield Finding(
            CODE,
            "naming",
            Severity.INFO,
            f"Skala mencampur dua macam sebutan: “{odd[0][0]}” di antara sebutan lain",
            stated=odd[0][0],
            expected="satu macam sebutan",
            places=tuple(quoted(word, place) for word, place in odd),
            suggestion="Pakai satu tangga sebutan, misalnya sangat tinggi – sangat rendah.",
        )


def _n(value: Decimal) -> str:
    return format_number(value)
