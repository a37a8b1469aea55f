"""Report books: kept, and made on a pool of processes from the data of many agencies; resumable after any end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from selaras.actions._book_document import Job
from selaras.actions._book_runner import STATE, StateFile, alone, clear_old, run_jobs
from selaras.actions._files import written
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_everywhere, may
from selaras.core.errors import Fault, Refusal
from selaras.core.nation.books import Book, faults_of
from selaras.core.period import Period
from selaras.core.reporting import KINDS
from selaras.documents import books as papers
from selaras.documents.books import BookLine
from selaras.documents.write import FORMATS
from selaras.store.books import book_folder, book_of, books_folder, find_book, offices_of, waiting_books
from selaras.store.models import ReportBook
from selaras.store.models.nation import BookState

KIND = ReportBook.__name__
MOST_WORKERS = 64
OWN_FIELDS = ("name", "agencies", "kinds", "formats", "origin", "rhythm", "year", "span", "index", "active", "asked",
              "changed_by", "changed_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """How a run went: the documents line by line, where they lie, and how long it took."""

    book: str
    period: str
    folder: Path
    lines: tuple[BookLine, ...]
    seconds: float

    def count(self, state: str) -> int:
        """How many documents are `baru`, `tetap` or `gagal`."""
        return sum(line.state == state for line in self.lines)

    def summary(self) -> dict[str, int | str]:
        """The run in figures."""
        counts = {name: self.count(name) for name in ("baru", "tetap", "gagal")}
        faulty = sum(bool(line.errors) for line in self.lines)
        return {"dokumen": len(self.lines), **counts, "berkesalahan": faulty, "detik": round(self.seconds)}


def save_book(by: Actor, *, book: Book, active: bool = True) -> ReportBook:
    """Keep a book under its code, new or changed. Raises Refusal for what does not fit together, NotAllowed."""
    with traced(by, action="menyimpan buku laporan") as trace:
        check_everywhere(by, Act.KEEP_BOOKS)
        faults = list(faults_of(book, kinds=KINDS, formats=FORMATS))
        faults += [
            Fault("instansi tidak dikenal", read=code, expected="kode instansi")
            for code, name in offices_of(book)
            if not name and book.agencies
        ]
        if faults:
            raise Refusal(f"Buku laporan {book.code} tidak disimpan.", *faults)
        row = ReportBook.objects.filter(code=book.code).first() or ReportBook(
            code=book.code, state=BookState.NEVER.value
        )
        before = book_of(row) if row.pk else None
        row.name, row.agencies, row.kinds, row.formats = (
            book.name,
            list(book.agencies),
            list(book.kinds),
            list(book.formats),
        )
        row.origin, row.rhythm, row.year = book.origin.value, book.rhythm.value, book.year
        row.span, row.index, row.active, row.changed_by = book.span.value, book.index, active, by.name
        begun = row.state != BookState.NEVER.value
        row.asked = row.asked or (begun and before is not None and _scope(before) != _scope(book))
        row.save(update_fields=OWN_FIELDS if row.pk else None)  # a run that ends meanwhile writes the others
        for name in Book.__slots__:
            old, new = getattr(before, name, ""), getattr(book, name)
            if old != new:
                trace.changed(KIND, book.code, name, _words(old), _words(new))
        trace["book"] = book.code
    return row


def remove_book(by: Actor, *, code: str) -> None:
    """Forget a book; what it made stays where it lies. Raises NotFound and NotAllowed."""
    with traced(by, action="menghapus buku laporan") as trace:
        check_everywhere(by, Act.KEEP_BOOKS)
        row = find_book(code)
        trace.changed(KIND, code, "name", row.name, "")
        trace["book"] = code
        row.delete()


def ask_for_book(by: Actor, *, code: str) -> None:
    """Have a book made at the next turn of the timer, due or not. Raises NotFound and NotAllowed."""
    with traced(by, action="meminta penyusunan buku laporan") as trace:
        check_everywhere(by, Act.KEEP_BOOKS)
        row = find_book(code)
        row.asked = True
        row.save(update_fields=["asked"])
        trace["book"] = code


def due_books(by: Actor, *, today: date) -> list[str]:
    """The codes of the books that have to be made. Leaves no record: it only asks. Raises NotAllowed."""
    check_everywhere(by, Act.KEEP_BOOKS)
    return [row.code for row in waiting_books(ReportBook.objects.all(), today)]


def run_book(
    by: Actor, *, code: str, today: date, workers: int = 0, told: Callable[[BookLine], None] | None = None
) -> Made:
    """Make every document of a kept book, beside each other on `workers` processes (0: one for each processor).

    What an earlier run finished from the same data stays. Ends with an index, and with one summary of what failed. Raises
    NotFound, NotAllowed, and Refusal while the book is being made by another process.
    """
    with traced(by, action="mulai menyusun buku laporan") as trace:
        check_everywhere(by, Act.KEEP_BOOKS)
        row = find_book(code)
        book = book_of(row)
        period = book.period(today)
        trace |= {"book": code, "period": period.name}
    folder = book_folder(book, period)
    with alone(folder):
        ReportBook.objects.filter(pk=row.pk).update(state=BookState.RUNNING.value, asked=False)
        made = _made(book, period, folder, workers, told, own=True)
        with traced(by, action="menyusun buku laporan") as trace:
            check_everywhere(by, Act.KEEP_BOOKS)
            state = BookState.PARTLY if made.count("gagal") else BookState.WHOLE
            if any(line.passing for line in made.lines):  # the next turn tries again
                ReportBook.objects.filter(pk=row.pk).update(asked=True)
            ReportBook.objects.filter(pk=row.pk).update(
                state=state.value, last_period=period.name, last_at=timezone.now(),
                last_summary=made.summary(), folder=folder.relative_to(books_folder()).as_posix(),
            )  # fmt: skip
            trace |= {"book": code, "period": period.name, **made.summary()}
    return made


def run_reports(
    by: Actor,
    *,
    book: Book,
    today: date,
    workers: int = 0,
    folder: Path,
    told: Callable[[BookLine], None] | None = None,
) -> Made:
    """Make the documents of a book that is not kept, into a folder. Resumable too.

    Raises Refusal, and NotAllowed unless the actor may compose for every agency in it.
    """
    with traced(by, action="menyusun dokumen banyak instansi") as trace:
        offices = offices_of(book)
        if not book.agencies or not all(may(by, Act.COMPOSE, agency) for agency, _ in offices):
            check_everywhere(by, Act.COMPOSE)
        faults = faults_of(book, kinds=KINDS, formats=FORMATS)
        if faults:
            raise Refusal("Dokumen tidak disusun.", *faults)
        trace |= {"offices": len(offices), "kinds": ", ".join(book.kinds)}
    with alone(folder):
        return _made(book, book.period(today), folder, workers, told)


def _made(
    book: Book,
    period: Period,
    folder: Path,
    workers: int,
    told: Callable[[BookLine], None] | None,
    *,
    own: bool = False,
) -> Made:
    """Make the documents into a folder; the book's `own` keeps nothing that the book no longer names."""
    started = time.monotonic()
    jobs = [
        Job(
            agency,
            office,
            kind,
            period.year,
            period.span.value,
            period.index,
            book.origin.value,
            book.formats,
            str(folder),
        )
        for kind in book.kinds
        for agency, office in offices_of(book)
    ]
    processes = min(workers or os.cpu_count() or 1, MOST_WORKERS)
    state = StateFile(folder / STATE)
    try:
        lines = run_jobs(jobs, Path(settings.DATA), workers=processes, state=state, told=told)
        found = {job.key: line for job, line in zip(jobs, lines, strict=True)}
        clear_old(folder, found, state, book.formats, own=own)
    finally:
        state.close()
    made = Made(book.code, period.name, folder, tuple(lines), time.monotonic() - started)
    _write_papers(folder, lines, f"{book.name} – {period.name}")
    return made


def _write_papers(folder: Path, lines: Sequence[BookLine], title: str) -> None:
    files: dict[str, bytes] = {
        "indeks.xlsx": papers.index_sheet(lines),
        "indeks.html": papers.index_page(lines, title).encode(),
        "indeks.json": papers.index_data(lines, title).encode(),
    }
    failed = {"kegagalan.xlsx": b"", "kegagalan.txt": b""}
    if any(line.state == "gagal" for line in lines):
        failed = {
            "kegagalan.xlsx": papers.failures_sheet(lines), "kegagalan.txt": papers.failures_text(lines, title).encode()
        }  # fmt: skip
    for name, content in (files | failed).items():
        if not content:
            (folder / name).unlink(missing_ok=True)
            continue
        with written(folder / name) as draft:
            draft.write_bytes(content)


def _scope(book: Book) -> tuple[tuple[str, ...] | str, ...]:
    """What a book holds; if that changes, what was made before is no longer the book."""
    return book.kinds, book.agencies, book.formats, book.origin.value


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
