"""A new year begun from the plan there is: which targets the annual plan takes over, and from where each comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selaras.core.period import Period, Span
from selaras.core.planning.records import PlanDocument, Target


@dataclass(frozen=True, slots=True)
class Carried:
    """A target of the new year's RKT, and the target that it repeats."""

    target: Target
    origin: Target

    @property
    def reason(self) -> str:
        """Why it stands there, for the history of the value."""
        year = self.origin.period.year
        return "disalin dari Renstra" if self.origin.document is PlanDocument.RENSTRA else f"disalin dari RKT {year}"


def carried_forward(targets: Iterable[Target], year: int, source: int | None) -> tuple[Carried, ...]:
    """The RKT of `year` as it follows from the Renstra's targets of that year, else from the RKT of `source`.

    An indicator that has an RKT target for the year already is left alone. `source` None takes the Renstra alone.
    """
    stored = [item for item in targets if item.period.span is Span.YEAR]
    held = {item.indicator for item in stored if _is(item, PlanDocument.RKT, year)}
    origins = {item.indicator: item for item in stored if _is(item, PlanDocument.RKT, source)}
    origins |= {item.indicator: item for item in stored if _is(item, PlanDocument.RENSTRA, year)}
    return tuple(
        Carried(Target(code, Period(year), PlanDocument.RKT, replace(origin.value)), origin)
        for code, origin in origins.items()
        if code not in held
    )


def _is(item: Target, document: PlanDocument, year: int | None) -> bool:
    return item.document is document and item.period.year == year
