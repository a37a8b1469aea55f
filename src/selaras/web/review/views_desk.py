"""The desk of the reviewers: who reads what until when, time spent, the statement as a blank, answers, the register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions import review_desk as actions
from selaras.core.access import Act, Role, may
from selaras.core.calendar import parse_date
from selaras.core.errors import NotFound, Refusal
from selaras.core.reporting.finding_words import kind_word
from selaras.core.reporting.working_paper import statement_sheet
from selaras.documents.write import write
from selaras.rulebook import load
from selaras.store.models import ReviewCase
from selaras.store.models.work import ReviewState
from selaras.store.reviews import Registered, common_faults, register, replies_of, visible_case
from selaras.store.users import holders_of
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.home.words import day_words
from selaras.web.reporting.sending import attachment
from selaras.web.review.case_page import lines_of
from selaras.web.review.papers import today
from selaras.web.review.views import STATES
from selaras.web.review.views_case import UNREAD

PRINTED = ("pdf", "docx")
HOUR = 60


@inside()
def desk(request: InsideRequest, case: int) -> HttpResponse:
    """One review as work: its reviewer and day, the time, the unit's answers, the statement."""
    row = visible_case(request.actor, request.place.code, case)
    may_review = may(request.actor, Act.REVIEW, request.place.code)
    replies = replies_of(row)
    lines = {line.fingerprint: line for line in lines_of(row, ())} if row.state not in UNREAD else {}
    people = holders_of(request.place.code, today(), Role.REVIEWER) if may_review else []
    return render(request, "review/desk.html", {
        "case": row, "look": STATES[row.state], "may_review": may_review, "is_closed": row.closed_at is not None,
        "people": sorted(((user.username, str(user)) for user in people), key=lambda pair: pair[1].casefold()),
        "assigned": row.assigned.username if row.assigned else "", "assigned_name": str(row.assigned or ""),
        "due": day_words(row.due, today()) if row.due and row.closed_at is None else
        format_date(row.due) if row.due else "",
        "due_iso": row.due.isoformat() if row.due else "", "spent": hours(row.minutes), "fields": _fields(row),
        "signed": _moment(row.signed_at), "is_done": row.state == ReviewState.DONE.value, "printed": PRINTED,
        "is_unread": row.state in UNREAD,
        "replies": [
            {"line": lines[name], "reply": reply, "when": _moment(reply.at),
             "url": f"{_url(request, 'case', case)}?{urlencode({'temuan': name})}"}
            for name, reply in replies.items() if name in lines
        ],
        "findings": len(lines),
    })  # fmt: skip


@inside(Act.REVIEW, methods=("POST",))
def assign(request: InsideRequest, case: int) -> HttpResponse:
    """Give the report to a reviewer with a day, or to nobody."""
    given = request.POST
    due = parse_date(given["tenggat"]) if given.get("tenggat", "").strip() else None
    actions.assign(
        request.actor, agency=request.place.code, case=case, login=given.get("pereviu", ""), due=due,
        url=_url(request, "case", case),
    )  # fmt: skip
    messages.success(request, _("Tugas reviu tersimpan."))
    return redirect(_url(request, "desk", case))


@inside(Act.REVIEW, methods=("POST",))
def add_time(request: InsideRequest, case: int) -> HttpResponse:
    """Add time that was spent, in minutes."""
    text = request.POST.get("menit", "").strip().replace("−", "-")
    if not (text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 7):
        raise Refusal(_("Menit harus berupa bilangan bulat."))
    actions.add_minutes(request.actor, agency=request.place.code, case=case, minutes=int(text))
    messages.success(request, _("Waktu tercatat."))
    return redirect(_url(request, "desk", case))


@inside(Act.REVIEW, methods=("POST",))
def save_statement(request: InsideRequest, case: int) -> HttpResponse:
    """Put number, place, day and signatory into the blank."""
    fields = {name: request.POST[name] for name in actions.STATEMENT if name in request.POST}
    actions.write_statement(request.actor, agency=request.place.code, case=case, fields=fields)
    messages.success(request, _("Data pernyataan tersimpan."))
    return redirect(f"{_url(request, 'desk', case)}#pernyataan")


@inside(Act.REVIEW, methods=("POST",))
def sign(request: InsideRequest, case: int) -> HttpResponse:
    """Record that the statement was signed on paper."""
    actions.sign_statement(request.actor, agency=request.place.code, case=case)
    messages.success(request, _("Penandatanganan pernyataan dicatat."))
    return redirect(f"{_url(request, 'desk', case)}#pernyataan")


@inside()
def printed(request: InsideRequest, case: int, form: str) -> HttpResponse:
    """The statement alone, to be printed and signed; its conclusion is left blank."""
    if form not in PRINTED:
        raise NotFound(_("Bentuk unduhan ini tidak ada."))
    row = visible_case(request.actor, request.place.code, case)
    if row.state in UNREAD:
        raise NotFound(_("Laporan ini belum selesai dibaca."))
    unit, year = row.result.get("unit", ""), row.result.get("year") or row.year
    document = statement_sheet(unit, year, load(today()), row.statement)
    with tempfile.TemporaryDirectory(prefix="selaras-reviu-") as folder:
        path = Path(folder) / f"pernyataan-reviu-{case}.{form}"
        write(document, form, path)
        return attachment(path.read_bytes(), path.name)


@inside(Act.WRITE_REPORT, methods=("POST",))
def reply(request: InsideRequest, case: int) -> HttpResponse:
    """The unit's answer to a finding of a returned report."""
    name = request.POST.get("temuan", "")
    url = f"{_url(request, 'case', case)}?{urlencode({'temuan': name})}"
    kept = actions.reply(
        request.actor, agency=request.place.code, case=case, fingerprint=name, text=request.POST.get("jawaban", ""),
        seen=request.POST.get("terlihat"), url=url,
    )  # fmt: skip
    messages.success(request, _("Jawaban tersimpan.") if kept else _("Jawaban dihapus."))
    return redirect(url)


@inside()
def reviewed(request: InsideRequest) -> HttpResponse:
    """The register of reviewed reports, and the faults that those of a year share."""
    place = request.place
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    every = register(request.actor, place.code)
    rows = [row for row in every if year is None or row.year == year]
    if wants_xlsx(request):
        return _exported(request, rows)
    years = sorted({row.year for row in every if row.year}, reverse=True)
    faults_of = year or (years[0] if years else place.year)
    faults = common_faults(request.actor, place.code, faults_of)
    return render(request, "review/register.html", {
        "lines": [_line(row) for row in rows], "years": years, "year_asked": year or "", "faults_of": faults_of,
        "faults": [(kind_word(fault.kind), fault.reports, fault.findings) for fault in faults],
        "spent": hours(sum(row.minutes for row in rows)), "done": sum(row.closed_at is not None for row in rows),
    })  # fmt: skip


def hours(minutes: int) -> str:
    """A time in words: `2 jam 5 menit`."""
    whole, rest = divmod(minutes, HOUR)
    if whole:
        return _("%(hours)s jam %(minutes)s menit") % {"hours": whole, "minutes": rest}
    return _("%(minutes)s menit") % {"minutes": rest}


def _line(row: Registered) -> dict[str, Any]:
    is_open = row.closed_at is None
    due = "" if row.due is None else day_words(row.due, today()) if is_open else format_date(row.due)
    return {
        "row": row, "look": STATES[row.state], "spent": hours(row.minutes) if row.minutes else "", "due": due,
        "late": is_open and row.due is not None and row.due < today(), "opened": _moment(row.opened_at),
        "number": row.statement.get("number", ""), "signed": _moment(row.signed_at),
    }  # fmt: skip


def _exported(request: InsideRequest, rows: list[Registered]) -> HttpResponse:
    heads = (
        _("Laporan"), _("Instansi"), _("Tahun"), _("Keadaan"), _("Pereviu"), _("Tenggat"), _("Dibuka"), _("Ditutup"),
        _("Menit"), _("Temuan"), _("Diterima"), _("Dikesampingkan"), _("Dijawab"), _("Nomor pernyataan"),
    )  # fmt: skip
    body = (
        (row.title, row.unit, row.year, row.state, row.assigned, row.due, localtime(row.opened_at).date(),
         localtime(row.closed_at).date() if row.closed_at else None, row.minutes, row.findings, row.accepted,
         row.waived, row.replies, row.statement.get("number", ""))
        for row in rows
    )  # fmt: skip
    return exported(request, _("Daftar reviu"), heads, body)


def _fields(row: ReviewCase) -> list[dict[str, Any]]:
    labels = {
        "number": _("Nomor"), "date": _("Tanggal"), "place": _("Tempat"), "signatory_title": _("Jabatan"),
        "signatory_name": _("Nama"), "signatory_nip": _("NIP"),
    }  # fmt: skip
    return [
        {"name": name, "label": labels[name], "value": row.statement.get(name, ""), "is_date": name == "date"}
        for name in actions.STATEMENT
    ]


def _moment(at: Any) -> str:
    return format_date(localtime(at).date()) if at else ""


def _url(request: InsideRequest, page: str, case: int) -> str:
    return reverse(f"review:{page}", args=(request.place.code, request.place.year, case))
