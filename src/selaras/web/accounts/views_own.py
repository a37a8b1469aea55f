"""The own account: address, language, mail, roles, and the sessions on other devices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions import accounts
from selaras.core.errors import Refusal
from selaras.store.accounts import roles_of
from selaras.web.accounts.forms import Profile, refuse
from selaras.web.accounts.language import remember
from selaras.web.gate import signed_in


@signed_in(methods=("GET", "POST"))
def profile(request: Any) -> HttpResponse:
    """Show and change it."""
    user = request.user
    now = {"email": user.email, "mail_duties": user.mail_duties, "language": user.language}
    form = Profile(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        try:
            accounts.set_own_profile(request.actor, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Profil disimpan."))
            answer = redirect("profile")
            remember(answer, form.cleaned_data["language"])
            return answer
    status = 422 if form.errors else 200
    return render(request, "accounts/profile.html", {"form": form, "roles": roles_of(user)}, status=status)


@signed_in(methods=("POST",))
def end_sessions(request: Any) -> HttpResponse:
    """End the sessions on all other devices."""
    count = accounts.end_own_sessions(request.actor, but=request.session.session_key or "")
    messages.success(request, _("%(count)s sesi di perangkat lain diakhiri.") % {"count": count})
    return redirect("profile")


def to_profile(request: HttpRequest) -> HttpResponse:
    """The address is changed in the profile."""
    del request
    return redirect("profile")
