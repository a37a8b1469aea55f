"""Instruments: the list with status and source, one to look at, an own one copied, changed, carried as a file, removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions import evaluation_templates as actions
from selaras.core.access import Act, may_somewhere
from selaras.core.calendar import format_date
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.evaluation.template import Mode, Template
from selaras.core.numerals import format_number
from selaras.store.evaluations import KnownTemplate, known_templates
from selaras.web.core_words import word
from selaras.web.evaluation.instruments import shown, typed
from selaras.web.evaluation.uploads import on_disk
from selaras.web.evaluation.words import CERTAINTY
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.sending import attachment


@inside()
def templates(request: InsideRequest) -> HttpResponse:
    """Every instrument that the agency may use."""
    place = request.place
    found = known_templates(place.code)
    if wants_xlsx(request):
        heads = [_("Kode"), _("Instrumen"), _("Dasar hukum"), _("Tahun kinerja"), _("Cara menjawab"), _("Komponen"),
                 _("Sub-komponen"), _("Kriteria"), _("Milik instansi"), _("Dipakai")]  # fmt: skip
        return exported(request, _("Instrumen evaluasi"), heads, map(_cells, found))
    return render(request, "evaluation/templates.html", {
        "lines": [_line(item) for item in found], "may_change": may_somewhere(request.actor, Act.EVALUATE, place.code),
        "may_export": may_somewhere(request.actor, Act.EXPORT, place.code),
    })  # fmt: skip


@inside()
def template(request: InsideRequest, template: str) -> HttpResponse:
    """One instrument, read only."""
    found = _find(request, template)
    return render(request, "evaluation/template.html", _context(request, found))


@inside(Act.EVALUATE, methods=("GET", "POST"))
def edit(request: InsideRequest, template: str) -> HttpResponse:
    """The form of an own instrument; what does not add up is told beside it and not stored."""
    found = _find(request, template)
    if not found.own:
        raise NotFound(_("Instrumen resmi tidak diubah; salin dahulu."))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            content = typed(found.template, request.POST.dict())
            actions.save_template(
                request.actor, agency=request.place.code, code=template, content=content,
                seen=request.POST.get("terlihat") or None,
            )  # fmt: skip
        except (NotAllowed, NotFound, Conflict):
            raise
        except Refusal as told:
            refusal = told
        else:
            messages.success(request, _("Instrumen tersimpan."))
            return redirect("evaluation:template", request.place.code, request.place.year, template)
    context = _context(request, found)
    if refusal:
        _fill(context["data"], request.POST.dict())
    context |= {"refusal": refusal, "seen": found.changed_at.isoformat() if found.changed_at else ""}
    return render(request, "evaluation/template_edit.html", context, status=422 if refusal else 200)


@inside(Act.EVALUATE, methods=("POST",))
def copy(request: InsideRequest, template: str) -> HttpResponse:
    """Make an own instrument out of another one."""
    made = actions.copy_template(
        request.actor, agency=request.place.code, base=template, code=request.POST.get("kode", ""),
        title=request.POST.get("judul", ""),
    )  # fmt: skip
    messages.success(request, _("Instrumen disalin; sekarang dapat diubah."))
    return redirect("evaluation:template-edit", request.place.code, request.place.year, made.code)


@inside(Act.EVALUATE, methods=("POST",))
def remove(request: InsideRequest, template: str) -> HttpResponse:
    """Remove an own instrument that no open evaluation uses."""
    actions.remove_template(
        request.actor, agency=request.place.code, code=template, reason=request.POST.get("alasan", "")
    )
    messages.success(request, _("Instrumen dihapus."))
    return redirect("evaluation:templates", request.place.code, request.place.year)


@inside(Act.EXPORT, methods=("POST",))
def export(request: InsideRequest, template: str) -> HttpResponse:
    """An instrument as a TOML file; it leaves a record, because it leaves the house."""
    content = actions.export_template(request.actor, agency=request.place.code, code=template)
    return attachment(content, f"lke-{template}.toml")


@inside(Act.EVALUATE, methods=("POST",))
def take_in(request: InsideRequest) -> HttpResponse:
    """Take in an instrument from a TOML file."""
    with on_disk(request.FILES.get("berkas")) as upload:
        if upload is None:
            raise Refusal(_("Pilih berkas instrumen dahulu."))
        made = actions.import_template(
            request.actor, agency=request.place.code, content=upload.path.read_bytes(), name=upload.name,
            replace="ganti" in request.POST,
        )  # fmt: skip
    messages.success(request, _("Instrumen %(code)s dimuat.") % {"code": made.code})
    return redirect("evaluation:template", request.place.code, request.place.year, made.code)


def _find(request: InsideRequest, code: str) -> KnownTemplate:
    found = next((item for item in reversed(known_templates(request.place.code)) if item.template.code == code), None)
    if found is None:
        raise NotFound(_("Instrumen evaluasi %(code)s tidak ditemukan.") % {"code": code})
    return found


def _line(item: KnownTemplate) -> dict[str, Any]:
    made = item.template
    return {
        "code": made.code, "title": made.title, "regulation": made.regulation, "own": item.own, "local": made.local,
        "years": _years(made), "mode": word(made.mode.value), "certainty": CERTAINTY[made.source.certainty],
        "components": len(made.components), "subs": len(made.subcomponents), "criteria": len(made.criteria),
        "used": item.used, "who": item.changed_by,
        "when": format_date(localtime(item.changed_at).date()) if item.changed_at else "",
    }  # fmt: skip


def _cells(item: KnownTemplate) -> list[Any]:
    line = _line(item)
    names = ("code", "title", "regulation", "years", "mode", "components", "subs", "criteria")
    return [*(line[name] for name in names), _("ya") if item.own else _("tidak"), item.used]


def _years(made: Template) -> str:
    return f"{made.first_year}–{made.last_year}" if made.last_year else _("sejak %(year)s") % {"year": made.first_year}


def _context(request: InsideRequest, item: KnownTemplate) -> dict[str, Any]:
    place, made = request.place, item.template
    may_change = may_somewhere(request.actor, Act.EVALUATE, place.code)
    source = made.source
    return {
        "item": item, "line": _line(item), "made": made, "data": shown(made), "own": item.own,
        "may_change": may_change, "may_edit": may_change and item.own,
        "may_export": may_somewhere(request.actor, Act.EXPORT, place.code),
        "source": ", ".join(part for part in (source.text, source.article) if part), "note": source.note,
        "places": made.rounding.places, "each_part": made.rounding.each_part, "rounding_source": made.rounding.source,
        "partial": format_number(made.partial), "is_graded": made.mode is Mode.CRITERIA,
        "list_url": reverse("evaluation:templates", args=(place.code, place.year)),
        "copy_code": f"{made.code}-{place.code}".lower()[:80],
    }  # fmt: skip


def _fill(data: dict[str, Any], given: dict[str, str]) -> None:
    """What was typed, back into the form that was refused."""
    records = [data, *data["components"], *data["predicates"]]
    records += [answer for scale in data["scales"] for answer in scale["answers"]]
    records += [sub for component in data["components"] for sub in component["subcomponents"]]
    records += [
        item for component in data["components"] for sub in component["subcomponents"] for item in sub["criteria"]
    ]
    for record in records:
        before = f"{record['key']}-" if "key" in record else ""
        for name in list(record):
            if isinstance(record[name], str) and name != "key" and f"{before}{name}" in given:
                record[name] = given[f"{before}{name}"]
