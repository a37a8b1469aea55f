"""What makes a figure remarkable while people enter it: limits as data, and the questions that follow from them.

The limits live in `rulebook/data/entry` and stand in the law; this module only says what they mean. Nothing here refuses a value: a
remark is shown to the person who enters it, and a missed target asks for an explanation before it is submitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from selaras.core.computed import Computed
from selaras.core.finding import Finding, Severity
from selaras.core.law import Limits
from selaras.core.measurement.formulas import HUNDRED
from selaras.core.numerals import format_number, format_percent
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import Indicator
from selaras.core.value import Value

__all__ = ["Earlier", "Limits", "Need", "need_of", "outliers", "planned_by"]


class Need(StrEnum):
    """Why an achievement needs an explanation."""

    MISSED = "target tidak tercapai"
    FAR = "capaian jauh melampaui target"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value of an earlier period of the same length, to hold a new one against."""

    name: str
    value: Value
    place: Place = NOWHERE


def need_of(figure: Computed, limits: Limits) -> Need | None:
    """Whether an achievement must be explained, judged unrounded and before the cap; None where there is no figure."""
    measured = figure.value if figure.raw is None else figure.raw
    if measured is None:
        return None
    if measured < limits.missed_below:
        return Need.MISSED
    return Need.FAR if measured > limits.far_above else None


def outliers(
    indicator: Indicator, value: Value | None, *, earlier: Sequence[Earlier], figure: Computed | None, limits: Limits
) -> tuple[Finding, ...]:
    """What is striking about an entered value beside earlier ones and its target, latest of `earlier` last.

    Warnings only: the value may be right, and only the agency knows.
    """
    found = (_slip(indicator, figure, limits), _leap(indicator, value, earlier, limits))
    return tuple(finding for finding in found if finding is not None)


def planned_by(month: int, limits: Limits) -> Decimal:
    """The cumulative share of the budget planned by the end of a month, in percent; straight within a quarter."""
    quarter, into = divmod(month, 3)
    before = limits.plan[quarter - 1] if quarter else Decimal(0)
    if not into:
        return before
    return before + (limits.plan[quarter] - before) * into / 3


def _slip(indicator: Indicator, figure: Computed | None, limits: Limits) -> Finding | None:
    measured = None if figure is None else (figure.value if figure.raw is None else figure.raw)
    if measured is None or measured < limits.unit_slip:
        return None
    return Finding(
        "DATA-SATUAN", "suspicious-pattern", Severity.WARNING,
        f"{indicator.name}: capaian {format_percent(measured, places=2)} sangat jauh di atas target.",
        stated=format_percent(measured, places=2), expected=f"di bawah {format_percent(limits.unit_slip)}",
        suggestion="Periksa satuan, kurun waktu, dan tanda desimalnya.",
    )  # fmt: skip


def _leap(indicator: Indicator, value: Value | None, earlier: Sequence[Earlier], limits: Limits) -> Finding | None:
    like = [item for item in earlier if value is not None and item.value.kind is value.kind]
    if value is None or value.amount is None or not like:
        return None
    last = like[-1]
    if not last.value.amount:
        return None
    change = (value.amount - last.value.amount) * HUNDRED / abs(last.value.amount)
    if abs(change) < limits.change:
        return None
    word = "lebih tinggi" if change > 0 else "lebih rendah"
    return Finding(
        "DATA-LONCATAN", "suspicious-pattern", Severity.WARNING,
        f"{indicator.name}: {value.shown()}, {format_number(abs(change), places=0)}% {word} daripada "
        f"{last.value.shown()} pada {last.name}.",
        stated=value.shown(), expected=f"sekitar {last.value.shown()}", places=(last.place,),
        suggestion="Periksa angkanya; biarkan bila memang berubah sebesar itu dan jelaskan dalam catatan.",
    )  # fmt: skip
