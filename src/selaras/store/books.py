"""Report books as the store knows them: from a row to the book of `core`, their folder, and the agencies in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from selaras.core.errors import NotFound
from selaras.core.nation.books import Book, Origin, Rhythm
from selaras.core.period import Period, Span
from selaras.store.models import Agency, ReportBook, ReportEdition
from selaras.store.models.work import EditionState

STANDING = {
    Origin.PUBLISHED: (EditionState.PUBLISHED,),
    Origin.FROZEN: (EditionState.FROZEN, EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.PUBLISHED),
}

INDEX = "indeks.json"
PAPERS = ("indeks.xlsx", "kegagalan.xlsx", "kegagalan.txt", INDEX)
"""The lists that lie beside the documents of a book."""


def books_folder() -> Path:
    """The folder of all books."""
    return Path(settings.DATA) / "books"


def book_folder(book: Book, period: Period) -> Path:
    """Where a run of a book about a period lies; any code makes exactly one safe folder name."""
    part = f"{period.year}" if period.span is Span.YEAR else f"{period.year}-{period.span.value}-{period.index}"
    return books_folder() / quote(book.code, safe="").replace(".", "%2E") / part


def book_of(row: ReportBook) -> Book:
    """The book of a row."""
    return Book(
        row.code, row.name, tuple(row.kinds), tuple(row.agencies), tuple(row.formats), Origin(row.origin),
        Rhythm(row.rhythm), row.year, Span(row.span), row.index,
    )  # fmt: skip


def find_book(code: str) -> ReportBook:
    """A book by its code. Raises NotFound."""
    row = ReportBook.objects.filter(code=code).first()
    if row is None:
        raise NotFound(f"Buku laporan {code} tidak ditemukan.")
    return row


def offices_of(book: Book) -> list[tuple[str, str]]:
    """Code and name of the agencies of a book, in the order of their codes; codes that nobody knows have no name."""
    rows = Agency.objects.order_by("code").values_list("code", "name")
    if not book.agencies:
        return list(rows)
    known = dict(rows.filter(code__in=book.agencies))
    return [(code, known.get(code, "")) for code in sorted(book.agencies)]


def lines_of(row: ReportBook) -> list[dict[str, Any]]:
    """Every document of the book's last whole run as its index tells it; none before there was one."""
    try:
        told = json.loads((books_folder() / row.folder / INDEX).read_text("utf-8")) if row.folder else {}
    except (OSError, ValueError):  # taken away, or being written by another version
        return []
    found: list[dict[str, Any]] = told.get("documents", [])
    return found


def papers_of(row: ReportBook) -> list[str]:
    """The names of the lists beside the documents that are there."""
    return [name for name in PAPERS if row.folder and (books_folder() / row.folder / name).is_file()]


def file_of(row: ReportBook, name: str) -> Path:
    """A document or list of the book's last whole run. Raises NotFound for any other name."""
    known = {told[0] for line in lines_of(row) for told in line["files"]} | set(papers_of(row))
    path = books_folder() / row.folder / name
    if name not in known or Path(name).name != name or not path.is_file():
        raise NotFound(f"Berkas {name[:100]} tidak ada dalam buku laporan {row.code}.")
    return path


def edition_for(agency: str, year: int, kind: str, origin: Origin, period: Period | None) -> ReportEdition | None:
    """The newest edition whose frozen data a book may use: of the same kind, else of the annual report of the year."""
    states = [state.value for state in STANDING[origin]]
    rows = ReportEdition.objects.select_related("agency").filter(agency__code=agency, year=year, state__in=states)
    same = rows.filter(kind=kind)
    if period is not None and period.span is not Span.YEAR:
        same = same.filter(span=period.span.value, index=period.index)
    return same.order_by("-version").first() or rows.filter(kind="lkjip").order_by("-version").first()
