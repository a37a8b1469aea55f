"""Tables out of rows: header rows, column numbers, and one table out of parts on several pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.documents.read.shapes import lines, paragraphs, read, tables, texts

from selaras.documents.read import tables as t
from selaras.documents.read.lines import Grid, Piece
from selaras.documents.read.table_parts import join
from selaras.documents.read.table_slots import matrix

CELL = st.text(alphabet="ab1 2.,%-()", max_size=6)
SPAN = st.integers(-2, 9)


def table(tmp_path, content):
    found = tables(read(tmp_path, content))
    assert len(found) == 1, texts(row for block in found for row in block.body)
    return found[0]


def test_header_rows_and_column_numbers_go_to_the_header(tmp_path):
    found = table(
        tmp_path, "No\tTujuan\tTarget Kinerja\t\n\t\t2023\t2024\n(1)\t(2)\t(3)\t(4)\n1\tMeningkatnya mutu\t85%\t87%\n"
    )
    assert len(found.header) == 3
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in found.header[0].cells] == [
        ("No", 1, 2), ("Tujuan", 1, 2), ("Target Kinerja", 2, 1)
    ]  # fmt: skip
    assert texts(found.body) == [["1", "Meningkatnya mutu", "85%", "87%"]]


def test_years_below_repeated_columns_span_them(tmp_path):
    found = table(
        tmp_path, "No\tIndikator\tTarget\tRealisasi\tTarget\tRealisasi\n\t\t2023\t\t2024\t\n1\tIndeks\t85\t86\t87\t88\n"
    )
    assert [(cell.text, cell.colspan) for cell in found.header[1].cells] == [("2023", 2), ("2024", 2)]


def test_column_numbers_may_say_how_they_are_computed(tmp_path):
    found = table(tmp_path, "Uraian\tTW1\tTW2\tJumlah\n1\t2\t3\t4 = 2 + 3\nListrik\t5\t6\t11\n")
    assert len(found.header) == 2


def test_a_table_without_header_has_none(tmp_path):
    found = table(tmp_path, "RB General\t81.11\nRB Tematik\t12.35\nIndeks RB\t93.46\n")
    assert found.header == ()
    assert len(found.body) == 3


def test_caption_in_several_lines_or_behind_an_empty_line(tmp_path):
    one = table(tmp_path, "Tabel 2.1\nTujuan dan Sasaran\nTahun 2024-2026\n\nNo\tUraian\tNilai\n1\tSatu\t10\n")
    assert (one.number, one.caption) == ("2.1", "Tujuan dan Sasaran Tahun 2024-2026")
    two = table(tmp_path, "Tabel\n\n3.1 Laporan Capaian Kinerja Tahun 2022\n\nNo\tUraian\tNilai\n1\tSatu\t10\n")
    assert (two.number, two.caption) == ("3.1", "Laporan Capaian Kinerja Tahun 2022")


def test_a_bold_numbered_line_above_a_table_is_its_caption_where_sections_have_letters(tmp_path):
    found = table(
        tmp_path, "C. Ikhtisar\n\nIsi.\n\n**2.2 Perjanjian Kinerja Tahun 2022**\n\nNo\tUraian\tTarget\n1\tSatu\t10\n"
    )
    assert (found.number, found.caption) == ("2.2", "Perjanjian Kinerja Tahun 2022")


def test_a_caption_may_stand_below(tmp_path):
    found = table(tmp_path, "Isi.\n\nNo\tUraian\tNilai\n1\tSatu\t10\n\nTabel 4. Rincian Nilai\n\nIsi lagi.\n")
    assert (found.number, found.caption) == ("4", "Rincian Nilai")


def test_a_caption_without_table_stays_text(tmp_path):
    assert "Tabel 3. Struktur Organisasi" in paragraphs(
        read(tmp_path, "Tabel 3. Struktur Organisasi\n\nIsi yang lain.\n")
    )


def test_headers_repeated_on_the_next_page_are_dropped(tmp_path):
    found = table(tmp_path, "No\tUraian\tNilai\n1\tSatu\t10\n\n\n\nNo\tUraian\tNilai\n2\tDua\t20\n")
    assert texts(found.body) == [["1", "Satu", "10"], ["2", "Dua", "20"]]
    assert lines(found.body) == [[2, 2, 2], [7, 7, 7]]


def test_the_next_page_may_have_no_header(tmp_path):
    found = table(tmp_path, "No\tUraian\tNilai\n1\tSatu\t10\n\n\n\n2\tDua\t20\n---\t---\t---\n\nIsi.\n")
    assert texts(found.body) == [["1", "Satu", "10"], ["2", "Dua", "20"]]


def test_a_table_with_other_headers_on_the_next_page_is_another_table(tmp_path):
    found = tables(read(tmp_path, "No\tUraian\tNilai\n1\tSatu\t10\n\n\n\nNo\tProgram\tAnggaran\n1\tDua\t20\n"))
    assert len(found) == 2


def test_a_row_cut_by_the_page_break_is_whole_again(tmp_path):
    found = table(
        tmp_path,
        "No\tSasaran\tIndikator\tTarget\n1\tTerwujudnya birokrasi yang\tPersentase unit\t87%\n\n\n\n"
        "\tbersih dan melayani\tyang baik\t\n2\tTerjaganya mutu\tNilai mutu\t90%\n",
    )
    assert texts(found.body)[0] == [
        "1",
        "Terwujudnya birokrasi yang bersih dan melayani",
        "Persentase unit yang baik",
        "87%",
    ]
    assert lines(found.body)[0] == [2, 2, 2, 2]


def test_a_merged_cell_cut_by_the_page_break_goes_back_and_the_new_row_stays(tmp_path):
    found = table(
        tmp_path,
        "No\tSasaran\tIndikator\tTarget\n1\tTerwujudnya layanan serta\tPersentase unit\t87%\n\n\n\n"
        "No\tSasaran\tIndikator\tTarget\n\tBudaya baca\tPersentase perpustakaan\t56%\n",
    )
    assert texts(found.body) == [
        ["1", "Terwujudnya layanan serta Budaya baca", "Persentase unit", "87%"], ["", "", "Persentase perpustakaan", "56%"]
    ]  # fmt: skip
    assert lines(found.body)[1] == [7, 7, 7, 7]


def test_a_new_row_that_begins_with_a_small_letter_keeps_its_indicator(tmp_path):
    found = table(
        tmp_path,
        "No\tSasaran\tIndikator\tTarget\n1\tTerwujudnya layanan\tPersentase unit\t87%\n\n\n\n\t\tpersentase gedung\t56%\n",
    )
    assert texts(found.body)[1] == ["", "", "persentase gedung", "56%"]


def test_values_printed_below_the_break_go_to_the_row_that_began_above(tmp_path):
    found = table(
        tmp_path,
        "No\tIndikator\tTarget\n1\tPersentase unit\t87%\n2\tPersentase gedung\t80%\n3\tNilai mutu layanan yang\t\n\n\n\n"
        "\tdinilai baik\t90%\n4\tNilai lain\t70%\n",
    )
    assert texts(found.body)[2:] == [["3", "Nilai mutu layanan yang dinilai baik", "90%"], ["4", "Nilai lain", "70%"]]
    assert [cell.place.line for cell in found.body[2].cells] == [4, 4, 8]


def test_a_continuation_that_lost_its_first_column_is_moved_right(tmp_path):
    found = table(
        tmp_path,
        "No\tSasaran\tIndikator\tTarget\tRealisasi\n1\tTerwujudnya layanan\tPersentase unit\t87%\t86%\n\n\n\n"
        "yang baik dan cepat\tPersentase gedung\t56%\t55%\n",
    )
    assert texts(found.body)[1] == ["", "", "Persentase gedung", "56%", "55%"]
    assert texts(found.body)[0][1] == "Terwujudnya layanan yang baik dan cepat"


def test_a_group_row_on_a_new_page_is_not_glued_to_the_row_before(tmp_path):
    found = table(
        tmp_path, "Uraian\tNilai\nListrik\t10\nAir\t20\nGas\t30\n\n\n\nUraian\tNilai\nBelanja Modal\t\nKursi\t5\n"
    )
    assert texts(found.body)[3:] == [["Belanja Modal", ""], ["Kursi", "5"]]


def test_rows_that_slipped_sideways_are_put_back_and_it_says_so(tmp_path):
    rows = "".join(f"\t\t\t\tKegiatan {count}\tJumlah Dokumen\t100%\tMenunjang\n" for count in range(3))
    reading = read(
        tmp_path,
        "No.\tSasaran\tIndikator\tCapaian %\tProgram\tIndikator\tCapaian%\tKeterangan\n"
        f"1\tTerwujudnya mutu\tPersentase unit\t87%\tPROGRAM A\tNilai\t100%\tMenunjang\n{rows}"
        "Kegiatan lain\t\t\t\tJumlah Paket\t100%\tMenunjang\t\n",
    )
    assert texts(tables(reading)[0].body)[-1] == ["", "", "", "", "Kegiatan lain", "Jumlah Paket", "100%", "Menunjang"]
    assert "digeser" in reading.notes[0]


def test_two_numbers_in_one_cell_stay_one_text(tmp_path):
    found = table(tmp_path, "No\tUraian\tNilai\n1\tSatu\t25.897.885.000,00 25.544.578.821,00 99,17\n")
    assert found.body[0].cells[2].text == "25.897.885.000,00 25.544.578.821,00 99,17"


def test_rules_of_dashes_are_no_rows(tmp_path):
    assert len(table(tmp_path, "No\tUraian\tNilai\n---\t---\t---\n1\tSatu\t10\n").body) == 1


def test_prose_with_a_tab_is_a_paragraph(tmp_path):
    found = read(tmp_path, "\tBudaya organisasi adalah pola dasar yang diterima.\n\nIsi.\n")
    assert tables(found) == []
    assert len(paragraphs(found)) == 2


def test_cells_that_span_stand_once_where_they_begin():
    grid = Grid(
        (
            (Piece("No", rowspan=2), Piece("Target", colspan=2)),
            (Piece("2023"), Piece("2024")),
            (Piece("1"), Piece("85"), Piece("87")),
        )
    )
    rows = matrix(grid)
    assert [[slot.text for slot in row] for row in rows] == [
        ["No", "Target", ""],
        ["", "2023", "2024"],
        ["1", "85", "87"],
    ]
    assert rows[1][0].covered


@given(st.lists(st.lists(st.builds(Piece, CELL, SPAN, SPAN), max_size=5), max_size=6), st.booleans())
def test_any_spans_make_a_rectangle(rows, known):
    grid = Grid(tuple(tuple(row) for row in rows), spans_known=known)
    assert len({len(row) for row in matrix(grid)}) <= 1
    made = t.draft(grid)
    if made is None:
        return
    found = t.finished(made, key="tabel-1", source="x")
    width = len(found.columns)
    busy = [0] * width
    for number, row in enumerate((*found.header, *found.body)):
        at = 0
        for cell in row.cells:
            while busy[at] > number:
                at += 1
            for column in range(at, at + cell.colspan):
                assert busy[column] <= number
                busy[column] = number + cell.rowspan
            at += cell.colspan
        assert all(until > number for until in busy)


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=5),
    st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=5),
)
def test_joining_any_two_parts_keeps_one_width(first, second):
    made = t.draft(Grid(tuple(tuple(Piece(text) for text in row) for row in first), spans_known=False))
    if made is None:
        return
    join(made, Grid(tuple(tuple(Piece(text) for text in row) for row in second), spans_known=False), over_break=True)
    t.realign(made)
    assert len({len(row) for row in made.rows}) == 1


def test_a_lower_case_row_that_names_its_own_subject_is_not_glued_upwards():
    above = Grid(
        (
            (Piece("Indikator"), Piece("Bukti"), Piece("Nilai")),
            (Piece("Indeks mutu"), Piece("Dokumen hasil"), Piece("85")),
        )
    )
    below = Grid(((Piece("Indeks layanan"), Piece("belum ada bukti"), Piece("")),), page=2)
    table_ = t.draft(above)
    assert join(table_, below, over_break=True)
    assert [[slot.text for slot in row] for row in table_.body] == [
        ["Indeks mutu", "Dokumen hasil", "85"], ["Indeks layanan", "belum ada bukti", ""]
    ]  # fmt: skip
