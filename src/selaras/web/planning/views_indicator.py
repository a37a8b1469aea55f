"""Indicators as a list, and the sheet of one: what it is, its targets, weights and quarters, its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.planning import save_targets, save_weights
from selaras.core.access import Act
from selaras.core.errors import Conflict, Refusal
from selaras.core.measurement.planned import QuarterCheck, check_quarters
from selaras.core.numerals import format_number, format_percent, read_amount
from selaras.core.org import Position, Unit
from selaras.core.period import Period, Span
from selaras.core.planning import FormulaKind, Indicator, PlanDocument, Support
from selaras.core.reporting.figures import Figures
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.cells import Spot, Typed, cell, held_targets, read_cells, spots_by_name
from selaras.web.planning.findings import about, findings_of
from selaras.web.planning.frame import MEASURED, address, facts, indicator_of, paged, tabs
from selaras.web.planning.picture import measured
from selaras.web.records.views import events_of

KINDS = (*MEASURED, Unit, Position, Support)
HEADS = (
    "Kode", "Indikator", "Simpul", "IKU", "Satuan", "Jenis nilai", "Polaritas", "Rumus", "Agregasi", "Target", "Capaian",
    "Kategori",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year in the sheet of an indicator."""

    year: int
    renstra: str
    rkt: str
    realised: str
    figure: str
    band: str
    tone: str


@inside()
def index(request: InsideRequest) -> HttpResponse:
    """Every indicator, found by words (`cari`) or only the IKU (`iku`)."""
    figures = facts(request, MEASURED)
    words = request.GET.get("cari", "").strip()
    only_iku = request.GET.get("iku") == "ya"
    chosen = [
        indicator
        for node in figures.walk()
        for indicator in figures.by_node[node.code]
        if (indicator.iku or not only_iku) and _matches(indicator, words)
    ]
    if wants_xlsx(request):
        rows = (_row(figures, one) for one in chosen)
        return exported(request, "Indikator", HEADS, rows)
    page = paged(request, chosen)
    lines = [(figures.nodes[one.node], one, measured(figures, one)) for one in page.object_list]
    return render(request, "planning/indicators.html", tabs(request, "indicators") | {
        "lines": lines, "page": page, "words": words, "only_iku": only_iku,
        "may_edit": request.place.can[Act.EDIT_PLAN.name],
    })  # fmt: skip


@inside()
def sheet(request: InsideRequest, indicator: str) -> HttpResponse:
    """The IKU sheet."""
    figures = facts(request, KINDS)
    return _sheet(request, figures, indicator_of(figures, indicator))


@inside(Act.EDIT_PLAN, methods=("POST",))
def weights(request: InsideRequest, indicator: str) -> HttpResponse:
    """Store the weighted parts of an indicator: `bagian` and `bobot` pair by pair."""
    wanted: dict[str, Any] = {}
    for part, text in zip(request.POST.getlist("bagian"), request.POST.getlist("bobot"), strict=False):
        amount = read_amount(text.replace("%", "")) if text.strip() else None
        if part and amount is not None:
            wanted[part] = wanted.get(part, 0) + amount
    save_weights(
        request.actor, agency=request.place.code, indicator=indicator, weights=wanted,
        reason=request.POST.get("reason", "").strip(),
    )  # fmt: skip
    messages.success(request, _("Bobot tersimpan."))
    return redirect(address(request, "indicator", indicator))


@inside(Act.EDIT_PLAN, methods=("POST",))
def quarters(request: InsideRequest, indicator: str) -> HttpResponse:
    """Store the quarters of the action plan."""
    figures = facts(request, KINDS)
    found = indicator_of(figures, indicator)
    spots = spots_by_name(_spots(found, figures.year))
    typed = read_cells(request.POST, spots, held_targets(figures))
    if typed.faults:
        return _sheet(request, figures, found, typed, status=422)
    try:
        save_targets(
            request.actor, agency=request.place.code, given=typed.given, removed=typed.removed, seen=typed.seen
        )
    except Conflict as refusal:
        typed.accept(refusal, spots)
        return _sheet(request, figures, found, typed, refusal, status=409)
    except Refusal as refusal:
        if not refusal.faults:
            raise
        typed.blame(refusal, spots)
        return _sheet(request, figures, found, typed, status=422)
    messages.success(request, _("Target triwulan tersimpan.") if typed.changed else _("Tidak ada yang berubah."))
    return redirect(address(request, "indicator", indicator))


def _sheet(
    request: InsideRequest, figures: Figures, indicator: Indicator, typed: Typed | None = None,
    conflict: Conflict | None = None, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    snapshot = figures.snapshot
    held = held_targets(figures)
    positions = {item.code: item.title for item in snapshot.positions}
    units = {item.code: item.name for item in snapshot.units}
    node = figures.nodes.get(indicator.node)
    aim = figures.aim(indicator, figures.year)
    quarter_check: QuarterCheck = check_quarters(indicator, snapshot.targets, figures.year, aim.value)
    targets = [item.place.record for item in snapshot.targets if item.indicator == indicator.code]
    context = tabs(request, "indicators") | {
        "indicator": indicator, "node": node, "responsible": positions.get(indicator.responsible, ""),
        "owner": units.get(node.owner, "") if node else "", "shown": measured(figures, indicator),
        "baseline": indicator.baseline.shown() if indicator.baseline else "",
        "standard": indicator.standard.shown() if indicator.standard else "",
        "cap": format_percent(indicator.cap) if indicator.cap is not None else "",
        "scale": figures.law.grade_scales.get(indicator.grade_scale),
        "arithmetic": figures.achievement(indicator).arithmetic(), "aim": aim,
        "years": _years(figures, indicator), "parts": _parts(figures, indicator),
        "weighted": indicator.formula is FormulaKind.WEIGHTED,
        "others": [(item.code, item.name) for item in snapshot.indicators if item.code != indicator.code],
        "blank_parts": range(3), "quarters": [cell(spot, held, typed) for spot in _spots(indicator, figures.year)],
        "quarter_check": quarter_check, "made": quarter_check.made.shown() if quarter_check.made else "",
        "programmes": [item for item in figures.supporting(indicator) if item.level.value == "program"],
        "beside": about(findings_of(figures), indicator.place.record, *targets), "typed": typed, "conflict": conflict,
        "events": events_of(request.place.code, Indicator.__name__, indicator.code, most=10),
        "may_edit": request.place.can[Act.EDIT_PLAN.name],
    }  # fmt: skip
    return render(request, "planning/indicator.html", context, status=status)


def _spots(indicator: Indicator, year: int) -> list[Spot]:
    return [Spot(indicator, Period(year, Span.QUARTER, index), PlanDocument.ACTION_PLAN) for index in (1, 2, 3, 4)]


def _years(figures: Figures, indicator: Indicator) -> list[YearLine]:
    """Every year of the plan, and every other year of which a target or a result is known."""
    years = {item.period.year for item in figures.snapshot.targets if item.indicator == indicator.code}
    years |= {item.period.year for item in figures.snapshot.realisations if item.indicator == indicator.code}
    if figures.plan:
        years |= set(range(figures.plan.first_year, figures.plan.last_year + 1))
    lines = []
    for year in sorted(years | {figures.year}):
        figure = figures.achievement(indicator, year)
        band = figures.band(figure)
        realised = figures.realised(indicator, year).value
        lines.append(
            YearLine(
                year=year,
                renstra=_shown(figures, indicator, year, PlanDocument.RENSTRA),
                rkt=_shown(figures, indicator, year, PlanDocument.RKT),
                realised=realised.shown() if realised else "",
                figure=figure.shown() if figure.value is not None else "",
                band=band.label if band else "",
                tone=band.tone.value if band else "",
            )
        )
    return lines


def _shown(figures: Figures, indicator: Indicator, year: int, document: PlanDocument) -> str:
    value = figures.planned(indicator, year, document).value
    return value.shown() if value else ""


def _parts(figures: Figures, indicator: Indicator) -> list[tuple[Indicator, str]]:
    return [
        (figures.indicators[part.part], format_number(part.weight))
        for part in figures.snapshot.weighted_parts
        if part.indicator == indicator.code and part.part in figures.indicators
    ]


def _matches(indicator: Indicator, words: str) -> bool:
    whole = f"{indicator.code} {indicator.name} {indicator.unit} {indicator.definition}".casefold()
    return all(word in whole for word in words.casefold().split())


def _row(figures: Figures, item: Indicator) -> list[Any]:
    figure = figures.achievement(item)
    band = figures.band(figure)
    return [
        item.code, item.name, figures.nodes[item.node].title, "Ya" if item.iku else "Tidak", item.unit,
        item.value_kind.value, item.polarity.value, item.formula.value, item.aggregation.value,
        figures.aim(item, figures.year).value, figure, band.label if band else "",
    ]  # fmt: skip
