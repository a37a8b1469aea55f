"""Guides for interviews, observation and reading: drawn from the framework, edited, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_field import draw_guide, remove_guide, save_guide
from selaras.core.access import Act
from selaras.core.culture.sources import Method
from selaras.core.errors import NotFound
from selaras.store.culture import guides_of, study_at
from selaras.store.culture_rows import framework_of
from selaras.store.models import Study, StudyGuide
from selaras.web.culture import fields
from selaras.web.culture.fields import chosen
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again, typed_of
from selaras.web.culture.words import METHODS
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

DRAWN = (Method.INTERVIEW, Method.OBSERVATION, Method.DOCUMENT)
EMPTY_ROWS = 3


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """The guides of a study; a new one is drawn from the framework."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST":
        guide = draw_guide(
            request.actor, agency=request.place.code, study=study, title=request.POST.get("judul", ""),
            method=chosen(Method, request.POST, "metode", _("Metode")),
        )  # fmt: skip
        messages.success(request, _("Pedoman disusun dari kerangka; sunting pertanyaannya bila perlu."))
        return redirect(address(request, "guide", study, guide))
    return render(request, "culture/guides.html", {
        **head_of(request, row, me, "guides"), "fields": [
            fields.choice("metode", _("Metode"), [(item.value, METHODS[item]) for item in DRAWN], width="half"),
            fields.text("judul", _("Judul"), _("Pedoman wawancara"), required=True, width="half"),
        ], "lines": [
            {"row": item, "method": METHODS[Method(item.method)], "url": address(request, "guide", study, item.pk),
             "print_url": address(request, "guide-print", study, item.pk), "when": format_date(item.at.date()),
             "count": len(item.questions)}
            for item in guides_of(row.pk)
        ],
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str, guide: int) -> HttpResponse:
    """One guide with its questions in their order; an empty one is left out when saved."""
    row, me = study_at(request.actor, request.place.code, study)
    held = _found(row, guide)
    if request.method == "POST":
        save_guide(
            request.actor, agency=request.place.code, study=study, title=request.POST.get("judul", ""),
            method=Method(held.method), questions=_questions(request), opening=request.POST.get("pembuka", ""), guide=guide,
        )  # fmt: skip
        messages.success(request, _("Pedoman disimpan."))
        return redirect(address(request, "guide", study, guide))
    crumbs = ((_("Pedoman"), address(request, "guides", study)), (held.title, ""))
    if (typed := typed_of(request)) is not None:  # the row is shown as it was typed, and never saved
        held.title, held.opening = typed.get("judul", ""), typed.get("pembuka", "")
        held.questions = _questions(request)
    framework = framework_of(row)
    return render(request, "culture/guide.html", {
        **head_of(request, row, me, "guides", *crumbs), "guide": held, "method": METHODS[Method(held.method)],
        "rows": [*_rows(held), *({"number": len(held.questions) + n + 1, "node": "", "text": ""} for n in range(EMPTY_ROWS))],
        "nodes": [(node.code, f"{node.code} {node.name}") for node in framework.nodes],
        "print_url": address(request, "guide-print", study, guide), "remove_url": address(request, "guide-remove", study, guide),
    })  # fmt: skip


@inside(Act.READ_STUDY)
def printed(request: InsideRequest, study: str, guide: int) -> HttpResponse:
    """One guide as it is taken into the field, with room to write."""
    row, _me = study_at(request.actor, request.place.code, study)
    held = _found(row, guide)
    names = {node.code: node.name for node in framework_of(row).nodes}
    return render(request, "culture/guide_print.html", {
        "study": row, "guide": held, "method": METHODS[Method(held.method)], "back_url": address(request, "guide", study, guide),
        "rows": [item | {"name": names.get(item["node"], "")} for item in _rows(held)],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def remove(request: InsideRequest, study: str, guide: int) -> HttpResponse:
    """Remove a guide."""
    remove_guide(request.actor, agency=request.place.code, study=study, guide=guide)
    messages.success(request, _("Pedoman dihapus."))
    return redirect(address(request, "guides", study))


def _found(row: Study, guide: int) -> StudyGuide:
    held = guides_of(row.pk).filter(pk=guide).first()
    if held is None:
        raise NotFound(_("Pedoman ini tidak ditemukan."))
    return held


def _rows(held: StudyGuide) -> list[dict[str, Any]]:
    return [item | {"number": number} for number, item in enumerate(held.questions, 1)]


def _questions(request: InsideRequest) -> list[dict[str, str]]:
    nodes, texts = request.POST.getlist("simpul"), request.POST.getlist("teks")
    pairs = zip([*nodes, *[""] * len(texts)], texts, strict=False)
    return [{"node": node, "text": text} for node, text in pairs if text.strip()]
