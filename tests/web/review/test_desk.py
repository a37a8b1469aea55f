"""The desk of the reviewers: tasks, time, the blank statement, the unit's answers, the register."""

from io import BytesIO

import openpyxl
import pytest
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

LIST = f"/i/{BIRO}/2024/reviu/"


def desk(case, rest=""):
    return f"{LIST}{case.pk}/meja/{rest}"


def test_the_desk_opens_with_few_queries_and_only_for_those_who_see_the_case(
    case, reviewer, planner, signed_in, django_assert_max_num_queries
):
    reviewer.get(desk(case))
    with django_assert_max_num_queries(12):
        assert reviewer.get(desk(case)).status_code == 200
    assert planner.get(desk(case)).status_code == 404
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(desk(case)).status_code == 404
    assert reviewer.post(desk(case)).status_code == 405
    assert reviewer.get(f"{LIST}987654/meja/").status_code == 404


def test_a_report_is_given_to_a_reviewer_until_a_day(case, reviewer, planner):
    given = {"pereviu": "contoh-reviewer", "tenggat": "2026-12-31"}
    assert reviewer.post(desk(case, "tugas"), given).status_code == 302
    case.refresh_from_db()
    assert case.assigned.username == "contoh-reviewer"
    assert planner.post(desk(case, "tugas"), given).status_code == 403
    assert reviewer.post(desk(case, "tugas"), {"pereviu": "contoh-planner"}).status_code == 422


def test_time_adds_up(case, reviewer):
    for minutes in ("90", "35"):
        assert reviewer.post(desk(case, "waktu"), {"menit": minutes}).status_code == 302
    assert "2 jam 5 menit" in reviewer.get(desk(case)).content.decode()
    assert reviewer.post(desk(case, "waktu"), {"menit": "lama"}).status_code == 422
    assert reviewer.post(desk(case, "waktu"), {"menit": "-1000"}).status_code == 422


def test_the_statement_is_prepared_blank_and_printed(case, reviewer):
    given = {"number": "15/REVIU/2025", "date": "2025-02-20", "signatory_name": "Pereviu Contoh"}
    assert reviewer.post(desk(case, "pernyataan"), given).status_code == 302
    assert reviewer.post(desk(case, "pernyataan/tanda-tangan")).status_code == 422
    printed = reviewer.get(desk(case, "pernyataan/docx"))
    assert printed.content.startswith(b"PK")
    assert reviewer.get(desk(case, "pernyataan/txt")).status_code == 404


@pytest.fixture
def returned(case, edition):
    tables.ReviewCase.objects.filter(pk=case.pk).update(edition=edition, state="dikembalikan")
    return case


def test_the_unit_answers_the_findings_of_a_returned_report(returned, names, reviewer, signed_in):
    unit = signed_in(Role.REPORTER)
    url = f"{LIST}{returned.pk}/jawaban"
    given = {"temuan": names[0], "jawaban": "Sudah diperbaiki pada tabel kedua.", "terlihat": ""}
    assert unit.post(url, given).status_code == 302
    assert "Sudah diperbaiki" in unit.get(f"{LIST}{returned.pk}/?temuan={names[0]}").content.decode()
    assert "Sudah diperbaiki" in reviewer.get(desk(returned)).content.decode()
    assert unit.post(url, given | {"jawaban": "Lain."}).status_code == 409
    assert reviewer.post(url, given).status_code == 403
    assert unit.post(url, given | {"temuan": "bukan-temuan"}).status_code == 422


def test_the_register_tells_who_read_what_and_the_common_faults(case, reviewer, planner, django_assert_max_num_queries):
    reviewer.post(desk(case, "waktu"), {"menit": "45"})
    reviewer.get(f"{LIST}daftar/")
    with django_assert_max_num_queries(12):
        page = reviewer.get(f"{LIST}daftar/").content.decode()
    assert "LKj Contoh" in page
    assert "45 menit" in page
    assert "Kesalahan umum laporan tahun" in page
    sheet = openpyxl.load_workbook(BytesIO(reviewer.get(f"{LIST}daftar/?format=xlsx").content)).active
    assert sheet["I2"].value == 45
    assert "LKj Contoh" not in planner.get(f"{LIST}daftar/").content.decode()


def test_who_returns_an_uploaded_report_is_told_that_its_unit_does_not_read_it_here(case, reviewer):
    assert "unit tidak membacanya di sini" in reviewer.get(f"{LIST}{case.pk}/").content.decode()
    assert "unit tidak menjawabnya di sini" in reviewer.get(desk(case)).content.decode()


def test_who_returns_an_edition_is_not(returned, reviewer):
    assert "unit tidak menjawabnya di sini" not in reviewer.get(desk(returned)).content.decode()
