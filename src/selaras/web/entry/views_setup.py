"""The first run in the browser: administrator, then the first agency or the samples."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from selaras.actions import setup
from selaras.core.access import Act, Actor, may
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.org import Agency, AgencyKind
from selaras.store.accounts import nobody_yet
from selaras.store.models import Agency as AgencyRow
from selaras.web.accounts.forms import FirstAccount, refuse
from selaras.web.accounts.menu import first_page
from selaras.web.entry.views import enter
from selaras.web.gate import signed_in

FIRST = Actor("Penyiapan pertama")
ABOUT = {
    AgencyKind.REGION: gettext_lazy("Provinsi, kabupaten, atau kota sebagai satu entitas"),
    AgencyKind.REGIONAL_UNIT: gettext_lazy("Dinas, badan, biro, sekretariat, kecamatan"),
    AgencyKind.MINISTRY: gettext_lazy("Kementerian atau lembaga di pusat"),
    AgencyKind.MINISTRY_UNIT: gettext_lazy("Satuan kerja, unit pelaksana, kantor wilayah"),
    AgencyKind.ELECTION_OFFICE: gettext_lazy("Sekretariat KPU provinsi, kabupaten, atau kota"),
}


class NewAgency(forms.Form):
    """The agency that begins here."""

    name = forms.CharField(label=gettext_lazy("Nama instansi"), max_length=300)
    short_name = forms.CharField(label=gettext_lazy("Nama singkat"), max_length=120)
    code = forms.SlugField(
        label=gettext_lazy("Kode"), max_length=40,
        help_text=gettext_lazy("Pendek, dipakai dalam alamat halaman; misalnya DINKES. Tidak berubah lagi."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis instansi"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial=AgencyKind.REGIONAL_UNIT.value,
        choices=[(kind.value, kind.value[:1].upper() + kind.value[1:]) for kind in AgencyKind],
    )
    parent_name = forms.CharField(label=gettext_lazy("Instansi induk"), max_length=300, required=False)
    city = forms.CharField(label=gettext_lazy("Kota atau kabupaten"), max_length=120, required=False)
    year = forms.IntegerField(label=gettext_lazy("Tahun pertama"), min_value=2000, max_value=2100)


@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "POST"])
def first_account(request: Any) -> HttpResponse:
    """The administrator, for whoever can read the terminal; gone as soon as there is an account."""
    if not nobody_yet():
        raise NotFound(_("Penyiapan sudah selesai."))
    form = FirstAccount(
        request.POST if request.method == "POST" else None, initial={"code": request.GET.get("kode", "")}
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            user = setup.first_administrator(
                FIRST, code=data["code"], username=data["username"], name=data["name"], email=data["email"],
                password=data["password"],
            )  # fmt: skip
        except NotAllowed as refusal:
            form.add_error("code", refusal.message)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return enter(request, user, reverse("new_agency"))
    return render(request, "entry/setup.html", {"form": form}, status=422 if form.errors else 200)


@signed_in(methods=("GET", "POST"))
def first_agency(request: Any) -> HttpResponse:
    """Open an agency; for administrators of the installation, also later."""
    _only_administrators(request.actor)
    form = NewAgency(request.POST if request.method == "POST" else None, initial={"year": date.today().year})
    if form.is_valid():
        data = form.cleaned_data
        year = data.pop("year")
        try:
            agency = Agency(**{**data, "code": data["code"].upper(), "kind": AgencyKind(data["kind"])})
            setup.open_agency(request.actor, agency=agency, year=year)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s sudah dibuka.") % {"name": agency.name})
            return redirect(first_page(request.actor, agency.code, year) or "home")
    kinds = list(zip(form["kind"], ABOUT.values(), strict=True))
    context = {"form": form, "first": not AgencyRow.objects.exists(), "kinds": kinds}
    return render(request, "entry/new_agency.html", context, status=422 if form.errors else 200)


@signed_in(methods=("POST",))
def samples(request: Any) -> HttpResponse:
    """Load the sample agencies; the accounts that come with them are shown once, here."""
    _only_administrators(request.actor)
    made = setup.load_samples(request.actor, accounts="accounts" in request.POST)
    messages.success(request, _("Instansi contoh sudah dimuat."))
    return render(request, "entry/samples.html", {"accounts": made}) if made else redirect("home")


def _only_administrators(actor: Actor) -> None:
    if not may(actor, Act.GRANT, ""):
        raise NotAllowed(_("%(who)s tidak berhak membuka instansi.") % {"who": actor.name})
