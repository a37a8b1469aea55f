"""The index of the units, the share that is good, and the indicator that it fills by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.reform_units import bind_indicator, remove_unit, save_units
from selaras.core.access import Act, check_somewhere
from selaras.core.errors import Refusal
from selaras.core.numerals import NumberHint, format_number, read_amount
from selaras.core.reform.units import UnitLine, UnitReform
from selaras.store.reform import UnitBoard, units_of
from selaras.web.exporting import exported
from selaras.web.gate import InsideRequest, inside
from selaras.web.reform.frame import address, tabs


@inside(methods=("GET", "POST"))
def board(request: InsideRequest) -> HttpResponse:
    """Every unit with its index; sent back, the values that were typed are stored all or none."""
    place = request.place
    found = units_of(place.code, place.year)
    if request.method == "POST":
        check_somewhere(request.actor, Act.EDIT_PLAN, place.code)
        return _saved(request, found)
    if request.GET.get("format") == "xlsx":
        heads = [_("Unit"), _("Indeks RB"), _("Predikat"), _("Baik"), _("Sumber")]
        return exported(request, _("Indeks RB unit"), heads, (_cells(found, line) for line in found.share.lines))
    share = found.share
    return render(request, "reform/units.html", {
        "tabs": tabs(request, "units"), "lines": [_line(found, line) for line in share.lines], "share": share,
        "figure": share.figure.shown(), "arithmetic": share.figure.arithmetic(), "bound": found.bound,
        "bindable": found.bindable, "good": found.rules.good, "labels": [band.label for band in found.scheme.bands],
        "scheme": found.scheme, "may_edit": place.can["EDIT_PLAN"], "bind_url": address(request, "bind"),
        "bound_name": dict(found.bindable).get(found.bound, found.bound),
    })  # fmt: skip


@inside(Act.EDIT_PLAN, methods=("POST",))
def bind(request: InsideRequest) -> HttpResponse:
    """Let an indicator compute itself, or let it go."""
    code = request.POST.get("indikator", "")
    bind_indicator(request.actor, agency=request.place.code, indicator=code)
    messages.success(
        request, _("Indikator diikat; nilainya dihitung sendiri.") if code else _("Ikatan indikator dilepas.")
    )
    return redirect(address(request, "units"))


def _saved(request: InsideRequest, found: UnitBoard) -> HttpResponse:
    place, given = request.place, request.POST
    scores, gone, faults = [], [], []
    stands = {line.unit: line.score for line in found.share.lines}
    for unit, old in stands.items():
        text = given.get(f"nilai-{unit}", "").strip()
        try:
            value = read_amount(text, hint=NumberHint.INDONESIAN)
        except Refusal as refused:
            faults += [replace(item, read=f"{found.names[unit]}: {text}") for item in refused.faults]
            continue
        if value is None:
            gone += [unit] if old else []
            continue
        made = UnitReform(unit, place.year, value, given.get(f"predikat-{unit}", ""), given.get(f"sumber-{unit}", ""))
        if old is None or (old.value, old.predicate, old.source) != (made.value, made.predicate, made.source):
            scores.append(made)
    if faults:
        raise Refusal(_("Indeks unit tidak disimpan."), *faults)
    if scores:
        save_units(request.actor, agency=place.code, year=place.year, scores=scores)
    for unit in gone:
        remove_unit(request.actor, agency=place.code, year=place.year, unit=unit)
    messages.success(request, _("Indeks unit disimpan.") if scores or gone else _("Tidak ada yang berubah."))
    return redirect(address(request, "units"))


def _line(found: UnitBoard, line: UnitLine) -> dict[str, Any]:
    before = found.before.get(line.unit)
    return {
        "unit": line.unit, "name": found.names[line.unit], "predicate": line.predicate, "good": line.good,
        "value": format_number(line.score.value) if line.score else "", "printed": line.score.predicate if line.score else "",
        "source": line.score.source if line.score else "", "before": format_number(before.value) if before else "–",
    }  # fmt: skip


def _cells(found: UnitBoard, line: UnitLine) -> list[Any]:
    good = "" if line.good is None else _("ya") if line.good else _("tidak")
    return [
        found.names[line.unit], line.score.value if line.score else None, line.predicate, good,
        line.score.source if line.score else "",
    ]  # fmt: skip
