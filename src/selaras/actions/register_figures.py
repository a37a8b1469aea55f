"""Indicators that count themselves: bound to the rule of a register, counted anew, let go."""

from __future__ import annotations

from django.utils import timezone

from selaras.actions._people import named
from selaras.actions._register_figures import fill, recount
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, Refusal
from selaras.core.planning import Indicator
from selaras.core.registers.binding import Binding, faults_of_binding
from selaras.store import models as tables
from selaras.store.register_access import find_register, held_of
from selaras.store.rows import all_tables


def bind_rule(by: Actor, *, agency: str, indicator: str, register: str, rule: str, year: int) -> int:
    """Let an indicator count itself by a rule, from the values of `year` on; gives how many values were written.

    Raises Refusal where the rule gives another kind of value, or the indicator is bound elsewhere already; NotAllowed,
    NotFound.
    """
    with traced(by, action="mengikat indikator pada register", agency=agency, act=Act.EDIT_PLAN) as trace:
        held = find_register(agency, register)
        found = named(tables.Indicator, held.row.agency_id, indicator, "Indikator")
        if found is None:
            raise Refusal("Indikator belum dipilih.", Fault("kode indikator kosong"))
        table = all_tables()[Indicator]
        record = table.record_of(table.rows.filter(pk=found.pk).values_list(*table.paths).get())
        faults = list(faults_of_binding(Binding(indicator, register, rule), held.register, record))
        if tables.ReformBinding.objects.filter(indicator=found).exists():
            faults.append(Fault("indikator sudah dihitung dari indeks RB unit", read=indicator))
        if faults:
            raise Refusal(f"Indikator {indicator} tidak diikat.", *faults)
        old = tables.RegisterBinding.objects.select_related("definition").filter(indicator=found).first()
        before = f"{old.definition.code}/{old.rule}" if old else ""
        row, _ = tables.RegisterBinding.objects.update_or_create(
            indicator=found, defaults={"definition": held.row, "rule": rule, "by": by.name}
        )
        trace.changed("Indikator", indicator, "Dihitung dari register", before, f"{register}/{rule}")
        years = range(year, max(year, timezone.localdate().year) + 1)
        return sum(fill(by, trace, held, row, each) for each in years)


def release_indicator(by: Actor, *, agency: str, indicator: str) -> None:
    """Let an indicator be typed again; what was counted stays. Raises NotAllowed, NotFound."""
    with traced(by, action="melepas indikator dari register", agency=agency, act=Act.EDIT_PLAN) as trace:
        rows = tables.RegisterBinding.objects.filter(indicator__agency__code=agency, indicator__code=indicator)
        row = rows.select_related("definition").first()
        if row is not None:
            trace.changed("Indikator", indicator, "Dihitung dari register", f"{row.definition.code}/{row.rule}", "")
            row.delete()


def recount_indicators(by: Actor, *, agency: str, year: int) -> int:
    """Count every bound indicator of an agency anew for a year: time alone makes records late. Gives how many changed.

    Raises NotAllowed, NotFound.
    """
    with traced(by, action="menghitung ulang indikator dari register", agency=agency, act=Act.MEASURE) as trace:
        rows = tables.RegisterDefinition.objects.filter(agency__code=agency, bindings__isnull=False).distinct()
        changed = sum(recount(by, trace, held_of(row), {year}) for row in rows.select_related("agency"))
        trace["changed"] = changed
    return changed
