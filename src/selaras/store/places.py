"""Where a person may go: the agencies within reach, each with the year to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from selaras.core.access import Actor
from selaras.store.models import Agency, ReportSettings, StrategicPlan


@dataclass(frozen=True, slots=True)
class Door:
    """An agency that the person may enter, and the year whose pages open first."""

    code: str
    name: str
    short_name: str
    kind: str
    year: int


def doors(actor: Actor, *, this_year: int) -> list[Door]:
    """The agencies that an actor sees, by name: with this year where work goes on, else the last year there is.

    A plan that reaches this year is not enough where the last year of work lies further back than the one before: whoever
    enters would find empty pages. Takes three queries, however many agencies there are.
    """
    settled: dict[int, int] = dict(
        ReportSettings.objects.order_by().values_list("agency").annotate(last=Max("year")).values_list("agency", "last")
    )
    plans: dict[int, list[tuple[int, int]]] = {}
    for agency, first, last in StrategicPlan.objects.order_by().values_list("agency", "first_year", "last_year"):
        plans.setdefault(agency, []).append((first, last))

    def year(agency: int) -> int:
        spans = plans.get(agency, [])
        latest = settled.get(agency, this_year)
        planned = any(first <= this_year <= last for first, last in spans)
        if latest == this_year or (planned and latest >= this_year - 1):
            return this_year
        return settled.get(agency) or max((last for _, last in spans), default=this_year)

    rows = Agency.objects.visible_to(actor).order_by("name").values_list("pk", "code", "name", "short_name", "kind")
    return [Door(code, name, short, kind, year(pk)) for pk, code, name, short, kind in rows]
