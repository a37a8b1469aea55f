"""Workbooks: what a rule on running text may not say of sheets, which have no chapters and no order of reading."""

import pytest
from openpyxl import Workbook

from selaras.documents.read import DEFAULT
from selaras.documents.read.forms import read_form
from selaras.review.claims import understand
from selaras.review.rules import st04_references, tx01_duplicates

NOTE = "Data kinerja diambil dari laporan bidang yang telah diverifikasi oleh tim pengelola data dinas."


@pytest.fixture
def workbook(tmp_path, law):
    """Reads sheets, given as rows of cells, and asks one rule."""

    def ask(rule, sheets):
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "laporan.xlsx"
        book.save(path)
        return list(rule.check(understand(read_form(path, DEFAULT)), law))

    return ask


def table(number):
    return [
        [f"Tabel {number} Capaian Kinerja Tahun 2024"],
        ["No", "Indikator Kinerja", "Target", "Realisasi"],
        [1, "Persentase arsip tertata", "90%", "88%"],
        [2, "Nilai pengawasan arsip", "70", "71"],
    ]


def test_a_sheet_may_refer_to_a_table_of_the_report_that_the_workbook_leaves_out(workbook):
    rows = [["Rincian capaian disajikan dalam Tabel 3.9 laporan kinerja tahun ini."], *table("3.1")]
    assert workbook(st04_references, {"Capaian": rows}) == []


def test_the_same_note_may_stand_on_two_sheets(workbook):
    sheets = {"Bidang A": [*table("3.1"), [], [NOTE]], "Bidang B": [*table("3.2"), [], [NOTE]]}
    assert workbook(tx01_duplicates, sheets) == []


def test_a_note_that_stands_twice_on_one_sheet_is_told(workbook):
    found = workbook(tx01_duplicates, {"Bidang A": [*table("3.1"), [], [NOTE], [], [NOTE]]})
    assert [finding.kind for finding in found] == ["duplicate-content"]


def test_a_sheet_without_any_reference_is_not_told_that_its_tables_are_unused(workbook):
    assert workbook(st04_references, {"Capaian": [*table("3.1"), [], *table("3.2")]}) == []
