"""DOCX, HTML and XLSX from strangers: merged cells, computed numbers, text boxes, hidden parts, number formats."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import Font
from tests.documents.read import hostile
from tests.documents.read.shapes import headings, paragraphs, tables, texts

from selaras.documents.read.forms import read_form
from selaras.documents.read.limits import DEFAULT


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_form(path, DEFAULT)


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{hostile.paragraph(text)}</w:tc>"


def row(*cells, head=False):
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


# --- DOCX


def test_cells_merged_down_and_across_are_read_once(tmp_path):
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = "<w:tbl>" + row(cell("No"), cell("Target", '<w:gridSpan w:val="2"/>'), head=True)
    body += row(cell("1", down), cell("85%"), cell("87%")) + row(cell("", on), cell("86%"), cell("88%")) + "</w:tbl>"
    found = tables(read(tmp_path, "a.docx", hostile.word(body)))[0]
    assert [(c.text, c.colspan, c.rowspan) for c in found.header[0].cells] == [("No", 1, 1), ("Target", 2, 1)]
    assert [(c.text, c.rowspan) for c in found.body[0].cells] == [("1", 2), ("85%", 1), ("87%", 1)]
    assert texts(found.body)[1] == ["86%", "88%"]
    assert [c.place.column for c in found.body[1].cells] == ["2", "3"]


def test_deleted_text_is_left_out_and_inserted_text_is_read(tmp_path):
    body = "<w:p><w:r><w:t>Target </w:t></w:r><w:del><w:r><w:delText>85%</w:delText></w:r></w:del><w:ins><w:r><w:t>87%</w:t></w:r></w:ins></w:p>"
    assert paragraphs(read(tmp_path, "a.docx", hostile.word(body))) == ["Target 87%"]


def test_a_text_box_is_read_once(tmp_path):
    box = f"<w:txbxContent>{hostile.paragraph('Dalam kotak')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:p><w:r><w:t>Luar</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert paragraphs(read(tmp_path, "a.docx", hostile.word(body))) == ["Luar", "Dalam kotak"]


def numbered(depth, text):
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def test_list_numbers_are_computed_as_the_word_processor_shows_them(tmp_path):
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    )
    numbering = f'<w:numbering {hostile.WORD}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    body = numbered(0, "satu") + numbered(1, "anak") + numbered(1, "adik") + numbered(0, "dua") + numbered(1, "anak")
    document = f"<w:document {hostile.WORD}><w:body>{body}</w:body></w:document>"
    found = read(tmp_path, "a.docx", hostile.archive({"word/document.xml": document, "word/numbering.xml": numbering}))
    assert paragraphs(found) == ["1. satu", "a) anak", "b) adik", "2. dua", "a) anak"]


def test_signatures_side_by_side_are_no_table(tmp_path):
    body = (
        "<w:tbl>"
        + row(cell("Pihak Kedua"), cell("Pihak Pertama"))
        + row(cell("Nama Contoh"), cell("Nama Lain"))
        + "</w:tbl>"
    )
    found = read(tmp_path, "a.docx", hostile.word(body))
    assert tables(found) == []
    assert paragraphs(found) == ["Pihak Kedua", "Nama Contoh", "Pihak Pertama", "Nama Lain"]


# --- HTML


def test_scripts_navigation_and_hidden_parts_are_not_read(tmp_path):
    content = (
        "<html><head><title>Judul</title></head><body><nav>Menu</nav><script>x()</script><p hidden>Rahasia</p>"
        '<p style="display: none">Rahasia</p><h1>BAB I</h1><p>Isi <b>tebal</b><br>lanjut</p></body></html>'
    )
    found = read(tmp_path, "a.html", content)
    assert paragraphs(found) == ["Isi tebal lanjut"]
    assert found.document.title == "Judul"


def test_html_tables_keep_their_spans_and_caption(tmp_path):
    content = (
        "<html><table><caption>Tabel 2.1 Target</caption><thead><tr><th rowspan=2>No</th><th colspan=2>Target</th></tr>"
        "<tr><th>2023</th><th>2024</th></tr></thead><tr><td>1</td><td>85%</td><td>87%</td></tr></table></html>"
    )
    found = tables(read(tmp_path, "a.html", content))[0]
    assert (found.number, found.caption, len(found.header)) == ("2.1", "Target", 2)
    assert texts(found.body) == [["1", "85%", "87%"]]


def test_html_lists_carry_their_numbers(tmp_path):
    content = "<html><ol type=a><li>satu<li>dua</ol><ol start=3><li>tiga</ol><ul><li>titik</ul></html>"
    assert paragraphs(read(tmp_path, "a.html", content)) == ["a. satu", "b. dua", "3. tiga", "• titik"]


def test_headings_of_a_page_begin_at_level_one(tmp_path):
    content = "<html><h1>Laporan</h1><h2>BAB I PENDAHULUAN</h2><h3>1.1 Latar Belakang</h3></html>"
    assert headings(read(tmp_path, "a.html", content))[1:] == [
        (1, "BAB I", "PENDAHULUAN"),
        (2, "1.1", "Latar Belakang"),
    ]


# --- XLSX


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()

    def save():
        path = tmp_path / "a.xlsx"
        made.save(path)
        return read_form(path, DEFAULT)

    return made, save


@pytest.mark.parametrize(
    ("value", "pattern", "shown", "unit"),
    [
        (1234567, "#,##0", "1.234.567", ""), (0.875, "0.00%", "87,50%", "%"), (12.5, "General", "12,5", ""),
        (1234.5, '"Rp"#,##0.00', "Rp1.234,50", "Rp"), (-5, "#,##0;(#,##0)", "(5)", ""), (0, '#,##0;-#,##0;"–"', "–", ""),
        (14.987244897959181, "0.00", "14,99", ""), (14.987244897959181, "General", "14,9872449", ""), (2024, "General", "2024", ""),
    ],
)  # fmt: skip
def test_numbers_are_read_as_shown_with_the_exact_value_behind(book, value, pattern, shown, unit):
    made, save = book
    sheet = made.active
    for content in (["Uraian", "Nilai"], ["Satu", value], ["Dua", 1]):
        sheet.append(content)
    sheet["B2"].number_format = pattern
    cell = tables(save())[0].body[0].cells[1]
    assert (cell.text, cell.unit) == (shown, unit)
    assert abs(float(cell.amount) / (100 if unit == "%" else 1) - value) < 1e-9
    assert (cell.place.sheet, cell.place.cell, cell.place.row, cell.place.column) == ("Sheet", "B2", 2, "B")


def test_titles_above_and_texts_below_a_table_are_no_rows(book):
    made, save = book
    sheet = made.active
    for content in (
        ["EVALUASI HASIL"],
        ["Tahun 2025"],
        [],
        ["No", "Uraian", "Nilai"],
        [1, "Satu", 10],
        [2, "Dua", 20],
        [],
        ["Kepala Badan"],
    ):
        sheet.append(content)
    sheet["A4"].font = Font(bold=True)
    found = save()
    assert paragraphs(found) == ["EVALUASI HASIL", "Tahun 2025", "Kepala Badan"]
    assert texts(tables(found)[0].body) == [["1", "Satu", "10"], ["2", "Dua", "20"]]


def test_merged_cells_of_a_sheet_span(book):
    made, save = book
    sheet = made.active
    for content in (["No", "Target", None], [None, "2023", "2024"], [1, 85, 87], [None, 86, 88]):
        sheet.append(content)
    for merged in ("A1:A2", "B1:C1", "A3:A4"):
        sheet.merge_cells(merged)
    found = tables(save())[0]
    assert len(found.header) == 2
    assert [(c.text, c.colspan, c.rowspan) for c in found.header[0].cells] == [("No", 1, 2), ("Target", 2, 1)]
    assert [(c.text, c.rowspan) for c in found.body[0].cells] == [("1", 2), ("85", 1), ("87", 1)]


def test_hidden_sheets_and_formulas_without_result_are_named(book):
    made, save = book
    made.active.append(["Uraian", "Nilai"])
    made.active.append(["Jumlah", "=1+1"])
    made.create_sheet("Rahasia").sheet_state = "hidden"
    notes = " ".join(save().notes)
    assert "1 lembar tersembunyi tidak dibaca: Rahasia" in notes
    assert "1 rumus belum dihitung" in notes
