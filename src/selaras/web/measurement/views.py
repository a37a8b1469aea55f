"""The grid of realisations, its export, and steps taken with many lines at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.bulk_measurement import Step, move_realisations
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Progress
from selaras.core.period import PER_YEAR, Period, Span
from selaras.store.kept import kept, kept_figures
from selaras.store.measuring import Outline, figures_of, load_lines, load_outline
from selaras.web.days import period_name
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.grid_shown import EMPTY, STATES, Line, LineShown
from selaras.web.measurement.lines import Asked, Board, column_heads, lines_of, period_url
from selaras.web.measurement.periods import back_to, columns, from_key, key_of, short_name
from selaras.web.templatetags.ui import state_word

PER_PAGE = 25
PER_PAGE_OF_MONTHS = 15
ALL_PERIODS = "semua"


@inside()
def grid(request: InsideRequest) -> HttpResponse:
    """Indicators by their sasaran with a cell for each period: to be filled like a spreadsheet."""
    place = request.place
    outline, board = _listed(request)
    asked = _asked(request, outline.usual_span, board)
    lines = board.chosen(asked)
    if wants_xlsx(request):
        return _exported(request, outline, board, asked)
    per_page = PER_PAGE_OF_MONTHS if asked.span is Span.MONTH else PER_PAGE
    page = Paginator(lines, per_page).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)  # type: ignore[attr-defined]
    shown = _shown(request, outline, board, list(page.object_list), asked.span)
    periods = columns(place.year, asked.span)
    context = {
        "asked": asked, "page": page, "groups": list(board.grouped(shown)), "heads": column_heads(place.year, asked.span),
        "width": len(periods) + 5, "units": board.units(), "states": _state_tabs(request, board, asked),
        "spans": _span_links(asked), "active": _active(request, asked, board), "limited": board.is_limited,
        "may_measure": any(board.may_measure(line) for line in lines), "empty": not board.lines,
        "bulk": render_to_string("measurement/bulk.html", {"periods": _choices(place.year, asked.span), "can": place.can}),
        "waiting": sum(Progress.SUBMITTED.value in line.states(asked.span) for line in board.lines),
    }  # fmt: skip
    return render(request, "measurement/grid.html", context)


@inside(methods=("POST",))
def bulk(request: InsideRequest) -> HttpResponse:
    """Submit, verify or lock the chosen lines in one period or in all; what became of each is listed."""
    place = request.place
    word = request.POST.get("langkah", "")
    if word not in set(Step):
        raise NotFound(_("Langkah itu tidak ada."))
    chosen = request.POST.getlist("pilih")
    asked = request.POST.get("periode", ALL_PERIODS)
    _outline, board = _listed(request)
    items = list(_items(board, chosen, asked, Step(word)))
    outcomes = move_realisations(
        request.actor, agency=place.code, step=Step(word), items=items, note=request.POST.get("catatan", "")
    )
    names = {line.indicator.code: line.indicator.name for line in board.lines}
    context = {
        "step": word,
        "rows": [
            {"outcome": one, "name": names.get(one.indicator, one.indicator), "period": period_name(one.period),
             "url": period_url(place.code, one.indicator, one.period)}
            for one in sorted(outcomes, key=lambda one: one.done)
        ],
        "done": sum(one.done for one in outcomes), "all": len(outcomes),
        "back": back_to(request, reverse("measurement:grid", args=(place.code, place.year))),
    }  # fmt: skip
    return render(request, "measurement/outcome.html", context)


NEXT: dict[Step, Progress] = {
    Step.SUBMIT: Progress.DRAFT, Step.VERIFY: Progress.SUBMITTED, Step.RETURN: Progress.SUBMITTED,
    Step.LOCK: Progress.VERIFIED,
}  # fmt: skip
"""From which state each step starts."""


def _items(board: Board, chosen: list[str], asked: str, step: Step) -> Iterator[tuple[str, Period]]:
    """The values that are meant: of one period as they are; of all periods those that can take the step."""
    year = board.year
    lines = {line.indicator.code: line for line in board.lines}
    for given in dict.fromkeys(chosen):
        code, _mark, own = given.partition("|")
        if code not in lines:
            raise NotFound(_("Indikator %(code)s tidak ditemukan.") % {"code": code})
        if own or asked != ALL_PERIODS:
            yield code, from_key(year, own or asked)
        else:
            yield from ((code, period) for period, state in sorted(lines[code].entered.items(), key=_by_time)
                        if state is NEXT[step])  # fmt: skip


def _listed(request: InsideRequest) -> tuple[Outline, Board]:
    """Every indicator with the states of its values, as kept until somebody acts on the agency; and the list of it."""
    place = request.place

    def read() -> tuple[Outline, tuple[Line, ...]]:
        outline = load_outline(place.code, place.year)
        return outline, lines_of(figures_of(outline.snapshot), outline.indicators, outline.states)

    outline, lines = kept(place.code, place.year, "daftar pengukuran", read, lambda made: 3 * len(made[1]))
    return outline, Board(
        figures_of(outline.snapshot), outline.indicators, outline.states, request.actor, place.code, lines
    )


def _shown(request: InsideRequest, outline: Outline, board: Board, lines: list[Line], span: Span) -> list[LineShown]:
    """Lines with their figures; only their values are read."""
    place = request.place
    codes = tuple(line.indicator.code for line in lines)
    figures = kept_figures(
        place.code, place.year, ("nilai", codes),
        lambda: load_lines(place.code, place.year, codes, outline.snapshot.weighted_parts),
    )  # fmt: skip
    return [board.shown(line, span, figures) for line in lines]


def _by_time(pair: tuple[Period, Any]) -> tuple[int, int]:
    return pair[0].last_month, -PER_YEAR[pair[0].span]


def _asked(request: InsideRequest, usual: Span, board: Board) -> Asked:
    given = request.GET
    span = given.get("periode", usual.value)
    whose = given.get("cakupan") or ("saya" if board.is_limited else "semua")
    return Asked(
        words=given.get("cari", "").strip()[:200], unit=given.get("unit", ""),
        state=given.get("keadaan", "") if given.get("keadaan") in STATES else "",
        whose=whose, iku=given.get("iku") == "1", span=Span(span) if span in set(Span) else usual,
    )  # fmt: skip


def _exported(request: InsideRequest, outline: Outline, board: Board, asked: Asked) -> HttpResponse:
    """What the filters show, on one sheet."""
    periods = [short_name(period) for period in columns(request.place.year, asked.span)]
    heads = [
        "Kode", "Indikator", "Sasaran", "Unit", "Penanggung jawab", "Satuan", "Target tahun", "Dokumen target",
        *(title for name in periods for title in _heads_of(name)),
        "Capaian", "Kelas",
    ]  # fmt: skip
    rows = map(_row, _shown(request, outline, board, board.chosen(asked), asked.span))
    return exported(request, "Pengukuran", heads, rows)


def _heads_of(name: str) -> list[str]:
    """The heads of one period; the year's target has a column of its own."""
    return [*([f"Target {name}"] if name != "Tahun" else []), f"Realisasi {name}", f"Keadaan {name}"]


def _row(shown: LineShown) -> list[Any]:
    line, indicator = shown.line, shown.indicator
    cells: list[Any] = []
    for cell in shown.cells:
        cells += [] if cell.entry.is_year else [cell.entry.own_aim.value]
        cells += [cell.entry.value, cell.state]
    return [
        indicator.code, indicator.name, line.sasaran.title if line.sasaran else "", line.unit_name,
        line.position, indicator.unit, shown.year.aim.value, shown.target_document, *cells,
        shown.year.achievement, shown.band.label if shown.band else "",
    ]  # fmt: skip


def _choices(year: int, span: Span) -> list[tuple[str, str]]:
    return [
        (ALL_PERIODS, _("semua periode")),
        *((key_of(period), short_name(period)) for period in columns(year, span)),
    ]


def _state_tabs(request: InsideRequest, board: Board, asked: Asked) -> list[dict[str, Any]]:
    words = {"": _("Semua"), EMPTY: _("Belum diisi"), **{state.value: state_word(state.value) for state in Progress}}
    counts = board.counts(asked)
    return [
        {"title": title, "count": counts[state], "current": asked.state == state, "url": _url(request, keadaan=state)}
        for state, title in words.items()
    ]


def _span_links(asked: Asked) -> list[dict[str, Any]]:
    words = {
        Span.QUARTER: _("Triwulan"),
        Span.SEMESTER: _("Semester"),
        Span.MONTH: _("Bulan"),
        Span.YEAR: _("Tahun saja"),
    }
    return [{"value": span.value, "title": title, "current": asked.span is span} for span, title in words.items()]


def _active(request: InsideRequest, asked: Asked, board: Board) -> list[dict[str, str]]:
    units = dict(board.units())
    found = []
    if asked.words:
        found.append({"label": _("Cari: %(words)s") % {"words": asked.words}, "url": _url(request, cari="")})
    if asked.unit:
        found.append(
            {"label": _("Unit: %(unit)s") % {"unit": units.get(asked.unit, asked.unit)}, "url": _url(request, unit="")}
        )
    if asked.iku:
        found.append({"label": _("Hanya IKU"), "url": _url(request, iku="")})
    return found


def _url(request: InsideRequest, **changed: str) -> str:
    """The same page with some filters changed; the first of its pages."""
    given = {name: value for name, value in request.GET.items() if name not in {"halaman", *changed}}
    return f"{request.path}?{urlencode(given | {name: value for name, value in changed.items() if value})}"
