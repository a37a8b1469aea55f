"""The LHE: data of the letter, narratives, preview, files; and the LKE as a workbook."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from tests.web.conftest import BIRO

BOARD = f"/i/{BIRO}/2024/evaluasi/"


def test_the_letter_is_filled_in_and_printed_beside(desk):
    desk.open()
    fields = {"number": "700/12/ITPROV", "date": "2025-06-30", "recipient": "Kepala Biro Organisasi"}
    assert desk.chief.post(desk.url("lhe/surat/"), fields).status_code == 302
    note = "Perencanaan sudah memuat indikator hasil."
    assert desk.chief.post(desk.url("lhe/catatan/1/"), {"catatan": note}).status_code == 302
    paper = desk.chief.get(desk.url("lhe/dokumen/"))
    page = paper.content.decode()
    assert "700/12/ITPROV" in page
    assert "30 Juni 2025" in page
    assert note in page
    assert "sandbox" in paper["Content-Security-Policy"]
    desk_page = desk.chief.get(desk.url("lhe/")).content.decode()
    assert "jabatan penanda tangan" in desk_page.lower()


def test_a_note_is_saved_in_place_and_two_people_do_not_overwrite_each_other(desk):
    desk.open()
    url = desk.url("lhe/catatan/1/")
    saved = desk.chief.post(url, {"catatan": "Pertama.", "semula": ""}, headers={"HX-Request": "true"})
    assert "Tersimpan" in saved.content.decode()
    assert desk.member.post(url, {"catatan": "Kedua.", "semula": ""}).status_code == 409
    assert desk.unit.post(url, {"catatan": "Milik unit."}).status_code == 422
    assert desk.chief.post(desk.url("lhe/catatan/9/"), {"catatan": "Lain."}).status_code == 404


def test_a_day_that_cannot_be_read_is_refused(desk):
    desk.open()
    assert desk.chief.post(desk.url("lhe/surat/"), {"date": "lusa"}).status_code == 422


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("lke", b"PK"), ("xlsx", b"PK")])
def test_the_files_are_sent_to_evaluators_before_the_decision(desk, form, begins):
    desk.open().submitted()
    answer = desk.chief.post(desk.url(f"unduh/{form}/"))
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith("attachment")
    assert desk.chief.get(desk.url(f"unduh/{form}/")).status_code == 405


def test_the_workbook_calculates(desk):
    desk.open().submitted()
    book = openpyxl.load_workbook(BytesIO(desk.unit.post(desk.url("unduh/lke/")).content))
    formulas = [cell.value for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) > 12


def test_the_unit_gets_the_letter_only_after_the_decision(desk):
    desk.open().submitted()
    assert desk.unit.post(desk.url("unduh/docx/")).status_code == 403
    assert desk.chief.post(desk.url("unduh/ppt/")).status_code == 404


@pytest.mark.slow
def test_the_letters_of_many_units_come_in_one_archive(desk):
    desk.open().final()
    answer = desk.chief.post(f"{BOARD}banyak/", {"pilih": ["*"], "tindakan": "unduh"})
    names = ZipFile(BytesIO(answer.content)).namelist()
    assert names == [f"lhe-2024-{BIRO}.pdf", "daftar-lhe-2024.xlsx"]
    assert desk.chief.post(f"{BOARD}banyak/", {"pilih": ["KJF"], "tindakan": "unduh"}).status_code == 422
    assert desk.chief.post(f"{BOARD}banyak/", {"tindakan": "unduh"}).status_code == 422


def test_drafts_among_the_letters_of_many_units_are_a_choice_and_are_told(desk):
    desk.open().submitted()
    sent = {"pilih": ["*"], "tindakan": "unduh"}
    refused = desk.chief.post(f"{BOARD}banyak/", sent)
    assert (refused.status_code, "masih draf" in refused.content.decode()) == (422, True)
    with ZipFile(BytesIO(desk.chief.post(f"{BOARD}banyak/", sent | {"draf": "1"}).content)) as archive:
        assert archive.namelist() == [f"lhe-2024-{BIRO}-draf.pdf", "daftar-lhe-2024.xlsx"]
        listed = openpyxl.load_workbook(BytesIO(archive.read("daftar-lhe-2024.xlsx"))).active
        assert [cell.value for cell in listed[2]][1:] == ["diajukan", "draf", f"lhe-2024-{BIRO}-draf.pdf"]
