"""The values of bound indicators: counted anew from their register, written as drafts, with the records as evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.errors import Refusal
from selaras.core.measurement.records import EvidenceKind, Progress, Realisation
from selaras.core.period import Period, Span
from selaras.core.registers import binding as bindings
from selaras.core.registers.binding import Binding
from selaras.core.registers.counting import Figure, bounds
from selaras.core.registers.definition import Basis
from selaras.store import models as tables
from selaras.store.register_access import Held
from selaras.store.register_counts import Counting
from selaras.store.rows import all_tables, key_text, pack_value

REASON = "dihitung dari register"
LONGEST_TITLE = 200


def recount(by: Actor, trace: Trace, held: Held, years: Collection[int]) -> int:
    """Count every indicator that is bound to a register anew for some years; gives how many values changed.

    A value that was handed in stays as it is; the page of the binding shows the difference. Call inside the act.
    """
    rows = tables.RegisterBinding.objects.filter(definition=held.pk).select_related("indicator")
    return sum(fill(by, trace, held, row, year) for row in rows for year in sorted(years))


def fill(by: Actor, trace: Trace, held: Held, row: tables.RegisterBinding, year: int) -> int:
    """Count one bound indicator for the periods of a year that have begun; gives how many values changed."""
    today = timezone.localdate()
    rule = held.register.rule(row.rule)
    if rule is None:
        return 0
    counting = Counting(held.pk, held.register, held.row.body, today)
    bound = Binding(row.indicator.code, held.register.code, row.rule)
    changed = 0
    for period in periods_of(row.indicator_id, year, today):
        try:
            figure = counting.rule(rule, period).figure
        except Refusal as refusal:
            # The table of holidays lacks a year: work on the register goes on, the value waits and says why.
            changed += _note(by, trace, row, period, refusal)
            continue
        made = bindings.realisation_of(bound, figure)
        if _write(by, trace, row, made):
            changed += 1
        _prove(row, bound, figure, period)
    return changed


def periods_of(indicator: int, year: int, today: date) -> Iterator[Period]:
    """The year and every part of it that has a target or a value of the indicator, as far as they have begun."""
    parts = {(Span.YEAR.value, 1)}
    for table in (tables.Target, tables.Realisation):
        parts |= set(table.objects.filter(indicator=indicator, year=year).values_list("span", "index"))
    for span, index in sorted(parts):
        period = Period(year, Span(span), index)
        if bounds(Basis.WITHIN, period)[0] <= today:
            yield period


def _where(row: tables.RegisterBinding, period: Period) -> dict[str, Any]:
    return {
        "agency_id": row.indicator.agency_id, "indicator_id": row.indicator_id, "year": period.year,
        "span": period.span.value, "index": period.index,
    }  # fmt: skip


def _write(by: Actor, trace: Trace, row: tables.RegisterBinding, made: Realisation) -> bool:
    where = _where(row, made.period)
    old = tables.Realisation.objects.filter(**where).first()
    if old is not None and old.status != Progress.DRAFT.value:
        return False
    table = all_tables()[Realisation]
    was = ""
    if old is not None:
        before: Realisation = table.record_of(table.rows.filter(pk=old.pk).values_list(*table.paths).get())
        was = before.told()
        same = (before.value, before.numerator, before.denominator, before.note)
        if same == (made.value, made.numerator, made.denominator, made.note):
            return False
    part = next(field for field in table.fields if field.name == "value")
    columns = dict(zip(part.columns, pack_value(made.value), strict=True))
    columns |= {"numerator": made.numerator, "denominator": made.denominator, "note": made.note}
    columns |= {"entered_by": by.name, "status": Progress.DRAFT.value, "verified_by": ""}
    tables.Realisation.objects.update_or_create(**where, defaults=columns)
    trace.changed(
        "Realisation", key_text((made.indicator, made.period)), "Realisasi", was, made.told() or made.note, REASON
    )
    return True


def _note(by: Actor, trace: Trace, row: tables.RegisterBinding, period: Period, refusal: Refusal) -> int:
    note = " ".join([refusal.message, *(fault.sentence() for fault in refusal.faults)])
    return int(_write(by, trace, row, Realisation(row.indicator.code, period, note=note)))


def _prove(row: tables.RegisterBinding, bound: Binding, figure: Figure, period: Period) -> None:
    """Keep the records behind the value as its evidence, as long as the value is not fixed."""
    proof = bindings.evidence_of(bound, figure)
    where = _where(row, period)
    state = tables.Realisation.objects.filter(**where).values_list("status", flat=True).first()
    if state not in {None, Progress.DRAFT.value}:
        return
    rows = tables.Evidence.objects.filter(**where, kind=EvidenceKind.REGISTER.value, target=proof.target)
    title = proof.title[:LONGEST_TITLE]
    old = rows.first()
    if old is not None and old.title == title:
        return
    tables.Evidence.objects.filter(**where, title=title).exclude(target=proof.target).delete()
    tables.Evidence.objects.update_or_create(
        **where, kind=EvidenceKind.REGISTER.value, target=proof.target,
        defaults={"title": title, "sha256": "", "dated": figure.as_of},
    )  # fmt: skip
