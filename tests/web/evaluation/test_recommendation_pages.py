"""Recommendations: given beside the letter, planned, proven, verified by another person, answered by the next plan."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

LIST = f"/i/{BIRO}/2024/evaluasi/rekomendasi/"
CODE = "REK-2024-01"
TEXT = "Menyusun pohon kinerja sampai setiap jabatan."


@pytest.fixture
def given(desk):
    desk.open()
    answer = desk.chief.post(desk.url("lhe/rekomendasi/"), {"komponen": "1", "uraian": TEXT, "tenggat": "2026-12-31"})
    assert answer.status_code == 302
    return desk


def plan(desk, who=None):
    position = tables.Position.objects.filter(agency__code=BIRO).first()
    given = {"rencana": "Lokakarya di setiap bagian.", "penanggung": position.code, "tenggat": "2027-01-31"}
    return (who or desk.unit).post(f"{LIST}{CODE}/rencana/", given)


def test_a_recommendation_is_given_beside_the_letter_and_listed(given):
    page = given.unit.get(LIST).content.decode()
    assert TEXT in page
    assert "0 dari 1 terverifikasi" in page
    assert TEXT in given.member.get(given.url("lhe/")).content.decode()
    assert given.unit.post(given.url("lhe/rekomendasi/"), {"komponen": "1", "uraian": TEXT}).status_code == 403


def test_the_pages_need_few_queries(given, django_assert_max_num_queries):
    for url in (LIST, f"{LIST}{CODE}/"):
        given.unit.get(url)
        with django_assert_max_num_queries(12):
            assert given.unit.get(url).status_code == 200


def test_the_list_is_filtered_and_exported(given):
    assert TEXT in given.unit.get(f"{LIST}?status=diberikan&komponen=1&tahun=2024").content.decode()
    assert "Tidak ada yang cocok" in given.unit.get(f"{LIST}?waktu=terlambat").content.decode()
    sheet = openpyxl.load_workbook(BytesIO(given.unit.get(f"{LIST}?format=xlsx").content)).active
    assert sheet["A2"].value == CODE


def test_it_goes_from_plan_to_verification_by_another_person(given):
    assert plan(given).status_code == 302
    file = SimpleUploadedFile("notula.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    step = {"uraian": "Lokakarya selesai.", "bukti": file}
    assert given.unit.post(f"{LIST}{CODE}/langkah/", step).status_code == 302
    row = tables.RecommendationStep.objects.get()
    sent = given.member.get(f"{LIST}{CODE}/langkah/{row.pk}/bukti")
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert given.unit.post(f"{LIST}{CODE}/langkah/{row.pk}/verifikasi/").status_code == 403
    assert given.member.post(f"{LIST}{CODE}/langkah/{row.pk}/verifikasi/").status_code == 302
    assert given.unit.post(f"{LIST}{CODE}/selesai/").status_code == 302
    assert given.unit.post(f"{LIST}{CODE}/verifikasi/").status_code == 403
    assert given.member.post(f"{LIST}{CODE}/tolak/").status_code == 422
    assert given.member.post(f"{LIST}{CODE}/verifikasi/").status_code == 302
    assert "Terverifikasi" in given.unit.get(f"{LIST}{CODE}/").content.decode()


def test_a_step_is_returned_with_a_reason(given):
    plan(given)
    given.unit.post(f"{LIST}{CODE}/langkah/", {"uraian": "Lokakarya selesai."})
    row = tables.RecommendationStep.objects.get()
    back = f"{LIST}{CODE}/langkah/{row.pk}/kembalikan/"
    assert given.member.post(back).status_code == 422
    assert given.member.post(back, {"alasan": "Sertakan notula."}).status_code == 302
    assert "Sertakan notula." in given.unit.get(f"{LIST}{CODE}/").content.decode()


def test_a_target_of_the_next_plan_answers_it(given):
    indicator = tables.Indicator.objects.filter(agency__code=BIRO).first()
    link = {"tahun": "2025", "indikator": indicator.code}
    assert given.unit.post(f"{LIST}{CODE}/rencana-berikutnya/", link).status_code == 302
    assert indicator.name in given.unit.get(f"{LIST}{CODE}/").content.decode()
    reply = tables.RecommendationReply.objects.get()
    assert given.unit.post(f"{LIST}{CODE}/rencana-berikutnya/", {"lepas": str(reply.pk)}).status_code == 302
    assert not tables.RecommendationReply.objects.exists()
    assert given.unit.post(f"{LIST}{CODE}/rencana-berikutnya/", {"tahun": "besok"}).status_code == 422


def test_it_is_shown_again_on_the_sheet_of_the_next_year(given):
    given.open(year=2025)
    page = given.unit.get(given.url()).content.decode()
    assert "Rekomendasi sebelumnya yang belum tuntas" in page
    assert TEXT in page


def test_it_is_reworded_and_taken_back_before_anybody_planned(given):
    assert given.unit.post(f"{LIST}{CODE}/ubah/", {"uraian": "Lain."}).status_code == 403
    assert given.chief.post(f"{LIST}{CODE}/ubah/", {"uraian": "Lebih jelas."}).status_code == 302
    assert "Lebih jelas." in given.unit.get(LIST).content.decode()
    assert given.chief.post(f"{LIST}{CODE}/tarik/", {"alasan": "Ganda."}).status_code == 302
    assert given.unit.get(f"{LIST}{CODE}/").status_code == 404


def test_strangers_other_methods_and_unknown_words_are_refused(given, signed_in):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(LIST).status_code == 404
    assert stranger.get(f"{LIST}{CODE}/").status_code == 404
    assert signed_in(Role.READER, name="contoh-warga").get(LIST).status_code == 403
    assert given.unit.post(LIST).status_code == 405
    assert given.unit.get(f"{LIST}REK-0/").status_code == 404
    assert given.unit.post(f"{LIST}{CODE}/terbang/").status_code == 404


def test_it_is_found_by_the_search_by_those_who_may_see_it(given, signed_in):
    found = f"/i/{BIRO}/2024/cari/?q=pohon+kinerja+jabatan"
    assert CODE in given.unit.get(found).content.decode()
    narrow = signed_in(Role.OWNER, unit="BAG-KAJ", name="contoh-bagian")
    assert CODE not in narrow.get(found).content.decode()
