"""The working paper of the reviewer as a document: PDF, HTML or DOCX."""

from __future__ import annotations

from pathlib import Path

from selaras.core.law import Law
from selaras.core.reporting.working_paper import compose
from selaras.documents.findings.result import Reviewed
from selaras.documents.write import write


def write_paper(reviewed: Reviewed, law: Law, form: str, path: Path) -> None:
    """Write the checklist, the findings and the blank statement as `form` (pdf, html, docx) to `path`.

    Raises Refusal for another form, CannotRun if the file cannot be written.
    """
    paper = compose(
        reviewed.source, reviewed.unit, reviewed.year, reviewed.findings, law, waived=reviewed.waived,
        notes=[f"{reviewed.unread()}."] if reviewed.reading.unreadable else (),
    )  # fmt: skip
    write(paper, form, path)
