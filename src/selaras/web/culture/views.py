"""The list of culture studies: what there is, the worked examples, a new study."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture import open_study
from selaras.actions.culture_demo import load_demo
from selaras.core.access import Act
from selaras.rulebook.culture import examples
from selaras.store.culture import StudyLine, frameworks_of, studies_of
from selaras.web.culture import fields
from selaras.web.culture.fields import whole_of
from selaras.web.culture.frame import address, tabs
from selaras.web.culture.typed import shown_again
from selaras.web.culture.words import STAGES, look
from selaras.web.gate import InsideRequest, inside


@inside(Act.READ_STUDY)
def studies(request: InsideRequest) -> HttpResponse:
    """The studies of the agency: of all years, the newest first."""
    rows = studies_of(request.actor, request.place.code)
    there = {line.row.code for line in rows}
    loadable = [item.study for item in examples() if item.study.code not in there]
    return render(request, "culture/studies.html", {
        "tabs": tabs(request, "studies"), "lines": [_line(request, line) for line in rows],
        "examples": loadable, "may_manage": request.place.can[Act.STUDY.name],
        "new_url": address(request, "study-new"), "demo_url": address(request, "demo"),
        "import_url": address(request, "project-import"),
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
def demo(request: InsideRequest) -> HttpResponse:
    """Load one worked example, or all."""
    code = request.POST.get("contoh", "")
    made = load_demo(request.actor, agency=request.place.code, year=request.place.year, codes=(code,) if code else ())
    if made:
        messages.success(request, _("Contoh dimuat: %(codes)s.") % {"codes": ", ".join(made)})
    else:
        messages.info(request, _("Semua contoh sudah ada."))
    return redirect(address(request, "study", made[0]) if len(made) == 1 else address(request, "studies"))


@inside(Act.STUDY, methods=("GET", "POST"))
@shown_again()
def new(request: InsideRequest) -> HttpResponse:
    """Open a study: its title, question and framework; all else can follow."""
    if request.method == "POST":
        given = request.POST
        row = open_study(
            request.actor, agency=request.place.code, code=given.get("kode", ""), title=given.get("judul", ""),
            framework=given.get("kerangka", ""), year=whole_of(given, "tahun", _("Tahun")),
            fields={"question": given.get("pertanyaan", ""), "subject": given.get("lingkup", "")},
        )  # fmt: skip
        messages.success(request, _("Studi dibuka. Anda ketuanya."))
        return redirect(address(request, "study", row.code))
    known = frameworks_of(request.place.code, timezone.localdate())
    offered = [(item.framework.code, item.framework.name) for item in known]
    return render(request, "culture/form.html", {
        "title": _("Studi baru"), "crumbs": [(_("Budaya kerja"), address(request, "studies")), (_("Studi baru"), "")],
        "subtitle": _("Kerangka yang dipilih menjadi buku kode dan kerangka pertanyaan."),
        "submit": _("Buka studi"), "cancel_url": address(request, "studies"), "fields": [
            fields.text("kode", _("Kode"), _free(request.place.year), required=True, width="third", most=80,
                        help=_("Nama pendek studi, misalnya BK-2026.")),
            fields.number("tahun", _("Tahun"), request.place.year, required=True, width="third"),
            fields.choice("kerangka", _("Kerangka"), offered, request.GET.get("kerangka", ""), required=True),
            fields.text("judul", _("Judul"), required=True),
            fields.text("lingkup", _("Organisasi yang diteliti"), request.place.name),
            fields.area("pertanyaan", _("Pertanyaan penelitian"), help=_("Satu pertanyaan setiap baris.")),
        ],
    })  # fmt: skip


def _free(year: int) -> str:
    return f"BK-{year or date.today().year}"


def _line(request: InsideRequest, line: StudyLine) -> dict[str, Any]:
    return {
        "row": line.row, "url": address(request, "study", line.row.code), "stage": look(STAGES, line.stage),
        "informants": line.informants, "sources": line.sources, "locked": line.locked, "conclusions": line.conclusions,
        "open_actions": line.open_actions,
    }  # fmt: skip
