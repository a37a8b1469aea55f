"""From a Document to a file: one writer per format, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from selaras.core.document import Document
from selaras.core.errors import Fault, Refusal

FORMATS = ("pdf", "docx", "html", "xlsx")

FileSource = Callable[[str], bytes]


def write(document: Document, format: str, path: Path, *, files: FileSource | None = None) -> None:  # noqa: A002 - the word of the command line
    """Write `document` as `format` (one of FORMATS) to `path`; `files` gives the bytes of a photo by its name.

    Raises Refusal for an unknown format, CannotRun if the file cannot be made.
    """
    if format not in FORMATS:
        expected = " atau ".join(FORMATS)
        fault = Fault("Bentuk berkas tidak dikenal", read=format, expected=expected, remedy="Pilih salah satunya.")
        raise Refusal("Dokumen tidak ditulis.", fault)
    writer = import_module(f"selaras.documents.write.{format}")
    getattr(writer, f"write_{format}")(document, path, files=files)
