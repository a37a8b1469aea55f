"""Keys for programs of one's own: the list, a new one (its secret shown once), ending one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from selaras.actions import tokens
from selaras.core.access import Scope
from selaras.core.errors import Refusal
from selaras.store.models import ApiToken
from selaras.store.tokens import state_of, tokens_of
from selaras.web.accounts.forms import refuse
from selaras.web.accounts.moments import shown
from selaras.web.gate import signed_in

SCOPES = (
    (Scope.READ, gettext_lazy("Membaca dan mengekspor data, mengunduh laporan terbit")),
    (Scope.MEASURE, gettext_lazy("Mengisi dan memverifikasi realisasi kinerja dan anggaran")),
    (Scope.EDIT, gettext_lazy("Mengubah data organisasi, perencanaan, anggaran, perjanjian, dan laporan")),
    (Scope.LOAD, gettext_lazy("Memuat buku kerja")),
    (Scope.COMPOSE, gettext_lazy("Menyusun dokumen, menghitung angka, memeriksa keselarasan")),
    (Scope.REVIEW, gettext_lazy("Mereviu laporan")),
    (Scope.AUDIT, gettext_lazy("Membaca jejak audit")),
)
DAYS = (("30", gettext_lazy("30 hari")), ("90", gettext_lazy("90 hari")), ("365", gettext_lazy("1 tahun")))
TONES = {"berlaku": "good", "berakhir": "none", "dicabut": "none"}


class NewToken(forms.Form):
    """What a key is for, what it may do, and how long."""

    name = forms.CharField(
        label=gettext_lazy("Untuk apa"), max_length=100, help_text=gettext_lazy("Misalnya: dasbor pimpinan.")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Yang boleh dilakukan"),
        choices=[(scope.value, words) for scope, words in SCOPES],
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Peran Anda tetap menentukan: token tidak pernah dapat lebih banyak daripada Anda sendiri."
        ),
    )
    days = forms.ChoiceField(label=gettext_lazy("Berlaku selama"), choices=DAYS, initial="90")


@signed_in()
def tokens_page(request: Any) -> HttpResponse:
    """The keys that are good, and below them those that have ended."""
    now = timezone.now()
    lines = [_line(row, state_of(row, now)) for row in tokens_of(request.user.username)]
    good = [line for line in lines if line["state"] == "berlaku"]
    return render(
        request, "accounts/tokens.html", {"good": good, "ended": [line for line in lines if line not in good]}
    )


@signed_in(methods=("GET", "POST"))
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def new_token(request: Any) -> HttpResponse:
    """Make one; the secret stands on the answer to the form and nowhere else."""
    form = NewToken(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        until = timezone.now() + timedelta(days=int(data["days"]))
        try:
            row, secret = tokens.create_token(
                request.actor, name=data["name"], scopes=[Scope(scope) for scope in data["scopes"]], expires_at=until
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            context = {"token": row, "secret": secret, "until": shown(until)}
            return render(request, "accounts/token_made.html", context)
    return render(request, "accounts/token_new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in(methods=("POST",))
def revoke_token(request: Any, pk: int) -> HttpResponse:
    """End one at once."""
    tokens.revoke_token(request.actor, token=pk)
    messages.success(request, _("Token dicabut; programnya tidak dapat masuk lagi."))
    return redirect("tokens")


def _line(row: ApiToken, state: str) -> dict[str, Any]:
    words = {scope.value: words for scope, words in SCOPES}
    return {
        "pk": row.pk, "name": row.name, "scopes": [str(words.get(scope, scope)) for scope in row.scopes],
        "made": shown(row.created_at), "until": shown(row.expires_at), "used": shown(row.last_used_at),
        "state": state, "tone": TONES[state],
    }  # fmt: skip
