"""The formulas of achievement as plain arithmetic on two numbers, each with its own text; no division by zero.

No regulation fixes these formulas, so each result carries the text of the one that was used. Percentages are on
the scale 0 … 100 and more, unrounded. Multiplication comes before division, so that a target that is met exactly
gives exactly 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Status
from selaras.core.planning import LowerMethod

HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the two numbers are called in the printed formula."""

    realised: str = "realisasi"
    target: str = "target"


ACHIEVEMENT_LABELS = Labels()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula gives before any cap: the percentage or the reason why there is none, and the formula's text."""

    raw: Decimal | None
    formula: str
    status: Status = Status.COMPUTED
    note: str = ""


def rounding_note(places: int) -> str:
    """How the figure is rounded when it is shown."""
    digits = f"ke {places} desimal" if places else "ke bilangan bulat"
    return f"Dibulatkan setengah ke atas {digits} hanya saat ditampilkan."


def higher(target: Decimal, realised: Decimal, labels: Labels = ACHIEVEMENT_LABELS) -> Outcome:
    """Higher is better: r ÷ t × 100. A target of zero or below has no quotient that means anything."""
    formula = f"{labels.realised} ÷ {labels.target} × 100%"
    if target == 0:
        return Outcome(None, formula, Status.ZERO_TARGET)
    if target < 0:
        return _negative(formula, labels)
    return Outcome(realised * HUNDRED / target, formula)


def lower(target: Decimal, realised: Decimal, method: LowerMethod, labels: Labels = ACHIEVEMENT_LABELS) -> Outcome:
    """Lower is better, by the method of the indicator; the two in use disagree.

    A target of zero is met by zero (100) and has no percentage otherwise. With the inverse method a realisation of
    zero counts as 100 by rule, because t ÷ 0 does not exist. A negative result of 2T is kept, not raised to zero.
    """
    formula = lower_text(method, labels)
    if target == 0:
        return _zero_target(realised, formula, labels)
    if target < 0:
        return _negative(formula, labels)
    if method is LowerMethod.TWICE_TARGET:
        return Outcome((2 * target - realised) * HUNDRED / target, formula)
    if realised == 0:
        note = f"{sentence_case(labels.realised)} nol pada metode inversi ditetapkan 100%, bukan hasil pembagian."
        return Outcome(HUNDRED, formula, note=note)
    if realised < 0:
        note = f"Metode inversi tidak berlaku untuk {labels.realised} negatif."
        return Outcome(None, formula, Status.NOT_APPLICABLE, note)
    return Outcome(target * HUNDRED / realised, formula)


def within_range(
    low: Decimal, high: Decimal, realised: Decimal, method: LowerMethod | None, labels: Labels = ACHIEVEMENT_LABELS
) -> Outcome:
    """A range as target: 100 inside, ends included; below it r ÷ lower end, above it measured against the upper end.

    The source (guide to SKP of Permenpan-RB 8/2021) names the bound and leaves the formula open. Above the range
    more is worse, so the formulas for lower-is-better apply to the upper end: inverse (upper ÷ r), because twice
    the upper end then weighs as much as half the lower end, unless the indicator chooses 2T.
    """
    if low <= realised <= high:
        return Outcome(HUNDRED, f"{labels.realised} di dalam rentang {labels.target} = 100%")
    if realised < low:
        return higher(low, realised, Labels(labels.realised, f"batas bawah {labels.target}"))
    upper_labels = Labels(labels.realised, f"batas atas {labels.target}")
    return lower(high, realised, method or LowerMethod.INVERSE, upper_labels)


def stable_point(target: Decimal, realised: Decimal, labels: Labels = ACHIEVEMENT_LABELS) -> Outcome:
    """A value to be kept: 100 − |r − t| ÷ t × 100, so that any deviation counts alike (agencies' manuals)."""
    formula = f"100% − |{labels.realised} − {labels.target}| ÷ {labels.target} × 100%"
    if target == 0:
        return _zero_target(realised, formula, labels)
    if target < 0:
        return _negative(formula, labels)
    return Outcome(HUNDRED - abs(realised - target) * HUNDRED / target, formula)


def by_rank(target: int, realised: int, labels: Labels = ACHIEVEMENT_LABELS) -> Outcome:
    """Grades: rank of the realised grade ÷ rank of the target × 100; the worst grade has rank 1."""
    formula = f"peringkat {labels.realised} ÷ peringkat {labels.target} × 100%"
    word = "Target predikat tercapai." if realised >= target else "Target predikat tidak tercapai."
    return Outcome(Decimal(realised) * HUNDRED / Decimal(target), formula, note=word)


def by_flag(target: bool, realised: bool, labels: Labels = ACHIEVEMENT_LABELS) -> Outcome:
    """Yes or no: as targeted is 100, otherwise 0."""
    formula = f"{labels.realised} sesuai {labels.target} = 100%, tidak sesuai = 0%"
    return Outcome(HUNDRED if target == realised else ZERO, formula)


def lower_text(method: LowerMethod, labels: Labels = ACHIEVEMENT_LABELS) -> str:
    """The text of a formula for lower-is-better."""
    if method is LowerMethod.TWICE_TARGET:
        return f"(2 × {labels.target} − {labels.realised}) ÷ {labels.target} × 100%"
    return f"{labels.target} ÷ {labels.realised} × 100%"


def _zero_target(realised: Decimal, formula: str, labels: Labels) -> Outcome:
    if realised == 0:
        note = f"{sentence_case(labels.target)} nol dan {labels.realised} nol ditetapkan 100%, bukan hasil pembagian."
        return Outcome(HUNDRED, formula, note=note)
    note = f"{sentence_case(labels.target)} nol tidak tercapai; besarnya tidak dinyatakan dalam persen."
    return Outcome(None, formula, Status.ZERO_TARGET, note if realised > 0 else "")


def _negative(formula: str, labels: Labels) -> Outcome:
    note = f"{sentence_case(labels.target)} negatif: hasil bagi tidak menunjukkan arah kinerja."
    return Outcome(None, formula, Status.NOT_APPLICABLE, note)


def sentence_case(label: str) -> str:
    """The label at the beginning of a sentence; names inside it keep their capitals."""
    return label[:1].upper() + label[1:]
