"""The results of a draft, one by one: written, chosen, taken out; drawn anew after a look at what that changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.people_contents import draw_rows, remove_row, save_row, take_standard
from selaras.core.access import Act
from selaras.core.errors import Conflict, NotFound, Refusal
from selaras.core.people.drawing import ChangeKind, RowChange
from selaras.core.people.skp import Method, Origin, Section, SkpForm, SkpRow, SkpState
from selaras.core.reading import read_value
from selaras.store.people import PlanFile, Standing, plan_of
from selaras.store.people_drawing import changes_of, fingerprint
from selaras.store.people_places import row_choices
from selaras.store.rows import shown
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, head_of
from selaras.web.people.views_counted import counting_of
from selaras.web.people.words import METHODS, ORIGINS, SECTIONS

SEEN = ("result", "measure", "target", "unit", "perspective", "aspect", "section")
CHANGES: dict[ChangeKind, tuple[Any, str, str]] = {
    ChangeKind.NEW: (gettext_lazy("Baru"), "good", "plus"),
    ChangeKind.CHANGED: (gettext_lazy("Berubah"), "warn", "edit"),
    ChangeKind.GONE: (gettext_lazy("Tidak ada lagi pada sumbernya"), "bad", "trash"),
    ChangeKind.SAME: (gettext_lazy("Sama"), "none", "equal"),
}
FIELDS = {
    "section": gettext_lazy("bagian"), "result": gettext_lazy("hasil kerja"), "measure": gettext_lazy("indikator"),
    "target": gettext_lazy("target"), "unit": gettext_lazy("satuan"), "supports": gettext_lazy("yang didukung"),
    "parent_plan": gettext_lazy("SKP atasan"), "parent_order": gettext_lazy("nomor hasil kerja atasan"),
    "indicator": gettext_lazy("kode indikator"),
}  # fmt: skip


class RowForm(forms.Form):
    """One result. What was drawn from PK or matrix is only shown; its section, perspective and aspect are chosen."""

    section = forms.ChoiceField(label=gettext_lazy("Bagian"))
    parent = forms.ChoiceField(
        label=gettext_lazy("Hasil kerja pimpinan yang didukung"), required=False,
        help_text=gettext_lazy("Hasil kerja pada SKP pejabat penilai Anda."),
    )  # fmt: skip
    result = forms.CharField(label=gettext_lazy("Rencana hasil kerja"), widget=forms.Textarea(attrs={"rows": 3}))
    measure = forms.CharField(
        label=gettext_lazy("Indikator kinerja individu"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    target = forms.CharField(label=gettext_lazy("Target"), required=False)
    unit = forms.CharField(label=gettext_lazy("Satuan"), required=False)
    perspective = forms.ChoiceField(label=gettext_lazy("Perspektif"), required=False)
    aspect = forms.ChoiceField(label=gettext_lazy("Aspek"), required=False)
    indicator = forms.ChoiceField(
        label=gettext_lazy("Indikator yang sama"), required=False,
        help_text=gettext_lazy("Bila dipilih, realisasinya diambil dari pengukuran dan tidak diketik lagi."),
    )  # fmt: skip

    def __init__(self, request: InsideRequest, file: PlanFile, row: SkpRow | None, **given: Any) -> None:
        super().__init__(**given)
        rules, is_head = file.rules.skp, file.plan.form is SkpForm.HEAD
        self._set("section", [(item.value, SECTIONS[item]) for item in Section])
        drawn = row is not None and row.origin is not Origin.OWN
        if drawn:
            for name in ("parent", "result", "measure", "target", "unit", "indicator"):
                del self.fields[name]
        else:
            known = row_choices(request.place.pk, file.plan)
            nothing = [("", _("Tidak mendukung hasil kerja tertentu"))]
            named = [(f"{order}|{plan}", f"{order}. {words}") for plan, order, words in known.parents]
            self._set("parent", nothing + named)
            indicators = [(code, f"{code} – {name}") for code, name in known.indicators]
            self._set("indicator", [("", _("Tidak ada")), *indicators])
        keep, drop, choices = (
            ("perspective", "aspect", rules.perspectives) if is_head else ("aspect", "perspective", rules.aspects)
        )
        del self.fields[drop]
        self._set(keep, [("", _("Belum dipilih")), *((item, item) for item in choices)])
        if file.plan.method is Method.QUALITATIVE and not drawn:
            self.fields["measure"].label = _("Ukuran keberhasilan, termasuk target")

    def _set(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def row(self, file: PlanFile, old: SkpRow | None) -> SkpRow:
        """The result as it was filled in. Raises Refusal for a target that cannot be read."""
        given = self.cleaned_data
        order, _gap, plan = given.get("parent", "").partition("|")
        base = old or SkpRow(file.plan.code, 0, Section.MAIN, "", "")
        changed: dict[str, Any] = {
            "section": Section(given["section"]), "perspective": given.get("perspective", base.perspective),
            "aspect": given.get("aspect", base.aspect),
        }  # fmt: skip
        if "result" in self.fields:
            changed |= {
                "result": given["result"], "measure": given["measure"], "unit": given["unit"],
                "target": read_value(given["target"], kind=None), "indicator": given["indicator"],
                "parent_plan": plan, "parent_order": int(order) if plan else None,
                "supports": base.supports if plan else "",
            }  # fmt: skip
        return replace(base, **changed)


@inside(Act.KEEP_SKP, methods=("GET", "POST"))
def new(request: InsideRequest, plan: str) -> HttpResponse:
    """A result that no source gives."""
    return _form(request, _draft(request, plan), None)


@inside(Act.KEEP_SKP, methods=("GET", "POST"))
def edit(request: InsideRequest, plan: str, order: int) -> HttpResponse:
    """One result that is there."""
    file = _draft(request, plan)
    row = next((item for item in file.rows if item.order == order), None)
    if row is None:
        raise NotFound(_("Hasil kerja %(order)s tidak ditemukan.") % {"order": order})
    return _form(request, file, row)


@inside(Act.KEEP_SKP, methods=("POST",))
def remove(request: InsideRequest, plan: str, order: int) -> HttpResponse:
    """Take a result out."""
    remove_row(request.actor, agency=request.place.code, code=plan, order=order, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Hasil kerja dihapus."))
    return redirect(f"{address(request, 'plan', plan)}#hasil")


@inside(Act.KEEP_SKP, methods=("POST",))
def standard(request: InsideRequest, plan: str) -> HttpResponse:
    """Put one of the offered rows in."""
    take_standard(request.actor, agency=request.place.code, code=plan, standard=request.POST.get("baris", ""))
    messages.success(request, _("Baris baku dimasukkan; sesuaikan bila perlu."))
    return redirect(f"{address(request, 'plan', plan)}#hasil")


@inside(Act.KEEP_SKP, methods=("GET", "POST"))
def draw(request: InsideRequest, plan: str) -> HttpResponse:
    """What drawing again would change; sent back, it is done as it was shown."""
    if request.method == "POST":
        draw_rows(request.actor, agency=request.place.code, code=plan, shown_as=request.POST.get("sidik", ""))
        messages.success(request, _("Hasil kerja ditarik dari sumbernya."))
        return redirect(f"{address(request, 'plan', plan)}#hasil")
    problem, changes = None, tuple[RowChange, ...]()
    try:
        changes = changes_of(request.actor, request.place.code, plan)
    except Refusal as refused:
        if not refused.faults:
            raise
        problem = refused  # nothing to draw from yet: the page says what is missing
    real = [change for change in changes if change.kind is not ChangeKind.SAME]
    return render(request, "people/draw.html", {
        "crumbs": [(_("SKP"), address(request, "plan", plan)), (_("Tarik hasil kerja"), "")],
        "lines": [_change(change) for change in changes], "problem": problem,
        "real": len(real), "mark": fingerprint(changes), "back_url": address(request, "plan", plan),
    })  # fmt: skip


def _draft(request: InsideRequest, plan: str) -> PlanFile:
    """The plan, if its results can be written by the person now. Raises NotFound and Refusal."""
    file = plan_of(request.actor, request.place.code, plan)
    if not file.standing & {Standing.OWN, Standing.ASSESSOR}:
        raise NotFound(_("SKP %(code)s tidak ditemukan.") % {"code": plan})
    if file.plan.state is not SkpState.DRAFT:
        raise Refusal(_("Hasil kerja hanya diubah selagi SKP masih draf."))
    return file


def _form(request: InsideRequest, file: PlanFile, row: SkpRow | None) -> HttpResponse:
    code = file.plan.code
    form = RowForm(request, file, row, data=request.POST or None, initial=_initial(row))
    problem = None
    if request.method == "POST" and form.is_valid():
        seen = {name: request.POST[f"lihat-{name}"] for name in SEEN if f"lihat-{name}" in request.POST}
        try:
            save_row(request.actor, agency=request.place.code, code=code, row=form.row(file, row), seen=seen)
        except Conflict:
            raise
        except Refusal as refused:
            if not refused.faults:
                raise
            problem = refused
        else:
            messages.success(request, _("Hasil kerja disimpan."))
            return redirect(f"{address(request, 'plan', code)}#hasil")
    return render(request, "people/row.html", {
        **head_of(request, file, "plan"), "form": form, "row": row, "problem": problem,
        "origin": ORIGINS[row.origin] if row else "", "drawn": row is not None and row.origin is not Origin.OWN,
        "seen": [(name, shown(getattr(row, name))) for name in SEEN] if row else [],
        "counting": counting_of(request, code, row.order) if row and not row.indicator else {},
        "remove_url": address(request, "row-remove", code, row.order) if row else "",
        "back_url": f"{address(request, 'plan', code)}#hasil", "method": METHODS[file.plan.method],
    }, status=422 if problem or form.errors else 200)  # fmt: skip


def _initial(row: SkpRow | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "section": row.section.value, "result": row.result, "measure": row.measure, "unit": row.unit,
        "target": row.target.shown() if row.target else "", "perspective": row.perspective, "aspect": row.aspect,
        "indicator": row.indicator, "parent": f"{row.parent_order}|{row.parent_plan}" if row.parent else "",
    }  # fmt: skip


def _change(change: RowChange) -> dict[str, Any]:
    label, tone, icon = CHANGES[change.kind]
    row = change.after or change.before
    pairs = [
        (FIELDS[name], shown(getattr(change.before, name)), shown(getattr(change.after, name)))
        for name in change.fields
    ]
    return {"label": label, "tone": tone, "icon": icon, "row": row, "target": row.target_text() if row else "",
            "pairs": pairs}  # fmt: skip
