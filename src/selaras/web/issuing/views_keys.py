"""Signing keys on the server, for the administrator: whose they are, until when, adding, trying, switching off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from selaras.actions import issuing_keys
from selaras.actions._issuing_services import remote_service, services_of, usual_level
from selaras.core.access import Act, Role
from selaras.core.errors import CannotRun, NotFound, Refusal
from selaras.core.issuing.stages import KeyKind
from selaras.documents.pades.certificates import LARGEST_P12
from selaras.store.issuing import keys_of
from selaras.store.models import SigningKey
from selaras.store.users import holders_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.issuing.frame import address, moment, tabs
from selaras.web.templatetags.ui import Look

SOON = timedelta(days=60)


@inside(Act.KEEP_KEYS)
def keys(request: InsideRequest) -> HttpResponse:
    """The keys with their certificates, and what the installation has set up for signing."""
    return _page(request)


@csrf_exempt  # its inner view is protected: the upload must be kept from the disk before anything reads the form
def add_file(request: Any, agency: str, year: int) -> HttpResponse:
    """Add a PKCS#12 file, with the upload held in memory alone."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    inner: Any = _add_file
    answer: HttpResponse = inner(request, agency=agency, year=year)
    return answer


@csrf_protect
@sensitive_post_parameters("sandi")
@inside(Act.KEEP_KEYS, methods=("POST",))
def _add_file(request: InsideRequest) -> HttpResponse:
    file = request.FILES.get("p12")
    if file is None or file.size is None or file.size > LARGEST_P12:
        return _page(request, Refusal(_("Berkas kunci belum dipilih atau terlalu besar.")))
    try:
        issuing_keys.add_p12(
            request.actor, agency=request.place.code, name=request.POST.get("nama", ""), content=file.read(),
            passphrase=request.POST.get("sandi", ""), holder=request.POST.get("pemegang", ""),
        )  # fmt: skip
    except Refusal as problem:
        return _page(request, problem)
    messages.success(request, _("Kunci ditambahkan."))
    return redirect(address(request, "keys"))


@sensitive_post_parameters("pin")
@inside(Act.KEEP_KEYS, methods=("POST",))
def add_device(request: InsideRequest) -> HttpResponse:
    """Add a key in the server's device."""
    given = {name: request.POST.get(word, "") for name, word in (
        ("name", "nama"), ("token", "token"), ("label", "label"), ("pin", "pin"), ("certificate", "sertifikat"),
        ("holder", "pemegang"))}  # fmt: skip
    try:
        issuing_keys.add_device(request.actor, agency=request.place.code, **given)
    except Refusal as problem:
        return _page(request, problem)
    messages.success(request, _("Kunci ditambahkan."))
    return redirect(address(request, "keys"))


@inside(Act.KEEP_KEYS, methods=("POST",))
def change(request: InsideRequest, key: int, what: str) -> HttpResponse:
    """Try a key, switch it off or on, or delete its secret."""
    given: dict[str, Any] = {"agency": request.place.code, "key": key}
    if what == "uji":
        try:
            facts = issuing_keys.check_key(request.actor, **given)
        except CannotRun as problem:
            return _page(request, problem)
        words = _("Kunci terbuka. Sertifikat %(subject)s berlaku sampai %(until)s.")
        messages.success(request, words % {"subject": facts.subject, "until": moment(facts.not_after)})
    elif what in {"aktif", "nonaktif"}:
        issuing_keys.switch_key(request.actor, **given, active=what == "aktif")
        messages.success(request, _("Keadaan kunci disimpan."))
    elif what == "hapus":
        issuing_keys.remove_secret(request.actor, **given)
        messages.success(request, _("Rahasia kunci dihapus dari server."))
    else:
        raise NotFound(_("Langkah ini tidak ada."))
    return redirect(address(request, "keys"))


def _page(request: InsideRequest, problem: Refusal | None = None) -> HttpResponse:
    code = request.place.code
    people = holders_of(code, timezone.localdate(), *(role for role in Role if role is not Role.READER))
    services = services_of(code)
    return render(request, "issuing/keys.html", {
        "lines": [_line(row) for row in keys_of(code)], "problem": problem,
        "people": sorted(((user.username, str(user)) for user in people), key=lambda pair: pair[1].casefold()),
        "tsa": services.tsa, "roots": len(services.roots), "remote": remote_service() is not None,
        "device": bool(settings.SIGN_PKCS11), "level": usual_level().value, "name": request.POST.get("nama", ""),
        **tabs(request, "keys"),
    }, status=422 if problem else 200)  # fmt: skip


def _line(row: SigningKey) -> dict[str, Any]:
    now = timezone.now()
    look = Look(_("Aktif"), "good", "check-circle")
    if not row.secret:
        look = Look(_("Rahasia dihapus"), "none", "trash")
    elif not row.active:
        look = Look(_("Tidak aktif"), "none", "minus")
    elif row.not_after and row.not_after < now:
        look = Look(_("Kedaluwarsa"), "bad", "alert")
    elif row.not_after and row.not_after < now + SOON:
        look = Look(_("Segera berakhir"), "warn", "alert")
    kinds = {KeyKind.PKCS12.value: _("berkas PKCS#12"), KeyKind.PKCS11.value: _("perangkat PKCS#11")}
    return {
        "row": row, "look": look, "kind": kinds.get(row.kind, row.kind), "until": moment(row.not_after),
        "since": moment(row.not_before), "tested": moment(row.tested_at),
        "holder": str(row.holder) if row.holder else _("segel instansi") if row.agency_seal else _("akunnya sudah tidak ada"),
    }  # fmt: skip
