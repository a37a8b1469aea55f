"""Published files to save, and the question whether a file is the one that was published."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selaras.core.errors import NotFound
from selaras.store.editions import PUBLIC, published_editions, read_edition_file, registered
from selaras.store.models import ReportEdition
from selaras.store.models.work import EditionState
from selaras.web.public.gateway import open_to_all, shown, stamp
from selaras.web.public.views import FORMS
from selaras.web.reporting.documents import NAMES, moment
from selaras.web.reporting.sending import attachment

MOST_BYTES = 50 << 20
SHA256 = re.compile(r"[0-9a-f]{64}")


@open_to_all
def file(request: HttpRequest, agency: str, year: int, edition: int, name: str) -> HttpResponse:
    """A file of a published edition, after a look at its fingerprint."""
    row = published_editions(agency).filter(pk=edition, year=year).first()
    sha256 = row.files.get(PUBLIC + name) if row else None
    if row is None or sha256 is None or name.rpartition(".")[2] not in FORMS:
        raise NotFound(_("Berkas ini tidak ada atau tidak diterbitkan."))
    del request
    answer = attachment(read_edition_file(agency, sha256, name.rpartition(".")[2]), name)
    answer["ETag"] = f'"{sha256}"'
    return stamp(answer, row)


# The form changes nothing and keeps nothing, so it needs no token and sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a file, or a fingerprint, belongs to a published edition. An upload is hashed and not kept."""
    if request.method == "GET" and "sha256" not in request.GET:
        return shown(request, "public/verify.html", {"asked": False})
    given, problem = _fingerprint(request)
    found = [_found(row, name) for row, name in registered(given)] if given else []
    answer = shown(request, "public/verify.html", {
        "asked": True, "sha256": given, "problem": problem, "found": found,
    })  # fmt: skip
    answer["Cache-Control"] = "no-store"
    answer.status_code = 422 if problem else 200
    return answer


def _fingerprint(request: HttpRequest) -> tuple[str, str]:
    upload = request.FILES.get("berkas")
    if isinstance(upload, UploadedFile):
        if (upload.size or 0) > MOST_BYTES:
            return "", _("Berkas ini terlalu besar; paling besar 50 MB.")
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        return digest.hexdigest(), ""
    words = (request.POST.get("sha256") or request.GET.get("sha256") or "").strip().casefold()
    if not words:
        return "", _("Pilih berkasnya, atau tulis SHA-256-nya.")
    if not SHA256.fullmatch(words):
        return "", _("SHA-256 terdiri atas 64 angka 0–9 dan huruf a–f.")
    return words, ""


def _found(row: ReportEdition, name: str) -> dict[str, Any]:
    withdrawn = row.state == EditionState.WITHDRAWN.value
    return {
        "agency": row.agency.name, "document": str(NAMES.get(row.kind, row.kind)), "year": row.year, "name": name,
        "version": row.version, "published": moment(row.published_at), "withdrawn": withdrawn,
        "url": "" if withdrawn else reverse("public:agency", args=(row.agency.code,)),
    }  # fmt: skip
