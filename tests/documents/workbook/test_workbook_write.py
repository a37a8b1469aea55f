from __future__ import annotations

from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from tests.documents.workbook.office import AGENCY, RECORDS

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.errors import CannotRun, Refusal
from selaras.core.org import AgencyKind, Unit
from selaras.core.period import Period
from selaras.core.planning import BudgetLine, FundSource, PlanDocument, Target
from selaras.core.snapshot import Narrative
from selaras.core.value import percent
from selaras.documents.workbook import SHEETS, read_records, write_template, write_workbook
from selaras.documents.workbook.examples import example_records
from selaras.documents.workbook.write import LIVE_ROWS


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    path = tmp_path_factory.mktemp("buku") / "penuh.xlsx"
    write_workbook(path, AGENCY, RECORDS)
    return path


@pytest.fixture(scope="module")
def formulas(full):
    return openpyxl.load_workbook(full)


@pytest.fixture(scope="module")
def results(full):
    return openpyxl.load_workbook(full, data_only=True)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("templat") / "templat.xlsx"
    write_template(path)
    return path


def column(page, header):
    return next(cell.column for cell in page[1] if cell.value.removesuffix(" *") == header)


def test_the_guide_stands_first_and_links_every_sheet(formulas):
    guide = formulas["Petunjuk"]
    assert formulas.sheetnames == ["Petunjuk", *(sheet.name for sheet in SHEETS)]
    links = {cell.hyperlink.location for row in guide.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{sheet.name}'!A1" for sheet in SHEETS}


def test_the_same_records_give_the_same_bytes(full, tmp_path):
    write_workbook(tmp_path / "lagi.xlsx", AGENCY, RECORDS)
    assert (tmp_path / "lagi.xlsx").read_bytes() == full.read_bytes()


def test_text_that_looks_like_a_formula_stays_text(formulas, full):
    page = formulas["Analisis"]
    cells = [page.cell(2, column(page, header)) for header in ("Hambatan", "Solusi", "Rencana Lanjutan")]
    assert [cell.value for cell in cells] == ["-", "+ tenaga", "@2025"]
    name = formulas["Indikator"].cell(5, column(formulas["Indikator"], "Nama Indikator"))
    assert name.value == "=Pedoman tersedia"
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in [*cells, name])
    with ZipFile(full) as parts:
        assert b"<f>Pedoman" not in parts.read("xl/worksheets/sheet15.xml")


def test_codes_keep_their_zeros_in_text_cells(formulas):
    cell = formulas["Instansi"]["A2"]
    assert (cell.value, cell.number_format) == ("07", "@")


def test_headers_are_frozen_and_explained_and_required_ones_carry_a_star(formulas):
    page = formulas["Target"]
    assert page.freeze_panes == "B2"
    assert [cell.value for cell in page[1]] == [
        "Kode Indikator *",
        "Nama Indikator (otomatis)",
        "Tahun *",
        "Periode *",
        "Dokumen *",
        "Target *",
    ]
    assert all(cell.comment for sheet in SHEETS for cell in formulas[sheet.name][1])


def test_choices_and_codes_have_drop_downs(formulas):
    rules = {str(rule.sqref): rule.formula1 for rule in formulas["Target"].data_validations.dataValidation}
    assert rules["A2:A100001"] == "Kode_Indikator"
    assert rules["E2:E100001"] == '"Renstra,RKT,Rencana Aksi"'
    assert "Indikator!$A$2" in formulas.defined_names["Kode_Indikator"].value


def test_computed_cells_are_locked_and_input_cells_are_not(formulas):
    page = formulas["Realisasi"]
    assert page.protection.sheet
    assert page.cell(2, column(page, "Persen (otomatis)")).protection.locked
    assert page.cell(2, column(page, "Persen (otomatis)")).value.startswith("=IF(")
    assert not page.cell(2, column(page, "Pembilang")).protection.locked
    assert not page.column_dimensions["E"].protection.locked
    assert not formulas["Narasi"].protection.sheet


def test_computed_cells_show_their_results_at_once(results):
    page = results["Realisasi"]
    assert page.cell(2, column(page, "Persen (otomatis)")).value == pytest.approx(203 / 338)
    assert page.cell(2, column(page, "Nama Indikator (otomatis)")).value == "Persentase arsip tertata"
    spent = results["RealisasiAnggaran"]
    shown = [spent.cell(3, column(spent, f"{name} (otomatis)")).value for name in ("Pagu", "Kumulatif", "Serapan")]
    assert shown == pytest.approx([125000000.5, 115000000.25, 115000000.25 / 125000000.5])
    versions = results["VersiAnggaran"]
    assert [versions.cell(row, column(versions, "Berlaku (otomatis)")).value for row in (2, 3)] == ["Tidak", "Ya"]


def test_an_unknown_code_is_named_as_such_beside_it(tmp_path):
    lines = [Target("TIDAK-ADA", Period(2024), PlanDocument.RKT, percent(5))]
    write_workbook(tmp_path / "a.xlsx", AGENCY, {Target: lines})
    page = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["Target"]
    assert page["B2"].value == "? kode tidak dikenal"


def test_percentages_are_percentages_of_excel_with_their_decimals(formulas):
    page = formulas["Target"]
    assert (page["F2"].value, page["F2"].number_format) == (0.875, "0.0%")
    assert (page["F3"].value, page["F3"].number_format) == (1.033333, "0.0000%")


def test_a_plain_number_where_a_percentage_is_expected_carries_a_mark(formulas):
    page = formulas["PKIndikator"]
    assert (page["E3"].value, page["E3"].number_format) == (56, '#,##0" (angka)"')


@pytest.mark.slow
def test_far_down_the_results_stand_without_formulas(tmp_path):
    lines = [BudgetLine("murni", 2024, "K1", 1, FundSource.APBD)] * (LIVE_ROWS + 1)
    write_workbook(tmp_path / "a.xlsx", AGENCY, RECORDS | {BudgetLine: lines})
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["Anggaran"]
    assert page.cell(LIVE_ROWS + 1, 2).value.startswith("=IF(")
    assert page.cell(LIVE_ROWS + 2, 2).value == "Penataan arsip"


def test_a_year_leaves_out_what_belongs_to_others(tmp_path):
    old = Agreement("PK-LAMA", 2023, "KADIS")
    line = AgreementLine("PK-LAMA", 1, "", "Lama", percent(1), "%")
    records = {kind: iter(items) for kind, items in RECORDS.items()}
    records[Agreement] = [*RECORDS[Agreement], old]
    records[AgreementLine] = [*RECORDS[AgreementLine], line]
    write_workbook(tmp_path / "a.xlsx", AGENCY, records, year=2024)
    write_workbook(tmp_path / "b.xlsx", AGENCY, RECORDS)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_records_may_come_from_iterators(tmp_path, full):
    write_workbook(tmp_path / "a.xlsx", AGENCY, {kind: iter(items) for kind, items in RECORDS.items()})
    assert (tmp_path / "a.xlsx").read_bytes() == full.read_bytes()


def test_a_text_that_no_cell_holds_is_refused_and_leaves_no_file(tmp_path):
    with pytest.raises(Refusal) as refused:
        write_workbook(tmp_path / "a.xlsx", AGENCY, {Narrative: [Narrative(2024, "bab", 1, "𝒳" * 16_384)]})
    assert "32767" in str(refused.value)
    assert refused.value.faults[0].place.cell == "D2"
    assert not (tmp_path / "a.xlsx").exists()


def test_a_code_that_would_be_taken_for_an_example_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        write_workbook(tmp_path / "a.xlsx", AGENCY, {Unit: [Unit("Contoh-1", "Unit")]})
    assert refused.value.faults[0].place.sheet == "Unit"


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path):
    with pytest.raises(CannotRun) as refused:
        write_workbook(tmp_path / "tidak-ada" / "a.xlsx", AGENCY, {})
    assert refused.value.faults[0].remedy


def test_the_template_has_examples_on_every_sheet_that_are_not_read(template):
    book = openpyxl.load_workbook(template, data_only=True)
    for sheet in SHEETS:
        first = next(index for index, item in enumerate(sheet.columns, 1) if item in sheet.inputs)
        assert str(book[sheet.name].cell(2, first).value).startswith("CONTOH"), sheet.name
    agency, records, faults = read_records(template)
    assert agency is None
    assert not any(records.values())
    assert [fault.message for fault in faults] == ["Jumlah baris instansi keliru"]


def test_the_examples_of_the_template_fit_each_other(template):
    book = openpyxl.load_workbook(template, data_only=True)
    shown = [cell.value for sheet in SHEETS for row in book[sheet.name].iter_rows(2, 6) for cell in row]
    assert "? kode tidak dikenal" not in shown


def test_the_template_of_a_national_office_shows_the_state_budget(tmp_path):
    assert {item.source for item in example_records(AgencyKind.ELECTION_OFFICE)[BudgetLine]} == {FundSource.APBN}
    write_template(tmp_path / "kpu.xlsx", kind=AgencyKind.ELECTION_OFFICE)
    book = openpyxl.load_workbook(tmp_path / "kpu.xlsx")
    assert book["Instansi"]["D2"].value == "sekretariat KPU"


def test_an_agency_with_line_breaks_is_written_in_one_cell(full, results):
    assert results["Instansi"]["G2"].value == AGENCY.address
    assert read_records(full)[0] == replace(AGENCY, place=read_records(full)[0].place)
