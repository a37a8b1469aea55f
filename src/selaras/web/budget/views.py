"""Absorption along the tree, versions side by side, low lines and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.spending import explain_absorption
from selaras.core.access import Act, may
from selaras.core.computed import Computed
from selaras.core.errors import Refusal
from selaras.core.numerals import format_number, format_percent, format_rupiah
from selaras.core.period import MONTHS
from selaras.core.planning import Node, NodeLevel
from selaras.core.reporting.spending import Money
from selaras.core.value import percent
from selaras.store.spending import load_money
from selaras.store.units import nearest_owner
from selaras.web.days import month_name, short_month
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside

LEVELS = {NodeLevel.PROGRAM: "program", NodeLevel.KEGIATAN: "kegiatan", NodeLevel.SUB_KEGIATAN: "sub"}


def rupiah(amount: Decimal | None) -> str:
    """An amount as people read it, with cents only where there are some."""
    if amount is None:
        return "–"
    return format_rupiah(amount, places=0 if amount == amount.to_integral_value() else 2)


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """The pages of the stage."""
    at = (request.place.code, request.place.year)
    titles = {"overview": _("Serapan"), "sheet": _("Realisasi bulanan"), "versions": _("Versi anggaran"),
              "low": _("Serapan rendah")}  # fmt: skip
    return [
        {"title": title, "url": reverse(f"budget:{name}", args=at), "current": name == current}
        for name, title in titles.items()
    ]


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """How much of the budget is spent, per node and against the plan line of a month."""
    money = load_money(request.place.code, request.place.year)
    month = _month(request, money)
    figures = money.figures
    if wants_xlsx(request):
        return _exported(request, money, month)
    through = figures.spent_through(month)
    total = figures.absorption_through(month)
    planned = money.planned(month)
    rows = [
        _row(money, node, month, through)
        for node in money.walk()
        if node.code in figures.budget or node.code in through
    ]
    context = {
        "tabs": tabs(request, "overview"), "rows": rows, "month": month,
        "months": [(number, month_name(number)) for number in range(1, 13)],
        "month_name": month_name(month), "planned": format_percent(planned), "planned_value": planned,
        "total": {
            "budget": rupiah(figures.total_budget), "absorption": total.shown(), "share": total.rounded(),
            "spent": rupiah(sum((through.get(node.code, Decimal(0)) for node in figures.programmes), Decimal(0))),
            "left": rupiah(figures.total_budget - sum((through.get(n.code, Decimal(0)) for n in figures.programmes), Decimal(0))),
            "behind": money.is_behind(total, month),
        },
        "version": figures.budget_version, "low": len(money.low), "limit": format_percent(money.limits.low_absorption),
        "chart": _chart(money), "source": money.limits.source, "empty": not figures.budget,
    }  # fmt: skip
    return render(request, "budget/overview.html", context)


@inside()
def versions(request: InsideRequest) -> HttpResponse:
    """The versions of the budget side by side, with what each changed."""
    money = load_money(request.place.code, request.place.year)
    known, amounts = money.versions, money.amounts_of_versions
    rows: list[dict[str, Any]] = [
        {
            "node": node, "level": LEVELS[node.level],
            "cells": [_version_cell(amounts, index, node.code) for index in range(len(known))],
            "changed": len({table.get(node.code) for table in amounts}) > 1,
        }
        for node in money.walk() if any(node.code in table for table in amounts)
    ]  # fmt: skip
    if request.GET.get("hanya") == "berubah":
        rows = [row for row in rows if row["changed"]]
    totals = money.totals_of_versions()
    if wants_xlsx(request):
        heads = ["Kode", "Uraian", *(version.name for version in known)]
        body = (
            [row["node"].code, row["node"].title, *(table.get(row["node"].code) for table in amounts)] for row in rows
        )
        return exported(request, "Versi anggaran", heads, body)
    context = {
        "tabs": tabs(request, "versions"), "versions": known, "rows": rows, "only": request.GET.get("hanya") == "berubah",
        "totals": [
            {"amount": rupiah(total), "delta": _delta(totals[index - 1], total) if index else None}
            for index, total in enumerate(totals)
        ],
    }  # fmt: skip
    return render(request, "budget/versions.html", context)


@inside(methods=("GET", "POST"))
def low(request: InsideRequest) -> HttpResponse:
    """Lines of which little was spent, each with what the agency says about it; a new paragraph is added here."""
    place = request.place
    if request.method == "POST":
        try:
            explain_absorption(
                request.actor, agency=place.code, year=place.year, node=request.POST.get("rincian", ""),
                text=request.POST.get("penjelasan", ""),
            )  # fmt: skip
        except Refusal as refusal:
            if not refusal.faults:
                raise
            messages.error(request, str(refusal.faults[0].sentence()))
        else:
            messages.success(request, _("Penjelasan tersimpan dan tercetak dalam laporan."))
        return redirect(reverse("budget:low", args=(place.code, place.year)))
    money = load_money(place.code, place.year, explained=True)
    figures = money.figures
    words = [item.text for item in figures.snapshot.narratives]
    tree = {node.code: (node.parent, node.owner) for node in figures.snapshot.nodes}
    rows: list[dict[str, Any]] = [
        {
            "node": node, "budget": rupiah(figures.budget[node.code]), "spent": rupiah(figures.spent.get(node.code)),
            "figure": figures.absorption(node),
            "words": [text for text in words if node.title.casefold() in text.casefold()],
            "may_explain": may(request.actor, Act.EXPLAIN, place.code, nearest_owner(node.code, tree)),
        }
        for node in money.low
    ]  # fmt: skip
    context = {
        "tabs": tabs(request, "low"), "rows": rows, "limit": format_percent(money.limits.low_absorption),
        "missing": sum(not row["words"] for row in rows), "source": money.limits.source,
        "others": [text for text in words if not any(text in row["words"] for row in rows)],
    }  # fmt: skip
    return render(request, "budget/low.html", context)


def _month(request: InsideRequest, money: Money) -> int:
    """The month that was asked for; else the last that is over in the running year, and December of years gone by."""
    asked = request.GET.get("bulan", "")
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= 12:
        return int(asked)
    today = date.today()
    return 12 if request.place.year != today.year else max(today.month - 1, money.last_month, 1)


def _row(money: Money, node: Node, month: int, through: dict[str, Decimal]) -> dict[str, Any]:
    figures = money.figures
    planned, spent = figures.budget.get(node.code), through.get(node.code)
    figure = figures.absorption_through(month, node)
    return {
        "node": node, "level": LEVELS[node.level], "budget": rupiah(planned), "spent": rupiah(spent),
        "left": rupiah(None if planned is None else planned - (spent or Decimal(0))),
        "figure": figure.shown(), "share": figure.rounded(), "why": figure.status.value if figure.value is None else "",
        "over": figure.value is not None and figure.value > 100, "behind": money.is_behind(figure, month),
        "tone": _tone(money, figure, month),
    }  # fmt: skip


def _tone(money: Money, figure: Computed, month: int) -> str:
    if figure.value is not None and figure.value > 100:
        return "bad"
    return "warn" if money.is_behind(figure, month) else ""


def _chart(money: Money) -> dict[str, Any]:
    """The absorption of the whole agency month by month beside the plan line; only where more than one month is booked."""
    months = sorted({item.month for item in money.figures.snapshot.spending})
    if len(months) < 2:
        return {}
    shown = [money.figures.absorption_through(month) for month in range(1, money.last_month + 1)]
    names = [short_month(month) for month in range(1, 13)]
    plan = [money.planned(month) for month in range(1, 13)]
    values = [figure.rounded() for figure in shown] + [None] * (12 - len(shown))
    return {
        "labels": names,
        "series": [
            {"name": _("Realisasi"), "values": values, "figures": [*[""] * (len(shown) - 1), shown[-1].shown()]},
            {"name": _("Rencana"), "values": plan, "figures": []},
        ],
        "summary": _("Sampai %(month)s terserap %(share)s, rencananya %(plan)s.") % {
            "month": month_name(money.last_month), "share": shown[-1].shown(),
            "plan": format_percent(money.planned(money.last_month)),
        },
        "rows": [
            (month_name(index + 1), shown[index].shown() if index < len(shown) else "–", format_percent(plan[index]))
            for index in range(12)
        ],
    }  # fmt: skip


def _version_cell(amounts: list[dict[str, Decimal]], index: int, code: str) -> dict[str, Any]:
    now = amounts[index].get(code)
    before = amounts[index - 1].get(code) if index else None
    return {"amount": rupiah(now), "delta": _delta(before, now) if index else None}


def _delta(before: Decimal | None, now: Decimal | None) -> dict[str, str] | None:
    """The change against the version before, None where there is none."""
    if before == now:
        return None
    change = (now or Decimal(0)) - (before or Decimal(0))
    share = f" ({format_number(abs(change) * 100 / before, places=1)}%)" if before else ""
    word = _("baru") if before is None else _("dihapus") if now is None else rupiah(abs(change)) + share
    return {"words": word, "direction": "naik" if change > 0 else "turun"}


def _exported(request: InsideRequest, money: Money, month: int) -> HttpResponse:
    figures, through = money.figures, money.figures.spent_through(month)
    heads = [
        "Kode",
        "Tingkat",
        "Uraian",
        "Pagu (Rp)",
        f"Realisasi s.d. {MONTHS[month - 1]} (Rp)",
        "Serapan",
        "Rencana",
    ]
    body = (
        [node.code, node.level.value, node.title, figures.budget.get(node.code), through.get(node.code),
         figures.absorption_through(month, node), percent(money.planned(month))]
        for node in money.walk()
    )  # fmt: skip
    return exported(request, "Serapan anggaran", heads, body)
