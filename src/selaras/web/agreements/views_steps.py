"""The steps of an agreement that are one click and perhaps a note: propose, withdraw, return, agree, fill anew, discard."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from selaras.actions.agreements import discard_agreement, refill_agreement
from selaras.actions.signing import agree_agreement, propose_agreement, return_agreement, withdraw_agreement
from selaras.web.agreements.frame import address
from selaras.web.gate import InsideRequest, inside


@inside(methods=("POST",))
def refill(request: InsideRequest, agreement: str) -> HttpResponse:
    """Fill the draft anew from the plan."""
    refill_agreement(
        request.actor, agency=request.place.code, agreement=agreement, reason=request.POST.get("catatan", "")
    )
    return _back(request, agreement, _("Draf diisi ulang dari rencana."))


@inside(methods=("POST",))
def propose(request: InsideRequest, agreement: str) -> HttpResponse:
    """Propose it to the superior."""
    propose_agreement(
        request.actor, agency=request.place.code, agreement=agreement, note=request.POST.get("catatan", ""),
        seen=request.POST.get("segel", ""), url=address(request, "case", agreement),
    )  # fmt: skip
    return _back(request, agreement, _("Perjanjian diajukan."))


@inside(methods=("POST",))
def withdraw(request: InsideRequest, agreement: str) -> HttpResponse:
    """Take it back."""
    withdraw_agreement(
        request.actor, agency=request.place.code, agreement=agreement, note=request.POST.get("catatan", ""),
        url=address(request, "case", agreement),
    )  # fmt: skip
    return _back(request, agreement, _("Perjanjian ditarik kembali menjadi draf."))


@inside(methods=("POST",))
def give_back(request: InsideRequest, agreement: str) -> HttpResponse:
    """Return it with a note."""
    return_agreement(
        request.actor, agency=request.place.code, agreement=agreement, note=request.POST.get("catatan", ""),
        url=address(request, "case", agreement),
    )  # fmt: skip
    return _back(request, agreement, _("Perjanjian dikembalikan."))


@inside(methods=("POST",))
def agree(request: InsideRequest, agreement: str) -> HttpResponse:
    """Agree to it."""
    agree_agreement(
        request.actor, agency=request.place.code, agreement=agreement, note=request.POST.get("catatan", ""),
        seen=request.POST.get("segel", ""), url=address(request, "case", agreement),
    )  # fmt: skip
    return _back(request, agreement, _("Perjanjian disepakati."))


@inside(methods=("POST",))
def discard(request: InsideRequest, agreement: str) -> HttpResponse:
    """Delete the draft."""
    discard_agreement(
        request.actor, agency=request.place.code, agreement=agreement, reason=request.POST.get("catatan", "")
    )
    messages.success(request, _("Draf dihapus."))
    return redirect(address(request, "overview"))


def _back(request: InsideRequest, agreement: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(address(request, "case", agreement))
