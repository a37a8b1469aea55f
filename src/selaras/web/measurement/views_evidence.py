"""Evidence of one value: uploaded, named, looked at, downloaded, taken away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.evidence import (
    MOST_BYTES,
    Upload,
    link_evidence,
    register_evidence,
    remove_evidence,
    upload_evidence,
)
from selaras.actions.links import check_link
from selaras.core.errors import NotFound, Refusal
from selaras.core.measurement.records import EvidenceKind
from selaras.store import models as tables
from selaras.store.evidence import path_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.evidence_shown import files_of
from selaras.web.measurement.forms import NamedEvidenceForm
from selaras.web.measurement.subject import Subject, subject_of
from selaras.web.middleware import status_of

MOST_FILES = 10


@inside(methods=("GET", "POST"))
def evidence(request: InsideRequest, indicator: str, span: str, index: int) -> HttpResponse:
    """Keep uploaded files; or, fetched by htmx, the list of what there is."""
    subject = subject_of(request, indicator, span, index)
    if request.method == "GET":
        return _listed(subject) if request.htmx else redirect(f"{subject.url}#bukti")
    by_script = bool(request.headers.get("HX-Request"))
    try:
        for file in request.FILES.getlist("bukti")[:MOST_FILES]:
            with _on_disk(file) as path:
                upload_evidence(request.actor, **subject.at, upload=Upload(path, Path(file.name or "berkas").name))
    except Refusal as refusal:
        if not by_script:
            raise
        words = " ".join(fault.sentence() for fault in refusal.faults) or refusal.message
        return HttpResponse(words, status=status_of(refusal), content_type="text/plain; charset=utf-8")
    if by_script:
        return HttpResponse(_("Tersimpan."), content_type="text/plain; charset=utf-8")
    if not request.FILES:
        raise Refusal(_("Pilih berkasnya dahulu."))
    messages.success(request, _("Bukti tersimpan."))
    return redirect(f"{subject.url}#bukti")


@inside(methods=("POST",))
def add_named(request: InsideRequest, indicator: str, span: str, index: int) -> HttpResponse:
    """Name a link or an entry of a register as evidence."""
    subject = subject_of(request, indicator, span, index)
    form = NamedEvidenceForm(request.POST)
    if not form.is_valid():
        raise Refusal(" ".join(f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()))
    given = form.cleaned_data
    if given["jenis"] == "tautan":
        link_evidence(request.actor, **subject.at, address=given["sasaran"], title=given["judul"], dated=form.dated)
    else:
        register_evidence(request.actor, **subject.at, target=given["sasaran"], title=given["judul"], dated=form.dated)
    messages.success(request, _("Bukti tersimpan."))
    return redirect(f"{subject.url}#bukti")


@inside()
def download(request: InsideRequest, indicator: str, span: str, index: int, row: int) -> HttpResponse:
    """The file as a download; no browser runs it, whatever is in it."""
    found = _row(request, indicator, span, index, row)
    if found.kind != EvidenceKind.FILE.value:
        raise NotFound(_("Bukti ini bukan berkas."))
    path = path_of(request.place.code, found.target)
    # The browser closes the file with the answer.
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=_file_name(found), content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]


@inside(methods=("POST",))
def remove(request: InsideRequest, indicator: str, span: str, index: int, row: int) -> HttpResponse:
    """Take evidence away."""
    found = _row(request, indicator, span, index, row)
    subject = subject_of(request, indicator, span, index)
    remove_evidence(request.actor, **subject.at, title=found.title, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Bukti dihapus."))
    return redirect(f"{subject.url}#bukti")


@inside(methods=("POST",))
def look(request: InsideRequest, indicator: str, span: str, index: int, row: int) -> HttpResponse:
    """Look whether a link is still there."""
    found = _row(request, indicator, span, index, row)
    state = check_link(request.actor, agency=request.place.code, evidence=found.pk)
    if state.healthy:
        messages.success(request, _("Tautan terbuka."))
    else:
        messages.warning(request, _("Tautan tidak terbuka: %(answer)s.") % {"answer": state.answer})
    return redirect(f"{subject_of(request, indicator, span, index).url}#bukti")


def _listed(subject: Subject) -> HttpResponse:
    return render(subject.request, "measurement/evidence_list.html", {"files": files_of(subject), "subject": subject})


def _row(request: InsideRequest, indicator: str, span: str, index: int, row: int) -> Any:
    found = tables.Evidence.objects.filter(
        agency=request.place.pk, indicator__code=indicator, year=request.place.year, span=span, index=index, pk=row
    ).first()
    if found is None:
        raise NotFound(_("Bukti ini tidak ditemukan."))
    return found


def _file_name(row: Any) -> str:
    ending = Path(row.target).suffix
    return row.title if row.title.casefold().endswith(ending.casefold()) else f"{row.title}{ending}"


@contextmanager
def _on_disk(file: UploadedFile[bytes]) -> Iterator[Path]:
    """The uploaded content as a file of its own, gone afterwards; one that is too large is not even written."""
    with tempfile.TemporaryDirectory(prefix="selaras-") as folder:
        path = Path(folder) / "unggahan"
        left = MOST_BYTES + 1
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk[:left])
                left -= len(chunk)
                if left <= 0:
                    break
        yield path
