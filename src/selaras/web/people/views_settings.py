"""The head of a plan: assessor, agreement, cycle; divided when its person moves; results of an acting position; deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.people import divide_plan, edit_plan, remove_plan
from selaras.actions.people_contents import take_acting
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.core.people.skp import CYCLES, Method, SkpState
from selaras.core.period import Span
from selaras.store.people import Standing
from selaras.store.people_places import settings_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, state_look, stretch
from selaras.web.people.given import chosen, day_of
from selaras.web.people.words import METHODS

MOVABLE = frozenset({SkpState.DRAFT, SkpState.PROPOSED, SkpState.AGREED})


@inside(Act.KEEP_SKP)
def page(request: InsideRequest, plan: str) -> HttpResponse:
    """What the head of the plan says, and what can be done with the plan as a whole."""
    found = settings_of(request.actor, request.place.code, plan)
    if not found.standing & {Standing.OWN, Standing.ASSESSOR}:
        raise NotFound(_("SKP %(code)s tidak ditemukan.") % {"code": plan})
    made, is_draft = found.plan, found.plan.state is SkpState.DRAFT
    return render(request, "people/settings.html", {
        "plan": made, "title": found.title, "positions": found.positions, "agreements": found.agreements,
        "acting": found.acting if is_draft else (), "is_draft": is_draft, "state": state_look(made.state),
        "stretch": stretch(made), "methods": [(item.value, METHODS[item]) for item in Method],
        "cycles": [(item.value, item.value.capitalize()) for item in (Span.QUARTER, Span.MONTH) if item in CYCLES],
        "may_divide": Standing.ASSESSOR in found.standing and made.state in MOVABLE,
        "first": made.since.isoformat(), "last": made.until.isoformat(),
        "save_url": address(request, "settings-save", plan, "kepala"),
        "divide_url": address(request, "settings-save", plan, "bagi"),
        "acting_url": address(request, "settings-save", plan, "pelaksana"),
        "remove_url": address(request, "settings-save", plan, "hapus"),
        "crumbs": [(_("SKP %(title)s") % {"title": found.title}, address(request, "plan", plan)), (_("Pengaturan"), "")],
    })  # fmt: skip


@inside(Act.KEEP_SKP, methods=("POST",))
def save(request: InsideRequest, plan: str, what: str) -> HttpResponse:
    """Change the head, divide, take the results of an acting position, or delete the draft."""
    given, code, actor = request.POST, request.place.code, request.actor
    if what == "kepala":
        edit_plan(
            actor, agency=code, code=plan, assessor=given.get("penilai"), agreement=given.get("pk"),
            method=chosen(Method, given.get("metode", ""), _("Pendekatan")),
            cycle=chosen(Span, given.get("periode", ""), _("Periode penilaian")),
            since=day_of(given.get("mulai", ""), _("Mulai")), until=day_of(given.get("sampai", ""), _("Sampai")),
            signed_at=given.get("tempat", ""),
        )  # fmt: skip
        told = _("Kepala SKP disimpan.")
    elif what == "bagi":
        on = day_of(given.get("tanggal", ""), _("Mulai bertugas"))
        divide_plan(actor, agency=code, code=plan, on=on, position=given.get("jabatan", ""))
        told = _("SKP dibagi; hasil kerja jabatan yang baru ditarik dari sumbernya.")
    elif what == "pelaksana":
        take_acting(actor, agency=code, code=plan, acting=given.get("skp", ""))
        told = _("Hasil kerja pelaksana tugas diambil.")
    elif what == "hapus":
        remove_plan(actor, agency=code, code=plan, reason=given.get("alasan", ""))
        messages.success(request, _("SKP dihapus."))
        return redirect(address(request, "mine"))
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    messages.success(request, told)
    return redirect(address(request, "plan", plan))
