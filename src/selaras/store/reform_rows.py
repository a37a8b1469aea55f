"""Rows of stage reform as records: actions, their progress, the index of units; and what the annual report needs of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Q

from selaras.core.place import Place
from selaras.core.reform.actions import ActionProgress, ReformAction
from selaras.core.reform.units import UnitReform
from selaras.store import models as tables
from selaras.store.rows import tidy


def evaluated_units(agency: int, year: int) -> dict[str, str]:
    """The units that are evaluated, code and name: those at the level of the ones that have an index in any year.

    Where none has one yet it is the top level. Units that did not exist in the year are left out. Two queries.
    """
    exists = (Q(since__isnull=True) | Q(since__lte=date(year, 12, 31))) & (
        Q(until__isnull=True) | Q(until__gte=date(year, 1, 1))
    )
    rows = tables.Unit.objects.filter(exists, agency=agency).order_by("order", "sequence", "pk")
    listed = list(rows.values_list("code", "name", "parent__code"))
    scored = set(tables.UnitReform.objects.filter(agency=agency).values_list("unit__code", flat=True))
    levels: set[str | None] = {parent for code, _, parent in listed if code in scored} or {None}
    return {code: name for code, name, parent in listed if parent in levels or code in scored}


def unit_record(row: tables.UnitReform) -> UnitReform:
    """The record of a row that was read with its unit."""
    return UnitReform(
        row.unit.code, row.year, _amount(row.value), row.predicate, row.source,
        Place(record=f"Indeks RB {row.unit.code} {row.year}"),
    )  # fmt: skip


def action_record(row: tables.ReformAction) -> ReformAction:
    """The record of a row that was read with its unit and responsible position."""
    targets = tuple(tidy(each) for each in (row.first, row.second, row.third, row.fourth))
    return ReformAction(
        row.code, row.year, row.unit.code if row.unit else "", row.title, row.output, row.measure,
        targets, row.area, row.theme, row.root_cause,
        row.responsible.code if row.responsible else "", row.order, Place(record=f"Rencana aksi RB {row.code}"),
    )  # fmt: skip


def report_record(row: tables.ReformProgress, action: str) -> ActionProgress:
    """The record of what was reported of an action."""
    return ActionProgress(
        action, row.quarter, _amount(row.realised), tuple(row.evidence), row.note,
        Place(record=f"Rencana aksi RB {action}, triwulan {row.quarter}"),
    )  # fmt: skip


def of_report(
    agency: str, year: int
) -> tuple[tuple[ReformAction, ...], tuple[ActionProgress, ...], tuple[UnitReform, ...], tuple[str, ...]]:
    """What the annual report says of the reform: actions, progress, index of units, evaluated units; few queries."""
    rows = tables.ReformAction.objects.filter(agency__code=agency, year=year).select_related("unit", "responsible")
    actions = {row.pk: action_record(row) for row in rows.order_by("order", "sequence", "pk")}
    reports = tables.ReformProgress.objects.filter(action__in=list(actions)) if actions else ()
    units = tables.UnitReform.objects.filter(agency__code=agency, year=year).select_related("unit")
    scores = tuple(unit_record(row) for row in units.order_by("unit__order", "unit__sequence", "pk"))
    evaluated: tuple[str, ...] = ()
    if scores:
        evaluated = tuple(evaluated_units(tables.Agency.objects.only("pk").get(code=agency).pk, year))
    progress_rows = tuple(report_record(row, actions[row.action_id].code) for row in reports)
    return tuple(actions.values()), progress_rows, scores, evaluated


def _amount(cell: Decimal) -> Decimal:
    found = tidy(cell)
    assert found is not None
    return found
