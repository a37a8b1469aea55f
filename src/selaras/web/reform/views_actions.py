"""Action plans of the reform: by area of change and theme, with quarterly progress and evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.reform import remove_action, report_action, save_action
from selaras.core.access import Act
from selaras.core.computed import Computed
from selaras.core.errors import Conflict, Fault, NotFound, Refusal
from selaras.core.measurement.formulas import HUNDRED
from selaras.core.numerals import NumberHint, format_number, read_amount
from selaras.core.org import Position, Unit
from selaras.core.reform.actions import ReformAction
from selaras.core.reform.scheme import ReformRules
from selaras.store.records import options
from selaras.store.reform import ActionLine, actions_of, rules_of
from selaras.store.rows import shown
from selaras.web.exporting import exported
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.given import lines_of
from selaras.web.reform.frame import address, tabs

QUARTERS = (1, 2, 3, 4)
ROMAN = ("I", "II", "III", "IV")
AREA, THEME = "area", "tema"
"""How the choice of where an action belongs begins: `area organisasi`, `tema kemiskinan`."""
SEEN = ("title", "output", "measure", "targets", "root_cause", "responsible")


class ActionForm(forms.Form):
    """One action of the plan; the root of the problem is what it answers."""

    title = forms.CharField(label=gettext_lazy("Rencana aksi"), widget=forms.Textarea(attrs={"rows": 2}))
    group = forms.ChoiceField(label=gettext_lazy("Area perubahan atau tema"))
    root_cause = forms.CharField(
        label=gettext_lazy("Akar masalah"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Masalah apa yang dijawab aksi ini? Rencana tanpa akar masalah hanya formalitas."),
    )  # fmt: skip
    output = forms.CharField(label=gettext_lazy("Keluaran"), required=False)
    measure = forms.CharField(label=gettext_lazy("Satuan keluaran"), required=False)
    first = forms.CharField(label=gettext_lazy("Target s.d. triwulan I"), required=False)
    second = forms.CharField(label=gettext_lazy("Target s.d. triwulan II"), required=False)
    third = forms.CharField(label=gettext_lazy("Target s.d. triwulan III"), required=False)
    fourth = forms.CharField(label=gettext_lazy("Target s.d. triwulan IV"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit pelaksana"), required=False)
    responsible = forms.ChoiceField(label=gettext_lazy("Penanggung jawab"), required=False)

    def __init__(self, request: InsideRequest, rules: ReformRules, **given: Any) -> None:
        super().__init__(**given)
        place = request.place
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (_("Area perubahan"), [(f"{AREA} {item.code}", item.name) for item in rules.areas]),
            (_("Tema"), [(f"{THEME} {item.code}", item.name) for item in rules.themes]),
        ]
        none = [("", _("Belum ditentukan"))]
        self.fields["unit"].choices = none + options(Unit, place.pk)  # type: ignore[attr-defined]
        self.fields["responsible"].choices = none + options(Position, place.pk)  # type: ignore[attr-defined]

    def action(self, year: int, old: ReformAction | None) -> ReformAction:
        """The action as it was filled in. Raises Refusal for a target that cannot be read."""
        given = self.cleaned_data
        kind, _gap, code = given["group"].partition(" ")
        first, second, third, fourth = (_amount(given[name]) for name in ("first", "second", "third", "fourth"))
        return ReformAction(
            old.code if old else "", year, given["unit"], given["title"], given["output"], given["measure"],
            (first, second, third, fourth), code if kind == AREA else "", code if kind == THEME else "",
            given["root_cause"], given["responsible"], old.order if old else 0,
        )  # fmt: skip


@inside()
def board(request: InsideRequest) -> HttpResponse:
    """Every action by area and theme, as it stood through a quarter."""
    place = request.place
    quarter = _quarter(request)
    found = actions_of(request.actor, place.code, place.year, quarter=quarter)
    if request.GET.get("format") == "xlsx":
        heads = [_("Kode"), _("Area atau tema"), _("Rencana aksi"), _("Akar masalah"), _("Unit"), _("Penanggung jawab"),
                 _("Keluaran"), _("Satuan"),
                 *(f"{what} {n}" for n in ROMAN for what in (_("Target"), _("Realisasi"), _("Capaian")))]  # fmt: skip
        return exported(request, _("Rencana aksi RB"), heads, (_cells(line) for line in found.lines))
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in found.lines:
        groups.setdefault(line.group, []).append(_line(request, line))
    return render(request, "reform/actions.html", {
        "tabs": tabs(request, "actions"), "groups": list(groups.items()), "count": len(found.lines), "quarter": quarter,
        "quarters": [
            {"title": _("Triwulan %(n)s") % {"n": ROMAN[number - 1]}, "url": f"?triwulan={number}", "current": number == quarter,
             "figure": found.together[number - 1].shown()}
            for number in QUARTERS
        ],
        "together": found.together[quarter - 1], "findings": found.findings, "areas_source": found.rules.areas_source,
        "may_plan": place.can["PLAN_REFORM"], "new_url": address(request, "action-new"),
    })  # fmt: skip


@inside(Act.PLAN_REFORM, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """A new action."""
    return _form(request, None)


@inside(methods=("GET", "POST"))
def edit(request: InsideRequest, code: str) -> HttpResponse:
    """One action: what is planned, and what was reported by quarter."""
    line = _found(request, code)
    if request.method == "POST" or "ubah" in request.GET:
        return _form(request, line)
    may_remove = line.may_edit and not line.reports
    return render(request, "reform/action.html", {
        "tabs": tabs(request, "actions"), "line": _line(request, line), "action": line.action, "quarters": _quarters(line),
        "edit_url": "?ubah=1" if line.may_edit else "",
        "remove_url": address(request, "action-remove", code) if may_remove else "",
        "crumbs": [(_("Rencana aksi"), address(request, "actions")), (code, "")], "report_url": address(request, "report", code),
    })  # fmt: skip


@inside(Act.PLAN_REFORM, methods=("POST",))
def report(request: InsideRequest, code: str) -> HttpResponse:
    """What was done through a quarter."""
    place, given = request.place, request.POST
    quarter = given.get("triwulan", "")
    if quarter not in {str(number) for number in QUARTERS}:
        raise Refusal(_("Triwulan tidak ada."), Fault("triwulan", read=quarter, expected="1–4"))
    report_action(
        request.actor, agency=place.code, year=place.year, code=code, quarter=int(quarter),
        realised=_amount(given.get("realisasi", "")), evidence=lines_of(given.get("bukti", "")),
        note=given.get("catatan", ""), seen=given.get("lihat"),
    )  # fmt: skip
    messages.success(request, _("Kemajuan disimpan."))
    return redirect(f"{address(request, 'action', code)}#triwulan-{quarter}")


@inside(Act.PLAN_REFORM, methods=("POST",))
def remove(request: InsideRequest, code: str) -> HttpResponse:
    """Take an action out of which nothing was reported."""
    place = request.place
    remove_action(request.actor, agency=place.code, year=place.year, code=code, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Rencana aksi dihapus."))
    return redirect(address(request, "actions"))


def _form(request: InsideRequest, line: ActionLine | None) -> HttpResponse:
    place = request.place
    rules = rules_of(place.year)
    old = line.action if line else None
    form = ActionForm(request, rules, data=request.POST or None, initial=_initial(old))
    problem = None
    if request.method == "POST" and form.is_valid():
        seen = {name: request.POST[f"lihat-{name}"] for name in SEEN if f"lihat-{name}" in request.POST}
        try:
            made = save_action(
                request.actor, agency=place.code, action=form.action(place.year, old), seen=seen,
                reason=request.POST.get("alasan", ""),
            )  # fmt: skip
        except Conflict:
            raise
        except Refusal as refused:
            if not refused.faults:
                raise
            problem = refused
        else:
            messages.success(request, _("Rencana aksi disimpan."))
            return redirect(address(request, "action", made.code))
    title = _("Ubah rencana aksi") if old else _("Rencana aksi baru")
    return render(request, "reform/action_form.html", {
        "tabs": tabs(request, "actions"), "form": form, "problem": problem, "title": title, "areas_source": rules.areas_source,
        "themes": rules.themes, "seen": [(name, shown(getattr(old, name))) for name in SEEN] if old else [],
        "back_url": address(request, "action", old.code) if old else address(request, "actions"),
        "crumbs": [(_("Rencana aksi"), address(request, "actions")), (title, "")],
    }, status=422 if problem or form.errors else 200)  # fmt: skip


def _initial(old: ReformAction | None) -> dict[str, Any]:
    if old is None:
        return {}
    first, second, third, fourth = (format_number(item) if item is not None else "" for item in old.targets)
    return {
        "title": old.title, "group": f"{AREA} {old.area}" if old.area else f"{THEME} {old.theme}",
        "root_cause": old.root_cause, "output": old.output, "measure": old.measure, "first": first, "second": second,
        "third": third, "fourth": fourth, "unit": old.unit, "responsible": old.responsible,
    }  # fmt: skip


def _found(request: InsideRequest, code: str) -> ActionLine:
    lines = actions_of(request.actor, request.place.code, request.place.year).lines
    found = next((line for line in lines if line.action.code == code), None)
    if found is None:
        raise NotFound(_("Rencana aksi %(code)s tidak ditemukan.") % {"code": code})
    return found


def _quarter(request: InsideRequest) -> int:
    """The quarter that is asked for, else the last one that is over. Raises NotFound."""
    asked = request.GET.get("triwulan", "")
    if not asked:
        today, year = timezone.localdate(), request.place.year
        return 4 if year < today.year else max(1, (today.month - 1) // 3)
    if asked not in {str(number) for number in QUARTERS}:
        raise NotFound(_("Triwulan %(n)s tidak ada.") % {"n": asked})
    return int(asked)


def _amount(text: str) -> Decimal | None:
    """A number as it was typed, None for nothing. Raises UnreadableNumber and AmbiguousNumber."""
    return read_amount(text, hint=NumberHint.INDONESIAN)


def _line(request: InsideRequest, line: ActionLine) -> dict[str, Any]:
    action = line.action
    return {
        "code": action.code, "title": action.title, "unit": line.unit_name, "who": line.responsible, "group": line.group,
        "output": action.output, "measure": action.measure, "root_cause": action.root_cause,
        "url": address(request, "action", action.code),
        "figures": [_figure(figure) for figure in line.figures],
        "targets": [format_number(item) if item is not None else "–" for item in action.targets],
    }  # fmt: skip


def _figure(figure: Computed) -> dict[str, Any]:
    value = figure.rounded()
    tone = "good" if value == HUNDRED else ""
    return {"shown": figure.shown(), "value": value if value is not None else 0, "tone": tone,
            "why": "" if value is not None else figure.status.value, "arithmetic": figure.arithmetic()}  # fmt: skip


def _quarters(line: ActionLine) -> list[dict[str, Any]]:
    found = []
    for number, target, figure in zip(QUARTERS, line.action.targets, line.figures, strict=True):
        report = line.reports.get(number)
        found.append({
            "number": number, "name": _("Triwulan %(n)s") % {"n": ROMAN[number - 1]},
            "target": format_number(target) if target is not None else "–", "figure": _figure(figure),
            "realised": format_number(report.realised) if report else "", "note": report.note if report else "",
            "evidence": report.evidence if report else (), "evidence_text": "\n".join(report.evidence) if report else "",
            "by": line.reported_by.get(number, ""), "seen": shown(report.realised) if report else "", "may": line.may_edit,
        })  # fmt: skip
    return found


def _cells(line: ActionLine) -> list[Any]:
    action = line.action
    cells: list[Any] = [action.code, line.group, action.title, action.root_cause, line.unit_name, line.responsible,
                        action.output, action.measure]  # fmt: skip
    for number, target, figure in zip(QUARTERS, action.targets, line.figures, strict=True):
        report = line.reports.get(number)
        cells += [target, report.realised if report else None, figure]
    return cells
