"""Signing at one's place: by a key on the server, by the own file used once in memory, or by the remote service."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from selaras.actions._issuing_services import remote_service, services_of, usual_level
from selaras.actions.issuing import find_place, refuse_signature, sign_document
from selaras.actions.issuing_keys import (
    file_provider,
    key_warnings,
    remote_provider,
    server_provider,
    warnings_before,
)
from selaras.core.access import Act
from selaras.core.errors import Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.issuing.codes import shown
from selaras.core.issuing.orders import Signer
from selaras.core.issuing.stages import Level, Way
from selaras.documents.pades.certificates import LARGEST_P12
from selaras.documents.pades.providers import Provider
from selaras.store.issuing import usable_keys
from selaras.store.models import IssuedDocument
from selaras.web.accounts.proof import may_prove_again, proved_within
from selaras.web.gate import InsideRequest, inside
from selaras.web.issuing.frame import address, kind_name, moment

SECRETS = ("sandi", "sandi_layanan", "nik")
WAYS = {"kunci": Way.SERVER, "berkas": Way.OWN_FILE, "layanan": Way.REMOTE}


@csrf_exempt  # its inner view is protected: the upload must be kept from the disk before anything reads the form
def sign(request: Any, agency: str, year: int, document: int, order: int) -> HttpResponse:
    """Sign, with uploads held in memory alone."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    inner: Any = _sign
    answer: HttpResponse = inner(request, agency=agency, year=year, document=document, order=order)
    return answer


@csrf_protect
@sensitive_post_parameters(*SECRETS)
@inside(Act.SIGN_DOCUMENT, methods=("GET", "POST"))
def _sign(request: InsideRequest, document: int, order: int) -> HttpResponse:
    """The form with its ways, and the signature; a sign-in of some minutes ago is asked for as for agreements."""
    code = request.place.code
    row, place = find_place(request.actor, agency=code, document=document, order=order)
    if not proved_within(request, settings.SIGN_WITHIN):
        if may_prove_again(request):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        raise Refusal(_("Tanda tangan memerlukan bukti diri yang baru. Keluar, masuk kembali, lalu tanda tangani."))
    problem: Refusal | None = None
    warned: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            _refuse_unread(request)
            provider = _provider(request, place)
            warned = _unseen_warnings(request, provider)
            if not warned:
                sign_document(
                    request.actor, agency=code, document=document, order=order, provider=provider,
                    level=_level(request), seen=request.POST.get("terlihat", ""), note=request.POST.get("catatan", ""),
                )  # fmt: skip
        except (NotAllowed, NotFound, Conflict):
            raise
        except Refusal as refused:
            problem = refused
        else:
            if not warned:
                messages.success(request, _("Dokumen Anda tanda tangani."))
                return redirect(address(request, "document", document))
    context = _context(request, row, place, problem) | {"warned": [one.sentence() for one in warned]}
    return render(request, "issuing/sign.html", context, status=422 if problem or warned else 200)


@inside(Act.SIGN_DOCUMENT, methods=("POST",))
def refuse(request: InsideRequest, document: int, order: int) -> HttpResponse:
    """Refuse to sign, with a reason."""
    reason = request.POST.get("alasan", "")
    refuse_signature(request.actor, agency=request.place.code, document=document, order=order, reason=reason)
    messages.success(request, _("Penolakan dicatat; penyusunnya diberi tahu."))
    return redirect(address(request, "listing"))


def _refuse_unread(request: InsideRequest) -> None:
    if request.POST.get("baca") != "1":
        raise Refusal(_("Centang pernyataan bahwa dokumen sudah Anda baca."))


def _provider(request: InsideRequest, place: Signer) -> Provider:
    by, agency = request.actor, request.place.code
    way = WAYS.get(request.POST.get("cara", ""))
    if way is Way.SERVER:
        key = request.POST.get("kunci", "")
        if not (key.isascii() and key.isdigit() and len(key) < 12):
            raise Refusal(_("Pilih kunci di server."))
        return server_provider(by, agency=agency, key=int(key), is_seal=place.is_seal)
    if way is Way.OWN_FILE:
        file = request.FILES.get("p12")
        if file is None or file.size is None or file.size > LARGEST_P12:
            raise Refusal(
                _("Berkas kunci belum dipilih atau terlalu besar."),
                Fault(_("berkas .p12 atau .pfx"), expected=_("paling besar 256 KB")),
            )
        return file_provider(by, content=file.read(), passphrase=request.POST.get("sandi", ""))
    if way is Way.REMOTE:
        return remote_provider(by, nik=request.POST.get("nik", ""), passphrase=request.POST.get("sandi_layanan", ""))
    raise Refusal(_("Pilih cara menandatangani."))


def _unseen_warnings(request: InsideRequest, provider: Provider) -> tuple[Fault, ...]:
    """What the form could not say before it knew the certificate, unless the person has read it by now.

    Of keys on the server, and of an installation without roots, the form says it from the start.
    """
    if provider.way is not Way.OWN_FILE or request.POST.get("paham") == "1":
        return ()
    return warnings_before(request.actor, agency=request.place.code, provider=provider)


def _level(request: InsideRequest) -> Level:
    asked = request.POST.get("tingkat", "")
    return Level(asked) if asked in set(Level) else usual_level()


def _context(request: InsideRequest, row: IssuedDocument, place: Signer, problem: Refusal | None) -> dict[str, Any]:
    """What the form shows; secrets are never put back."""
    services = services_of(request.place.code)
    code, own = request.place.code, usable_keys(request.actor, request.place.code, seal=place.is_seal)
    keys = [
        {"pk": key.pk, "name": key.name, "subject": key.subject, "until": moment(key.not_after),
         "warned": [one.sentence() for one in key_warnings(request.actor, agency=code, key=key)]}
        for key in own
    ]  # fmt: skip
    ways = [
        name
        for name, open_ in (("kunci", bool(keys)), ("berkas", True), ("layanan", remote_service() is not None))
        if open_
    ]
    chosen = request.POST.get("cara", "") or ways[0]
    reachable = [
        Level.B,
        *([Level.T] if services.tsa else []),
        *([Level.LT, Level.LTA] if services.tsa and services.roots else []),
    ]
    return {
        "row": row, "place": place, "kind": kind_name(row.kind), "code": shown(row.code), "problem": problem, "keys": keys,
        "has_remote": remote_service() is not None, "has_roots": bool(services.roots),
        "chosen": chosen, "levels": [level.value for level in Level],
        "reachable": [level.value for level in reachable], "level": request.POST.get("tingkat", "") or usual_level().value,
        "note": request.POST.get("catatan", ""), "back": address(request, "document", row.pk),
        "file_url": address(request, "file", row.pk, row.stages.count() - 1),
    }  # fmt: skip
