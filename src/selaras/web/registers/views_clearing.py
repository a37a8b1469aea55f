"""How long records are kept: the rule of each register, what would be cleared now, what was cleared."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.register_clearing import clear_records
from selaras.core.access import Act
from selaras.store import models as tables
from selaras.store.register_due import held_registers
from selaras.store.registers import subject_name
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.frame import address, tabs

PER_PAGE = 50


@inside(Act.DEFINE_REGISTER, methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """The rules with the proofs of what was cleared; a count first, and the clearing itself by the administrator."""
    place = request.place
    counted = None
    if request.method == "POST":
        dry = request.POST.get("langkah") != "bersihkan"
        done = clear_records(request.actor, agency=place.code, dry=dry)
        if not dry:
            deleted, emptied = sum(item.deleted for item in done), sum(item.anonymised for item in done)
            messages.success(request, _("%(deleted)s rekaman dihapus, %(emptied)s dianonimkan.") % {
                "deleted": deleted, "emptied": emptied})  # fmt: skip
            return redirect(address(request, "clearing"))
        counted = {item.register: item for item in done}
    registers = held_registers(request.actor, place.code, seen=False)
    proofs = tables.RegisterClearing.objects.filter(definition__agency=place.pk).select_related("definition")
    return render(request, "registers/clearing.html", {
        "tabs": tabs(request, "clearing"), "counted": counted,
        "waiting": sum(item.deleted + item.anonymised for item in counted.values()) if counted else 0,
        "lines": [
            {"register": held.register, "url": address(request, "general", held.register.code),
             "rule": held.register.retention, "found": counted.get(held.register.code) if counted else None,
             "after": subject_name(held.register, held.register.retention.after) if held.register.retention else ""}
            for held in registers
        ],
        "page": Paginator(proofs.order_by("-pk"), PER_PAGE).get_page(request.GET.get("halaman")),
        "may_clear": place.can["CLEAR_RECORDS"],
    })  # fmt: skip
