"""The overview of the year's documents: how far each is, what is due, how the chapters stand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.deadlines import due_days, name_of
from selaras.core.numerals import format_number
from selaras.core.org import AgencyKind
from selaras.rulebook.deadlines import load_deadlines
from selaras.store.duties import deadlines_of
from selaras.store.editions import editions_of_year, reviews_without_results
from selaras.store.models import ChapterTask, Narrative, ReportEdition
from selaras.store.models.work import ChapterState
from selaras.store.writing import settings_of
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import AgencyPage, InsideRequest, inside
from selaras.web.reporting.documents import DocumentLine, choices, lines, shown_state, steps
from selaras.web.reporting.drafts import sections_for
from selaras.web.reporting.navigation import tabs
from selaras.web.reporting.views_chapters import standing
from selaras.web.templatetags.ui import state_word

REPORT, INTERIM = "laporan", "interim"
"""How deadlines of reports begin, and what those within the year are called: the overview is about the annual one."""


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """Documents of the year with their state, the road of the annual report, deadlines and chapters."""
    place = request.place
    editions = list(editions_of_year(place.pk, place.year).prefetch_related(reviews_without_results()))
    if wants_xlsx(request):
        heads = [_("Dokumen"), _("Periode"), _("Keadaan"), _("Edisi"), _("Jumlah edisi"), _("Dibekukan"), _("Terbit")]
        return exported(request, _("Daftar laporan"), heads, map(_cells, lines(place.year, editions)))
    report = max((item for item in editions if item.kind == "lkjip"), key=lambda item: item.version, default=None)
    return render(request, "reporting/overview.html", {
        "tabs": tabs(place, "overview"), "documents": lines(place.year, editions), "report": report,
        "report_state": shown_state(report) if report else "belum", "steps": steps(report),
        "chapters": _chapters(place.pk, place.year), "deadlines": _deadlines(place, report),
        "choices": choices(place.year), "me": request.actor.login,
    })  # fmt: skip


def _cells(line: DocumentLine) -> list[Any]:
    newest = line.newest
    return [
        line.name, line.period, state_word(line.state), newest.version if newest else None, line.versions or None,
        newest.frozen_at if newest else None, newest.published_at if newest else None,
    ]  # fmt: skip


def _chapters(agency: int, year: int) -> dict[str, Any]:
    sections = [item for item in sections_for(settings_of(agency, year)) if item.narrated]
    tasks = {task.section: task for task in ChapterTask.objects.filter(agency_id=agency, year=year)}
    words = Counter(Narrative.objects.filter(agency_id=agency, year=year).values_list("section", flat=True))
    states = Counter(standing(tasks.get(item.key), sum(words[key] for key in item.narrated)) for item in sections)
    done, writing, total = states[ChapterState.DONE], states[ChapterState.WRITING], len(sections)
    share = done * 100 / total if total else 0
    return {
        "done": done, "writing": writing, "total": total, "share": share,
        "words": f"{done} / {total}",
    }  # fmt: skip


def _deadlines(place: AgencyPage, report: ReportEdition | None) -> list[dict[str, Any]]:
    today = timezone.localdate()
    # counted from the end of its year: the day of the budget, a query more, has no part in it
    rules = load_deadlines(date(place.year, 12, 31))
    dues = due_days(rules, AgencyKind(place.kind), place.year, own=deadlines_of(place.pk, place.year))
    return [
        {"what": name_of(slot.what) if due.own else _("%(what)s (usulan)") % {"what": name_of(slot.what)},
         "due": format_date(due.day), **_left(due.day, today, report)}
        for slot, due in dues.items() if slot.what.startswith(REPORT) and INTERIM not in slot.what
    ]  # fmt: skip


def _left(due: date, today: date, report: ReportEdition | None) -> dict[str, Any]:
    if report is not None and report.published_at is not None:
        return {"late": False, "days": None}
    days = (due - today).days
    return {"late": days < 0, "days": abs(days), "away": format_number(Decimal(abs(days)))}
