"""Informants of a study by pseudonym: role, why they were asked, what they agreed to, and how they may leave again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture_field import (
    record_consent,
    remove_informant,
    save_informant,
    withdraw_consent,
)
from selaras.core.access import Act
from selaras.core.culture.sources import recognisable
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.culture import informants_of, study_at
from selaras.store.culture_rows import INFORMANT, informant_record
from selaras.store.models import StudyInformant
from selaras.web.culture import fields
from selaras.web.culture.fields import date_of, perhaps_date, perhaps_whole, ticked
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """Everybody who was asked, and who may be recognised by the role alone; a new one is written here."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST":
        code = save_informant(request.actor, agency=request.place.code, study=study, **_sent(request))
        messages.success(request, _("Informan %(code)s disimpan.") % {"code": code})
        return redirect(address(request, "informants", study))
    people = list(informants_of(row.pk))
    known = set(recognisable(_record(item) for item in people))
    return render(request, "culture/informants.html", {
        **head_of(request, row, me, "informants"), "lines": [_line(request, study, item, known) for item in people],
        "known": sorted(known), "identities_url": address(request, "identities", study) if me.sees_identity else "",
        "fields": _form(), "sealed": sum(item.has_identity is not None for item in people),  # type: ignore[attr-defined]
    })  # fmt: skip


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str, informant: str) -> HttpResponse:
    """One informant: role and reason, consent with its three ticks, withdrawal."""
    row, me = study_at(request.actor, request.place.code, study)
    if request.method == "POST":
        save_informant(request.actor, agency=request.place.code, study=study, code=informant, **_sent(request))
        messages.success(request, _("Informan %(code)s disimpan.") % {"code": informant})
        return redirect(address(request, "informants", study))
    people = list(informants_of(row.pk))
    person = next((item for item in people if item.code == informant), None)
    if person is None:
        raise NotFound(_("Informan %(code)s tidak ditemukan.") % {"code": informant})
    known = set(recognisable(_record(item) for item in people))
    crumbs = ((_("Informan"), address(request, "informants", study)), (informant, ""))
    return render(request, "culture/informant.html", {
        **head_of(request, row, me, "informants", *crumbs), "person": person, "line": _line(request, study, person, known),
        "fields": _form(person), "consent_fields": _consent(person), "today": timezone.localdate().isoformat(),
        "sources": list(person.sources.values_list("code", "title")), "is_known": informant in known,
        "urls": {name: address(request, f"informant-{name}", study, informant)
                 for name in ("consent", "withdraw", "remove")},
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def consent(request: InsideRequest, study: str, informant: str) -> HttpResponse:
    """What the informant agreed to."""
    given = request.POST
    record_consent(
        request.actor, agency=request.place.code, study=study, informant=informant, record=ticked(given, "rekam"),
        quote=ticked(given, "kutip"), archive=ticked(given, "simpan"), given=date_of(given, "diberikan", _("Tanggal")),
        form=given.get("formulir", ""), channel=given.get("saluran", ""), named_by_office=ticked(given, "jabatan"),
    )  # fmt: skip
    messages.success(request, _("Persetujuan dicatat."))
    return redirect(address(request, "informant", study, informant))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def withdraw(request: InsideRequest, study: str, informant: str) -> HttpResponse:
    """Take the informant out with everything said, and tell what that does to the evidence."""
    if not ticked(request.POST, "yakin"):
        fault = Fault(
            _("penarikan belum dipastikan"), remedy=_("Centang bahwa penghapusan ini tidak dapat dibatalkan.")
        )
        raise Refusal(_("Persetujuan belum ditarik."), fault)
    day = perhaps_date(request.POST, "tanggal") or timezone.localdate()
    left = withdraw_consent(request.actor, agency=request.place.code, study=study, informant=informant, on=day)
    told = _("Persetujuan %(code)s ditarik; %(n)d penggalan dihapus dari studi dan salinannya.")
    messages.success(request, told % {"code": informant, "n": len(left.removed)})
    if left.lost_dissent:
        warned = _(
            "Satu-satunya bantahan untuk kode %(codes)s ikut ditarik. Baca ulang simpulan yang bersandar padanya."
        )
        messages.warning(request, warned % {"codes": ", ".join(left.lost_dissent)})
    return redirect(address(request, "informants", study))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def remove(request: InsideRequest, study: str, informant: str) -> HttpResponse:
    """Remove an informant who said nothing yet."""
    remove_informant(request.actor, agency=request.place.code, study=study, code=informant)
    messages.success(request, _("Informan dihapus."))
    return redirect(address(request, "informants", study))


def _record(row: StudyInformant) -> Any:
    return informant_record(tuple(getattr(row, name) for name in INFORMANT))


def _sent(request: InsideRequest) -> dict[str, Any]:
    given = request.POST
    return {
        "role": given.get("peran", ""), "group": given.get("kelompok", ""), "reason": given.get("alasan", ""),
        "holders": perhaps_whole(given, "pemegang", _("Jumlah pemegang peran")),
    }  # fmt: skip


def _form(row: StudyInformant | None = None) -> list[fields.Field]:
    return [
        fields.text("peran", _("Peran"), row.role if row else "", required=True, width="half",
                    help=_("Jabatan secara umum, tanpa nama.")),
        fields.text("kelompok", _("Kelompok peran"), row.group if row else "", required=True, width="half",
                    help=_("Untuk menimbang bukti, misalnya Struktural atau Staf.")),
        fields.number("pemegang", _("Berapa orang memegang peran ini"), row.holders if row else "", width="half"),
        fields.area("alasan", _("Alasan pemilihan"), row.reason if row else "", rows=2,
                    help=_("Kriteria purposif: mengapa orang ini tahu jawabannya.")),
    ]  # fmt: skip


def _consent(row: StudyInformant) -> list[fields.Field]:
    return [
        fields.check("rekam", _("Boleh direkam"), row.consent_record),
        fields.check("kutip", _("Boleh dikutip tanpa nama"), row.consent_quote),
        fields.check("simpan", _("Boleh disimpan untuk kajian lanjut"), row.consent_archive),
        fields.check("jabatan", _("Bersedia dikenali dari jabatannya"), row.named_by_office),
        fields.day("diberikan", _("Diberikan pada"), row.consent_given, required=True, width="half"),
        fields.text("formulir", _("Formulir"), row.consent_form, width="half", help=_("Versi lembar persetujuan.")),
        fields.text("saluran", _("Cara memberi persetujuan"), row.consent_channel,
                    help=_("Misalnya tertulis, terekam suara.")),
    ]  # fmt: skip


def _line(request: InsideRequest, study: str, row: StudyInformant, known: set[str]) -> dict[str, Any]:
    given = [
        (_("direkam"), row.consent_record), (_("dikutip"), row.consent_quote), (_("disimpan"), row.consent_archive)
    ]  # fmt: skip
    return {
        "row": row, "url": address(request, "informant", study, row.code), "known": row.code in known,
        "consent": [name for name, held in given if held], "has_identity": getattr(row, "has_identity", None) is not None,
        "given": format_date(row.consent_given) if row.consent_given else "",
        "withdrawn": format_date(row.withdrawn) if row.withdrawn else "",
    }  # fmt: skip
