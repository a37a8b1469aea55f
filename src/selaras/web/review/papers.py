"""The working paper with the reviewer's answers in it, and every file that a review can be taken away as."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook

from selaras import __version__
from selaras.core.document import Document
from selaras.core.law import Law
from selaras.core.reporting.working_paper import Answers, compose
from selaras.documents.findings import Reviewed, as_json, as_sarif, write_html, write_pdf, write_xlsx
from selaras.documents.write import write
from selaras.web.review.case_page import Line

FORMS: dict[str, tuple[str, str]] = {
    "pdf": ("reviu.pdf", "application/pdf"),
    "xlsx": ("kertas-kerja.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("reviu.html", "text/html; charset=utf-8"),
    "json": ("reviu.json", "application/json"),
    "sarif": ("reviu.sarif", "application/sarif+json"),
    "kertas-kerja.pdf": ("kertas-kerja.pdf", "application/pdf"),
    "kertas-kerja.docx": (
        "kertas-kerja.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "kertas-kerja.html": ("kertas-kerja.html", "text/html; charset=utf-8"),
}
"""What can be downloaded: the end of the file's name and its type."""
CHECKLIST, FINDINGS = "Daftar uji", "Temuan"
ANSWER, NOTE, DECISION = "Ya/Tidak", "Catatan pereviu", "Keputusan pereviu"


def bytes_of(form: str, reviewed: Reviewed, law: Law, answers: Answers, lines: Sequence[Line]) -> bytes:
    """A review as one of `FORMS`. Raises Refusal and CannotRun of its writers."""
    if form == "json":
        return f"{json.dumps(as_json(reviewed), ensure_ascii=False, indent=1)}\n".encode()
    if form == "sarif":
        return f"{json.dumps(as_sarif([reviewed], version=__version__), ensure_ascii=False, indent=1)}\n".encode()
    if form == "html":
        return _written(form, lambda path: write_html(reviewed, path))
    if form == "pdf":
        return _written(form, lambda path: write_pdf(reviewed, path))
    if form == "xlsx":
        return with_answers(_written(form, lambda path: write_xlsx(reviewed, law, path)), answers, lines)
    kind = form.rpartition(".")[2]
    paper = working_paper(reviewed, law, answers)
    return _written(kind, lambda path: write(paper, kind, path))


def working_paper(reviewed: Reviewed, law: Law, answers: Answers) -> Document:
    """The working paper as a document: checklist with the reviewer's answers, findings, blank statement."""
    notes = [f"{reviewed.unread()}."] if reviewed.reading.unreadable else ()
    return compose(
        reviewed.source, reviewed.unit, reviewed.year, reviewed.findings, law, waived=reviewed.waived, notes=notes,
        answers=answers,
    )  # fmt: skip


def _words(given: tuple[str, str]) -> tuple[str, str]:
    return given[0].capitalize(), given[1]


def with_answers(content: bytes, answers: Answers, lines: Sequence[Line]) -> bytes:
    """The workbook with the reviewer's answers in the checklist and the judgements beside the findings."""
    book = load_workbook(io.BytesIO(content))
    sheet = book[CHECKLIST]
    heads = _heads(sheet)
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        given = answers.get(str(row[0] or ""))
        if given is not None:
            for head, words in zip((ANSWER, NOTE), _words(given), strict=True):
                _put(sheet.cell(number, heads[head]), words)
    sheet = book[FINDINGS]
    heads = _heads(sheet)
    standing = iter([line for line in lines if not line.is_waived])
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        line = next(standing, None) if str(row[0] or "").isdigit() else None
        if line is not None and line.judgement:
            _put(sheet.cell(number, heads[DECISION]), line.judgement.capitalize())
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heads(sheet: Any) -> dict[str, int]:
    """The column of each heading, from 1."""
    return {
        str(value): at
        for row in sheet.iter_rows(values_only=True)
        for at, value in enumerate(row, 1)
        if value in {ANSWER, NOTE, DECISION}
    }


def _put(cell: Any, words: str) -> None:
    """Words as words: what begins with an equals sign is no formula."""
    cell.value = words or None
    if words:
        cell.data_type = "s"


def _written(suffix: str, write_to: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory(prefix="selaras-reviu-") as folder:
        path = Path(folder) / f"hasil.{suffix}"
        write_to(path)
        return path.read_bytes()


def today() -> date:
    """The day whose law a review goes by: that of the reading, not of the report."""
    from django.utils import timezone

    return timezone.localdate()
