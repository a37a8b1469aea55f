"""Until when the agreements of a year are due; the day that follows from the budget document is offered."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.agreements import set_deadline
from selaras.core.access import Act
from selaras.core.org import AgencyKind
from selaras.core.planning import BudgetVersion
from selaras.store.duties import dues_of
from selaras.store.together import load_together
from selaras.web.agreements.frame import DUE, address
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside


class DeadlineForm(forms.Form):
    """Until when the agreements are due."""

    due = forms.DateField(
        label=gettext_lazy("Tenggat"),
        error_messages={
            "required": gettext_lazy("Isi tanggal tenggat."),
            "invalid": gettext_lazy("Isi sebuah tanggal."),
        },
    )


@inside(Act.CONFIGURE, methods=("GET", "POST"))
def deadline(request: InsideRequest) -> HttpResponse:
    """Set the deadline; the day that follows from the budget document is offered."""
    snapshot = load_together(request.place.code, request.place.year, {BudgetVersion})
    dated = [item.dated for item in snapshot.budget_versions if item.dated]
    due = dues_of(request.place.pk, AgencyKind(request.place.kind), request.place.year).get(DUE)
    suggestion = due.proposed if due else None
    form = DeadlineForm(request.POST if request.method == "POST" else None, initial={"due": due.day if due else None})
    if form.is_valid():
        set_deadline(request.actor, agency=request.place.code, year=request.place.year, due=form.cleaned_data["due"])
        messages.success(request, _("Tenggat disimpan."))
        return redirect(address(request, "overview"))
    return render(request, "agreements/deadline.html", {
        "form": form, "approved": format_date(min(dated)) if dated else "", "back": address(request, "overview"),
        "suggestion": format_date(suggestion) if suggestion else "",
    }, status=422 if form.errors else 200)  # fmt: skip
