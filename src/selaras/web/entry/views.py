"""The front door: where a person goes from here, the language, and invitations."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from selaras.actions import accounts, invitations
from selaras.core.access import Act, may
from selaras.core.errors import Refusal
from selaras.store.accounts import nobody_yet, open_invitation
from selaras.store.models import User
from selaras.store.places import doors
from selaras.web.accounts.forms import NewAccount, refuse
from selaras.web.accounts.language import remember
from selaras.web.accounts.menu import first_page
from selaras.web.accounts.moments import shown

FEW = 8


@require_safe
def home(request: Any) -> HttpResponse:
    """To the setup, to the one agency, to the choice among several, or the landing page for everybody else."""
    if not request.user.is_authenticated:
        return redirect("setup") if nobody_yet() else render(request, "entry/landing.html")
    found = doors(request.actor, this_year=date.today().year)
    may_open = may(request.actor, Act.GRANT, "")
    if not found and may_open:
        return redirect("new_agency")
    if (
        len(found) == 1
        and "pilih" not in request.GET
        and (address := first_page(request.actor, found[0].code, found[0].year))
    ):
        return redirect(address)
    words = request.GET.get("cari", "").casefold().split()
    shown_doors = [
        (door, first_page(request.actor, door.code, door.year))
        for door in found
        if all(word in f"{door.name} {door.short_name} {door.code}".casefold() for word in words)
    ]
    context = {
        "doors": shown_doors, "many": len(found) > FEW, "words": request.GET.get("cari", ""),
        "may_open": may_open, "none": not found,
    }  # fmt: skip
    return render(request, "entry/choose.html", context)


@require_POST
def set_language(request: Any) -> HttpResponse:
    """Switch the language, for this browser and for the account."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("home")
    answer = redirect(target)
    if request.user.is_authenticated:
        accounts.set_own_language(request.actor, language=language)
    if language in accounts.LANGUAGES:
        remember(answer, language)
    return answer


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: Any, secret: str) -> HttpResponse:
    """Accept an invitation: with a new account, or with the one that is signed in."""
    row = open_invitation(secret, timezone.now())
    context: dict[str, Any] = {"invitation": row, "until": shown(row.expires_at)}
    if request.user.is_authenticated:
        if request.method == "POST":
            invitations.join_by_invitation(request.actor, secret=secret)
            messages.success(request, _("Peran baru sudah ditambahkan pada akun Anda."))
            return redirect("home")
        return render(request, "entry/join.html", context)
    form = NewAccount(
        request.POST if request.method == "POST" else None, initial={"name": row.name, "email": row.email}
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            user = invitations.accept_invitation(
                request.actor, secret=secret, username=data["username"], name=data["name"], email=data["email"],
                password=data["password"],
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return enter(request, user)
    return render(request, "entry/invitation.html", {**context, "form": form}, status=422 if form.errors else 200)


def enter(request: HttpRequest, user: User, address: str = "") -> HttpResponse:
    """Sign in somebody who has just proved who it is by making the account."""
    record_authentication(request, user, method="password", username=user.username)
    answer: HttpResponse = perform_login(request, user, redirect_url=address or reverse("home"))
    return answer
