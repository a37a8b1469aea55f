"""What the agency does about a study: actions with owner and date, and where they stand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture_findings import move_action, remove_action, save_action
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.store.culture import actions_of, conclusions_in, study_at
from selaras.store.models import Position, StudyAction, Unit
from selaras.store.models.culture import ActionState
from selaras.web.culture import fields
from selaras.web.culture.fields import chosen, perhaps_date
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again
from selaras.web.culture.words import STATES, look, options
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

NEW = "baru"


@inside(Act.READ_STUDY)
def overview(request: InsideRequest, study: str) -> HttpResponse:
    """All actions by date; who owns them, and what each still lacks."""
    row, me = study_at(request.actor, request.place.code, study)
    rows, today = list(actions_of(row.pk)), timezone.localdate()
    head = head_of(request, row, me, "actions")
    more: dict[str, Any] = {}
    if me.leads:
        offered = _offered(request, row.pk)
        about = request.GET.get("simpulan", "")
        more = {
            "new_fields": _form(offered, about=about), "new_url": address(request, "action-act", study, NEW, "simpan"),
            "states": options(STATES), "today": today.isoformat(),
        }  # fmt: skip
        edited = request.GET.get("ubah", "")
        held = next((item for item in rows if item.code == edited), None)
        if held is not None:
            more |= {"edited": held, "edit_fields": _form(offered, held),
                     "edit_url": address(request, "action-act", study, held.code, "simpan")}  # fmt: skip
    return render(request, "culture/actions.html", {
        **head, **more, "leads": me.leads, "lines": [_line(request, study, item, today) for item in rows],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(overview)
def act(request: InsideRequest, study: str, number: str, verb: str) -> HttpResponse:
    """Save, move or remove one action; `baru` stands for a new one."""
    given, agency = request.POST, request.place.code
    if verb == "simpan":
        code = save_action(
            request.actor, agency=agency, study=study, code="" if number == NEW else number, statement=given.get("rekomendasi", ""),
            action=given.get("tindakan", ""), owner=given.get("pemilik", ""), owner_words=given.get("pemilik-lain", ""),
            unit=given.get("unit", ""), due=perhaps_date(given, "tenggat"), conclusion=given.get("simpulan", ""),
        )  # fmt: skip
        messages.success(request, _("Tindak lanjut %(code)s disimpan.") % {"code": code})
    elif verb == "keadaan":
        move_action(
            request.actor, agency=agency, study=study, code=number, state=chosen(ActionState, given, "keadaan", _("Keadaan")),
            result=given.get("hasil", ""), on=perhaps_date(given, "tanggal"),
        )  # fmt: skip
        messages.success(request, _("Keadaan tindak lanjut dicatat."))
    elif verb == "hapus":
        remove_action(request.actor, agency=agency, study=study, code=number, reason=given.get("alasan", ""))
        messages.success(request, _("Tindak lanjut dihapus."))
    else:
        raise NotFound(_("Tindakan %(name)s tidak ada.") % {"name": verb})
    return redirect(address(request, "actions", study))


def _line(request: InsideRequest, study: str, row: StudyAction, today: Any) -> dict[str, Any]:
    state = ActionState(row.state)
    owner = row.owner.title if row.owner else row.owner_words
    missing = [
        name for name, held in ((_("pemilik"), owner), (_("tindakan"), row.action), (_("tenggat"), row.due)) if not held
    ]
    is_open = state in {ActionState.PLANNED, ActionState.RUNNING}
    return {
        "row": row, "owner": owner, "unit": row.unit.name if row.unit else "", "state": look(STATES, state), "missing": missing,
        "due": format_date(row.due) if row.due else "", "is_open": is_open,
        "is_late": bool(is_open and row.due and row.due < today),
        "closed": format_date(row.closed_on) if row.closed_on else "", "edit_url": f"?ubah={row.code}#ubah",
        "move_url": address(request, "action-act", study, row.code, "keadaan"),
        "remove_url": address(request, "action-act", study, row.code, "hapus"),
        "conclusion_url": address(request, "conclusion", study, row.conclusion.code) if row.conclusion else "",
    }  # fmt: skip


def _offered(request: InsideRequest, study: int) -> dict[str, list[tuple[str, str]]]:
    place = request.place.pk
    positions = Position.objects.filter(agency=place).order_by("order", "pk").values_list("code", "title")
    units = Unit.objects.filter(agency=place).order_by("order", "pk").values_list("code", "name")
    return {
        "positions": list(positions), "units": list(units),
        "conclusions": [(code, f"{code} {words}"[:90]) for code, words in conclusions_in(study)],
    }  # fmt: skip


def _form(
    offered: dict[str, list[tuple[str, str]]], row: StudyAction | None = None, about: str = ""
) -> list[fields.Field]:
    concerned = row.conclusion.code if row and row.conclusion else about
    return [
        fields.area("rekomendasi", _("Rekomendasi"), row.statement if row else "", required=True, rows=2),
        fields.area("tindakan", _("Tindakan"), row.action if row else "", rows=2,
                    help=_("Apa yang dikerjakan, sehingga dapat dilihat sudah atau belum.")),
        fields.choice("pemilik", _("Pemilik"), offered["positions"], row.owner.code if row and row.owner else "", width="half",
                      empty=_("Bukan jabatan di sini")),
        fields.text("pemilik-lain", _("Pemilik lain"), row.owner_words if row else "", width="half"),
        fields.choice("unit", _("Unit"), offered["units"], row.unit.code if row and row.unit else "", width="half",
                      empty=_("Seluruh instansi")),
        fields.day("tenggat", _("Tenggat"), row.due if row else None, width="half"),
        fields.choice("simpulan", _("Dari simpulan"), offered["conclusions"], concerned, empty=_("Tidak dari satu simpulan")),
    ]  # fmt: skip
