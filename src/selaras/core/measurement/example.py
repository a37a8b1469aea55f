"""A worked example of an indicator's formula: typed figures through the same functions as every report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Computed
from selaras.core.errors import Fault
from selaras.core.law import Band, GradeScale, Scale
from selaras.core.measurement.achievement import achieve, classify, reached
from selaras.core.measurement.aggregate import YearValue, year_value
from selaras.core.measurement.entries import faults_of
from selaras.core.measurement.records import Realisation
from selaras.core.planning import Indicator
from selaras.core.value import Value


@dataclass(frozen=True, slots=True)
class Example:
    """The value of the year, the achievement and its class; or the faults of the entries."""

    realised: YearValue
    achievement: Computed
    band: Band | None
    reached: bool | None
    faults: tuple[Fault, ...] = ()


def worked_example(
    indicator: Indicator,
    target: Value | None,
    entries: Sequence[Realisation],
    year: int,
    *,
    scale: Scale,
    grades: GradeScale | None = None,
    parts: Sequence[tuple[Decimal, Value]] = (),
) -> Example:
    """What the formula of an indicator makes of some entries of a year (its whole or its periods) against a target.

    `parts` are weights in percent with the values of a weighted indicator's parts. Faulty entries are named and
    count all the same, so that the person sees both.
    """
    faults = tuple(fault for entry in entries for fault in faults_of(indicator, entry))
    realised = year_value(indicator, entries, year, parts=parts)
    figure = achieve(
        target, realised.value, polarity=indicator.polarity, lower_method=indicator.lower_method, cap=indicator.cap,
        grades=grades, key=f"contoh:{indicator.code}",
    )  # fmt: skip
    return Example(realised, figure, classify(figure, scale), reached(figure), faults)
