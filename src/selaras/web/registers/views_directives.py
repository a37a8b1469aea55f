"""Directives of the leader with receipts and questions; minutes of meetings to sign; decisions handed down to units."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from selaras.core.access import Act
from selaras.store.register_access import Held, roles_somewhere
from selaras.store.register_leadership import Directive, Meeting, board_of, registers_for
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.frame import address, day_asked, tabs, with_query
from selaras.web.registers.shown import brief

DIRECTIVES, MEETINGS = "direktif", "rapat_pleno"


@inside(Act.SEE_REGISTER)
def board(request: InsideRequest) -> HttpResponse:
    """What was directed and how far it is, and which meetings wait for their minutes."""
    place, today = request.place, day_asked()
    registers = registers_for(request.actor, place.code, (DIRECTIVES, MEETINGS))
    directives, meetings = registers.get(DIRECTIVES), registers.get(MEETINGS)
    whole = request.GET.get("semua") == "ya"
    listed, held = board_of(request.actor, directives, meetings, today, whole=whole)
    return render(request, "registers/directives.html", {
        "tabs": tabs(request, "directives"), "directives": directives, "meetings": meetings, "whole": whole,
        "lines": [_directive(request, directives, item) for item in listed] if directives else [],
        "sessions": [_meeting(request, meetings, directives, item) for item in held] if meetings else [],
        "new_directive": _new(request, directives), "new_meeting": _new(request, meetings),
        "late": sum(item.is_late for item in listed), "unread": sum(not item.read_on for item in listed),
        "asked": sum(bool(item.question) and not item.answer for item in listed),
        "to_sign": sum(item.is_to_sign for item in held),
        "empty_url": address(request, "presets") if place.can["DEFINE_REGISTER"] else "",
        "whole_url": with_query("", semua="ya"), "open_url": "?",
    })  # fmt: skip


def _directive(request: InsideRequest, held: Held, item: Directive) -> dict[str, Any]:
    register = held.register
    deadline = register.deadline("selesai") or (register.deadlines[0] if register.deadlines else None)
    return {
        "item": item, "url": address(request, "record", register.code, item.number),
        "edit_url": address(request, "record-edit", register.code, item.number), "opened": format_date(item.opened),
        "clock": brief(deadline, item.clock), "due": format_date(item.clock.due) if item.clock and item.clock.due else "",
        "read_on": format_date(item.read_on) if item.read_on else "",
        "from_url": address(request, "record", MEETINGS, item.meeting) if item.meeting else "",
        "receipts": ", ".join(item.receipts),
    }  # fmt: skip


def _meeting(request: InsideRequest, held: Held, directives: Held | None, item: Meeting) -> dict[str, Any]:
    register = held.register
    deadline = register.deadlines[0] if register.deadlines else None
    down = ""
    if directives is not None and _opens(request, directives):
        down = with_query(address(request, "record-new", directives.register.code), rapat=item.number)
    return {
        "item": item, "url": address(request, "record", register.code, item.number), "on": format_date(item.on) if item.on else "",
        "clock": brief(deadline, item.clock), "down_url": down if item.decision else "",
    }  # fmt: skip


def _opens(request: InsideRequest, held: Held) -> bool:
    return bool(roles_somewhere(request.actor, request.place.code) & set(held.register.opened_by))


def _new(request: InsideRequest, held: Held | None) -> str:
    return address(request, "record-new", held.register.code) if held is not None and _opens(request, held) else ""
