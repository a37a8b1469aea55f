"""The board of all units: state, score, change, progress, what is open; opened and taken away many at once."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.evaluations import open_evaluation, open_many
from selaras.core.access import Act, may_somewhere
from selaras.core.calendar import parse_date
from selaras.core.errors import Refusal
from selaras.store.evaluation_board import board as rows_of
from selaras.store.instruments import template_choices
from selaras.web.evaluation.board import (
    UNOPENED,
    WHOLE,
    active_of,
    cells_of,
    chosen,
    heads,
    line_of,
    tiles_of,
)
from selaras.web.evaluation.papers import bundle_of
from selaras.web.evaluation.words import STATES
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside

PER_PAGE = 100
FILTERS = ("cari", "status", "predikat", "milik", "urut")


@inside()
def board(request: InsideRequest) -> HttpResponse:
    """Every unit that the person may see, with its evaluation of the year."""
    place, today = request.place, timezone.localdate()
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    every = rows_of(request.actor, place.year, place.code)
    rows = chosen(every, asked)
    if wants_xlsx(request):
        return exported(request, _("Evaluasi"), heads(), map(cells_of, rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    letters = dict.fromkeys(row.predicate.letter for row in every if row.predicate)
    may_open = any(row.may_open for row in every)
    return render(request, "evaluation/board.html", {
        "page": page, "lines": [line_of(request, row, today) for row in page], "asked": asked, "sort": asked["urut"],
        "tiles": tiles_of(every, reverse("evaluation:board", args=(place.code, place.year))),
        "active": active_of(request, asked), "states": [(state.value, label) for state, label in STATES.items()],
        "unopened": UNOPENED, "letters": list(letters), "may_open": may_open, "bulk": _bulk(request, may_open=may_open),
        "is_evaluator": may_somewhere(request.actor, Act.EVALUATE, place.code),
    })  # fmt: skip


@inside(methods=("POST",))
def act_on_many(request: InsideRequest) -> HttpResponse:
    """Open the chosen units' evaluations, or take their letters away as one file."""
    place, given = request.place, request.POST
    units = ["" if unit == WHOLE else unit for unit in given.getlist("pilih")]
    if not units:
        raise Refusal(_("Pilih unitnya dahulu."))
    if given.get("tindakan") == "unduh":
        wanted = {row.unit: row.evaluation for row in rows_of(request.actor, place.year, place.code)}
        chosen_ones = [pk for unit in units if (pk := wanted.get(unit)) is not None]
        return bundle_of(request, chosen_ones, drafts="draf" in given)
    due = parse_date(given["tenggat"]) if given.get("tenggat", "").strip() else None
    url = reverse("evaluation:board", args=(place.code, place.year))
    template = given.get("instrumen", "")
    if len(units) == 1:
        row = open_evaluation(
            request.actor, agency=place.code, year=place.year, unit=units[0], template=template, due=due, url=url
        )
        messages.success(request, _("Evaluasi dibuka."))
        return redirect("evaluation:sheet", place.code, place.year, row.pk)
    made = open_many(
        request.actor, agency=place.code, year=place.year, units=units, template=template, due=due, url=url
    )
    told = ngettext("%(count)s evaluasi dibuka.", "%(count)s evaluasi dibuka.", len(made)) % {"count": len(made)}
    messages.success(request, told)
    return redirect(url)


def _bulk(request: InsideRequest, *, may_open: bool) -> str:
    known = template_choices(request.place.code) if may_open else ()
    return render_to_string("evaluation/part_bulk.html", {"templates": known, "may_open": may_open})
