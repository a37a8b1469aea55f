"""Report books as the store knows them: from a row to the book of `core`, their folder, and the agencies in one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from selaras.core.errors import NotFound
from selaras.core.nation.books import Book, Origin, Rhythm, is_due
from selaras.core.period import Period, Span
from selaras.store.models import Agency, ReportBook, ReportEdition
from selaras.store.models.nation import BookState
from selaras.store.models.work import EditionState

MARGIN = timedelta(minutes=5)
"""Before the beginning of a run: a report that was frozen then may have been too late for it. To look again is cheap."""
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


def waiting_books(rows: Iterable[ReportBook], today: date) -> list[ReportBook]:
    """Those of `rows` that have to be made: due, not brought to an end, or with editions that changed since their last run.

    Asks the database once for all of them.
    """
    due: list[ReportBook] = []
    others: list[ReportBook] = []
    for row in rows:
        if row.asked or row.state == BookState.RUNNING.value:  # also a book that does not follow its rhythm
            due.append(row)
        elif row.active:
            (due if is_due(book_of(row), today, last=row.last_period) else others).append(row)
    sought = {row.pk: (begun, book_of(row)) for row in others if (begun := _asks_since(row)) is not None}
    since = min((begun for begun, _ in sought.values()), default=None)
    changes = (
        list(ReportEdition.objects.filter(changed_at__gte=since).values_list("year", "agency__code", "changed_at"))
        if since
        else []
    )
    for row in others:
        begun, book = sought.get(row.pk, (None, None))
        if begun and book and any(
            year == book.period(today).year and at >= begun and (not book.agencies or agency in book.agencies)
            for year, agency, at in changes
        ):  # fmt: skip
            due.append(row)
    return sorted(due, key=lambda row: row.code)


def _asks_since(row: ReportBook) -> datetime | None:
    """From when on a frozen, published or withdrawn report changes what a book holds; None where it never does.

    A book that is made once and is whole stays as it is.
    """
    if row.origin == Origin.LIVE.value or row.last_at is None:
        return None
    if row.rhythm == Rhythm.ONCE.value and row.state == BookState.WHOLE.value:
        return None
    return row.last_at - timedelta(seconds=int(row.last_summary.get("detik", 0))) - MARGIN


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
