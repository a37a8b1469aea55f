"""What sentences name: periods, years, ordinals, counts, spelled numbers, regulations, offices, tables; and identity."""

from decimal import Decimal

import pytest
from tests.review.claims.paper import SOURCE, reading

from selaras.review.claims import understand
from selaras.review.claims.sentences import split
from selaras.review.report import SentenceKind


def report_of(content):
    return understand(reading(content))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Pagu Rp. 5.000.000 terserap. Sisanya kembali.", 2),
        ("Tuan Drs. Budi hadir s.d. Mei. Rapat selesai.", 2),
        ("Lihat No. 5 Tahun 2020. Selesai.", 2),
        ("1. Butir pertama selesai.", 1),
        ("Nilai 3.5 tercapai", 1),
        ("Ditandatangani a.n. Kepala Dinas. Demikian.", 2),
    ],
)
def test_abbreviations_do_not_end_a_sentence(text, count):
    assert len(split(text)) == count


def test_a_sentence_keeps_its_headings_and_its_figures():
    report = report_of(
        "# BAB III\n## B. Realisasi Anggaran\nPada tahun 2023 terserap Rp1.200.000,- atau 96,5% dari pagu pada Tabel 3.1.\n"
    )
    sentence = report.sentences[-1]
    assert sentence.path == ("BAB III", "B. Realisasi Anggaran")
    assert sentence.kind is SentenceKind.TEXT
    assert [(figure.amount, figure.money, figure.percent) for figure in sentence.figures] == [
        (Decimal(1200000), True, False),
        (Decimal("96.5"), False, True),
    ]


def test_words_of_thousands_say_how_exact_they_are():
    figure = report_of("Anggaran sebesar Rp1,5 miliar.\n").sentences[0].figures[0]
    assert (figure.amount, figure.decimals, figure.money) == (Decimal(1500000000), -8, True)


def test_a_number_with_two_readings_is_read_and_marked():
    report = report_of("Jumlah penumpang 1.234 naik.\n")
    assert (report.sentences[0].figures[0].amount, report.sentences[0].figures[0].doubtful) == (Decimal(1234), True)
    assert any("dua cara" in note for note in report.notes)


def test_a_sentence_torn_by_a_page_end_is_whole_and_knows_both_places():
    report = report_of("Dinas didukung 12 (dua\nbelas) pegawai tetap dan tiga program. Selesai.\n")
    assert [item.text for item in report.sentences] == [
        "Dinas didukung 12 (dua belas) pegawai tetap dan tiga program.",
        "Selesai.",
    ]
    pegawai, program = report.counts
    assert (pegawai.number, pegawai.words, pegawai.noun, pegawai.place.line) == (12, "dua belas", "pegawai", 1)
    assert (program.number, program.noun, program.place.line) == (3, "program", 2)
    assert report.sentences[1].place.line == 2


def test_counts_are_read_with_their_words_and_what_is_counted():
    report = report_of(
        "Didukung 4 (empat) program, 9 (sembilan) kegiatan dan 22 (dua puluh dua) sub kegiatan; kedua sasaran tercapai.\n"
    )
    assert [(item.number, item.words, item.noun) for item in report.counts] == [
        (4, "empat", "program"), (9, "sembilan", "kegiatan"), (22, "dua puluh dua", "sub kegiatan"), (2, "", "sasaran"),
    ]  # fmt: skip
    assert [item.figure.amount for item in report.spelled] == [Decimal(4), Decimal(9), Decimal(22)]


def test_people_are_counted_with_what_tells_them_apart():
    report = report_of("Pegawai terdiri atas 11 (sebelas) orang S1, 2 orang pegawai berstatus honorer.\n")
    assert [(item.number, item.noun, item.qualifier) for item in report.counts] == [
        (11, "pegawai", "S1"),
        (2, "pegawai", "berstatus honorer"),
    ]


def test_wrong_words_after_a_number_are_kept_as_they_stand():
    item = report_of("Serapan mencapai 98,50% (sembilan puluh delapan limapuluh persen).\n").spelled[0]
    assert (item.figure.amount, item.figure.percent, item.words) == (
        Decimal("98.50"), True, "sembilan puluh delapan limapuluh persen",
    )  # fmt: skip


def test_periods_belong_to_the_plan_that_is_named_before_them():
    report = report_of("Renstra Tahun 2021-2026 menjabarkan RPJMD 2021 – 2025 dan Road Map RB 2020 s.d. 2024.\n")
    assert [(item.first, item.last, item.plan) for item in report.periods] == [
        (2021, 2026, "renstra"), (2021, 2025, "rpjmd"), (2020, 2024, "road map"),
    ]  # fmt: skip
    assert report.years == ()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Laporan Kinerja Tahun 2023 disusun.", "report"),
        ("Bontang, 5 Januari 2024", "date"),
        ("Perda tentang APBD Tahun Anggaran 2023.", "budget law"),
        ("Dibandingkan tahun 2022 terjadi perubahan.", "comparison"),
        ("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah.", "regulation"),
    ],
)
def test_a_year_says_what_it_is_about(text, about):
    assert [item.about for item in report_of(text).years] == [about]


def test_an_ordinal_year_has_the_period_of_its_plan():
    report = report_of(
        "Tahun 2023 merupakan tahun ketiga dari periode Renstra 2021-2026, atau tahun ke-3.\nHari itu tahun pertama ia bekerja.\n"
    )
    assert [(item.ordinal, item.first, item.last) for item in report.ordinals] == [(3, 2021, 2026), (3, 2021, 2026)]


def test_a_regulation_is_taken_apart():
    report = report_of(
        "# Dasar Hukum\n"
        "1. Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional (Lembaran Negara Republik Indonesia "
        "Tahun 2004 Nomor 104, Tambahan Lembaran Negara Republik Indonesia Nomor 4421);\n"
        "2. Peraturan Menteri PANRB No. 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja;\n"
        "3. Keputusan KPU Nomor 197/PR.01.3-Kpt/01/KPU/IV/2020 tentang Rencana Strategis.\n"
    )
    law, ministry, decree = report.citations
    assert (law.kind, law.number, law.year, law.title) == ("UU", "25", 2004, "Sistem Perencanaan Pembangunan Nasional")
    assert law.gazettes == (("LN", 2004, "104"), ("TLN", 0, "4421"))
    assert law.listed
    assert (ministry.kind, ministry.number, ministry.year) == ("Permenpan-RB", "53", 2014)
    assert (decree.kind, decree.number, decree.year) == ("Keputusan KPU", "197/PR.01.3-Kpt/01/KPU/IV/2020", 2020)


def test_a_regulation_inside_the_title_of_another_is_found_too():
    report = report_of(
        "Perda Nomor 5 Tahun 2021 tentang Perubahan Atas Peraturan Daerah Nomor 10 Tahun 2016 tentang Susunan Perangkat Daerah.\n"
    )
    outer, inner = report.citations
    assert outer.title == "Perubahan Atas Peraturan Daerah Nomor 10 Tahun 2016 tentang Susunan Perangkat Daerah"
    assert (inner.number, inner.year, inner.title) == ("10", 2016, "Susunan Perangkat Daerah")


def test_two_regulations_in_one_sentence_keep_their_own_titles():
    report = report_of(
        "Berdasarkan PP Nomor 8 Tahun 2006 tentang Pelaporan Keuangan, dan Perpres Nomor 29 Tahun 2014 tentang SAKIP.\n"
    )
    assert [item.title for item in report.citations] == ["Pelaporan Keuangan", "SAKIP"]


def test_tables_named_in_text_are_references_but_captions_are_not():
    report = report_of(
        "Rincian pada tabel 3.8 dan Gambar 2.\nTabel 3.8 Rincian Anggaran\nProgram\tAnggaran\nProgram Jalan\tRp5.000.000\n"
    )
    assert [(item.series, item.number) for item in report.references] == [("tabel", "3.8"), ("gambar", "2")]


def test_offices_are_named_with_their_region():
    report = report_of(
        "Sekretariat KPU Kota Surabaya berkoordinasi dengan Komisi Pemilihan Umum Kabupaten Pacitan dan KPU Provinsi Jawa Timur serta KPU Kabupaten/Kota.\n"
    )
    assert [(item.office, item.region) for item in report.agencies] == [
        ("sekretariat kpu", "kota surabaya"), ("kpu", "kabupaten pacitan"), ("kpu", "provinsi jawa timur"),
    ]  # fmt: skip


def test_short_and_full_names_of_an_office_have_one_key():
    report = report_of(
        "Biro Hukum Setda Provinsi Bali.\nBiro Hukum Sekretariat Daerah Provinsi Bali.\nBIRO HUKUM SETDA PROV. BALI\n"
    )
    assert len({item.key for item in report.agencies}) == 1


def test_the_register_of_regions_is_whole():
    from selaras.rulebook.review_words import review_words

    provinces = review_words().provinces
    assert len(provinces) == 38
    assert sum(len(item.kabupaten) + len(item.kota) for item in provinces) == 514


def test_the_agency_its_year_and_its_plan_are_found():
    report = report_of(
        "LAPORAN KINERJA\nDINAS PERHUBUNGAN KOTA BONTANG\nTAHUN 2023\n# BAB I PENDAHULUAN\n"
        "Dinas Perhubungan Kota Bontang menyusun Laporan Kinerja Tahun 2023 menurut Renstra 2021-2026.\n"
        "Dinas Perhubungan bekerja sama dengan Dinas Kesehatan Kota Samarinda pada Renstra 2021-2026 dan Renstra 2019-2024.\n"
    )
    found = report.identity
    assert (found.name.casefold(), found.year) == ("dinas perhubungan kota bontang", 2023)
    assert (found.plan_first, found.plan_last) == (2021, 2026)
    assert [item.name for item in report.agencies if not item.own] == ["Dinas Kesehatan Kota Samarinda"]


def test_an_empty_document_claims_nothing_and_says_so():
    report = report_of("\n")
    assert report.grids == ()
    assert report.identity.name == ""
    assert len(report.notes) == 3


def test_every_claim_stands_somewhere():
    report = report_of(
        "Renstra 2021-2026 memuat 3 (tiga) program menurut UU Nomor 1 Tahun 2004 tentang Perbendaharaan Negara.\n"
    )
    for item in (*report.periods, *report.counts, *report.citations, *report.years, *report.spelled):
        assert item.place.source == SOURCE
        assert item.place.line == 1
        assert item.text in item.place.quote
