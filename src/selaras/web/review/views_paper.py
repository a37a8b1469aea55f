"""The working paper: the checklist with what was found on each point, answered by the reviewer, and the blank statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.reviews import ANSWERS, answer_point
from selaras.core.access import Act, may
from selaras.core.errors import NotFound
from selaras.core.law import ChecklistItem
from selaras.core.reporting.working_paper import BEARING, bearing, statement
from selaras.rulebook import load
from selaras.store.models import ReviewCase, ReviewCheck
from selaras.store.models.work import ReviewState
from selaras.store.reviews import visible_case
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.review.case_page import Line, lines_of
from selaras.web.review.papers import today
from selaras.web.review.views import STATES
from selaras.web.review.views_case import UNREAD, reading_context

ANSWER_WORDS = {
    "ya": gettext_lazy("ya"), "tidak": gettext_lazy("tidak"), "tidak berlaku": gettext_lazy("tidak berlaku"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the checklist with what the program found and what the reviewer answered."""

    item: ChecklistItem
    found: tuple[Line, ...]
    looked: bool
    check: ReviewCheck | None

    @property
    def answer(self) -> str:
        """The answer, empty while there is none."""
        return self.check.answer if self.check else ""

    @property
    def note(self) -> str:
        """The reviewer's note."""
        return self.check.note if self.check else ""

    @property
    def when(self) -> str:
        """Who answered and when."""
        return f"{self.check.by}, {format_date(localtime(self.check.at).date())}" if self.check else ""

    @property
    def anchor(self) -> str:
        """The id of the point on the page."""
        return f"butir-{self.item.number.replace('.', '-')}"


@inside()
def paper(request: InsideRequest, case: int) -> HttpResponse:
    """The checklist and the statement."""
    row = visible_case(request.actor, request.place.code, case)
    if row.state in UNREAD:
        return render(request, "review/reading.html", reading_context(request, row))
    law = load(today())
    points = _points(row)
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(point.item.group, []).append(point)
    result = row.result
    return render(request, "review/paper.html", {
        **_shared(request, row), "groups": list(groups.items()), "answered": sum(bool(p.answer) for p in points),
        "points": len(points), "clauses": statement(result.get("unit", ""), result.get("year") or row.year, law),
    })  # fmt: skip


@inside(Act.REVIEW, methods=("POST",))
def answer(request: InsideRequest, case: int, point: str) -> HttpResponse:
    """Answer one point; for htmx the point comes back as it now stands."""
    seen = None
    if "terlihat-jawaban" in request.POST:
        seen = (request.POST["terlihat-jawaban"], request.POST.get("terlihat-catatan", ""))
    answer_point(
        request.actor, agency=request.place.code, case=case, point=point, answer=request.POST.get("jawaban", ""),
        note=request.POST.get("catatan", ""), seen=seen,
    )  # fmt: skip
    row = visible_case(request.actor, request.place.code, case)
    if not request.htmx:
        return redirect("review:paper", request.place.code, request.place.year, case)
    found = next((item for item in _points(row) if item.item.number == point), None)
    if found is None:
        raise NotFound(_("Butir ini tidak ada."))
    done = render(request, "review/_point.html", {**_shared(request, row), "point": found})
    done["HX-Trigger"] = json.dumps({"toast": {"text": _("Butir %s tersimpan.") % point, "tone": "good"}})
    return done


def _shared(request: InsideRequest, row: ReviewCase) -> dict[str, Any]:
    may_review = may(request.actor, Act.REVIEW, request.place.code)
    return {
        "case": row, "look": STATES[row.state], "may_review": may_review,
        "answers": [(word, ANSWER_WORDS[word]) for word in ANSWERS],
        "is_open": row.state == ReviewState.OPEN.value and may_review,
    }  # fmt: skip


def _points(row: ReviewCase) -> list[Point]:
    lines = lines_of(row, row.decisions.all())
    standing = [line for line in lines if not line.is_waived]
    checks = {item.point: item for item in row.checks.all()}
    findings = [line.finding for line in standing]
    return [
        Point(
            item, tuple(standing[order - 1] for order, _ in bearing(item.number, findings)), item.number in BEARING,
            checks.get(item.number),
        )
        for item in load(today()).checklist
    ]  # fmt: skip
