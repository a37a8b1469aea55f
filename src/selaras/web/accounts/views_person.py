"""One person in an agency: roles, positions, and what an administrator does about the account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions import accounts
from selaras.core.access import Act, Role, may
from selaras.core.errors import NotFound, Refusal
from selaras.store.accounts import Person, factors_of, people_of
from selaras.web.accounts.forms import NewRole, refuse
from selaras.web.accounts.moments import shown
from selaras.web.accounts.views import role_line, units_to_grant
from selaras.web.gate import AgencyPage, InsideRequest, inside


@inside(Act.GRANT, methods=("GET", "POST"))
def person(request: InsideRequest, login: str) -> HttpResponse:
    """Show a person, and give a role."""
    place = request.place
    found = _person(place, login)
    units, whole = units_to_grant(place)
    form = NewRole(request.POST if request.method == "POST" else None, units=units, whole=whole)
    if form.is_valid():
        data = form.cleaned_data
        try:
            accounts.grant_role(
                request.actor, username=login, role=Role(data["role"]), agency=place.code, unit=data["unit"],
                since=data["since"], until=data["until"],
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Peran %(role)s diberikan.") % {"role": data["role"]})
            return redirect("accounts:person", place.code, place.year, login)
    context = {
        "person": found.user,
        "roles": [role_line(grant, place, date.today()) for grant in found.grants],
        "positions": [seat.tenure for seat in found.seats],
        "seen": shown(found.user.last_login), "factors": factors_of(found.user),
        "form": form, "oneself": found.user.username == request.actor.login,
    }  # fmt: skip
    return render(request, "accounts/person.html", context, status=422 if form.errors else 200)


@inside(Act.GRANT, methods=("POST",))
def withdraw(request: Any, grant: int) -> HttpResponse:
    """Take a role away."""
    accounts.withdraw_role(request.actor, grant=grant, reason=request.POST.get("reason", ""))
    messages.success(request, _("Peran dicabut; berlaku mulai sekarang."))
    login = request.POST.get("login", "")
    place = request.place
    if login:
        return redirect("accounts:person", place.code, place.year, login)
    return redirect("accounts:positions", place.code, place.year)


@inside(Act.GRANT, methods=("POST",))
def disable(request: Any, login: str) -> HttpResponse:
    """Switch an account off."""
    _person(request.place, login)
    accounts.disable_user(request.actor, username=login, reason=request.POST.get("reason", ""))
    messages.success(request, _("Akun dinonaktifkan; semua sesinya berakhir."))
    return _back(request, login)


@inside(Act.GRANT, methods=("POST",))
def enable(request: Any, login: str) -> HttpResponse:
    """Switch an account on."""
    _person(request.place, login)
    accounts.enable_user(request.actor, username=login)
    messages.success(request, _("Akun aktif lagi."))
    return _back(request, login)


@inside(Act.GRANT, methods=("POST",))
def reset_link(request: Any, login: str) -> HttpResponse:
    """A link by which the person sets a new password, shown once."""
    found = _person(request.place, login)
    uid, _dash, key = accounts.reset_key(request.actor, username=login).partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    link = request.build_absolute_uri(path)
    return render(request, "accounts/reset_link.html", {"person": found.user, "link": link})


@inside(Act.GRANT, methods=("POST",))
def clear_factors(request: Any, login: str) -> HttpResponse:
    """Forget the second factors of somebody who lost them."""
    _person(request.place, login)
    accounts.clear_second_factors(request.actor, username=login, reason=request.POST.get("reason", ""))
    messages.success(request, _("Faktor kedua dihapus; orangnya dapat masuk dengan kata sandi saja."))
    return _back(request, login)


def _person(place: AgencyPage, login: str) -> Person:
    """The person, if this agency has to do with them, or if the one who looks administers every agency."""
    everywhere = may(place.actor, Act.GRANT, "")
    found = people_of(place.pk, everybody=everywhere, login=login)
    if not found:
        raise NotFound(_("Pengguna %(login)s tidak ditemukan.") % {"login": login})
    return found[0]


def _back(request: Any, login: str) -> HttpResponse:
    return redirect("accounts:person", request.place.code, request.place.year, login)
