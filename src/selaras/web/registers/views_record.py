"""The page of one record: what it says, how its deadlines stand, which steps may be taken now, what happened to it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.register_letters import FORMATS, compose_record_letter
from selaras.core.access import Act, Role, may
from selaras.core.errors import NotFound
from selaras.core.registers.definition import Register, Transition
from selaras.core.registers.fields import FieldKind, shown_in
from selaras.core.registers.filters import subjects
from selaras.core.registers.privacy import HIDDEN
from selaras.store.models.registers import Happening
from selaras.store.register_access import readable, roles_somewhere, visible_rows
from selaras.store.register_due import held_registers, referring
from selaras.store.register_rows import workdays_on
from selaras.store.register_view import RecordView, person_key, record_view
from selaras.store.users import holders_of
from selaras.web.days import format_date
from selaras.web.evaluation.uploads import stored
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.forms import Offers, RecordForm
from selaras.web.registers.frame import address, crumbs, day_asked, register_tabs, with_query
from selaras.web.registers.shown import brief, clock_card, names_of, steps_of
from selaras.web.reporting.sending import attachment

LONG = frozenset({FieldKind.LONG, FieldKind.CHOICES})


@inside(Act.SEE_REGISTER)
def page(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """The record."""
    return record_page(request, record_view(request.actor, request.place.code, register, number, day_asked()))


@inside(Act.SEE_REGISTER)
def related(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """The records of other registers that name this one, as a part of its page."""
    held = readable(request.actor, request.place.code, register)
    place = request.place
    row = visible_rows(request.actor, held).select_related("unit", "assignee").filter(number=number).first()
    if row is None:
        raise NotFound(_("Rekaman %(number)s tidak ditemukan.") % {"number": number})
    may_assign = may(request.actor, Act.ASSIGN_RECORD, place.code, row.unit.code if row.unit else "")
    found = referring(request.actor, place.code, held.register.code, number)
    roles = roles_somewhere(request.actor, place.code)
    further = [
        (other.register.name, with_query(address(request, "record-new", other.register.code), **{item.code: number}))
        for other in held_registers(request.actor, place.code) if roles & set(other.register.opened_by)
        for item in other.register.fields if item.kind is FieldKind.RECORD and item.of == register
    ]  # fmt: skip
    return render(request, "registers/part_related.html", {
        "related": [{"item": item, "url": address(request, "record", item.register, item.number)} for item in found],
        "further": further,
        "register": held.register, "number": number, "row": row, "may_assign": may_assign,
        "people": _people(request, held.register) if may_assign else [],
        "assign_url": address(request, "assign", register, number),
    })  # fmt: skip


@inside(Act.KEEP_REGISTER, methods=("POST",))
def letter(request: InsideRequest, register: str, number: str, letter: str) -> HttpResponse:
    """A letter of the record as a file; the record remembers that it was written."""
    form = request.POST.get("bentuk", FORMATS[0])
    with tempfile.TemporaryDirectory(prefix="selaras-surat-") as folder:
        (path,) = compose_record_letter(
            request.actor, agency=request.place.code, register=register, number=number, letter=letter, formats=[form],
            output=Path(folder),
        )  # fmt: skip
        return attachment(path.read_bytes(), path.name)


@inside(Act.SEE_REGISTER)
def file(request: InsideRequest, register: str, number: str, order: int) -> HttpResponse:
    """A file that came with a step. It may hold personal data, so only for who reads them."""
    view = record_view(request.actor, request.place.code, register, number, day_asked())
    found = next((event.file for event in view.events if event.order == order and event.file), "")
    has_personal = any(item.personal for item in view.held.register.fields)
    if not found or (has_personal and not view.personal):
        raise NotFound(_("Berkas itu tidak ditemukan."))
    return stored(request.place.code, found)


def record_page(
    request: InsideRequest, view: RecordView, *, failed: str = "", form: RecordForm | None = None,
    loose: list[str] | None = None, opened: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page, after a refused step with the form of that step as it was sent."""
    register, record, today = view.held.register, view.record, day_asked()
    number = record.number
    workdays = workdays_on(today)
    state = register.state(record.state)
    names = names_of([event.by for event in view.events] + [view.assignee])
    offers = Offers(request.place.pk)
    has_read = any(event.kind is Happening.READ and event.by == person_key(request.actor) for event in view.events)
    where = {name: address(request, name, register.code, number) for name in (
        "advance", "extend", "assign", "note", "read", "answer", "ticket", "record-remove", "record-edit", "related",
    )}  # fmt: skip
    first = register.deadlines[0] if register.deadlines else None
    return render(request, "registers/record.html", {
        "tabs": register_tabs(request, view.held, "records"), "crumbs": crumbs(request, register, (number, "")),
        "register": register, "view": view, "number": number, "state": state, "loose": loose or [], "opened": opened,
        "clock": brief(first, view.clocks.get(first.code)) if first else {},
        "facts": _facts(request, view), "url": {name.replace("-", "_"): url for name, url in where.items()},
        "clocks": [clock_card(register, record, item, view.clocks[item.code], workdays, today) for item in register.deadlines],
        "ways": [way_of(view, way, offers, form if way.target == failed else None, failed) for way in view.ways],
        "failed": failed, "steps": steps_of(request, view, names), "assignee": names.get(view.assignee, view.assignee),
        "letters": [(item, address(request, "letter", register.code, number, item.code)) for item in view.letters],
        "letter_forms": FORMATS, "may_letters": view.personal and view.may_keep,
        "reads": request.place.can["KEEP_REGISTER"] and _wants_receipt(view) and not has_read,
        "receipt_url": address(request, "receipt", register.code, number) if view.may_answer else "",
        "today": today.isoformat(), "echo_url": reverse("echo"),
        "may_remove": request.place.can["DEFINE_REGISTER"], "rating": _rating(view),
        "hidden_word": HIDDEN,
    }, status=status)  # fmt: skip


def way_of(
    view: RecordView, way: Transition, offers: Offers, sent: RecordForm | None = None, failed: str = ""
) -> dict[str, Any]:
    """A step that may be taken, with the form of the fields it asks for."""
    register = view.held.register
    wanted = [item for item in register.fields if item.code in way.needs and (view.personal or not item.personal)]
    wanted += _demanded(view, wanted)
    form = sent or RecordForm(
        register, wanted, offers, None, content=view.content, required=way.needs, prefix=f"isi-{way.target}"
    )
    target = register.state(way.target)
    return {
        "way": way, "form": form, "rows": form.rows(), "target": target, "is_failed": way.target == failed,
        "told": target.told if target and register.open_to_public else "", "closes": bool(target and target.closed),
    }  # fmt: skip


def _demanded(view: RecordView, wanted: list[Any]) -> list[Any]:
    """Fields that a condition on what is filled in here may ask for besides, so that they stand in the same form."""
    register = view.held.register
    codes = {item.code for item in wanted}
    return [
        item for demand in register.demands if codes & set(subjects(demand.when))
        and (item := register.field(demand.field)) is not None and item.code not in codes
        and (view.personal or not item.personal)
    ]  # fmt: skip


def _facts(request: InsideRequest, view: RecordView) -> list[dict[str, Any]]:
    """Every field that is filled, by its kind."""
    made = []
    number = view.record.number
    files = {event.file: address(request, "file", view.held.register.code, number, event.order)
             for event in view.events if event.file}  # fmt: skip
    for item in view.held.register.fields:
        content = view.content.get(item.code)
        if content is None:
            continue
        hidden = item.personal and not view.personal
        link = ""
        if item.kind is FieldKind.RECORD and not hidden:
            link = address(request, "record", item.of, content)
        elif item.kind is FieldKind.LINK and not hidden:
            link = str(content)
        elif item.kind is FieldKind.FILE and not hidden:
            # Only a file that came with a step of this very record; what was typed names none.
            link = files.get(str(content), "")
        made.append({
            "name": item.name, "text": shown_in(item, content), "hidden": hidden, "personal": item.personal, "link": link,
            "long": item.kind in LONG,
        })  # fmt: skip
    return made


def _people(request: InsideRequest, register: Register) -> list[tuple[str, str]]:
    """The accounts that may be given a record of the register: those who hold one of its roles in the agency."""
    roles = (
        {role for way in register.transitions for role in way.roles} | set(register.opened_by) | set(register.readers)
    )
    found = holders_of(request.place.code, day_asked(), *sorted(roles - {Role.EMPLOYEE, Role.READER}))
    return sorted(((user.username, str(user)) for user in found), key=lambda pair: pair[1])


def _wants_receipt(view: RecordView) -> bool:
    """Whether people inside say that they have read it: an open record that is not a client's."""
    state = view.held.register.state(view.record.state)
    return not view.held.register.open_to_public and not (state and state.closed)


def _rating(view: RecordView) -> dict[str, Any] | None:
    if view.rating is None:
        return None
    comment = view.rating.comment if view.personal else (HIDDEN if view.rating.comment else "")
    return {"on": format_date(view.rating.on), "answers": view.rating.answers, "comment": comment}
