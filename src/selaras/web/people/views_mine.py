"""One's own SKPs of the year, the teams one stands in, and the beginning of a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.people import create_plan
from selaras.core.access import Act
from selaras.core.calendar import format_date
from selaras.core.org import Capacity
from selaras.core.people.skp import CYCLES, Method, SkpState
from selaras.core.period import Span
from selaras.store.people_places import places_for, teams_of
from selaras.store.people_team import PlanLine, my_plans
from selaras.web.core_words import word
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, course, predicate_look, state_look, stretch, tabs
from selaras.web.people.given import chosen, day_of
from selaras.web.people.words import METHODS

NEXT: dict[SkpState, tuple[str, Any]] = {
    SkpState.DRAFT: ("plan", gettext_lazy("Lengkapi dan ajukan")),
    SkpState.PROPOSED: ("plan", gettext_lazy("Lihat yang diajukan")),
    SkpState.AGREED: ("talk", gettext_lazy("Dialog dan umpan balik")),
    SkpState.EVALUATED: ("rating", gettext_lazy("Lihat penilaian")),
    SkpState.OBJECTED: ("rating", gettext_lazy("Lihat keberatan")),
    SkpState.FINAL: ("rating", gettext_lazy("Lihat hasil akhir")),
}


@inside(Act.KEEP_SKP)
def overview(request: InsideRequest) -> HttpResponse:
    """The own plans of the year with what comes next, and the teams the person stands in."""
    place = request.place
    lines = my_plans(request.actor, place.code, place.year)
    return render(request, "people/mine.html", {
        "tabs": tabs(request, "mine"), "lines": [line_of(request, line) for line in lines],
        "create_url": address(request, "create"),
        "teams": [
            {"title": title, "url": address(request, "matrix", code)}
            for code, title in teams_of(request.actor, place.code, place.year)
        ],
    })  # fmt: skip


@inside(Act.KEEP_SKP, methods=("GET", "POST"))
def create(request: InsideRequest) -> HttpResponse:
    """Begin an own plan; the rows that its sources give stand in it at once."""
    place, given = request.place, request.POST
    me, positions = places_for(request.actor, place.code)
    if request.method == "POST":
        plan = create_plan(
            request.actor, agency=place.code, year=place.year, position=given.get("jabatan", ""), employee=me.employee,
            method=chosen(Method, given.get("metode", Method.QUANTITATIVE.value), _("Pendekatan")),
            cycle=chosen(Span, given.get("periode", Span.QUARTER.value), _("Periode penilaian")),
            capacity=chosen(Capacity, given.get("kedudukan", Capacity.DEFINITIVE.value), _("Kedudukan")),
            since=day_of(given["mulai"], _("Mulai")) if given.get("mulai") else None,
            until=day_of(given["sampai"], _("Sampai")) if given.get("sampai") else None,
        )  # fmt: skip
        messages.success(request, _("SKP dibuat."))
        return redirect(address(request, "plan", plan.code))
    return render(request, "people/create.html", {
        "crumbs": [(_("SKP saya"), address(request, "mine")), (_("Buat SKP"), "")], "positions": positions,
        "methods": [(item.value, METHODS[item]) for item in Method],
        "cycles": [(item.value, word(item.value).capitalize()) for item in (Span.QUARTER, Span.MONTH) if item in CYCLES],
        "capacities": [item.value for item in Capacity],
        "first_day": f"{place.year}-01-01", "last_day": f"{place.year}-12-31",
        "empty_text": _("Akun ini belum dihubungkan dengan pegawai atau jabatan. Mintalah pengelola kepegawaian menghubungkannya."),
    })  # fmt: skip


def line_of(request: InsideRequest, line: PlanLine) -> dict[str, Any]:
    """One plan as a list shows it."""
    code = line.plan.code
    name, words = NEXT[line.plan.state]
    return {
        "plan": line.plan, "who": line.who, "assessor": line.assessor, "rows": line.rows, "feedback": line.feedback,
        "last": format_date(line.last_feedback) if line.last_feedback else "", "objected": line.objected,
        "note": line.note, "stretch": stretch(line.plan), "state": state_look(line.plan.state),
        "steps": course(line.plan.state, objected=line.objected), "predicate": predicate_look(line.predicate),
        "url": address(request, "plan", code), "next": words, "next_url": address(request, name, code),
        "matrix_url": address(request, "matrix", code),
    }  # fmt: skip
