"""Beginning an agreement: drafted from the plan with a look at what that gives, or as the next version of a signed one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.agreements import draft_agreement, revise_agreement
from selaras.core.access import Act, refusal
from selaras.core.agreements import Agreement, RevisionReason
from selaras.core.agreements.cascade import Rung, cascade, is_head
from selaras.core.agreements.drafting import draft
from selaras.core.agreements.rights import may_draft
from selaras.core.errors import NotFound, Refusal
from selaras.core.numerals import format_rupiah
from selaras.core.org import Position
from selaras.core.planning import IndicatorLevel
from selaras.core.reporting.agreement_gate import PLANNED, plan_of
from selaras.store.together import load_together
from selaras.web.agreements.frame import CasePage, address, figures_of
from selaras.web.core_words import word
from selaras.web.gate import InsideRequest, inside

OWN = "atasan-sendiri"
NONE = "tanpa"


class DraftForm(forms.Form):
    """Which levels of indicators go in, and who countersigns."""

    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Tingkat indikator"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kosongkan untuk semua indikator yang menjadi tanggung jawab jabatan ini."),
    )  # fmt: skip
    superior = forms.ChoiceField(label=gettext_lazy("Pihak kedua"))

    def __init__(
        self, position: Position, positions: list[Position], levels: list[IndicatorLevel], **given: Any
    ) -> None:
        super().__init__(**given)
        below = {rung.position.code for top in cascade(positions, ()) for rung in _at_and_below(top, position.code)}
        others = [(item.code, item.title) for item in positions if item.code not in below | {position.code}]
        self.fields["superior"].choices = [*others, (NONE, _("Tanpa pihak kedua (pimpinan instansi)"))]  # type: ignore[attr-defined]
        self.initial.setdefault("superior", position.superior or NONE)
        if levels:
            self.fields["levels"].choices = [(level.value, word(level.value)) for level in levels]  # type: ignore[attr-defined]
        else:
            del self.fields["levels"]


def _at_and_below(top: Rung, code: str) -> Iterator[Rung]:
    """The rung of a position and all below it: nobody promises to those who are under them."""
    for rung in top.walk():
        if rung.position.code == code:
            yield from rung.walk()


class RevisionForm(forms.Form):
    """Why the agreement is changed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Alasan perubahan"), widget=forms.RadioSelect,
        choices=[(item.value, item.value[:1].upper() + item.value[1:]) for item in RevisionReason],
        error_messages={"required": gettext_lazy("Pilih salah satu dari tiga alasan.")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Keterangan"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Apa yang terjadi, misalnya nomor dan tanggal perubahan anggaran."),
        error_messages={"required": gettext_lazy("Tuliskan apa yang terjadi.")},
    )  # fmt: skip


@inside(methods=("GET", "POST"))
def new(request: InsideRequest, position: str) -> HttpResponse:
    """What the plan gives for a position, and the button that makes it an agreement."""
    snapshot = load_together(request.place.code, request.place.year, {*PLANNED, Position, Agreement})
    chosen = next((item for item in snapshot.positions if item.code == position and not item.outside), None)
    if chosen is None:
        raise NotFound(_("Jabatan %(code)s tidak ditemukan.") % {"code": position})
    if not may_draft(request.actor, request.place.code, chosen.unit, position):
        raise refusal(request.actor, Act.DRAFT_AGREEMENT, request.place.code, chosen.unit)
    head = is_head(chosen, snapshot.positions, snapshot.settings.signatory)
    own = [item.level for item in snapshot.indicators if item.responsible == position]
    levels = [] if head else [level for level in IndicatorLevel if level in own]
    data = request.POST if request.method == "POST" else None
    form = DraftForm(chosen, list(snapshot.positions), levels, data=data)
    wanted: list[IndicatorLevel] = []
    problem = None
    if form.is_valid():
        wanted = [IndicatorLevel(name) for name in form.cleaned_data.get("levels", ())]
        superior = form.cleaned_data["superior"]
        if "tinjau" not in request.POST:
            try:
                code = draft_agreement(
                    request.actor, agency=request.place.code, year=request.place.year, position=position,
                    superior="" if superior == NONE else superior, levels=wanted,
                )  # fmt: skip
            except Refusal as refused:
                if not refused.faults:
                    raise
                problem = refused
            else:
                messages.success(request, _("Draf disusun dari rencana."))
                return redirect(address(request, "case", code))
    figures = figures_of(snapshot)
    given = draft(plan_of(figures), agreement="", position=position, head=head, levels=wanted)
    return render(request, "agreements/new.html", {
        "form": form, "position": chosen, "head": head, "given": given, "problem": problem,
        "lines": [(line.sasaran, line.wording, line.indicator, line.target.shown(), line.unit) for line in given.lines],
        "programmes": [(item.wording, format_rupiah(item.amount), item.source.value) for item in given.programmes],
        "existing": next((item.code for item in snapshot.agreements if item.promiser == position), ""),
        "back": address(request, "overview"),
    }, status=422 if problem or form.errors else 200)  # fmt: skip


@inside(methods=("GET", "POST"))
def revise(request: InsideRequest, agreement: str) -> HttpResponse:
    """Begin the next version of a signed agreement, with one of the three reasons."""
    case = CasePage(request, agreement)
    if not case.may_draft:
        raise refusal(request.actor, Act.DRAFT_AGREEMENT, request.place.code, case.unit)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = revise_agreement(
            request.actor, agency=request.place.code, agreement=agreement,
            reason=RevisionReason(form.cleaned_data["reason"]), note=form.cleaned_data["note"],
            url=address(request, "overview"),
        )  # fmt: skip
        messages.success(request, _("Versi baru dibuat sebagai draf; versi yang ditandatangani tetap seperti semula."))
        return redirect(address(request, "case", code))
    return render(request, "agreements/revise.html", {
        "form": form, "case": case, "item": case.agreement, "back": address(request, "case", agreement),
    }, status=422 if form.errors else 200)  # fmt: skip
