"""Papers of service: the yearly report of a register, the publication sheet of a survey and its answers as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from selaras.actions._files import sha256_of, written
from selaras.actions._people import words
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.document import Document
from selaras.core.errors import Fault, Refusal
from selaras.core.reporting import satisfaction, service_report
from selaras.documents.package import comma_table
from selaras.documents.write import FORMATS, write
from selaras.store.register_figures import year_sheet
from selaras.store.service_surveys import RoundSheet, find_round, public_sheet, responses_of, round_sheet
from selaras.store.snapshot import find_agency

LONGEST_OBSTACLES = 4000


def compose_service_report(
    by: Actor, *, agency: str, register: str, year: int, form: str, output: Path, obstacles: str = ""
) -> Path:
    """Write the yearly service report of a register into the folder `output`; counts only, of any register.

    `obstacles` are constraints, cost and resources in the agency's own words. Raises Refusal for an unknown form,
    NotAllowed, NotFound, CannotRun.
    """
    _refuse_form(form)
    check_somewhere(by, Act.EXPORT_REGISTER, agency)
    today = timezone.localdate()
    sheet = year_sheet(by, agency, register, year, today)
    definition = sheet.held.register
    document = service_report.compose(
        service_report.ServiceYear(
            sheet.held.row.agency.name, definition.name, definition.about, definition.source.text, year, today,
            tuple((line.rule.name, line.counted.figure if line.counted else None, line.refused) for line in sheet.figures),
            sheet.tables, sheet.rating, words(obstacles, "Kendala", empty=True, most=LONGEST_OBSTACLES),
        )
    )  # fmt: skip
    path = output / f"laporan-layanan-{_safe(register)}-{year}.{form}"
    _write(document, path)
    with traced(by, action="menyusun laporan layanan", agency=agency) as trace:
        trace |= {"register": register, "year": year, "files": {path.name: sha256_of(path)}}
    return path


def compose_sheet(by: Actor, *, agency: str, code: str, form: str, output: Path) -> Path:
    """Write the publication sheet of a round into the folder `output`. Raises Refusal, NotAllowed, NotFound, CannotRun."""
    _refuse_form(form)
    check_somewhere(by, Act.EXPORT_REGISTER, agency)
    path = _sheet_file(agency, round_sheet(by, agency, code), code, form, output)
    with traced(by, action="menyusun lembar SKM", agency=agency) as trace:
        trace |= {"round": code, "files": {path.name: sha256_of(path)}}
    return path


def compose_public_sheet(by: Actor, *, agency: str, code: str, output: Path) -> Path:
    """Write the publication sheet of a published round as PDF for anybody; a public reading leaves no record.

    Raises NotFound, CannotRun.
    """
    del by
    return _sheet_file(agency, public_sheet(agency, code), code, "pdf", output)


def export_answers(by: Actor, *, agency: str, code: str) -> bytes:
    """The answers of a round as a table with commas, a line for each respondent; nothing tells who it was.

    Suggestions stay out: people write names into them. Raises NotAllowed, NotFound.
    """
    with traced(by, action="mengekspor jawaban survei", agency=agency, act=Act.SERVE) as trace:
        found = find_round(agency, code)
        elements = found.survey.elements
        listed = sorted(responses_of(found), key=lambda item: (item.service, sorted(item.answers.items())))
        trace |= {"round": code, "count": len(listed)}
    lines = ([item.service, *(item.answers.get(one.code, "") for one in elements)] for item in listed)
    return comma_table(["Layanan", *(item.name for item in elements)], lines)


def _sheet_file(agency: str, sheet: RoundSheet, code: str, form: str, output: Path) -> Path:
    row = sheet.round.row
    told = satisfaction.Sheet(
        find_agency(agency)[1].name, row.title, sheet.round.survey, row.since, row.until, sheet.result, sheet.services,
        row.population, sheet.needed, tuple(_planned(sheet)),
    )  # fmt: skip
    path = output / f"skm-{_safe(code)}.{form}"
    _write(satisfaction.compose(told), path)
    return path


def _planned(sheet: RoundSheet) -> Iterator[satisfaction.PlannedAction]:
    names = {item.code: item.name for item in sheet.round.survey.elements}
    for row in sheet.plan:
        yield satisfaction.PlannedAction(
            names.get(row.element, row.element), row.action, row.responsible, row.due, row.done_on
        )


def _refuse_form(form: str) -> None:
    if form not in FORMATS:
        raise Refusal(f"Format {form} tidak dikenal.", Fault("format", read=form, expected=", ".join(FORMATS)))


def _write(document: Document, path: Path) -> None:
    with written(path) as draft:
        write(document, path.suffix[1:], draft)


def _safe(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-").lower()[:60] or "tanpa-kode"
