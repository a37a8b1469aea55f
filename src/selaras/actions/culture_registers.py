"""The counts of a register as a source of a study of work culture: what comes from outside, frozen on the day it was drawn."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from selaras.actions._culture import found, study_held
from selaras.actions._culture_sources import SOURCE, add_text
from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.calendar import format_date
from selaras.core.culture.sources import Method, lock
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import format_number
from selaras.core.registers.privacy import HIDDEN
from selaras.store import models as tables
from selaras.store.culture_rows import source_record
from selaras.store.register_figures import YearSheet, year_sheet


def draw_register(by: Actor, *, agency: str, study: str, register: str, year: int, code: str = "") -> str:
    """Draw the yearly counts of a register into a study as a locked source: context, no account of anybody.

    Figures and tables of the register's definition, none by a personal field; a later record changes nothing of it.
    Gives the code of the source. Raises Refusal for counts that were drawn on the same day already, NotFound, NotAllowed.
    """
    today = timezone.localdate()
    sheet = year_sheet(by, agency, register, year, today)
    name = sheet.held.register.name
    origin = f"Register {name}, {year}, dihitung {format_date(today)}"
    with study_held(by, agency, study, "menarik cacah register sebagai sumber studi") as (trace, held):
        if held.row.sources.filter(evidence=origin).exists():
            raise Refusal("Cacah register tidak ditarik.", Fault("cacah ini sudah menjadi sumber", read=origin))
        made = add_text(
            trace, held, by, title=f"{name} tahun {year} (cacah)", method=Method.DOCUMENT, held_on=today,
            text="\n".join(_lines(sheet, origin)), evidence=origin, code=code,
        )  # fmt: skip
        _locked(trace, found(tables.StudySource.objects.filter(study=held.row), made, "Sumber"), study)
        trace |= {"register": register, "year": year}
    return made


def _lines(sheet: YearSheet, origin: str) -> Iterator[str]:
    """The sheet as text: a figure a line, then each table as rows with tabs."""
    yield f"{origin}. Angka di bawah ini dibekukan dan tidak memuat data pribadi."
    for line in sheet.figures:
        yield f"{line.rule.name}: {line.counted.figure.told() if line.counted else line.refused}"
    personal = {item.code for item in sheet.held.register.fields if item.personal}
    for summary, rows in sheet.tables:
        yield ""
        yield summary.name
        if summary.by in personal:
            yield HIDDEN
            continue
        for label, amount in rows:
            yield f"{label}\t{format_number(amount)}"


def _locked(trace: Trace, row: tables.StudySource, study: str) -> None:
    row.seal = lock(source_record(row, ())).seal
    row.save()
    trace.changed(SOURCE, f"{study} {row.code}", "Kunci", "", row.seal)
