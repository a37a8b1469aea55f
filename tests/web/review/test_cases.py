"""The pages of the reviews, with the questions that every page is asked."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.web.conftest import BIRO, KPU
from tests.web.review.conftest import REPORT

from selaras.actions import reviews
from selaras.core.access import Role
from selaras.store import models as tables
from selaras.store.models.work import ReviewState

AT = f"/i/{BIRO}/2024/reviu/"
PAGES = ["", "baru/", "ringkasan/", "{case}/", "{case}/kertas-kerja/"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_within_its_budget(page, reviewer, case, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = reviewer.get(AT + page.format(case=case.pk))
    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_another_agency_is_not_found_and_a_planner_sees_no_working_papers(page, signed_in, case):
    stranger = signed_in(Role.REVIEWER, agency=KPU, name="contoh-asing")
    assert stranger.get(AT + page.format(case=case.pk)).status_code == 404
    planner = signed_in(Role.PLANNER)
    expected = 200 if page == "" else 403 if page in {"baru/", "ringkasan/"} else 404
    assert planner.get(AT + page.format(case=case.pk)).status_code == expected
    assert case.title not in planner.get(AT).content.decode()


def test_a_case_of_another_agency_is_not_found_under_ones_own(signed_in, case):
    stranger = signed_in(Role.REVIEWER, agency=KPU, name="contoh-asing")
    assert stranger.get(f"/i/{KPU}/2022/reviu/{case.pk}/").status_code == 404
    assert stranger.post(f"/i/{KPU}/2022/reviu/{case.pk}/selesai").status_code == 404


@pytest.mark.parametrize(
    "page",
    ["99999/", "99999/kertas-kerja/", "{case}/halaman/1.jpg", "{case}/unduh/doc", "99999/berkas", "99999/keadaan"],
)
def test_what_is_not_there_is_not_found(page, reviewer, case):
    assert reviewer.get(AT + page.format(case=case.pk)).status_code == 404


@pytest.mark.parametrize("page", ["putusan", "komentar", "kembalikan", "selesai", "buka-lagi", "hapus", "mulai"])
def test_acts_are_posted_and_need_the_right(page, reviewer, signed_in, case):
    assert reviewer.get(f"{AT}{case.pk}/{page}").status_code == 405
    answer = signed_in(Role.EVALUATOR).post(f"{AT}{case.pk}/{page}")
    assert answer.status_code == (404 if page == "komentar" else 403)


def test_a_report_is_uploaded_and_read(reviewer, inside):
    file = SimpleUploadedFile("LKj Instansi.html", REPORT.read_bytes())
    answer = reviewer.post(f"{AT}baru/", {"laporan": file, "title": "Laporan contoh", "year": "2024"})
    assert answer.status_code == 302
    row = tables.ReviewCase.objects.get()
    assert (row.title, row.year, row.state, row.opened_by) == ("Laporan contoh", 2024, "dibaca", "Contoh Reviewer")
    waiting = reviewer.get(answer["Location"])
    assert "Laporan sedang dibaca" in waiting.content.decode()
    asked = reviewer.get(f"{AT}{row.pk}/keadaan", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in asked.headers
    reviews.read_case(case_actor(), agency=BIRO, case=row.pk, ticket=row.result["ticket"])
    assert reviewer.get(f"{AT}{row.pk}/keadaan", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "seharusnya" in reviewer.get(answer["Location"]).content.decode().casefold()


def case_actor():
    from tests.web.review.conftest import REVIEWER

    return REVIEWER


def test_a_file_that_nobody_reads_is_told_beside_the_form(reviewer, inside):
    answer = reviewer.post(f"{AT}baru/", {"laporan": SimpleUploadedFile("foto.pdf", b"\x89PNG\r\n\x1a\n" + b"1" * 50)})
    assert answer.status_code == 422
    assert "foto.pdf" in answer.content.decode()
    assert "gambar, bukan naskah" in answer.content.decode()
    assert reviewer.post(f"{AT}baru/", {}).status_code == 422
    assert reviewer.post(f"{AT}baru/", {"year": "abc"}).status_code == 422


def test_a_reading_that_failed_says_why_and_can_be_started_again(reviewer, case):
    tables.ReviewCase.objects.filter(pk=case.pk).update(state=ReviewState.FAILED.value, error="Berkas berkata sandi.")
    page = reviewer.get(f"{AT}{case.pk}/").content.decode()
    assert "Berkas berkata sandi." in page
    assert "Baca ulang" in page
    assert reviewer.post(f"{AT}{case.pk}/mulai").status_code == 302
    case.refresh_from_db()
    assert case.state == ReviewState.READING.value


def test_findings_are_filtered_and_chosen(reviewer, case, names):
    page = reviewer.get(f"{AT}{case.pk}/", {"tingkat": "error", "cari": "anggaran realisasi penataan"})
    assert len(page.context["lines"]) == 1
    chosen = reviewer.get(f"{AT}{case.pk}/", {"temuan": names[-1]})
    assert chosen.context["current"].fingerprint == names[-1]
    part = reviewer.get(
        f"{AT}{case.pk}/", {"temuan": names[0]}, headers={"HX-Request": "true", "HX-Target": "panel"}
    ).content.decode()
    assert part.lstrip().startswith('<div id="panel"')


def test_text_of_a_stranger_is_shown_as_text(reviewer, case):
    page = reviewer.get(f"{AT}{case.pk}/").content.decode()
    assert "&lt;b&gt;" in page
    assert "Masyarakat <b>" not in page


def test_a_pdf_has_pictures_with_marks(reviewer, pdf_case):
    page = reviewer.get(f"{AT}{pdf_case.pk}/")
    assert page.context["sheet"].boxes
    assert any(box.current for box in page.context["sheet"].boxes)
    picture = reviewer.get(f"{AT}{pdf_case.pk}/halaman/1.jpg")
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture.streaming_content)[:2] == b"\xff\xd8"
    assert reviewer.get(f"{AT}{pdf_case.pk}/halaman/999.jpg").status_code == 404


def test_a_finding_is_judged_with_and_without_htmx(reviewer, case, names):
    url = f"{AT}{case.pk}/putusan"
    answer = reviewer.post(url, {"temuan": names[0], "putusan": "terima", "terlihat": ""})
    assert answer.status_code == 302
    part = reviewer.post(
        url, {"temuan": names[1], "putusan": "kesampingkan", "alasan": "Pembulatan.", "terlihat": ""},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert part.status_code == 200
    assert "Putusan tersimpan" in json.loads(part["HX-Trigger"])["toast"]["text"]
    assert f'id="baris-{names[1]}"' in part.content.decode()
    assert reviewer.post(url, {"temuan": names[0], "putusan": "kesampingkan", "terlihat": ""}).status_code == 422
    late = reviewer.post(url, {"temuan": names[0], "putusan": "kesampingkan", "alasan": "x", "terlihat": ""})
    assert late.status_code == 409
    assert reviewer.post(url, {"temuan": names[0], "putusan": "entah"}).status_code == 404
    together = reviewer.post(url, {"temuan": names, "putusan": "terima"}, follow=True).content.decode()
    assert "1 yang sudah dikesampingkan dengan alasan tetap begitu." in together
    assert case.decisions.get(fingerprint=names[1]).judgement == "dikesampingkan"
    alone = reviewer.post(url, {"temuan": [names[1], names[1]], "putusan": "terima"}, follow=True).content.decode()
    assert "tetap begitu" in alone
    assert {item.judgement for item in case.decisions.all()} == {"diterima", "dikesampingkan"}


def test_a_remark_is_written_beside_a_finding(reviewer, case, names):
    url = f"{AT}{case.pk}/komentar?temuan={names[0]}"
    assert reviewer.post(url, {"isi": "Mohon lampirkan rinciannya."}).status_code == 302
    assert "Mohon lampirkan rinciannya." in reviewer.get(f"{AT}{case.pk}/", {"temuan": names[0]}).content.decode()
    assert "Mohon lampirkan" not in reviewer.get(f"{AT}{case.pk}/", {"temuan": names[1]}).content.decode()
    assert reviewer.post(f"{AT}{case.pk}/komentar", {"isi": "x", "temuan": "0"}).status_code == 404


def test_points_of_the_working_paper_are_answered(reviewer, case):
    page = reviewer.get(f"{AT}{case.pk}/kertas-kerja/")
    points = [point for _, items in page.context["groups"] for point in items]
    assert len(points) == 23
    assert any(point.found for point in points)
    assert not any(point.answer for point in points)
    url = f"{AT}{case.pk}/kertas-kerja/I.6"
    given = {"jawaban": "tidak", "catatan": "Jumlah keliru.", "terlihat-jawaban": "", "terlihat-catatan": ""}
    part = reviewer.post(url, given, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "Jumlah keliru." in part.content.decode()
    assert reviewer.post(url, given | {"jawaban": "ya"}).status_code == 409
    assert reviewer.post(f"{AT}{case.pk}/kertas-kerja/Z.1", given).status_code == 404


def test_everything_can_be_taken_away(reviewer, case, names):
    reviewer.post(f"{AT}{case.pk}/putusan", {"temuan": names[0], "putusan": "terima"})
    reviewer.post(f"{AT}{case.pk}/putusan", {"temuan": names[1], "putusan": "kesampingkan", "alasan": "Sudah benar."})
    reviewer.post(f"{AT}{case.pk}/kertas-kerja/I.1", {"jawaban": "ya", "catatan": "=1+1"})

    def taken(form):
        answer = reviewer.get(f"{AT}{case.pk}/unduh/{form}")
        assert answer.status_code == 200, form
        assert answer["Content-Disposition"].startswith("attachment")
        return answer.content

    told = json.loads(taken("json"))
    assert [item["reason"] for item in told["waived"]] == ["Sudah benar."]
    assert json.loads(taken("sarif"))["version"] == "2.1.0"
    assert taken("html").startswith(b"<!doctype html>")
    assert taken("pdf")[:5] == b"%PDF-"
    assert taken("kertas-kerja.pdf")[:5] == b"%PDF-"
    assert taken("kertas-kerja.docx")[:2] == b"PK"
    book = load_workbook(io.BytesIO(taken("xlsx")))
    row = next(row for row in book["Daftar uji"].iter_rows(values_only=False) if row[0].value == "I.1")
    assert (row[3].value, row[4].value, row[4].data_type) == ("Ya", "=1+1", "s")
    assert any("Diterima" in [cell.value for cell in row] for row in book["Temuan"].iter_rows())


def test_the_statement_is_prepared_and_its_conclusion_left_blank(reviewer, case):
    page = reviewer.get(f"{AT}{case.pk}/kertas-kerja/")
    assert page.context["clauses"]["simpulan"].rstrip().endswith("…")


def test_the_report_itself_is_only_saved_never_run(reviewer, case):
    answer = reviewer.get(f"{AT}{case.pk}/berkas")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == REPORT.read_bytes()


def test_a_review_is_returned_finished_and_opened_again(reviewer, case, names):
    assert reviewer.post(f"{AT}{case.pk}/selesai").status_code == 422
    errors = [
        kept["fingerprint"]
        for kept, shown in zip(case.result["kept"], case.result["findings"], strict=True)
        if shown["severity"] == "error"
    ]
    reviewer.post(f"{AT}{case.pk}/putusan", {"temuan": errors, "putusan": "terima"})
    assert reviewer.post(f"{AT}{case.pk}/selesai", {"catatan": "Selesai."}).status_code == 302
    page = reviewer.get(f"{AT}{case.pk}/").content.decode()
    assert "Reviu selesai" in page
    assert "Kesampingkan" not in page
    assert reviewer.post(f"{AT}{case.pk}/buka-lagi", {"alasan": "Ada dokumen baru."}).status_code == 302
    assert reviewer.post(f"{AT}{case.pk}/kembalikan", {"catatan": ""}).status_code == 422
    assert reviewer.post(f"{AT}{case.pk}/kembalikan", {"catatan": "Perbaiki."}).status_code == 302


def test_the_writers_see_the_review_of_their_edition_once_it_is_issued(signed_in, case, edition):
    reporter = signed_in(Role.REPORTER)
    tables.ReviewCase.objects.filter(pk=case.pk).update(edition=edition)
    assert reporter.get(f"{AT}{case.pk}/").status_code == 404
    tables.ReviewCase.objects.filter(pk=case.pk).update(state=ReviewState.RETURNED.value)
    page = reporter.get(f"{AT}{case.pk}/")
    assert page.status_code == 200
    assert not page.context["is_open"]
    assert case.title in reporter.get(AT).content.decode()


def test_the_summary_counts_kinds_and_agencies(reviewer, case):
    page = reviewer.get(f"{AT}ringkasan/")
    assert page.context["reports"] == 1
    assert page.context["totals"]["error"] == case.result["counts"]["error"]
    assert page.context["agencies"][0]["name"].startswith("BIRO ORGANISASI")


def test_reading_pages_write_no_audit_record(reviewer, case):
    before = tables.AuditRecord.objects.count()
    for page in PAGES:
        reviewer.get(AT + page.format(case=case.pk))
    reviewer.get(f"{AT}{case.pk}/unduh/json")
    assert tables.AuditRecord.objects.count() == before
