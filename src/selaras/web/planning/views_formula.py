"""The formula builder: everything of an indicator as a form, with an example that `core` computes while one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.records import save_record
from selaras.core.access import Act
from selaras.core.errors import Fault
from selaras.core.measurement.example import Example, worked_example
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period, Span
from selaras.core.planning import FormulaKind, Indicator, PlanDocument, Target
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.typed import read_typed, texts_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.frame import MEASURED, address, facts, indicator_of, tabs
from selaras.web.records.forms import RecordForm

SHEET = BY_RECORD[Indicator]
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rumus", ("value_kind", "formula", "numerator", "denominator", "polarity", "lower_method", "aggregation", "cap",
               "grade_scale", "unit")),
    ("identitas", ("code", "name", "node", "level", "kind", "iku", "order", "responsible")),
    ("makna", ("definition", "source", "baseline_year", "baseline", "standard", "standard_source")),
)  # fmt: skip
HALF = frozenset(
    {
        "value_kind", "formula", "polarity", "lower_method", "aggregation", "cap", "grade_scale", "unit", "level", "kind",
        "iku", "order", "baseline_year", "baseline", "standard", "standard_source",
    }
)  # fmt: skip
"""Fields that share a row with another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The example as the page shows it."""

    target: str
    realised: str
    realised_words: str
    achievement: str
    words: str
    band: str
    tone: str
    reached: bool | None
    faults: tuple[Fault, ...]
    capped: str


@inside(Act.EDIT_PLAN, methods=("GET", "POST"))
def edit(request: InsideRequest, indicator: str) -> HttpResponse:
    """The form of an indicator with the example beside it."""
    figures = facts(request, MEASURED)
    found = indicator_of(figures, indicator)
    form = RecordForm(
        SHEET,
        agency=request.place.pk,
        kinds=_kinds(figures),
        record=found,
        data=request.POST if request.method == "POST" else None,
    )
    reason = request.POST.get("reason", "")
    if form.submit(
        request,
        lambda: save_record(request.actor, agency=request.place.code, record=form.made, seen=form.seen, reason=reason),
    ):
        messages.success(request, _("Tersimpan.") if form.changes else _("Tidak ada yang berubah."))
        return redirect(address(request, "indicator", indicator))
    start = _starting(figures, found)
    return render(request, "planning/formula.html", tabs(request, "indicators") | {
        "indicator": found, "form": form, "groups": _grouped(form), "conflict": form.conflict, "start": start,
        "mode": _mode(found), "parts": _parts(figures, found), "example": _example(figures, found, start),
    }, status=form.status)  # fmt: skip


@inside(methods=("GET", "POST"))
def example(request: InsideRequest, indicator: str) -> HttpResponse:
    """The example for the form as it is typed; nothing is stored. New fields come along where the formula wants others."""
    figures = facts(request, MEASURED)
    found = indicator_of(figures, indicator)
    typed = {name: str(value) for name, value in (request.POST or request.GET).items()}
    texts = texts_of(found, {})
    row = read_typed(SHEET, texts | {name: typed[name] for name in texts if name in typed}, _kinds(figures))
    if row.record is None:
        return render(request, "planning/example_part.html", {"form_faults": row.faults})
    given = dict.fromkeys(_starting(figures, found), "") | typed
    mode = _mode(row.record)
    return render(request, "planning/example_part.html", {
        "indicator": row.record, "mode": mode, "start": given, "parts": _parts(figures, row.record),
        "example": _example(figures, row.record, given), "other_mode": mode != typed.get("contoh-mode", mode),
    })  # fmt: skip


def _kinds(figures: Figures) -> dict[str, ValueKind]:
    return {code: item.value_kind for code, item in figures.indicators.items()}


def _mode(indicator: Indicator) -> str:
    """Which figures the example asks for."""
    if indicator.formula is FormulaKind.WEIGHTED:
        return "bobot"
    ratio = indicator.formula is FormulaKind.RATIO and indicator.value_kind in {ValueKind.PERCENT, ValueKind.NUMBER}
    return "rasio" if ratio else "nilai"


def _grouped(form: RecordForm) -> list[tuple[str, list[tuple[Any, str]]]]:
    words = {"identitas": _("Identitas"), "rumus": _("Rumus"), "makna": _("Makna dan pembanding")}
    visible = {bound.name: bound for bound in form.visible_fields()}
    groups = [
        (words[name], [(visible.pop(field), "half" if field in HALF else "") for field in fields if field in visible])
        for name, fields in GROUPS
    ]
    return [*groups, (_("Perubahan"), [(bound, "") for bound in visible.values()])] if visible else groups


def _starting(figures: Figures, indicator: Indicator) -> dict[str, str]:
    """The figures that the example begins with: the year's own target and entry, if there are any."""
    kinds = {indicator.code: indicator.value_kind}
    aim = figures.aim(indicator, figures.year)
    start = dict.fromkeys(("contoh-target", "contoh-nilai", "contoh-pembilang", "contoh-penyebut"), "")
    start |= {f"contoh-tw{index}": "" for index in range(1, 5)}
    if aim.value and aim.value.kind is indicator.value_kind:
        whole = Target(indicator.code, Period(figures.year), PlanDocument.RKT, aim.value)
        start["contoh-target"] = texts_of(whole, kinds)["value"]
    entry = figures.realisation(indicator, Period(figures.year))
    if entry:
        texts = texts_of(entry, kinds)
        start["contoh-nilai"] = texts["value"] if entry.numerator is None else ""
        start["contoh-pembilang"], start["contoh-penyebut"] = texts["numerator"], texts["denominator"]
    for part, _weight, _name in _parts(figures, indicator):
        value = figures.realised(figures.indicators[part], figures.year).value
        start[f"contoh-bagian-{part}"] = value.shown() if value else ""
    return start


def _parts(figures: Figures, indicator: Indicator) -> list[tuple[str, Decimal, str]]:
    return [
        (item.part, item.weight, figures.indicators[item.part].name)
        for item in figures.snapshot.weighted_parts
        if item.indicator == indicator.code and item.part in figures.indicators
    ]


def _example(figures: Figures, indicator: Indicator, given: Mapping[str, str]) -> Shown:
    """Read the example's figures as a workbook's cells are read, and let `core` compute."""
    kinds = {indicator.code: indicator.value_kind}
    year, faults = figures.year, []
    target = _read(Target(indicator.code, Period(year), PlanDocument.RKT, _ANY), given.get("contoh-target", ""), kinds)
    faults += target.faults
    entries: list[Realisation] = []
    for period, texts in _entries(indicator, given, year).items():
        row = read_typed(BY_RECORD[Realisation], texts_of(Realisation(indicator.code, period), kinds) | texts, kinds)
        faults += row.faults
        entries += [row.record] if row.record else []
    weighed: list[tuple[Decimal, Value]] = []
    for part, weight, _name in _parts(figures, indicator):
        kind = figures.indicators[part].value_kind
        text = given.get(f"contoh-bagian-{part}", "")
        row = _read(Target(part, Period(year), PlanDocument.RKT, _ANY), text, {part: kind})
        faults += row.faults
        weighed += [(weight, row.record.value)] if row.record else []
    made = worked_example(
        indicator, target.record.value if target.record else None, entries, year, scale=figures.scale,
        grades=figures.law.grade_scales.get(indicator.grade_scale), parts=weighed,
    )  # fmt: skip
    return _shown(made, target.record.value.shown() if target.record else "", tuple(faults))


def _entries(indicator: Indicator, given: Mapping[str, str], year: int) -> dict[Period, dict[str, str]]:
    """What was typed, by period: the whole year as its formula wants it, or quarters."""
    mode = _mode(indicator)
    whole = {
        "rasio": {"numerator": given.get("contoh-pembilang", ""), "denominator": given.get("contoh-penyebut", "")},
        "nilai": {"value": given.get("contoh-nilai", "")},
    }.get(mode, {})
    found = {Period(year): whole} if any(text.strip() for text in whole.values()) else {}
    for index in range(1, 5):
        text = given.get(f"contoh-tw{index}", "")
        if text.strip():
            found[Period(year, Span.QUARTER, index)] = {"value": text}
    return found


def _read(item: Target, text: str, kinds: Mapping[str, ValueKind]) -> Any:
    if not text.strip():
        return _NOTHING
    return read_typed(BY_RECORD[Target], texts_of(item, {}) | {"value": text}, kinds)


def _shown(made: Example, target: str, faults: tuple[Fault, ...]) -> Shown:
    realised, figure = made.realised, made.achievement
    capped = figure.raw is not None and figure.value is not None and figure.raw != figure.value
    return Shown(
        target=target,
        realised=realised.value.shown() if realised.value else "",
        realised_words=realised.figure.arithmetic(),
        achievement=figure.shown() if figure.value is not None else "",
        words=figure.arithmetic(),
        band=made.band.label if made.band else "",
        tone=made.band.tone.value if made.band else "",
        reached=made.reached,
        faults=(*faults, *made.faults),
        capped=figure.shown() if capped else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Nothing:
    record: Any = None
    faults: tuple[Fault, ...] = ()


_NOTHING = _Nothing()
_ANY: Any = None
