"""The agreements of a year: the list along the cascade, the map of who has signed, the deadline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.core.agreements import Agreement
from selaras.core.agreements.cascade import Rung, cascade
from selaras.core.agreements.rights import holds, may_decide, may_draft
from selaras.core.numerals import format_number
from selaras.core.org import AgencyKind, Position, Tenure, Unit, holder_on
from selaras.core.snapshot import Snapshot
from selaras.store.agreements import Road, owing, roads_of
from selaras.store.duties import dues_of
from selaras.store.models.work import AgreementState as State
from selaras.store.together import load_together
from selaras.web.agreements.frame import ABSENT, DUE, LOOKS, NOT_OWED, address
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.templatetags.ui import Look, chip
from selaras.web.tree_picture import Box, draw

KINDS = frozenset({Position, Tenure, Unit, Agreement})
PER_PAGE = 50
MOST_BOXES = 160
ABSENT_KEY, NOT_OWED_KEY = "belum", "tidak-diminta"
WAY = frozenset({State.DRAFT, State.PROPOSED, State.RETURNED, State.AGREED, State.SIGNED_BY_PROMISER})


@dataclass(frozen=True)
class Row:
    """One position in the list, with its agreement and what the person may do."""

    number: int
    rung: Rung
    unit: str
    holder: str
    superior: str
    road: Road | None
    look: Look
    url: str
    may_draft: bool
    is_owed: bool
    turn: str = ""

    @property
    def key(self) -> str:
        """The state as the filter names it."""
        if self.road:
            return self.road.state.value
        return ABSENT_KEY if self.is_owed else NOT_OWED_KEY

    @property
    def signed(self) -> str:
        """The day of signing."""
        agreement = self.rung.agreement
        return format_date(agreement.signed_on) if agreement and agreement.signed_on else ""


class Board:
    """The agreements of the year along the cascade."""

    def __init__(self, request: InsideRequest) -> None:
        self.request = request
        self.snapshot: Snapshot = load_together(request.place.code, request.place.year, KINDS)
        self.tops = cascade(self.snapshot.positions, self.snapshot.agreements)
        self.roads = roads_of(request.place.code, self.snapshot.agreements)
        self.titles = {item.code: item.title for item in self.snapshot.positions}
        self.units = {item.code: item.name for item in self.snapshot.units}
        self.owing = set(owing(request.place.pk, request.place.year).values_list("code", flat=True))
        rungs = (rung for top in self.tops for rung in top.walk())
        self.rows = [self._row(number, rung) for number, rung in enumerate(rungs, 1)]
        self.due = dues_of(request.place.pk, AgencyKind(request.place.kind), request.place.year).get(DUE)

    @property
    def counts(self) -> Counter[str]:
        """How many positions are in each state."""
        return Counter(row.key for row in self.rows)

    @property
    def owed(self) -> int:
        """How many positions the plan asks for an agreement, or have one."""
        return sum(row.is_owed for row in self.rows)

    @property
    def signed(self) -> int:
        """How many positions have a signed agreement, or had one before the version now on its way."""
        return sum(any(self.roads[item.code].is_signed for item in row.rung.versions) for row in self.rows)

    def _row(self, number: int, rung: Rung) -> Row:
        position, agreement = rung.position, rung.agreement
        place, actor = self.request.place, self.request.actor
        road = self.roads[agreement.code] if agreement else None
        superior = agreement.superior if agreement else position.superior
        day = agreement.signed_on if agreement and agreement.signed_on else timezone.localdate()
        tenure = holder_on(self.snapshot.tenures, position.code, day)
        return Row(
            number=number,
            rung=rung,
            unit=self.units.get(position.unit, ""),
            holder=tenure.name if tenure else "",
            superior=self.titles.get(superior, superior),
            road=road,
            look=LOOKS[road.state] if road else ABSENT if position.code in self.owing else NOT_OWED,
            url=address(self.request, "case", agreement.code) if agreement else "",
            may_draft=may_draft(actor, place.code, position.unit, position.code),
            is_owed=bool(agreement) or position.code in self.owing,
            turn=_turn(self.request, rung, road),
        )


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """The list of the year by position, with counts, what waits for the person, and the deadline."""
    board = Board(request)
    words, state = request.GET.get("cari", "").strip(), request.GET.get("keadaan", "")
    rows = [row for row in board.rows if _matches(row, words, state)]
    if wants_xlsx(request):
        return _exported(request, rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    counts = board.counts
    choices = [
        (ABSENT_KEY, ABSENT.label),
        (NOT_OWED_KEY, NOT_OWED.label),
        *((item.value, LOOKS[item].label) for item in State),
    ]
    return render(request, "agreements/overview.html", {
        "page": page, "rows": page.object_list, "words": words, "state": state, "whole": len(board.rows),
        "choices": [(key, label, counts[key]) for key, label in choices if counts[key]],
        "waiting": [row for row in board.rows if row.turn],
        **_tiles(request, board),
        **tabs(request, "overview"),
    })  # fmt: skip


@inside()
def cascade_map(request: InsideRequest) -> HttpResponse:
    """Who has signed and who has not, as a picture and as a list."""
    board = Board(request)
    by_code = {row.rung.position.code: row for row in board.rows}
    boxes = [_box(top, by_code) for top in board.tops]
    too_many = len(board.rows) > MOST_BOXES
    return render(request, "agreements/map.html", {
        "picture": "" if too_many else draw(boxes, _("Peta perjanjian kinerja menurut garis atasan")),
        "too_many": too_many, "nodes": [_node(top, by_code) for top in board.tops], "whole": len(board.rows),
        "legend": [(LOOKS[State.SIGNED], _("lengkap")), (LOOKS[State.AGREED], _("dalam proses")), (ABSENT, "")],
        **_tiles(request, board),
        **tabs(request, "map"),
    })  # fmt: skip


def tabs(request: InsideRequest, current: str) -> dict[str, Any]:
    """The tabs of the stage."""
    words = {"overview": _("Daftar"), "map": _("Peta berjenjang")}
    return {
        "tabs": [
            {"title": title, "url": address(request, name), "current": name == current} for name, title in words.items()
        ]
    }


def _tiles(request: InsideRequest, board: Board) -> dict[str, Any]:
    whole, signed = board.owed, board.signed
    today = timezone.localdate()
    due = board.due
    left = (due.day - today).days if due else None
    late = left is not None and left < 0 and signed < whole
    return {
        "owed": whole, "signed": signed, "signed_share": 100 * signed // whole if whole else 0,
        "on_the_way": sum(1 for row in board.rows if row.road and row.road.state in WAY),
        "absent": board.counts[ABSENT_KEY],
        "due": format_date(due.day) if due else "",
        "due_note": _left(left, done=0 < whole == signed), "late": late, "is_proposed": bool(due and due.own is None),
        "suggestion": format_date(due.day) if due and due.own is None else "",
        "deadline_url": address(request, "deadline") if request.place.can["CONFIGURE"] else "",
    }  # fmt: skip


def _left(left: int | None, *, done: bool) -> str:
    if left is None:
        return _("belum ditetapkan")
    if done:
        return _("semua sudah ditandatangani")
    if left < 0:
        return ngettext("lewat %(days)s hari", "lewat %(days)s hari", -left) % {"days": format_number(Decimal(-left))}
    return ngettext("tinggal %(days)s hari", "tinggal %(days)s hari", left) % {"days": format_number(Decimal(left))}


def _turn(request: InsideRequest, rung: Rung, road: Road | None) -> str:
    """What waits for the person on this agreement, in words; empty if nothing does."""
    agreement, agency, actor = rung.agreement, request.place.code, request.actor
    if agreement is None or road is None or road.recorded:
        return ""
    if road.state is State.PROPOSED and may_decide(
        actor, agency, rung.position.unit, agreement.promiser, agreement.superior
    ):
        return _("Putuskan pengajuan")
    if road.state is State.AGREED and holds(actor, agency, agreement.promiser):
        return _("Tanda tangani sebagai pihak pertama")
    if road.state is State.SIGNED_BY_PROMISER and holds(actor, agency, agreement.superior):
        return _("Tanda tangani sebagai pihak kedua")
    if road.state is State.RETURNED and holds(actor, agency, agreement.promiser):
        return _("Perbaiki lalu ajukan kembali")
    return ""


def _matches(row: Row, words: str, state: str) -> bool:
    if state and row.key != state:
        return False
    agreement = row.rung.agreement
    text = " ".join(
        [row.rung.position.title, row.unit, row.holder, row.superior, agreement.code if agreement else ""]
    ).casefold()
    return all(word in text for word in words.casefold().split())


def _exported(request: InsideRequest, rows: Iterable[Row]) -> HttpResponse:
    heads = [_("Jabatan"), _("Unit"), _("Pejabat"), _("Atasan"), _("Kode PK"), _("Versi"), _("Keadaan"), _("Tanggal")]
    body = (
        [
            row.rung.position.title, row.unit, row.holder, row.superior,
            row.rung.agreement.code if row.rung.agreement else "",
            row.rung.agreement.version if row.rung.agreement else None, str(row.look.label), row.signed,
        ]
        for row in rows
    )  # fmt: skip
    return exported(request, _("Perjanjian"), heads, body)


def _box(rung: Rung, rows: dict[str, Row]) -> Box:
    row = rows[rung.position.code]
    tones = {"good": "good", "bad": "bad", "info": "warn", "warn": "warn", "none": "warn"}
    return Box(
        rung.position.title,
        [row.holder or _("lowong")],
        str(row.look.label),
        tones.get(row.look.tone, ""),
        row.url,
        below=[_box(below, rows) for below in rung.below],
    )


def _node(rung: Rung, rows: dict[str, Row]) -> dict[str, Any]:
    row = rows[rung.position.code]
    return {
        "id": row.number, "kind": "", "kind_label": _("Jenjang %(depth)s") % {"depth": rung.depth + 1},
        "title": rung.position.title, "url": row.url, "note": " · ".join(filter(None, [row.holder or _("lowong"), row.signed])),
        "chip": chip(str(row.look.label), row.look.tone, row.look.icon), "open": True,
        "children": [_node(below, rows) for below in rung.below],
    }  # fmt: skip
