"""The publication sheet of a satisfaction survey (SKM): value, band, elements, services, follow-up; never an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.document import Align, Cell, Division, Document, Fields, PageNumbers, Row, Tone, text
from selaras.core.numerals import format_number
from selaras.core.registers.survey import ServiceSurvey, SurveyBand, SurveyResult
from selaras.core.reporting.composition import Composition, cell, columns, head, reference

KIND = "skm"
LEAST_SHOWN = 5
"""A service with fewer respondents is counted in the whole but not shown by itself: its few might be known (practice)."""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One line of the follow-up plan as it is printed."""

    element: str
    action: str
    responsible: str
    due: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the publication sheet tells."""

    agency: str
    title: str
    survey: ServiceSurvey
    since: date
    until: date
    result: SurveyResult
    services: Mapping[str, SurveyResult]
    population: int | None
    needed: int | None
    plan: tuple[PlannedAction, ...]


def compose(told: Sheet) -> Document:
    """The sheet of one round."""
    out = Composition()
    out.begin("1")
    out.add(Division(PageNumbers.ARABIC, running=told.agency, restart=True))
    out.heading(2, told.title)
    result = told.result
    rows = [
        ("Instansi", told.agency), ("Masa survei", f"{format_date(told.since)} sampai {format_date(told.until)}"),
        ("Nilai SKM", shown(result.converted, told.survey.places)), ("Mutu pelayanan", band_words(result.band)),
        ("Responden", format_number(Decimal(result.respondents))),
    ]  # fmt: skip
    if told.needed is not None and told.population is not None:
        least = format_number(Decimal(told.needed))
        rows.append(
            ("Responden menurut rumus", f"{least} dari {format_number(Decimal(told.population))} penerima layanan")
        )
    out.add(Fields(tuple(rows)))
    if told.needed is not None and result.respondents < told.needed:
        out.note(
            f"Responden kurang {format_number(Decimal(told.needed - result.respondents))} dari jumlah menurut rumus."
        )
    if result.weight is not None:
        out.note(f"Bobot {format_number(result.weight)} dipakai hanya untuk mengulang angka laporan lama.")
    _elements(out, told)
    _services(out, told)
    _plan(out, told)
    out.note(
        f"Dasar: {told.survey.source.text}. Bobot setiap unsur sama; nilai dibulatkan setengah ke atas, dua desimal."
    )
    return Document(told.title, KIND, told.agency, told.until.year, tuple(out.blocks), subject=told.survey.name)


def shown(amount: Decimal | None, places: int) -> str:
    """A value with its decimals, or a dash."""
    return "–" if amount is None else format_number(amount, places=places)


def band_words(band: SurveyBand | None) -> str:
    """A band as people read it: `B (Baik)`."""
    return f"{band.letter} ({band.name})" if band else "–"


def _elements(out: Composition, told: Sheet) -> None:
    body = [
        Row((cell(item.element.name), _right(str(item.answered)), _right(shown(item.mean, 3)),
             _right(shown(item.converted, told.survey.places)), _band(item.band)))
        for item in told.result.elements
    ]  # fmt: skip
    table = out.table(
        "unsur", "Nilai setiap unsur", columns((4, "l"), (1, "r"), (1, "r"), (1, "r"), (2, "c")),
        [head("Unsur", "Jawaban", "Rata-rata", "Nilai", "Mutu")], body,
    )  # fmt: skip
    out.generated("Nilai setiap unsur tercantum pada ", reference(table), ".")
    out.add(table)


def _services(out: Composition, told: Sheet) -> None:
    if len(told.services) < 2:
        return
    body = []
    for name, result in told.services.items():
        few = result.respondents < LEAST_SHOWN
        value, band = ("terlalu sedikit", cell("–")) if few else (shown(result.converted, 2), _band(result.band))
        body.append(Row((cell(name), _right(format_number(Decimal(result.respondents))), _right(value), band)))
    table = out.table(
        "layanan", "Nilai setiap layanan", columns((4, "l"), (1, "r"), (2, "r"), (2, "c")),
        [head("Layanan", "Responden", "Nilai", "Mutu")], body,
    )  # fmt: skip
    out.generated("Nilai setiap layanan tercantum pada ", reference(table), ".")
    out.add(table)


def _plan(out: Composition, told: Sheet) -> None:
    out.heading(3, "Rencana tindak lanjut")
    if not told.plan:
        out.empty("Rencana tindak lanjut belum disusun.")
        return
    body = [
        Row((cell(item.element), cell(item.action), cell(item.responsible or "–"),
             cell(format_date(item.due) if item.due else "–"),
             cell(f"selesai {format_date(item.done_on)}" if item.done_on else "belum selesai")))
        for item in told.plan
    ]  # fmt: skip
    table = out.table(
        "rencana", "Rencana tindak lanjut", columns((2, "l"), (3, "l"), (2, "l"), (2, "l"), (2, "l")),
        [head("Unsur", "Tindakan", "Penanggung jawab", "Sampai", "Keadaan")], body,
    )  # fmt: skip
    out.generated("Tindak lanjut tercantum pada ", reference(table), ".")
    out.add(table)


def _right(words: str) -> Cell:
    return Cell(text(words), align=Align.RIGHT)


def _band(band: SurveyBand | None) -> Cell:
    return Cell(text(band_words(band)), align=Align.CENTER, tone=band.tone if band else Tone.NONE)
