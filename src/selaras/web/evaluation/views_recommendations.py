"""Recommendations: the register with its matrix and ageing, and one from its action plan to its verification."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions import recommendations as actions
from selaras.core.access import Act, may
from selaras.core.calendar import format_date, parse_date
from selaras.core.errors import NotFound, Refusal
from selaras.core.evaluation.recommendations import WAYS, Stage, ageing, matrix, share_closed
from selaras.core.evaluation.template import Template
from selaras.core.numerals import format_percent
from selaras.core.org import AgencyKind
from selaras.rulebook.lke import template_for
from selaras.store.plan_choices import plan_choices
from selaras.store.recommendations import Given, recommendation_at, recommendations_of
from selaras.web.core_words import said
from selaras.web.evaluation.recommended import (
    LAST,
    TIMES,
    address_of,
    chosen,
    component_name,
    line_of,
    matrix_lines,
    reply_line,
    step_line,
    units_of,
    years_of,
)
from selaras.web.evaluation.uploads import is_link, on_disk, stored
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import AgencyPage, InsideRequest, inside
from selaras.web.home.words import day_words

PER_PAGE = 50
FILTERS = ("cari", "status", "komponen", "unit", "tahun", "waktu")


def usual(place: AgencyPage) -> Template | None:
    """The national instrument of the open year, which gives components their names; None where there is none."""
    try:
        return template_for(place.year, AgencyKind(place.kind))
    except Refusal:
        return None


@inside()
def register(request: InsideRequest) -> HttpResponse:
    """Every recommendation that the person may see, with the matrix, the ageing and the share closed."""
    place, today = request.place, timezone.localdate()
    found = recommendations_of(request.actor, place.code)
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    rows, template = chosen(found, asked, today), usual(place)
    lines = [line_of(request, item, template, today) for item in rows]
    if wants_xlsx(request):
        return _exported(request, rows, lines)
    records = [item.record for item in found]
    url = reverse("evaluation:recommendations", args=(place.code, place.year))
    closed = share_closed(records)
    paged = Paginator(lines, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "evaluation/recommendations.html", {
        "page": paged, "lines": paged.object_list, "asked": asked, "stages": [stage.value for stage in Stage],
        "years": years_of(found), "units": units_of(found), "times": list(TIMES.items()),
        "components": [(item.code, component_name(template, item.code)) for item in template.components]
        if template else [],
        "matrix": matrix_lines(matrix(records, template), template, url) if template and records else [],
        "ageing": [(said(name), count) for name, count in ageing(records, today).items()],
        "has_any": bool(records), "is_filtered": any(asked.values()),
        "closed": format_percent(closed.value, places=0) if closed.value is not None else "",
        "closed_value": str(closed.value or 0),
        "closed_note": _("%(n)s dari %(all)s terverifikasi")
        % {"n": sum(item.closed for item in records), "all": len(records)},
        "url": url, "age_note": _("belum tuntas"),
    })  # fmt: skip


@inside()
def recommendation(request: InsideRequest, recommendation: str) -> HttpResponse:
    """One recommendation with its plan, its steps, what answers it."""
    item = recommendation_at(request.actor, request.place.code, recommendation)
    return render(request, "evaluation/recommendation.html", _context(request, item))


@inside(methods=("POST",))
def change(request: InsideRequest, recommendation: str, what: str) -> HttpResponse:
    """What is done with a recommendation: planned, claimed, accepted, refused, taken back, reworded."""
    place, given = request.place, request.POST
    here = address_of(request, recommendation)
    at: dict[str, Any] = {"agency": place.code, "code": recommendation}
    reason = given.get("alasan", "")
    if what == "rencana":
        due = parse_date(given["tenggat"]) if given.get("tenggat", "").strip() else None
        actions.plan(request.actor, **at, action=given.get("rencana", ""),
                     responsible=given.get("penanggung", ""), due=due, url=here)  # fmt: skip
        messages.success(request, _("Rencana aksi tersimpan."))
    elif what == "selesai":
        actions.claim(request.actor, **at, url=here)
        messages.success(request, _("Penyelesaian dinyatakan dan menunggu verifikasi."))
    elif what == "verifikasi":
        actions.decide(request.actor, **at, accept=True, reason=reason, url=here)
        messages.success(request, _("Rekomendasi terverifikasi."))
    elif what == "tolak":
        actions.decide(request.actor, **at, accept=False, reason=reason, url=here)
        messages.success(request, _("Penyelesaian ditolak dengan alasan."))
    elif what == "ubah":
        actions.reword(request.actor, **at, text=given.get("uraian", ""))
        messages.success(request, _("Rekomendasi diubah."))
    elif what == "tarik":
        actions.withdraw(request.actor, **at, reason=reason)
        messages.success(request, _("Rekomendasi ditarik."))
        return redirect("evaluation:recommendations", place.code, place.year)
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    return redirect(here)


@inside(methods=("POST",))
def add_step(request: InsideRequest, recommendation: str) -> HttpResponse:
    """Write down one step with its evidence."""
    here = address_of(request, recommendation)
    with on_disk(request.FILES.get("bukti")) as upload:
        actions.add_step(
            request.actor, agency=request.place.code, code=recommendation, text=request.POST.get("uraian", ""),
            link=request.POST.get("tautan", "") if upload is None else "", upload=upload, url=here,
        )  # fmt: skip
    messages.success(request, _("Langkah dicatat dan menunggu verifikasi."))
    return redirect(f"{here}#langkah")


@inside(methods=("POST",))
def settle_step(request: InsideRequest, recommendation: str, step: int, what: str) -> HttpResponse:
    """Verify a step, return it, or take an own one back."""
    code, given = request.place.code, request.POST
    here = address_of(request, recommendation)
    item = recommendation_at(request.actor, code, recommendation)
    if step not in {each.pk for each in item.steps}:
        raise NotFound(_("Langkah ini tidak ditemukan."))
    if what == "verifikasi":
        actions.verify_step(request.actor, agency=code, step=step, url=here)
        messages.success(request, _("Langkah terverifikasi."))
    elif what == "kembalikan":
        actions.verify_step(
            request.actor, agency=code, step=step, accept=False, reason=given.get("alasan", ""), url=here
        )
        messages.success(request, _("Langkah dikembalikan."))
    elif what == "tarik":
        actions.withdraw_step(request.actor, agency=code, step=step, reason=given.get("alasan", ""))
        messages.success(request, _("Langkah ditarik."))
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    return redirect(f"{here}#langkah")


@inside()
def step_file(request: InsideRequest, recommendation: str, step: int) -> HttpResponse:
    """The evidence of a step."""
    item = recommendation_at(request.actor, request.place.code, recommendation)
    found = next((each for each in item.steps if each.pk == step), None)
    if found is None or not found.file or is_link(found.file):
        raise NotFound(_("Langkah ini tidak mempunyai berkas bukti."))
    return stored(request.place.code, found.file)


@inside(methods=("POST",))
def answer_by_plan(request: InsideRequest, recommendation: str) -> HttpResponse:
    """Say which target or activity of a plan answers the recommendation, or take that back."""
    place, given = request.place, request.POST
    item = recommendation_at(request.actor, place.code, recommendation)
    here = address_of(request, recommendation)
    if "lepas" in given:
        if given["lepas"] not in {str(reply.pk) for reply in item.replies}:
            raise NotFound(_("Kaitan ini tidak ditemukan."))
        actions.unlink_plan(request.actor, agency=place.code, reply=int(given["lepas"]))
        messages.success(request, _("Kaitan dilepas."))
        return redirect(f"{here}#rencana-berikutnya")
    year = given.get("tahun", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Refusal(_("Tahun rencana harus berupa angka."))
    actions.link_plan(
        request.actor, agency=place.code, code=recommendation, year=int(year), indicator=given.get("indikator", ""),
        node=given.get("simpul", ""), note=given.get("catatan", ""),
    )  # fmt: skip
    messages.success(request, _("Kaitan dengan rencana tersimpan."))
    return redirect(f"{here}#rencana-berikutnya")


def _context(request: InsideRequest, item: Given) -> dict[str, Any]:
    place, record, today = request.place, item.record, timezone.localdate()
    unit = record.unit
    may_track, may_verify, may_evaluate, may_plan = (
        may(request.actor, act, place.code, unit)
        for act in (Act.TRACK, Act.CONFIRM_FOLLOW_UP, Act.EVALUATE, Act.EDIT_PLAN)
    )
    after = WAYS[record.stage]
    mine = {step.by.casefold().strip() for step in item.steps} | {record.claimed_by.casefold().strip()}
    is_own = request.actor.name.casefold().strip() in mine
    may_link = (may_track or may_plan) and record.stage not in LAST
    return {
        "item": item, "record": record, "component": component_name(usual(place), record.component),
        "steps": [
            step_line(request, step, record.code, may_verify=may_verify, may_track=may_track) for step in item.steps
        ],
        "replies": [reply_line(request, reply) for reply in item.replies],
        "due": day_words(record.due, today) if record.due and not record.closed
        else format_date(record.due) if record.due else "",
        "late": record.overdue(today), "age": record.age(today), "given_on": format_date(record.given_on),
        "may_plan": may_track and Stage.PLANNED in after, "may_step": may_track and Stage.CLAIMED in after,
        "may_claim": may_track and Stage.CLAIMED in after and bool(record.evidence),
        "may_decide": may_verify and Stage.VERIFIED in after and not is_own,
        "waits_for_other": may_verify and Stage.VERIFIED in after and is_own,
        "may_change": may_evaluate and record.stage is Stage.GIVEN, "may_link": may_link,
        "choices": plan_choices(place.pk) if may_link or (may_track and Stage.PLANNED in after) else None,
        "next_year": max(record.year + 1, place.year), "due_iso": record.due.isoformat() if record.due else "",
        "evaluation_url": reverse("evaluation:sheet", args=(place.code, item.row.evaluation.year, item.row.evaluation_id))
        if item.row.evaluation else "",
        "claimed": format_date(record.claimed_on) if record.claimed_on else "",
        "decided": format_date(record.decided_on) if record.decided_on else "",
    }  # fmt: skip


def _exported(request: InsideRequest, rows: list[Given], lines: list[dict[str, Any]]) -> HttpResponse:
    heads = (
        _("Kode"), _("Tahun"), _("Unit"), _("Komponen"), _("Rekomendasi"), _("Rencana aksi"), _("Penanggung jawab"),
        _("Tenggat"), _("Status"), _("Umur (hari)"), _("Langkah"), _("Dijawab rencana"),
    )  # fmt: skip
    body = (
        (line["code"], line["year"], line["unit"], line["component"], line["text"], line["action"], line["who"],
         item.record.due, line["stage"], line["age"], line["steps"], line["replies"])
        for item, line in zip(rows, lines, strict=True)
    )  # fmt: skip
    return exported(request, _("Rekomendasi"), heads, body)
