"""Report books: which documents of which agencies belong together, and when a book is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.errors import Fault, Refusal
from selaras.core.period import PER_YEAR, Period, Span


class Rhythm(StrEnum):
    """How often a book is made; each time it is about the span that ended last."""

    ONCE = "sekali"
    MONTHLY = "bulanan"
    QUARTERLY = "triwulanan"
    YEARLY = "tahunan"


class Origin(StrEnum):
    """Which data a book is composed from."""

    PUBLISHED = "data terbit"
    """The frozen data of the newest published edition, without personal data."""
    FROZEN = "data beku"
    """The frozen data of the newest edition that was not returned or withdrawn."""
    LIVE = "data berjalan"
    """The data as they stand on the day."""


SPANS = {Rhythm.MONTHLY: Span.MONTH, Rhythm.QUARTERLY: Span.QUARTER, Rhythm.YEARLY: Span.YEAR}
PERIODIC = {"triwulan": Span.QUARTER, "bulanan": Span.MONTH}
"""Kinds of document that are about a part of the year, and how long that is."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book by its code. No `agencies` is every agency; `year` (and `span`, `index`) fix what a single book is about."""

    code: str
    name: str
    kinds: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("pdf",)
    origin: Origin = Origin.LIVE
    rhythm: Rhythm = Rhythm.ONCE
    year: int | None = None
    span: Span = Span.YEAR
    index: int = 1

    def period(self, today: date) -> Period:
        """What the book is about if it is made today. Raises Refusal where a single book names no year."""
        if self.rhythm is not Rhythm.ONCE:
            return last_ended(SPANS[self.rhythm], today)
        if self.year is None:
            raise Refusal(f"Buku {self.code} belum mempunyai tahun.", Fault("tahun kosong", expected="tahun laporan"))
        return Period(self.year, self.span, self.index)


def last_ended(span: Span, today: date) -> Period:
    """The last span of that length that was over before `today`."""
    months = 12 // PER_YEAR[span]
    index = (today.month - 1) // months
    return Period(today.year, span, index) if index else Period(today.year - 1, span, PER_YEAR[span])


def is_due(book: Book, today: date, *, last: str, asked: bool = False) -> bool:
    """Whether a book has to be made: it was asked for, or what it is about is not what it was made about `last`."""
    return asked or book.period(today).name != last


def faults_of(book: Book, *, kinds: dict[str, str], formats: tuple[str, ...]) -> tuple[Fault, ...]:
    """What is wrong with a book: unknown kinds or formats, or a kind that does not fit the rhythm."""
    found = []
    if not book.code.strip() or not book.name.strip():
        found.append(Fault("kode dan nama buku harus diisi", expected="teks"))
    for what, given, known in (("jenis dokumen", book.kinds, tuple(kinds)), ("format", book.formats, formats)):
        wrong = [name for name in given if name not in known]
        if wrong or not given:
            found.append(Fault(what, read=", ".join(wrong) or "kosong", expected=", ".join(known)))
    span = SPANS.get(book.rhythm, book.span)
    for kind in book.kinds:
        wanted = PERIODIC.get(kind)
        if wanted is not None and wanted is not span:
            found.append(
                Fault(f"{kind} tidak sesuai dengan irama {book.rhythm}", expected=f"irama per {wanted}",
                      remedy="Ubah iramanya, atau keluarkan jenis dokumen itu.")
            )  # fmt: skip
    if book.rhythm is Rhythm.ONCE and book.year is None:
        found.append(Fault("tahun", read="kosong", expected="tahun laporan untuk buku yang dibuat sekali"))
    elif book.rhythm is Rhythm.ONCE:
        found += _unknown_period(book)
    return tuple(found)


def _unknown_period(book: Book) -> list[Fault]:
    """A period that the calendar does not have: one such book would keep every other from being asked whether it is due."""
    try:
        book.period(date.min)
    except ValueError:
        most = PER_YEAR[book.span]
        told = f"{book.span.value} {book.index} tahun {book.year}"
        return [Fault("periode tidak ada", read=told, expected=f"tahun 1900–2200 dan nomor periode 1–{most}")]
    return []
