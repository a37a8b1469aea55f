"""All registers of the agency: what is open and late, when it falls due; the presets to take over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.registers import take_preset
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.core.registers.diagram import diagram_of
from selaras.rulebook.registers import preset
from selaras.rulebook.registers import presets as shipped
from selaras.store.register_due import DueHeat, DueLine, due_lines, heat_counts
from selaras.store.registers import RegisterLine, registers_of
from selaras.web.days import format_date, month_name, short_month
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.drawing import drawn
from selaras.web.registers.frame import address, crumbs, day_asked, tabs, with_query

ONLY = ("late", "today", "soon")


@inside(Act.SEE_REGISTER)
def overview(request: InsideRequest) -> HttpResponse:
    """Every register with its counts, and the heat map of the coming days or months."""
    place, today = request.place, day_asked()
    lines = registers_of(request.actor, place.code, today)
    by_month, by_unit = request.GET.get("peta") == "bulan", request.GET.get("menurut") == "unit"
    heat = heat_counts(request.actor, place.code, today, by_unit=by_unit)
    active = [line for line in lines if line.active]
    due_url = address(request, "due")
    return render(request, "registers/overview.html", {
        "tabs": tabs(request, "overview"), "lines": [_line(request, line) for line in active],
        "put_away": [_line(request, line) for line in lines if not line.active],
        "heat": _heat(request, heat, by_month=by_month, by_unit=by_unit), "by_month": by_month, "by_unit": by_unit,
        "views": _ways(by_month=by_month, by_unit=by_unit),
        "open": sum(line.open for line in active), "overdue": sum(line.overdue for line in active),
        "soon": sum(line.soon for line in active), "records": sum(line.records for line in active),
        "late_url": due_url, "soon_url": with_query(due_url, hanya="soon"), "presets_url": address(request, "presets"),
        "empty_url": address(request, "presets") if place.can["DEFINE_REGISTER"] else "",
        "new_url": address(request, "new"), "may_define": place.can["DEFINE_REGISTER"],
        "desk_url": address(request, "desk-start") if place.can["SERVE"] else "",
    })  # fmt: skip


@inside(Act.SEE_REGISTER)
def due(request: InsideRequest) -> HttpResponse:
    """The records of all registers that are late, promised for today, or due soon."""
    today = day_asked()
    only = request.GET.get("hanya", "late")
    if only not in ONLY:
        raise NotFound(_("Daftar itu tidak ada."))
    register, number = request.GET.get("register", ""), request.GET.get("halaman", "")
    page = due_lines(
        request.actor, request.place.code, today, only=only, register=register,
        page=int(number) if number.isdecimal() else 1,
    )  # fmt: skip
    words = {"late": _("Lewat batas"), "today": _("Jatuh tempo hari ini"), "soon": _("Tujuh hari ke depan")}
    here = address(request, "due")
    return render(request, "registers/due.html", {
        "tabs": tabs(request, "due"), "lines": [_due(request, line) for line in page.lines], "page": page, "only": only,
        "ways": [
            {"title": title, "url": with_query(here, hanya=name, register=register), "current": name == only,
             "count": page.counts[name]}
            for name, title in words.items()
        ],
        "pages": pages_of(page.page, page.pages), "today": format_date(today), "register": register,
    })  # fmt: skip


@inside(Act.DEFINE_REGISTER, methods=("GET", "POST"))
def presets(request: InsideRequest) -> HttpResponse:
    """The registers that are shipped: what each is for, how sure its rules are, taken over or not."""
    place = request.place
    if request.method == "POST":
        given = request.POST
        made = take_preset(
            request.actor, agency=place.code, preset_code=given.get("bawaan", ""), code=given.get("kode", "").strip(),
            name=given.get("nama", "").strip(),
        )  # fmt: skip
        messages.success(request, _("Register %(name)s siap dipakai.") % {"name": made.name})
        return redirect(address(request, "definition", made.code))
    taken = {line.preset or line.code: line for line in registers_of(request.actor, place.code, day_asked())}
    shown = request.GET.get("lihat", "")
    chosen = preset(shown) if shown in shipped() else None
    return render(request, "registers/presets.html", {
        "tabs": tabs(request, "presets"), "crumbs": crumbs(request),
        "lines": [
            {"register": item, "taken": item.code in taken,
             "url": address(request, "definition", taken[item.code].code) if item.code in taken else "",
             "look_url": with_query(address(request, "presets"), lihat=item.code) + "#lihat",
             "chosen": chosen is not None and item.code == chosen.code}
            for item in shipped().values()
        ],
        "chosen": chosen, "picture": drawn(diagram_of(chosen), chosen.name) if chosen else "",
        "new_url": address(request, "new"), "load_url": address(request, "load-definition"),
    })  # fmt: skip


def pages_of(page: int, pages: int) -> dict[str, Any]:
    """The pages around the one that is open; nothing where there is only one."""
    if pages < 2:
        return {}
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    numbers: list[int | None] = []
    for before, number in zip([0, *near], near, strict=False):
        numbers += [None, number] if number - before > 1 else [number]
    return {
        "number": page, "last": pages, "numbers": numbers, "before": page - 1 if page > 1 else None,
        "after": page + 1 if page < pages else None,
    }  # fmt: skip


def _line(request: InsideRequest, line: RegisterLine) -> dict[str, Any]:
    records = address(request, "records", line.code)
    return {
        "line": line, "url": records if line.may_see else address(request, "figures", line.code),
        "late_url": with_query(records, hanya="late") if line.may_see else "",
        "open_url": with_query(records, hanya="open") if line.may_see else "",
        "new_url": address(request, "record-new", line.code) if line.may_open else "",
        "definition_url": address(request, "definition", line.code),
    }  # fmt: skip


def _due(request: InsideRequest, line: DueLine) -> dict[str, Any]:
    kind = _("hari kerja") if line.working else _("hari")
    words = ""
    if line.late or line.left:
        words = f"{line.late or line.left} {kind}"
    return {
        "line": line, "url": address(request, "record", line.register, line.number), "due": format_date(line.due),
        "words": words, "late": bool(line.late),
    }  # fmt: skip


def _ways(*, by_month: bool, by_unit: bool) -> list[dict[str, Any]]:
    peta, menurut = ("bulan" if by_month else ""), ("unit" if by_unit else "")
    return [
        {"title": _("14 hari"), "query": with_query("", menurut=menurut) or "?", "current": not by_month},
        {"title": _("12 bulan"), "query": with_query("", peta="bulan", menurut=menurut), "current": by_month},
        {"title": _("Menurut register"), "query": with_query("", peta=peta) or "?", "current": not by_unit},
        {"title": _("Menurut unit"), "query": with_query("", peta=peta, menurut="unit"), "current": by_unit},
    ]


def _heat(request: InsideRequest, heat: DueHeat, *, by_month: bool, by_unit: bool) -> dict[str, Any]:
    """The map as heads and rows of cells; each cell has its step of five by its share of the largest."""
    heads: list[dict[str, Any]]
    if by_month:
        heads = [{"short": short_month(month), "sub": str(year), "full": f"{month_name(month)} {year}", "worked": True}
                 for year, month in heat.months]  # fmt: skip
    else:
        heads = [{"short": str(day.day), "sub": short_month(day.month), "full": format_date(day), "worked": worked,
                  "iso": day.isoformat()} for day, worked in heat.days]  # fmt: skip
    largest = max((max(line.months if by_month else line.days, default=0) for line in heat.lines), default=0)
    rows = []
    for line in heat.lines:
        records = "" if by_unit else address(request, "records", line.key)
        amounts = line.months if by_month else line.days
        rows.append({
            "name": line.name, "overdue": line.overdue, "later": line.later,
            "late_url": with_query(records, hanya="late") if records and line.overdue else "",
            "cells": [
                {"amount": amount, "step": -(-amount * 5 // largest) if largest else 0, "head": head,
                 "url": with_query(records, jatuh=head["iso"]) if records and amount and not by_month else ""}
                for amount, head in zip(amounts, heads, strict=True)
            ],
        })  # fmt: skip
    return {"heads": heads, "rows": rows}
