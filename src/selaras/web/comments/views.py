"""Reading, writing and settling remarks; every answer is the thread anew, or the way back without scripts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from selaras.actions.comments import reopen_comment, settle_comment, write_comment
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.web.comments.thread import thread_of
from selaras.web.gate import InsideRequest, inside

STEPS = {"selesai": settle_comment, "buka": reopen_comment}


@inside(methods=("GET", "POST"))
def thread(request: InsideRequest) -> HttpResponse:
    """The remarks beside the record that the address names; a new one is written by POST."""
    kind, key = request.GET.get("jenis", "").strip(), request.GET.get("kunci", "").strip()
    if not kind or not key:
        raise NotFound(_("Sebutkan jenis dan kunci catatannya."))
    if request.method == "POST":
        write_comment(
            request.actor, agency=request.place.code, kind=kind, key=key, text=request.POST.get("isi", ""),
            url=_back(request),
        )  # fmt: skip
        if not request.htmx:
            messages.success(request, _("Komentar disimpan."))
            return redirect(_back(request) or request.get_full_path())
    return _shown(request, kind, key)


@inside(Act.COMMENT, methods=("POST",))
def mark(request: InsideRequest, comment: int, step: str) -> HttpResponse:
    """Mark one remark as settled, or open it again."""
    if step not in STEPS:
        raise NotFound(_("Tindakan %(step)s tidak ada.") % {"step": step})
    found = STEPS[step](request.actor, agency=request.place.code, comment=comment)
    if not request.htmx:
        return redirect(_back(request) or "home")
    return _shown(request, found.kind, found.key)


def _shown(request: InsideRequest, kind: str, key: str) -> HttpResponse:
    context = {"thread": thread_of(request, kind, key, back=_back(request))}
    return render(request, "comments/thread.html" if request.htmx else "comments/page.html", context)


def _back(request: InsideRequest) -> str:
    wanted = request.POST.get("kembali") or request.GET.get("kembali") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else ""
