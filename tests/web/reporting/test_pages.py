"""Stage reporting in the browser: every page, who may open and change it, and the road of an edition."""

import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from PIL import Image
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables
from selaras.store.models.work import ReviewState

AT = f"/i/{BIRO}/2024/laporan/"
PAGES = (
    "", "naskah/", "naskah/?milik=saya", "naskah/kesimpulan/", "naskah/dasar_hukum/", "naskah/evaluasi/", "pratinjau/",
    "pratinjau/?dokumen=triwulan:triwulan-2", "pemeriksaan/", "foto/",
)  # fmt: skip
COMPOSED = (
    "pratinjau/dokumen/", "pratinjau/dokumen/?dokumen=pk:", "pratinjau/dokumen/?dokumen=bulanan:bulan-3",
    "naskah/kesimpulan/pratinjau/", "naskah/evaluasi/pratinjau/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_within_its_budget(page, planner, django_assert_max_num_queries):
    planner.get(f"{AT}foto/")  # the first request of a session also writes it
    with django_assert_max_num_queries(12):
        answer = planner.get(AT + page)
    assert answer.status_code == 200


@pytest.mark.parametrize("page", COMPOSED)
def test_composed_documents_may_be_framed_by_us_and_do_nothing(page, planner):
    answer = planner.get(AT + page)
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_every_section_of_the_outline_has_a_page_and_a_preview(planner):
    rows = [row for row in planner.get(f"{AT}naskah/").context["rows"] if not row["group"]]
    assert len(rows) > 30
    for row in rows:
        assert planner.get(f"{AT}naskah/{row['key']}/").status_code == 200, row["key"]
        assert planner.get(f"{AT}naskah/{row['key']}/pratinjau/").status_code == 200, row["key"]


def test_strangers_bad_names_and_wrong_methods_are_refused(signed_in, planner):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    for page in PAGES + COMPOSED:
        assert stranger.get(AT + page).status_code == 404
    assert Client().get(AT).status_code == 302
    for page in ("naskah/entah/", "naskah/entah/pratinjau/", "naskah/entah/temuan/", "edisi/99999/", "foto/99999/"):
        assert planner.get(AT + page).status_code == 404
    assert planner.get(f"{AT}pratinjau/?dokumen=entah:").status_code == 422
    assert planner.get(f"{AT}bekukan/").status_code == 405
    assert planner.post(f"{AT}naskah/").status_code == 405


def test_who_may_only_look_sees_no_forms_and_cannot_write(signed_in):
    reader = signed_in(Role.EVALUATOR)
    page = reader.get(f"{AT}naskah/kesimpulan/").content.decode()
    assert "data-paragraph" not in page
    for path in ("bekukan/", "naskah/tugas/", "naskah/kesimpulan/keadaan/", "narasi/kesimpulan/baru/", "foto/"):
        assert reader.post(AT + path, {"dokumen": "lkjip:"}).status_code == 403, path


def test_chapters_are_shared_out_and_their_state_is_set(signed_in, planner):
    signed_in(Role.REPORTER)
    given = {"pilih": ["kesimpulan", "saran"], "penulis": "contoh-reporter", "tenggat": "2025-01-31"}
    assert planner.post(f"{AT}naskah/tugas/", given).status_code == 302
    assert planner.post(f"{AT}naskah/kesimpulan/keadaan/", {"keadaan": "selesai"}).status_code == 302
    rows = {row["key"]: row for row in planner.get(f"{AT}naskah/").context["rows"]}
    assert (rows["kesimpulan"]["owner"], rows["kesimpulan"]["state"]) == ("Contoh Reporter", "selesai")
    assert rows["saran"]["late"]
    mine = signed_in(Role.REPORTER).get(f"{AT}naskah/?milik=saya").context["rows"]
    assert {row["key"] for row in mine} == {"kesimpulan", "saran"}
    assert planner.post(f"{AT}naskah/tugas/", {"pilih": ["saran"], "tenggat": "kapan"}).status_code == 422


def written(client, section="tinjauan_khusus"):
    client.post(f"{AT}narasi/{section}/baru/", {"teks": "Kalimat pertama."})
    return tables.Narrative.objects.filter(agency__code=BIRO, year=2024, section=section).order_by("order").last()


def test_a_paragraph_is_saved_while_typing_and_printed_at_once(planner):
    row = written(planner)
    saved = planner.post(
        f"{AT}narasi/{row.section}/{row.order}/", {"teks": "Kalimat kedua.", "semula": "Kalimat pertama."},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert saved.status_code == 200
    assert 'value="Kalimat kedua."' in saved.content.decode()
    assert "Kalimat kedua." in planner.get(f"{AT}naskah/{row.section}/pratinjau/").content.decode()


def test_two_writers_are_both_shown_and_the_own_words_can_be_kept(signed_in, planner):
    row = written(planner)
    at = f"{AT}narasi/{row.section}/{row.order}/"
    other = signed_in(Role.REPORTER)
    other.post(at, {"teks": "Versi rekan.", "semula": row.text})
    clash = planner.post(at, {"teks": "Versi saya.", "semula": row.text}, headers={"HX-Request": "true"})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Versi rekan." in page
    assert "Versi saya." in page
    plain = planner.post(at, {"teks": "Versi saya.", "semula": row.text})
    assert plain.status_code == 409
    kept = {"teks": "Versi saya.", "semula": row.text, "kini": "Versi rekan.", "pakai": "isian-saya"}
    assert planner.post(at, kept, headers={"HX-Request": "true"}).status_code == 200
    row.refresh_from_db()
    assert row.text == "Versi saya."


def test_line_ends_of_browsers_are_no_conflict(planner):
    row = written(planner)
    at = f"{AT}narasi/{row.section}/{row.order}/"
    planner.post(at, {"teks": "Satu.\r\nDua.", "semula": row.text})
    row.refresh_from_db()
    assert row.text == "Satu.\nDua."
    assert planner.post(at, {"teks": "Satu.\r\nTiga.", "semula": "Satu.\r\nDua."}).status_code == 302


def test_a_paragraph_is_moved_and_removed(planner):
    row = written(planner)
    assert planner.post(f"{AT}narasi/{row.section}/{row.order}/pindah/", {"arah": "naik"}).status_code == 302
    assert planner.post(f"{AT}narasi/{row.section}/{row.order}/hapus/").status_code == 302
    assert not tables.Narrative.objects.filter(pk=row.pk).exists()


def test_remarks_stand_beside_the_section(planner):
    page = planner.get(f"{AT}naskah/saran/")
    answer = planner.post(page.context["thread"]["url"], {"isi": "Tolong diperjelas."}, headers={"HX-Request": "true"})
    assert "Tolong diperjelas." in answer.content.decode()
    assert "Tolong diperjelas." in planner.get(f"{AT}naskah/saran/").content.decode()


def test_findings_stand_beside_the_section_that_they_concern(planner):
    planner.post(f"{AT}narasi/kesimpulan/baru/", {"teks": "Seluruh indikator kinerja mencapai target tahun ini."})
    answer = planner.get(f"{AT}pemeriksaan/isi/")
    assert answer.status_code == 200
    found = answer.context["found"]
    assert found.gates
    assert found.count == sum(len(section["findings"]) for section in answer.context["sections"])
    placed = [key for key in found.by_section if key]
    assert "kesimpulan" in placed, "the sample itself has no findings"
    part = planner.get(f"{AT}naskah/{placed[0]}/temuan/", headers={"HX-Request": "true"})
    assert found.by_section[placed[0]][0].code in part.content.decode()


def test_reading_writes_nothing(planner):
    before = tables.AuditRecord.objects.count()
    for page in PAGES + COMPOSED:
        planner.get(AT + page)
    assert tables.AuditRecord.objects.count() == before


def test_a_draft_is_downloaded_and_leaves_a_record(planner):
    answer = planner.post(f"{AT}pratinjau/unduh/", {"dokumen": "lkjip:", "format": "docx"})
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]
    assert tables.AuditRecord.objects.last().action == "menyusun dokumen"


def frozen(client):
    answer = client.post(f"{AT}bekukan/", {"dokumen": "lkjip:", "catatan": "Edisi untuk reviu."})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return tables.ReportEdition.objects.order_by("pk").last()


def reviewed_step(page):
    """The step of the review as the page shows it."""
    return next(step for step in page.context["steps"] if step.title == "Direviu APIP")


def test_an_edition_goes_its_whole_road(signed_in, planner, django_assert_max_num_queries):
    writer, head = signed_in(Role.REPORTER), signed_in(Role.LEADER)
    edition = frozen(writer)
    at = f"{AT}edisi/{edition.pk}/"
    with django_assert_max_num_queries(12):
        page = writer.get(at)
    assert page.status_code == 200
    for name in edition.files:
        sent = writer.get(f"{at}berkas/{name}")
        assert sent.status_code == 200
        assert sent["Content-Disposition"].startswith("attachment")
    assert writer.get(f"{at}berkas/data.json").status_code == 200
    assert writer.get(f"{at}berkas/lain.pdf").status_code == 404
    assert writer.post(f"{at}kirim/").status_code == 302
    assert head.post(f"{at}setujui/").status_code == 422
    sent, done = reviewed_step(writer.get(at)), datetime(2025, 2, 3, 2, 15, tzinfo=UTC)
    assert (sent.state, sent.who, bool(sent.when)) == ("current", "dikirim oleh Contoh Reporter", True)
    tables.ReviewCase.objects.filter(edition=edition).update(
        state=ReviewState.DONE.value, closed_by="Contoh Pereviu", closed_at=done
    )
    finished = reviewed_step(writer.get(at))
    assert (finished.state, finished.who, finished.when[:15]) == ("done", "Contoh Pereviu", "3 Februari 2025")
    assert writer.post(f"{at}setujui/").status_code == 403
    assert head.post(f"{at}setujui/").status_code == 302
    assert head.post(f"{at}terbitkan/").status_code == 302
    assert Client().get(f"/publik/{BIRO}/2024/").status_code == 200
    assert head.post(f"{at}tarik/", {"catatan": ""}).status_code == 422
    assert head.post(f"{at}tarik/", {"catatan": "Salah angka."}).status_code == 302
    assert Client().get(f"/publik/{BIRO}/2024/").status_code == 404
    assert "Salah angka." in writer.get(at).content.decode()
    assert writer.post(f"{at}entah/").status_code == 404
    assert writer.get(f"{at}kirim/").status_code == 405


def test_what_changed_between_editions_is_told_figure_by_figure(planner):
    first = frozen(planner)
    counted = tables.Realisation.objects.filter(agency__code=BIRO, indicator__code="IKU-2", year=2024, span="tahun")
    assert counted.update(numerator=350) == 1
    tables.AuditRecord.objects.all()
    planner.post(f"{AT}narasi/kesimpulan/baru/", {"teks": "Kesimpulan tambahan."})
    second = frozen(planner)
    page = planner.get(f"{AT}edisi/{second.pk}/perubahan/")
    told = page.context["figures"]
    assert any(change.what.startswith("realisasi") and change.after == "70%" for change in told)
    assert any(change.computed for change in told)
    assert "Kesimpulan tambahan." in page.content.decode()
    now = planner.get(f"{AT}edisi/{second.pk}/perubahan/?dengan=sekarang")
    assert now.context["figures"] == []
    assert planner.get(f"{AT}edisi/{first.pk}/perubahan/").status_code == 200


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "PNG")
    out.name = "kegiatan.png"
    out.seek(0)
    return out


def test_a_photo_is_kept_shown_and_refused_without_its_caption(planner):
    assert planner.post(f"{AT}foto/", {"file": picture(), "caption": ""}).status_code == 422
    fake = io.BytesIO(b"<script>alert(1)</script>")
    fake.name = "foto.jpg"
    assert planner.post(f"{AT}foto/", {"file": fake, "caption": "Rapat contoh."}).status_code == 422
    kept = planner.post(f"{AT}foto/", {"file": picture(), "caption": "Rapat contoh.", "taken": "2024-05-06"})
    assert kept.status_code == 302
    row = tables.PhotoRecord.objects.filter(agency__code=BIRO, year=2024).exclude(file="").last()
    shown = planner.get(f"{AT}foto/{row.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert "Rapat contoh." in planner.get(f"{AT}foto/").content.decode()


def test_a_section_with_words_is_being_written_even_if_nobody_said_so(planner):
    def states():
        return {row["key"]: row["state"] for row in planner.get(f"{AT}naskah/").context["rows"] if row["narrated"]}

    untouched = next(key for key, state in states().items() if state == "belum")
    before = planner.get(AT).context["chapters"]["writing"]
    planner.post(f"{AT}narasi/{untouched}/baru/", {"teks": "Paragraf pertama bagian ini."})
    assert states()[untouched] == "berjalan"
    assert planner.get(f"{AT}naskah/{untouched}/").context["task"]["state"] == "berjalan"
    assert planner.get(AT).context["chapters"]["writing"] == before + 1


def test_the_deadline_of_the_annual_report_is_the_proposal_until_the_agency_sets_its_own(planner):
    tables.Deadline.objects.filter(agency__code=BIRO).delete()
    assert planner.get(AT).context["deadlines"][0]["what"] == "Laporan kinerja (usulan)"
    agency = tables.Agency.objects.get(code=BIRO)
    tables.Deadline.objects.create(agency=agency, year=2024, what="laporan kinerja", due="2025-03-31")
    (own,) = planner.get(AT).context["deadlines"]
    assert (own["what"], own["due"]) == ("Laporan kinerja", "31 Maret 2025")
