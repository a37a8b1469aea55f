"""One's own personal data: a copy of everything, what was asked, asking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions import retention
from selaras.core.errors import Refusal
from selaras.core.retention import Ending
from selaras.store import models as tables
from selaras.store import retention as store
from selaras.web.accounts.forms import refuse
from selaras.web.accounts.moments import shown
from selaras.web.gate import signed_in
from selaras.web.retention.forms import Asking


@signed_in(methods=("GET", "POST"))
def own_data(request: Any) -> HttpResponse:
    """What is kept and how long, and the form by which one asks."""
    form = Asking(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            number = retention.ask_about_own_data(
                request.actor, wish=tables.Wish(form.cleaned_data["wish"]), text=form.cleaned_data["text"]
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Permintaan nomor %(number)s dikirim kepada administrator.") % {"number": number}
            )
            return redirect("own_data")
    rows = tables.SubjectRequest.objects.filter(user=request.user)
    periods = store.periods(timezone.localdate())
    context = {
        "form": form, "requests": [{"row": row, "due": shown(row.due_at)} for row in rows],
        "periods": [(period, period.ending is Ending.KEPT) for period in periods],
    }  # fmt: skip
    return render(request, "retention/own.html", context, status=422 if form.errors else 200)


@signed_in(methods=("POST",))
def copy(request: Any) -> HttpResponse:
    """Everything that is held about oneself, as a file."""
    answer = HttpResponse(retention.copy_own_data(request.actor), content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer
