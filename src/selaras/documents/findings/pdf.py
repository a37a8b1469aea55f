"""The reviewed PDF itself: findings listed in front, highlights, comments and numbers at the figures."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from selaras.core.document import Document
from selaras.core.reporting.findings_report import compose
from selaras.core.source import Form
from selaras.documents.findings.marks import marked, marks
from selaras.documents.findings.result import Reviewed
from selaras.documents.write import write
from selaras.documents.write.delivery import deliver


def write_pdf(reviewed: Reviewed, path: Path) -> None:
    """The reviewed files as one PDF: those that are PDF with marks on their own pages, behind the list of findings.

    Raises CannotRun if it cannot be written, Refusal if a PDF cannot be copied.
    """
    front = compose(
        reviewed.source, reviewed.unit, reviewed.year or 0, reviewed.findings,
        notes=[f"{reviewed.unread()}."] if reviewed.reading.unreadable else (), waived=reviewed.waived,
    )  # fmt: skip
    numbers = [at for at, part in enumerate(reviewed.made_of) if part.form is Form.PDF and at < len(reviewed.files)]
    if not numbers:
        write(front, "pdf", path)
        return
    places = {old: new for new, old in enumerate(numbers)}
    wanted = [replace(mark, file=places[mark.file]) for mark in marks(reviewed) if mark.file in places]
    deliver(marked([reviewed.files[at] for at in numbers], wanted, _pdf(front)), path)


def _pdf(document: Document) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        cover = Path(folder) / "front.pdf"
        write(document, "pdf", cover)
        return cover.read_bytes()
