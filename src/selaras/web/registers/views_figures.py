"""Figures of a register: every rule in a period, the records behind each part, the indicators that count themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.register_figures import bind_rule, recount_indicators, release_indicator
from selaras.core.access import Act, check_somewhere
from selaras.core.errors import NotFound
from selaras.core.numerals import format_number
from selaras.core.period import Period
from selaras.core.registers.definition import CountingRule, Register
from selaras.core.value import ValueKind
from selaras.store import models as tables
from selaras.store.register_access import Held, find_register, sees_records
from selaras.store.register_figures import FigureLine, bindable, bound_line, first_figures, one_figure, year_tables
from selaras.store.registers import subject_name
from selaras.web.days import period_name
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.periods import back_to
from selaras.web.registers.filter_box import told
from selaras.web.registers.frame import (
    address,
    crumbs,
    day_asked,
    period_asked,
    period_choices,
    period_key,
    register_tabs,
    with_query,
)
from selaras.web.registers.views_overview import pages_of

PARTS = ("met", "missed", "waiting")
MOST_RULES = 2
"""So many rules are counted with the page; the others are fetched after it is shown."""


@inside(Act.SEE_REGISTER)
def figures(request: InsideRequest, register: str) -> HttpResponse:
    """Every rule with its figure in the period; the other rules of a large register by their own page."""
    held, period = find_register(request.place.code, register), period_asked(request)
    made = held.register
    counted = first_figures(held, period, day_asked(), MOST_RULES)
    return render(request, "registers/figures.html", {
        "tabs": register_tabs(request, held, "figures"), "crumbs": crumbs(request, None, (made.name, "")), "register": made,
        "lines": [_line(request, made, rule, line, period) for rule, line in zip(made.rules, counted, strict=True)],
        "periods": period_choices(request, period), "period": period_name(period), "here": address(request, "figures", register),
        "sees": sees_records(request.actor, held), "definition_url": f"{address(request, 'definition', register)}#aturan",
    })  # fmt: skip


@inside(Act.SEE_REGISTER)
def figure(request: InsideRequest, register: str, rule: str) -> HttpResponse:
    """One figure: numerator, denominator, and the records behind the part that is chosen."""
    held, period = find_register(request.place.code, register), period_asked(request)
    found = held.register.rule(rule)
    if found is None:
        raise NotFound(_("Aturan hitung %(rule)s tidak ditemukan.") % {"rule": rule})
    part = request.GET.get("bagian", "met")
    if part not in PARTS:
        raise NotFound(_("Bagian angka itu tidak ada."))
    sees = sees_records(request.actor, held)
    number = request.GET.get("halaman", "")
    is_piece = "potongan" in request.GET
    line, page = one_figure(
        held, found, period, day_asked(), part=part if sees and not is_piece else "",
        page=int(number) if number.isdecimal() and len(number) < 9 else 1,
    )  # fmt: skip
    told_line = _line(request, held.register, found, line, period)
    if is_piece:
        return render(request, "registers/figure_line.html", {"line": told_line})
    here = address(request, "figure", register, rule)
    return render(request, "registers/figure.html", {
        "crumbs": crumbs(request, held.register, (_("Angka"), address(request, "figures", register)), (found.name, "")),
        "register": held.register, "rule": found, "line": told_line, "here": here, "period": period_name(period),
        "periods": period_choices(request, period), "sees": sees, "page": page, "part": part,
        "lines": _behind(request, held, page.numbers) if page else [],
        "pages": pages_of(page.page, page.pages) if page else {},
        "tabs": [
            {"title": title, "url": with_query(here, periode=period_key(period), bagian=name) + "#rekaman",
             "current": name == part, "count": getattr(line.counted, name)}
            for name, title in _parts(found) if line.counted is not None
        ],
        "bind_url": address(request, "bind", register, rule),
    })  # fmt: skip


@inside(Act.SEE_REGISTER, methods=("GET", "POST"))
def bind(request: InsideRequest, register: str, rule: str) -> HttpResponse:
    """Let an indicator count itself by the rule; asked for, the indicators that do and those that may."""
    if request.method == "POST":
        check_somewhere(request.actor, Act.EDIT_PLAN, request.place.code)
        return _bind(request, register, rule)
    held = find_register(request.place.code, register)
    found = held.register.rule(rule)
    if found is None:
        raise NotFound(_("Aturan hitung %(rule)s tidak ditemukan.") % {"rule": rule})
    rows = tables.RegisterBinding.objects.filter(definition=held.pk, rule=rule)
    rows = rows.select_related("indicator", "definition__agency")
    year = request.place.year
    may_bind = request.place.can["EDIT_PLAN"]
    return render(request, "registers/part_bind.html", {
        "bound": [bound_line(row, year, day_asked()) for row in rows], "may_bind": may_bind,
        "bind_url": address(request, "bind", register, rule), "release_url": address(request, "release"),
        "back": address(request, "figure", register, rule), "indicators": _bindable(request, found) if may_bind else [],
    })  # fmt: skip


@inside(Act.EDIT_PLAN, methods=("POST",))
def bind_here(request: InsideRequest) -> HttpResponse:
    """The same from the page of an indicator: the rule is chosen as `register/aturan`; none lets the indicator go."""
    register, _mark, rule = request.POST.get("aturan", "").partition("/")
    indicator = request.POST.get("indikator", "")
    if not register:
        release_indicator(request.actor, agency=request.place.code, indicator=indicator)
        messages.success(request, _("Indikator dilepas; nilainya dapat diketik lagi."))
        return redirect(_back(request, address(request, "overview")))
    return _bind(request, register, rule)


@inside(Act.SEE_REGISTER)
def binding(request: InsideRequest, indicator: str) -> HttpResponse:
    """By what an indicator counts itself, and the rules it may be bound to, as a part of the indicator's page."""
    place = request.place
    found = tables.Indicator.objects.filter(agency=place.pk, code=indicator).first()
    if found is None:
        raise NotFound(_("Indikator %(code)s tidak ditemukan.") % {"code": indicator})
    bindings = tables.RegisterBinding.objects.select_related("indicator", "definition__agency")
    row = bindings.filter(indicator=found).first()
    rules = bindable(request.actor, place.code) if place.can["EDIT_PLAN"] else ()
    return render(request, "registers/part_binding.html", {
        "indicator": found, "bound": row, "line": bound_line(row, place.year, day_asked()) if row else None,
        "url": address(request, "figure", row.definition.code, row.rule) if row else "",
        "rules": [(f"{register}/{rule}", f"{name}: {rule_name}") for register, name, rule, rule_name in rules],
        "current": f"{row.definition.code}/{row.rule}" if row else "", "may_bind": place.can["EDIT_PLAN"],
        "bind_url": address(request, "bind-here"), "back": reverse("planning:indicator", args=(place.code, place.year, indicator)),
    })  # fmt: skip


@inside(Act.EDIT_PLAN, methods=("POST",))
def release(request: InsideRequest) -> HttpResponse:
    """Let an indicator be typed again."""
    release_indicator(request.actor, agency=request.place.code, indicator=request.POST.get("indikator", ""))
    messages.success(request, _("Indikator dilepas; nilainya dapat diketik lagi."))
    return redirect(_back(request, address(request, "overview")))


@inside(Act.MEASURE, methods=("POST",))
def recount(request: InsideRequest) -> HttpResponse:
    """Count every bound indicator of the year anew."""
    changed = recount_indicators(request.actor, agency=request.place.code, year=request.place.year)
    messages.success(request, _("%(amount)s nilai indikator berubah.") % {"amount": changed})
    return redirect(_back(request, address(request, "overview")))


@inside(Act.SEE_REGISTER)
def year(request: InsideRequest, register: str) -> HttpResponse:
    """The yearly report of a register: its tables, and what clients thought of the service."""
    place = request.place
    held = find_register(place.code, register)
    sheet = year_tables(held, place.year, day_asked())
    period = Period(place.year)
    return render(request, "registers/year.html", {
        "tabs": register_tabs(request, held, "year"), "crumbs": crumbs(request, None, (held.register.name, "")),
        "register": held.register,
        "lines": [_line(request, held.register, rule, None, period) for rule in held.register.rules],
        "tables": [
            {"summary": summary, "by": subject_name(held.register, summary.by) if summary.by else "",
             "rows": [(label, format_number(amount)) for label, amount in rows],
             "total": format_number(sum((amount for _label, amount in rows), start=rows[0][1] * 0)) if rows else "0"}
            for summary, rows in sheet.tables
        ],
        "rating": [
            (item.element.name, item.answered, format_number(item.mean, places=2) if item.mean is not None else "–")
            for item in sheet.rating.elements
        ] if sheet.rating.respondents else [],
    })  # fmt: skip


def _line(
    request: InsideRequest, register: Register, rule: CountingRule, line: FigureLine | None, period: Period
) -> dict[str, Any]:
    """A rule with its figure in words."""
    made: dict[str, Any] = {
        "rule": rule, "url": with_query(address(request, "figure", register.code, rule.code), periode=period_key(period)),
        "numerator_told": told(register, rule.numerator.where),
        "denominator_told": told(register, rule.denominator.where) if rule.denominator else "",
        "pending_told": told(register, rule.pending) if rule.pending else "",
        "piece_url": with_query(
            address(request, "figure", register.code, rule.code), periode=period_key(period), potongan="1"
        ),
    }  # fmt: skip
    if line is None:
        return made | {"asked": False}
    made |= {"asked": True, "refused": line.refused, "indicators": line.indicators}
    if line.counted is not None:
        figure = line.counted.figure
        made |= {
            "figure": figure, "shown": figure.value.shown(2) if figure.value else "", "told": figure.told(),
            "nothing": figure.note if figure.value is None else "", "note": figure.note if figure.value else "",
            "numerator": format_number(figure.numerator), "counted": line.counted,
            "denominator": format_number(figure.denominator) if figure.denominator is not None else "",
            "share": str(int(figure.value.amount or 0)) if figure.value and figure.denominator is not None else "",
        }  # fmt: skip
    return made


def _parts(rule: CountingRule) -> list[tuple[str, str]]:
    words = [("met", _("Dihitung sebagai pembilang"))]
    if rule.denominator is not None:
        words.append(("missed", _("Penyebut saja")))
    if rule.pending is not None:
        words.append(("waiting", _("Belum dihitung")))
    return words


def _behind(request: InsideRequest, held: Held, numbers: tuple[str, ...]) -> list[dict[str, Any]]:
    """The records of a page, in its order; one query."""
    rows = tables.RegisterRecord.objects.filter(definition=held.pk, number__in=numbers).select_related("unit")
    found = {row.number: row for row in rows}
    names = {state.code: state.name for state in held.register.states}
    return [
        {"number": number, "url": address(request, "record", held.register.code, number), "row": found[number],
         "state": names.get(found[number].state, found[number].state)}
        for number in numbers if number in found
    ]  # fmt: skip


def _bindable(request: InsideRequest, rule: CountingRule) -> list[tuple[str, str]]:
    """The indicators whose kind of value the rule gives."""
    kind = ValueKind.PERCENT if rule.denominator is not None else ValueKind.NUMBER
    rows = tables.Indicator.objects.filter(agency=request.place.pk, value_kind=kind.value)
    return list(rows.order_by("order", "code").values_list("code", "name"))


def _bind(request: InsideRequest, register: str, rule: str) -> HttpResponse:
    find_register(request.place.code, register)
    written = bind_rule(
        request.actor, agency=request.place.code, indicator=request.POST.get("indikator", ""), register=register,
        rule=rule, year=request.place.year,
    )  # fmt: skip
    messages.success(request, _("Indikator dihitung dari register; %(amount)s nilai terisi.") % {"amount": written})
    return redirect(_back(request, address(request, "figure", register, rule)))


def _back(request: InsideRequest, other: str) -> str:
    return back_to(request, other)
