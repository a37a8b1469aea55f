"""The score sheet of a year with its formula, whose index it is, what must be asked, and the years side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.reform import confirm_adjustment
from selaras.core.access import Act
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import format_number
from selaras.core.reform.history import YearPoint
from selaras.core.reform.index import ReformIndex
from selaras.core.reform.scheme import Adjustment, Part
from selaras.store import models as tables
from selaras.store.reform import ReformSheet, sheet_of
from selaras.web.exporting import exported
from selaras.web.gate import InsideRequest, inside
from selaras.web.records.views import SLUGS
from selaras.web.reform.frame import address, tabs

SLUG = next(slug for record, slug in SLUGS.items() if record.__name__ == "ReformScore")


@inside()
def page(request: InsideRequest) -> HttpResponse:
    """The sheet."""
    place = request.place
    sheet = sheet_of(place.code, place.year)
    if request.GET.get("format") == "xlsx":
        heads = [_("Tahun"), _("RB General awal"), _("Koefisien"), _("RB General"), _("RB General penyesuaian"),
                 _("RB Tematik"), _("Indeks RB"), _("Predikat"), _("Skema"), _("Pemilik")]  # fmt: skip
        return exported(request, _("Indeks RB"), heads, (_cells(point) for point in sheet.history.points))
    points = sheet.history.points
    return render(request, "reform/sheet.html", {
        "tabs": tabs(request, "sheet"), "sheet": sheet, "lines": _lines(sheet), "index": _index(sheet.index),
        "parts": [_part(part) for part in sheet.scheme.parts()], "edit_url": _edit_url(request, sheet),
        "highest": format_number(sheet.scheme.highest), "settle_url": address(request, "settle"),
        "readings": _readings(sheet.index), "may_edit": place.can["EDIT_PLAN"],
        "points": [_point(point) for point in reversed(points)], "chart": _chart(points),
        "attribution": sheet.attribution,
        "band_source": sheet.index.band.source if sheet.index and sheet.index.band and not sheet.index.printed else None,
    })  # fmt: skip


@inside(Act.EDIT_PLAN, methods=("POST",))
def settle(request: InsideRequest) -> HttpResponse:
    """Say which reading of the adjusted weight is that of the evaluator, or open the question again."""
    given = request.POST.get("cara", "")
    if given and given not in set(Adjustment):
        raise Refusal(_("Cara penyesuaian tidak dikenal."), Fault("cara", read=given, expected=" | ".join(Adjustment)))
    confirm_adjustment(
        request.actor, agency=request.place.code, year=request.place.year,
        adjustment=Adjustment(given) if given else None, reason=request.POST.get("alasan", ""),
    )  # fmt: skip
    messages.success(request, _("Cara penyesuaian dicatat."))
    return redirect(address(request, "sheet"))


def _edit_url(request: InsideRequest, sheet: ReformSheet) -> str:
    place = request.place
    if not place.can["EDIT_PLAN"]:
        return ""
    back = urlencode({"kembali": address(request, "sheet")})
    if sheet.score is None:
        return f"{reverse('records:new', args=(place.code, place.year, SLUG))}?{back}"
    row = tables.ReformScore.objects.filter(agency_id=place.pk, year=place.year).values_list("pk", flat=True).first()
    return f"{reverse('records:edit', args=(place.code, place.year, SLUG, row))}?{back}"


def _lines(sheet: ReformSheet) -> list[tuple[str, str, str]]:
    """The sheet as it is printed: name, value, how it comes about."""
    score, index = sheet.score, sheet.index
    if score is None or index is None:
        return []
    return [
        (_("RB General awal"), format_number(score.general_initial), ""),
        (_("Koefisien"), format_number(score.coefficient), _("ditambahkan")),
        (index.general.name, index.general.shown(), index.general.formula),
        (_("Total bobot"), format_number(score.total_weight), ""),
        (_("Bobot penyesuaian"), format_number(score.adjusted_weight), ""),
        (index.adjusted.name, index.adjusted.shown(), index.adjusted.formula),
        (_("RB Tematik"), format_number(score.thematic), ""),
        (index.index.name, index.index.shown(), _("RB General penyesuaian + RB Tematik")),
    ]  # fmt: skip


def _index(index: ReformIndex | None) -> dict[str, Any] | None:
    if index is None:
        return None
    return {
        "shown": index.index.shown(), "predicate": index.predicate, "formula": index.formula(), "question": index.question,
        "settled": index.settled, "findings": index.findings, "printed": index.printed, "note": index.index.note,
        "name": index.band.name if index.band else "",
    }  # fmt: skip


def _readings(index: ReformIndex | None) -> list[dict[str, str]]:
    return [
        {
            "value": item.adjustment.value, "shown": item.index.shown(), "formula": item.index.formula,
        }
        for item in (index.readings if index else ())
    ]  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {"name": part.name, "weight": format_number(part.weight), "source": part.source, "leaf": not part.parts}


def _point(point: YearPoint) -> dict[str, Any]:
    change = point.difference
    return {
        "year": point.score.year, "general": point.index.general.shown(), "thematic": format_number(point.score.thematic),
        "index": point.index.index.shown(), "predicate": point.index.predicate, "scheme": point.index.scheme.name,
        "subject": point.score.subject, "comparable": point.comparable,
        "change": "" if change is None else f"{'+' if change > 0 else ''}{format_number(change, places=2)}",
        "direction": "" if change is None else "naik" if change > 0 else "turun" if change < 0 else "tetap",
        "good": None if change is None or change == 0 else change > 0,
    }  # fmt: skip


def _chart(points: tuple[YearPoint, ...]) -> dict[str, Any] | None:
    """The years as one line, broken where the scheme changed."""
    if len(points) < 2:
        return None
    schemes = list(dict.fromkeys(point.index.scheme.name for point in reversed(points)))
    series = [
        {
            "name": name,
            "values": [point.index.index.value if point.index.scheme.name == name else None for point in points],
            "figures": [point.index.index.shown() for point in points],
        }
        for name in schemes
    ]
    return {
        "labels": [str(point.score.year) for point in points], "series": series,
        "rows": [[str(point.score.year), point.index.index.shown(), point.index.predicate] for point in points],
        "heads": [_("Tahun"), _("Indeks RB"), _("Predikat")],
        "summary": _("Skema berubah di antara tahun-tahun ini, sehingga garisnya terputus.") if len(schemes) > 1
        else _("%(first)s sampai %(last)s dengan satu skema.") % {"first": points[0].score.year, "last": points[-1].score.year},
    }  # fmt: skip


def _cells(point: YearPoint) -> list[Any]:
    score, index = point.score, point.index
    return [
        score.year, score.general_initial, score.coefficient, index.general.rounded(), index.adjusted.rounded(),
        score.thematic, index.index.rounded(), index.predicate, index.scheme.name, score.subject,
    ]  # fmt: skip
