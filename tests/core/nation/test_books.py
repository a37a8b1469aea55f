"""When a report book is due, and which books do not fit together."""

from datetime import date

import pytest

from selaras.core.errors import Refusal
from selaras.core.nation.books import Book, Rhythm, faults_of, is_due, last_ended
from selaras.core.period import Period, Span
from selaras.core.reporting import KINDS
from selaras.documents.write import FORMATS


@pytest.mark.parametrize(
    ("span", "day", "expected"),
    [
        (Span.YEAR, date(2025, 1, 1), Period(2024)),
        (Span.QUARTER, date(2025, 3, 31), Period(2024, Span.QUARTER, 4)),
        (Span.QUARTER, date(2025, 4, 1), Period(2025, Span.QUARTER, 1)),
        (Span.MONTH, date(2025, 1, 31), Period(2024, Span.MONTH, 12)),
        (Span.MONTH, date(2025, 12, 1), Period(2025, Span.MONTH, 11)),
    ],
)
def test_a_book_is_about_the_span_that_ended_last(span, day, expected):
    assert last_ended(span, day) == expected


def test_a_book_is_due_once_for_each_span_or_when_asked():
    book = Book("B", "Buku", ("lkjip",), rhythm=Rhythm.YEARLY)
    today = date(2025, 2, 1)
    assert is_due(book, today, last="")
    assert not is_due(book, today, last="Tahun 2024")
    assert is_due(book, today, last="Tahun 2024", asked=True)
    with pytest.raises(Refusal, match="tahun"):
        Book("B", "Buku", ("lkjip",)).period(today)


def test_what_does_not_fit_is_named():
    wrong = Book("", "Buku", ("triwulan", "puisi"), formats=("exe",), rhythm=Rhythm.YEARLY)
    told = " ".join(fault.sentence() for fault in faults_of(wrong, kinds=KINDS, formats=FORMATS))
    for word in ("kode", "puisi", "exe", "triwulan tidak sesuai"):
        assert word in told
    assert not faults_of(Book("B", "Buku", ("triwulan",), rhythm=Rhythm.QUARTERLY), kinds=KINDS, formats=FORMATS)
    assert faults_of(Book("B", "Buku", ("lkjip",)), kinds=KINDS, formats=FORMATS)[0].message == "tahun"


@pytest.mark.parametrize(
    ("year", "span", "index"), [(2024, Span.QUARTER, 7), (2024, Span.YEAR, 2), (9999, Span.YEAR, 1)]
)
def test_a_period_that_no_calendar_has_is_refused(year, span, index):
    book = Book("B", "Buku", ("lkjip",), year=year, span=span, index=index)
    assert faults_of(book, kinds=KINDS, formats=FORMATS)[0].message == "periode tidak ada"
