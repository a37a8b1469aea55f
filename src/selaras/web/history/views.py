"""Old reports: the list, taking one in, and its figures beside the pages on which they stand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.reviews import open_old_report
from selaras.core.access import Act
from selaras.core.errors import Refusal
from selaras.core.planning import FundSource, Indicator, Node
from selaras.store.models import ReviewCase
from selaras.store.models.work import ReadingState, ReviewState
from selaras.store.old_figures import readings_of
from selaras.store.records import options
from selaras.store.reviews import TEXT_FILE, case_folder, foreign_name, old_report, old_reports, visible
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.history.figure_page import CLASH, READY, Figure, chosen, figures_of, sheet_for, tally
from selaras.web.review.forms import ACCEPT, ReportForm, handed_in
from selaras.web.review.marked_text import linked
from selaras.web.review.views import MOST_BYTES, STATES
from selaras.web.review.views_case import UNREAD, number_of, reading_context, urls_of
from selaras.web.review.views_files import as_attachment, page_picture

STAGE = "history"
FILTERS = (
    ("", gettext_lazy("Semua")), (ReadingState.WAITING.value, gettext_lazy("Menunggu")),
    (READY, gettext_lazy("Siap ditetapkan")), (CLASH, gettext_lazy("Perlu dilihat")),
    (ReadingState.CONFIRMED.value, gettext_lazy("Dikonfirmasi")),
    (ReadingState.CORRECTED.value, gettext_lazy("Diperbaiki")), (ReadingState.REFUSED.value, gettext_lazy("Ditolak")),
)  # fmt: skip


@inside(Act.CONFIRM_HISTORY)
def overview(request: InsideRequest) -> HttpResponse:
    """The old reports with how far their figures are, and reviewed ones whose figures could be taken over."""
    rows = (
        old_reports(request.place.code)
        .annotate(
            figures=Count("readings", distinct=True),
            waiting=Count("readings", distinct=True, filter=Q(readings__state=ReadingState.WAITING.value)),
            taken=Count("readings", distinct=True, filter=~Q(readings__settled="")),
        )
        .defer("result")
        .order_by("-year", "-pk")
    )
    reports = [
        {
            "row": row, "look": STATES[row.state], "when": format_date(localtime(row.opened_at).date()),
            "figures": row.figures, "waiting": row.waiting, "taken": row.taken,
        }
        for row in rows
    ]  # fmt: skip
    if wants_xlsx(request):
        heads = [_("Laporan"), _("Tahun"), _("Keadaan"), _("Angka"), _("Menunggu"), _("Ditetapkan"), _("Diunggah")]
        body = (
            [row.title, row.year, str(STATES[row.state][2]), row.figures, row.waiting, row.taken, row.opened_at]
            for row in rows
        )
        return exported(request, _("Laporan lama"), heads, body)
    known = {row.pk for row in rows}
    more = [
        row for row in visible(request.actor, request.place.code) if row.pk not in known and row.state not in UNREAD
    ]
    return render(request, "history/overview.html", {"reports": reports, "more": more})


@inside(Act.CONFIRM_HISTORY, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """Take in a report of an earlier year."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    missing = False
    if request.method == "POST" and form.is_valid():
        report = request.FILES.get("laporan")
        missing = report is None
        if report is not None:
            try:
                with handed_in(report) as (main,):
                    case = open_old_report(
                        request.actor, agency=request.place.code, report=main, title=form.cleaned_data["title"],
                        year=form.cleaned_data["year"],
                    )  # fmt: skip
            except Refusal as told:
                if not told.faults:
                    raise
                refusal = told
            else:
                return redirect("history:case", request.place.code, request.place.year, case.pk)
    status = 422 if refusal or missing or form.errors else 200
    return render(request, "history/new.html", {
        "form": form, "refusal": refusal, "missing": missing, "accept": ACCEPT, "most_bytes": MOST_BYTES,
    }, status=status)  # fmt: skip


@inside(Act.CONFIRM_HISTORY)
def figures(request: InsideRequest, case: int) -> HttpResponse:
    """The figures with the chosen one beside its page; for htmx only the part about the chosen one."""
    row = old_report(request.place.code, case)
    if row.state in UNREAD:
        return render(request, "review/reading.html", reading_context(request, row, STAGE))
    context = figures_context(request, row)
    part = bool(request.htmx) and request.htmx.target == "panel"
    return render(request, "history/_panel.html" if part else "history/figures.html", context)


@inside(Act.CONFIRM_HISTORY)
def state(request: InsideRequest, case: int) -> HttpResponse:
    """How far reading is; when it is over the page is loaded anew."""
    row = old_report(request.place.code, case)
    answer = render(request, "review/_state.html", reading_context(request, row, STAGE))
    if row.state != ReviewState.READING.value:
        answer["HX-Refresh"] = "true"
    return answer


@inside(Act.CONFIRM_HISTORY)
def picture(request: InsideRequest, case: int, page: int) -> HttpResponse:
    """The picture of one page."""
    return page_picture(old_report(request.place.code, case), page)


@inside(Act.CONFIRM_HISTORY)
def original(request: InsideRequest, case: int) -> HttpResponse:
    """The report as it came in."""
    return as_attachment(old_report(request.place.code, case))


def figures_context(request: InsideRequest, row: ReviewCase, reading: int = 0) -> dict[str, Any]:
    """Everything that the page shows; `reading` chooses the figure where the address does not."""
    every = figures_of(request.place.pk, list(readings_of(row.pk)), row.result.get("file", ""))
    asked = {"keadaan": request.GET.get("keadaan", ""), "cari": request.GET.get("cari", "")}
    shown = chosen(every, asked["keadaan"], asked["cari"])
    wanted = number_of(request.GET.get("angka"), reading)
    current = next((item for item in every if item.row.pk == wanted), shown[0] if shown else None)
    foreign = foreign_name(row)
    kept = {name: value for name, value in asked.items() if value}
    base = f"{reverse('history:case', args=(request.place.code, request.place.year, row.pk))}?"
    return {
        "case": row, "look": STATES[row.state], "figures": shown, "groups": _groups(shown), "asked": asked,
        "filters": FILTERS, "counts": tally(every), "foreign": foreign,
        "ready": [] if foreign else [item.row.pk for item in every if item.is_ready],
        "base": base, "query": urlencode(kept) + "&" if kept else "", "urls": urls_of(request, row, STAGE),
        "current": current, "notes": row.result.get("notes", []),
        "choices": options(Node if current.is_money else Indicator, request.place.pk) if current else [],
        "funds": [source.value for source in FundSource],
        **(_beside(request, row, every, current, base) if current else {}),
    }  # fmt: skip


def _beside(request: InsideRequest, row: ReviewCase, every: list[Figure], current: Figure, base: str) -> dict[str, Any]:
    sizes = row.result.get("sheets", [])
    page = number_of(request.GET.get("halaman"), current.page or 1)
    pages = list(dict.fromkeys(place.page for place in current.places if place.page))
    return {
        "sheet": sheet_for(sizes, page, every, current, base) if sizes else None, "pages": pages, "page_now": page,
        "text": "" if sizes else _text(row),
    }  # fmt: skip


def _text(row: ReviewCase) -> str:
    """The text of a report without pages; we wrote it and escaped every word in it."""
    path = case_folder(row.agency.code, row.pk) / TEXT_FILE
    return mark_safe(linked(path.read_text("utf-8"), "", ())) if path.is_file() else ""  # noqa: S308


def _groups(figures: list[Figure]) -> list[tuple[str, list[Figure]]]:
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.row.wording, []).append(figure)
    return list(groups.items())
