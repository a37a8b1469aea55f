"""One cell of the grid saved by itself; the answer says what was read, what stands there now, and what follows from it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from selaras.actions.measurement import erase_realisation, record_realisation
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period
from selaras.core.planning import Indicator
from selaras.core.reporting.entry import Entry
from selaras.store.measuring import figures_of, limits_of, load_indicators
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.periods import from_key
from selaras.web.measurement.typed import DENOMINATOR, NUMERATOR, VALUE, Typed, Unread, inputs_of, is_pair, read_typed
from selaras.web.middleware import status_of
from selaras.web.templatetags.grid_cells import state_picture
from selaras.web.templatetags.ui import achievement


@inside(methods=("POST",))
def save(request: InsideRequest) -> HttpResponse:
    """Save what was typed into one cell, or erase it if it is empty now."""
    place, given = request.place, request.POST
    code, period = given.get("indikator", ""), from_key(place.year, given.get("periode", ""))
    figures = figures_of(load_indicators(place.code, place.year, {code}))
    indicator = figures.indicators.get(code)
    if indicator is None:
        return _refused(NotFound(_("Indikator %(code)s tidak ditemukan.") % {"code": code}))
    stored = figures.realisation(indicator, period)
    try:
        typed = read_typed(
            indicator, figures.law, {part: given.get(part, "") for part in (VALUE, NUMERATOR, DENOMINATOR)}
        )
        _write(request, indicator, period, typed, stored)
    except Unread as unread:
        return _unread(unread)
    except Conflict as conflict:
        return _clash(place.code, indicator, period, conflict)
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse(_answer(place.code, indicator, period))


def _write(
    request: InsideRequest, indicator: Indicator, period: Period, typed: Typed, stored: Realisation | None
) -> None:
    at: dict[str, Any] = {"agency": request.place.code, "indicator": indicator.code, "period": period}
    seen, reason = request.POST.get("terlihat"), request.POST.get("alasan", "")[:500]
    if not typed.is_empty:
        note = stored.note if stored else ""
        record_realisation(
            request.actor, **at, value=typed.value, numerator=typed.numerator, denominator=typed.denominator,
            note=note, seen=seen, reason=reason,
        )  # fmt: skip
    elif stored is not None:
        erase_realisation(request.actor, **at, seen=seen, reason=reason)


def _answer(agency: str, indicator: Indicator, period: Period) -> dict[str, Any]:
    figures = figures_of(load_indicators(agency, period.year, {indicator.code}))
    entry = Entry(figures, indicator, period, limits_of(period.year))
    year = Entry(figures, indicator, Period(period.year), entry.limits)
    read = entry.realisation.told() if entry.realisation else ""
    words = _("Tersimpan pukul %(time)s") % {"time": f"{localtime(now()):%H.%M}"}
    words += _(", dibaca %(value)s.") % {"value": read} if read else _(", dikosongkan.")
    remarks = [finding.message for finding in entry.remarks]
    if entry.need and not entry.is_explained:
        remarks.append(_("%(need)s: penjelasan diminta sebelum diajukan.") % {"need": f"{entry.need}".capitalize()})
    return {
        **_stands(indicator, entry.realisation),
        "words": words,
        "remarks": remarks,
        "beside": _beside(entry),
        "picture": state_picture(entry.realisation.status.value if entry.realisation else ""),
        "html": {
            f"capaian:{indicator.code}": _achievement(year),
            f"tahun:{indicator.code}": _beside(year),
        },
    }


def _stands(indicator: Indicator, stored: Realisation | None) -> dict[str, Any]:
    """What the cell holds now."""
    return {
        "inputs": {one.part: {"text": one.text, "exact": one.exact} for one in inputs_of(indicator, stored)},
        "seen": stored.told() if stored else "",
        "state": stored.status.value if stored else "",
    }


def _beside(entry: Entry) -> str:
    if entry.value is None or not (is_pair(entry.indicator) or (entry.is_year and entry.realisation is None)):
        return ""
    return entry.value.shown()


def _achievement(year: Entry) -> str:
    figure, band = year.achievement, year.band
    shown = figure.shown() if figure.value is not None else ""
    return achievement(shown, band.label if band else "", band.tone if band else "")


def _unread(unread: Unread) -> HttpResponse:
    refusal = unread.refusal
    question = getattr(refusal, "question", "")
    words = question or next((fault.sentence() for fault in refusal.faults), refusal.message)
    choices = [{"part": unread.part, "text": text, "label": label} for text, label in unread.choices]
    return JsonResponse({"words": words, "part": unread.part, "choices": choices}, status=422)


def _clash(agency: str, indicator: Indicator, period: Period, conflict: Conflict) -> HttpResponse:
    """Both values, and what stands there now, so that the person can choose."""
    figures = figures_of(load_indicators(agency, period.year, {indicator.code}))
    clash = conflict.clashes[0]
    return JsonResponse(
        {
            "words": conflict.message, "by": conflict.by, "mine": clash.given or _("(kosong)"),
            "theirs": clash.stands or _("(kosong)"), "stands": _stands(indicator, figures.realisation(indicator, period)),
        },
        status=409,
    )  # fmt: skip


def _refused(refusal: Refusal) -> HttpResponse:
    status = status_of(refusal)
    told = isinstance(refusal, NotAllowed | NotFound) or not refusal.faults
    words = refusal.message if told else " ".join(fault.sentence() for fault in refusal.faults)
    return JsonResponse({"words": words, "choices": []}, status=status)
