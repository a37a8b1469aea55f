"""The definition of a register in the browser: read, begun, loaded from a file, put away, its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.registers import (
    change_register,
    create_register,
    load_definition,
    refresh_records,
    remove_register,
    use_register,
)
from selaras.core.access import Act, Role
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.law import Certainty
from selaras.core.registers.copying import as_data
from selaras.core.registers.definition import Clearing, Register, Restart, kind_of
from selaras.core.registers.diagram import diagram_of
from selaras.core.registers.fields import FieldKind
from selaras.core.registers.filters import ALWAYS
from selaras.rulebook.registers import register_from, to_json, to_toml
from selaras.store import models as tables
from selaras.store.register_access import find_register
from selaras.store.registers import subject_name, versions_of
from selaras.web.core_words import word
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.drawing import drawn
from selaras.web.registers.filter_box import date_subjects, told
from selaras.web.registers.frame import address, crumbs, register_tabs, with_query
from selaras.web.registers.part_forms import WORDS, certainties, roles
from selaras.web.reporting.sending import attachment

LARGEST = 1 << 20


class NewForm(forms.Form):
    """What a register of one's own begins with."""

    code = forms.CharField(
        label=gettext_lazy("Kode"), max_length=40,
        help_text=gettext_lazy("Huruf kecil, angka, dan garis bawah, misalnya peminjaman_aula; tidak dapat diganti."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Nama register"), max_length=200)
    about = forms.CharField(
        label=gettext_lazy("Untuk apa"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=gettext_lazy("Dasar"), max_length=500)
    opened_by = forms.MultipleChoiceField(
        label=gettext_lazy("Dibuka oleh"), widget=forms.CheckboxSelectMultiple, choices=roles
    )
    restricted = forms.BooleanField(
        label=gettext_lazy("Terbatas: hanya cacahnya yang keluar"), required=False,
        help_text=gettext_lazy("Untuk disiplin dan netralitas; rekamannya hanya terbuka bagi peran pembaca."),
    )  # fmt: skip


class GeneralForm(NewForm):
    """The head of a definition."""

    code = None  # type: ignore[assignment]
    certainty = forms.ChoiceField(label=gettext_lazy("Status dasar"), choices=certainties)
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Pembaca data pribadi (dan rekaman register terbatas)"),
        widget=forms.CheckboxSelectMultiple, choices=roles,
    )  # fmt: skip
    open_to_public = forms.BooleanField(label=gettext_lazy("Dibuka pada laman umum"), required=False)
    pattern = forms.CharField(
        label=gettext_lazy("Pola nomor"), max_length=100,
        help_text=gettext_lazy("Misalnya {urut:04}/PI/{bulan_romawi}/{tahun}."),
    )  # fmt: skip
    restart = forms.ChoiceField(
        label=gettext_lazy("Nomor urut mulai lagi setiap"), choices=[(item.value, item.value) for item in Restart]
    )
    months = forms.IntegerField(label=gettext_lazy("Masa simpan (bulan)"), required=False, min_value=1, max_value=1200)
    after = forms.ChoiceField(label=gettext_lazy("Sejak"), required=False)
    clearing = forms.ChoiceField(
        label=gettext_lazy("Sesudahnya rekaman"),
        choices=[(item.value, item.value) for item in Clearing],
        required=False,
    )
    retention_source = forms.CharField(label=gettext_lazy("Dasar masa simpan"), required=False, max_length=500)
    field_order = ("name", "about", "source", "certainty", "opened_by", "readers", "open_to_public", "restricted")

    def __init__(self, register: Register, data: Mapping[str, Any] | None = None) -> None:
        whole = as_data(register)
        kept = whole.get("retention", {})
        super().__init__(data, initial={
            **{name: whole.get(name) for name in ("name", "about", "source", "certainty", "opened_by", "readers",
                                                  "open_to_public", "restricted")},
            "pattern": whole["numbering"]["pattern"], "restart": whole["numbering"]["restart"],
            "months": kept.get("months"), "after": kept.get("after"), "clearing": kept.get("clearing"),
            "retention_source": kept.get("source"),
        }, label_suffix="")  # fmt: skip
        opened: Any = self.fields["opened_by"]
        opened.choices = roles(public=True)
        after: Any = self.fields["after"]
        after.choices = date_subjects(register)

    def made(self, register: Register) -> Register:
        """The register with this head."""
        given = self.cleaned_data
        whole = as_data(register)
        names = ("name", "about", "source", "certainty", "opened_by", "readers", "open_to_public", "restricted")
        whole |= {name: given[name] for name in names}
        whole["numbering"] = {"pattern": given["pattern"], "restart": given["restart"]}
        before = whole.pop("retention", {})
        if given["months"]:
            whole["retention"] = {
                "certainty": Certainty.INFERRED.value, **before, "months": given["months"], "after": given["after"],
                "clearing": given["clearing"], "source": given["retention_source"] or _("Ketentuan instansi."),
            }  # fmt: skip
        return register_from(whole, register.code)


@inside(Act.SEE_REGISTER)
def page(request: InsideRequest, register: str) -> HttpResponse:
    """Everything that a register is: fields, states with their picture, deadlines, rules, letters, versions."""
    held = find_register(request.place.code, register)
    may_edit = request.place.can["DEFINE_REGISTER"]
    versions = versions_of(request.actor, request.place.code, register)
    made = held.register
    return render(request, "registers/definition.html", {
        "tabs": register_tabs(request, held, "definition"), "crumbs": crumbs(request, None, (made.name, "")),
        "register": made, "row": held.row, "may_edit": may_edit, "picture": drawn(diagram_of(made), made.name),
        "part": {part: with_query(address(request, "part", register, word_)) for word_, part in WORDS.items()},
        **_tables(made), "general_url": address(request, "general", register),
        "use_url": address(request, "use", register), "remove_url": address(request, "remove", register),
        "refresh_url": address(request, "refresh", register), "records": held.row.records.count(),
        "load_url": with_query(address(request, "load-definition"), register=register),
        "toml_url": address(request, "definition-file", register, "toml"),
        "json_url": address(request, "definition-file", register, "json"),
        "versions": [(item, address(request, "version", register, item.version)) for item in versions],
        "opened_by": _names(made.opened_by), "readers": _names(made.readers),
    })  # fmt: skip


@inside(Act.DEFINE_REGISTER, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """Begin a register of one's own: it has one field and two states, to be worked out part by part."""
    form = NewForm(request.POST if request.method == "POST" else None)
    problem = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        data = {
            **{name: given[name] for name in ("code", "name", "about", "source", "opened_by", "restricted")},
            "certainty": Certainty.INFERRED.value, "readers": given["opened_by"],
            "fields": [{"code": "uraian", "name": _("Uraian"), "kind": FieldKind.LONG.value, "required": True}],
            "states": [{"code": "dicatat", "name": _("Dicatat")}, {"code": "selesai", "name": _("Selesai"), "closed": True}],
            "transitions": [{"source": "dicatat", "target": "selesai", "name": _("Selesaikan"), "roles": given["opened_by"]}],
        }  # fmt: skip
        try:
            made = create_register(
                request.actor, agency=request.place.code, register=register_from(data, given["code"])
            )
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            problem = refusal
        else:
            messages.success(
                request, _("Register %(name)s dibuat. Lengkapi isian dan keadaannya.") % {"name": made.name}
            )
            return redirect(address(request, "definition", made.code))
    wrong = problem is not None or form.is_bound
    return render(request, "registers/definition_form.html", {
        "crumbs": crumbs(request, None, (_("Register baru"), "")), "title": _("Register baru"), "form": form,
        "problem": problem, "back_url": address(request, "presets"), "save": _("Buat register"),
    }, status=422 if wrong else 200)  # fmt: skip


@inside(Act.DEFINE_REGISTER, methods=("GET", "POST"))
def general(request: InsideRequest, register: str) -> HttpResponse:
    """Change the head of a definition."""
    held = find_register(request.place.code, register)
    form = GeneralForm(held.register, request.POST if request.method == "POST" else None)
    problem, conflict, status = None, None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            seen = request.POST.get("lihat", "")
            try:
                change_register(
                    request.actor, agency=request.place.code, code=register, register=form.made(held.register),
                    seen=int(seen) if seen.isdecimal() else None, reason=request.POST.get("alasan", ""),
                )  # fmt: skip
            except Conflict as clash:
                conflict, status = clash, 409
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                problem = refusal
            else:
                messages.success(request, _("Definisi tersimpan sebagai versi baru."))
                return redirect(address(request, "definition", register))
    return render(request, "registers/definition_form.html", {
        "crumbs": crumbs(request, held.register, (_("Definisi"), address(request, "definition", register)), (_("Pokok"), "")),
        "title": _("Pokok register"), "form": form, "problem": problem, "conflict": conflict, "seen": held.row.version,
        "wants_reason": True, "back_url": address(request, "definition", register), "save": _("Simpan sebagai versi baru"),
    }, status=status)  # fmt: skip


@inside(Act.DEFINE_REGISTER, methods=("GET", "POST"))
def load(request: InsideRequest) -> HttpResponse:
    """Take a register from a definition file; one of a code there is becomes its next version."""
    problem, status = None, 200
    register = request.GET.get("register", "")
    if request.method == "POST":
        try:
            name, text = _sent(request)
            made = load_definition(
                request.actor, agency=request.place.code, text=text, name=name, reason=request.POST.get("alasan", "")
            )
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            problem, status = refusal, 422
        else:
            messages.success(request, _("Register %(name)s dimuat.") % {"name": made.name})
            return redirect(address(request, "definition", made.code))
    return render(request, "registers/definition_load.html", {
        "crumbs": crumbs(request, None, (_("Muat definisi"), "")), "problem": problem,
        "back_url": address(request, "definition", register) if register else address(request, "presets"),
    }, status=status)  # fmt: skip


@inside(Act.SEE_REGISTER)
def download(request: InsideRequest, register: str, form: str) -> HttpResponse:
    """The definition as a file for another office."""
    held = find_register(request.place.code, register)
    writers = {"toml": to_toml, "json": to_json}
    if form not in writers:
        raise NotFound(_("Bentuk berkas ini tidak ada."))
    return attachment(writers[form](held.register).encode(), f"register-{register}.{form}")


@inside(Act.SEE_REGISTER)
def version(request: InsideRequest, register: str, version: int) -> HttpResponse:
    """A definition as it was saved once, as a file."""
    find_register(request.place.code, register)
    found = tables.RegisterVersion.objects.filter(
        definition__agency=request.place.pk, definition__code=register, version=version
    ).first()
    if found is None:
        raise NotFound(_("Versi %(version)s tidak ditemukan.") % {"version": version})
    return attachment(found.body.encode(), f"register-{register}-v{version}.toml")


@inside(Act.DEFINE_REGISTER, methods=("POST",))
def use(request: InsideRequest, register: str) -> HttpResponse:
    """Put a register away or take it up again."""
    active = request.POST.get("pakai") == "ya"
    use_register(request.actor, agency=request.place.code, code=register, active=active)
    messages.success(request, _("Register dipakai lagi.") if active else _("Register disimpan; rekamannya tetap ada."))
    return redirect(address(request, "definition", register))


@inside(Act.DEFINE_REGISTER, methods=("POST",))
def remove(request: InsideRequest, register: str) -> HttpResponse:
    """Delete a register without records."""
    remove_register(request.actor, agency=request.place.code, code=register, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Register dihapus."))
    return redirect(address(request, "overview"))


@inside(Act.DEFINE_REGISTER, methods=("POST",))
def refresh(request: InsideRequest, register: str) -> HttpResponse:
    """Reckon deadlines anew after a change of the definition or of the holidays."""
    amount = refresh_records(request.actor, agency=request.place.code, code=register)
    messages.success(request, _("Tenggat %(amount)s rekaman dihitung ulang.") % {"amount": amount})
    return redirect(address(request, "definition", register))


def _sent(request: InsideRequest) -> tuple[str, str]:
    """The name and text of the file that was sent. Raises Refusal."""
    sent = request.FILES.get("berkas")
    if sent is None or not sent.name:
        raise Refusal(_("Pilih dahulu berkas definisi (.toml atau .json)."))
    if (sent.size or 0) > LARGEST:
        raise Refusal(_("Berkas definisi terlalu besar: paling besar 1 MB."))
    return sent.name, sent.read().decode("utf-8", errors="replace")


def _tables(register: Register) -> dict[str, Any]:
    states = {item.code: item.name for item in register.states}
    fields = {item.code: item.name for item in register.fields}
    return {
        "ways": [
            {"number": number, "way": way, "source": states[way.source], "target": states[way.target],
             "roles": _names(way.roles), "needs": ", ".join(fields[code] for code in way.needs),
             "when": told(register, way.when) if way.when != ALWAYS else "", "key": f"{way.source}>{way.target}"}
            for number, way in enumerate(register.transitions, 1)
        ],
        "demands": [(item.field, fields[item.field], told(register, item.when)) for item in register.demands],
        "deadlines": [
            {"item": item, "start": subject_name(register, item.start), "pauses": ", ".join(states[code] for code in item.pauses),
             "stops": ", ".join(subject_name(register, code) for code in item.stops), "remind": ", ".join(map(str, item.remind)),
             "terms": [{"term": term, "when": told(register, term.when) if term.when != ALWAYS else "",
                        "promised": subject_name(register, term.promised) if term.promised else "",
                        "since": format_date(term.source.since) if term.source.since else "",
                        "until": format_date(term.source.until) if term.source.until else ""} for term in item.terms]}
            for item in register.deadlines
        ],
        "rules": [
            {"rule": item, "numerator": told(register, item.numerator.where),
             "denominator": told(register, item.denominator.where) if item.denominator else "",
             "pending": told(register, item.pending) if item.pending else "",
             "dated": subject_name(register, item.dated)}
            for item in register.rules
        ],
        "summaries": [(item, subject_name(register, item.by) if item.by else "") for item in register.summaries],
        "letters": [(item, ", ".join(states.get(code, code) for code in item.states)) for item in register.letters],
        "retention_after": subject_name(register, register.retention.after)
        if register.retention and kind_of(register, register.retention.after) else "",
    }  # fmt: skip


def _names(listed: tuple[Role, ...]) -> str:
    return ", ".join(word(role.value) for role in listed)
