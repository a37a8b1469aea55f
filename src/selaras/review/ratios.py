"""Percentages in tables judged column by column: a column is only called wrong in some rows if the others confirm it.

Columns headed by a percent sign have many meanings (ratio of two years, mean of children, physical progress). What the
header says is believed when at least half of the rows can be computed that way; a table of one or two rows must say
so in its header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.review.arithmetic import CAPS, HUNDRED, Interval, Verdict, fraction, judge
from selaras.review.columns import RatioRow, row_name
from selaras.review.report import Figure
from selaras.review.wording import amount, like, percent, places, short, table_name

_EXPLICIT = re.compile(r"capaian|realisasi|serap|kemajuan|efisiensi|tingkat|pencapaian", re.IGNORECASE)
FEW = 2
"""Up to so many rows cannot confirm each other."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result that the operands give by one formula, in words and as a number with what their print allows."""

    words: str
    nominal: Fraction
    span: Interval | None = None
    fine: bool = False

    def verdict(self, stated: Figure) -> Verdict:
        """How the stated figure stands to it; a percentage may be stored as a fraction of one (`0,87`)."""
        plain = judge(stated, self.nominal, self.span, fine=self.fine)
        if plain is Verdict.AGREES or stated.percent or stated.decimals < 2 or abs(stated.amount) > 20:
            return plain
        span = self.span.times(1 / HUNDRED) if self.span else None
        return min(plain, judge(stated, self.nominal / HUNDRED, span, fine=self.fine))


@dataclass(frozen=True, slots=True)
class Suspect:
    """A row whose percentage does not agree, with the outcome that it should have had (the nearest one)."""

    row: RatioRow
    outcome: Outcome
    verdict: Verdict

    @property
    def severity(self) -> Severity:
        """An error; for rounding a warning, and from the second decimal on only a remark."""
        if self.verdict is Verdict.DIFFERS:
            return Severity.ERROR
        return Severity.WARNING if self.row.result.decimals < 2 else Severity.INFO


def outcome(words: str, nominal: Fraction, span: Interval | None, *, fine: bool = False) -> Outcome | None:
    """An outcome in percent from a quotient and the interval of it; None where that has no bounds."""
    if span is None:
        return None
    return Outcome(f"{words} × 100%", nominal * HUNDRED, span.times(HUNDRED), fine=fine)


def finding_of(
    suspect: Suspect, *, code: str, kind: str, noun: str, regulation: str, suggestion: str, mates: Sequence[int] = ()
) -> Finding:
    """What a suspect percentage is told as; `mates` are further columns of the row that it was computed from."""
    row, right = suspect.row, suspect.outcome.nominal
    rounding = suspect.verdict is Verdict.ROUNDING
    stated, expected = amount(row.result), like(right, row.result)
    how = "dipotong, bukan dibulatkan" if rounding else "tidak mengikuti angka pada baris yang sama"
    name = short(row_name(row.grid, row.row))
    return Finding(
        code,
        "rounding" if rounding else kind,
        suspect.severity,
        f"{table_name(row.grid)}, “{name}”: {noun} {stated} {how}; hasil hitungnya {expected}.",
        stated=stated,
        expected=expected,
        arithmetic=f"{suspect.outcome.words} = {percent(right, max(2, row.result.decimals + 2))}",
        places=places([*row.cells, *(row.cell(mate) for mate in mates)]),
        regulation=regulation,
        suggestion=suggestion,
    )


Formulas = Callable[[RatioRow], Sequence[Outcome]]


def suspects(
    rows: Sequence[RatioRow], formulas: Formulas, *, caps: bool = False, highest: Fraction = Fraction(0)
) -> Iterator[Suspect]:
    """The rows of one column that do not agree with any formula, if the column as a whole means what we think.

    `highest` is the largest percentage of this sort elsewhere: a cap below it is none.
    """
    outcomes = {index: list(formulas(row)) for index, row in enumerate(rows)}
    judged = {index: _nearest(rows[index], found) for index, found in outcomes.items() if found}
    highest = max([highest, *(fraction(row.result.amount) for row in rows)])
    wrong = [
        Suspect(rows[index], outcome, verdict)
        for index, (outcome, verdict) in judged.items()
        if verdict is not Verdict.AGREES and not (caps and _capped(rows[index].result, outcomes[index], highest))
    ]
    telling = [index for index in judged if rows[index].part.amount]  # nothing out of something is 0% by any formula
    differing = sum(suspect.verdict is Verdict.DIFFERS for suspect in wrong)
    if _confirmed(rows, len(telling), differing):
        yield from wrong


def _nearest(row: RatioRow, outcomes: Sequence[Outcome]) -> tuple[Outcome, Verdict]:
    """The kindest verdict; among equals the first formula, which is the usual one."""
    verdicts = [(outcome, outcome.verdict(row.result)) for outcome in outcomes]
    return min(verdicts, key=lambda pair: pair[1])


def _capped(stated: Figure, outcomes: Sequence[Outcome], highest: Fraction) -> bool:
    value = fraction(stated.amount)
    return value in CAPS and highest <= value and any(outcome.nominal > value for outcome in outcomes)


def _confirmed(rows: Sequence[RatioRow], judged: int, wrong: int) -> bool:
    if 2 * wrong <= judged:
        return True
    header = rows[0].grid.columns[rows[0].ratio.result].header
    few = judged <= FEW or wrong < judged == FEW + 1
    return few and _EXPLICIT.search(header) is not None
