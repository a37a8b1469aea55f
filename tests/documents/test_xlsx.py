"""The workbook: numbers are numbers, formulas calculate what is printed, text is never a formula."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.documents.sample import budget_table, cell, sample

from selaras.core import document as d
from selaras.documents.write.grid import placed
from selaras.documents.write.xlsx import write_xlsx
from selaras.documents.write.xlsx.book import book
from selaras.documents.write.xlsx.formulas import Known, formula

D = Decimal


def opened(document: d.Document, *, values: bool = False):
    return load_workbook(io.BytesIO(book(document)), data_only=values, rich_text=False)


def table(*rows: d.Row, columns: int = 3, **more) -> d.Table:
    options = {"caption": "Judul tabel", "number": "1.1"} | more
    return d.Table("t", (d.Column(D(1)),) * columns, (), rows, **options)


def document(*blocks: d.Block, **more) -> d.Document:
    return d.Document("Judul", "lkjip", "Biro Contoh", 2023, blocks, **more)


def body(*rows: d.Row, columns: int = 3):
    sheet = opened(document(table(*rows, columns=columns)))["Tabel 1.1"]
    return [[sheet.cell(row, column) for column in range(1, columns + 1)] for row in range(5, 5 + len(rows))]


def test_the_first_sheet_lists_and_links_every_captioned_table():
    workbook = opened(sample())
    assert workbook.sheetnames == ["Daftar", "Tabel 3.1", "Tabel 3.2", "Data"]
    listed = workbook["Daftar"]
    assert listed["A1"].value == "Laporan Kinerja Biro Contoh Tahun 2023"
    assert listed["A2"].value == "Biro Contoh"
    assert listed["A3"].value == "Tahun 2023"
    assert [row[0].value for row in listed["A6:A7"]] == ["Tabel 3.1", "Tabel 3.2"]
    assert listed["A7"].hyperlink.location == "'Tabel 3.2'!A1"
    assert listed["B7"].value == "Capaian Anggaran Program"


def test_derived_cells_hold_live_formulas_with_their_value():
    live, cached = opened(sample())["Tabel 3.2"], opened(sample(), values=True)["Tabel 3.2"]
    assert live["E7"].value == '=IFERROR(ROUND(D7/C7*100,2),"")'
    assert cached["E7"].value == 93.42
    assert live["C67"].value == "=SUM(C7:C66)"
    assert cached["C67"].value == 60_000_000
    assert live["E67"].value == '=IFERROR(ROUND(D67/C67*100,2),"")'


def test_amounts_are_numbers_shown_as_printed():
    row = d.Row(
        (
            cell("Rp1.500.000", amount=D(1_500_000), unit="Rp"),
            cell("-1,5%", amount=D("-1.5"), places=1),
            cell("12 orang", amount=D(12)),
        )
    )
    ((rupiah, percent, people),) = body(row)
    assert (rupiah.value, rupiah.number_format) == (1_500_000, '"Rp"#,##0')
    assert (percent.value, percent.number_format) == (-1.5, '#,##0.0"%"')
    assert (people.value, people.number_format) == (12, '#,##0" orang"')


def test_a_zero_that_is_printed_as_a_dash_is_still_a_number():
    ((zero, _, _),) = body(d.Row((cell("–", amount=D(0)),)))
    assert (zero.value, zero.number_format) == (0, '#,##0;-#,##0;"–"')


def test_a_number_too_long_for_a_spreadsheet_is_text():
    ((long, _, _),) = body(d.Row((cell("12.345.678.901.234.567", amount=D("12345678901234567")),)))
    assert long.value == "12.345.678.901.234.567"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://contoh.go.id", "1.234", "=HYPERLINK(1)"]
)
def test_text_stays_text(text):
    ((found, _, _),) = body(d.Row((cell(text),)))
    assert found.value == text
    assert found.data_type == "s"
    assert found.hyperlink is None


def test_spans_are_merged_and_classes_coloured():
    sheet = opened(sample())["Tabel 3.1"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A5:A6", "D5:F5", "A7:A8", "B7:B8"} <= merged
    assert sheet["G7"].fill.fgColor.rgb == "FF1B6E3C"
    assert sheet["G7"].value == "Sangat Baik"
    assert sheet["D6"].value == "Target"


def test_heads_stay_in_sight_and_repeat_in_print():
    sheet = opened(sample())["Tabel 3.2"]
    assert sheet.freeze_panes == "A7"
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in {None, 1}
    assert sheet.page_setup.fitToHeight == 0


def test_notes_and_source_stand_below_the_table():
    sheet = opened(sample())["Tabel 3.2"]
    assert sheet["A69"].value == "Pembulatan setengah ke atas."
    assert sheet["A70"].value == "Sumber: Basis data, DPA Perubahan"


def test_a_total_over_scattered_cells_names_each_of_them():
    rows = [d.Row((cell(str(i), amount=D(i), id=f"c{i}"),)) for i in range(1, 8)]
    parts = ("c1", "c2", "c3", "c5", "c7")
    rows.append(d.Row((cell("18", amount=D(18), derive=d.Total(parts)),)))
    assert body(*rows)[-1][0].value == "=SUM(A5:A7,A9,A11)"


def test_a_formula_that_would_contradict_the_printed_figure_is_not_written():
    upper, lower = cell("50", amount=D(50), id="u"), cell("100", amount=D(100), id="l")
    capped = cell("40,00", amount=D(40), places=2, derive=d.Ratio("u", "l"))
    wrong = cell("149", amount=D(149), derive=d.Total(("u", "l")))
    rows = body(d.Row((upper, lower, capped)), d.Row((wrong,)))
    assert rows[0][2].value == 40
    assert rows[1][0].value == 149


def test_a_derivation_from_unknown_or_empty_cells_is_a_plain_number():
    known = {"zero": Known((0, 0), D(0)), "none": Known((0, 1), None), "one": Known((0, 2), D(1))}
    for derive in (d.Ratio("one", "zero"), d.Ratio("none", "one"), d.Ratio("x", "one"), d.Total(("x",)), d.Total(())):
        assert formula(cell("1", amount=D(1), derive=derive), known) == ""
    assert formula(cell("–", derive=d.Total(("one",))), known) == ""


def test_sheet_names_are_legal_short_and_different():
    tables = [
        table(caption="a/b [c]: d? * \\ " + "x" * 60, number=""),
        table(caption="DAFTAR", number=""),
        table(number="1.1"),
        table(number="1.1"),
        table(caption="'", number=""),
        table(caption="", number=""),
    ]
    names = opened(document(*tables)).sheetnames
    assert names[1].startswith("a b  c   d")
    assert names[2:] == ["DAFTAR (2)", "Tabel 1.1", "Tabel 1.1 (2)", "Tabel"]
    assert all(len(name) <= 31 for name in names)


def test_a_document_without_tables_says_so():
    workbook = opened(document())
    assert workbook.sheetnames == ["Daftar"]
    assert workbook["Daftar"]["A6"].value == "Dokumen ini tidak memuat tabel berjudul."


def test_the_data_can_be_put_together_again():
    attachment = json.dumps({"teks": "=ü _x0041_ " * 5000}, ensure_ascii=False)
    sheet = opened(document(attachment=attachment))["Data"]
    assert "".join(str(row[0].value) for row in sheet.iter_rows(min_row=2)).replace("_x005F_", "_") == attachment


def test_the_same_document_gives_the_same_bytes(tmp_path):
    assert book(sample()) == book(sample())
    write_xlsx(sample(), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == book(sample())


cells = st.builds(
    lambda wide, high: d.Cell(d.text("x"), colspan=wide, rowspan=high), st.integers(0, 4), st.integers(0, 4)
)


@given(st.lists(st.lists(cells, max_size=5), max_size=6), st.integers(1, 4))
def test_placed_cells_never_overlap_nor_leave_the_grid(rows, columns):
    taken: set[tuple[int, int]] = set()
    for number, line in enumerate(placed([d.Row(tuple(row)) for row in rows], columns)):
        for spot in line:
            area = {
                (row, column)
                for row in range(number, number + spot.high)
                for column in range(spot.column, spot.column + spot.wide)
            }
            assert area
            assert not area & taken
            assert all(row < len(rows) and column < columns for row, column in area)
            taken |= area


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_calculates_the_same_values(tmp_path):
    block = replace(budget_table(12), caption="Hitung", number="1")
    expected = opened(document(block), values=True)["Tabel 1"]
    stripped = opened(document(block))  # saved again without any stored value, so that everything must be calculated
    stripped.save(tmp_path / "in.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), "in.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120, capture_output=True)
    calculated = load_workbook(tmp_path / "out" / "in.xlsx", data_only=True)["Tabel 1"]
    formulas = [found for row in stripped["Tabel 1"].iter_rows() for found in row if found.data_type == "f"]
    assert len(formulas) == 15
    for found in formulas:
        assert calculated[found.coordinate].value == pytest.approx(expected[found.coordinate].value, abs=1e-9)
