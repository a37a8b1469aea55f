"""Records from a file, tried first with every fault by its cell; and out as a file, personal data only for who reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.register_files import export_records, import_records
from selaras.core.access import Act
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.documents.registers import columns_for
from selaras.documents.write.listing import grid
from selaras.store.register_access import find_register, sees_personal
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning import uploads
from selaras.web.registers.frame import address, crumbs
from selaras.web.registers.views_records import ask_of, refuse_closed
from selaras.web.reporting.sending import attachment

FORMS = ("xlsx", "csv", "json")
ENDINGS = (".xlsx", ".csv")


@inside(Act.KEEP_REGISTER, methods=("GET", "POST"))
def load(request: InsideRequest, register: str) -> HttpResponse:
    """Try a file, then take it in: nothing is kept before it is found to be without fault."""
    held = find_register(request.place.code, register)
    if not request.place.can["DEFINE_REGISTER"]:
        refuse_closed(request, held)
    owner, agency = request.actor.login, request.place.code
    context: dict[str, Any] = {
        "crumbs": crumbs(request, held.register, (_("Impor"), "")), "register": held.register,
        "columns": list(columns_for(held.register).values()), "template_url": address(request, "import-template", register),
        "back_url": address(request, "records", register),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "registers/import.html", context)
    ticket = request.POST.get("tiket", "")
    try:
        if ticket:
            path = uploads.find(ticket, owner=owner, agency=agency)
            done = import_records(request.actor, agency=agency, register=register, path=path)
            uploads.drop(path)
            messages.success(request, _("%(amount)s rekaman dimuat: %(first)s sampai %(last)s.") % {
                "amount": done.records, "first": done.first, "last": done.last})  # fmt: skip
            return redirect(address(request, "records", register))
        sent = request.FILES.get("berkas")
        ticket, path = uploads.keep(sent, owner=owner, agency=agency, endings=ENDINGS)
        tried = import_records(request.actor, agency=agency, register=register, path=path, dry=True)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        context |= {"refusal": refusal, "sheets": _by_sheet(refusal.faults)}
        return render(request, "registers/import.html", context, status=422)
    return render(request, "registers/import.html", context | {"tried": tried, "ticket": ticket})


@inside(Act.KEEP_REGISTER)
def template(request: InsideRequest, register: str) -> HttpResponse:
    """An empty sheet with the columns of the register."""
    held = find_register(request.place.code, register)
    content = grid(held.register.name, list(columns_for(held.register).values()), [])
    return attachment(content, f"templat-{register}.xlsx")


@inside(Act.EXPORT_REGISTER)
def export(request: InsideRequest, register: str) -> HttpResponse:
    """The records of the list that is open as a file; with `pribadi` also what is personal, for who reads it."""
    held = find_register(request.place.code, register)
    form = request.GET.get("bentuk", "xlsx")
    if form not in FORMS:
        raise NotFound(_("Bentuk berkas ini tidak ada."))
    personal = request.GET.get("pribadi") == "ya"
    if personal and not sees_personal(request.actor, held):
        raise NotAllowed(_("Anda tidak berhak mengekspor data pribadi register ini."))
    with tempfile.TemporaryDirectory(prefix="selaras-register-") as folder:
        path = Path(folder) / f"{register}-{request.place.code}.{form}"
        export_records(
            request.actor,
            agency=request.place.code,
            register=register,
            path=path,
            ask=ask_of(request),
            personal=personal,
        )
        return attachment(path.read_bytes(), path.name)


def _by_sheet(faults: Iterable[Fault]) -> list[tuple[str, list[Fault]]]:
    """Faults by the sheet they stand on, in their order."""
    made: dict[str, list[Fault]] = {}
    for fault in faults:
        made.setdefault(fault.place.sheet or fault.place.source, []).append(fault)
    return list(made.items())
