"""Report books: who may keep them, what is recorded, and that a run from published data has no names in it."""

from datetime import date

import pytest

from selaras.actions import books
from selaras.core.access import Role, acting, operator
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.nation.books import Book, Origin, Rhythm
from selaras.store.models import AuditRecord, FieldChange, ReportBook

pytestmark = pytest.mark.django_db
BOOK = Book("TAHUNAN", "Semua LKjIP", ("lkjip",), origin=Origin.PUBLISHED, rhythm=Rhythm.YEARLY)
EVERYWHERE = acting("Perencana Pusat", {Role.PLANNER})
ONE = acting("Perencana Dinas", {Role.PLANNER}, ["DINAS"])


def test_a_book_is_kept_with_its_history_and_is_due_until_it_was_made():
    books.save_book(EVERYWHERE, book=BOOK)
    today = date(2025, 5, 1)
    assert books.due_books(EVERYWHERE, today=today) == ["TAHUNAN"]
    ReportBook.objects.update(last_period="Tahun 2024", state="lengkap")
    assert books.due_books(EVERYWHERE, today=today) == []
    books.ask_for_book(EVERYWHERE, code="TAHUNAN")
    assert books.due_books(EVERYWHERE, today=today) == ["TAHUNAN"]
    ReportBook.objects.update(asked=False, state="berjalan")
    assert books.due_books(EVERYWHERE, today=today) == ["TAHUNAN"]  # its run did not come to an end
    books.remove_book(EVERYWHERE, code="TAHUNAN")
    assert not ReportBook.objects.exists()
    assert {"kinds", "rhythm"} <= set(FieldChange.objects.filter(kind="ReportBook").values_list("field", flat=True))
    assert AuditRecord.objects.filter(action="menghapus buku laporan").exists()


def test_only_who_reaches_every_agency_keeps_books():
    for work in (
        lambda: books.save_book(ONE, book=BOOK),
        lambda: books.due_books(ONE, today=date(2025, 1, 1)),
        lambda: books.run_book(ONE, code="TAHUNAN", today=date(2025, 1, 1)),
    ):
        with pytest.raises(NotAllowed):
            work()
    assert not ReportBook.objects.exists()
    with pytest.raises(NotFound):
        books.run_book(operator("uji"), code="TIDAK-ADA", today=date(2025, 1, 1))


def test_an_unknown_agency_is_refused():
    with pytest.raises(Refusal, match="tidak disimpan"):
        books.save_book(EVERYWHERE, book=Book("B", "Buku", ("lkjip",), agencies=("TIDAK-ADA",), year=2024))
