"""The way of an evaluation: handed in, given back, finished, decided, opened again, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions import evaluations as actions
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.web.evaluation.opened import Opened, open_sheet
from selaras.web.evaluation.views_sheet import sheet_context
from selaras.web.gate import InsideRequest, inside

FORWARD: dict[str, tuple[Callable[..., Any], Any]] = {
    "ajukan": (actions.submit, gettext_lazy("Penilaian mandiri diajukan.")),
    "selesai-evaluasi": (actions.evaluate_done, gettext_lazy("Penilaian evaluator selesai.")),
    "selesai-kendali": (actions.control_done, gettext_lazy("Pengendalian mutu selesai.")),
    "tetapkan": (actions.close, gettext_lazy("Hasil evaluasi ditetapkan.")),
}
BACK: dict[str, tuple[Callable[..., Any], Any]] = {
    "kembalikan": (actions.return_to_unit, gettext_lazy("Dikembalikan kepada unit.")),
    "kembali-evaluator": (actions.return_to_evaluators, gettext_lazy("Dikembalikan kepada evaluator.")),
    "kembali-kendali": (actions.return_to_control, gettext_lazy("Dikembalikan kepada pengendali mutu.")),
}


@inside(methods=("POST",))
def flow(request: InsideRequest, evaluation: int, what: str) -> HttpResponse:
    """One step on, or one back with a note; what stands in the way is told above the sheet."""
    opened = open_sheet(request, evaluation)
    try:
        told = _step(request, opened, what)
    except (NotAllowed, NotFound, Conflict):
        raise
    except Refusal as refusal:
        context = sheet_context(request, opened) | {"refusal": refusal}
        return render(request, "evaluation/sheet.html", context, status=422)
    messages.success(request, told)
    if what == "hapus":
        return redirect(reverse("evaluation:board", args=(request.place.code, request.place.year)))
    return redirect(opened.address())


def _step(request: InsideRequest, opened: Opened, what: str) -> Any:
    """Do it; what is told afterwards."""
    given: dict[str, Any] = {"agency": request.place.code, "evaluation": opened.row.pk}
    note = request.POST.get("catatan", "")
    if what in FORWARD:
        verb, told = FORWARD[what]
        verb(request.actor, **given, url=opened.address())
    elif what in BACK:
        verb, told = BACK[what]
        verb(request.actor, **given, note=note, url=opened.address())
    elif what == "buka-lagi":
        actions.reopen(request.actor, **given, reason=note)
        told = _("Evaluasi dibuka lagi.")
    elif what == "hapus":
        actions.discard(request.actor, **given, reason=note)
        told = _("Evaluasi dihapus.")
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    return told
