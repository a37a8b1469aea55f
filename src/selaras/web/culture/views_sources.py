"""Sources of a study: the log of what was collected, texts and files brought in, words that point at a person, the lock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_registers import draw_register
from selaras.actions.culture_sources import (
    add_source,
    add_source_file,
    draw_source,
    lock_source,
    remove_source,
    save_source,
)
from selaras.core.access import Act
from selaras.core.culture.recognising import pointers
from selaras.core.culture.sources import EVIDENCE, Method, fingerprint
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import EvidenceKind
from selaras.core.numerals import format_number
from selaras.store.culture import informants_of, study_at
from selaras.store.culture_identities import named_in
from selaras.store.culture_rows import INFORMANT, informant_record
from selaras.store.models import Evidence, RegisterDefinition, Study, StudyInformant, StudySource
from selaras.web.culture import fields
from selaras.web.culture.fields import chosen, perhaps_date, ticked, whole_of
from selaras.web.culture.frame import PER_PAGE, address, head_of, reads_texts
from selaras.web.culture.typed import shown_again
from selaras.web.culture.words import METHODS
from selaras.web.days import format_date
from selaras.web.evaluation.uploads import on_disk
from selaras.web.gate import InsideRequest, inside

MOST_EVIDENCE = 100
OPEN_METHODS = tuple(method for method in Method if method is not Method.SURVEY)


@inside(Act.READ_STUDY)
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """Every source with method, date, informants, length, passages; what was not collected says why."""
    row, me = study_at(request.actor, request.place.code, study)
    rows = StudySource.objects.filter(study=row.pk).defer("text").annotate(passages=Count("segments"))
    asked = request.GET.get("q", "").strip()
    if asked:
        rows = rows.filter(Q(code__icontains=asked) | Q(title__icontains=asked))
    pages = Paginator(rows.prefetch_related("informants").order_by("order", "pk"), PER_PAGE)
    shown = pages.get_page(request.GET.get("halaman"))
    return render(request, "culture/sources.html", {
        **head_of(request, row, me, "sources"), "rows": shown, "asked": asked, "total": pages.count,
        "lines": [_line(request, study, item, reads=reads_texts(me)) for item in shown],
        "new_url": address(request, "source-new", study), "evidence_url": address(request, "source-evidence", study),
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def new(request: InsideRequest, study: str) -> HttpResponse:
    """A text pasted or a file brought in."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST":
        code = _added(request, study)
        messages.success(request, _("Sumber %(code)s disimpan; kunci teksnya bila sudah benar.") % {"code": code})
        return redirect(address(request, "source", study, code))
    if not me.leads:
        raise NotAllowed(_("Hanya ketua studi yang menambah sumber."))
    crumbs = ((_("Sumber"), address(request, "sources", study)), (_("Sumber baru"), ""))
    return render(request, "culture/form_study.html", {
        **head_of(request, row, me, "sources", *crumbs), "title": _("Sumber baru"), "submit": _("Simpan sumber"),
        "subtitle": _("Tempelkan teksnya, atau pilih berkas teks, DOCX, atau PDF."), "multipart": True,
        "cancel_url": address(request, "sources", study), "fields": [
            *_form(None, list(informants_of(row.pk)), ()),
            fields.area("teks", _("Teks"), rows=10, most=2_000_000,
                        help=_("Tanpa nama orang. Biarkan kosong bila memilih berkas.")),
            fields.Field("berkas", _("Berkas"), "file", help=_("Teks UTF-8, DOCX, atau PDF, paling besar 20 MB.")),
        ],
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def evidence(request: InsideRequest, study: str) -> HttpResponse:
    """Evidence that is in the system, drawn in as a source."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST" and "register" in request.POST:
        code = draw_register(
            request.actor, agency=request.place.code, study=study, register=request.POST["register"],
            year=whole_of(request.POST, "tahun", _("Tahun")),
        )  # fmt: skip
        messages.success(request, _("Cacah register ditarik dan dikunci sebagai sumber %(code)s.") % {"code": code})
        return redirect(address(request, "source", study, code))
    if request.method == "POST":
        code = draw_source(
            request.actor, agency=request.place.code, study=study, title=request.POST.get("judul", ""),
            evidence=whole_of(request.POST, "bukti", _("Bukti")), method=chosen(Method, request.POST, "metode", _("Metode")),
        )  # fmt: skip
        messages.success(request, _("Bukti ditarik sebagai sumber %(code)s.") % {"code": code})
        return redirect(address(request, "source", study, code))
    if not me.leads:
        raise NotAllowed(_("Hanya ketua studi yang menambah sumber."))
    asked = request.GET.get("q", "").strip()
    found = Evidence.objects.filter(agency=request.place.pk, kind=EvidenceKind.FILE.value)
    if asked:
        found = found.filter(Q(title__icontains=asked) | Q(indicator__code__icontains=asked))
    found = found.select_related("indicator").order_by("-pk")[:MOST_EVIDENCE]
    crumbs = ((_("Sumber"), address(request, "sources", study)), (_("Dari bukti"), ""))
    return render(request, "culture/source_evidence.html", {
        **head_of(request, row, me, "sources", *crumbs), "found": found, "asked": asked,
        "registers": list(RegisterDefinition.objects.filter(agency=request.place.pk).values_list("code", "name")),
        "methods": [(item.value, METHODS[item]) for item in (Method.DOCUMENT, Method.OBSERVATION, Method.INTERVIEW)],
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str, source: str) -> HttpResponse:
    """One source: its details and, while it is open, its text; what in it may point at a person."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST":
        given = request.POST
        save_source(
            request.actor, agency=request.place.code, study=study, source=source, **_details(request),
            text=given.get("teks"), seen=given.get("lihat", ""),
        )  # fmt: skip
        messages.success(request, _("Sumber disimpan."))
        return redirect(address(request, "source", study, source))
    held = _found(row, source)
    people = list(informants_of(row.pk))
    behind = [item.code for item in held.informants.all()]
    crumbs = ((_("Sumber"), address(request, "sources", study)), (source, ""))
    given_form = [*_form(held, people, behind)]
    if not held.seal:
        given_form.append(fields.area("teks", _("Teks"), held.text, rows=16, most=2_000_000))
    return render(request, "culture/source.html", {
        **head_of(request, row, me, "sources", *crumbs), "source": held, "fields": given_form,
        "seen": fingerprint(held.text), "length": format_number(Decimal(held.length)), "method": METHODS[Method(held.method)],
        "pointers": [] if held.seal else pointers(held.text, [_record(item) for item in people]),
        "named": [] if held.seal or not me.leads else sorted({code for _key, code in named_in(row.pk, {source: held.text})}),
        "desk_url": address(request, "desk", study, source), "lock_url": address(request, "source-lock", study, source),
        "remove_url": address(request, "source-remove", study, source), "has_text": bool(held.text.strip()),
        "informants": behind, "reads": reads_texts(me),
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def lock(request: InsideRequest, study: str, source: str) -> HttpResponse:
    """Seal the text."""
    lock_source(request.actor, agency=request.place.code, study=study, source=source)
    messages.success(request, _("Teks dikunci; kini dapat disandi."))
    return redirect(address(request, "desk", study, source))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def remove(request: InsideRequest, study: str, source: str) -> HttpResponse:
    """Remove a source that nobody coded."""
    remove_source(
        request.actor, agency=request.place.code, study=study, source=source, reason=request.POST.get("alasan", "")
    )  # fmt: skip
    messages.success(request, _("Sumber dihapus."))
    return redirect(address(request, "sources", study))


def _added(request: InsideRequest, study: str) -> str:
    details, agency = _details(request), request.place.code
    gap = details.pop("gap")
    text = request.POST.get("teks", "")
    with on_disk(request.FILES.get("berkas")) as upload:
        if upload is None:
            return add_source(request.actor, agency=agency, study=study, text=text, gap=gap, **details)
        if text.strip():
            raise Refusal(_("Pilih salah satu: teks yang ditempelkan atau berkas."))
        return add_source_file(request.actor, agency=agency, study=study, upload=upload, **details)


def _details(request: InsideRequest) -> dict[str, Any]:
    given = request.POST
    return {
        "title": given.get("judul", ""), "method": chosen(Method, given, "metode", _("Metode")),
        "held": perhaps_date(given, "tanggal"), "place": given.get("tempat", ""), "collector": given.get("pengumpul", ""),
        "informants": given.getlist("informan"), "joint": ticked(given, "bersama"), "gap": given.get("kekosongan", ""),
    }  # fmt: skip


def _form(row: StudySource | None, people: list[StudyInformant], behind: Any) -> list[fields.Field]:
    offered = [
        (item.code, f"{item.code} {item.role}") for item in people if item.withdrawn is None or item.code in behind
    ]
    return [
        fields.text("judul", _("Judul"), row.title if row else "", required=row is not None, width="two-thirds"),
        fields.choice("metode", _("Metode"), [(item.value, METHODS[item]) for item in OPEN_METHODS],
                      row.method if row else "", width="third"),
        fields.day("tanggal", _("Tanggal"), row.held if row else None, width="third"),
        fields.text("tempat", _("Tempat"), row.place if row else "", width="third"),
        fields.text("pengumpul", _("Pengumpul"), row.collector if row else "", width="third",
                    help=_("Pengamat menentukan akun sebuah observasi.")),
        *([fields.checks("informan", _("Informan"), offered, behind)] if offered else []),
        fields.check("bersama", _("Mereka menjawab bersama, jadi satu akun"), bool(row and row.joint)),
        fields.text("kekosongan", _("Alasan bila tanpa isi atau tanpa penggalan"), row.gap if row else "", most=2000),
    ]  # fmt: skip


def _line(request: InsideRequest, study: str, row: StudySource, *, reads: bool) -> dict[str, Any]:
    return {
        "row": row, "url": address(request, "source", study, row.code), "method": METHODS[Method(row.method)],
        "desk_url": address(request, "desk", study, row.code) if row.seal and reads else "", "passages": row.passages,  # type: ignore[attr-defined]
        "when": format_date(row.held) if row.held else "", "length": format_number(Decimal(row.length)),
        "informants": [item.code for item in row.informants.all()],
        "is_evidence": Method(row.method) in EVIDENCE,
    }  # fmt: skip


def _found(row: Study, source: str) -> StudySource:
    held = StudySource.objects.filter(study=row.pk, code=source).prefetch_related("informants").first()
    if held is None:
        raise NotFound(_("Sumber %(code)s tidak ditemukan.") % {"code": source})
    return held


def _record(row: StudyInformant) -> Any:
    return informant_record(tuple(getattr(row, name) for name in INFORMANT))
