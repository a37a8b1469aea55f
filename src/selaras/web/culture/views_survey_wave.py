"""One wave of a survey: links handed out once, progress that reveals nobody, closing, publishing, data with labels."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.culture_answers import fill_synthetic
from selaras.actions.culture_exchange import export_survey
from selaras.actions.culture_statistics import publish_wave
from selaras.actions.culture_surveys import close_wave, issue_tickets
from selaras.core.access import Act
from selaras.core.calendar import format_date
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.documents.survey_slips import MOST_SLIPS, write_slips
from selaras.documents.write.listing import grid
from selaras.store.culture_surveys import (
    is_closed,
    is_linked,
    is_open,
    progress_of,
    tickets_of,
    units_named,
    used_tickets,
    wave_at,
)
from selaras.store.models import SurveyWave
from selaras.web.culture.frame import address
from selaras.web.culture.survey_frame import crumbs, share_words, today, wave_state, wave_tabs
from selaras.web.culture.typed import shown_again
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.sending import attachment

LIST, PDF, XLSX = "daftar", "pdf", "xlsx"
FORMS = (LIST, PDF, XLSX)
UNIT = "unit-"
SYNTHETIC = 80


@inside(Act.READ_STUDY)
def page(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """How a wave goes: links by unit, and the share of employees who answered where it may be shown."""
    place, day = request.place, today()
    row = wave_at(request.actor, place.code, survey, wave)
    given, progress = tickets_of(row), progress_of(row)
    names = units_named(place.code, given)
    people, links = sum(count for _links, count in given.values()), sum(count for count, _people in given.values())
    answered = used_tickets(row) if people >= row.survey.k_screen else None
    closed = is_closed(row, day)
    return render(request, "culture/survey_wave.html", {
        "wave": row, "survey": row.survey, "state": wave_state(row, day), "tabs": wave_tabs(request, row, "wave"),
        "crumbs": crumbs(request, (row.survey.title, address(request, "survey", survey)), (row.code, "")),
        "units": [
            {
                "code": unit, "name": names.get(unit, unit), "links": links_, "people": people_, "left": people_ - links_,
                "field": f"{UNIT}{unit}", "share": share_words(progress[unit]) if progress[unit] is not None else "",
                "value": float((progress[unit] or 0) * 100),
            }
            for unit, (links_, people_) in given.items()
        ],
        "links": links, "people": people, "answered": _whole(answered, people), "k": row.survey.k_screen,
        "open": is_open(row, day), "closed": closed, "may": place.can["STUDY"] and row.closed_at is None,
        "may_publish": place.can["PUBLISH_STUDY"] and closed and row.published_at is None,
        "may_export": place.can["STUDY"] and closed, "left": people - links, "demo_size": SYNTHETIC,
        "may_fill": place.can["STUDY"] and row.closed_at is None and (row.survey.synthetic or not answered),
        "urls": {
            name: address(request, f"wave-{name}", survey, wave)
            for name in ("tickets", "close", "publish", "fill", "data")
        },
        "results_url": address(request, "results", survey, wave), "entry_url": request.build_absolute_uri(reverse("survey:entry")),
    })  # fmt: skip


def _whole(answered: int | None, people: int) -> str:
    if answered is None or not people:
        return ""
    return share_words(Fraction(min(answered, people), people))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def tickets(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """New links by unit, shown this once: as a list on the screen, as slips to cut out, or as a spreadsheet."""
    place = request.place
    form = request.POST.get("bentuk", LIST)
    if form not in FORMS:
        raise Refusal(_("Bentuk daftar tautan tidak dikenal."), Fault("bentuk", read=form, expected=" | ".join(FORMS)))
    row = wave_at(request.actor, place.code, survey, wave)
    asked = _asked(request, list(row.population))
    if form == PDF and sum(asked.values()) > MOST_SLIPS:
        raise Refusal(
            _("Tautan tidak dibuat."),
            Fault("jumlah slip dalam satu berkas", read=str(sum(asked.values())), expected=f"paling banyak {MOST_SLIPS}",
                  remedy="Buat tautan unit demi unit, atau pilih lembar XLSX."),
        )  # fmt: skip
    given = issue_tickets(request.actor, agency=place.code, survey=survey, wave=wave, units=asked)
    names = units_named(place.code, given)
    links = [
        (names.get(unit, unit), request.build_absolute_uri(reverse("survey:answer", args=(token,))))
        for unit, tokens in given.items()
        for token in tokens
    ]
    answer = _slips(request, row, links, form)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _slips(request: InsideRequest, row: SurveyWave, links: list[tuple[str, str]], form: str) -> HttpResponse:
    name = f"tautan-{row.survey.code}-{row.code}"
    if form == XLSX:
        return attachment(grid(_("Tautan survei"), [_("Unit kerja"), _("Tautan")], links), f"{name}.xlsx")
    if form == PDF:
        kept = _("Jawaban rahasia.") if is_linked(row.survey) else _("Jawaban anonim.")
        until = _("Diisi paling lambat %(day)s.") % {"day": format_date(row.closes)}
        with tempfile.TemporaryDirectory(prefix="selaras-survei-") as folder:
            path = Path(folder) / f"{name}.pdf"
            try:
                write_slips(
                    path, title=row.survey.title, agency=request.place.name, until=f"{until} {kept}", links=links,
                    created=int(timezone.now().timestamp()),
                )  # fmt: skip
            except CannotRun:  # the links are given out once: they are shown rather than lost
                messages.warning(request, _("Slip PDF tidak dapat dibuat; tautannya ditampilkan di halaman ini."))
            else:
                return attachment(path.read_bytes(), path.name)
    units: dict[str, list[str]] = {}
    for unit, link in links:
        units.setdefault(unit, []).append(link)
    return render(request, "culture/survey_slips.html", {
        "wave": row, "survey": row.survey, "units": list(units.items()), "count": len(links),
        "crumbs": crumbs(
            request, (row.survey.title, address(request, "survey", row.survey.code)),
            (row.code, address(request, "wave", row.survey.code, row.code)), (_("Tautan"), ""),
        ),
        "back_url": address(request, "wave", row.survey.code, row.code),
    })  # fmt: skip


def _asked(request: InsideRequest, units: list[str]) -> dict[str, int]:
    """How many links each unit gets, as typed."""
    found = {}
    for unit in units:
        text = request.POST.get(f"{UNIT}{unit}", "").strip()
        if text and text != "0":
            found[unit] = int(text) if text.isdecimal() and len(text) < 8 else 0
    if not found:
        raise Refusal(
            _("Tautan tidak dibuat."),
            Fault("jumlah tautan kosong", remedy="Isi jumlah tautan untuk satu unit atau lebih."),
        )
    return found


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def close(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """Close a wave for good."""
    close_wave(request.actor, agency=request.place.code, survey=survey, wave=wave)
    messages.success(request, _("Gelombang ditutup. Hasilnya dapat dibaca."))
    return redirect(address(request, "wave", survey, wave))


@inside(Act.PUBLISH_STUDY, methods=("POST",))
@shown_again(page)
def publish(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """Publish the results by the stricter threshold."""
    publish_wave(request.actor, agency=request.place.code, survey=survey, wave=wave)
    messages.success(request, _("Hasil survei diterbitkan dengan ambang terbit."))
    return redirect(address(request, "wave", survey, wave))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def fill(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """Fill a wave with invented answers, so that the pages can be tried; the survey says so for ever."""
    count = fill_synthetic(request.actor, agency=request.place.code, survey=survey, wave=wave, n=SYNTHETIC)
    messages.success(request, _("%(n)s jawaban data sintetis diisikan.") % {"n": count})
    return redirect(address(request, "wave", survey, wave))


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def data(request: InsideRequest, survey: str, wave: str) -> HttpResponse:
    """The answers of a closed wave as CSV with labels, suppressed by the stricter threshold."""
    with tempfile.TemporaryDirectory(prefix="selaras-survei-") as folder:
        path = export_survey(
            request.actor, agency=request.place.code, survey=survey, wave=wave, output=Path(folder)
        )  # fmt: skip
        return attachment(path.read_bytes(), path.name)
