"""Realisation of the budget month by month: a sheet, its cells, and the plain form of one amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.spending import record_spending
from selaras.core.access import Act, may
from selaras.core.errors import AmbiguousNumber, Conflict, NotFound, Refusal, UnreadableNumber
from selaras.core.numerals import NumberHint, format_number, read_amount
from selaras.core.period import MONTHS
from selaras.core.planning import Node, NodeLevel
from selaras.core.reporting.spending import Money
from selaras.documents.workbook.values import plain_text
from selaras.store.rows import shown
from selaras.store.spending import load_money
from selaras.store.units import nearest_owner
from selaras.web.budget.views import LEVELS, rupiah, tabs
from selaras.web.days import month_name, short_month
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.middleware import status_of
from selaras.web.records.views import events_of

AMOUNT = "jumlah"
MOST_LINES = 60
"""A sheet with more lines than this opens at its first programme."""


@dataclass(frozen=True)
class MoneyCell:
    """One month of one line."""

    node: Node
    month: int
    amount: Decimal | None
    is_leaf: bool
    sum: Decimal | None

    @property
    def text(self) -> str:
        """The amount to look at."""
        return "" if self.amount is None else bare(self.amount)

    @property
    def exact(self) -> str:
        """The amount as it is read back."""
        return "" if self.amount is None else plain_text(self.amount)

    @property
    def seen(self) -> str:
        """What the person sees now."""
        return shown(self.amount)

    @property
    def total(self) -> str:
        """The sum of a line above others."""
        return bare(self.sum) if self.sum is not None else "–"

    @property
    def month_name(self) -> str:
        """The month in words."""
        return month_name(self.month)


def bare(amount: Decimal) -> str:
    """An amount without the currency sign, in a table whose head names it."""
    return format_number(amount, places=0 if amount == amount.to_integral_value() else 2)


@inside()
def sheet(request: InsideRequest) -> HttpResponse:
    """Programmes, kegiatan and sub kegiatan with a cell per month; sums upward come from the server."""
    place = request.place
    money = load_money(place.code, place.year)
    programmes = money.figures.level(NodeLevel.PROGRAM)
    every = list(money.walk())
    asked = request.GET.get("program", "")
    top = asked if asked in {node.code for node in programmes} else ""
    if not asked and len(every) > MOST_LINES and programmes:
        top = programmes[0].code
    words = request.GET.get("cari", "").strip()
    lines = [node for node in every if node in _within(money, top, words)]
    if wants_xlsx(request):
        return _exported(request, money, lines)
    context = {
        "tabs": tabs(request, "sheet"), "programmes": programmes, "top": top, "words": words,
        "months": [short_month(month) for month in range(1, 13)], "rows": [_line(request, money, node) for node in lines],
        "totals": [bare(money.total(month)) for month in range(1, 13)], "year_total": bare(money.figures.total_spent),
        "total_budget": bare(money.figures.total_budget), "total_absorption": money.figures.total_absorption.shown(),
        "empty": not every,
    }  # fmt: skip
    return render(request, "budget/sheet.html", context)


@inside(methods=("POST",))
def save(request: InsideRequest) -> HttpResponse:
    """Save one amount; the answer brings every sum that it changed."""
    place, given = request.place, request.POST
    code, text = given.get("rincian", ""), given.get(AMOUNT, "")
    month = int(given["bulan"]) if given.get("bulan", "").isascii() and given.get("bulan", "").isdigit() else 0
    try:
        amount = read_amount(text, hint=NumberHint.RUPIAH)
        record_spending(
            request.actor, agency=place.code, node=code, year=place.year, month=month, amount=amount,
            seen=given.get("terlihat"), reason=given.get("alasan", "")[:500],
        )  # fmt: skip
    except AmbiguousNumber as question:
        return JsonResponse({"words": question.question, "choices": []}, status=422)
    except UnreadableNumber as refusal:
        return JsonResponse({"words": refusal.faults[0].sentence(), "choices": []}, status=422)
    except Conflict as conflict:
        return _clash(load_money(place.code, place.year), code, month, conflict)
    except Refusal as refusal:
        words = " ".join(fault.sentence() for fault in refusal.faults) or refusal.message
        return JsonResponse({"words": words, "choices": []}, status=status_of(refusal))
    return JsonResponse(_answer(load_money(place.code, place.year), code, month))


class AmountForm(forms.Form):
    """One amount; after `is_valid()` it stands in `amount`."""

    jumlah = forms.CharField(label=gettext_lazy("Realisasi bulan ini"), required=False)
    alasan = forms.CharField(label=gettext_lazy("Alasan perubahan"), required=False, max_length=500)
    amount: Decimal | None = None

    def clean_jumlah(self) -> str:
        """Read the amount as rupiah."""
        text = str(self.cleaned_data["jumlah"])
        try:
            self.amount = read_amount(text, hint=NumberHint.RUPIAH)
        except (AmbiguousNumber, UnreadableNumber) as refusal:
            raise forms.ValidationError(refusal.faults[0].sentence()) from refusal
        return text


@inside(methods=("GET", "POST"))
def amount(request: InsideRequest, node: str, month: int) -> HttpResponse:
    """The plain form of one amount, with its history."""
    place = request.place
    money = load_money(place.code, place.year)
    found = money.figures.nodes.get(node)
    if found is None or not 1 <= month <= 12 or found.level not in LEVELS:
        raise NotFound(_("Rincian %(code)s bulan %(month)s tidak ditemukan.") % {"code": node, "month": month})
    stands = money.entered.get((node, month))
    form = AmountForm(request.POST or None, initial={AMOUNT: "" if stands is None else plain_text(stands)})
    back = reverse("budget:sheet", args=(place.code, place.year))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            record_spending(
                request.actor, agency=place.code, node=node, year=place.year, month=month, amount=form.amount,
                seen=request.POST.get("terlihat"), reason=form.cleaned_data["alasan"],
            )  # fmt: skip
        except Conflict as refusal:
            conflict = refusal
        except Refusal as refusal:
            if not refusal.faults:
                raise
            form.add_error(AMOUNT, refusal.faults[0].sentence())
        else:
            messages.success(request, _("Tersimpan."))
            return redirect(back)
    events = events_of(place.code, "Spending", f"{node} {place.year} {month}")
    context = {
        "node": found, "month_name": month_name(month), "form": form, "conflict": conflict, "back": back,
        "seen": shown(stands), "budget": rupiah(money.figures.budget.get(node)), "events": events,
        "spent": rupiah(money.figures.spent.get(node)), "figure": money.figures.absorption(found),
        "may_edit": money.is_leaf(found) and may(request.actor, Act.SPEND, place.code, _unit(money, found)),
        "crumbs": [
            (_("Anggaran"), reverse("budget:overview", args=(place.code, place.year))),
            (_("Realisasi bulanan"), back), (node, ""),
        ],
    }  # fmt: skip
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "budget/amount.html", context, status=status)


def _within(money: Money, top: str, words: str) -> set[Node]:
    """The lines of one programme whose title or code holds every word, with the lines above them."""
    asked = words.casefold().split()
    found: set[Node] = set()
    for node in money.walk(top):
        if all(word in f"{node.code} {node.number} {node.title}".casefold() for word in asked):
            found |= {node, *money.above(node)}
    return found


def _line(request: InsideRequest, money: Money, node: Node) -> dict[str, Any]:
    leaf = money.is_leaf(node)
    figures = money.figures
    return {
        "node": node, "level": LEVELS[node.level], "is_leaf": leaf,
        "may_edit": leaf and may(request.actor, Act.SPEND, request.place.code, _unit(money, node)),
        "budget": bare(figures.budget[node.code]) if node.code in figures.budget else "–",
        "cells": [
            MoneyCell(node, month, money.entered.get((node.code, month)), leaf, money.by_month[month].get(node.code))
            for month in range(1, 13)
        ],
        "spent": bare(figures.spent[node.code]) if node.code in figures.spent else "–",
        "absorption": figures.absorption(node).shown(),
    }  # fmt: skip


def _unit(money: Money, node: Node) -> str:
    return nearest_owner(node.code, {item.code: (item.parent, item.owner) for item in money.figures.snapshot.nodes})


def _answer(money: Money, code: str, month: int) -> dict[str, Any]:
    figures, node = money.figures, money.figures.nodes[code]
    amount = money.entered.get((code, month))
    changed = {}
    for one in (node, *money.above(node)):
        if one.code != code:
            changed[f"b:{one.code}:{month}"] = bare(money.by_month[month].get(one.code, Decimal(0)))
        changed[f"t:{one.code}"] = bare(figures.spent[one.code]) if one.code in figures.spent else "–"
        changed[f"s:{one.code}"] = figures.absorption(one).shown()
    changed[f"b::{month}"] = bare(money.total(month))
    changed |= {"t:": bare(figures.total_spent), "s:": figures.total_absorption.shown()}
    words = _("Tersimpan pukul %(time)s") % {"time": f"{localtime(now()):%H.%M}"}
    words += _(", dibaca %(amount)s.") % {"amount": rupiah(amount)} if amount is not None else _(", dikosongkan.")
    return {**_stands(amount), "words": words, "html": changed, "remarks": _remarks(money, node, amount)}


def _remarks(money: Money, node: Node, amount: Decimal | None) -> list[str]:
    """What is odd about an amount but may be right: below zero, or more than the budget in the end."""
    found = []
    if amount is not None and amount < 0:
        found.append(_("Jumlah di bawah nol dicatat sebagai pengembalian."))
    figure = money.figures.absorption(node)
    if figure.value is not None and figure.value > 100:
        found.append(_("Realisasi %(share)s melebihi pagu %(budget)s.") % {
            "share": figure.shown(), "budget": rupiah(money.figures.budget.get(node.code))})  # fmt: skip
    elif figure.value is None and amount is not None:
        found.append(_("Rincian ini belum mempunyai pagu."))
    return found


def _stands(amount: Decimal | None) -> dict[str, Any]:
    text = {"text": "" if amount is None else bare(amount), "exact": "" if amount is None else plain_text(amount)}
    return {"inputs": {AMOUNT: text}, "seen": shown(amount)}


def _clash(money: Money, code: str, month: int, conflict: Conflict) -> HttpResponse:
    stands = money.entered.get((code, month))
    given = conflict.clashes[0].given
    body = {
        "words": conflict.message, "by": conflict.by, "mine": rupiah(Decimal(given)) if given else _("(kosong)"),
        "theirs": rupiah(stands) if stands is not None else _("(kosong)"), "stands": _stands(stands),
    }  # fmt: skip
    return JsonResponse(body, status=409)


def _exported(request: InsideRequest, money: Money, lines: list[Node]) -> HttpResponse:
    heads = [
        "Kode",
        "Tingkat",
        "Uraian",
        "Pagu (Rp)",
        *(f"{name} (Rp)" for name in MONTHS),
        "Jumlah (Rp)",
        "Serapan",
    ]
    body = (
        [
            node.code, node.level.value, node.title, money.figures.budget.get(node.code),
            *(money.by_month[month].get(node.code) for month in range(1, 13)), money.figures.spent.get(node.code),
            money.figures.absorption(node),
        ]
        for node in lines
    )  # fmt: skip
    return exported(request, "Realisasi anggaran", heads, body)
