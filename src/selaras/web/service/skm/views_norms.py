"""Service standards: what each service promises by component, and whether its records keep the promised time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.service_norms import remove_norm, save_norm
from selaras.core.access import Act
from selaras.core.errors import NotFound, Refusal
from selaras.core.numerals import format_number
from selaras.rulebook.service import load_standard
from selaras.store.public_service import deadlines_of, norm_at
from selaras.store.service_surveys import NormLine, norms_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.service.skm.forms import NormForm
from selaras.web.service.skm.frame import address, tabs


@inside(Act.SEE_REGISTER)
def board(request: InsideRequest) -> HttpResponse:
    """Every service with how far it keeps its standard this year."""
    place = request.place
    components, lines = norms_of(request.actor, place.code, timezone.localdate())
    return render(request, "skm/norms.html", {
        "tabs": tabs(request, "norms"), "norms": [_line(request, line) for line in lines], "components": len(components),
        "may_serve": place.can["SERVE"], "new_url": address(request, "norm-new"), "year": timezone.localdate().year,
        "public_url": reverse("service:promises", args=(place.code,)), "source": load_standard(timezone.localdate())[1],
    })  # fmt: skip


@inside(Act.SERVE, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """The standard of another service."""
    return _edited(request, "")


@inside(Act.SERVE, methods=("GET", "POST"))
def edit(request: InsideRequest, service: str) -> HttpResponse:
    """The standard of one service."""
    return _edited(request, service)


@inside(Act.SERVE, methods=("POST",))
def remove(request: InsideRequest, service: str) -> HttpResponse:
    """Take a standard away."""
    remove_norm(request.actor, agency=request.place.code, service=service)
    messages.success(request, _("Standar pelayanan dihapus."))
    return redirect(address(request, "norms"))


def _edited(request: InsideRequest, service: str) -> HttpResponse:
    place, today = request.place, timezone.localdate()
    components, _source = load_standard(today)
    initial: dict[str, Any] = {}
    if service:
        row = norm_at(place.code, service)
        held = f"{row.definition.code}|{row.deadline}" if row.definition and row.deadline else ""
        initial = {"name": row.name, "announced": row.announced, "held_by": held}
        initial |= {f"c_{code}": text for code, text in row.statements.items()}
    form = NormForm(
        components, deadlines_of(request.actor, place.code), has_code=bool(service), data=request.POST or None,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        register, deadline = form.register_and_deadline()
        try:
            save_norm(
                request.actor, agency=place.code, service=service or given["service"].strip(), name=given["name"],
                statements=form.statements(), announced=given["announced"], register=register, deadline=deadline,
            )  # fmt: skip
        except Refusal as refusal:
            if isinstance(refusal, NotFound):
                raise
            for fault in refusal.faults:
                form.add_error(None, fault.sentence())
        else:
            messages.success(request, _("Standar pelayanan tersimpan."))
            return redirect(address(request, "norms"))
    title = initial.get("name") or _("Standar pelayanan baru")
    return render(request, "skm/norm.html", {
        "form": form, "title": title, "back_url": address(request, "norms"),
        "remove_url": address(request, "norm-remove", service) if service else "",
        "crumbs": [(_("Standar pelayanan"), address(request, "norms")), (title, "")],
    }, status=422 if form.errors else 200)  # fmt: skip


def _line(request: InsideRequest, line: NormLine) -> dict[str, Any]:
    result, standard = line.result, line.standard
    return {
        "url": address(request, "norm", standard.service), "name": standard.name, "announced": standard.announced,
        "stated": f"{format_number(result.stated, places=0)}%", "missing": ", ".join(result.missing),
        "in_time": "" if result.in_time is None else f"{format_number(result.in_time, places=2)}%",
        "served": result.served, "overdue": result.overdue, "findings": line.findings, "register": line.register,
    }  # fmt: skip
