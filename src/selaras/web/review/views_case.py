"""One review: its findings beside the pages, and how far its reading is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions.reviews import resume_reading
from selaras.core.access import Act, may
from selaras.core.measurement.origin import code_of_finding
from selaras.store.models import Comment, Obstacle, ReviewCase
from selaras.store.models.work import EditionState, Judgement, ReviewState
from selaras.store.reviews import ISSUED, TEXT_FILE, case_folder, is_reading, place_in_queue, replies_of, visible_case
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.review.case_page import (
    Line,
    chosen,
    first_spot,
    kinds_of,
    lines_of,
    neighbours,
    result_facts,
    sheet_for,
    spots_of,
    tally,
    to_follow,
)
from selaras.web.review.forms import ACCEPT
from selaras.web.review.marked_text import linked
from selaras.web.review.views import MOST_BYTES, STATES, WAITING

UNREAD = {ReviewState.READING.value, ReviewState.FAILED.value}
REMARKS = "ReviewFinding"
FILTERS = ("tingkat", "jenis", "putusan", "cari")


@inside()
def case(request: InsideRequest, case: int) -> HttpResponse:
    """The findings with the chosen one beside its page; for htmx only the part about the chosen one."""
    row = visible_case(request.actor, request.place.code, case)
    if row.state in UNREAD:
        return render(request, "review/reading.html", reading_context(request, row))
    context = case_context(request, row)
    part = bool(request.htmx) and request.htmx.target == "panel"
    return render(request, "review/_panel.html" if part else "review/case.html", context)


@inside()
def state(request: InsideRequest, case: int) -> HttpResponse:
    """How far reading is, asked every two seconds; when it is over the page is loaded anew."""
    row = visible_case(request.actor, request.place.code, case)
    if row.state == ReviewState.READING.value and place_in_queue(row):
        resume_reading(request.actor)
    answer = render(request, "review/_state.html", reading_context(request, row))
    if row.state != ReviewState.READING.value:
        answer["HX-Refresh"] = "true"
    return answer


def urls_of(request: InsideRequest, row: ReviewCase, stage: str = "review") -> dict[str, str]:
    """The addresses of a case that reviews and the history both have."""
    at = (request.place.code, request.place.year)
    words = {
        "list": "cases" if stage == "review" else "overview",
        "state": "state",
        "begin": "begin",
        "discard": "discard",
    }
    urls = {key: reverse(f"{stage}:{name}", args=at if key == "list" else (*at, row.pk)) for key, name in words.items()}
    return urls | ({"others": "1"} if stage == "review" else {})


def reading_context(request: InsideRequest, row: ReviewCase, stage: str = "review") -> dict[str, Any]:
    """What the page of a report says that nobody could review yet."""
    started = bool(row.result.get("started"))
    return {
        "place": place_in_queue(row) if started and row.state == ReviewState.READING.value else None,
        "case": row, "look": STATES[row.state] if started else WAITING, "is_reading": is_reading(row, timezone.now()),
        "is_new": row.state == ReviewState.READING.value and not started, "accept": ACCEPT, "most_bytes": MOST_BYTES,
        "error_lines": row.error.splitlines(), "urls": urls_of(request, row, stage),
        "may_review": may(request.actor, Act.REVIEW if stage == "review" else Act.CONFIRM_HISTORY, request.place.code),
    }  # fmt: skip


def case_context(request: InsideRequest, row: ReviewCase, fingerprint: str = "") -> dict[str, Any]:
    """Everything that the page of a case shows; `fingerprint` chooses the finding where the address does not."""
    lines = lines_of(row, row.decisions.all())
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    shown = chosen(lines, asked)
    wanted = request.GET.get("temuan") or fingerprint
    current = next((line for line in lines if line.is_called(wanted)), shown[0] if shown else None)
    base = f"{reverse('review:case', args=(request.place.code, request.place.year, row.pk))}?"
    kept = {name: value for name, value in asked.items() if value}
    may_review = may(request.actor, Act.REVIEW, request.place.code)
    return {
        "case": row, "look": STATES[row.state], "urls": urls_of(request, row), "lines": shown,
        "asked": asked, "counts": tally(lines),
        "kinds": kinds_of(lines), "facts": result_facts(row.result), "notes": row.result.get("notes", []),
        "others": row.result.get("others", []), "base": base, "query": urlencode(kept) + "&" if kept else "",
        "is_open": row.state == ReviewState.OPEN.value and may_review, "may_review": may_review,
        "may_reopen": may_review and row.state in {ReviewState.RETURNED.value, ReviewState.DONE.value}
        and (row.edition is None or row.edition.state == EditionState.IN_REVIEW.value),
        "opened": format_date(localtime(row.opened_at).date()),
        "closed": format_date(localtime(row.closed_at).date()) if row.closed_at else "",
        "judgements": [("belum", _("Belum diputus")), *((item.value, _(item.value).capitalize()) for item in Judgement)],
        **_of_finding(request, row, lines, shown, current, base),
        **_reply(request, row, current),
        **_follow_up(request, row, lines, current),
    }  # fmt: skip


def _of_finding(
    request: InsideRequest, row: ReviewCase, lines: list[Line], shown: list[Line], current: Line | None, base: str
) -> dict[str, Any]:
    """The chosen finding with its places, its page, its remarks, and its neighbours in the list."""
    sizes = row.result.get("sheets", [])
    before, after = neighbours(shown, current)
    at = number_of(request.GET.get("tempat"), first_spot(current, len(sizes)) if current else 0)
    spots = spots_of(current, len(sizes), at) if current else []
    here = next((spot for spot in spots if spot.current), None)
    page = number_of(request.GET.get("halaman"), (here.page if here else None) or 1)
    sheet = sheet_for(sizes, page, lines, current, base) if sizes else None
    return {
        "current": current, "before": before, "after": after, "spots": spots, "here": here, "sheet": sheet,
        "text": _text(row, base) if not sizes else "", "remarks": _remarks(request, row, current),
    }  # fmt: skip


def _follow_up(request: InsideRequest, row: ReviewCase, lines: list[Line], current: Line | None) -> dict[str, Any]:
    """What of the review stands in the register of follow-up, and what the person may enter there."""
    place = request.place
    wanted = {code_of_finding(row.pk, line.fingerprint): line for line in lines}
    rows = Obstacle.objects.filter(agency=row.agency, code__startswith=f"REVIU-{row.pk}-").order_by("-year")
    found = {
        code: (year, status) for code, year, status in rows.values_list("code", "year", "status") if code in wanted
    }
    code = code_of_finding(row.pk, current.fingerprint) if current else ""
    may_enter = place.can["REVIEW"] or place.can["TRACK"]
    open_lines = [line for line in to_follow(row, lines) if code_of_finding(row.pk, line.fingerprint) not in found]
    known = found.get(code)
    return {
        "follow_url": reverse("followup:obstacle", args=(place.code, known[0], code)) if known else "",
        "follow_state": known[1] if known else "", "follow_count": len(open_lines) if may_enter else 0,
        "may_follow": may_enter and not known and current is not None and (
            current.judgement == Judgement.ACCEPTED.value or (row.state in ISSUED and not current.is_waived)
        ),
    }  # fmt: skip


def _reply(request: InsideRequest, row: ReviewCase, current: Line | None) -> dict[str, Any]:
    """What the unit answered to the chosen finding, and whether the person may answer for it."""
    if current is None or row.state not in ISSUED:
        return {}
    may_reply = row.state == ReviewState.RETURNED.value and may(request.actor, Act.WRITE_REPORT, request.place.code)
    return {"reply": replies_of(row).get(current.fingerprint), "may_reply": may_reply}


def _text(row: ReviewCase, base: str) -> str:
    """The marked text of a report that has no pages; we wrote it and escaped every word in it."""
    path = case_folder(row.agency.code, row.pk) / TEXT_FILE
    if not path.is_file():
        return ""
    names = [item["fingerprint"] for item in row.result.get("kept", [])]
    return mark_safe(linked(path.read_text("utf-8"), base, names))  # noqa: S308


def _remarks(request: InsideRequest, row: ReviewCase, current: Line | None) -> list[dict[str, Any]]:
    if current is None:
        return []
    found = Comment.objects.filter(agency=row.agency.code, kind=REMARKS, key=current.comment_key(row.pk))
    return [
        {
            "who": item.name, "text": item.text, "iso": item.at.isoformat(),
            "when": f"{format_date(localtime(item.at).date())} {localtime(item.at):%H.%M}",
            "mine": item.name == request.actor.name,
        }
        for item in found
    ]  # fmt: skip


def number_of(text: str | None, otherwise: int) -> int:
    """A whole number out of an address, else the other one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
