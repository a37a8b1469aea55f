"""The page of notices: what is new, opening one, marking all as read."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from selaras.actions import notices
from selaras.store.models import Agency, Notice
from selaras.web.accounts.moments import shown
from selaras.web.gate import signed_in

ON_ONE_PAGE = 30


@signed_in()
def listed(request: Any) -> HttpResponse:
    """All notices of the person, the newest first."""
    rows = Notice.objects.filter(user=request.user).order_by("-pk")
    only_new = request.GET.get("baru") == "1"
    if only_new:
        rows = rows.filter(read_at__isnull=True)
    page = Paginator(rows, ON_ONE_PAGE).get_page(request.GET.get("halaman"))
    names = dict(Agency.objects.filter(code__in={row.agency for row in page}).values_list("code", "short_name"))
    items = [{"row": row, "when": shown(row.at), "agency": names.get(row.agency, row.agency)} for row in page]
    return render(request, "entry/notices.html", {"page": page, "items": items, "only_new": only_new})


@signed_in(methods=("POST",))
def read_all(request: Any) -> HttpResponse:
    """Mark all as read."""
    notices.mark_read(request.actor)
    return redirect("notices")


@signed_in()
def opened(request: Any, pk: int) -> HttpResponse:
    """Go to what a notice is about, which is what reading it means."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    if notice.read_at is None:
        notices.mark_read(request.actor, notices=[pk])
    ours = notice.url.startswith("/") and not notice.url.startswith(("//", "/\\"))
    return redirect(notice.url if ours else "notices")
