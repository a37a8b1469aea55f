"""The index of every unit as it was received, and the indicator of the share that is good, filled by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from selaras.actions._people import named
from selaras.actions._reform import refuse_digits, tidied
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.numerals import format_number
from selaras.core.period import Period
from selaras.core.planning import Indicator
from selaras.core.reform.units import GoodShare, UnitReform, realisation_of
from selaras.store import models as tables
from selaras.store.reform import share_of
from selaras.store.rows import all_tables, key_text
from selaras.store.snapshot import find_agency

UNIT = "Indeks RB unit"


def save_units(by: Actor, *, agency: str, year: int, scores: Iterable[UnitReform], reason: str = "") -> GoodShare:
    """Store the index of units in a year as received, and compute the bound indicator anew. Gives the share.

    Units that are not named keep what they have. Raises Refusal with every fault (unknown unit or predicate, an index
    beyond the scheme), NotAllowed, NotFound.
    """
    with traced(by, action="menyimpan indeks RB unit", agency=agency, act=Act.EDIT_PLAN) as trace:
        pk, home = find_agency(agency)
        units = dict(tables.Unit.objects.filter(agency=pk).values_list("code", "pk"))
        before = {row.unit_id: row for row in tables.UnitReform.objects.filter(agency=pk, year=year)}
        listed = list(scores)
        if unknown := [item.unit for item in listed if item.unit not in units]:
            raise Refusal(
                "Indeks RB unit tidak disimpan.", *(Fault("unit tidak dikenal", read=code) for code in unknown)
            )
        for item in listed:
            if item.year != year:
                raise Refusal(
                    "Indeks RB unit tidak disimpan.", Fault("tahun lain", read=str(item.year), expected=str(year))
                )
            refuse_digits(item.value)
            old = before.get(units[item.unit])
            tables.UnitReform.objects.update_or_create(
                agency_id=pk, unit_id=units[item.unit], year=year,
                defaults={"value": item.value, "predicate": item.predicate.strip(), "source": item.source.strip()},
            )  # fmt: skip
            was = format_number(tidied(old.value)) if old else ""
            if was != format_number(item.value):
                trace.changed(UNIT, f"{item.unit} {year}", "Indeks", was, format_number(item.value), reason)
            if (old.predicate if old else "") != item.predicate:
                trace.changed(
                    UNIT, f"{item.unit} {year}", "Predikat", old.predicate if old else "", item.predicate, reason
                )
        share = share_of(pk, home.kind, year)
        _fill(by, trace, pk, share, year)
    return share


def remove_unit(by: Actor, *, agency: str, year: int, unit: str, reason: str = "") -> None:
    """Take back the index of a unit in a year; the bound indicator is computed anew. Raises NotAllowed, NotFound."""
    with traced(by, action="menghapus indeks RB unit", agency=agency, act=Act.EDIT_PLAN) as trace:
        pk, home = find_agency(agency)
        gone, _ = tables.UnitReform.objects.filter(agency=pk, year=year, unit__code=unit).delete()
        if not gone:
            raise NotFound(f"Indeks RB {unit} tahun {year} tidak ditemukan.")
        trace.changed(UNIT, f"{unit} {year}", "", unit, "", reason)
        _fill(by, trace, pk, share_of(pk, home.kind, year), year)


def bind_indicator(by: Actor, *, agency: str, indicator: str) -> None:
    """Let an indicator compute itself from the index of units, for every year that has any; empty unbinds it.

    What it computed stays when it is unbound. Raises Refusal for an indicator that is no share of numerator and
    denominator, or whose value of a year is no draft any more and differs; NotAllowed, NotFound.
    """
    with traced(by, action="mengikat indikator pada indeks RB unit", agency=agency, act=Act.EDIT_PLAN) as trace:
        pk, home = find_agency(agency)
        before = tables.ReformBinding.objects.filter(agency=pk).values_list("indicator__code", flat=True).first() or ""
        found = named(tables.Indicator, pk, indicator, "Indikator")
        if found is None:
            tables.ReformBinding.objects.filter(agency=pk).delete()
        else:
            table = all_tables()[Indicator]
            record = table.record_of(table.rows.filter(pk=found.pk).values_list(*table.paths).get())
            this_year = timezone.localdate().year
            realisation_of(share_of(pk, home.kind, this_year), record, Period(this_year))  # refuses what is no share
            tables.ReformBinding.objects.update_or_create(agency_id=pk, defaults={"indicator": found, "by": by.name})
            for year in sorted(set(tables.UnitReform.objects.filter(agency=pk).values_list("year", flat=True))):
                _fill(by, trace, pk, share_of(pk, home.kind, year), year)
        trace.changed("Indikator", indicator or before, "Dihitung dari indeks RB unit", before, indicator)


def _fill(by: Actor, trace: Trace, agency: int, share: GoodShare, year: int) -> None:
    """Write the share as the yearly value of the bound indicator; a value that was handed in must be given back first."""
    binding = tables.ReformBinding.objects.filter(agency=agency).select_related("indicator").first()
    if binding is None:
        return
    table = all_tables()[Indicator]
    row = table.rows.filter(pk=binding.indicator_id).values_list(*table.paths).get()
    made = realisation_of(share, table.record_of(row), Period(year))
    where: dict[str, Any] = {
        "agency_id": agency,
        "indicator_id": binding.indicator_id,
        "year": year,
        "span": made.period.span.value,
        "index": 1,
    }
    old = tables.Realisation.objects.filter(**where).first()
    key = key_text((made.indicator, made.period))
    if old is not None and (old.numerator, old.denominator) == (made.numerator, made.denominator):
        return
    if old is not None and old.status != Progress.DRAFT.value:
        fault = Fault(
            "realisasi sudah diajukan",
            read=old.status,
            expected=Progress.DRAFT,
            remedy="Kembalikan dahulu menjadi draf.",
        )
        raise Refusal(f"Realisasi {made.indicator} {made.period.name} tidak dapat dihitung ulang.", fault)
    was = _told(old) if old else ""
    if not any(line.score for line in share.lines):
        tables.Realisation.objects.filter(**where).delete()
        trace.changed("Realisation", key, "Realisasi", was, "", "dihitung dari indeks RB unit")
        return
    empty: dict[str, Any] = {
        "value_kind": "",
        "value_amount": None,
        "value_upper": None,
        "value_grade": "",
        "value_flag": None,
    }
    tables.Realisation.objects.update_or_create(
        **where,
        defaults={
            **empty, "numerator": made.numerator, "denominator": made.denominator, "note": made.note,
            "entered_by": by.name, "status": Progress.DRAFT.value, "verified_by": "",
        },
    )  # fmt: skip
    trace.changed("Realisation", key, "Realisasi", was, made.told(), "dihitung dari indeks RB unit")


def _told(row: tables.Realisation) -> str:
    table = all_tables()[Realisation]
    record: Realisation = table.record_of(table.rows.filter(pk=row.pk).values_list(*table.paths).get())
    return record.told()
