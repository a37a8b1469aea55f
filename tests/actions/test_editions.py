"""Editions on their way from frozen data to the public and back, and the chapters that people write for them."""

import io
import json
from datetime import date

import pytest
from django.db import connection
from PIL import Image
from tests.web.conftest import BIRO, inside, samples, signed_in  # noqa: F401 (fixtures)

from selaras.actions._book_document import Job, compose_job
from selaras.actions.chapters import add_paragraph, assign_chapters, move_paragraph, set_chapter_state
from selaras.actions.editions import approve, freeze, publish, return_edition, send_to_review, withdraw
from selaras.actions.photos import add_photo
from selaras.actions.records import save_record
from selaras.core.access import Role, acting
from selaras.core.errors import CannotRun, Conflict, NotAllowed, NotFound, Refusal
from selaras.core.period import quarter
from selaras.core.snapshot import Narrative
from selaras.store import models as tables
from selaras.store.editions import (
    DATA_NAME,
    FILE,
    edition_key,
    edition_path,
    frozen_snapshot,
    read_edition_file,
    registered,
)
from selaras.store.models.work import ChapterState, EditionState, ReviewState
from selaras.store.reviews import file_at
from selaras.store.snapshot import load_snapshot

pytestmark = pytest.mark.slow

WRITER = acting("Penulis Contoh", {Role.REPORTER}, [BIRO])
HEAD = acting("Pimpinan Contoh", {Role.LEADER}, [BIRO])


@pytest.fixture
def edition(inside):  # noqa: F811
    return freeze(WRITER, agency=BIRO, year=2024, kind="lkjip")


def reviewed(edition):
    case = send_to_review(WRITER, agency=BIRO, edition=edition.pk)
    case.state = ReviewState.DONE.value
    case.save()
    return case


def published(edition):
    reviewed(edition)
    approve(HEAD, agency=BIRO, edition=edition.pk)
    return publish(HEAD, agency=BIRO, edition=edition.pk)


def test_frozen_data_come_back_exactly_and_every_format_is_kept(edition):
    assert edition.state == EditionState.FROZEN
    assert frozen_snapshot(BIRO, edition.snapshot_sha256) == load_snapshot(BIRO, 2024)
    assert sorted(name.rpartition(".")[2] for name in edition.files) == ["docx", "html", "pdf", "xlsx"]
    for name, sha256 in edition.files.items():
        assert read_edition_file(BIRO, sha256, name.rpartition(".")[2])


def test_the_same_data_are_not_frozen_twice_but_changed_ones_make_a_new_edition(edition):
    with pytest.raises(Refusal, match="tidak berubah sejak edisi 1"):
        freeze(WRITER, agency=BIRO, year=2024, kind="lkjip")
    add_paragraph(WRITER, agency=BIRO, year=2024, section="kesimpulan", text="Kalimat baru.")
    assert freeze(WRITER, agency=BIRO, year=2024, kind="lkjip").version == 2


def test_a_document_of_a_quarter_needs_its_period(inside):  # noqa: F811
    with pytest.raises(CannotRun, match="memerlukan periode"):
        freeze(WRITER, agency=BIRO, year=2024, kind="triwulan")
    made = freeze(WRITER, agency=BIRO, year=2024, kind="triwulan", period=quarter(2024, 2))
    assert (made.span, made.index) == ("triwulan", 2)


def test_who_may_not_write_leaves_only_a_refused_record(inside):  # noqa: F811
    with pytest.raises(NotAllowed):
        freeze(HEAD, agency=BIRO, year=2024, kind="lkjip")
    assert not tables.ReportEdition.objects.exists()
    assert "refused" in tables.AuditRecord.objects.last().details


def test_a_file_that_changed_on_disk_is_not_given_out(edition):
    name, sha256 = next(iter(edition.files.items()))
    form = name.rpartition(".")[2]
    edition_path(BIRO, sha256, form).write_bytes(b"lain")
    with pytest.raises(CannotRun, match="berubah sejak didaftarkan"):
        read_edition_file(BIRO, sha256, form)


def test_the_review_gets_the_very_pdf_of_the_edition(edition):
    case = send_to_review(WRITER, agency=BIRO, edition=edition.pk)
    assert case.edition_id == edition.pk
    assert file_at(BIRO, case.file).read_bytes() == read_edition_file(BIRO, case.sha256, "pdf")


def test_an_annual_report_is_not_approved_before_its_review_is_done(edition):
    with pytest.raises(Refusal, match="belum selesai direviu"):
        approve(HEAD, agency=BIRO, edition=edition.pk)
    with pytest.raises(NotAllowed):
        approve(WRITER, agency=BIRO, edition=edition.pk)
    reviewed(edition)
    assert approve(HEAD, agency=BIRO, edition=edition.pk).approved_by == "Pimpinan Contoh"


def test_the_head_returns_an_edition_with_a_note_and_it_goes_no_further(edition):
    with pytest.raises(Refusal):
        return_edition(HEAD, agency=BIRO, edition=edition.pk, note=" ")
    assert return_edition(HEAD, agency=BIRO, edition=edition.pk, note="Lengkapi bab III.").state == "dikembalikan"
    with pytest.raises(Refusal, match="berkeadaan"):
        send_to_review(WRITER, agency=BIRO, edition=edition.pk)
    assert freeze(WRITER, agency=BIRO, year=2024, kind="lkjip").version == 2


def test_only_the_newest_edition_goes_on(edition):
    add_paragraph(WRITER, agency=BIRO, year=2024, section="saran", text="Saran tambahan.")
    freeze(WRITER, agency=BIRO, year=2024, kind="lkjip")
    with pytest.raises(Refusal, match="Sudah ada edisi 2"):
        send_to_review(WRITER, agency=BIRO, edition=edition.pk)


def test_published_files_hold_no_names_and_no_nip(edition):
    row = published(edition)
    snapshot = load_snapshot(BIRO, 2024)
    people = {who.name for who in (*snapshot.tenures, *snapshot.employees) if who.name}
    numbers = {who.nip for who in (*snapshot.tenures, *snapshot.employees) if who.nip}
    assert people
    page = next(sha for name, sha in row.files.items() if name.startswith("publik/") and name.endswith(".html"))
    data = row.files[DATA_NAME]
    for text in (read_edition_file(BIRO, page, "html").decode(), read_edition_file(BIRO, data, "json").decode()):
        assert not [secret for secret in people | numbers if secret in text]
    assert json.loads(read_edition_file(BIRO, data, "json"))["summary"]["indicators"] == 2


def test_a_book_of_published_data_holds_the_published_document(edition, tmp_path):
    job = Job(BIRO, "Biro", "lkjip", 2024, "tahun", 1, "data terbit", ("html",), str(tmp_path))
    assert compose_job(job).cause == "Belum ada data terbit untuk tahun 2024."
    row = published(edition)
    page = next(sha for name, sha in row.files.items() if name.startswith("publik/") and name.endswith(".html"))
    assert compose_job(job).files[0][1] == page
    withdraw(HEAD, agency=BIRO, edition=row.pk, reason="Keliru.")
    assert compose_job(job).state == "gagal"


def test_publishing_needs_approval_and_withdrawing_a_reason(edition):
    with pytest.raises(Refusal):
        publish(HEAD, agency=BIRO, edition=edition.pk)
    row = published(edition)
    with pytest.raises(Refusal):
        withdraw(HEAD, agency=BIRO, edition=row.pk, reason="")
    gone = withdraw(HEAD, agency=BIRO, edition=row.pk, reason="Angka salah kutip.")
    assert gone.state == EditionState.WITHDRAWN
    sha256 = gone.files[DATA_NAME]
    assert edition_path(BIRO, sha256, "json").is_file()
    assert [found.pk for found, _ in registered(sha256)] == [gone.pk]


def test_every_step_stands_in_the_history(edition):
    published(edition)
    steps = tables.FieldChange.objects.of(BIRO, "ReportEdition", "lkjip 2024 edisi 1")
    assert [step.after for step in reversed(steps)] == ["dibekukan", "direviu", "disetujui", "diterbitkan"]


def test_an_edition_of_another_agency_is_not_found(edition):
    with pytest.raises(NotFound):
        approve(acting("Pimpinan Lain", {Role.LEADER}, ["KPU-PROB"]), agency="KPU-PROB", edition=edition.pk)


def test_chapters_are_assigned_and_their_writer_is_told(signed_in):  # noqa: F811
    signed_in(Role.REPORTER)
    login = "contoh-reporter"
    tasks = assign_chapters(
        acting("Perencana Contoh", {Role.PLANNER}, [BIRO]), agency=BIRO, year=2024,
        sections=["latar_belakang", "kesimpulan"], owner=login, due=date(2025, 1, 31),
    )  # fmt: skip
    assert [task.owner.username for task in tasks] == [login, login]
    assert "31-01-2025" in tables.Notice.objects.get(user__username=login).text
    assert set_chapter_state(WRITER, agency=BIRO, year=2024, section="kesimpulan", state=ChapterState.DONE).due


def test_a_section_outside_the_outline_or_a_stranger_is_refused(signed_in):  # noqa: F811
    with pytest.raises(Refusal):
        assign_chapters(WRITER, agency=BIRO, year=2024, sections=["entah"], owner="", due=None)
    signed_in(Role.REPORTER, agency="KPU-PROB", name="contoh-orang-lain")
    with pytest.raises(Refusal, match="tidak berperan"):
        assign_chapters(WRITER, agency=BIRO, year=2024, sections=["saran"], owner="contoh-orang-lain", due=None)


def texts(section):
    rows = tables.Narrative.objects.filter(agency__code=BIRO, year=2024, section=section)
    return list(rows.order_by("order").values_list("text", flat=True))


def test_paragraphs_are_added_at_the_end_and_change_places(inside):  # noqa: F811
    before = texts("tinjauan_khusus")
    for words in ("Satu.", "Dua."):
        add_paragraph(WRITER, agency=BIRO, year=2024, section="tinjauan_khusus", text=words)
    rows = tables.Narrative.objects.filter(agency__code=BIRO, year=2024, section="tinjauan_khusus")
    last = rows.order_by("order").last()
    move_paragraph(WRITER, agency=BIRO, year=2024, section=last.section, order=last.order, steps=-1, seen="Dua.")
    assert texts("tinjauan_khusus") == [*before, "Dua.", "Satu."]
    with pytest.raises(Conflict):
        move_paragraph(WRITER, agency=BIRO, year=2024, section=last.section, order=last.order, steps=-1, seen="Dua.")


def test_two_writers_of_one_paragraph_are_both_shown(inside):  # noqa: F811
    row = add_paragraph(WRITER, agency=BIRO, year=2024, section="saran", text="Awal.")
    mine = Narrative(2024, "saran", row.order, "Versi pertama.")
    save_record(WRITER, agency=BIRO, record=mine, seen={"text": "Awal."})
    with pytest.raises(Conflict) as clash:
        save_record(
            WRITER, agency=BIRO, record=Narrative(2024, "saran", row.order, "Versi kedua."), seen={"text": "Awal."}
        )
    assert clash.value.clashes[0].stands == "Versi pertama."


def picture(tmp_path, name="foto.jpg", form="JPEG"):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"
    Image.new("RGB", (3000, 1000), "navy").save(out, form, exif=exif)
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    return path


def test_a_photo_is_kept_smaller_and_without_what_the_camera_added(inside, tmp_path):  # noqa: F811
    kept = add_photo(
        WRITER, agency=BIRO, year=2024, path=picture(tmp_path), name="IMG 1.jpg", caption="Rapat contoh.",
        taken=date(2024, 5, 6),
    )  # fmt: skip
    stored = next(tmp_path.rglob(kept.file))
    assert b"KameraRahasia" not in stored.read_bytes()
    with Image.open(stored) as opened:
        assert max(opened.size) == 2400
    assert tables.PhotoRecord.objects.get(agency__code=BIRO, code=kept.code).caption == "Rapat contoh."


def test_what_is_no_photo_is_refused_whatever_its_name(inside, tmp_path):  # noqa: F811
    path = tmp_path / "foto.jpg"
    path.write_bytes(b"<svg onload='x'/>")
    with pytest.raises(Refusal) as told:
        add_photo(WRITER, agency=BIRO, year=2024, path=path, name="foto.jpg", caption="Rapat.", taken=None)
    assert told.value.faults[0].message == "bukan foto"


def test_a_published_file_is_found_by_its_fingerprint_through_an_index(edition):
    row = published(edition)
    sha256 = next(iter(row.files.values()))
    told = tables.FieldChange.objects.filter(agency__in=tables.Agency.objects.values("code"), kind=FILE, key=sha256)
    assert [(change.agency, change.reason) for change in told] == [(BIRO, edition_key(row))]
    if connection.vendor == "sqlite":
        assert "fieldchange_place" in told.explain()
    assert [found.pk for found, _ in registered(sha256)] == [row.pk]
    assert registered("0" * 64) == []


def test_a_file_published_before_the_history_kept_fingerprints_is_found_too(edition):
    row = published(edition)
    sha256 = next(iter(row.files.values()))
    tables.FieldChange.objects.filter(kind=FILE).delete()
    assert [found.pk for found, _ in registered(sha256)] == [row.pk]
    assert registered("0" * 64) == []
