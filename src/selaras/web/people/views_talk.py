"""Dialogue and continuous feedback of one plan, as one timeline, with what is missing in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.people_rating import add_dialogue, give_feedback
from selaras.core.access import Act
from selaras.core.calendar import format_date
from selaras.core.people.feedback import Dialogue, Feedback, FeedbackKind, Occasion, check_feedback
from selaras.store.people import PlanFile, plan_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, head_of
from selaras.web.people.given import chosen, day_of, lines_of
from selaras.web.people.papers import downloads
from selaras.web.people.words import KINDS, OCCASIONS

ROW, VALUE = "hasil", "nilai"
"""How the choice of what a feedback is about begins: `hasil 3`, `nilai akuntabel`."""


@inside(Act.KEEP_SKP)
def page(request: InsideRequest, plan: str) -> HttpResponse:
    """The timeline, with the forms for who may write."""
    file = plan_of(request.actor, request.place.code, plan)
    head = head_of(request, file, "talk")
    today = timezone.localdate()
    writes = head["is_open"] and (head["is_own"] or head["is_assessor"])
    values = file.rules.skp.values
    kinds = list(FeedbackKind) if head["is_assessor"] else [FeedbackKind.NOTE]
    return render(request, "people/talk.html", {
        **head, "moments": _moments(file), "may_tell": writes, "may_talk": writes,
        "findings": check_feedback(file.plan, file.rows, file.dialogues, file.feedback, today),
        "feedback_url": address(request, "feedback", plan), "dialogue_url": address(request, "dialogue", plan),
        "kinds": [(kind.value, KINDS[kind][0]) for kind in kinds],
        "occasions": [(item.value, OCCASIONS[item]) for item in Occasion],
        "about_rows": [(f"{ROW} {row.order}", f"{row.order}. {row.result}") for row in file.rows],
        "about_values": [(f"{VALUE} {value.code}", value.name) for value in values],
        "today": today.isoformat(), "downloads": downloads(request, file),
    })  # fmt: skip


@inside(Act.KEEP_SKP, methods=("POST",))
def feedback(request: InsideRequest, plan: str) -> HttpResponse:
    """Write down one feedback."""
    given = request.POST
    what, _gap, about = given.get("tentang", "").partition(" ")
    give_feedback(
        request.actor, agency=request.place.code, code=plan, on=day_of(given.get("tanggal", ""), _("Tanggal")),
        kind=chosen(FeedbackKind, given.get("jenis", ""), _("Jenis")), text=given.get("isi", ""),
        row=int(about) if what == ROW and about.isdecimal() else None, value=about if what == VALUE else "",
        evidence=lines_of(given.get("bukti", "")),
    )  # fmt: skip
    messages.success(request, _("Umpan balik disimpan."))
    return redirect(address(request, "talk", plan))


@inside(Act.KEEP_SKP, methods=("POST",))
def dialogue(request: InsideRequest, plan: str) -> HttpResponse:
    """Write down one dialogue."""
    given = request.POST
    add_dialogue(
        request.actor, agency=request.place.code, code=plan, on=day_of(given.get("tanggal", ""), _("Tanggal")),
        occasion=chosen(Occasion, given.get("tahap", ""), _("Tahap")), topic=given.get("pokok", ""),
        agreed=given.get("kesepakatan", ""),
    )  # fmt: skip
    messages.success(request, _("Dialog disimpan."))
    return redirect(address(request, "talk", plan))


def _moments(file: PlanFile) -> list[dict[str, Any]]:
    spoken: list[Dialogue | Feedback] = [*file.dialogues, *file.feedback]
    return [_moment(file, item) for item in sorted(spoken, key=lambda item: item.on, reverse=True)]


def _moment(file: PlanFile, item: Dialogue | Feedback) -> dict[str, Any]:
    when = {"when": format_date(item.on), "iso": item.on.isoformat()}
    if isinstance(item, Dialogue):
        title = _("Dialog: %(occasion)s") % {"occasion": OCCASIONS[item.occasion]}
        return when | {
            "title": title, "who": ", ".join(_name(file, part) for part in item.parties), "text": item.topic,
            "agreed": item.agreed, "tone": "info", "icon": "comment",
        }  # fmt: skip
    label, tone, icon = KINDS[item.kind]
    proofs = [{"text": proof, "is_link": proof.startswith(("http://", "https://"))} for proof in item.evidence]
    return when | {
        "title": _("Umpan balik: %(kind)s") % {"kind": label}, "who": _name(file, item.giver), "about": _about(file, item),
        "text": item.text, "evidence": proofs, "tone": tone, "icon": icon,
    }  # fmt: skip


def _about(file: PlanFile, item: Feedback) -> str:
    if item.row is not None:
        found = next((row.result for row in file.rows if row.order == item.row), "")
        return f"{item.row}. {found}"
    return next((value.name for value in file.rules.skp.values if value.code == item.value), "")


def _name(file: PlanFile, code: str) -> str:
    """Somebody of the plan by name: the employee or the assessor; anybody else as it was written."""
    if code in {file.plan.employee, file.plan.position}:
        return file.who.name or file.who.title
    return (file.assessor.name or file.assessor.title) if code == file.plan.assessor else code
