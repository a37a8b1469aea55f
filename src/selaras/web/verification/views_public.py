"""Verifying for everybody: hand a file in, wait, read the answer; or look up the code that is printed on a document."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selaras.actions.verifying import request_verification, start_waiting
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.core.issuing.codes import shown as printed
from selaras.core.issuing.codes import typed
from selaras.core.issuing.outcome import Standing
from selaras.core.issuing.stages import SignatureState
from selaras.documents.pades.verify import LIMITS
from selaras.documents.read.limits import MIB
from selaras.store.issuing import is_handed_out, read_issued
from selaras.store.models import Verification
from selaras.store.models.proofs import VerificationState
from selaras.store.proofs import find_verification, register_of_code, waiting_before
from selaras.web.accounts.moments import shown as moment
from selaras.web.public.gateway import shown
from selaras.web.reporting.sending import attachment
from selaras.web.service.limits import limited
from selaras.web.service.pages import PUBLIC, sealed
from selaras.web.verification.shown import answer_of

MOST_FILES, MOST_LOOKS, SECONDS = 12, 120, 900
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
STANDINGS = {
    Standing.CURRENT: "good", Standing.UNFINISHED: "warn", Standing.REPLACED: "warn", Standing.WITHDRAWN: "bad",
}  # fmt: skip


# The form changes nothing that belongs to anybody, so it needs no token and sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited("periksa-berkas", most=MOST_FILES, seconds=SECONDS)
def home(request: HttpRequest) -> HttpResponse:
    """The two ways to ask: with a file, or with the code on a document."""
    given = request.GET.get("kode", "")
    code = typed(given)
    if request.method != "POST":
        if code:
            return redirect("verify:document", code)
        words = _("Kode ini tidak terdaftar. Periksa lagi huruf dan angkanya.")
        return _home(request, Refusal(words), status=404) if given.strip() else _home(request)
    upload = request.FILES.get("berkas")
    try:
        row = _taken(upload)
    except CannotRun:
        raise
    except Refusal as refusal:
        return _home(request, refusal, status=422)
    return redirect("verify:result", row.code)


@require_http_methods(["GET", "HEAD"])
@limited("periksa-hasil", most=600, seconds=SECONDS, methods=("GET", "HEAD"))
def result(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, or how far it is."""
    row = _row(code)
    return sealed(shown(request, "verification/result.html", _context(row)))


@require_http_methods(["GET", "HEAD"])
@limited("periksa-hasil", most=600, seconds=SECONDS, methods=("GET", "HEAD"))
def state(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that asks again until the answer is there."""
    row = _row(code)
    if row.state == VerificationState.WAITING.value:
        start_waiting(PUBLIC)
    return sealed(render(request, "verification/part_state.html", _context(row)))


@require_http_methods(["GET", "HEAD"])
@limited("periksa-kode", most=MOST_LOOKS, seconds=SECONDS, methods=("GET", "HEAD"))
def document(request: HttpRequest, code: str) -> HttpResponse:
    """An issued document by the code that is printed on it: what it is, who signed, and whether it still holds."""
    wanted = typed(code)
    if not wanted:
        raise NotFound(_("Kode ini tidak terdaftar. Periksa lagi huruf dan angkanya."))
    if wanted != code:
        return redirect("verify:document", wanted)
    row, told = register_of_code(wanted)
    signatures = [
        {
            "role": one.role, "office": one.office, "holder": one.holder, "state": one.state, "when": moment(one.signed_at),
            "level": one.level, "subject": one.certificate_subject, "issuer": one.issuer,
            "is_signed": one.state == SignatureState.SIGNED.value,
        }
        for one in row.signatures.order_by("order")
    ]  # fmt: skip
    return sealed(shown(request, "verification/document.html", {
        "row": row, "told": told, "tone": STANDINGS[told.standing], "signatures": signatures,
        "issued": moment(row.issued_at), "stages": row.stages.count(), "most": LIMITS.size // MIB,
        "printed": printed(row.code), "handed": is_handed_out(row),
    }))  # fmt: skip


@require_http_methods(["GET", "HEAD"])
@limited("periksa-unduh", most=MOST_LOOKS, seconds=SECONDS, methods=("GET", "HEAD"))
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The file of an issued document whose issuer lets everybody have it."""
    del request
    row, _told = register_of_code(typed(code) or code)
    if not is_handed_out(row):
        raise NotFound(_("Berkas dokumen ini tidak dibagikan di sini. Mintalah kepada penerbitnya."))
    return sealed(attachment(read_issued(row.agency.code, row.sha256), row.file))


def _home(request: HttpRequest, problem: Refusal | None = None, *, status: int = 200) -> HttpResponse:
    answer = shown(request, "verification/home.html", {"problem": problem, "most": LIMITS.size // MIB})
    return sealed(answer, status)


def _taken(upload: object) -> Verification:
    if not isinstance(upload, UploadedFile):
        raise Refusal(_("Pilih berkasnya lebih dahulu."), Fault(_("tidak ada berkas")))
    if (upload.size or 0) > LIMITS.size:
        raise Refusal(
            _("Berkas ini terlalu besar untuk diperiksa di sini."),
            Fault(_("ukuran berkas"), expected=_("paling besar %(n)s MB") % {"n": LIMITS.size // MIB}),
        )
    with tempfile.TemporaryDirectory(prefix="selaras-periksa-") as folder:
        path = Path(folder) / "berkas"
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        return request_verification(PUBLIC, path=path, name=upload.name or "berkas")


def _row(code: str) -> Verification:
    if not TOKEN.fullmatch(code):
        raise NotFound(_("Hasil pemeriksaan ini tidak ada."))
    return find_verification(code, timezone.now())


def _context(row: Verification) -> dict[str, Any]:
    is_open = row.state in (VerificationState.WAITING.value, VerificationState.RUNNING.value)
    made: dict[str, Any] = {
        "row": row, "is_open": is_open, "is_running": row.state == VerificationState.RUNNING.value,
        "before": waiting_before(row) if is_open else 0, "until": moment(row.expires_at),
        "asked": moment(row.made_at),
    }  # fmt: skip
    return made | ({} if is_open else {"answer": answer_of(row.result)})
