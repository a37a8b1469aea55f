"""Tingkat efisiensi harus mengikuti capaian dan penyerapan dengan satu metode untuk seluruh tabel.

Mengapa: tidak ada rumus resmi; rasio, selisih, dan sisa sama-sama dipakai. Metode yang menjelaskan paling banyak baris
dianggap metode tabel itu, dan baris lain diukur dengannya. Capaian yang belum dibulatkan juga diterima.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 6; rumusnya tidak ditetapkan.

Salah: capaian kinerja 100, capaian anggaran 80,00, efisiensi (rasio) 135.
Benar: capaian kinerja 100, capaian anggaran 80,00, efisiensi (rasio) 125.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Interval, Verdict, exact, fraction, printed
from selaras.review.columns import Ratio, RatioRow, figure_at, ratios, rows_of
from selaras.review.ratios import Outcome, finding_of, suspects
from selaras.review.report import Grid, Report, Role
from selaras.review.wording import shown

CODE = "AR04"
KINDS = ("arithmetic", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 6"
METHODS = ("rasio", "selisih", "sisa", "rasio terbalik")
SUGGESTION = "Hitung ulang dengan satu metode untuk semua baris, dan cantumkan rumusnya di bawah tabel."


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Efficiency against achievement and absorption, by the method that most rows of the table follow."""
    for grid in report.grids:
        for ratio in ratios(grid, base=Role.ABSORPTION, part=Role.ACHIEVEMENT, result=Role.EFFICIENCY):
            rows = list(rows_of(grid, ratio))
            known = {row.row: _operands(row) for row in rows}
            method = _method(rows, known)
            formulas = partial(_formulas, known=known, method=method)
            for suspect in suspects(rows, formulas):
                yield finding_of(
                    suspect,
                    code=CODE,
                    kind="arithmetic",
                    noun="efisiensi",
                    regulation=REGULATION,
                    suggestion=SUGGESTION,
                )


@dataclass(frozen=True, slots=True)
class _Operands:
    """Achievement and absorption of a row: as printed, unrounded where the table shows what they come from, and their bounds."""

    printed: tuple[Fraction, Fraction]
    unrounded: tuple[Fraction, Fraction]
    bounds: tuple[Interval, Interval]


def _operands(row: RatioRow) -> _Operands:
    achieved, absorbed = fraction(row.part.amount), fraction(row.base.amount)
    raw_achieved = _unrounded(row.grid, row.row, row.ratio, Role.TARGET, Role.REALISATION)
    raw_absorbed = _unrounded(row.grid, row.row, row.ratio, Role.BUDGET, Role.SPENT)
    exactly = row.part.decimals <= 0 and raw_achieved is not None
    return _Operands(
        (achieved, absorbed),
        (achieved if raw_achieved is None else raw_achieved, absorbed if raw_absorbed is None else raw_absorbed),
        (exact(achieved) if exactly else printed(row.part), printed(row.base)),
    )


def _method(rows: Sequence[RatioRow], known: Mapping[int, _Operands]) -> str:
    """The method that explains most rows; rounding counts half."""

    def agreement(method: str) -> float:
        verdicts = [
            min((found.verdict(row.result) for found in _formulas(row, known, method)), default=None) for row in rows
        ]
        return sum(
            {Verdict.AGREES: 1.0, Verdict.ROUNDING: 0.5}.get(verdict, 0) for verdict in verdicts if verdict is not None
        )

    return max(METHODS, key=agreement)


def _formulas(row: RatioRow, known: Mapping[int, _Operands], method: str) -> list[Outcome]:
    """The outcome from the printed figures, and from the unrounded ones where the table shows what they come from."""
    own = known[row.row]
    words = _words(
        method,
        *(shown(value, figure.decimals) for value, figure in zip(own.printed, (row.part, row.base), strict=True)),
    )
    found = [
        Outcome(words, value) for pair in (own.printed, own.unrounded) if (value := _apply(method, *pair)) is not None
    ]
    if found:
        found[0] = Outcome(words, found[0].nominal, _span(method, *own.bounds), fine=row.part.decimals > 0)
    return found


def _span(method: str, achieved: Interval, absorbed: Interval) -> Interval | None:
    if method == "rasio":
        quotient = achieved.over(absorbed)
        return quotient.times(HUNDRED) if quotient else None
    if method == "rasio terbalik":
        quotient = absorbed.over(achieved)
        return quotient.times(HUNDRED) if quotient else None
    return (exact(HUNDRED) if method == "sisa" else achieved) - absorbed


def _apply(method: str, achieved: Fraction, absorbed: Fraction) -> Fraction | None:
    if method == "selisih":
        return achieved - absorbed
    if method == "sisa":
        return HUNDRED - absorbed
    upper, lower = (achieved, absorbed) if method == "rasio" else (absorbed, achieved)
    return upper / lower * HUNDRED if lower else None


def _words(method: str, achieved: str, absorbed: str) -> str:
    return {
        "rasio": f"{achieved} ÷ {absorbed} × 100",
        "selisih": f"{achieved} − {absorbed}",
        "sisa": f"100 − {absorbed}",
        "rasio terbalik": f"{absorbed} ÷ {achieved} × 100",
    }[method]


def _unrounded(grid: Grid, row: int, ratio: Ratio, base: Role, part: Role) -> Fraction | None:
    """The percentage behind a printed one, from the amounts in the same row; None without them."""
    column = ratio.part if base is Role.TARGET else ratio.base
    result = Role.ACHIEVEMENT if base is Role.TARGET else Role.ABSORPTION
    for found in ratios(grid, base=base, part=part, result=result):
        if found.result != column:
            continue
        lower, upper = figure_at(grid.rows[row], found.base), figure_at(grid.rows[row], found.part)
        if lower is not None and upper is not None and lower.amount:
            return fraction(upper.amount) / fraction(lower.amount) * HUNDRED
    return None
