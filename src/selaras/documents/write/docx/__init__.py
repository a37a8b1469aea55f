"""A Document as an editable DOCX: true styles, fields for contents and captions, figures that a machine reads back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from selaras.core.document import Document
from selaras.core.errors import CannotRun
from selaras.documents.write.docx.anchors import find_anchors
from selaras.documents.write.docx.body import body_xml
from selaras.documents.write.docx.lists import numbering_xml
from selaras.documents.write.docx.package import (
    Package,
    add_attachment,
    add_properties,
    language_tag,
    read_attachment,
)
from selaras.documents.write.docx.pictures import draw_all
from selaras.documents.write.docx.story import Story
from selaras.documents.write.docx.styles import settings_xml, styles_xml
from selaras.documents.write.docx.typefaces import add_fonts

__all__ = ["docx_bytes", "read_attachment", "write_docx"]


def write_docx(document: Document, path: Path, *, files: Callable[[str], bytes] | None = None) -> None:
    """Write `document` as DOCX to `path`; `files` gives the bytes of a photo by its name.

    A photo that is missing or broken becomes a frame with words. Text is escaped; characters that XML forbids are
    dropped. The same document gives the same bytes. Raises CannotRun if the file cannot be written or a chart
    cannot be drawn, ValueError for a table whose cells do not fit into its columns.
    """
    content = docx_bytes(document, files=files)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as broken:
        beside.unlink(missing_ok=True)
        raise CannotRun(f"Berkas {path.name} tidak dapat ditulis: {broken.strerror}.") from broken


def docx_bytes(document: Document, *, files: Callable[[str], bytes] | None = None) -> bytes:
    """The DOCX of `document` in memory; see `write_docx`."""
    package = Package()
    story = Story(document, find_anchors(document.blocks), package, draw_all(document.blocks), files)
    language = language_tag(document)
    package.add_part("styles", "styles", styles_xml(language))
    package.add_part("settings", "settings", settings_xml(language))
    package.set_main(body_xml(story))
    package.add_part("numbering", "numbering", numbering_xml(story.lists))
    add_fonts(package)
    add_properties(package, document)
    add_attachment(package, document)
    return package.packed()
