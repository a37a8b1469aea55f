"""The HTML writer: one file that needs nothing else, in which every computed figure shows how it came about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from selaras.core.document import Document
from selaras.documents.write.delivery import deliver
from selaras.documents.write.html.page import excerpt, page

__all__ = ["excerpt", "page", "write_html"]


def write_html(document: Document, path: Path, *, files: Callable[[str], bytes] | None = None) -> None:
    """Write `document` as one self-contained HTML file (UTF-8) to `path`; `files` gives a photo's bytes by its name.

    The file asks nothing of any network and runs no script. The same document gives the same bytes. Raises CannotRun
    if `path` cannot be written.
    """
    deliver(page(document, files=files).encode(), path)
