"""The board and the sheet: pages, answers, refusals in their cards, the way to the final decision."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.actions.evaluating import probed
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.core.evaluation.stages import Column, State
from selaras.store import models as tables

BOARD = f"/i/{BIRO}/2024/evaluasi/"
PAGES = ("", "komponen/1/", "perbedaan/", "tim/", "lhe/")
QUERIES = 12


def answered(desk, who, item, letter, column=Column.SELF, **more):
    return who.post(desk.url(f"isi/{item}/"), {"kolom": column.value, "jawaban": letter, **more})


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_evaluation_opens_for_its_team(desk, page):
    desk.open()
    assert desk.member.get(desk.url(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_need_few_queries(desk, page, django_assert_max_num_queries):
    desk.open().submitted()
    desk.member.get(desk.url(page))
    with django_assert_max_num_queries(QUERIES):
        assert desk.member.get(desk.url(page)).status_code == 200


def test_the_board_needs_few_queries_however_many_units(desk, django_assert_max_num_queries):
    desk.open().final()
    desk.member.get(BOARD)
    with django_assert_max_num_queries(QUERIES):
        page = desk.member.get(BOARD).content.decode()
    assert "Final" in page
    assert "Bagian Kelembagaan dan Analisis Jabatan" in page


@pytest.mark.parametrize("page", ["", "komponen/1/", "tim/"])
def test_another_agency_role_or_method_is_refused(desk, page, signed_in):
    desk.open()
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(desk.url(page)).status_code == 404
    assert signed_in(Role.READER, name="contoh-warga").get(desk.url(page)).status_code == 403
    assert desk.member.delete(desk.url(page)).status_code == 405
    missing = desk.url(page).replace(f"/{desk.row.pk}/", "/987654/")
    assert desk.member.get(missing).status_code == 404


def test_from_another_year_one_is_led_to_the_own_year_of_an_evaluation(desk, signed_in):
    desk.open()
    led = desk.member.get(desk.url("komponen/2/").replace("/2024/", "/2023/"))
    assert (led.status_code, led["Location"]) == (302, desk.url("komponen/2/"))
    assert desk.member.post(desk.url("isi/1.a/").replace("/2024/", "/2023/")).status_code == 404
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(desk.url().replace("/2024/", "/2023/")).status_code == 404


def test_the_letter_waits_for_the_decision_unless_one_evaluates(desk):
    desk.open()
    assert desk.unit.get(desk.url("lhe/")).status_code == 403
    assert desk.unit.get(desk.url("lhe/dokumen/")).status_code == 403
    desk.final()
    assert desk.unit.get(desk.url("lhe/")).status_code == 200


def test_units_are_opened_many_at_once(desk):
    answer = desk.chief.post(
        f"{BOARD}banyak/", {"pilih": ["*", "BIRO", "BAG-KAJ"], "tindakan": "buka", "tenggat": "2026-01-31"}
    )
    assert answer.status_code == 302
    assert tables.Evaluation.objects.filter(agency__code=BIRO, year=2024).count() == 3
    page = desk.chief.get(f"{BOARD}?status=draf").content.decode()
    assert page.count("Penilaian mandiri diisi") >= 3


def test_a_planner_opens_the_own_self_assessment_and_a_reader_does_not(desk, signed_in):
    assert desk.unit.post(f"{BOARD}banyak/", {"pilih": "BIRO", "tindakan": "buka"}).status_code == 302
    owner = signed_in(Role.OWNER)
    assert owner.post(f"{BOARD}banyak/", {"pilih": "BAG-KAJ", "tindakan": "buka"}).status_code == 403


def test_the_board_is_filtered_ordered_and_exported(desk):
    desk.open().submitted()
    only = desk.member.get(f"{BOARD}?status={State.SUBMITTED.value}&urut=-nilai&milik=saya").content.decode()
    assert "Menunggu evaluator" in only
    assert "Bagian Kelembagaan" not in only
    answer = desk.member.get(f"{BOARD}?format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:2] == ["Kode", "Unit"]
    assert "30" in str(sheet["E2"].value)


def test_an_answer_is_kept_and_the_running_score_follows(desk):
    desk.open()
    answer = desk.unit.post(
        desk.url("isi/1.a/"), {"kolom": Column.SELF.value, "jawaban": "D"}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in page
    assert "1,80" in page
    assert "Jawaban tersimpan." in answer["HX-Trigger"]


def test_a_criterion_changes_the_proposal(desk):
    desk.open()
    for number in (1, 2, 3):
        assert answered(desk, desk.unit, f"1.a.{number}", "terpenuhi").status_code == 302
    page = desk.unit.get(desk.url("komponen/1/")).content.decode()
    assert "3 dari 6 kriteria terpenuhi" in page
    assert "Usulan: <strong>C</strong>" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_contradiction_is_told_in_its_card_with_what_was_written(desk, headers):
    desk.open()
    answer = desk.unit.post(
        desk.url("isi/1.a/"),
        {"kolom": Column.SELF.value, "jawaban": "AA", "alasan": "Sudah lama begitu."},
        headers=headers,
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Jawaban bertentangan" in page
    assert "Sudah lama begitu." in page
    assert not tables.EvaluationAnswer.objects.exists()


def test_reported_as_reviewed_without_a_review_is_refused(desk):
    desk.open()
    answer = answered(desk, desk.unit, "3.a.4", "terpenuhi")
    assert answer.status_code == 422
    assert "direviu" in answer.content.decode()


def test_two_people_do_not_overwrite_each_other(desk):
    desk.open()
    assert answered(desk, desk.unit, "1.a", "D", terlihat="").status_code == 302
    assert answered(desk, desk.unit, "1.a", "E", terlihat="C").status_code == 409


def test_nobody_writes_the_column_of_somebody_else(desk):
    desk.open()
    assert answered(desk, desk.unit, "1.a", "D", Column.EVALUATOR).status_code == 403
    assert answered(desk, desk.member, "1.a", "D").status_code == 403
    assert answered(desk, desk.unit, "9.z", "D").status_code == 404
    assert desk.unit.post(desk.url("isi/1.a/"), {"kolom": "kolom lain", "jawaban": "D"}).status_code == 404


def test_working_papers_of_evaluators_are_not_shown_to_the_unit(desk):
    desk.open().submitted()
    desk.answer("anggota", Column.EVALUATOR, "E", "Rahasia sampai ditetapkan.")
    assert "Rahasia sampai ditetapkan." in desk.member.get(desk.url("komponen/1/")).content.decode()
    assert "Rahasia sampai ditetapkan." not in desk.unit.get(desk.url("komponen/1/")).content.decode()
    assert "Rahasia sampai ditetapkan." not in desk.unit.get(desk.url("perbedaan/")).content.decode()


def test_the_whole_way_to_the_final_decision(desk):
    desk.open().answer("unit", Column.SELF, "D")
    assert desk.unit.post(desk.url("alur/ajukan/")).status_code == 302
    assert desk.chief.post(desk.url("alur/kembalikan/")).status_code == 422
    assert desk.chief.post(desk.url("alur/kembalikan/"), {"catatan": "Lengkapi bukti."}).status_code == 302
    assert desk.unit.post(desk.url("alur/ajukan/")).status_code == 302
    desk.answer("anggota", Column.EVALUATOR, "E", "Belum ada buktinya.")
    assert desk.member.post(desk.url("alur/selesai-evaluasi/")).status_code == 403
    refused = desk.chief.post(desk.url("alur/selesai-evaluasi/"))
    assert (refused.status_code, "belum bersandar pada kriteria" in refused.content.decode()) == (422, True)
    probed(desk.row)
    assert desk.chief.post(desk.url("alur/selesai-evaluasi/")).status_code == 302
    assert desk.controller.post(desk.url("alur/selesai-kendali/")).status_code == 302
    assert desk.lead.post(desk.url("alur/tetapkan/")).status_code == 302
    page = desk.unit.get(desk.url()).content.decode()
    assert "0,00" in page
    assert "Keputusan akhir" in page
    assert desk.lead.post(desk.url("alur/buka-lagi/"), {"catatan": "Salah hitung."}).status_code == 302
    assert desk.lead.post(desk.url("alur/terbang/")).status_code == 404


def test_differences_stand_in_a_table_with_their_reasons(desk):
    desk.open().final()
    page = desk.unit.get(desk.url("perbedaan/")).content.decode()
    assert "12 dari 12 sub-komponen dijawab berbeda." in page
    assert "Belum ada buktinya." in page


def test_evidence_is_added_downloaded_and_taken_away(desk):
    desk.open()
    file = SimpleUploadedFile("pedoman.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    desk.unit.post(desk.url("bukti/"), {"butir": "1.a.1", "berkas": file, "catatan": "Lihat halaman 2."})
    desk.unit.post(desk.url("bukti/"), {"butir": "1.a", "tautan": "https://contoh.go.id/renstra"})
    page = desk.unit.get(desk.url("komponen/1/")).content.decode()
    assert "Lihat halaman 2." in page
    assert "belum diperiksa" in page
    proof = tables.EvaluationProof.objects.get(item="1.a.1")
    sent = desk.member.get(desk.url(f"bukti/{proof.pk}/"))
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert sent["Content-Type"] == "application/octet-stream"
    link = tables.EvaluationProof.objects.get(item="1.a")
    assert desk.member.get(desk.url(f"bukti/{link.pk}/")).status_code == 404
    assert desk.member.post(desk.url(f"bukti/{proof.pk}/hapus/")).status_code == 403
    assert desk.unit.post(desk.url(f"bukti/{proof.pk}/hapus/")).status_code == 302
    assert desk.unit.post(desk.url("bukti/"), {"butir": "1.a", "tautan": "bukan tautan"}).status_code == 422


def test_the_team_is_named_and_a_person_of_the_unit_is_not_of_it(desk):
    desk.open()
    given = {"anggota": ["contoh-ketua", "contoh-anggota", ""], "peran": ["ketua tim", "anggota", "anggota"]}
    assert desk.chief.post(desk.url("tim/"), given).status_code == 302
    assert tables.EvaluationMember.objects.filter(evaluation=desk.row).count() == 2
    wrong = {"anggota": ["contoh-unit"], "peran": ["ketua tim"]}
    assert desk.chief.post(desk.url("tim/"), wrong).status_code == 422
    twice = {"anggota": ["contoh-ketua", "contoh-ketua"], "peran": ["ketua tim", "anggota"]}
    assert desk.chief.post(desk.url("tim/"), twice).status_code == 422
    assert desk.unit.post(desk.url("tim/"), given).status_code == 403


def test_a_document_is_asked_for_answered_and_the_request_closed(desk):
    desk.open().submitted()
    given = {"uraian": "Notula evaluasi triwulan", "butir": "2.b", "tenggat": "2026-01-31"}
    assert desk.chief.post(desk.url("permintaan/"), given).status_code == 302
    assert desk.unit.post(desk.url("permintaan/"), given).status_code == 422
    asked = tables.EvaluationRequest.objects.get()
    assert "Notula evaluasi triwulan" in desk.unit.get(desk.url("tim/")).content.decode()
    file = SimpleUploadedFile("notula.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    reply = {"jawaban": "Terlampir.", "berkas": file}
    assert desk.unit.post(desk.url(f"permintaan/{asked.pk}/jawab/"), reply).status_code == 302
    sent = desk.member.get(desk.url(f"permintaan/{asked.pk}/berkas"))
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert desk.unit.post(desk.url(f"permintaan/{asked.pk}/tutup/")).status_code == 422
    assert desk.chief.post(desk.url(f"permintaan/{asked.pk}/tutup/")).status_code == 302
    assert desk.chief.post(desk.url(f"permintaan/{asked.pk}/lain/")).status_code == 404
    assert "Terlampir." in desk.member.get(desk.url("tim/")).content.decode()


def test_an_instrument_of_averaged_criteria_is_answered_by_criterion(desk):
    desk.open(template="daerah-rata-rata-kriteria")
    page = desk.unit.get(desk.url("komponen/1/")).content.decode()
    assert "data-lke-letters" not in page
    assert answered(desk, desk.unit, "1.a.1", "A").status_code == 302
    assert desk.unit.get(desk.url("komponen/1/")).content.decode().count("chosen") == 1


def test_evaluators_take_the_criteria_over_and_then_change_what_differs(desk):
    desk.open()
    answered(desk, desk.unit, "1.a.1", "terpenuhi")
    answered(desk, desk.unit, "2.a.1", "sebagian")
    assert "Ambil alih" not in desk.unit.get(desk.url("komponen/1/")).content.decode()
    desk.submitted()
    assert (
        "Ambil alih 1 jawaban kriteria dari Penilaian mandiri"
        in desk.member.get(desk.url("komponen/1/")).content.decode()
    )
    assert "Ambil alih 2 jawaban kriteria" in desk.member.get(desk.url()).content.decode()
    assert "Ambil alih" not in desk.controller.get(desk.url("komponen/1/")).content.decode()
    page = desk.member.post(desk.url("ambil-alih/"), {"komponen": "1"}, follow=True).content.decode()
    assert "1 jawaban kriteria diambil alih." in page
    own = tables.EvaluationAnswer.objects.filter(evaluation=desk.row, column=Column.EVALUATOR.value)
    assert dict(own.values_list("item", "answer")) == {"1.a.1": "terpenuhi"}
    answered(desk, desk.member, "1.a.1", "belum", Column.EVALUATOR)
    assert own.get(item="1.a.1").answer == "belum"
    assert desk.member.post(desk.url("ambil-alih/"), {"komponen": "1"}).status_code == 422
    assert desk.member.post(desk.url("ambil-alih/"), {"komponen": "9"}).status_code == 404
    assert desk.controller.post(desk.url("ambil-alih/")).status_code == 422
    assert desk.member.get(desk.url("ambil-alih/")).status_code == 405


def test_the_team_form_offers_a_line_for_every_role_that_nobody_has(desk):
    desk.open()
    from selaras.actions.evaluations import set_team
    from selaras.core.evaluation.stages import TeamRole

    set_team(
        desk.actor("ketua"), agency=BIRO, evaluation=desk.row.pk,
        members={"contoh-anggota": TeamRole.MEMBER, "contoh-ketua": TeamRole.CHIEF},
    )  # fmt: skip
    page = desk.chief.get(desk.url("tim/")).content.decode()
    for role in (TeamRole.CONTROLLER, TeamRole.LEAD):
        assert page.count(f'<option value="{role.value}" selected>') == 1
    assert page.count('name="anggota"') == 6


def test_what_stands_in_the_way_is_told_on_the_sheet_itself(desk):
    desk.open()
    told = desk.unit.post(desk.url("alur/ajukan/"))
    page = told.content.decode()
    assert told.status_code == 422
    assert "Kolom penilaian mandiri belum lengkap." in page
    assert "Nilai per komponen" in page
    assert desk.unit.post(desk.url("alur/terbang/")).status_code == 404


def test_a_refused_form_leads_back_to_the_page_that_it_was_sent_from(desk):
    desk.open()
    at = f"http://testserver{desk.url('tim/')}"
    told = desk.chief.post(desk.url("permintaan/"), {"uraian": ""}, headers={"referer": at})
    assert told.status_code == 422
    assert f'href="{at}"' in told.content.decode()
    told = desk.chief.post(desk.url("permintaan/"), {"uraian": ""}, headers={"referer": "https://asing.example/"})
    assert "asing.example" not in told.content.decode()


def test_what_speaks_against_an_answer_without_refusing_it_is_told(desk):
    desk.open()
    answered(desk, desk.unit, "2.a", "BB")
    card = desk.unit.get(desk.url("komponen/2/")).content.decode()
    assert "Jawaban BB untuk 2.a bersandar pada kriteria yang belum dijawab." in card
    page = desk.unit.get(desk.url()).content.decode()
    assert "Perlu ditinjau" in page
    assert f'href="{desk.url("komponen/2/")}#sub-2-a"' in page


def test_nothing_is_doubted_once_the_evaluation_is_final(desk):
    desk.open().final()
    assert "Perlu ditinjau" not in desk.lead.get(desk.url()).content.decode()


def test_a_team_is_used_for_the_other_evaluations_too(desk):
    desk.open()
    desk.chief.post(f"{BOARD}banyak/", {"pilih": ["BAG-KAJ", "KJF"], "tindakan": "buka"})
    page = desk.chief.get(desk.url("tim/")).content.decode()
    assert "Pakai tim ini juga untuk evaluasi yang belum mempunyai tim" in page
    page = desk.chief.post(desk.url("tim/bagikan/"), follow=True).content.decode()
    assert "Tim ini dipakai 2 evaluasi lain." in page
    assert "Pakai tim ini juga" not in page
    assert desk.chief.post(desk.url("tim/bagikan/")).status_code == 422
    assert desk.unit.post(desk.url("tim/bagikan/")).status_code == 403
    assert desk.chief.get(desk.url("tim/bagikan/")).status_code == 405


def test_the_way_back_needs_a_note_at_every_step(desk):
    desk.open().submitted().answer("anggota", Column.EVALUATOR, "E", "Belum ada buktinya.")
    probed(desk.row)
    desk.chief.post(desk.url("alur/selesai-evaluasi/"))
    assert desk.controller.post(desk.url("alur/kembali-evaluator/")).status_code == 422
    assert desk.controller.post(desk.url("alur/kembali-evaluator/"), {"catatan": "Lengkapi."}).status_code == 302
    desk.chief.post(desk.url("alur/selesai-evaluasi/"))
    desk.controller.post(desk.url("alur/selesai-kendali/"))
    assert desk.lead.post(desk.url("alur/kembali-kendali/")).status_code == 422
    assert desk.lead.post(desk.url("alur/kembali-kendali/"), {"catatan": "Lengkapi."}).status_code == 302
    desk.row.refresh_from_db()
    assert desk.row.state == State.EVALUATED.value


def test_a_link_that_cannot_be_opened_is_told_on_the_sheet(desk):
    desk.open()
    desk.unit.post(desk.url("bukti/"), {"butir": "1.a", "judul": "Pedoman", "tautan": "http://127.0.0.1:9/x.pdf"})
    page = desk.unit.post(desk.url("bukti/periksa/"), follow=True).content.decode()
    assert "tidak dapat dibuka" in page
    assert desk.unit.get(desk.url("bukti/periksa/")).status_code == 405


def test_the_differences_come_as_a_spreadsheet_with_points_as_numbers(desk):
    desk.open().submitted()
    answer = desk.member.get(desk.url("perbedaan/"), {"semua": "1", "format": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [sheet["A1"].value, sheet["C1"].value] == ["Kode", "Bobot"]
    assert sheet["C2"].data_type == "n"
    assert sheet["E2"].data_type == "n"
