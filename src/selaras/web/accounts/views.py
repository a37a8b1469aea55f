"""People of an agency and invitations: the list, inviting, taking an invitation back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions import invitations
from selaras.core.access import Act, Role, may, reach
from selaras.core.errors import Refusal
from selaras.store.accounts import Person, has_ended, people_of
from selaras.store.models import Invitation, RoleGrant, Unit
from selaras.web.accounts.forms import NewInvitation, refuse, role_choices
from selaras.web.accounts.moments import shown
from selaras.web.core_words import word
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import AgencyPage, InsideRequest, inside

ON_ONE_PAGE = 50


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role as the pages show it."""

    pk: int
    role: str
    where: str
    days: str
    state: str
    mine_to_withdraw: bool


def role_line(grant: RoleGrant, place: AgencyPage, day: date) -> RoleLine:
    """The words for one role, and whether the person who looks may take it away."""
    if grant.since and grant.since > day:
        state = "belum"
    else:
        state = "berakhir" if has_ended(grant.until, day) else "berlaku"
    agency = grant.agency.code if grant.agency else ""
    unit = grant.unit.code if grant.unit else ""
    where = f"{grant.unit.name}" if grant.unit else (_("seluruh instansi") if agency else _("semua instansi"))
    return RoleLine(grant.pk, word(grant.role), where, days(grant), state, may(place.actor, Act.GRANT, agency, unit))


def days(grant: RoleGrant) -> str:
    """From when to when, in words; nothing where both ends are open."""
    since = _("sejak %(day)s") % {"day": format_date(grant.since)} if grant.since else ""
    until = _("sampai %(day)s") % {"day": format_date(grant.until)} if grant.until else ""
    return f"{since} {until}".strip()


def units_to_grant(place: AgencyPage) -> tuple[list[tuple[str, str]], bool]:
    """The units for which the person who looks may grant, and whether for the whole agency too."""
    allowed = reach(place.actor, Act.GRANT, place.code)
    rows = Unit.objects.filter(agency_id=place.pk).order_by("sequence", "pk").values_list("code", "name")
    return [(code, name) for code, name in rows if allowed is None or code in allowed], allowed is None


@inside(Act.GRANT)
def people(request: InsideRequest) -> HttpResponse:
    """Everybody with a role in the agency, and the invitations that are open."""
    place, today = request.place, date.today()
    everywhere = may(place.actor, Act.GRANT, "")
    everybody = everywhere and request.GET.get("siapa") == "semua"
    words, role, state = (request.GET.get(name, "").strip() for name in ("cari", "peran", "keadaan"))
    found = [
        person for person in people_of(place.pk, everybody=everybody) if _fits(person, words.casefold(), role, state)
    ]
    if wants_xlsx(request):
        heads = [_("Orang"), _("Nama pengguna"), _("Peran"), _("Jabatan"), _("Terakhir masuk"), _("Keadaan")]
        return exported(request, _("Pengguna"), heads, (_cells(place, person, today) for person in found))
    page = Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("halaman"))
    lines = [
        {
            "user": person.user,
            "roles": [role_line(grant, place, today) for grant in person.grants],
            "positions": [seat.tenure.position.title for seat in person.seats],
            "seen": shown(person.user.last_login),
        }
        for person in page
    ]
    waiting = Invitation.objects.filter(
        agency=place.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    ).select_related("unit")
    context = {
        "people": lines, "page": page, "roles": role_choices(), "everywhere": everywhere, "everybody": everybody,
        "asked": {"cari": words, "peran": role, "keadaan": state},
        "invitations": [{"row": row, "until": shown(row.expires_at)} for row in waiting],
    }  # fmt: skip
    return render(request, "accounts/people.html", context)


def _cells(place: AgencyPage, person: Person, day: date) -> list[Any]:
    user = person.user
    lines = [role_line(grant, place, day) for grant in person.grants]
    roles = "; ".join(" ".join(filter(None, (line.role, line.where, line.days, f"({line.state})"))) for line in lines)
    return [
        user.name, user.username, roles, "; ".join(seat.tenure.position.title for seat in person.seats), user.last_login,
        _("aktif") if user.is_active else _("nonaktif"),
    ]  # fmt: skip


def _fits(person: Person, words: str, role: str, state: str) -> bool:
    user = person.user
    if any(word not in f"{user.name} {user.username} {user.email}".casefold() for word in words.split()):
        return False
    if role and all(grant.role != role for grant in person.grants):
        return False
    return not state or user.is_active == (state == "aktif")


@inside(Act.GRANT, methods=("GET", "POST"))
def invite(request: InsideRequest) -> HttpResponse:
    """Invite somebody; the link is shown on the answer to the form and never again."""
    place = request.place
    units, whole = units_to_grant(place)
    form = NewInvitation(request.POST if request.method == "POST" else None, units=units, whole=whole)
    if form.is_valid():
        data = form.cleaned_data
        page = reverse("invitation", args=["-"]).removesuffix("-/")
        try:
            made = invitations.invite(
                request.actor, role=Role(data["role"]), name=data["name"], email=data["email"], agency=place.code,
                unit=data["unit"], days=data["days"], page=f"{settings.SITE_URL}{page}",
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            link = request.build_absolute_uri(f"{page}{made.secret}/")
            return render(request, "accounts/invited.html", {"made": made, "link": link, "name": data["name"]})
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@inside(Act.GRANT, methods=("POST",))
def withdraw_invitation(request: Any, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitations.withdraw_invitation(request.actor, invitation=pk)
    messages.success(request, _("Undangan ditarik; tautannya tidak berlaku lagi."))
    return redirect("accounts:people", request.place.code, request.place.year)
