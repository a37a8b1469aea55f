"""Issued documents: the list, issuing one from its record, one with its signatures and files, withdrawing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions.issuing import find_source, has_changed, issue, may_withdraw, withdraw_document
from selaras.core.access import Act
from selaras.core.errors import NotFound, Refusal
from selaras.core.issuing.codes import shown
from selaras.core.issuing.orders import CONCLUSION, by_rule
from selaras.core.issuing.refusals import is_signer, next_of
from selaras.core.issuing.stages import OPEN, STANDING, IssuedState, SignatureState
from selaras.rulebook.issuing import load_orders
from selaras.store.issuing import (
    find_issued,
    issued_of,
    latest_of,
    overtaken,
    public_url,
    read_issued,
    signers_of,
    waiting_for,
)
from selaras.store.models import IssuedDocument
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.issuing.frame import (
    LOOKS,
    SIGNED,
    address,
    kind_name,
    line_of,
    look_of,
    moment,
    steps_of,
    tabs,
    waits_for,
)
from selaras.web.issuing.links import record_address
from selaras.web.reporting.sending import attachment

PER_PAGE = 50


@inside(Act.SIGN_DOCUMENT)
def listing(request: InsideRequest) -> HttpResponse:
    """The issued documents of the year, newest first, and above them what waits for the person."""
    place = request.place
    state, kind, words = (request.GET.get(name, "").strip() for name in ("keadaan", "jenis", "cari"))
    rows = issued_of(request.actor, place.code).filter(year=place.year).prefetch_related("signatures__user")
    whole = rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(title__icontains=words) if words else rows
    if wants_xlsx(request):
        return _exported(request, list(rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    waiting, newer = waiting_for(request.actor, place.code), overtaken(page.object_list)
    return render(request, "issuing/listing.html", {
        "page": page, "lines": [line_of(request, row, newer) for row in page.object_list], "words": words, "state": state,
        "kind": kind, "is_empty": not page.paginator.count and not (words or state or kind),
        "states": [(one.value, LOOKS[one.value].label) for one in IssuedState],
        "kinds": [(one.kind, one.title) for one in load_orders().values()], "whole": whole,
        "waiting": [{"title": row.title, "as": turn.office or turn.signs.value, "url": address(request, "document", row.pk)}
                    for row, turn in waiting],
        **tabs(request, "listing"),
    })  # fmt: skip


@inside(Act.SIGN_DOCUMENT, methods=("GET", "POST"))
def new(request: InsideRequest, kind: str, key: str) -> HttpResponse:
    """Issue a record: whether it is ready, who will sign, why there is a new version."""
    place = request.place
    given = {CONCLUSION: request.POST.get(CONCLUSION, "")}
    source = find_source(request.actor, agency=place.code, kind=kind, key=key)
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            row = issue(
                request.actor, agency=place.code, kind=kind, key=key, reason=request.POST.get("alasan", ""),
                public=request.POST.get("publik") == "1", given=given,
            )  # fmt: skip
        except Refusal as refused:
            problem = refused
        else:
            messages.success(request, _("Dokumen diterbitkan dan menunggu tanda tangan."))
            return redirect(address(request, "document", row.pk))
    order = load_orders()[kind]
    before = latest_of(place.code, kind, source.key)
    return render(request, "issuing/new.html", {
        "source": source, "order": order, "signers": by_rule(order, source.people), "problem": problem,
        "before": before, "before_look": LOOKS[before.state] if before else None,
        "before_url": address(request, "document", before.pk) if before else "",
        "is_review": kind == "pernyataan-reviu", "conclusion": given[CONCLUSION], "reason": request.POST.get("alasan", ""),
        "public": request.POST.get("publik") == "1",
        "back": record_address(place.code, source.year, kind, source.key, source.record),
        "faults": [fault.sentence() for fault in source.faults],
    }, status=422 if problem else 200)  # fmt: skip


@inside(Act.SIGN_DOCUMENT)
def document(request: InsideRequest, document: int) -> HttpResponse:
    """One issued document: its order, what can be done, its files, its versions."""
    row = find_issued(request.actor, request.place.code, document)
    signatures = list(row.signatures.all())
    signers = signers_of(signatures)
    turn = next_of(signers)
    may_seal = request.place.can["SEAL_DOCUMENT"]
    state = IssuedState(row.state)
    is_mine = turn is not None and is_signer(request.actor, row.agency.code, turn, keeps_seal=may_seal)
    signable = state in OPEN or (state is IssuedState.ISSUED and turn is not None)
    source_url = record_address(row.agency.code, row.year, row.kind, row.key, row.record)
    return render(request, "issuing/document.html", {
        "row": row, "look": look_of(row, overtaken([row])), "kind": kind_name(row.kind), "code": shown(row.code),
        "steps": steps_of(row, signatures), "places": [_place(one) for one in signatures],
        "verify_url": public_url(row.code), "made": moment(row.made_at), "issued": moment(row.issued_at),
        "files": _files(request, row, signatures),
        "data_url": address(request, "data", row.pk) if signable else "", "source_url": source_url,
        "sign_url": address(request, "sign", row.pk, turn.order) if is_mine and signable and turn else "",
        "refuse_url": address(request, "refuse", row.pk, turn.order) if is_mine and state in OPEN and turn else "",
        "withdraw_url": address(request, "withdraw", row.pk)
        if state in STANDING and may_withdraw(request.actor, row=row) else "",
        "turn": turn if signable else None, "waits": waits_for(turn) if signable else "",
        "is_mine": is_mine, "versions": _versions(request, row), "is_standing": state in STANDING,
        **tabs(request, "listing"),
    })  # fmt: skip


@inside(Act.SIGN_DOCUMENT)
def data(request: InsideRequest, document: int) -> HttpResponse:
    """A part of the page: whether the data behind the document have changed since; asked after the page is there."""
    row = find_issued(request.actor, request.place.code, document)
    return render(request, "issuing/part_data.html", {
        "changed": has_changed(request.actor, row=row),
        "source_url": record_address(row.agency.code, row.year, row.kind, row.key, row.record),
    })  # fmt: skip


@inside(Act.SIGN_DOCUMENT)
def file(request: InsideRequest, document: int, number: int) -> HttpResponse:
    """The file of a stage."""
    row = find_issued(request.actor, request.place.code, document)
    stage = next((one for one in row.stages.all() if one.number == number), None)
    if stage is None:
        raise NotFound(_("Berkas ini tidak ditemukan."))
    stem = row.file.removesuffix(".pdf")
    name = row.file if stage.sha256 == row.sha256 else f"{stem}-tahap-{number}.pdf"
    return attachment(read_issued(row.agency.code, stage.sha256), name)


@inside(Act.SIGN_DOCUMENT, methods=("POST",))
def withdraw(request: InsideRequest, document: int) -> HttpResponse:
    """Withdraw a document for a reason."""
    withdraw_document(
        request.actor, agency=request.place.code, document=document, reason=request.POST.get("alasan", "")
    )
    messages.success(request, _("Dokumen ditarik."))
    return redirect(address(request, "document", document))


def _place(one: Any) -> dict[str, Any]:
    return {
        "row": one, "look": SIGNED[one.state], "when": moment(one.signed_at),
        "serial": one.certificate_serial, "is_signed": one.state == SignatureState.SIGNED.value,
    }  # fmt: skip


def _files(request: InsideRequest, row: IssuedDocument, signatures: list[Any]) -> list[dict[str, str]]:
    by_hash = {one.sha256_after: one for one in signatures if one.sha256_after}
    found = []
    for stage in sorted(row.stages.all(), key=lambda one: -one.number):
        one = by_hash.get(stage.sha256)
        words = _("sesudah tanda tangan %(name)s") % {"name": one.holder} if one else _("sebelum tanda tangan")
        current = stage.sha256 == row.sha256
        found.append({
            "name": row.file if current else _("Tahap %(number)s") % {"number": stage.number},
            "url": address(request, "file", row.pk, stage.number), "icon": "file",
            "facts": f"{words} · SHA-256 {stage.sha256[:16]}…",
        })  # fmt: skip
    return found


def _versions(request: InsideRequest, row: IssuedDocument) -> list[dict[str, Any]]:
    rows = issued_of(request.actor, request.place.code).filter(kind=row.kind, key=row.key).order_by("-version")
    return [
        {"version": one.version, "look": LOOKS[one.state], "reason": one.reason, "current": one.pk == row.pk,
         "url": address(request, "document", one.pk), "on": format_date(localtime(one.made_at).date())}
        for one in rows
    ]  # fmt: skip


def _exported(request: InsideRequest, rows: list[IssuedDocument]) -> HttpResponse:
    heads = (_("Dokumen"), _("Jenis"), _("Versi"), _("Keadaan"), _("Kode"), _("Tanda tangan"), _("Diterbitkan"),
             _("Alasan"), _("SHA-256"))  # fmt: skip
    newer = overtaken(rows)
    lines = ((row, line_of(request, row, newer)) for row in rows)
    body = (
        (row.title, line["kind"], row.version, line["look"].label, line["code"], line["progress"], localtime(row.made_at).date(),
         row.reason, row.sha256)
        for row, line in lines
    )  # fmt: skip
    return exported(request, _("Dokumen terbit"), heads, body)
