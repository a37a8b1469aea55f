"""Workbooks: sent and tried first, loaded when the changes were seen; templates and the agency's own workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from selaras.actions.exchange import load_workbook, save_workbook
from selaras.actions.results import LoadResult
from selaras.core.access import Act
from selaras.core.errors import Fault, Refusal
from selaras.core.org import AgencyKind
from selaras.documents.workbook.write import write_template
from selaras.web.exporting import XLSX
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning import uploads
from selaras.web.planning.frame import address, tabs

MOST = 200


@inside()
def page(request: InsideRequest) -> HttpResponse:
    """Where workbooks come in and go out."""
    return _page(request, {})


@inside(Act.LOAD, methods=("POST",))
def load(request: InsideRequest) -> HttpResponse:
    """Try a workbook and show what would change; with the ticket of a tried one, load it."""
    replace = request.POST.get("ganti") == "ya"
    owner, agency = request.actor.login, request.place.code
    if "tiket" in request.POST:
        path = uploads.find(request.POST["tiket"], owner=owner, agency=agency)
        result = load_workbook(request.actor, path=path, replace=replace)
        uploads.drop(path)
        messages.success(request, result.sentence())
        return redirect(address(request, "exchange"))
    try:
        ticket, result = _tried(request, replace=replace)
    except Refusal as refusal:
        return _page(request, {"refusal": refusal, "sheets": _by_sheet(refusal.faults)}, status=422)
    counts = [count for count in result.counts if count.created or count.changed or count.deleted or count.absent]
    return _page(request, {
        "result": result, "counts": counts, "changes": result.changes[:MOST], "ticket": ticket, "replace": replace,
        "more": max(0, result.changes_total - min(len(result.changes), MOST)),
    })  # fmt: skip


def _tried(request: InsideRequest, *, replace: bool) -> tuple[str, LoadResult]:
    """What the sent workbook would change, and the ticket to load it. Raises Refusal with every fault."""
    owner, agency = request.actor.login, request.place.code
    ticket, path = uploads.keep(request.FILES.get("berkas"), owner=owner, agency=agency)
    result = load_workbook(request.actor, path=path, dry_run=True, replace=replace)
    if result.agency != agency:
        uploads.drop(path)
        raise Refusal(_("Buku kerja ini milik instansi %(code)s, bukan instansi ini.") % {"code": result.agency})
    return ticket, result


@inside(Act.EXPORT)
def download(request: InsideRequest) -> HttpResponse:
    """The agency's workbook of the year."""
    code, year = request.place.code, request.place.year
    return _sent(lambda path: save_workbook(request.actor, agency=code, year=year, path=path), f"{code}-{year}.xlsx")


@inside()
def template(request: InsideRequest) -> HttpResponse:
    """An empty workbook with examples that fit the kind of agency."""
    kind = AgencyKind(request.place.kind)
    return _sent(lambda path: write_template(path, kind=kind), "templat-buku-kerja.xlsx")


def _page(request: InsideRequest, more: dict[str, Any], status: int = 200) -> HttpResponse:
    rights = {"may_load": request.place.can[Act.LOAD.name], "may_export": request.place.can[Act.EXPORT.name]}
    return render(request, "planning/exchange.html", tabs(request, "exchange") | rights | more, status=status)


def _by_sheet(faults: Iterable[Fault]) -> list[tuple[str, list[Fault]]]:
    """Faults by the sheet they stand on, in their order."""
    listed = sorted(faults, key=lambda fault: fault.place.sheet)
    return [(name or _("Buku kerja"), list(group)) for name, group in groupby(listed, lambda fault: fault.place.sheet)]


def _sent(write: Callable[[Path], Any], name: str) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku-kerja.xlsx"
        write(path)
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
