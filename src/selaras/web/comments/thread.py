"""A thread of remarks as the component shows it, for any page; costs one query."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from selaras.core.access import Act, may_somewhere
from selaras.store.models import Comment
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest


def thread_of(request: InsideRequest, kind: str, key: str, *, back: str = "") -> dict[str, Any]:
    """The remarks beside one record and where to write: the context of `comments/thread.html`.

    `back` is the page to which a browser without scripts returns; the open one, if it is not given.
    """
    place = request.place
    at = (place.code, place.year)
    rows = Comment.objects.filter(agency=place.code, kind=kind, key=key)
    may_write = may_somewhere(request.actor, Act.COMMENT, place.code)
    lines = [_line(request, row, at) for row in rows]
    return {
        "kind": kind, "key": key, "lines": lines, "open": sum(not line["resolved"] for line in lines),
        "url": f"{reverse('comments:thread', args=at)}?{urlencode({'jenis': kind, 'kunci': key})}" if may_write else "",
        "back": back or request.get_full_path(),
    }  # fmt: skip


def _line(request: InsideRequest, row: Comment, at: tuple[str, int]) -> dict[str, Any]:
    resolved = row.resolved_at is not None
    return {
        "pk": row.pk, "who": row.name, "text": row.text, "when": _moment(row.at), "iso": row.at.isoformat(),
        "mine": row.author_id is not None and row.author_id == request.user.pk, "resolved": resolved,
        "resolved_by": row.resolved_by, "resolved_at": _moment(row.resolved_at) if row.resolved_at else "",
        "mark_url": reverse("comments:mark", args=(*at, row.pk, "buka" if resolved else "selesai")),
    }  # fmt: skip


def _moment(at: Any) -> str:
    local = localtime(at)
    return f"{format_date(local.date())} {local:%H.%M}"
