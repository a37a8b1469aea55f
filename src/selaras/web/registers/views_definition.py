"""The definition of a register in the browser: read, begun, loaded from a file, put away, its versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.registers import (
    change_register,
    create_register,
    load_definition,
    refresh_records,
    remove_register,
    use_register,
)
from selaras.core.access import Act
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.law import Certainty
from selaras.core.registers.diagram import diagram_of
from selaras.core.registers.fields import FieldKind
from selaras.rulebook.registers import register_from, to_json, to_toml
from selaras.store import models as tables
from selaras.store.register_access import find_register
from selaras.store.registers import versions_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.definition_forms import GeneralForm, NewForm
from selaras.web.registers.definition_tables import roles_told, tables_of
from selaras.web.registers.drawing import drawn
from selaras.web.registers.frame import address, crumbs, register_tabs, with_query
from selaras.web.registers.part_forms import WORDS
from selaras.web.reporting.sending import attachment

LARGEST = 1 << 20


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
        **tables_of(made), "general_url": address(request, "general", register),
        "use_url": address(request, "use", register), "remove_url": address(request, "remove", register),
        "refresh_url": address(request, "refresh", register), "records": held.row.records.count(),
        "load_url": with_query(address(request, "load-definition"), register=register),
        "toml_url": address(request, "definition-file", register, "toml"),
        "json_url": address(request, "definition-file", register, "json"),
        "versions": [(item, address(request, "version", register, item.version)) for item in versions],
        "opened_by": roles_told(made.opened_by), "readers": roles_told(made.readers),
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
