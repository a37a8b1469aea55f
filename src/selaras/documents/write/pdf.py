"""The PDF writer: a tagged PDF/A-3a with contents, bookmarks, page labels and the data attached as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from selaras.core.document import Document
from selaras.documents.write.typeset import typeset
from selaras.documents.write.typst_source import typst_source


def write_pdf(document: Document, path: Path, *, files: Callable[[str], bytes] | None = None) -> None:
    """Write `document` as PDF to `path`; `files` gives the bytes of a photo by its name.

    The time of creation in the file is the last day of the document's year, so that the same document always gives
    the same bytes. Raises CannotRun if the typesetter cannot finish or `path` cannot be written.
    """
    source, needed = typst_source(document, files=files)
    typeset(source, needed, path, created=created(document.year))


def created(year: int) -> int:
    """The time written into a document of `year`: 31 December, midnight UTC, in seconds since 1970."""
    return int(datetime(year, 12, 31, tzinfo=UTC).timestamp())
