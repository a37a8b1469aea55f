"""Frameworks: presets and own ones; the tree of constructs, dimensions, indicators and questions with its editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture import copy_framework, remove_framework, save_framework
from selaras.core.access import Act
from selaras.core.culture.displays import counts
from selaras.core.culture.frameworks import Asking, Framework
from selaras.core.errors import NotFound, Refusal
from selaras.store.culture import KnownFramework, frameworks_of, known_framework
from selaras.store.culture_rows import content_of
from selaras.web.culture import fields, trees
from selaras.web.culture.fields import lines_of
from selaras.web.culture.frame import address, tabs
from selaras.web.culture.typed import shown_again, typed_of
from selaras.web.culture.words import ASKINGS, LEVELS, PARTS, options
from selaras.web.gate import InsideRequest, inside


@inside(Act.READ_STUDY)
def overview(request: InsideRequest) -> HttpResponse:
    """The frameworks that may be used, own ones first."""
    rows = frameworks_of(request.place.code, timezone.localdate())
    may = request.place.can[Act.STUDY.name]
    return render(request, "culture/frameworks.html", {
        "tabs": tabs(request, "frameworks"), "may_manage": may, "new_url": address(request, "framework-new"),
        "lines": [
            {
                "known": item, "url": address(request, "framework", item.framework.code),
                "counts": _counts(item.framework), "copy_url": address(request, "framework-copy", item.framework.code),
            }
            for item in rows
        ],
    })  # fmt: skip


@inside(Act.READ_STUDY)
def page(request: InsideRequest, framework: str) -> HttpResponse:
    """One framework as a tree, with its editor where it is the agency's own."""
    known = _known(request, framework)
    may = request.place.can[Act.STUDY.name]
    return render(request, "culture/framework.html", {
        "known": known, "framework": known.framework, "tree": trees.nested(known.framework), "crumbs": _crumbs(request, known),
        "may_manage": may, "may_edit": may and known.own, "counts": _counts(known.framework),
        "copy_url": address(request, "framework-copy", framework),
        "settings_url": address(request, "framework-settings", framework),
        "node_url": address(request, "framework-node", framework), "move_url": address(request, "framework-move", framework),
        "remove_url": address(request, "framework-remove", framework),
        "study_url": f"{address(request, 'study-new')}?kerangka={framework}",
    })  # fmt: skip


@inside(Act.STUDY, methods=("GET", "POST"))
@shown_again()
def new(request: InsideRequest) -> HttpResponse:
    """A framework of the agency's own from one construct on."""
    if request.method == "POST":
        given = request.POST
        content = trees.begun(
            given.get("kode", "").strip(), given.get("nama", "").strip(), given.get("konstruk", "").strip(),
            given.get("pertanyaan", "").strip(),
        )  # fmt: skip
        made = save_framework(request.actor, agency=request.place.code, content=content)
        messages.success(request, _("Kerangka disimpan."))
        return redirect(address(request, "framework", made.code))
    return render(request, "culture/form.html", {
        "title": _("Kerangka baru"), "submit": _("Buat kerangka"), "cancel_url": address(request, "frameworks"),
        "subtitle": _("Mulai dari satu konstruk dan satu pertanyaan; simpul lain ditambahkan di halaman kerangka."),
        "crumbs": [(_("Kerangka"), address(request, "frameworks")), (_("Kerangka baru"), "")],
        "fields": [
            fields.text("kode", _("Kode"), required=True, width="third", most=80), fields.text("nama", _("Nama"), required=True),
            fields.text("konstruk", _("Konstruk pertama"), required=True),
            fields.area("pertanyaan", _("Pertanyaan wawancara pertama"), required=True, most=2000),
        ],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def copy(request: InsideRequest, framework: str) -> HttpResponse:
    """Make an own framework out of this one."""
    given = request.POST
    made = copy_framework(
        request.actor, agency=request.place.code, base=framework, code=given.get("kode", ""), title=given.get("nama", "")
    )  # fmt: skip
    messages.success(request, _("Salinan kerangka dibuat; kini dapat diubah."))
    return redirect(address(request, "framework", made.code))


@inside(Act.STUDY, methods=("GET", "POST"))
@shown_again()
def settings(request: InsideRequest, framework: str) -> HttpResponse:
    """Name, version, source, licence and answers of an own framework."""
    known = _own(request, framework)
    content = content_of(known.framework)
    if request.method == "POST":
        given = request.POST
        scale = content["scale"] | {
            "labels": lines_of(given.get("skala", "")),
            "unknown": given.get("tidak-tahu", "").strip(),
        }
        made = content | {
            "name": given.get("nama", "").strip(), "version": given.get("versi", "").strip(), "scale": scale,
            "source": given.get("asal", "").strip(), "licence": given.get("lisensi", "").strip(),
        }  # fmt: skip
        _save(request, known, made, given.get("lihat", ""))
        return redirect(address(request, "framework", framework))
    scale = known.framework.scale
    return render(request, "culture/form.html", {
        "title": _("Keterangan kerangka"), "submit": _("Simpan"), "cancel_url": address(request, "framework", framework),
        "crumbs": _crumbs(request, known, _("Keterangan")), "seen": known.framework.version, "fields": [
            fields.text("nama", _("Nama"), known.framework.name, required=True),
            fields.text("versi", _("Versi"), known.framework.version, required=True, width="third", most=80),
            fields.area("skala", _("Jawaban survei"), "\n".join(scale.labels), rows=5, width="half",
                        help=_("Dari yang paling rendah, satu setiap baris.")),
            fields.text("tidak-tahu", _("Jawaban tidak tahu"), scale.unknown, width="half",
                        help=_("Kosong bila tidak ditawarkan.")),
            fields.text("asal", _("Asal"), known.framework.source.text, most=2000),
            fields.text("lisensi", _("Lisensi"), known.framework.licence),
        ],
    })  # fmt: skip


@inside(Act.STUDY, methods=("GET", "POST"))
@shown_again()
def node(request: InsideRequest, framework: str) -> HttpResponse:
    """One node with its questions: `?simpul=` an old one, `?induk=` a new one below another, neither a new construct."""
    known = _own(request, framework)
    content = content_of(known.framework)
    before = request.GET.get("simpul", "")
    if request.method == "POST":
        made = trees.node_from(request.POST)
        _save(request, known, trees.written(content, before, made), request.POST.get("lihat", ""))
        return redirect(f"{address(request, 'framework', framework)}#simpul-{made['code']}")
    typed = typed_of(request)
    if typed is not None:
        held = trees.node_from(typed)
    elif before:
        held = trees.found(content, before)
    else:
        parent = request.GET.get("induk", "")
        held = _fresh(known.framework, parent)
    return render(request, "culture/framework_node.html", {
        "known": known, "crumbs": _crumbs(request, known, held["name"] or _("Simpul baru")), "node": held, "before": before,
        "rows": trees.rows_of(held), "askings": options(ASKINGS), "seen": known.framework.version,
        "levels": options(LEVELS), "parts": options(PARTS), "parents": _parents(known.framework, before),
        "cancel_url": address(request, "framework", framework), "below": len(trees.branch(content, before)) - 1 if before else 0,
        "prune_url": address(request, "framework-prune", framework),
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def move(request: InsideRequest, framework: str) -> HttpResponse:
    """A branch one place up or down."""
    step = {"naik": -1, "turun": 1}.get(request.POST.get("arah", ""))
    if step is None:
        raise NotFound(_("Arah tidak dikenal."))
    code = request.POST.get("simpul", "")
    _changed(request, framework, lambda content: trees.moved(content, code, step))
    return redirect(f"{address(request, 'framework', framework)}#simpul-{code}")


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def prune(request: InsideRequest, framework: str) -> HttpResponse:
    """A branch out of the tree."""
    _changed(request, framework, lambda content: trees.pruned(content, request.POST.get("simpul", "")))
    return redirect(address(request, "framework", framework))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def remove(request: InsideRequest, framework: str) -> HttpResponse:
    """An own framework altogether; studies keep theirs."""
    remove_framework(request.actor, agency=request.place.code, code=framework)
    messages.success(request, _("Kerangka dihapus."))
    return redirect(address(request, "frameworks"))


def _changed(request: InsideRequest, framework: str, change: Callable[[trees.Data], trees.Data]) -> None:
    known = _own(request, framework)
    _save(request, known, change(content_of(known.framework)), request.POST.get("lihat", ""))


def _save(request: InsideRequest, known: KnownFramework, content: trees.Data, seen: str) -> None:
    """Save a changed tree; one that a study uses gets the next version where none was given."""
    if known.used and content["version"] == known.framework.version and content != content_of(known.framework):
        content = content | {"version": trees.next_version(known.framework.version)}
    made = save_framework(request.actor, agency=request.place.code, content=content, seen=seen)
    if made.version != known.framework.version:
        told = _("Kerangka disimpan sebagai versi %(version)s; studi yang berjalan memakai versinya sendiri.")
        messages.success(request, told % {"version": made.version})
    else:
        messages.success(request, _("Kerangka disimpan."))


def _known(request: InsideRequest, code: str) -> KnownFramework:
    return known_framework(request.place.code, code, timezone.localdate())


def _own(request: InsideRequest, code: str) -> KnownFramework:
    known = _known(request, code)
    if not known.own:
        raise Refusal(_("Kerangka bawaan tidak diubah. Salin dahulu, lalu ubah salinannya."))
    return known


def _fresh(framework: Framework, parent: str) -> trees.Data:
    """An empty node below another; its level is the next one down."""
    levels = list(LEVELS)
    level = levels[0]
    if parent:
        if parent not in {item.code for item in framework.nodes}:
            raise NotFound(_("Simpul %(code)s tidak ditemukan.") % {"code": parent})
        level = levels[min(levels.index(framework.node(parent).level) + 1, len(levels) - 1)]
    return {"code": "", "level": level.value, "name": "", "parent": parent, "definition": "", "part": "-", "note": "",
            "questions": []}  # fmt: skip


def _parents(framework: Framework, code: str) -> list[tuple[str, str]]:
    own = {code} if code else set()
    for item in framework.nodes:
        if item.parent in own:
            own.add(item.code)
    return [(item.code, f"{item.code} {item.name}") for item in framework.nodes if item.code not in own]


def _counts(framework: Framework) -> str:
    parts = [f"{count} {str(LEVELS[level]).lower()}" for level, count in counts(framework).items() if count]
    asked = sum(1 for _pair in framework.questions(Asking.INTERVIEW, Asking.OBSERVATION, Asking.DOCUMENT))
    ticked = sum(1 for _pair in framework.questions(Asking.LIKERT))
    parts += [_("%(n)d pertanyaan pedoman") % {"n": asked}, _("%(n)d butir survei") % {"n": ticked}]
    return " · ".join(parts)


def _crumbs(request: InsideRequest, known: KnownFramework, last: str = "") -> list[tuple[Any, str]]:
    own = known.framework
    trail = [(_("Kerangka"), address(request, "frameworks"))]
    return (
        [*trail, (own.name, address(request, "framework", own.code)), (last, "")] if last else [*trail, (own.name, "")]
    )
