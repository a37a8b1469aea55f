"""Who the informants are: a page apart, for the lead only; each look at a name leaves a record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture_field import delete_expired_identities, reveal_identity, save_identity
from selaras.core.access import Act
from selaras.core.errors import NotAllowed
from selaras.store.culture import informants_of, study_at
from selaras.web.culture import fields
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside


@inside(Act.SEE_IDENTITY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str) -> HttpResponse:
    """Which identities are sealed; one is opened or written by a POST, never by an address."""
    row, me = study_at(request.actor, request.place.code, study)
    if not me.sees_identity:
        raise NotAllowed(_("Hanya ketua studi yang melihat identitas informan."))
    given, opened = request.POST, None
    if request.method == "POST" and given.get("langkah") == "buka":
        code = given.get("informan", "")
        opened = {"code": code} | reveal_identity(
            request.actor, agency=request.place.code, study=study, informant=code
        )  # fmt: skip
    elif request.method == "POST":
        save_identity(
            request.actor, agency=request.place.code, study=study, informant=given.get("informan", ""),
            name=given.get("nama", ""), contact=given.get("kontak", ""), nip=given.get("nip", ""),
        )  # fmt: skip
        messages.success(request, _("Identitas disimpan tersegel."))
        return redirect(address(request, "identities", study))
    people = list(informants_of(row.pk))
    answer = render(request, "culture/identities.html", {
        **head_of(request, row, me, "informants", (_("Informan"), address(request, "informants", study)), (_("Identitas"), "")),
        "people": [{"row": item, "sealed": item.has_identity is not None} for item in people],  # type: ignore[attr-defined]
        "opened": opened, "until": format_date(row.retention_until) if row.retention_until else "",
        "is_late": bool(row.retention_until and row.retention_until < timezone.localdate()),
        "expire_url": address(request, "identities-expire", study), "fields": [
            fields.choice("informan", _("Informan"), [(item.code, f"{item.code} {item.role}") for item in people
                                                      if item.withdrawn is None], required=True),
            fields.text("nama", _("Nama"), required=True), fields.text("kontak", _("Kontak"), width="half"),
            fields.text("nip", _("NIP"), width="half", most=30),
        ],
    })  # fmt: skip
    answer["Cache-Control"] = "private, no-store"
    return answer


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def expire(request: InsideRequest, study: str) -> HttpResponse:
    """Delete every identity of the agency whose time is over."""
    study_at(request.actor, request.place.code, study)
    count = delete_expired_identities(request.actor, agency=request.place.code, on=timezone.localdate())
    messages.success(request, _("%(n)d identitas dihapus; penyandian tetap ada.") % {"n": count})
    return redirect(address(request, "identities", study))
