"""Home: what waits for the person, and how the year of the agency stands, the exceptions first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.access import Role
from selaras.core.board import Board, GateCount, IndicatorRow, count_words
from selaras.core.duties import Duty, Item, Work, duties_of
from selaras.core.errors import NotFound
from selaras.store.duties import board_of, gates_of
from selaras.store.issuing import signing_items
from selaras.store.people_duties import people_items
from selaras.web.gate import AgencyPage, InsideRequest, inside
from selaras.web.home.first_steps import first_steps
from selaras.web.home.ways import address, way_of_item
from selaras.web.home.words import day_words, item_words, shown_duty

FEW_ROWS = 12
FEW_FOR_LEADERS = 8
FEW_DUTIES = 8
FEW_DAYS = 4
FEW_TITLES = 3
PER_PAGE = 50
WHICH = {"saya": False, "keputusan": True}


@dataclass(frozen=True, slots=True)
class Lens:
    """How a person looks at the agency: who leads sees exceptions first, who reviews the cases, all others their work."""

    leads: bool
    reviews: bool


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """Everything of this morning in one screen."""
    place, today = request.place, timezone.localdate()
    state = board_of(place.code, place.year, today)
    duties = _duties(request, state, today)
    mine = [duty for duty in duties if not duty.is_decision]
    decisions = [duty for duty in duties if duty.is_decision]
    lens = _lens(request)
    few = FEW_FOR_LEADERS if lens.leads else FEW_ROWS
    context = {
        "board": state, "lens": lens, "today": today, "waiting": len(duties),
        "tiles": _tiles(place, state, duties, lens),
        "mine": [shown_duty(place, duty, today) for duty in mine[:FEW_DUTIES]], "mine_more": len(mine) - FEW_DUTIES,
        "decisions": [shown_duty(place, duty, today) for duty in decisions[:FEW_DUTIES]],
        "decisions_more": len(decisions) - FEW_DUTIES,
        "rows": [_row(place, row) for row in state.rows[:few]], "rows_more": max(len(state.rows) - few, 0),
        "grid_url": address(place, "measurement:grid") or address(place, "records:index", "realisasi"),
        "budget_url": address(place, "budget:overview") or address(place, "records:index", "realisasianggaran"),
        "days": _days(place, state, today), "gates_url": address(place, "home:gates"),
        "wants_tile": lens.leads or lens.reviews,
        "first_steps": first_steps(place, state),
        "year_url": f"{address(place, 'org:years')}?mulai={place.year}",
        "begin_url": address(place, "planning:exchange") or address(place, "records:kinds"),
    }  # fmt: skip
    return render(request, "home/overview.html", context)


@inside()
def gates(request: InsideRequest) -> HttpResponse:
    """What disagrees in the data: fetched by the home page after it is shown, because it reads the whole plan."""
    place = request.place
    found = gates_of(place.code, place.year)
    context = {"gates": _gates(place, found), "tile": _findings(found) if "ubin" in request.GET else None}
    return render(request, "home/part_gates.html" if request.htmx else "home/gates.html", context)


@inside()
def duty_list(request: InsideRequest, which: str) -> HttpResponse:
    """Everything that waits for the person, one by one: own work, or decisions on that of others."""
    if which not in WHICH:
        raise NotFound(_("Daftar tugas %(which)s tidak ada.") % {"which": which})
    place, today = request.place, timezone.localdate()
    duties = _duties(request, board_of(place.code, place.year, today), today)
    items = [(duty, item) for duty in duties if duty.is_decision is WHICH[which] for item in duty.items]
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("halaman"))
    lines = [_line(place, duty, item, today) for duty, item in page.object_list]
    tabs = [
        {"title": title, "url": address(place, "home:duties", name), "current": name == which,
         "count": sum(len(duty.items) for duty in duties if duty.is_decision is WHICH[name])}
        for name, title in (("saya", _("Tugas saya")), ("keputusan", _("Menunggu keputusan saya")))
    ]  # fmt: skip
    return render(request, "home/duties.html", {"page": page, "lines": lines, "tabs": tabs, "which": which})


def _duties(request: InsideRequest, state: Board, today: date) -> tuple[Duty, ...]:
    """What waits for the person: work on the agency's year, and steps on the SKPs that the person may read."""
    place, actor = request.place, request.actor
    own = people_items(actor, place.code, place.year, today)
    signing = signing_items(actor, place.code, place.year)
    return duties_of(actor, place.code, (*state.items, *own, *signing), today)


def _lens(request: InsideRequest) -> Lens:
    roles = {grant.role for grant in request.actor.grants if grant.agency in {"", request.place.code}}
    works = roles & {Role.ADMINISTRATOR, Role.PLANNER, Role.OWNER, Role.TREASURER, Role.REPORTER}
    return Lens(
        leads=Role.LEADER in roles and not works,
        reviews=bool(roles & {Role.REVIEWER, Role.EVALUATOR}) and not works and Role.LEADER not in roles,
    )


def _tiles(place: AgencyPage, state: Board, duties: tuple[Duty, ...], lens: Lens) -> list[dict[str, Any]]:
    late = sum(len(duty.items) for duty in duties if duty.is_late)
    decisions = sum(len(duty.items) for duty in duties if duty.is_decision)
    late_tile = {
        "label": _("Lewat tenggat"), "value": count_words(late), "icon": "alert", "tone": "bad" if late else "",
        "note": _("dari tugas Anda") if late else _("Tidak ada tugas Anda yang terlambat."),
        "url": address(place, "home:duties", "saya"),
    }  # fmt: skip
    wait_tile = {
        "label": _("Menunggu keputusan Anda"), "value": count_words(decisions), "icon": "inbox",
        "url": address(place, "home:duties", "keputusan"), "note": _("isian, dokumen, dan langkah"),
    }  # fmt: skip
    errors = _findings(None) if state.has_plan else _no_findings()
    exceptions = [_missed(state), _unexplained(place, state), _absorption(place, state), _unsigned(place, state),
                  errors]  # fmt: skip
    if lens.leads:
        return exceptions
    if lens.reviews:
        return [_cases(place, state), errors, _missed(state), _follow_ups(place, state)]
    return [late_tile, wait_tile, _missed(state), _absorption(place, state)]


def _missed(state: Board) -> dict[str, Any]:
    judged = state.met + state.missed
    words = _("%(met)s dari %(all)s tercapai") % {"met": state.met, "all": judged} if judged else _("belum diukur")
    more = _("; %(open)s belum diukur") % {"open": state.open} if judged and state.open else ""
    return {
        "label": _("Target tidak tercapai"), "value": count_words(state.missed) if judged else "–", "icon": "target",
        "tone": "bad" if state.missed else "", "note": words + more, "url": "#capaian",
    }  # fmt: skip


def _unexplained(place: AgencyPage, state: Board) -> dict[str, Any]:
    count = sum(item.work is Work.EXPLAIN for item in state.items)
    return {
        "label": _("Capaian belum dijelaskan"), "value": count_words(count), "icon": "comment",
        "tone": "bad" if count else "", "url": address(place, "measurement:grid"),
        "note": _("target meleset atau jauh terlampaui tanpa sebab"),
    }  # fmt: skip


def _absorption(place: AgencyPage, state: Board) -> dict[str, Any]:
    tile: dict[str, Any] = {
        "label": _("Serapan anggaran"), "icon": "budget", "url": address(place, "budget:overview") or "#anggaran",
    }  # fmt: skip
    money = state.money
    if money is None or money.value is None:
        return tile | {"value": "–", "note": _("Anggaran atau realisasinya belum diisi.")}
    words = {"figure": money.spent, "budget": money.budget, "planned": money.planned_words}
    return tile | {
        "value": money.figure, "share": money.value, "share_tone": "bad" if money.is_behind else "",
        "tone": "bad" if money.is_behind else "",
        "note": _("%(figure)s dari %(budget)s; lazimnya %(planned)s pada waktu ini") % words,
    }  # fmt: skip


def _unsigned(place: AgencyPage, state: Board) -> dict[str, Any]:
    found = state.agreements
    count = len(found.unsigned) + len(found.missing)
    named = [(_("belum disusun: %(names)s"), found.missing), (_("belum lengkap: %(names)s"), found.unsigned)]
    told = "; ".join(words % {"names": _few(titles)} for words, titles in named if titles)
    return {
        "label": _("Perjanjian belum ditandatangani"), "value": count_words(count) if found.owed else "–", "icon": "sign",
        "unit": _("dari %(all)s jabatan") % {"all": count_words(found.owed)} if count else "",
        "tone": "bad" if count else "", "url": address(place, "agreements:overview"),
        "note": told or (_("Semua yang diminta rencana sudah ditandatangani.") if found.owed else _("rencana belum berisi")),
    }  # fmt: skip


def _few(titles: tuple[str, ...]) -> str:
    """The first titles, and how many more there are."""
    rest = len(titles) - FEW_TITLES
    return ", ".join(titles[:FEW_TITLES]) + (_(" dan %(rest)s lainnya") % {"rest": rest} if rest > 0 else "")


def _findings(found: tuple[GateCount, ...] | None) -> dict[str, Any]:
    """The tile of what disagrees; without counts the one that waits for them."""
    tile: dict[str, Any] = {"label": _("Kesalahan data"), "icon": "flag", "url": "#gerbang", "waits": True}
    if found is None:
        return tile | {"value": "…", "note": _("sedang diperiksa")}
    errors = sum(gate.errors for gate in found)
    return tile | {
        "value": count_words(errors), "tone": "bad" if errors else "",
        "note": _("%(count)s peringatan") % {"count": sum(gate.warnings for gate in found)},
    }  # fmt: skip


def _no_findings() -> dict[str, Any]:
    """The same tile where there is nothing that could disagree."""
    return {"label": _("Kesalahan data"), "icon": "flag", "value": "–", "note": _("rencana belum berisi")}


def _cases(place: AgencyPage, state: Board) -> dict[str, Any]:
    count = sum(item.work is Work.REVIEW for item in state.items)
    return {
        "label": _("Reviu terbuka"), "value": count_words(count), "icon": "review",
        "url": address(place, "review:cases"), "note": _("laporan yang sedang dibaca atau direviu"),
    }  # fmt: skip


def _follow_ups(place: AgencyPage, state: Board) -> dict[str, Any]:
    return {
        "label": _("Tindak lanjut terbuka"), "value": count_words(state.obstacles_open), "icon": "followup",
        "url": address(place, "followup:overview"), "tone": "bad" if state.obstacles_late else "",
        "note": _("%(late)s lewat tenggat") % {"late": state.obstacles_late},
    }  # fmt: skip


def _row(place: AgencyPage, row: IndicatorRow) -> dict[str, Any]:
    url = address(place, "measurement:indicator", row.code) or address(place, "planning:indicator", row.code)
    return {"row": row, "url": url, "draws": sum(value is not None for value in row.trend) > 1}


def _gates(place: AgencyPage, found: tuple[GateCount, ...]) -> list[dict[str, Any]]:
    pages = (
        address(place, "agreements:gate") or address(place, "planning:checks"), address(place, "planning:checks"),
        address(place, "measurement:grid"),
    )  # fmt: skip
    return [{"gate": gate, "url": url} for gate, url in zip(found, pages, strict=True)]


def _days(place: AgencyPage, state: Board, today: date) -> list[dict[str, Any]]:
    """The next deadlines of the agency."""
    return [
        {"title": due.slot.title(place.year), "words": day_words(due.day, today), "soon": (due.day - today).days <= 7,
         "own": due.own is not None}
        for due in [due for due in state.days if due.day >= today][:FEW_DAYS]
    ]  # fmt: skip


def _line(place: AgencyPage, duty: Duty, item: Item, today: date) -> dict[str, Any]:
    one = shown_duty(place, Duty(duty.work, duty.group, (item,), item.due, bool(item.due and item.due < today)), today)
    return {"title": one.title, "url": way_of_item(place, item), "note": item_words(item, today), "icon": one.icon,
            "late": one.late, "chip": one.chip}  # fmt: skip
