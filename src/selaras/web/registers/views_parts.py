"""One part of a definition in the browser: changed, added, deleted; a counting rule is tried while it is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.registers import change_part
from selaras.core.access import Act
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.registers.copying import as_data
from selaras.core.registers.diagram import diagram_of
from selaras.rulebook.registers import register_from
from selaras.store.register_access import find_register
from selaras.store.register_figures import tried
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.drawing import drawn
from selaras.web.registers.filter_box import is_change
from selaras.web.registers.frame import address, crumbs, day_asked, period_asked, period_choices, sentences
from selaras.web.registers.part_forms import FORMS, TITLES, WORDS, key_of

PICTURED = frozenset({"states", "transitions"})
FEW = 10


@inside(Act.DEFINE_REGISTER, methods=("GET", "POST"))
def edit(request: InsideRequest, register: str, part: str) -> HttpResponse:
    """The form of one entry: `kunci` names it, without it a new one is added."""
    held = find_register(request.place.code, register)
    if part not in WORDS:
        raise NotFound(_("Bagian %(part)s tidak ada.") % {"part": part})
    name = WORDS[part]
    key = request.GET.get("kunci", "")
    entries: list[dict[str, Any]] = as_data(held.register).get(name, [])
    entry = next((item for item in entries if key and key_of(name, item) == key), None)
    if key and entry is None:
        raise NotFound(_("Bagian %(part)s tidak ditemukan.") % {"part": key})
    posted = request.method == "POST"
    form = FORMS[name](held.register, entry or {}, request.POST if posted else None)
    problem, conflict, status = None, None, 200
    building = posted and is_change(request.POST)
    if posted and not building:
        status = 422
        removing = request.POST.get("hapus") == "ya"
        if removing or form.is_valid():
            try:
                seen = request.POST.get("lihat", "")
                change_part(
                    request.actor, agency=request.place.code, code=register, part=name, key=key,
                    data=None if removing else form.made(), seen=int(seen) if seen.isdecimal() else None,
                    reason=request.POST.get("alasan", ""), more=None if removing else form.more(),
                )  # fmt: skip
            except Conflict as clash:
                conflict, status = clash, 409
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                problem = refusal
            else:
                done = _("Bagian dihapus.") if removing else _("Definisi tersimpan sebagai versi baru.")
                messages.success(request, done)
                return redirect(f"{address(request, 'definition', register)}#{part}")
    back = f"{address(request, 'definition', register)}#{part}"
    return render(request, "registers/part_form.html", {
        "crumbs": crumbs(request, held.register, (_("Definisi"), back), (str(TITLES[name]), "")), "register": held.register,
        "title": f"{TITLES[name]}: {entry.get('name') or key}" if entry else _("%(part)s baru") % {"part": TITLES[name]},
        "part": name, "form": form, "key": key, "problem": problem, "conflict": conflict, "seen": held.row.version,
        "back_url": back, "picture": drawn(diagram_of(held.register), held.register.name) if name in PICTURED else "",
        "ways": enumerate(held.register.transitions, 1) if name in PICTURED else (),
        "preview_url": address(request, "preview", register) if name == "rules" else "",
        "periods": period_choices(request, period_asked(request)) if name == "rules" else [],
    }, status=status)  # fmt: skip


@inside(Act.DEFINE_REGISTER, methods=("POST",))
def preview(request: InsideRequest, register: str) -> HttpResponse:
    """What a rule that is being written would count now, with the first of its records; nothing is stored."""
    held = find_register(request.place.code, register)
    form = FORMS["rules"](held.register, {}, request.POST)
    found, wrong = None, []
    if form.is_valid():
        try:
            whole = as_data(held.register)
            entry = form.made()
            others = [item for item in whole.get("rules", []) if item["code"] != entry["code"]]
            made = register_from({**whole, "rules": [*others, entry]}, register)
            found = tried(request.actor, held, made, entry["code"], period_asked(request), day_asked(), most=FEW)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            wrong = sentences(refusal)
    else:
        wrong = [f"{form.fields[name].label}: {' '.join(map(str, told))}" for name, told in form.errors.items()]
    return render(request, "registers/part_preview.html", {
        "found": found, "wrong": wrong, "register": held.register,
        "urls": {number: address(request, "record", register, number) for number in (found.numbers if found else ())},
    })  # fmt: skip
