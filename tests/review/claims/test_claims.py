"""Claims on indicators and money: names that meet, sasaran carried down, years, hierarchy by numbering and by sums."""

from decimal import Decimal

from tests.review.claims.paper import reading

from selaras.review.claims import understand
from selaras.review.claims.names import Namer
from selaras.review.report import Role, TableKind

COVER = "LAPORAN KINERJA\nDINAS PERHUBUNGAN KOTA BONTANG\nTAHUN 2023\n# BAB II\n"
AGREED = (
    "Tabel 2.1 Perjanjian Kinerja Tahun 2023\nNo\tSasaran Strategis\tIndikator Kinerja\tSatuan\tTarget\n"
    "1\tAngkutan umum andal\tPersentase angkutan umum yang laik jalan (AUL)\tPersen\t85\n"
    "\t\tJumlah trayek aktif\tTrayek\t12\n"
)
MEASURED = (
    "Tabel 3.1 Capaian Kinerja\nNo\tSasaran\tIndikator\tTarget\tRealisasi\tCapaian (%)\n"
    "1\tAngkutan umum andal\tPresentase Angkutan Umum Laik Jalan Dinas Perhubungan Kota Bontang\t85%\t80,75%\t95\n"
    "2\tAngkutan umum andal\t2. Jumlah trayek aktif\t12\t12\t100\n"
)


def test_an_indicator_keeps_its_key_through_spelling_abbreviation_and_own_name():
    report = understand(reading(COVER + AGREED + MEASURED))
    keys = {claim.key for claim in report.indicators}
    assert len(keys) == 2
    names = {claim.name for claim in report.indicators if "aik" in claim.name}
    assert len(names) == 2


def test_claims_have_year_unit_and_the_sasaran_above_them():
    report = understand(reading(COVER + AGREED + MEASURED))
    agreed = [
        claim for claim in report.indicators if claim.grid.kind is TableKind.AGREEMENT and claim.role is Role.TARGET
    ]
    assert [(claim.year, claim.unit, claim.sasaran) for claim in agreed] == [
        (2023, "Persen", "Angkutan umum andal"),
        (2023, "Trayek", "Angkutan umum andal"),
    ]
    assert str(agreed[0].value.kind) == "persen"
    measured = [claim for claim in report.indicators if claim.role is Role.REALISATION]
    assert [(claim.value.amount, claim.year) for claim in measured] == [(Decimal("80.75"), 2023), (Decimal(12), 2023)]


def test_rows_of_one_table_never_share_a_key():
    namer = Namer()
    first = "Jumlah dokumen hasil penataan kelembagaan kecamatan"
    second = "Jumlah dokumen hasil penataan kelembagaan kelurahan"
    namer.cluster([[first, second]])
    assert namer.key(first) != namer.key(second)


def test_a_slip_in_another_table_meets_the_name_it_means():
    namer = Namer()
    right, wrong = "Persentase penyelesaian pengaduan masyarakat", "Persentase penyelesain pengaduan masyarakat"
    namer.cluster([[right], [wrong]])
    assert namer.key(right) == namer.key(wrong)


def test_every_year_of_a_plan_makes_a_claim():
    report = understand(
        reading(
            COVER
            + "Tabel 2.2 Sasaran Jangka Menengah\nIndikator Kinerja\tTarget Kinerja Pada Tahun\t\t\n\t2022\t2023\t2024\n"
            "Nilai kepuasan penumpang\t70\t75\t-\n"
        )
    )
    claims = [claim for claim in report.indicators if claim.role is Role.TARGET]
    assert [(claim.year, claim.text) for claim in claims] == [(2022, "70"), (2023, "75"), (2024, "-")]
    assert claims[2].value is None


def test_a_budget_is_ordered_by_its_numbering():
    report = understand(
        reading(
            COVER
            + "Tabel 3.9 Capaian Anggaran\nNo.\tProgram/ Kegiatan/ Sub Kegiatan\tAnggaran (Rp)\tRealisasi (Rp.)\tCapaian (%)\n"
            "I\tProgram Lalu Lintas\t300.000.000,00\t270.000.000,00\t90,00\n"
            "A\tManajemen Lalu Lintas\t300.000.000,00\t270.000.000,00\t90,00\n"
            "1\tPemasangan Rambu\t100.000.000,00\t95.000.000,00\t95,00\n"
            "2\tPemasangan Marka\t200.000.000,00\t175.000.000,00\t87,50\n"
            "II\tProgram Pelayaran\t50.000.000,00\t40.000.000,00\t80,00\n"
            "\tJumlah\t350.000.000,00\t310.000.000,00\t88,57\n"
        )
    )
    assert [(claim.level, claim.parent, claim.total) for claim in report.budget] == [
        (0, -1, False), (1, 0, False), (2, 1, False), (2, 1, False), (0, -1, False), (0, -1, True),
    ]  # fmt: skip
    assert report.budget[2].spent.amount == Decimal("95000000.00")
    assert report.budget[3].percent.decimals == 2


def test_a_budget_without_numbering_is_ordered_by_its_sums():
    report = understand(
        reading(
            COVER + "Tabel 3.9 Realisasi Anggaran\nUraian\tAnggaran (Rp)\tRealisasi (Rp)\n"
            "Lalu Lintas\t300.000.000\t270.000.000\nRambu\t100.000.000\t95.000.000\nMarka\t200.000.000\t175.000.000\nKapal\t50.000.000\t40.000.000\n"
        )
    )
    assert [claim.level for claim in report.budget] == [0, 1, 1, 0]


def test_an_amount_that_cannot_be_read_stays_a_claim():
    report = understand(
        reading(
            COVER
            + "Tabel 2.3 Program\nProgram\tAnggaran\nProgram Lalu Lintas\tRp94.500.00000\nProgram Pelayaran\tRp5.000.000\n"
        )
    )
    assert [(claim.budget is None, claim.unread) for claim in report.budget] == [
        (True, ("Rp94.500.00000",)),
        (False, ()),
    ]


def test_columns_of_a_month_make_no_claims():
    report = understand(
        reading(
            COVER
            + "Tabel 2.4 Rencana Aksi\nIndikator Kinerja\tTarget\tTarget\n\tTahun 2023\tJanuari\nJumlah uji kir\t400\t30\n"
        )
    )
    assert [claim.text for claim in report.indicators if claim.role is Role.TARGET] == ["400"]


def test_indicators_of_programmes_own_the_columns_to_their_right():
    report = understand(
        reading(
            COVER
            + "Tabel 3.8 Program yang Menunjang\nSasaran\tIndikator Kinerja\tCapaian %\tProgram\tIndikator Kinerja\tCapaian %\tMenunjang/ tidak menunjang\n"
            "Andal\tNilai kepuasan\t98%\tProgram Lalu Lintas\tJumlah rambu\t100%\tMenunjang\n"
        )
    )
    assert [(claim.name, claim.text) for claim in report.indicators if claim.role is Role.ACHIEVEMENT] == [
        ("Nilai kepuasan", "98%"),
        ("Jumlah rambu", "100%"),
    ]


def test_a_tree_without_numbers_is_found_by_its_sums_though_one_sum_is_wrong():
    report = understand(
        reading(
            COVER + "Tabel 3.9 Realisasi Anggaran\nUraian\tAnggaran (Rp)\tRealisasi (Rp)\n"
            "URUSAN PERHUBUNGAN\t450.000.000\t390.000.000\n"
            "Program Jalan\t300.000.000\t299.000.000\n"
            "Manajemen Jalan\t300.000.000\t270.000.000\nRambu\t100.000.000\t95.000.000\nMarka\t200.000.000\t175.000.000\n"
            "Program Kapal\t150.000.000\t120.000.000\nDermaga\t90.000.000\t80.000.000\nPelampung\t60.000.000\t40.000.000\n"
            "\t450.000.000\t390.000.000\n"
        )
    )
    levels = {claim.name: claim.level for claim in report.budget if not claim.total}
    assert levels["Rambu"] == levels["Marka"] == levels["Manajemen Jalan"] + 1
    assert levels["Dermaga"] == levels["Pelampung"] == levels["Program Kapal"] + 1
    assert [claim.total for claim in report.budget][-1]


def test_of_several_years_the_column_of_the_report_counts():
    report = understand(
        reading(
            COVER
            + "Tabel 3.9 Anggaran\nProgram\tPagu 2022\tPagu Murni 2023\tPagu Setelah Perubahan 2023\tRealisasi 2022 (Rp)\tRealisasi 2023 (Rp)\n"
            "Program Jalan\t1.000.000\t2.000.000\t3.000.000\t900.000\t2.900.000\n"
        )
    )
    (claim,) = report.budget
    assert (claim.budget.amount, claim.spent.amount) == (Decimal(3000000), Decimal(2900000))
