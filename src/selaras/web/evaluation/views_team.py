"""The team of an evaluation, and the documents that it asks the unit for: asked, answered, closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.evaluation_papers import answer_request, ask_document, close_request
from selaras.actions.evaluation_teams import share_team
from selaras.actions.evaluations import set_team
from selaras.core.access import Role
from selaras.core.calendar import format_date, parse_date
from selaras.core.errors import NotFound, Refusal
from selaras.core.evaluation.stages import State, TeamRole
from selaras.store.models import EvaluationRequest
from selaras.store.users import holders_of
from selaras.web.core_words import word
from selaras.web.evaluation.opened import Opened, frame, in_its_year, open_sheet
from selaras.web.evaluation.uploads import is_link, on_disk, plain_name, stored
from selaras.web.evaluation.words import ROLES
from selaras.web.gate import InsideRequest, inside
from selaras.web.home.words import day_words

SPARE = 2
"""Empty lines for new members, besides one for each role that nobody has yet."""


@inside(methods=("GET", "POST"))
@in_its_year
def team(request: InsideRequest, evaluation: int) -> HttpResponse:
    """The team and the requests; POST names the whole team anew."""
    opened = open_sheet(request, evaluation, proofs=False, requests=True, team=True)
    if request.method == "POST":
        set_team(
            request.actor, agency=request.place.code, evaluation=evaluation, members=_members(request),
            url=opened.address(),
        )  # fmt: skip
        messages.success(request, _("Tim evaluasi tersimpan."))
        return redirect(opened.address("team"))
    is_open = opened.state is not State.FINAL
    may_set = opened.may_evaluate and is_open
    people = _people(request) if may_set else []
    return render(request, "evaluation/team.html", {
        **frame(opened, "team"), "may_set": may_set, "lines": _lines(opened, dict(people), spare=SPARE if may_set else 0),
        "may_share": may_set and bool(opened.sheet.team) and opened.told.others_lack_team,
        "people": people, "roles": [(role.value, label) for role, label in ROLES.items()],
        "requests": [_request(opened, row) for row in opened.sheet.requests], "may_ask": opened.is_member and is_open,
        "items": _items(opened) if opened.is_member else (),
    })  # fmt: skip


@inside(methods=("POST",))
def share(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Give this team to the evaluations of the year that have none."""
    opened = open_sheet(request, evaluation, proofs=False)
    count = share_team(request.actor, agency=request.place.code, evaluation=evaluation, url=_board(request))
    told = ngettext("Tim ini dipakai %(count)s evaluasi lain.", "Tim ini dipakai %(count)s evaluasi lain.", count)
    messages.success(request, told % {"count": count})
    return redirect(opened.address("team"))


def _board(request: InsideRequest) -> str:
    return reverse("evaluation:board", args=(request.place.code, request.place.year))


@inside(methods=("POST",))
def ask(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Ask the unit for a document until a day."""
    opened = open_sheet(request, evaluation)
    given = request.POST
    due = parse_date(given["tenggat"]) if given.get("tenggat", "").strip() else None
    ask_document(
        request.actor, agency=request.place.code, evaluation=evaluation, text=given.get("uraian", ""),
        item=given.get("butir", ""), due=due, url=opened.address("team"),
    )  # fmt: skip
    messages.success(request, _("Permintaan dokumen dikirim kepada unit."))
    return redirect(f"{opened.address('team')}#permintaan")


@inside(methods=("POST",))
def settle(request: InsideRequest, evaluation: int, asked: int, what: str) -> HttpResponse:
    """Answer a request as the unit, or close it as the team."""
    opened = open_sheet(request, evaluation, proofs=False, requests=True)
    found = _find(opened, asked)
    if what == "jawab":
        with on_disk(request.FILES.get("berkas")) as upload:
            answer_request(
                request.actor, agency=request.place.code, request=found.pk, reply=request.POST.get("jawaban", ""),
                link=request.POST.get("tautan", "") if upload is None else "", upload=upload, url=opened.address("team"),
            )  # fmt: skip
        messages.success(request, _("Jawaban dikirim kepada tim evaluasi."))
    elif what == "tutup":
        close_request(request.actor, agency=request.place.code, request=found.pk)
        messages.success(request, _("Permintaan ditutup."))
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    return redirect(f"{opened.address('team')}#permintaan")


@inside()
def file(request: InsideRequest, evaluation: int, asked: int) -> HttpResponse:
    """The document that the unit gave."""
    found = _find(open_sheet(request, evaluation, proofs=False, requests=True), asked)
    if not found.target or is_link(found.target):
        raise NotFound(_("Permintaan ini belum dijawab dengan berkas."))
    return stored(request.place.code, found.target)


def _members(request: InsideRequest) -> dict[str, TeamRole]:
    logins, roles = request.POST.getlist("anggota"), request.POST.getlist("peran")
    found: dict[str, TeamRole] = {}
    for login, role in zip(logins, roles, strict=False):
        if not login:
            continue
        if role not in {item.value for item in ROLES}:
            raise Refusal(_("Pilih peran setiap anggota tim."))
        if login in found:
            raise Refusal(_("%(name)s tertulis dua kali dalam tim.") % {"name": login})
        found[login] = TeamRole(role)
    return found


def _people(request: InsideRequest) -> list[tuple[str, str]]:
    found = holders_of(request.place.code, timezone.localdate(), Role.EVALUATOR, Role.REVIEWER)
    return sorted(((user.username, str(user)) for user in found), key=lambda pair: pair[1].casefold())


def _lines(opened: Opened, people: Iterable[str], *, spare: int) -> list[dict[str, Any]]:
    order = list(ROLES)
    rows = sorted(opened.sheet.team, key=lambda row: order.index(TeamRole(row.role)))
    known = set(people)
    found = [
        {
            "is_lost": row.user.username not in known,
            "login": row.user.username,
            "name": str(row.user),
            "role": row.role,
            "role_words": ROLES[TeamRole(row.role)],
        }
        for row in rows
    ]
    if not spare:
        return found
    there = {row["role"] for row in found}
    open_roles = [role.value for role in order if role.value not in there and role is not TeamRole.MEMBER]
    empty = [*open_roles, *[TeamRole.MEMBER.value] * spare]
    return [*found, *({"is_lost": False, "login": "", "name": "", "role": role, "role_words": ""} for role in empty)]


def _items(opened: Opened) -> list[tuple[str, str]]:
    return [(sub.code, f"{sub.code} {word(sub.title)}") for sub in opened.template.subcomponents]


def _request(opened: Opened, row: EvaluationRequest) -> dict[str, Any]:
    today = timezone.localdate()
    closed, answered = row.closed_at is not None, row.answered_at is not None
    state = ("good", "check", _("Ditutup")) if closed else ("info", "inbox", _("Dijawab")) if answered \
        else ("warn", "clock", _("Menunggu jawaban"))  # fmt: skip
    link = is_link(row.target)
    return {
        "pk": row.pk, "text": row.text, "item": row.item, "by": row.asked_by, "when": _day(row.asked_at),
        "due": day_words(row.due, today) if row.due and not answered and not closed else
        _("tenggat %(day)s") % {"day": format_date(row.due)} if row.due else "",
        "late": bool(row.due and row.due < today and not answered and not closed), "tone": state[0], "icon": state[1],
        "state": state[2], "reply": row.reply, "answered_by": row.answered_by, "answered": _day(row.answered_at),
        "is_link": link, "file_name": row.target if link else plain_name(row.target),
        "file_url": row.target if link else opened.address("request-file", row.pk) if row.target else "",
        "may_answer": opened.is_unit and not closed, "may_close": opened.is_member and not closed,
    }  # fmt: skip


def _find(opened: Opened, pk: int) -> EvaluationRequest:
    found = next((row for row in opened.sheet.requests if row.pk == pk), None)
    if found is None:
        raise NotFound(_("Permintaan dokumen ini tidak ditemukan."))
    return found


def _day(at: Any) -> str:
    return format_date(localtime(at).date()) if at else ""
