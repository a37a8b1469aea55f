"""Tables out of PDF pages, each drawn for the test: ruled, half-ruled and not ruled at all."""

import io

import pypdf
import pytest
import typst

from selaras.core import document as d
from selaras.documents.read.limits import DEFAULT
from selaras.documents.read.pdf import read_pdf

HEAD = "#set page(width: 500pt, height: 700pt, margin: 50pt)\n#set text(size: 10pt, hyphenate: false)\n"


@pytest.fixture
def read(tmp_path):
    def made(source, *, change=None):
        path = tmp_path / "contoh.pdf"
        content = typst.compile((HEAD + source).encode())
        path.write_bytes(change(content) if change else content)
        return read_pdf(path, DEFAULT)

    return made


def tables(reading):
    return [block for block in reading.document.blocks if isinstance(block, d.Table)]


def texts(table):
    return [[cell.text for cell in row.cells] for row in (*table.header, *table.body)]


def only(reading):
    (table,) = tables(reading)
    return texts(table)


def lines(reading):
    return [d.plain(block.spans) for block in reading.document.blocks if isinstance(block, d.Paragraph)]


ROWS = """[No], [Program], [Anggaran (Rp)],
  [1], [Program Pelayanan Umum], [1.071.500.000],
  [2], [Program Sarana], [165.000.000],
  [], [Jumlah], [1.236.500.000],"""
READ = [
    ["No", "Program", "Anggaran (Rp)"],
    ["1", "Program Pelayanan Umum", "1.071.500.000"],
    ["2", "Program Sarana", "165.000.000"],
    ["", "Jumlah", "1.236.500.000"],
]


def test_a_ruled_table_is_read_cell_by_cell(read):
    assert only(read(f"#table(columns: (auto, 1fr, auto), {ROWS})")) == READ


def test_rules_may_be_thin_filled_rectangles(read):
    cell = "grid.cell"
    drawn = "#grid(columns: (40pt, 200pt, 120pt), inset: 5pt, stroke: none, gutter: 0pt, ROWS)".replace("ROWS", ROWS)
    rules = "".join(
        f"#place(top + left, dx: {x}pt, rect(width: 0.5pt, height: 80pt, fill: black))" for x in (0, 40, 240, 360)
    )
    rules += "".join(
        f"#place(top + left, dy: {y}pt, rect(width: 360pt, height: 0.5pt, fill: black))" for y in (0, 17, 34, 51, 80)
    )
    assert cell not in drawn
    assert [row[1] for row in only(read(rules + drawn))][:2] == ["Program", "Program Pelayanan Umum"]


def test_merged_cells_over_rows_and_columns_keep_their_spans(read):
    table = tables(
        read("""#table(columns: 4,
      table.cell(rowspan: 2)[Sasaran], table.cell(colspan: 2)[Target], table.cell(rowspan: 2)[Satuan],
      [2024], [2025],
      table.cell(rowspan: 2)[Meningkatnya mutu layanan], [80,5], [82,5], [nilai],
      [14], [15], [unit],
      table.cell(colspan: 3)[Rata-rata], [99,01])""")
    )[0]
    spans = {cell.text: (cell.colspan, cell.rowspan) for row in (*table.header, *table.body) for cell in row.cells}
    assert spans["Sasaran"] == (1, 2)
    assert spans["Target"] == (2, 1)
    assert spans["Meningkatnya mutu layanan"] == (1, 2)
    assert spans["Rata-rata"] == (3, 1)
    assert len(table.header) == 2


def test_a_word_in_a_merged_cell_is_not_cut_at_the_columns_below_it(read):
    rows = only(
        read("""#table(columns: (60pt, 60pt, 60pt),
      table.cell(colspan: 3)[Pertanggungjawaban penyelenggaraan], [Uraian], [Target], [Realisasi], [a], [1], [2])""")
    )
    assert rows[0] == ["Pertanggungjawaban penyelenggaraan"]


def test_numbers_that_run_over_a_rule_without_a_space_are_parted(read):
    source = """#table(columns: (60pt, 62pt), inset: 0pt, [Target], [Realisasi], [#h(2pt)1.071.500.00], [20], [1], [2])
    #place(top + left, dx: 30pt, dy: 40pt)[#table(columns: (60pt, 60pt), inset: 0pt, align: (right, left), [11.111], [22.222], [3], [4])]"""
    assert ["11.111", "22.222"] in [row for table in tables(read(source)) for row in texts(table)]


@pytest.mark.parametrize(("first", "second", "whole"), [
    ("1.506.190.00", "0", "1.506.190.000"),
    ("1.506.190.", "000", "1.506.190.000"),
    ("Rp2.061.662", ".050", "Rp2.061.662.050"),
    ("Sangat", "Baik", "Sangat Baik"),
    ("1.000.000", "2.000.000", "1.000.000 2.000.000"),
    ("Kabupaten/", "Kota", "Kabupaten/Kota"),
    ("pencapai-", "an target", "pencapaian target"),
    ("rata-", "rata", "rata-rata"),
    ("perundang-", "undangan", "perundang-undangan"),
])  # fmt: skip
def test_what_was_broken_over_two_lines_of_a_cell_is_whole_again(read, first, second, whole):
    source = f'#table(columns: (200pt, 100pt), [Uraian], [Nilai], [Satu hal], [#"{first}" \\ #"{second}"])'
    assert only(read(source))[1][1] == whole


def test_a_table_goes_on_on_the_next_page_with_its_header_printed_again(read):
    rows = "".join(f"[{n}], [Kegiatan ke-{n}], [{n}.000.000]," for n in range(1, 61))
    table = only(read(f"#table(columns: 3, table.header([No], [Kegiatan], [Anggaran]), {rows})"))
    assert len(table) == 61
    assert table[60] == ["60", "Kegiatan ke-60", "60.000.000"]


def test_titles_of_groups_printed_again_on_the_next_page_are_read_once(read):
    rows = "".join(f"[{n}], [Kegiatan ke-{n}], [{n}.000.000]," for n in range(1, 61))
    header = "table.header([No], [Kegiatan], [Anggaran]), table.header(level: 2, table.cell(colspan: 3)[Program Satu]),"
    table = only(read(f"#table(columns: 3, {header} {rows})"))
    assert len(table) == 62
    assert [row for row in table if row == ["Program Satu"]] == [["Program Satu"]]


def test_rules_that_end_at_one_place_make_a_column_that_is_not_ruled(read):
    source = """#table(columns: (150pt, 200pt), stroke: none, rows: 20pt,
      table.hline(), [Program], [Kegiatan], table.hline(),
      [Program Satu], [Kegiatan A], table.hline(start: 1),
      [], [Kegiatan B], table.hline(start: 1), [], [Kegiatan C], table.hline(),
      table.vline(x: 0), table.vline(x: 2))"""
    assert only(read(source)) == [
        ["Program", "Kegiatan"],
        ["Program Satu", "Kegiatan A"],
        ["Kegiatan B"],
        ["Kegiatan C"],
    ]


def test_a_table_with_level_rules_only_is_parted_where_its_text_is(read):
    rules = ROWS.replace("\n", " table.hline(),\n")
    source = f"#table(columns: (60pt, 200pt, 100pt), stroke: none, table.hline(), {rules} table.hline())"
    assert only(read(source)) == READ


def test_figures_in_line_make_a_table_without_rules(read):
    items = (
        ("I Program Pelayanan", "1.071.500.000"),
        ("1. Jasa Surat", "2.000.000"),
        ("2. Jasa Listrik", "94.500.000"),
    )
    source = "Rincian anggaran: " + "".join(
        f"\n\n#box(width: 100%)[{a} #h(1fr) Rp #h(10pt) #box(width: 80pt, align(right)[{b}])]" for a, b in items
    )
    assert [(row[0], row[-1]) for row in only(read(source))] == list(items)


def test_a_cell_with_several_texts_beside_as_many_figures_is_several_rows(read):
    source = """#table(columns: (120pt, 160pt, 60pt), [Sasaran], [Indikator], [Target],
      [Meningkatnya keselarasan perencanaan],
      [Persentase program yang selaras \\ dengan rencana #v(12pt) Persentase dokumen \\ tepat waktu],
      [90% #v(24.5pt) 95%])"""
    table = only(read(source))
    assert [row[-2:] for row in table[1:]] == [
        ["Persentase program yang selaras dengan rencana", "90%"], ["Persentase dokumen tepat waktu", "95%"],
    ]  # fmt: skip


def test_the_axes_and_bars_of_a_chart_are_no_table(read):
    bars = "".join(
        f"#place(dx: {40 + 50 * n}pt, dy: {100 - h}pt, rect(width: 30pt, height: {h}pt, fill: blue))"
        for n, h in enumerate((80, 60, 90))
    )
    labels = "".join(f"#place(dx: {40 + 50 * n}pt, dy: 105pt)[{2020 + n}]" for n in range(3))
    grid = "".join(
        f"#place(dx: 30pt, dy: {y}pt, line(length: 200pt, stroke: 0.5pt))#place(dy: {y - 4}pt)[{100 - y}]"
        for y in range(0, 101, 20)
    )
    assert not tables(
        read(f"#block(height: 130pt)[{grid}{bars}{labels}#place(dx: 30pt, line(length: 100pt, angle: 90deg))]")
    )


def test_level_rules_above_and_below_running_text_are_two_tables(read):
    def ruled(first):
        rows = (
            f"[Program], [Anggaran], table.hline(), [Program {first}], [1.000], table.hline(), [Program Dua], [2.000],"
        )
        return f"#pad(x: 30pt)[#table(columns: (200pt, 120pt), stroke: none, table.hline(), {rows} table.hline())]"

    between = (
        "Kedua rincian di atas dan di bawah kalimat ini berdiri sendiri walau lebar garisnya sama benar dan sejajar."
    )
    first, second = tables(read(f"{ruled('Satu')}\n{between}\n{ruled('Tiga')}"))
    assert [row[0] for row in texts(first)] == ["Program", "Program Satu", "Program Dua"]
    assert [row[0] for row in texts(second)] == ["Program", "Program Tiga", "Program Dua"]


def test_the_boxes_of_an_organisation_chart_are_read_one_by_one(read):
    source = """#place(dx: 120pt, rect(width: 120pt, height: 30pt)[Kepala Biro Umum])
    #place(dx: 180pt, dy: 30pt, line(length: 30pt, angle: 90deg))
    #place(dx: 60pt, dy: 60pt, line(length: 240pt))
    #place(dx: 0pt, dy: 60pt, rect(width: 120pt, height: 40pt)[Kepala Bagian \\ Satu])
    #place(dx: 240pt, dy: 60pt, rect(width: 120pt, height: 40pt)[Kepala Bagian \\ Dua])"""
    reading = read(source)
    assert not tables(reading)
    everything = " ".join(
        block.text if isinstance(block, d.Heading) else d.plain(block.spans) for block in reading.document.blocks
    )
    assert "Kepala Bagian Satu" in everything
    assert "Kepala Bagian Dua" in everything


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_like_an_upright_one(read, turn):
    def turned(content):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
        writer.pages[0].rotate(turn)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    assert only(read(f"#table(columns: (auto, 1fr, auto), {ROWS})", change=turned)) == READ


@pytest.mark.parametrize("angle", [90, 270])
def test_a_table_drawn_upwards_or_downwards_is_read(read, angle):
    assert only(read(f"#rotate({angle}deg, reflow: true)[#table(columns: (40pt, 200pt, 120pt), {ROWS})]")) == READ


def test_a_header_that_runs_upwards_stays_in_its_cell(read):
    source = "#table(columns: 3, [Uraian pekerjaan], [#rotate(-90deg, reflow: true)[Target]], [Realisasi], [Satu dua tiga], [1], [2])"
    assert only(read(source))[0] == ["Uraian pekerjaan", "Target", "Realisasi"]


def test_every_cell_knows_its_page_its_table_and_its_words(read):
    (table,) = tables(read(f"#pagebreak()\n#table(columns: (auto, 1fr, auto), {ROWS})"))
    place = table.body[1].cells[2].place
    assert (place.source, place.page, place.quote) == ("contoh.pdf", 2, "165.000.000")
