"""The pages of the style guide. They read and change nothing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from selaras.core.errors import Fault, NotAllowed
from selaras.web.guide import samples


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the pages inside."""
    if "pesan" in request.GET:
        messages.success(request, "Realisasi triwulan III tersimpan.")
        messages.error(request, "Berkas bukti tidak dapat dibaca.")
    context = {
        **samples.frame(),
        **samples.forms_shown(),
        "samples": samples,
        "tree": samples.tree(),
        "sort": request.GET.get("urut", "nama"),
        "page": Paginator(range(124), 20).get_page(request.GET.get("halaman", 2)),
        "crumbs": [("Pengukuran", "#isi"), ("Triwulan III", "#isi"), ("Cakupan imunisasi dasar lengkap", "")],
        "active_filters": [
            {"label": "Unit: Bidang P2P", "url": "#saringan"},
            {"label": "Keadaan: diajukan", "url": "#saringan"},
        ],
    }
    return render(request, "guide/components.html", context)


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """A page as a citizen sees it."""
    context = {
        "agency": samples.frame()["agency"],
        "public_nav": [
            {"title": "Kinerja", "url": "#isi", "current": True},
            {"title": "Laporan", "url": "#isi"},
            {"title": "Data terbuka", "url": "#isi"},
        ],
        "signin_url": "#isi",
        "samples": samples,
    }
    return render(request, "guide/public.html", context)


@require_GET
def plain(request: HttpRequest) -> HttpResponse:
    """The calm sheet of sign-in, setup and errors."""
    return render(request, "guide/plain.html", {"form": samples.SampleForm()})


@require_GET
def skeleton(request: HttpRequest) -> HttpResponse:
    """What stands in a place while htmx fetches its content."""
    return render(request, "components/skeleton.html")


@require_GET
def refuse(_request: HttpRequest) -> HttpResponse:
    """A refusal, to see how it is told."""
    raise NotAllowed(
        "Perjanjian ini belum dapat ditandatangani.",
        Fault("Anggaran berbeda", read="Rp842.500.000", expected="Rp790.000.000", remedy="Samakan dengan versi 2."),
    )


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Answers to the drop zone: accepts and forgets."""
    return HttpResponse(f"{len(request.FILES)} berkas.", content_type="text/plain; charset=utf-8")
