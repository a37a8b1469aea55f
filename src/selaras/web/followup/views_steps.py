"""One obstacle: what it is about, its steps with evidence, who verified them, remarks and history."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions.evidence import Upload
from selaras.actions.followup import add_step, verify_step, withdraw_step
from selaras.core.access import Act, may, may_somewhere
from selaras.core.errors import NotFound
from selaras.core.measurement import records
from selaras.core.measurement.origin import finding_of
from selaras.core.measurement.records import FollowUp
from selaras.store import models as tables
from selaras.store.evidence import path_of
from selaras.store.followups import with_holder
from selaras.store.reviews import visible
from selaras.store.units import owner_of
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.home.ways import address
from selaras.web.home.words import day_words
from selaras.web.records.views import SLUGS

LINKS = ("http://", "https://")


@inside()
def obstacle(request: InsideRequest, obstacle: str) -> HttpResponse:
    """One obstacle with everything about it."""
    place, today = request.place, timezone.localdate()
    row = _row(request, obstacle)
    may_track, may_verify = _rights(request, row)
    steps = [_step(request, item, row, may_verify=may_verify) for item in row.steps.all()]
    is_late = bool(row.due and row.due < today and row.status != FollowUp.DONE.value)
    return render(request, "followup/obstacle.html", {
        "row": row, "steps": steps, "may_track": may_track, "is_late": is_late, "key": f"{row.year} {row.code}",
        "due": day_words(row.due, today) if row.due else "", "here": _here(request, row),
        "node_url": address(place, "planning:node", row.node.code) if row.node else "", "states": list(FollowUp),
        "edit_url": address(place, "records:edit", SLUGS[records.Obstacle], row.pk),
        "is_proven": bool(steps) and all(step["verified"] for step in steps),
        "origin": _origin(request, row.code),
        "history_url": address(place, "records:history", SLUGS[records.Obstacle], row.pk),
    })  # fmt: skip


@inside(Act.TRACK, methods=("POST",))
def add(request: InsideRequest, obstacle: str) -> HttpResponse:
    """Write down one step."""
    place, row = request.place, _row(request, obstacle)
    with _on_disk(request.FILES.get("bukti")) as upload:
        add_step(
            request.actor, agency=place.code, year=place.year, obstacle=row.code, text=request.POST.get("uraian", ""),
            link=request.POST.get("tautan", "") if upload is None else "", upload=upload, url=_here(request, row),
        )  # fmt: skip
    messages.success(request, _("Langkah dicatat dan menunggu verifikasi."))
    return redirect(f"{_here(request, row)}#langkah")


@inside(methods=("POST",))
def settle(request: InsideRequest, obstacle: str, step: int, what: str) -> HttpResponse:
    """Verify a step, or take an own one back."""
    row = _row(request, obstacle)
    if not row.steps.filter(pk=step).exists():
        raise NotFound(_("Langkah tindak lanjut ini tidak ditemukan."))
    if what == "verifikasi":
        verify_step(request.actor, agency=request.place.code, step=step, url=_here(request, row))
        messages.success(request, _("Langkah terverifikasi."))
    elif what == "tarik":
        withdraw_step(request.actor, agency=request.place.code, step=step, reason=request.POST.get("alasan", ""))
        messages.success(request, _("Langkah ditarik."))
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    return redirect(f"{_here(request, row)}#langkah")


@inside()
def file(request: InsideRequest, obstacle: str, step: int) -> HttpResponse:
    """The evidence of a step as a download; no browser runs it, whatever is in it."""
    found = _row(request, obstacle).steps.filter(pk=step).first()
    if found is None or not found.file or found.file.startswith(LINKS):
        raise NotFound(_("Langkah ini tidak mempunyai berkas bukti."))
    path = path_of(request.place.code, found.file)
    # The browser closes the file with the answer.
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=_name(found.file), content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]


def _row(request: InsideRequest, code: str) -> Any:
    rows = tables.Obstacle.objects.filter(agency_id=request.place.pk, year=request.place.year, code=code)
    found = (
        with_holder(rows, timezone.localdate())
        .select_related("node", "responsible__unit")
        .prefetch_related("steps")
        .first()
    )
    if found is None:
        raise NotFound(_("Hambatan %(code)s tidak ditemukan.") % {"code": code})
    return found


def _origin(request: InsideRequest, code: str) -> dict[str, str] | None:
    """The review that the entry comes from, with the way to its finding for those who may see it."""
    found = finding_of(code)
    if found is None:
        return None
    case = visible(request.actor, request.place.code).filter(pk=found[0]).first()
    page = address(request.place, "review:case", found[0]) if case else ""
    return {"url": f"{page}?{urlencode({'temuan': found[1]})}" if page else "", "title": case.title if case else ""}


def _rights(request: InsideRequest, row: Any) -> tuple[bool, bool]:
    """Whether the person may write steps and verify them; the tree is asked only for roles that end at a unit."""
    acts = (Act.TRACK, Act.CONFIRM_FOLLOW_UP)
    code = request.place.code
    whole = [may(request.actor, act, code) for act in acts]
    narrow = any(not held and may_somewhere(request.actor, act, code) for held, act in zip(whole, acts, strict=True))
    unit = owner_of(code, row.node.code) if narrow and row.node else ""
    track, verify = (held or may(request.actor, act, code, unit) for held, act in zip(whole, acts, strict=True))
    return track, verify


def _here(request: InsideRequest, row: Any) -> str:
    return reverse("followup:obstacle", args=(request.place.code, request.place.year, row.code))


def _step(request: InsideRequest, item: Any, row: Any, *, may_verify: bool) -> dict[str, Any]:
    at = (request.place.code, request.place.year, row.code, item.pk)
    is_mine = item.by.casefold().strip() == request.actor.name.casefold().strip()
    is_link = item.file.startswith(LINKS)
    return {
        "pk": item.pk, "by": item.by, "text": item.text, "when": _moment(item.at), "iso": item.at.isoformat(),
        "verified": item.verified_at is not None, "verified_by": item.verified_by,
        "verified_at": _moment(item.verified_at) if item.verified_at else "",
        "file_url": item.file if is_link else reverse("followup:file", args=at) if item.file else "",
        "file_name": item.file if is_link else _name(item.file), "is_link": is_link,
        "verify_url": reverse("followup:settle", args=(*at, "verifikasi")) if may_verify and not is_mine else "",
        "withdraw_url": reverse("followup:settle", args=(*at, "tarik")) if is_mine else "",
        "is_mine": is_mine,
    }  # fmt: skip


def _name(file: str) -> str:
    """The name people know: what stands after the digest of the content."""
    return file.partition("-")[2] or file


def _moment(at: Any) -> str:
    local = localtime(at)
    return f"{format_date(local.date())} {local:%H.%M}"


@contextmanager
def _on_disk(file: UploadedFile[Any] | None) -> Iterator[Upload | None]:
    """An uploaded file for as long as its content is needed."""
    if file is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="selaras-bukti-") as folder:
        path = Path(folder) / "berkas"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        yield Upload(path, Path(file.name or "berkas").name)
