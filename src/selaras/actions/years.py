"""A year of work begun: its settings after those of the year before, and its annual plan copied forward."""

from __future__ import annotations

from dataclasses import replace

from selaras.actions._many import key_of, store_many
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, Refusal
from selaras.core.planning import Target
from selaras.core.planning.forward import carried_forward
from selaras.core.snapshot import ReportSettings
from selaras.store.rows import all_tables
from selaras.store.snapshot import find_agency, records_of
from selaras.store.years import source_of, years_of_work

FIRST_YEAR, LAST_YEAR = 2000, 2100


def begin_year(by: Actor, *, agency: str, year: int, copy: bool = True) -> int:
    """Begin a year: report settings as in the nearest year before, and with `copy` the RKT; gives its number of targets.

    A target is the Renstra's of that year, else the last RKT's of the indicator (`core.planning.forward`). The day of
    signing is not carried over; budgets and agreements are made anew. Raises Refusal if the year has begun or lies
    outside 2000 to 2100, NotAllowed and NotFound.
    """
    with traced(by, action="memulai tahun kinerja", agency=agency, act=Act.CONFIGURE) as trace:
        pk, _ = find_agency(agency)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal(
                "Tahun tidak dimulai.",
                Fault("tahun di luar jangkauan", read=str(year), expected=f"{FIRST_YEAR} sampai {LAST_YEAR}"),
            )
        if years_of_work(pk).get(year):
            raise Refusal(f"Tahun {year} sudah dimulai. Pilih tahun itu pada pemilih tahun di bilah atas.")
        source = source_of(pk, year)
        settings = [item for item in records_of(all_tables()[ReportSettings], pk, source) if item.year == source]
        made = replace(settings[0], year=year, signed_on=None) if settings else ReportSettings(year)
        store_many(trace, pk, agency, ReportSettings, given=[made])
        carried = carried_forward(records_of(all_tables()[Target], pk, year), year, source) if copy else ()
        given = [item.target for item in carried]
        reasons = {key_of(item.target): item.reason for item in carried}
        store_many(trace, pk, agency, Target, given=given, field="value", reasons=reasons)
        trace |= {"year": year, "source": source or "", "copied": len(given)}
    return len(given)
