"""Where a person may go: the agencies within reach, each with the year to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from selaras.core.access import Actor
from selaras.store.models import Agency, ReportSettings


@dataclass(frozen=True, slots=True)
class Door:
    """An agency that the person may enter, and the year whose pages open first."""

    code: str
    name: str
    short_name: str
    kind: str
    year: int


def doors(actor: Actor, *, this_year: int) -> list[Door]:
    """The agencies that an actor sees, by name, each with the last begun year up to this one.

    An agency that has begun only later years opens with the first of them, one without any with this year. A plan alone
    opens no year: whoever enters would find empty pages; the year is begun by `actions.years`. Takes two queries.
    """
    begun: dict[int, list[int]] = {}
    for agency, year in ReportSettings.objects.order_by("year").values_list("agency", "year"):
        begun.setdefault(agency, []).append(year)

    def opening(agency: int) -> int:
        years = begun.get(agency, [this_year])
        return max((year for year in years if year <= this_year), default=years[0])

    rows = Agency.objects.visible_to(actor).order_by("name").values_list("pk", "code", "name", "short_name", "kind")
    return [Door(code, name, short, kind, opening(pk)) for pk, code, name, short, kind in rows]
