"""Signing: shown once more in full, confirmed by the holder of the position who has just proved who it is."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.signing import record_signed, sign_agreement
from selaras.core.access import Act, refusal
from selaras.core.agreements.rights import holds
from selaras.core.calendar import parse_date
from selaras.core.errors import NotAllowed, Refusal
from selaras.core.numerals import format_rupiah
from selaras.store.models.work import AgreementState as State
from selaras.web.accounts.proof import may_prove_again, proved_within
from selaras.web.agreements.frame import CasePage, address
from selaras.web.gate import InsideRequest, inside


class SignForm(forms.Form):
    """The confirmation."""

    read = forms.BooleanField(
        label=gettext_lazy("Saya sudah membaca seluruh isi perjanjian ini dan menandatanganinya."),
        error_messages={"required": gettext_lazy("Centang pernyataan ini untuk menandatangani.")},
    )


class RecordForm(forms.Form):
    """When and where it was signed outside."""

    day = forms.CharField(label=gettext_lazy("Tanggal tanda tangan"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Tempat dokumen"), required=False,
        help_text=gettext_lazy("Nomor surat, lokasi arsip, atau alamat berkas yang bertanda tangan."),
    )  # fmt: skip


@inside(methods=("GET", "POST"))
def sign(request: InsideRequest, agreement: str) -> HttpResponse:
    """Sign for the party whose turn it is; a sign-in of some minutes ago is proof enough, else the password once more."""
    case = CasePage(request, agreement)
    if not case.may_sign:
        raise _not_your_turn(request, case)
    if not _has_proved(request):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
    form = SignForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        url = address(request, "case", agreement)
        sign_agreement(
            request.actor, agency=request.place.code, agreement=agreement, seen=request.POST.get("segel", ""), url=url
        )
        messages.success(request, _("Perjanjian Anda tanda tangani."))
        return redirect(url)
    return render(request, "agreements/sign.html", {
        "form": form, "case": case, "item": case.agreement, "first": case.road.state is State.AGREED,
        "promiser": case.party(case.agreement.promiser),
        "superior": case.party(case.agreement.superior) if case.agreement.superior else None,
        "lines": [(line.sasaran, line.wording, line.target.shown(), line.unit) for line in case.lines],
        "programmes": [(item.wording, format_rupiah(item.amount)) for item in case.programmes],
        "total": format_rupiah(case.total) if case.programmes else "", "back": address(request, "case", agreement),
    }, status=422 if form.errors else 200)  # fmt: skip


@inside(methods=("GET", "POST"))
def record(request: InsideRequest, agreement: str) -> HttpResponse:
    """Note a signature that was given on paper or in another system."""
    case = CasePage(request, agreement)
    if not case.may_draft:
        raise refusal(request.actor, Act.DRAFT_AGREEMENT, request.place.code, case.unit)
    form = RecordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        url = address(request, "case", agreement)
        try:
            record_signed(
                request.actor, agency=request.place.code, agreement=agreement,
                day=parse_date(form.cleaned_data["day"]), note=form.cleaned_data["note"],
                seen=request.POST.get("segel", ""), url=url,
            )  # fmt: skip
        except Refusal as refused:
            if not refused.faults:
                raise
            for fault in refused.faults:
                form.add_error("note" if "dokumen" in fault.message else "day", f"{fault.sentence()}.")
        else:
            messages.success(request, _("Tanda tangan dicatat."))
            return redirect(url)
    return render(request, "agreements/record.html", {
        "form": form, "case": case, "item": case.agreement, "back": address(request, "case", agreement),
    }, status=422 if form.errors else 200)  # fmt: skip


def _has_proved(request: InsideRequest) -> bool:
    """Whether the person has proved some minutes ago who it is, by signing in or by the password once more.

    Raises Refusal for an account that can only sign in through the agency's own sign-on and has not done so lately.
    """
    if proved_within(request, settings.SIGN_WITHIN):
        return True
    if may_prove_again(request):
        return False
    raise Refusal(
        _(
            "Tanda tangan memerlukan bukti diri yang baru. Keluar, masuk kembali lewat akun instansi, lalu tanda tangani."
        )
    )


def _not_your_turn(request: InsideRequest, case: CasePage) -> Refusal:
    if case.road.is_signed:
        return Refusal(_("Perjanjian %(code)s sudah ditandatangani.") % {"code": case.agreement.code})
    if case.road.state not in {State.AGREED, State.SIGNED_BY_PROMISER}:
        return Refusal(
            _("Perjanjian %(code)s belum disepakati, jadi belum dapat ditandatangani.") % {"code": case.agreement.code}
        )
    words = {"code": case.agreement.code}
    if case.road.state is State.AGREED and holds(request.actor, request.place.code, case.agreement.superior):
        return NotAllowed(
            _("Perjanjian %(code)s menunggu tanda tangan pihak pertama; giliran Anda sesudahnya.") % words
        )
    if case.road.promiser.by and holds(request.actor, request.place.code, case.agreement.promiser):
        return NotAllowed(_("Perjanjian %(code)s sudah Anda tanda tangani dan menunggu pihak kedua.") % words)
    return refusal(request.actor, Act.SIGN_AGREEMENT, request.place.code, case.unit)
