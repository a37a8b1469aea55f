"""Webhooks of an agency: which programs are told of published reports, a test message, and what became of the last ones."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from selaras.actions import webhooks
from selaras.actions.webhooks import EVENTS, LONGEST_ADDRESS, PING, PUBLISHED, WITHDRAWN
from selaras.core.access import Act
from selaras.core.errors import Refusal
from selaras.store.models import Webhook, WebhookDelivery
from selaras.store.webhooks import deliveries_of, find_webhook, with_last_delivery
from selaras.web.accounts.forms import refuse
from selaras.web.accounts.moments import shown
from selaras.web.gate import InsideRequest, inside

PER_PAGE = 25
WORDS = {
    PUBLISHED: gettext_lazy("Laporan diterbitkan"),
    WITHDRAWN: gettext_lazy("Laporan ditarik"),
    PING: gettext_lazy("Pesan percobaan"),
}
TAKEN, WAITING, GIVEN_UP = gettext_lazy("diterima"), gettext_lazy("menunggu"), gettext_lazy("gagal")


class NewWebhook(forms.Form):
    """Where to, and of what."""

    url = forms.CharField(
        label=gettext_lazy("Alamat penerima"), max_length=LONGEST_ADDRESS,
        help_text=gettext_lazy("Alamat https di internet. Alamat di jaringan sendiri hanya bila dicantumkan operator."),
        widget=forms.URLInput(attrs={"placeholder": "https://contoh.go.id/selaras"}),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Peristiwa yang diberitahukan"), choices=[(event, WORDS[event]) for event in EVENTS],
        initial=list(EVENTS), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


@inside(Act.CONFIGURE)
def listed(request: InsideRequest) -> HttpResponse:
    """Every address, with the last message to it."""
    rows = [
        {"row": row, "events": _events(row), "made": shown(row.created_at), "last": _line(last) if last else None}
        for row, last in with_last_delivery(request.place.code)
    ]
    return render(request, "accounts/webhooks.html", {"rows": rows})


@inside(Act.CONFIGURE, methods=("GET", "POST"))
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def new(request: InsideRequest) -> HttpResponse:
    """Add one; its secret stands on the answer to the form and nowhere else."""
    form = NewWebhook(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            row, secret = webhooks.create_webhook(
                request.actor, agency=request.place.code, url=data["url"], events=data["events"]
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return render(request, "accounts/webhook_made.html", {"row": row, "secret": secret})
    return render(request, "accounts/webhook_new.html", {"form": form}, status=422 if form.errors else 200)


@inside(Act.CONFIGURE)
def one(request: InsideRequest, pk: int) -> HttpResponse:
    """One address: what it hears, and what was sent to it."""
    row = find_webhook(request.place.code, pk)
    page = Paginator(deliveries_of(row.pk), PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    return render(request, "accounts/webhook.html", {
        "row": row, "events": _events(row), "made": shown(row.created_at), "page": page,
        "lines": [_line(item) for item in page.object_list],
    })  # fmt: skip


@inside(Act.CONFIGURE, methods=("POST",))
def ping(request: InsideRequest, pk: int) -> HttpResponse:
    """Send a test message now, and say what came back."""
    made = webhooks.try_webhook(request.actor, agency=request.place.code, webhook=pk)
    if made.delivered_at:
        messages.success(request, _("Kiriman percobaan diterima (%(answer)s).") % {"answer": made.answer})
    else:
        messages.warning(request, _("Kiriman percobaan tidak diterima: %(answer)s.") % {"answer": made.answer})
    return _back(request, pk)


@inside(Act.CONFIGURE, methods=("POST",))
def switch(request: InsideRequest, pk: int) -> HttpResponse:
    """Stop telling an address, or begin again."""
    row = find_webhook(request.place.code, pk)
    row = webhooks.change_webhook(request.actor, agency=request.place.code, webhook=pk, active=not row.active)
    messages.success(request, _("Webhook diaktifkan.") if row.active else _("Webhook dihentikan."))
    return _back(request, pk)


@inside(Act.CONFIGURE, methods=("POST",))
def retry(request: InsideRequest, pk: int, delivery: int) -> HttpResponse:
    """Send a message again, in the next round of sending."""
    webhooks.retry_delivery(request.actor, agency=request.place.code, webhook=pk, delivery=delivery)
    messages.success(request, _("Kiriman menunggu putaran kirim berikutnya."))
    return _back(request, pk)


@inside(Act.CONFIGURE, methods=("POST",))
def remove(request: InsideRequest, pk: int) -> HttpResponse:
    """Forget an address and what was sent to it."""
    webhooks.remove_webhook(request.actor, agency=request.place.code, webhook=pk)
    messages.success(request, _("Webhook dihapus."))
    return redirect("accounts:webhooks", request.place.code, request.place.year)


def _back(request: InsideRequest, pk: int) -> HttpResponse:
    return redirect("accounts:webhook", request.place.code, request.place.year, pk)


def _events(row: Webhook) -> list[str]:
    return [str(WORDS.get(event, event)) for event in row.events]


def _line(row: WebhookDelivery) -> dict[str, Any]:
    state, tone = (TAKEN, "good") if row.delivered_at else (WAITING, "warn") if row.next_at else (GIVEN_UP, "bad")
    return {
        "pk": row.pk, "event": WORDS.get(row.event, row.event), "at": shown(row.at), "attempts": row.attempts,
        "state": state, "tone": tone, "answer": row.answer, "next": shown(row.next_at),
    }  # fmt: skip
