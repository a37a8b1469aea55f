"""The way of an evaluation: handed in, given back, finished, decided, opened again, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions import evaluations as actions
from selaras.core.errors import NotFound
from selaras.web.evaluation.opened import open_sheet
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
    """One step on, or one back with a note."""
    opened = open_sheet(request, evaluation, proofs=False)
    given: dict[str, Any] = {"agency": request.place.code, "evaluation": evaluation}
    if what in FORWARD:
        verb, told = FORWARD[what]
        verb(request.actor, **given, url=opened.address())
    elif what in BACK:
        verb, told = BACK[what]
        verb(request.actor, **given, note=request.POST.get("catatan", ""), url=opened.address())
    elif what == "buka-lagi":
        actions.reopen(request.actor, **given, reason=request.POST.get("catatan", ""))
        told = _("Evaluasi dibuka lagi.")
    elif what == "hapus":
        actions.discard(request.actor, **given, reason=request.POST.get("catatan", ""))
        messages.success(request, _("Evaluasi dihapus."))
        return redirect(reverse("evaluation:board", args=(request.place.code, request.place.year)))
    else:
        raise NotFound(_("Tindakan %(what)s tidak ada.") % {"what": what})
    messages.success(request, told)
    return redirect(opened.address())
