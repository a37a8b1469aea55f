"""What stands beside an entered value: its target, achievement and class, what is odd about it, what must be explained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from selaras.core.computed import Computed
from selaras.core.finding import Finding
from selaras.core.law import Band
from selaras.core.measurement import aggregate
from selaras.core.measurement.limits import Earlier, Limits, Need, need_of, outliers
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period, Span
from selaras.core.planning import Aggregation, Indicator, PlanDocument
from selaras.core.reporting.figures import NO_AIM, Aim, Figures
from selaras.core.value import Value

AGAIN = frozenset({Aggregation.LAST, Aggregation.MEAN, Aggregation.MAX})
"""Aggregations under which a part of the year is as large as the year."""


@dataclass(frozen=True)
class Entry:
    """One indicator in one period of the report year, seen through the figures of its agency."""

    figures: Figures
    indicator: Indicator
    period: Period
    limits: Limits

    @cached_property
    def realisation(self) -> Realisation | None:
        """What was entered for this very period."""
        return self.figures.realisation(self.indicator, self.period)

    @property
    def is_year(self) -> bool:
        """Whether the period is the whole year."""
        return self.period.span is Span.YEAR

    @cached_property
    def aim(self) -> Aim:
        """The target that counts: the year's, or the action plan's up to the end of the period."""
        if self.is_year:
            return self.figures.aim(self.indicator, self.period.year)
        value = aggregate.target_through(
            self.indicator, self.figures.snapshot.targets, self.period.year,
            through_month=self.period.last_month, document=PlanDocument.ACTION_PLAN,
        )  # fmt: skip
        return Aim(value, PlanDocument.ACTION_PLAN.value) if value else NO_AIM

    @cached_property
    def own_aim(self) -> Aim:
        """The target set for this very period."""
        return self.aim if self.is_year else self.figures.quarterly(self.indicator, self.period)

    @cached_property
    def value(self) -> Value | None:
        """The value of this period alone; of a year, what its periods make of it."""
        if self.is_year:
            return self.figures.realised(self.indicator, self.period.year).value
        return aggregate.value_of(self.indicator, self.realisation) if self.realisation else None

    @cached_property
    def achievement(self) -> Computed:
        """Capaian up to the end of the period, against `aim`."""
        if self.is_year:
            return self.figures.achievement(self.indicator)
        return self.figures.achievement_through(self.indicator, self.aim, self.period.last_month)

    @property
    def band(self) -> Band | None:
        """The class of the achievement."""
        return self.figures.band(self.achievement)

    @cached_property
    def need(self) -> Need | None:
        """Why the achievement must be explained, if it must."""
        return need_of(self.achievement, self.limits) if self.realisation else None

    @cached_property
    def is_explained(self) -> bool:
        """Whether a cause is written down: for the year in the explanation, for shorter periods in a note as well."""
        explanation = self.figures.explanations.get(self.indicator.code)
        if explanation is not None and explanation.cause.strip():
            return True
        return not self.is_year and self.realisation is not None and bool(self.realisation.note.strip())

    @cached_property
    def earlier(self) -> tuple[Earlier, ...]:
        """Values to compare with, latest last: earlier years, or earlier periods of the same length."""
        years = [
            Earlier(f"tahun {year}", value)
            for year in range(self.period.year - 4, self.period.year)
            if (value := self.figures.realised(self.indicator, year).value)
        ]
        if self.is_year:
            return tuple(years)
        same = [
            Earlier(item.period.name, value, item.place)
            for item in sorted(self.figures.snapshot.realisations, key=lambda item: item.period.last_month)
            if item.indicator == self.indicator.code
            and item.period.span is self.period.span
            and item.period.year == self.period.year
            and item.period.index < self.period.index
            and (value := aggregate.value_of(self.indicator, item))
        ]
        return (*(years if self.indicator.aggregation in AGAIN else ()), *same)

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        """What is odd about the entry but may be right."""
        if self.realisation is None:
            return ()
        value = aggregate.value_of(self.indicator, self.realisation)
        return (
            *aggregate.doubts_of(self.indicator, self.realisation),
            *outliers(self.indicator, value, earlier=self.earlier, figure=self.achievement, limits=self.limits),
        )
