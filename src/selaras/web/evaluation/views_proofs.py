"""Evidence on the sheet: files and links added with a note, their health, taken away again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.evaluation_papers import add_proof, check_proof_links, remove_proof
from selaras.core.errors import NotFound
from selaras.store.models import EvaluationProof
from selaras.web.evaluation.opened import Opened, open_sheet
from selaras.web.evaluation.uploads import is_link, on_disk, stored
from selaras.web.gate import InsideRequest, inside


@inside(methods=("POST",))
def add(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Add a file or a link for a sub-component or criterion."""
    opened = open_sheet(request, evaluation)
    given = request.POST
    item = given.get("butir", "")
    component = opened.component_of(item)
    with on_disk(request.FILES.get("berkas")) as upload:
        add_proof(
            request.actor, agency=request.place.code, evaluation=evaluation, item=item, upload=upload,
            link=given.get("tautan", "") if upload is None else "", title=given.get("judul", ""),
            note=given.get("catatan", ""),
        )  # fmt: skip
    messages.success(request, _("Bukti ditambahkan."))
    return redirect(_card(opened, component.code, item))


@inside(methods=("POST",))
def remove(request: InsideRequest, evaluation: int, proof: int) -> HttpResponse:
    """Take own evidence away."""
    opened = open_sheet(request, evaluation)
    found = _proof(opened, proof)
    remove_proof(request.actor, agency=request.place.code, proof=proof, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Bukti dihapus."))
    return redirect(_card(opened, opened.component_of(found.item).code, found.item))


@inside(methods=("POST",))
def check(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Look at every linked evidence of the evaluation now."""
    opened = open_sheet(request, evaluation)
    looked = check_proof_links(request.actor, agency=request.place.code, evaluation=evaluation)
    broken = sum(row.healthy is False for row in looked)
    told = ngettext("%(count)s tautan diperiksa.", "%(count)s tautan diperiksa.", len(looked)) % {"count": len(looked)}
    if broken:
        told += " " + ngettext(
            "%(count)s tautan tidak dapat dibuka.", "%(count)s tautan tidak dapat dibuka.", broken
        ) % {"count": broken}
    (messages.warning if broken else messages.success)(request, told)
    return redirect(opened.address())


@inside()
def file(request: InsideRequest, evaluation: int, proof: int) -> HttpResponse:
    """A file that was added as evidence."""
    found = _proof(open_sheet(request, evaluation), proof)
    if is_link(found.target):
        raise NotFound(_("Bukti ini berupa tautan, bukan berkas."))
    return stored(request.place.code, found.target)


def _proof(opened: Opened, pk: int) -> EvaluationProof:
    found = next((row for rows in opened.sheet.proofs.values() for row in rows if row.pk == pk), None)
    if found is None:
        raise NotFound(_("Bukti evaluasi ini tidak ditemukan."))
    return found


def _card(opened: Opened, component: str, item: str) -> str:
    sub = next(
        sub.code for part in opened.template.components for sub in part.subcomponents
        if item == sub.code or any(item == each.code for each in sub.criteria)
    )  # fmt: skip
    return f"{opened.address('component', component)}#sub-{sub.replace('.', '-')}"
