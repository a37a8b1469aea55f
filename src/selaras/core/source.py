"""What came out of reading a file: the document, where everything stood, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selaras.core.document import Document


class Form(StrEnum):
    """The form of a file that was read."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    TEXT = "txt"


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was understood.

    `document` holds headings, paragraphs and tables in reading order, each with its place (page, for text files the
    1-based line, table, row, column, exact quotation). `pages` is 0 where the form has no pages. `unreadable` names the
    pages that are only a picture. `contents` and `lists` keep the printed table of contents and lists of tables as read:
    they are not part of the text. `margins` are running headers and footers, once each. `notes` say in Indonesian what
    the reader was unsure of. `attachment` is our own attached data where the file carries them.
    """

    source: str
    form: Form
    document: Document
    pages: int = 0
    unreadable: tuple[int, ...] = ()
    contents: tuple[Entry, ...] = ()
    lists: tuple[Entry, ...] = ()
    margins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a printed table of contents or list of tables: its text without leaders, the page it names, its place."""

    text: str
    page: str
    line: int | None = None
    on_page: int | None = None
