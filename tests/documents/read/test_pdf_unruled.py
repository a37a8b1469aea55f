"""Tables without a rule in a PDF: the tables of reports in HTML, drawn without lines, read as they stand in the HTML."""

from collections import Counter
from pathlib import Path

import pytest
import typst
from tests.documents.read.test_pdf_tables import read as drawn_on_a_page
from tests.documents.read.test_pdf_tables import tables, texts

from selaras.core import document as d
from selaras.documents.read.forms import read_form
from selaras.documents.read.limits import DEFAULT
from selaras.documents.read.pdf import read_pdf

read = drawn_on_a_page
REPORTS = sorted((Path(__file__).parents[2] / "review" / "strangers").glob("*.html"))
LEAST = 0.95
"""Of the cells. A name that stands over several rows, and lines as far from each other within a row as between rows, stay unclear."""


def cells(table):
    return Counter(cell for row in texts(table) for cell in row if cell)


def drawn(table, align):
    rows = [*table.header, *table.body]
    width = max(sum(cell.colspan for cell in row.cells) for row in rows)

    def cell(it, *, bold):
        text = it.text.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'strong("{text}")' if bold else f'"{text}"'
        middle = "align: center + horizon, " if bold else ""
        return f"table.cell({middle}colspan: {it.colspan}, rowspan: {it.rowspan})[#{shown}],"

    header = "".join(cell(it, bold=True) for row in table.header for it in row.cells)
    body = "".join(cell(it, bold=False) for row in table.body for it in row.cells)
    caption = f"Tabel {table.number} {table.caption}".replace('"', '\\"')
    return (
        f'#block(sticky: true, align(center)[#"{caption}"])\n'
        f"#table(columns: {width}, stroke: none, align: {align}, inset: (x: 3pt, y: 3pt), table.header({header}), {body})\n"
        '#par[#"Tabel di atas memuat angka yang dilaporkan oleh unit kerja pada akhir tahun anggaran, lalu diperiksa kembali."]\n'
    )


@pytest.mark.slow
@pytest.mark.parametrize("align", ["left + horizon", "left + top"])
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_stands_in_columns_is_read_cell_by_cell(path, align, tmp_path):
    there = tables(read_form(path, DEFAULT))
    source = "#set page(width: 842pt, height: 595pt, margin: 50pt)\n#set text(size: 9pt, hyphenate: false)\n"
    source += "".join(drawn(table, align) for table in there)
    made = tmp_path / "tanpa-garis.pdf"
    made.write_bytes(typst.compile(source.encode()))
    found = {table.caption: table for table in tables(read_pdf(made, DEFAULT))}
    assert set(found) >= {table.caption for table in there}
    wanted = sum(cells(table).total() for table in there)
    right = sum((cells(table) & cells(found[table.caption])).total() for table in there)
    assert right >= LEAST * wanted, f"{right} of {wanted}"


HEAD = "#align(center)[Tabel 3.1 Capaian Kinerja Tahun 2024]\n"


def test_titles_over_several_columns_keep_their_span(read):
    rows = "[1], [Persentase layanan tepat waktu], [95,00], [94,96], [99,96], [2], [Indeks kepuasan], [3,45], [3,52], [102,03]"
    table = tables(
        read(
            HEAD + "#table(columns: 5, stroke: none, align: center + horizon, table.cell(rowspan: 2)[*No.*],"
            "table.cell(rowspan: 2)[*Indikator*], table.cell(colspan: 3)[*Tahun 2024*], [*T*], [*R*], [*%*],"
            + rows
            + ")"
        )
    )[0]
    spans = {cell.text: (cell.colspan, cell.rowspan) for row in table.header for cell in row.cells}
    assert spans == {"No.": (1, 2), "Indikator": (1, 2), "Tahun 2024": (3, 1), "T": (1, 1), "R": (1, 1), "%": (1, 1)}
    assert texts(table)[2] == ["1", "Persentase layanan tepat waktu", "95,00", "94,96", "99,96"]


@pytest.mark.parametrize("repeated", ["true", "false"])
def test_rows_go_on_on_the_next_page(read, repeated):
    rows = "".join(f"[{n}], [Kegiatan ke-{n}], [{n}.000.000]," for n in range(1, 61))
    source = (
        HEAD
        + f"#table(columns: 3, stroke: none, table.header(repeat: {repeated}, [*No*], [*Kegiatan*], [*Pagu (Rp)*]), {rows})"
    )
    (table,) = tables(read(source))
    assert len(table.body) == 60
    assert texts(table)[60] == ["60", "Kegiatan ke-60", "60.000.000"]


def test_a_caption_at_the_foot_of_a_page_belongs_to_the_table_on_the_next(read):
    source = "#v(570pt)\n" + HEAD + "#pagebreak()\n#table(columns: 3, stroke: none, [*No*], [*Kegiatan*], [*Pagu*],"
    source += "[1], [Rapat], [20], [2], [Survei], [30])"
    (table,) = tables(read(source))
    assert (table.caption, len(table.body)) == ("Capaian Kinerja Tahun 2024", 2)


@pytest.mark.parametrize("text", [
    "Jumlah kegiatan pada tahun 2024 adalah 12 dengan pagu 300 juta rupiah, lebih tinggi dari tahun sebelumnya yang 250 juta rupiah.",
    "#table(columns: 2, [No], [Kegiatan], [1], [Rapat])",
])  # fmt: skip
def test_text_and_ruled_tables_below_a_caption_stay_what_they_are(read, text):
    found = tables(read(HEAD + text))
    assert [len(table.body) for table in found] == ([1] if "#table" in text else [])
    assert not any(isinstance(block, d.Table) and len(block.body) > 1 for block in found)
