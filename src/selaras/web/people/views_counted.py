"""A result that counts itself from a register: chosen, let go; nobody types its realisation then."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.register_skp import bind_row, release_row
from selaras.core.access import Act
from selaras.core.errors import Fault, Refusal
from selaras.core.registers.binding import Whose
from selaras.store.register_skp import bound_rows, countable
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address

WHOSE: dict[Whose, Any] = {
    Whose.ALL: gettext_lazy("Semua rekaman register"), Whose.UNIT: gettext_lazy("Rekaman unit saya"),
    Whose.OWN: gettext_lazy("Rekaman yang menyebut saya"),
}  # fmt: skip


@inside(Act.KEEP_SKP, methods=("POST",))
def count(request: InsideRequest, plan: str, order: int) -> HttpResponse:
    """Let a result count itself by a rule, or let it be typed again where none is chosen."""
    asked, whose = request.POST.get("aturan", ""), request.POST.get("milik", Whose.ALL.value)
    place = request.place.code
    if not asked:
        release_row(request.actor, agency=place, code=plan, order=order)
        messages.success(request, _("Realisasi hasil kerja ini diketik kembali."))
    else:
        if whose not in {item.value for item in Whose}:
            raise Refusal(_("Pilihan tidak dikenal."), Fault(_("rekaman yang dihitung"), read=whose[:40]))
        register, _bar, rule = asked.partition("|")
        bind_row(request.actor, agency=place, code=plan, order=order, register=register, rule=rule, whose=Whose(whose))
        messages.success(request, _("Realisasi hasil kerja ini sekarang terhitung sendiri dari register."))
    return redirect(f"{address(request, 'plan', plan)}#hasil")


def counting_of(request: InsideRequest, plan: str, order: int) -> dict[str, Any]:
    """What the page of a result needs to choose from; nothing where the agency has no register. Two queries."""
    groups = countable(request.place.code)
    if not groups:
        return {}
    bound = bound_rows(request.place.code, plan).get(order)
    return {
        "groups": groups, "chosen": f"{bound.definition.code}|{bound.rule}" if bound else "",
        "whose": bound.whose if bound else Whose.ALL.value,
        "choices": [(item.value, label) for item, label in WHOSE.items()],
        "url": address(request, "row-count", plan, order),
    }  # fmt: skip
