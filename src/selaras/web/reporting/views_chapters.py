"""Chapters: who writes which section until when, and how far each is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.chapters import WRITERS, assign_chapters, set_chapter_state
from selaras.core.access import Act, may
from selaras.core.errors import Refusal
from selaras.core.reporting.sections import SectionPlace
from selaras.store.models import ChapterTask
from selaras.store.models.work import ChapterState
from selaras.store.users import holders_of
from selaras.store.writing import narratives_of, settings_of
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.drafts import sections_for
from selaras.web.reporting.navigation import tabs
from selaras.web.templatetags.ui import state_word

CHIPS = {ChapterState.OPEN.value: "belum", ChapterState.WRITING.value: "berjalan", ChapterState.DONE.value: "selesai"}


@inside()
def chapters(request: InsideRequest) -> HttpResponse:
    """Every section of the outline with its writer, date, state and own words."""
    place = request.place
    words = Counter(item.section for item in narratives_of(place.pk, place.year))
    tasks = {
        task.section: task
        for task in ChapterTask.objects.filter(agency_id=place.pk, year=place.year).select_related("owner")
    }
    mine = request.GET.get("milik") == "saya"
    rows = [_row(item, tasks.get(item.key), words) for item in sections_for(settings_of(place.pk, place.year))]
    if mine:
        rows = [row for row in rows if row["login"] and row["login"] == request.actor.login]
    if wants_xlsx(request):
        heads = [_("Bab"), _("Bagian"), _("Penulis"), _("Tenggat"), _("Paragraf"), _("Keadaan"), _("Catatan")]
        return exported(request, _("Naskah laporan"), heads, (_cells(row) for row in rows if not row["group"]))
    may_write = may(request.actor, Act.WRITE_REPORT, place.code)
    return render(request, "reporting/chapters.html", {
        "tabs": tabs(place, "chapters"), "rows": rows, "mine": mine, "may_write": may_write,
        "people": holders_of(place.code, timezone.localdate(), *WRITERS) if may_write else [],
    })  # fmt: skip


@inside(Act.WRITE_REPORT, methods=("POST",))
def assign(request: InsideRequest) -> HttpResponse:
    """Give the chosen sections to a writer."""
    place = request.place
    tasks = assign_chapters(
        request.actor, agency=place.code, year=place.year, sections=request.POST.getlist("pilih"),
        owner=request.POST.get("penulis", ""), due=_date(request.POST.get("tenggat", "")),
        note=request.POST.get("catatan", ""),
    )  # fmt: skip
    count = len(tasks)
    messages.success(
        request, ngettext("%(count)s bagian dibagi.", "%(count)s bagian dibagi.", count) % {"count": count}
    )
    return redirect("reporting:chapters", place.code, place.year)


@inside(Act.WRITE_REPORT, methods=("POST",))
def state(request: InsideRequest, section: str) -> HttpResponse:
    """Say how far a section is."""
    place = request.place
    given = request.POST.get("keadaan", "")
    if given not in {item.value for item in ChapterState}:
        raise Refusal(_("Pilih keadaan bagian ini dahulu."))
    set_chapter_state(request.actor, agency=place.code, year=place.year, section=section, state=ChapterState(given))
    messages.success(request, _("Keadaan bagian disimpan."))
    return redirect(reverse("reporting:section", args=(place.code, place.year, section)))


def standing(task: ChapterTask | None, paragraphs: int) -> ChapterState:
    """How far a section is: what somebody said of it, and one that nobody spoke of but that has words is being written."""
    state = ChapterState(task.state) if task else ChapterState.OPEN
    return ChapterState.WRITING if state is ChapterState.OPEN and paragraphs else state


def _cells(row: dict[str, Any]) -> list[Any]:
    state = state_word(row["state"]) if row["state"] else _("dari data")
    paragraphs = row["paragraphs"] if row["narrated"] else None
    return [row["chapter"], row["full"], row["owner"], row["due_on"], paragraphs, state, row["note"]]


def _row(item: SectionPlace, task: ChapterTask | None, words: Counter[str]) -> dict[str, Any]:
    today = timezone.localdate()
    paragraphs = sum(words[key] for key in item.narrated)
    state = standing(task, paragraphs)
    return {
        "key": item.key, "full": item.full, "level": item.level, "chapter": item.chapter, "required": item.required,
        "group": item.has_sections and item.level == 1, "narrated": bool(item.narrated),
        "paragraphs": paragraphs,
        "owner": str(task.owner) if task and task.owner else "",
        "login": task.owner.username if task and task.owner else "",
        "due": format_date(task.due) if task and task.due else "", "due_on": task.due if task else None,
        "late": bool(task and task.due and task.due < today and state is not ChapterState.DONE),
        "state": CHIPS[state.value] if task or item.narrated else "", "note": task.note if task else "",
    }  # fmt: skip


def _date(words: str) -> date | None:
    if not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise Refusal(_("Tenggat “%(words)s” bukan tanggal.") % {"words": words}) from error
