"""Papers and files of a study: its report, the project and codebook in open formats out and in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_exchange import (
    BookForm,
    ImportReport,
    export_codebook,
    export_memos,
    export_project,
    import_codebook,
    import_project,
)
from selaras.actions.culture_papers import export_report
from selaras.core.access import Act
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.culture import frameworks_of, study_at
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.survey_frame import today
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.sending import attachment

REPORTS = ("pdf", "docx", "html")
PROJECT = "qdpx"
MEMOS = {f"memo-{form.value}": form for form in (BookForm.CSV, BookForm.XLSX)}
MOST_BYTES = 64 << 20
BOOKS, PROJECTS = (".qdc", ".csv", ".xlsx"), (".qdpx",)


@inside(Act.READ_STUDY)
def page(request: InsideRequest, study: str) -> HttpResponse:
    """What can be taken out of a study and brought into it."""
    return _page(request, study, None)


@inside(Act.READ_STUDY, methods=("POST",))
def download(request: InsideRequest, study: str) -> HttpResponse:
    """One file of a study; the verb notes who took what."""
    form, place = request.POST.get("bentuk", ""), request.place
    with tempfile.TemporaryDirectory(prefix="selaras-studi-") as folder:
        output = Path(folder)
        if form in REPORTS:
            path = export_report(request.actor, agency=place.code, study=study, format=form, output=output)
        elif form == PROJECT:
            path = export_project(request.actor, agency=place.code, study=study, output=output)
        elif form.removeprefix("buku-") in set(BookForm):
            book = BookForm(form.removeprefix("buku-"))
            path = export_codebook(request.actor, agency=place.code, study=study, form=book, output=output)
        elif form in MEMOS:
            path = export_memos(request.actor, agency=place.code, study=study, form=MEMOS[form], output=output)
        else:
            raise NotFound(_("Berkas %(name)s tidak ada.") % {"name": form})
        return attachment(path.read_bytes(), path.name)


@inside(Act.STUDY, methods=("POST",))
def take_codebook(request: InsideRequest, study: str) -> HttpResponse:
    """Add the codes of a file to the codebook; what is there is left and told."""
    with _on_disk(request.FILES.get("berkas"), BOOKS) as path:
        report = import_codebook(request.actor, agency=request.place.code, study=study, path=path)
    messages.success(request, _("%(n)s kode ditambahkan.") % {"n": report.codes})
    return _page(request, study, report)


@inside(Act.STUDY, methods=("GET", "POST"))
def take_project(request: InsideRequest) -> HttpResponse:
    """Open a study with everything that a project file holds, and say what did not come along."""
    place, given = request.place, request.POST
    problem, report = None, None
    if request.method == "POST":
        try:
            with _on_disk(request.FILES.get("berkas"), PROJECTS) as path:
                report = import_project(
                    request.actor, agency=place.code, code=given.get("kode", ""), title=given.get("judul", ""),
                    framework=given.get("kerangka", ""), year=place.year, path=path,
                )  # fmt: skip
        except Refusal as refused:
            if not refused.faults:
                raise
            problem = refused
    if report is not None and not report.dropped:
        messages.success(request, _told(report))
        return redirect(address(request, "papers", report.study))
    return render(request, "culture/survey_import.html", {
        "frameworks": [(item.framework.code, item.framework.name) for item in frameworks_of(place.code, today())],
        "given": given, "problem": problem, "report": report, "told": _told(report) if report else "",
        "study_url": address(request, "study", report.study) if report else "",
        "crumbs": [(_("Budaya kerja"), address(request, "studies")), (_("Impor proyek"), "")],
        "back_url": address(request, "studies"),
    }, status=422 if problem else 200)  # fmt: skip


def _page(request: InsideRequest, study: str, report: ImportReport | None) -> HttpResponse:
    place = request.place
    row, me = study_at(request.actor, place.code, study)
    return render(request, "culture/survey_papers.html", {
        **head_of(request, row, me, "papers", (_("Laporan dan berkas"), "")), "report": report,
        "may_export": place.can["EXPORT"], "download_url": address(request, "papers-download", study),
        "codebook_url": address(request, "papers-codebook", study), "import_url": address(request, "project-import"),
        "reports": [("pdf", _("Laporan PDF"), "btn-primary"), ("docx", _("Laporan DOCX"), "btn-secondary"),
                    ("html", _("Laporan HTML"), "btn-secondary")],
        "books": [(f"buku-{form.value}", f"{_('Buku kode')} {form.value.upper()}") for form in BookForm],
    })  # fmt: skip


def _told(report: ImportReport) -> str:
    return _(
        "Studi %(study)s dibuat: %(codes)s kode, %(sources)s sumber, %(segments)s penggalan, %(codings)s penyandian."
    ) % {
        "study": report.study, "codes": report.codes, "sources": report.sources, "segments": report.segments,
        "codings": report.codings,
    }  # fmt: skip


@contextmanager
def _on_disk(file: UploadedFile[Any] | None, endings: tuple[str, ...]) -> Iterator[Path]:
    """An uploaded file under its own ending for as long as it is read. Raises Refusal."""
    expected = ", ".join(endings)
    if file is None:
        raise Refusal(_("Berkas belum dipilih."), Fault("berkas kosong", expected=expected))
    name = Path(file.name or "berkas").name
    if Path(name).suffix.lower() not in endings:
        raise Refusal(_("Berkas ini tidak dapat diimpor."), Fault("jenis berkas", read=name, expected=expected))
    if (file.size or 0) > MOST_BYTES:
        raise Refusal(
            _("Berkas ini tidak dapat diimpor."), Fault("berkas terlalu besar", expected=f"{MOST_BYTES >> 20} MB")
        )
    with tempfile.TemporaryDirectory(prefix="selaras-impor-") as folder:
        path = (
            Path(folder) / f"{Path(name).stem[:50]}{Path(name).suffix.lower()}"
        )  # a refusal names it as its sender does
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        yield path
