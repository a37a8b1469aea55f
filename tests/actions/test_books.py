"""Report books: who may keep them, what is recorded, and that a run from published data has no names in it."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from selaras.actions import books
from selaras.actions._book_document import Job, compose_job, stem_of
from selaras.actions._book_runner import STATE, StateFile, clear_old
from selaras.actions.exchange import load_workbook
from selaras.actions.reports import findings
from selaras.core.access import Role, acting, operator
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.finding import Severity
from selaras.core.nation.books import Book, Origin, Rhythm
from selaras.documents.books import BookLine, failures_text
from selaras.store import models as tables
from selaras.store.evidence import folder as evidence_folder
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
    ReportBook.objects.update(state="lengkap", last_at=timezone.now())
    books.save_book(EVERYWHERE, book=dataclasses.replace(BOOK, name="Lain"), active=False)
    assert books.due_books(EVERYWHERE, today=today) == []
    books.save_book(EVERYWHERE, book=dataclasses.replace(BOOK, formats=("html",)), active=False)
    assert books.due_books(EVERYWHERE, today=today) == ["TAHUNAN"]  # it holds something else now
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


def test_a_book_of_reports_is_made_again_when_one_was_published_or_withdrawn():
    books.save_book(EVERYWHERE, book=BOOK)
    office = tables.Agency.objects.create(code="DINAS", name="Dinas", short_name="D", kind="dinas")
    now, today = timezone.now(), date(2025, 5, 1)
    summary = {"detik": 5}
    ReportBook.objects.update(state="ada yang gagal", last_period="Tahun 2024", last_at=now, last_summary=summary)
    row = tables.ReportEdition.objects.create(agency=office, year=2024, kind="lkjip", state="terbit")
    for year, changed, waiting in (
        (2024, now + timedelta(seconds=1), ["TAHUNAN"]),
        (2024, now - timedelta(seconds=3), ["TAHUNAN"]),  # published while the last run was under way
        (2024, now - timedelta(minutes=6), []),
        (2023, now + timedelta(seconds=1), []),
    ):
        tables.ReportEdition.objects.filter(pk=row.pk).update(year=year, changed_at=changed)
        assert books.due_books(EVERYWHERE, today=today) == waiting, (year, changed)


def job(tmp_path, agency, **other):
    return Job(agency, "Dinas", "pk", 2022, "tahun", 1, "data berjalan", ("html",), str(tmp_path), **other)


def test_offices_whose_codes_look_alike_in_a_file_name_do_not_share_one(tmp_path):
    names = [stem_of(job(tmp_path, code)) for code in ("A-B", "A/B", "A B", "..", "?")]
    assert names[0] == "pk-2022-A-B"
    assert len(set(names)) == len(names)


def test_what_an_earlier_run_left_is_taken_away_and_nothing_else(tmp_path):
    state = StateFile(tmp_path / STATE)
    for name in ("baik", "gagal", "keluar", "terhenti"):
        for form in ("pdf", "html"):
            (tmp_path / f"{name}.{form}").write_bytes(b"x")
        state.add(name, BookLine(name, "", "lkjip", "baru", ((f"{name}.pdf", "0", 1),), "0"))
    state.close()
    state = StateFile(tmp_path / STATE)
    state.close()
    lines = {
        "baik": BookLine("A", "", "pk", "tetap", (("baik.pdf", "0", 1),)),
        "gagal": BookLine("B", "", "pk", "gagal", cause="Belum ada data terbit."),
        "terhenti": BookLine("C", "", "pk", "gagal", cause="Basis data tidak terjangkau.", passing=True),
    }

    def left(formats, *, own):
        clear_old(tmp_path, lines, state, formats, own=own)
        return [path.stem for path in sorted(tmp_path.glob("*.pdf"))]

    assert left({"docx"}, own=False) == ["baik", "gagal", "keluar", "terhenti"], "another run made other formats"
    assert left({"pdf"}, own=False) == ["baik", "keluar", "terhenti"]
    assert left({"pdf"}, own=True) == ["baik", "terhenti"], "of a database that was away nobody's document is too old"
    assert len(list(tmp_path.glob("*.html"))) == 4


def test_a_document_of_a_book_says_what_the_one_composed_alone_says(tmp_path, settings):
    """A photo that came back makes it anew; settings that cannot be used are told with their place and remedy."""
    settings.DATA = tmp_path / "data"
    load_workbook(operator("uji"), path=Path(__file__).parents[2] / "examples" / "sekretariat-kpu-2022.xlsx")
    code = tables.Agency.objects.get().code
    photo = tables.PhotoRecord.objects.filter(year=2022).first()
    photo.file = "foto.jpg"
    photo.save()
    one = dataclasses.replace(job(tmp_path, code), kind="lkjip")
    first = compose_job(one)
    assert first.state == "baru", first
    known = findings(operator("uji"), agency=code, year=2022)
    assert first.errors == sum(each.severity is Severity.ERROR for each in known) > 0, "as the gate says by itself"
    one = dataclasses.replace(one, before=(first.data_sha256, first.files, first.errors))
    same = compose_job(one)
    assert (same.state, same.errors) == ("tetap", first.errors)
    evidence_folder(code).mkdir(parents=True)
    (evidence_folder(code) / photo.file).write_bytes(b"bukan gambar")
    again = compose_job(one)
    assert (again.state, again.files == first.files) == ("baru", False)
    tables.ReportSettings.objects.update(scale="tidak-ada")
    failed = compose_job(one)
    assert failed.cause == "Pengaturan laporan tahun 2022 tidak dapat dipakai."
    assert "kolom Skala" in failed.detail and failed.remedy == "Pilih dari yang ada."
    lost = compose_job(job(tmp_path, "TIDAK-ADA"))
    assert "keluarkan instansi itu dari buku" in lost.remedy
    text = failures_text([failed, lost], "Buku")
    assert f"- {code} Dinas (lkjip): lembar Laporan" in text
