"""Positions and their people: whose account the holder has, and the roles that come with the position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions import accounts
from selaras.core.access import Act, Role
from selaras.core.errors import NotFound, Refusal
from selaras.store.accounts import accounts_of, has_ended
from selaras.store.models import Position, RoleGrant, Tenure
from selaras.web.accounts.forms import PositionRole, refuse
from selaras.web.accounts.views import role_line, units_to_grant
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside


@inside(Act.GRANT, methods=("GET", "POST"))
def positions(request: InsideRequest) -> HttpResponse:
    """Every position with its holders and roles, and a form to give a position a role."""
    place = request.place
    rows = list(Position.objects.filter(agency_id=place.pk).select_related("unit").in_order())
    units, whole = units_to_grant(place)
    form = PositionRole(
        request.POST if request.method == "POST" else None,
        units=units, whole=whole, positions=[(row.code, row.title) for row in rows],
    )  # fmt: skip
    if form.is_valid():
        data = form.cleaned_data
        try:
            accounts.grant_role(
                request.actor, position=data["position"], role=Role(data["role"]), agency=place.code,
                unit=data["unit"], since=data["since"], until=data["until"],
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Peran diberikan kepada jabatan."))
            return redirect("accounts:positions", place.code, place.year)
    people = _names(place.pk)
    if wants_xlsx(request):
        heads = [_("Kode"), _("Jabatan"), _("Unit"), _("Pemegang"), _("Kedudukan"), _("Akun"), _("Peran jabatan")]
        return exported(request, _("Peran jabatan"), heads, _cells(_lines(request, rows, people)))
    context = {"positions": _lines(request, rows, people), "people": people, "form": form}
    return render(request, "accounts/positions.html", context, status=422 if form.errors else 200)


@inside(Act.GRANT, methods=("POST",))
def seat(request: Any, tenure: int) -> HttpResponse:
    """Link the holder of a position with an account, or unlink it."""
    place, login = request.place, request.POST.get("login", "")
    if not Tenure.objects.filter(pk=tenure, agency_id=place.pk).exists():
        raise NotFound(_("Pejabat itu tidak ditemukan."))
    if login:
        accounts.seat_user(request.actor, username=login, tenure=tenure)
        messages.success(request, _("Akun ditautkan; tugas jabatan sampai kepada orangnya."))
    else:
        accounts.unseat_user(request.actor, tenure=tenure)
        messages.success(request, _("Akun dilepas dari jabatan."))
    return redirect("accounts:positions", place.code, place.year)


def _lines(request: InsideRequest, rows: list[Position], people: list[tuple[str, str]]) -> list[dict[str, Any]]:
    today = date.today()
    named = {name.casefold().strip(): login for login, name in people}
    tenures: dict[int, list[dict[str, Any]]] = {}
    found = Tenure.objects.filter(agency_id=request.place.pk).select_related("seat__user").order_by("-since")
    for row in found:
        if has_ended(row.until, today):
            continue
        linked = getattr(row, "seat", None)
        since = _("sejak %(day)s") % {"day": format_date(row.since)} if row.since else ""
        tenures.setdefault(row.position_id, []).append(
            {
                "row": row,
                "user": linked.user if linked else None,
                "since": since,
                "suggested": "" if linked else named.get(row.name.casefold().strip(), ""),
            }
        )
    roles: dict[int, list[Any]] = {}
    grants = RoleGrant.objects.filter(position__agency_id=request.place.pk).select_related("agency", "unit")
    for grant in grants:
        roles.setdefault(grant.position_id or 0, []).append(role_line(grant, request.place, today))
    return [{"row": row, "holders": tenures.get(row.pk, []), "roles": roles.get(row.pk, [])} for row in rows]


def _cells(lines: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """A row for each holder; one without for a position that nobody holds."""
    for line in lines:
        row = line["row"]
        head = [row.code, row.title, row.unit.name if row.unit else ""]
        roles = "; ".join(f"{role.role} {role.where}".strip() for role in line["roles"])
        for holder in line["holders"] or [None]:
            user = holder["user"] if holder else None
            held = [holder["row"].name, holder["row"].capacity] if holder else ["", ""]
            yield [*head, *held, user.username if user else "", roles]


def _names(agency: int) -> list[tuple[str, str]]:
    return [(user.username, str(user)) for user in accounts_of(agency)]
