"""The years of performance: which have begun and what stands in them, and how a new one is begun from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from selaras.actions.years import FIRST_YEAR, LAST_YEAR, begin_year
from selaras.core.access import Act, check
from selaras.core.errors import Refusal
from selaras.core.planning import Target
from selaras.core.planning.forward import carried_forward
from selaras.store.rows import all_tables
from selaras.store.snapshot import records_of
from selaras.store.years import Content, contents_of
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import AgencyPage, InsideRequest, inside
from selaras.web.org.frame import address, tabs


class NewYearForm(forms.Form):
    """The year that begins, and whether the plan goes along."""

    year = forms.IntegerField(label=gettext_lazy("Tahun yang dimulai"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    copy = forms.BooleanField(label=gettext_lazy("Salin target ke RKT tahun itu"), required=False, initial=True)


@dataclass(frozen=True)
class Row:
    """One year in the list."""

    year: int
    begun: bool
    current: bool
    content: Content
    url: str


@inside(methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """The years and what stands in them; with the right to it, the form that begins one."""
    place = request.place
    if request.method == "POST":
        check(request.actor, Act.CONFIGURE, place.code)
    begun = [year for year, is_begun in place.years.items() if is_begun]
    offered = _offered(place, begun, request.GET.get("mulai", ""))
    form = NewYearForm(request.POST if request.method == "POST" else None, initial={"year": offered})
    if form.is_valid() and (answer := _begin(request, form)):
        return answer
    found = contents_of(place.pk)
    rows = [
        Row(year, is_begun, year == place.year, found.get(year, Content()),
            reverse("home:overview", args=(place.code, year)))
        for year, is_begun in place.years.items()
    ]  # fmt: skip
    if wants_xlsx(request):
        heads = [_("Tahun"), _("Keadaan"), _("Target"), _("Anggaran"), _("Perjanjian"), _("Realisasi")]
        return exported(request, _("Tahun kinerja"), heads, map(_cells, rows))
    return render(request, "org/years.html", {
        "form": form, "rows": rows, "offered": offered, "may_begin": place.can["CONFIGURE"],
        "preview": _preview(place, begun, offered) if place.can["CONFIGURE"] else "", **tabs(request, "years"),
    }, status=422 if form.errors else 200)  # fmt: skip


def _cells(row: Row) -> list[Any]:
    content, state = row.content, _("Sudah dimulai") if row.begun else _("Belum dimulai")
    return [row.year, state, content.targets, content.budgets, content.agreements, content.values]


def _begin(request: InsideRequest, form: NewYearForm) -> HttpResponse | None:
    place, year = request.place, form.cleaned_data["year"]
    try:
        count = begin_year(request.actor, agency=place.code, year=year, copy=form.cleaned_data["copy"])
    except Refusal as refused:
        for words in [refused.message, *(f"{fault.sentence()}." for fault in refused.faults)]:
            form.add_error("year", words)
        return None
    told = ngettext("%(count)s target disalin ke RKT.", "%(count)s target disalin ke RKT.", count) % {"count": count}
    messages.success(request, _("Tahun %(year)s dimulai.") % {"year": year} + (f" {told}" if count else ""))
    return redirect(reverse("planning:rkt" if count else "home:overview", args=(place.code, year)))


def _offered(place: AgencyPage, begun: list[int], asked: str) -> int:
    """The year that the form proposes: the one asked for, the open one if it has not begun, else the next."""
    if asked.isdecimal() and int(asked) not in begun:
        return int(asked)
    return place.year if place.year not in begun else max(begun) + 1


def _preview(place: AgencyPage, begun: list[int], year: int) -> str:
    """What would be copied into the proposed year, in words."""
    source = max((known for known in begun if known < year), default=min(begun, default=None))
    carried = carried_forward(records_of(all_tables()[Target], place.pk, year), year, source)
    if not carried:
        return _("Belum ada target Renstra atau RKT yang dapat disalin ke tahun %(year)s.") % {"year": year}
    planned = sum(item.origin.period.year == year for item in carried)
    return _("Untuk %(year)s: %(planned)s target dari Renstra dan %(earlier)s target dari RKT %(source)s.") % {
        "year": year, "planned": planned, "earlier": len(carried) - planned, "source": source or "–",
    }  # fmt: skip


def begin_address(request: InsideRequest) -> str:
    """Where the open year is begun; empty for those who may not."""
    return f"{address(request, 'years')}?mulai={request.place.year}" if request.place.can["CONFIGURE"] else ""
