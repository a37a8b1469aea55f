"""The organisation as a chart and a list, with search, and each unit by itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.core.errors import NotFound
from selaras.core.org import Capacity, Employee, Position, Unit, UnitKind
from selaras.store.rows import all_tables
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.org.frame import TONES, Staffing, address, nip_shown, tabs
from selaras.web.records.views import SLUGS
from selaras.web.templatetags.ui import chip
from selaras.web.tree_picture import Box, draw

MOST_BOXES = 160
EDITED: dict[str, type[Any]] = {"unit": Unit, "jabatan": Position, "pegawai": Employee}
KIND_WORDS = {UnitKind.BOARD: "dewan", UnitKind.SECRETARIAT: "sekretariat"}


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """The chart of units or of positions, the same as a list, and what a search finds."""
    org = Staffing(request, people=True)
    by_position = request.GET.get("gambar") == "jabatan"
    words = request.GET.get("cari", "").strip()
    boxes = _position_boxes(request, org) if by_position else _unit_boxes(request, org)
    count = sum(1 for top in boxes for _box in top.walk())
    label = _("Bagan jabatan") if by_position else _("Bagan unit kerja")
    return render(request, "org/overview.html", {
        "org": org, "day": format_date(org.day), "words": words, "label": label, "by_position": by_position,
        "picture": draw(boxes, label) if count <= MOST_BOXES else "", "count": count,
        "nodes": _nodes(request, org), "hits": _hits(request, org, words) if words else [],
        "vacant": len(org.vacant), "acting": _acting(org),
        "record_units": SLUGS[Unit], **tabs(request, "overview"),
    })  # fmt: skip


@inside()
def unit(request: InsideRequest, unit: str) -> HttpResponse:
    """One unit: where it belongs, since when, its positions and its people."""
    org = Staffing(request, people=True)
    found = org.unit_of.get(unit)
    if found is None:
        raise NotFound(_("Unit %(code)s tidak ditemukan.") % {"code": unit})
    positions = [item for item in org.positions if item.unit == unit]
    people = sorted((person for person in org.employees if person.unit == unit), key=lambda person: person.order)
    return render(request, "org/unit.html", {
        "org": org, "unit": found, "parent": org.unit_of.get(found.parent), "day": format_date(org.day),
        "since": format_date(found.since) if found.since else "", "until": format_date(found.until) if found.until else "",
        "kind": KIND_WORDS.get(found.kind, "unit"),
        "below": [child for child in org.units if child.parent == unit],
        "positions": [_position_line(request, org, item) for item in positions],
        "people": [(person, nip_shown(request, person.nip)) for person in people],
        "back": address(request, "overview"),
    })  # fmt: skip


@inside()
def edit(request: InsideRequest, kind: str, key: str) -> HttpResponse:
    """The form of a unit, a position or an employee, with the way back to where the person came from."""
    record = EDITED.get(kind)
    rows = all_tables()[record].rows.filter(agency_id=request.place.pk, code=key) if record else None
    row = rows.values_list("pk", flat=True).first() if rows is not None else None
    if record is None or row is None:
        raise NotFound(_("Data %(key)s tidak ditemukan.") % {"key": key})
    form = reverse("records:edit", args=(request.place.code, request.place.year, SLUGS[record], row))
    pages = {"unit": ("unit", key), "jabatan": ("position", key), "pegawai": ("staff",)}
    return redirect(f"{form}?{urlencode({'kembali': address(request, *pages[kind])})}")


def _unit_boxes(request: InsideRequest, org: Staffing) -> list[Box]:
    heads = _heads(org)
    boxes = {}
    for item in org.current_units:
        head = heads.get(item.code)
        holder = org.holder(head.code) if head else None
        lines = [holder.name] if holder else [_("pimpinan lowong")] if head else []
        tone = "accent" if not item.parent else "warn" if head and holder is None else ""
        boxes[item.code] = Box(
            item.name, lines, "", tone, address(request, "unit", item.code), dashed=item.coordination
        )
    return _hung(boxes, {item.code: item.parent for item in org.current_units})


def _position_boxes(request: InsideRequest, org: Staffing) -> list[Box]:
    boxes = {}
    for item in org.positions:
        tenure = org.holder(item.code)
        own = org.unit_of.get(item.unit)
        state = (
            _("lowong") if tenure is None else "" if tenure.capacity is Capacity.DEFINITIVE else tenure.capacity.value
        )
        superior = next((other for other in org.positions if other.code == item.superior), None)
        dashed = bool(own and own.coordination and superior and superior.unit != item.unit)
        boxes[item.code] = Box(
            item.title, [tenure.name] if tenure else [], state, "bad" if tenure is None else "warn" if state else "",
            address(request, "position", item.code), dashed=dashed,
        )  # fmt: skip
    return _hung(boxes, {item.code: item.superior for item in org.positions})


def _hung(boxes: dict[str, Box], parents: dict[str, str]) -> list[Box]:
    """The boxes hung on each other; what leads nowhere or round in a circle stands at the top."""
    tops = []
    for code, box in boxes.items():
        parent = parents[code]
        if parent in boxes and _reaches_top(code, parents):
            boxes[parent].below.append(box)
        else:
            tops.append(box)
    return tops


def _reaches_top(code: str, parents: dict[str, str]) -> bool:
    seen = set()
    while code in parents and code not in seen:
        seen.add(code)
        code = parents[code]
    return code not in seen


def _heads(org: Staffing) -> dict[str, Position]:
    """The first position of each unit whose superior sits elsewhere: its head."""
    inside_of = {item.code: item.unit for item in org.positions}
    heads: dict[str, Position] = {}
    for item in org.positions:
        if item.unit and inside_of.get(item.superior) != item.unit:
            heads.setdefault(item.unit, item)
    return heads


def _nodes(request: InsideRequest, org: Staffing) -> list[dict[str, Any]]:
    """The units as a tree with their positions."""
    numbers = {item.code: number for number, item in enumerate(org.units, 1)}
    nodes: dict[str, dict[str, Any]] = {}
    for item in org.current_units:
        posts = [
            {
                "id": f"j{numbers[item.code]}-{index}", "kind": "", "kind_label": _("Jabatan"), "title": post.title,
                "url": address(request, "position", post.code), **_note(org, post),
            }
            for index, post in enumerate(one for one in org.positions if one.unit == item.code)
        ]  # fmt: skip
        nodes[item.code] = {
            "id": f"u{numbers[item.code]}", "kind": "sasaran", "kind_label": _("Unit"), "title": item.name,
            "url": address(request, "unit", item.code), "open": not item.parent,
            "note": _("garis koordinasi") if item.coordination else "", "children": posts,
        }  # fmt: skip
    parents = {item.code: item.parent for item in org.current_units}
    tops = []
    for code, node in nodes.items():
        if parents[code] in nodes and _reaches_top(code, parents):
            nodes[parents[code]]["children"].append(node)
        else:
            tops.append(node)
    return tops


def _note(org: Staffing, post: Position) -> dict[str, Any]:
    tenure = org.holder(post.code)
    state: SafeString | str = ""
    if tenure is None:
        state = chip(_("Lowong"), "bad", "alert")
    elif tenure.capacity is not Capacity.DEFINITIVE:
        state = chip(tenure.capacity.value, "warn", "person")
    return {"note": tenure.name if tenure else "", "chip": state}


def _position_line(request: InsideRequest, org: Staffing, item: Position) -> dict[str, Any]:
    tenure = org.holder(item.code)
    return {
        "title": item.title, "url": address(request, "position", item.code), "holder": tenure.name if tenure else "",
        "capacity": tenure.capacity.value if tenure else "", "tone": TONES[tenure.capacity] if tenure else "bad",
    }  # fmt: skip


def _hits(request: InsideRequest, org: Staffing, words: str) -> list[dict[str, str]]:
    """Everything in the organisation that holds every word."""
    found = [(item.name, item.code, _("Unit"), address(request, "unit", item.code)) for item in org.units]
    for post in org.positions:
        tenure = org.holder(post.code)
        found.append(
            (post.title, tenure.name if tenure else _("lowong"), _("Jabatan"), address(request, "position", post.code))
        )
    staff = address(request, "staff")
    found += [
        (person.name, person.job or person.group, _("Pegawai"), f"{staff}?{urlencode({'cari': person.name})}")
        for person in org.employees
    ]
    wanted = words.casefold().split()
    return [
        {"title": title, "note": note, "kind": kind, "url": url}
        for title, note, kind, url in found
        if all(word in f"{title} {note}".casefold() for word in wanted)
    ]


def _acting(org: Staffing) -> int:
    held = (org.holder(item.code) for item in org.positions)
    return sum(tenure is not None and tenure.capacity is not Capacity.DEFINITIVE for tenure in held)
