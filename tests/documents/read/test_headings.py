"""Headings, list items, contents lines and running headers are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.read.shapes import headings, paragraphs, read

from selaras.core.source import Form
from selaras.documents.read import DEFAULT
from selaras.documents.read import headings as h
from selaras.documents.read.assemble import assemble
from selaras.documents.read.captions import label
from selaras.documents.read.docx_numbering import spelled
from selaras.documents.read.forms import read_form
from selaras.documents.read.lines import Break, Line


def test_a_chapter_takes_the_title_that_stands_below_it(tmp_path):
    assert headings(read(tmp_path, "BAB I\n\nPENDAHULUAN\n\nIsi bab ini menerangkan instansi.\n")) == [
        (1, "BAB I", "PENDAHULUAN")
    ]


def test_a_divider_page_and_the_chapter_after_it_are_one_heading(tmp_path):
    content = "BAB II\n\nPERENCANAAN KINERJA\n\n\n\nBAB II\n\nPERENCANAAN KINERJA\n\nIsi.\n"
    assert headings(read(tmp_path, content)) == [(1, "BAB II", "PERENCANAAN KINERJA")]


def test_sections_are_numbered_in_decimals_or_letters(tmp_path):
    content = "BAB I\n\nPENDAHULUAN\n\n1.1 Latar Belakang\n\nIsi.\n\n1.2.1 Tugas Pokok\n\nIsi.\n\nA. Capaian Kinerja\n\nIsi.\n"
    assert headings(read(tmp_path, content))[1:] == [
        (2, "1.1", "Latar Belakang"), (3, "1.2.1", "Tugas Pokok"), (2, "A.", "Capaian Kinerja")
    ]  # fmt: skip


def test_the_items_of_a_list_are_paragraphs_with_their_numbers(tmp_path):
    content = "Tujuannya:\n\n1. Memberi informasi yang terukur;\n2. Mendorong kinerja yang baik; dan\n3. Menjaga kepercayaan publik.\n"
    found = read(tmp_path, content)
    assert headings(found) == []
    assert paragraphs(found)[1].startswith("1. Memberi")


def test_a_numbered_line_on_its_own_is_a_heading(tmp_path):
    content = (
        "Pengantar.\n\n1. Perbandingan target dan realisasi\n\nIsi.\n\n2. Analisis penyebab keberhasilan.\n\nIsi.\n"
    )
    assert headings(read(tmp_path, content)) == [
        (3, "1.", "Perbandingan target dan realisasi"), (3, "2.", "Analisis penyebab keberhasilan.")
    ]  # fmt: skip


def test_the_outline_in_sistematika_penulisan_makes_no_chapters(tmp_path):
    content = (
        "BAB I\n\nPENDAHULUAN\n\n1.5 Sistematika Penulisan\n\nBAB I PENDAHULUAN\n\nMemuat gambaran umum.\n\n"
        "BAB II PERENCANAAN KINERJA\n\nMemuat rencana.\n\n\n\nBAB II\n\nPERENCANAAN KINERJA\n\n2.1 Renstra\n\nIsi.\n"
    )
    assert [number for _, number, _ in headings(read(tmp_path, content))] == ["BAB I", "1.5", "BAB II", "2.1"]


def test_a_printed_table_of_contents_is_kept_apart(tmp_path):
    content = (
        "DAFTAR ISI\n\nKATA PENGANTAR\ti\nBAB I.....\t1\nPENDAHULUAN.....\t1\n1.1 Latar Belakang.....\t2\n\n"
        "DAFTAR TABEL\n\nTabel 2.1 Rencana Kinerja Tahun 2024.....\t14\n\nBAB I\n\nPENDAHULUAN\n\nIsi.\n"
    )
    found = read(tmp_path, content)
    assert [(entry.text, entry.page, entry.line) for entry in found.contents] == [
        ("KATA PENGANTAR", "i", 3), ("BAB I", "1", 4), ("PENDAHULUAN", "1", 5), ("1.1 Latar Belakang", "2", 6)
    ]  # fmt: skip
    assert [(entry.text, entry.page) for entry in found.lists] == [("Tabel 2.1 Rencana Kinerja Tahun 2024", "14")]
    assert headings(found)[-1] == (1, "BAB I", "PENDAHULUAN")


def test_contents_with_dot_leaders_need_no_tab(tmp_path):
    found = read(tmp_path, "DAFTAR ISI\n\nBAB I PENDAHULUAN .......... 1\nA. Latar Belakang ........ 2\n\nIsi.\n")
    assert [(entry.text, entry.page) for entry in found.contents] == [
        ("BAB I PENDAHULUAN", "1"),
        ("A. Latar Belakang", "2"),
    ]


def test_a_blank_to_fill_in_is_no_contents_line(tmp_path):
    found = read(tmp_path, "Berdasarkan reviu kami, ………………………………\n\nDibuat di ..................... -\n")
    assert found.contents == ()
    assert len(paragraphs(found)) == 2


def test_a_column_of_page_numbers_goes_to_the_titles_beside_it(tmp_path):
    found = read(
        tmp_path,
        "DAFTAR TABEL\n\n1.1 Tabel Kondisi Pegawai\n2.1 Rencana Kinerja\nI – 8 II – 2\n\nBAB I\n\nPENDAHULUAN\n",
    )
    assert [(entry.text, entry.page) for entry in found.lists] == [
        ("1.1 Tabel Kondisi Pegawai", "I – 8"),
        ("2.1 Rencana Kinerja", "II – 2"),
    ]
    assert headings(found)[-1][1] == "BAB I"


def test_running_headers_and_page_numbers_are_margins(tmp_path):
    pages = [
        f"Laporan Kinerja Contoh 2024\n\nIsi halaman {word}.\n\n{count}"
        for count, word in enumerate(("satu", "dua", "tiga"), 1)
    ]
    found = read(tmp_path, "\n\n\n\n".join(pages))
    assert found.margins == ("Laporan Kinerja Contoh 2024",)
    assert paragraphs(found) == ["Isi halaman satu.", "Isi halaman dua.", "Isi halaman tiga."]


def test_a_caption_on_every_page_is_no_running_header(tmp_path):
    pages = [f"Tabel 3.{count}\nCapaian Kinerja\n\nNo\tUraian\tNilai\n1\tSatu\t10" for count in range(1, 5)]
    assert read(tmp_path, "\n\n\n\n".join(pages)).margins == ()


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("Tabel 3.1 Skala Nilai", "3.1", "Skala Nilai"), ("Tabel 2. Daftar PNS", "2", "Daftar PNS"),
        ("TABEL 4", "4", ""), ("Tabel L.2: Indikator", "L.2", "Indikator"), ("Tabel", "", ""),
        ("Tabel 3.4 Realisasi Anggaran (076.01.CQ)", "3.4", "Realisasi Anggaran (076.01.CQ)"),
        ("Tabel II.1 Rencana", "II.1", "Rencana"),
    ],
)  # fmt: skip
def test_it_takes_captions_apart(text, number, title):
    found = label(text)
    assert (found.number, found.title) == (number, title)


@pytest.mark.parametrize(
    "text",
    [
        "Tabel 3.1 menunjukkan capaian.",
        "Tabel tersebut memuat target",
        "Tabel di atas menggambarkan hasil",
        "Tabelaris 3 orang",
    ],
)
def test_a_sentence_about_a_table_is_no_caption(text):
    assert label(text) is None


@pytest.mark.parametrize("text", ["Lanjutan Tabel 3.1", "Tabel 3.1 (lanjutan)", "Sambungan Tabel 3.1"])
def test_it_knows_that_a_table_goes_on(text):
    assert label(text).goes_on
    assert label(text).number == "3.1"


@pytest.mark.parametrize(
    "text", ["12.35 adalah nilainya", "3.639.196.510 rupiah", "1.2.3.4.5.6.7 Panjang", "2.1 grafik kecil;"]
)
def test_figures_at_the_start_of_a_line_make_no_heading(text):
    found = h.numbered(Line(text), listed=False)
    assert found is None or not text[0].isdigit() or found.number.count(".") < 5
    assert h.numbered(Line("3.639.196.510 rupiah"), listed=False) is None


@pytest.mark.parametrize("text", ["12", "- 3 -", "iv", "Halaman 7", "hal. 9", "Halaman 3 dari 40"])
def test_it_knows_page_numbers(text):
    assert h.is_page_number(text)


@given(st.integers(1, 89))
def test_roman_numbers_read_back_as_they_are_written(count):
    assert h.ordinal(spelled(count, "upperRoman")) == count


@given(st.text(max_size=200))
def test_no_line_of_text_breaks_the_rules_of_headings(text):
    line = Line(text, bold=True, alone=True)
    h.chapter(text), h.named(line), h.numbered(line, listed=False), h.entry(text, inside=True), label(text)


def test_a_line_that_ends_in_dots_without_a_page_is_no_entry(tmp_path):
    assert h.entry("Hasilnya akan diumumkan …", inside=False) is None
    assert h.entry("Hasilnya akan diumumkan …", inside=True) is None
    assert h.entry("Tabel 3.1 Capaian Kinerja ........ 12", inside=False) == ("Tabel 3.1 Capaian Kinerja", "12")
    found = read(tmp_path, "BAB I\n\nPENDAHULUAN\n\nHasilnya akan diumumkan ……\n")
    assert paragraphs(found) == ["Hasilnya akan diumumkan ……"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (
            Line("Sasaran 2: Meningkatnya mutu layanan", bold=True),
            h.Title(3, "Sasaran 2:", "Meningkatnya mutu layanan"),
        ),
        (Line("1) Target dan realisasi", italic=True), h.Title(4, "1)", "Target dan realisasi")),
        (Line("2)–4) Perbandingan antartahun", bold=True), h.Title(4, "2)–4)", "Perbandingan antartahun")),
        (Line("1) Target dan realisasi"), None),
        (Line("1) Target dan realisasi diuraikan di bawah.", italic=True), None),
        (Line("Sasaran 2: meningkatnya mutu layanan"), None),
    ],
)
def test_letters_that_stand_out_make_a_heading_of_a_goal_or_a_bracketed_number(line, title):
    assert h.numbered(line, listed=False) == title
    assert h.numbered(line, listed=True) is None


def test_a_chapter_at_the_top_of_a_page_is_no_entry_of_the_outline_before_it():
    items = [
        Line("1.6 Sistematika Penulisan", bold=True, size=13),
        Line("BAB I Pendahuluan memuat latar belakang.", size=11),
        Break(2),
        Line("BAB II PERENCANAAN KINERJA", bold=True, centred=True, size=14),
        Line("Isi bab yang panjangnya cukup untuk disebut naskah.", size=11),
    ]
    reading = assemble(items, source="uji.pdf", form=Form.PDF)
    assert (1, "BAB II", "PERENCANAAN KINERJA") in headings(reading)


def test_a_sistematika_told_in_sentences_makes_no_chapters(tmp_path):
    content = (
        "BAB I\n\nPENDAHULUAN\n\n1.4 Sistematika Penyajian\n\nBab I Pendahuluan, memuat gambaran umum.\n"
        "Bab II Perencanaan Kinerja, memuat rencana dan perjanjian.\n\n\n\nBAB II\n\nPERENCANAAN KINERJA\n\nIsi bab.\n"
    )
    assert [number for _, number, _ in headings(read(tmp_path, content))] == ["BAB I", "1.4", "BAB II"]


def test_a_name_below_a_signature_is_no_heading(tmp_path):
    content = (
        "KATA PENGANTAR\n\nLaporan ini disusun sebagai pertanggungjawaban.\n\nMelati, 20 Februari 2025\nKepala Dinas Pasar,\n\n\n"
        "CONTOH PRASETYA, S.E.\nPembina Utama Muda\nNIP 19700101 199501 1 001\n\nBAB I\n\nPENDAHULUAN\n\nIsi bab ini.\n"
    )
    assert [text for _, _, text in headings(read(tmp_path, content))] == ["KATA PENGANTAR", "PENDAHULUAN"]


def test_the_lines_of_a_signature_in_one_html_paragraph_are_lines(tmp_path):
    path = tmp_path / "laporan.html"
    block = "<p>Melati, 20 Februari 2025<br>Kepala Dinas,<br><br>Contoh Prasetya, S.E.<br>NIP 19700101 199501 1 001</p>"
    path.write_text(
        f"<html><body><h1>KATA PENGANTAR</h1><p>Laporan ini disusun.</p>{block}</body></html>", encoding="utf-8"
    )
    assert "Kepala Dinas," in " | ".join(paragraphs(read_form(path, DEFAULT))).split(" | ")


def test_a_paragraph_broken_by_hand_stays_one(tmp_path):
    path = tmp_path / "laporan.html"
    words = "Laporan ini disusun sebagai pertanggungjawaban atas pelaksanaan tugas,<br>fungsi, dan anggaran dinas."
    path.write_text(f"<html><body><p>{words}</p></body></html>", encoding="utf-8")
    assert paragraphs(read_form(path, DEFAULT)) == [words.replace("<br>", " ")]
