"""Tables understood: headers of several rows, roles checked against values, kinds, segments, levels, totals."""

from decimal import Decimal

import pytest
from tests.review.claims.paper import reading

from selaras.core.document import Cell, Column, Document, Heading, Row, Table, text
from selaras.core.place import Place
from selaras.core.source import Form, Reading
from selaras.review.claims import understand
from selaras.review.report import Role, TableKind


def only_grid(content):
    grids = understand(reading(content)).grids
    assert len(grids) == 1
    return grids[0]


def roles(grid):
    return [column.role for column in grid.columns]


def test_two_header_rows_are_joined_and_the_row_of_column_numbers_is_left_out():
    grid = only_grid(
        "Tabel 3.2 Perbandingan Capaian Tahun 2022 dan 2023\n"
        "No\tIndikator Kinerja\tTarget\tRealisasi\tTarget\tRealisasi\n"
        "\t\t2022\t\t2023\t\n"
        "(1)\t(2)\t(3)\t(4)\t(5)\t(6)\n"
        "1\tPersentase angkutan laik jalan\t80%\t82%\t85%\t84,5%\n"
    )
    assert [column.header for column in grid.columns][2:] == [
        "Target / 2022",
        "Realisasi / 2022",
        "Target / 2023",
        "Realisasi / 2023",
    ]
    assert [column.year for column in grid.columns] == [None, None, 2022, 2022, 2023, 2023]
    assert len(grid.rows) == 1
    assert grid.kind is TableKind.COMPARISON


def test_spans_are_expanded_into_a_rectangle_and_marked():
    place = Place(source="x.pdf", page=3)

    def cell(content, colspan=1, rowspan=1):
        return Cell(text(content), colspan, rowspan, place=place)

    table = Table(
        "", tuple(Column(Decimal(1)) for _ in range(4)),
        (Row((cell("Sasaran", rowspan=2), cell("Indikator", rowspan=2), cell("Tahun 2024", colspan=2))), Row((cell("Target"), cell("Realisasi")))),
        (Row((cell("Terminal nyaman", rowspan=2), cell("Nilai terminal"), cell("80"), cell("81"))), Row((cell("Jumlah terminal"), cell("3"), cell("3")))),
        "Capaian", "3.1", place=place,
    )  # fmt: skip
    grid = understand(Reading("x.pdf", Form.PDF, Document("", "", "", 0, (Heading(1, "BAB III"), table)))).grids[0]
    assert roles(grid) == [Role.SASARAN, Role.INDICATOR, Role.TARGET, Role.REALISATION]
    assert [column.year for column in grid.columns] == [None, None, 2024, 2024]
    assert [row.cells[0].text for row in grid.rows] == ["Terminal nyaman", "Terminal nyaman"]
    assert [row.cells[0].spanned for row in grid.rows] == [False, True]


def test_rupiah_under_target_is_a_budget():
    grid = only_grid(
        "Tabel 3.9 Realisasi Anggaran\n"
        "Sasaran\tIndikator\tTarget\tRealisasi\tCapaian\n"
        "Layanan prima\tTerpenuhinya layanan\t1.250.000.000\t1.200.000.000\t96,00%\n"
    )
    assert roles(grid)[2:] == [Role.BUDGET, Role.SPENT, Role.ABSORPTION]
    assert grid.kind is TableKind.BUDGET


def test_capaian_stays_capaian_even_where_it_repeats_the_realisation():
    grid = only_grid(
        "Tabel 3.5 Kemajuan\n"
        "No\tIndikator Kinerja\tCapaian 2023\tTarget Akhir Renstra (2026)\tTingkat Kemajuan\n"
        "1\tPersentase rambu terpasang\t60%\t80%\t75%\n"
    )
    assert roles(grid)[2:] == [Role.ACHIEVEMENT, Role.FINAL_TARGET, Role.PROGRESS]
    assert grid.columns[2].year == 2023
    assert grid.kind is TableKind.PROGRESS


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("% Penyerapan Anggaran", Role.ABSORPTION),
        ("Alokasi Anggaran (Rp.)", Role.BUDGET),
        ("Realiasi Anggaran", Role.SPENT),
        ("Rencana Tindak Lanjut", Role.FOLLOW_UP),
        ("Indikator Kinerja Utama", Role.INDICATOR),
        ("Sasaran Kegiatan", Role.SASARAN),
        ("Program/ Kegiatan/ Sub Kegiatan", Role.PROGRAMME),
        ("Capaian Tahun 2023 terhadap Target Akhir", Role.PROGRESS),
        ("Uraian tentang cuaca hari itu", Role.PROGRAMME),
        ("Perspektif", Role.OTHER),
    ],
)
def test_headers_are_known_by_meaning_and_in_spite_of_misspelling(header, role):
    from selaras.review.claims.roles import role_of

    assert role_of([header]) is role


def test_a_group_word_above_says_whether_a_target_is_money():
    from selaras.review.claims.roles import role_of

    assert role_of(["Kinerja", "Target"]) is Role.TARGET
    assert role_of(["Anggaran", "Target (Rp.)"]) is Role.BUDGET
    assert role_of(["Anggaran", "Capaian %"]) is Role.ABSORPTION


def test_a_table_that_begins_anew_half_way_makes_two_grids():
    first, second = understand(
        reading(
            "Tabel 2.3 Perjanjian Kinerja Tahun 2023\n"
            "Sasaran Strategis\t\tIndikator Kinerja\tTarget\n"
            "Lalu lintas lancar\t\tRasio kemacetan\t0,65\n"
            "Program\t\tAnggaran (Rp.)\tKeterangan\n"
            "1.\tProgram Lalu Lintas\tRp.1.500.000.000\tAPBD\n"
            "2.\tProgram Pelayaran\tRp500.000.000,-\tAPBD\n"
            "Jumlah Anggaran\t\tRp.2.000.000.000\t\n"
        )
    ).grids
    assert (first.kind, second.kind) == (TableKind.AGREEMENT, TableKind.PROGRAMMES)
    assert (first.part, second.part) == (0, 1)
    assert second.year == 2023
    assert [row.total for row in second.rows] == [False, False, True]


def test_headers_repeated_on_the_next_page_are_left_out():
    grid = only_grid(
        "Tabel 2.1 Rencana Kinerja Tahunan\nNo\tIndikator\tTarget\n1\tJumlah halte\t12\nNo\tIndikator\tTarget\n1\t2\t3\n2\tJumlah rambu\t40\n"
    )
    assert [row.cells[1].text for row in grid.rows] == ["Jumlah halte", "Jumlah rambu"]
    assert grid.kind is TableKind.RKT


def test_a_list_without_any_header_is_known_by_its_amounts():
    grid = only_grid(
        "I Program Angkutan Jalan\tRp\t300.000.000,00\n"
        "1. Pengadaan rambu jalan\tRp\t100.000.000,00\n"
        "2. Pemeliharaan marka jalan\tRp\t200.000.00000\n"
    )
    assert roles(grid) == [Role.PROGRAMME, Role.OTHER, Role.BUDGET]
    assert [row.level for row in grid.rows] == [0, 1, 1]
    assert grid.rows[2].cells[2].malformed == ("200.000.00000",)


def test_columns_of_a_quarter_are_told_from_those_of_the_year():
    grid = only_grid(
        "Tabel 2.4 Rencana Aksi atas Perjanjian Kinerja\n"
        "Indikator Kinerja\tTarget\tTarget\tTarget\n\tTahunan\tTW I\tTriwulan II\nJumlah uji kir\t400\t100\t200\n"
    )
    assert [column.period for column in grid.columns] == ["", "", "TW1", "TW2"]


def test_figures_of_a_cell_are_read_one_by_one():
    grid = only_grid(
        "Tabel 3.1 Capaian Kinerja\nNo\tIndikator\tTarget\tRealisasi\tCapaian (%)\n1\tNilai SAKIP\t≥ 70 Nilai\t70,06 (BB)\t100,09 99,1\n"
    )
    target, realised, achieved = grid.rows[0].cells[2:]
    assert (target.value.amount, target.bound, target.unit) == (Decimal(70), "≥", "Nilai")
    assert realised.value.amount == Decimal("70.06")
    assert [figure.amount for figure in achieved.figures] == [Decimal("100.09"), Decimal("99.1")]
    assert achieved.value is None
    assert achieved.figure is None


def test_a_table_that_nobody_understands_is_kept_and_noted():
    report = understand(reading("Cuaca\tHujan\n27 derajat\t12 mm\n"))
    assert report.grids[0].kind is TableKind.OTHER
    assert any("tidak dikenali" in note for note in report.notes)


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("Indikator Kinerja Utama Tahun 2023", TableKind.IKU),
        ("Rencana Kinerja Tahunan 2023", TableKind.RKT),
        ("Perjanjian Kinerja Perubahan Tahun 2023", TableKind.AGREEMENT),
        ("Sasaran Jangka Menengah", TableKind.RENSTRA),
    ],
)
def test_a_list_of_targets_is_what_its_caption_says(caption, kind):
    assert (
        only_grid(
            f"Tabel 2.1 {caption}\nNo\tSasaran\tIndikator Kinerja\tTarget\n1\tAngkutan tertib\tJumlah trayek\t5\n"
        ).kind
        is kind
    )


def test_people_counted_by_level_are_a_staff_table():
    grid = only_grid(
        "Tabel 1.1 Pegawai menurut Pendidikan\nNo\tJabatan\tSLTA\tS1\tS2\tJumlah\n1\tStaf\t4\t6\t\t10\n2\tKepala Seksi\t\t2\t1\t3\nJumlah\t\t4\t8\t1\t13\n"
    )
    assert grid.kind is TableKind.STAFF
    assert roles(grid)[2:] == [Role.COUNT, Role.COUNT, Role.COUNT, Role.TOTAL]
    assert grid.rows[-1].total


def test_the_exact_number_of_a_spreadsheet_settles_two_readings():
    from selaras.review.claims.figures import figures_in, settled

    figures = figures_in("1.389", percent=True).figures
    assert figures[0].amount == Decimal("1.389")
    assert settled(figures, Decimal("1388.888"))[0].amount == Decimal(1389)
    assert settled(figures, Decimal("13.88888"))[0].amount == Decimal(1389)
    assert settled(figures, Decimal("1.3889"))[0].amount == Decimal("1.389")
