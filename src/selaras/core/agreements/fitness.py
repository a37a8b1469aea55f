"""Whether a target and its unit can belong to an indicator: a grade for a grade, percent for a percentage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selaras.core.planning import Indicator
from selaras.core.value import Value, ValueKind

GRADE_WORD = re.compile(
    r"\b(?:(?:minimal|minimum|predikat|kategori|peringkat|nilai|opini)\s+[“\"']?)(AA|A-|A|BB|B|CC|C|D)(?![\w-])"
    r"|\b(AA|BB|CC|WTP|WDP)(?![\w-])",
    re.IGNORECASE,
)
GRADED = ("nilai", "predikat", "opini", "kategori")
PERCENT = ("persentase", "presentase", "prosentase")
COUNTED = ("jumlah", "banyaknya")
PERCENT_UNITS = frozenset({"%", "persen", "persentase", "presentase", "prosentase", "prosen"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """What stands there and what would fit; `other_kind` if the target is of a kind that cannot be compared."""

    stated: str
    expected: str
    other_kind: bool


def misfit(wording: str, target: Value, unit: str, indicator: Indicator | None) -> Misfit | None:
    """What does not fit between the wording, target and unit of a line and its indicator; None if all fits."""
    stated = f"{target.shown()} ({unit})" if unit and target.kind is not ValueKind.PERCENT else target.shown()
    kind = kind_of(wording)
    if kind is not None and not _fits(kind, target, unit):
        return Misfit(stated, _expected(kind, wording), other_kind=True)
    if indicator is None:
        return None
    if target.kind is not indicator.value_kind and not _fits(indicator.value_kind, target, unit):
        return Misfit(stated, f"target berupa {indicator.value_kind}", other_kind=True)
    counted = target.kind in {ValueKind.NUMBER, ValueKind.PERCENT}
    if counted and unit and indicator.unit and same_unit(unit) != same_unit(indicator.unit):
        return Misfit(unit, indicator.unit, other_kind=False)
    return None


def plan_misfit(target: Value, unit: str, indicator: Indicator) -> Misfit | None:
    """What the plan itself contradicts, where a target and its unit are just what its indicator asks for.

    An indicator called `Jumlah …` that is measured in percent is no fault of the agreement that repeats it.
    """
    kind = kind_of(indicator.name)
    repeats = target.kind is indicator.value_kind and same_unit(unit) == same_unit(indicator.unit)
    if kind is None or not repeats or _fits(kind, target, unit):
        return None
    return Misfit(f"{target.shown()}, satuan {indicator.unit or '–'}", _expected(kind, indicator.name), other_kind=True)


def kind_of(wording: str) -> ValueKind | None:
    """The kind of value that a wording asks for, None if it could be any.

    `Nilai minimal B …` asks for a grade, because it names one; `Nilai … ` without a grade may be a score.
    """
    first = wording.strip().casefold()
    if first.startswith(PERCENT):
        return ValueKind.PERCENT
    if first.startswith(COUNTED):
        return ValueKind.NUMBER
    if first.startswith(GRADED) and GRADE_WORD.search(wording):
        return ValueKind.GRADE
    return None


def same_unit(unit: str) -> str:
    """A unit folded for comparison: `Persen`, `Persentase` and `%` are one."""
    folded = unit.strip().casefold()
    return "%" if folded in PERCENT_UNITS else folded


def same_target(first: Value, first_unit: str, second: Value, second_unit: str) -> bool:
    """Whether two targets say the same, whether the percent sign stands in the value or in the unit."""
    if first.kind is ValueKind.GRADE or second.kind is ValueKind.GRADE:
        return first.kind is second.kind and first.grade.strip().casefold() == second.grade.strip().casefold()
    amounts = (first.amount, first.upper, first.flag) == (second.amount, second.upper, second.flag)
    return amounts and _is_percent(first, first_unit) is _is_percent(second, second_unit)


def _is_percent(value: Value, unit: str) -> bool:
    return value.kind is ValueKind.PERCENT or same_unit(unit) == "%"


def _fits(kind: ValueKind, target: Value, unit: str) -> bool:
    if kind is ValueKind.PERCENT:
        return target.kind is ValueKind.PERCENT or (target.kind is ValueKind.NUMBER and same_unit(unit) == "%")
    return target.kind is kind


def _expected(kind: ValueKind, wording: str) -> str:
    if kind is ValueKind.GRADE:
        found = GRADE_WORD.search(wording)
        return f"predikat, misalnya {found.group(found.lastindex or 0)}" if found else "predikat"
    return {ValueKind.PERCENT: "persentase (%)", ValueKind.NUMBER: "jumlah, bukan persentase"}.get(kind, kind.value)
