"""The XLSX writer: every captioned table on a sheet of its own, with formulas that calculate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from selaras.core.document import Document
from selaras.documents.write.delivery import deliver
from selaras.documents.write.xlsx.book import book


def write_xlsx(document: Document, path: Path, *, files: Callable[[str], bytes] | None = None) -> None:  # noqa: ARG001 (every writer is called alike; there are no photos here)
    """Write the captioned tables of `document` as a workbook to `path`: a list of them first, the data last.

    A form, whose tables have no captions, is written as it is printed.

    The same document gives the same bytes. Raises CannotRun if `path` cannot be written.
    """
    deliver(book(document), path)
