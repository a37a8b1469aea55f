"""Writing a section: own paragraphs with what is generated beside them, saved while typing, never over somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from selaras.actions.chapters import add_paragraph, move_paragraph
from selaras.actions.records import remove_record, save_record
from selaras.core.access import Act, may
from selaras.core.errors import Conflict, NotFound
from selaras.core.reporting.sections import SectionPlace
from selaras.core.snapshot import NARRATED, Narrative
from selaras.store.models import ChapterTask
from selaras.store.models.work import ChapterState
from selaras.store.writing import narratives_of, settings_of
from selaras.web.comments.thread import thread_of
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.documents import moment
from selaras.web.reporting.drafts import sections_for
from selaras.web.reporting.framing import frames_own_pages
from selaras.web.reporting.navigation import tabs
from selaras.web.reporting.views_chapters import CHIPS, standing

KIND = "Bab"


@dataclass(frozen=True, slots=True)
class Written:
    """One paragraph in its form: as typed, as the person saw it before, and what somebody else made of it meanwhile."""

    key: str
    order: int
    text: str
    seen: str
    state: str = ""
    conflict: Conflict | None = None
    when: str = ""

    @property
    def rows(self) -> int:
        """How high the field should be for its text."""
        return min(max(3, len(self.text) // 70 + self.text.count("\n") + 1), 14)


@inside()
@frames_own_pages
def section(request: InsideRequest, section: str) -> HttpResponse:
    """One section: the paragraphs to write, the section as it will print, findings and remarks."""
    place = request.place
    sections = [
        item for item in sections_for(settings_of(place.pk, place.year)) if not (item.has_sections and item.level == 1)
    ]
    here = next((item for item in sections if item.key == section), None)
    if here is None:
        raise NotFound(_("Bagian laporan ini tidak ditemukan."))
    at = sections.index(here)
    task = (
        ChapterTask.objects.filter(agency_id=place.pk, year=place.year, section=section).select_related("owner").first()
    )
    narratives = narratives_of(place.pk, place.year)
    paragraphs = sum(item.section in here.narrated for item in narratives)
    return render(request, "reporting/section.html", {
        "tabs": tabs(place, "chapters"), "section": here, "groups": _groups(here, narratives),
        "may_write": may(request.actor, Act.WRITE_REPORT, place.code), "task": _task(task, paragraphs),
        "states": [(item.value, CHIPS[item.value]) for item in ChapterState],
        "before": sections[at - 1] if at else None, "after": sections[at + 1] if at + 1 < len(sections) else None,
        "thread": thread_of(request, KIND, f"{place.year} {section}"),
    })  # fmt: skip


@inside(Act.WRITE_REPORT, methods=("POST",))
def add(request: InsideRequest, key: str) -> HttpResponse:
    """Add one paragraph."""
    place = request.place
    add_paragraph(request.actor, agency=place.code, year=place.year, section=key, text=request.POST.get("teks", ""))
    messages.success(request, _("Paragraf ditambahkan."))
    return redirect(_back(request, key))


@inside(Act.WRITE_REPORT, methods=("POST",))
def save(request: InsideRequest, key: str, order: int) -> HttpResponse:
    """Save one paragraph; while typing only its form is sent back, with both versions if somebody else was faster."""
    place = request.place
    text, seen = _lines(request.POST.get("teks", "")).strip(), _lines(request.POST.get("semula", ""))
    if request.POST.get("pakai") == "isian-saya":
        seen = _lines(request.POST.get("kini", ""))
    record = Narrative(place.year, key, order, text)
    try:
        save_record(request.actor, agency=place.code, record=record, seen={"text": seen})
    except Conflict as conflict:
        at = parse_datetime(conflict.at) if conflict.at else None
        form = Written(key, order, text, seen, "conflict", conflict, moment(at))
        return _answer(request, form, status=409)
    if not request.htmx:
        messages.success(request, _("Tersimpan."))
        return redirect(_back(request, key))
    return _answer(request, Written(key, order, text, text, "saved"))


@inside(Act.WRITE_REPORT, methods=("POST",))
def move(request: InsideRequest, key: str, order: int) -> HttpResponse:
    """Let a paragraph change places with its neighbour."""
    steps = 1 if request.POST.get("arah") == "turun" else -1
    place = request.place
    seen = request.POST.get("semula")
    move_paragraph(
        request.actor, agency=place.code, year=place.year, section=key, order=order, steps=steps,
        seen=None if seen is None else _lines(seen),
    )  # fmt: skip
    return redirect(_back(request, key))


@inside(Act.WRITE_REPORT, methods=("POST",))
def remove(request: InsideRequest, key: str, order: int) -> HttpResponse:
    """Delete one paragraph; its text stays in the history."""
    place = request.place
    remove_record(request.actor, agency=place.code, record=Narrative(place.year, key, order, ""))
    messages.success(request, _("Paragraf dihapus. Isinya masih ada di riwayat."))
    return redirect(_back(request, key))


def _answer(request: InsideRequest, form: Written, status: int = 200) -> HttpResponse:
    template = "reporting/part_paragraph.html" if request.htmx else "reporting/conflict.html"
    stands = form.conflict.clashes[0].stands if form.conflict and form.conflict.clashes else ""
    context = {"one": form, "may_write": True, "stands": stands, "back": _back(request, form.key)}
    return render(request, template, context, status=status)


def _groups(here: SectionPlace, narratives: tuple[Narrative, ...]) -> list[dict[str, Any]]:
    return [
        {
            "key": key, "about": NARRATED[key],
            "paragraphs": [
                Written(key, item.order, item.text, item.text)
                for item in sorted((one for one in narratives if one.section == key), key=lambda one: one.order)
            ],
        }
        for key in here.narrated
    ]  # fmt: skip


def _task(task: ChapterTask | None, paragraphs: int) -> dict[str, Any]:
    state = standing(task, paragraphs).value
    if task is None:
        return {"state": CHIPS[state], "value": state}
    return {
        "state": CHIPS[state], "value": state, "owner": str(task.owner) if task.owner else "",
        "due": format_date(task.due) if task.due else "", "note": task.note,
    }  # fmt: skip


def _back(request: InsideRequest, key: str) -> str:
    """The page of the section that prints these words."""
    place = request.place
    sections = sections_for(settings_of(place.pk, place.year))
    home = next((item.key for item in sections if key in item.narrated), None)
    if home is None:
        return reverse("reporting:chapters", args=(place.code, place.year))
    return reverse("reporting:section", args=(place.code, place.year, home))


def _lines(text: str) -> str:
    """Browsers send line ends of their own."""
    return text.replace("\r\n", "\n")
