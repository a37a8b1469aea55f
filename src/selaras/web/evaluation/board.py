"""The board of evaluations as people see it: filtered, in order, one line per unit; and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.calendar import format_date
from selaras.core.evaluation.stages import State
from selaras.core.numerals import format_number
from selaras.store.evaluation_board import BoardRow
from selaras.web.core_words import word
from selaras.web.evaluation.words import SHORT, STATES, TONES, change
from selaras.web.gate import InsideRequest
from selaras.web.home.words import day_words

WHOLE = "*"
"""What stands for the agency as a whole where a unit is chosen."""
UNOPENED = "belum"
NOTHING = Decimal(-1000)
ORDERS: dict[str, Callable[[BoardRow], Any]] = {
    "unit": lambda row: row.unit_name.casefold(),
    "nilai": lambda row: NOTHING if row.score is None else row.score,
    "perubahan": lambda row: NOTHING if row.change is None else row.change,
    "kemajuan": lambda row: row.progress if row.evaluation else NOTHING,
    "terbuka": lambda row: (row.open_requests, row.open_recommendations),
}
PLACES = 2


def chosen(rows: Iterable[BoardRow], asked: dict[str, str]) -> list[BoardRow]:
    """The rows that pass the filters, in the wanted order; without one in the order of the tree."""
    words, state, letter = asked["cari"].casefold().split(), asked["status"], asked["predikat"]
    found = [
        row
        for row in rows
        if all(word in f"{row.unit} {row.unit_name or row.agency_name}".casefold() for word in words)
        and (not state or (row.state.value if row.state else UNOPENED) == state)
        and (not letter or (row.predicate is not None and row.predicate.letter == letter))
        and (asked["milik"] != "saya" or row.role is not None)
    ]
    key = ORDERS.get(asked["urut"].removeprefix("-"))
    return sorted(found, key=key, reverse=asked["urut"].startswith("-")) if key else found


def line_of(request: InsideRequest, row: BoardRow, today: date) -> dict[str, Any]:
    """One unit as the table shows it."""
    place = request.place
    tone, icon = TONES[row.state] if row.state else ("outline", "clock")
    return {
        "row": row, "name": row.unit_name or _("%(agency)s secara keseluruhan") % {"agency": row.agency_name},
        "value": row.unit or WHOLE, "indent": min(row.depth, 4),
        "url": reverse("evaluation:sheet", args=(place.code, place.year, row.evaluation)) if row.evaluation else "",
        "state": STATES[row.state] if row.state else _("Belum dibuka"), "tone": tone, "icon": icon,
        "score": "" if row.score is None else format_number(row.score, places=PLACES),
        "predicate": row.predicate.letter if row.predicate else "",
        "predicate_tone": row.predicate.tone if row.predicate else "",
        "column": SHORT[row.column] if row.column and row.state is not State.FINAL else "",
        "change": change(row.change), "progress": f"{row.answered}/{row.questions}" if row.questions else "",
        "progress_value": str(row.progress),
        "last": "" if row.last_score is None
        else f"{format_number(row.last_score, places=PLACES)} ({row.last_predicate})",
        "due": day_words(row.due, today) if row.due and row.state is State.DRAFT else "",
        "is_late": bool(row.due and row.due < today and row.state is State.DRAFT),
        "role": word(row.role.value) if row.role else "", "can_choose": row.may_open or row.evaluation is not None,
    }  # fmt: skip


def tiles_of(rows: Sequence[BoardRow], url: str) -> list[dict[str, Any]]:
    """How the work stands over all units, each number with the way to its rows."""
    states = [row.state for row in rows]
    opened = [row for row in rows if row.evaluation]
    scores = [row.score for row in opened if row.score is not None and row.state is State.FINAL]
    mean = sum(scores, Decimal(0)) / len(scores) if scores else None
    return [
        {"label": _("Belum dibuka"), "value": states.count(None), "icon": "clock",
         "url": f"{url}?{urlencode({'status': UNOPENED})}"},
        {"label": _("Penilaian mandiri diisi"), "value": states.count(State.DRAFT), "icon": "edit",
         "url": f"{url}?{urlencode({'status': State.DRAFT.value})}"},
        {"label": _("Pada tim evaluasi"), "icon": "evaluate",
         "value": sum(state in {State.SUBMITTED, State.EVALUATED, State.CONTROLLED} for state in states)},
        {"label": _("Final"), "value": states.count(State.FINAL), "icon": "check-circle",
         "url": f"{url}?{urlencode({'status': State.FINAL.value})}",
         "note": _("rata-rata %(mean)s") % {"mean": format_number(mean, places=PLACES)} if mean is not None else ""},
        {"label": _("Permintaan dokumen terbuka"), "value": sum(row.open_requests for row in rows), "icon": "inbox"},
    ]  # fmt: skip


def heads() -> tuple[str, ...]:
    """The columns of the spreadsheet."""
    return (
        _("Kode"), _("Unit"), _("Keadaan"), _("Kolom"), _("Nilai"), _("Predikat"), _("Nilai tahun lalu"),
        _("Perubahan"), _("Terjawab"), _("Pertanyaan"), _("Permintaan terbuka"), _("Rekomendasi terbuka"), _("Tenggat"),
    )  # fmt: skip


def cells_of(row: BoardRow) -> tuple[Any, ...]:
    """One unit as a row of the spreadsheet."""
    return (
        row.unit, row.unit_name or row.agency_name, str(STATES[row.state]) if row.state else _("Belum dibuka"),
        str(SHORT[row.column]) if row.column else "", row.score, row.predicate.letter if row.predicate else "",
        row.last_score, row.change, row.answered if row.evaluation else None,
        row.questions if row.evaluation else None, row.open_requests or None, row.open_recommendations or None, row.due,
    )  # fmt: skip


def active_of(request: InsideRequest, asked: dict[str, str]) -> list[dict[str, str]]:
    """The filters that hold, each with the address without it."""
    states = {state.value: str(words) for state, words in STATES.items()} | {UNOPENED: _("Belum dibuka")}
    found = []
    for name, value in asked.items():
        if value and name != "urut":
            rest = {key: item for key, item in request.GET.items() if key not in {name, "halaman"}}
            label = {"status": states.get(value, value), "milik": _("Tim saya")}.get(name, value)
            found.append({"label": label, "url": f"?{urlencode(rest)}"})
    return found


def day(value: date | None) -> str:
    """A day in words; empty for none."""
    return format_date(value) if value else ""
