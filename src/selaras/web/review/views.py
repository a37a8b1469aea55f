"""The list of reviews, taking in a report, and the summary over many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.reviews import open_review
from selaras.core.access import Act, may
from selaras.core.errors import Refusal
from selaras.core.finding import Severity
from selaras.core.reporting.finding_words import kind_word
from selaras.store.models.work import ReviewState
from selaras.store.reviews import summaries, visible
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.review.forms import ACCEPT, ReportForm, handed_in

PER_PAGE = 25
MOST_BYTES = 50 * 2**20
STATES: dict[str, tuple[str, str, Any]] = {
    ReviewState.READING.value: ("info", "refresh", gettext_lazy("Sedang dibaca")),
    ReviewState.OPEN.value: ("info", "review", gettext_lazy("Direviu")),
    ReviewState.RETURNED.value: ("bad", "return", gettext_lazy("Dikembalikan")),
    ReviewState.DONE.value: ("good", "check", gettext_lazy("Selesai")),
    ReviewState.FAILED.value: ("bad", "x-circle", gettext_lazy("Gagal dibaca")),
}


WAITING = ("warn", "clock", gettext_lazy("Menunggu"))


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One review in the list."""

    pk: int
    title: str
    unit: str
    year: int | None
    state: str
    counts: dict[str, int]
    when: str
    by: str
    own: bool
    started: bool

    @property
    def about(self) -> str:
        """Whose report of which year it is, and whether it was made here."""
        parts = (self.unit, str(self.year or ""), _("dari Selaras") if self.own else "")
        return " · ".join(part for part in parts if part)

    @property
    def look(self) -> tuple[str, str, Any]:
        """Tone, icon and words of the state."""
        if self.state == ReviewState.READING.value and not self.started:
            return WAITING
        return STATES.get(self.state, ("none", "clock", self.state))


@inside()
def cases(request: InsideRequest) -> HttpResponse:
    """Every review that the person may see, newest first."""
    rows = visible(request.actor, request.place.code)
    state, words = request.GET.get("keadaan", ""), request.GET.get("cari", "").strip()
    rows = rows.filter(state=state) if state in STATES else rows
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(result__unit__icontains=word))
    if wants_xlsx(request):
        return exported(request, _("Reviu"), _heads(), map(_cells, summaries(rows)))
    page = Paginator(summaries(rows), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "review/cases.html", {
        "page": page, "lines": [_line(row) for row in page.object_list], "state": state, "words": words,
        "states": [(key, look[2]) for key, look in STATES.items()],
        "may_review": may(request.actor, Act.REVIEW, request.place.code),
    })  # fmt: skip


@inside(Act.REVIEW, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """Take in a report of anybody's, with documents to hold it against."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    missing = False
    if request.method == "POST" and form.is_valid():
        report = request.FILES.get("laporan")
        missing = report is None
        if report is not None:
            try:
                with handed_in(report, *request.FILES.getlist("pembanding")) as (main, *others):
                    case = open_review(
                        request.actor, agency=request.place.code, report=main, title=form.cleaned_data["title"],
                        year=form.cleaned_data["year"], others=others,
                    )  # fmt: skip
            except Refusal as told:
                if not told.faults:
                    raise
                refusal = told
            else:
                return redirect("review:case", request.place.code, request.place.year, case.pk)
    status = 422 if refusal or missing or form.errors else 200
    return render(request, "review/new.html", {
        "form": form, "refusal": refusal, "missing": missing, "accept": ACCEPT, "most_bytes": MOST_BYTES,
    }, status=status)  # fmt: skip


@inside(Act.REVIEW)
def summary(request: InsideRequest) -> HttpResponse:
    """What was found over all reviews: by kind, by severity, and the common faults of each agency."""
    rows = [row for row in summaries(visible(request.actor, request.place.code)) if row["result__counts"]]
    kinds: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    agencies: dict[str, dict[str, Any]] = {}
    for row in rows:
        kinds.update(row["result__kinds"])
        reports.update(row["result__kinds"].keys())
        totals.update(row["result__counts"])
        one = agencies.setdefault(
            row["result__unit"] or _("Instansi tidak dikenali"), {"kinds": Counter(), "cases": []}
        )
        one["kinds"].update(row["result__kinds"])
        one["cases"].append(row)
    if wants_xlsx(request):
        heads = [_("Jenis"), _("Temuan"), _("Laporan")]
        body = ([kind_word(kind), count, reports[kind]] for kind, count in kinds.most_common())
        return exported(request, _("Ringkasan reviu"), heads, body)
    return render(request, "review/summary.html", {
        "reports": len(rows), "totals": totals,
        "kinds": [(kind_word(kind), count, reports[kind]) for kind, count in kinds.most_common()],
        "agencies": [_agency(name, one) for name, one in sorted(agencies.items())],
    })  # fmt: skip


def _agency(name: str, one: dict[str, Any]) -> dict[str, Any]:
    errors = sum(row["result__counts"].get(Severity.ERROR.value, 0) for row in one["cases"])
    common = [f"{kind_word(kind)} ({count})" for kind, count in one["kinds"].most_common(4)]
    return {
        "name": name, "reports": len(one["cases"]), "errors": errors, "findings": one["kinds"].total(),
        "common": ", ".join(common) or "–",
    }  # fmt: skip


def _heads() -> list[str]:
    return [
        _("Laporan"), _("Instansi"), _("Tahun"), _("Dari Selaras"), _("Keadaan"), _("Kesalahan"), _("Peringatan"),
        _("Catatan"), _("Dibuka"), _("Dibuka oleh"),
    ]  # fmt: skip


def _cells(row: dict[str, Any]) -> list[Any]:
    line, counts = _line(row), row["result__counts"] or {}
    return [
        line.title, line.unit, line.year, _("ya") if line.own else _("tidak"), str(line.look[2]),
        *(counts.get(level.value, 0) for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)), row["opened_at"],
        line.by,
    ]  # fmt: skip


def _line(row: dict[str, Any]) -> CaseLine:
    return CaseLine(
        row["pk"], row["title"], row["result__unit"] or "", row["year"], row["state"], row["result__counts"] or {},
        format_date(localtime(row["opened_at"]).date()), row["opened_by"], row["edition_id"] is not None,
        bool(row["result__started"]),
    )  # fmt: skip
