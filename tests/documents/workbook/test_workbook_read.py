from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from tests.documents.workbook.office import AGENCY, RECORDS

from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation, Spending
from selaras.core.org import LegalBasis, Tenure, Unit
from selaras.core.period import Period, Span
from selaras.core.planning import BudgetLine, Indicator, Mission, Target
from selaras.core.value import Value, ValueKind, grade, number, percent
from selaras.documents.workbook import open_workbook, read_records, read_snapshot, write_workbook


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("buku") / "asli.xlsx"
    write_workbook(path, AGENCY, RECORDS)
    return path


@pytest.fixture
def edit(original, tmp_path):
    """Change cells of the full example as a person would: `edit(Target={"F2": 12})`; a tuple adds a number format."""

    def change(then=lambda book: None, **sheets):
        book = openpyxl.load_workbook(original, data_only=True)
        for name, cells in sheets.items():
            for cell, content in cells.items():
                value, *style = content if isinstance(content, tuple) else (content,)
                book[name][cell].value = value
                if style:
                    book[name][cell].number_format = style[0]
        then(book)
        path = tmp_path / "ubah.xlsx"
        book.save(path)
        return path

    return change


def faults(path):
    return read_records(path)[2]


def one_fault(path):
    found = faults(path)
    assert len(found) == 1, [fault.sentence() for fault in found]
    return found[0]


def records(path, kind):
    _, read, found = read_records(path)
    assert not found, [fault.sentence() for fault in found]
    return read[kind]


def test_a_workbook_saved_by_another_program_reads_the_same(edit):
    agency, read, found = read_records(edit())
    assert found == ()
    assert agency.name == AGENCY.name
    assert [len(read[kind]) for kind in RECORDS] == [len(items) for items in RECORDS.values()]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ((87.5, "General"), percent("87.5")),
        ((0.875, "0.0%"), percent("87.5")),
        ((0.1 + 0.2, "0%"), percent(30)),
        ("87,5%", percent("87.5")),
        ("87.5", percent("87.5")),
        ("80–90%", Value(ValueKind.PERCENT, Decimal(80), Decimal(90))),
        (0, percent(0)),
    ],
)
def test_a_percentage_is_read_as_people_write_it(edit, content, value):
    assert records(edit(Target={"F2": content}), Target)[0].value == value


@pytest.mark.parametrize(
    ("cell", "content", "value"),
    [
        ("F4", 0.1 + 0.2, number("0.3")),
        ("F4", "1.234,5", number("1234.5")),
        ("F4", "12 s.d. 14", Value(ValueKind.NUMBER, Decimal(12), Decimal(14))),
        ("F5", "bb", grade("bb")),
        ("F6", "tidak", Value(ValueKind.YES_NO, flag=False)),
        ("F6", True, Value(ValueKind.YES_NO, flag=True)),
    ],
)
def test_other_values_are_read_by_the_kind_of_their_indicator(edit, cell, content, value):
    assert records(edit(Target={cell: content}), Target)[int(cell[1:]) - 2].value == value


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("TW III", Period(2024, Span.QUARTER, 3)),
        ("triwulan 3", Period(2024, Span.QUARTER, 3)),
        ("TW3", Period(2024, Span.QUARTER, 3)),
        ("semester ii", Period(2024, Span.SEMESTER, 2)),
        ("Nopember", Period(2024, Span.MONTH, 11)),
        ("tahunan", Period(2024)),
    ],
)
def test_periods_are_read_in_their_usual_spellings(edit, text, period):
    assert records(edit(Realisasi={"D3": text}), Realisation)[1].period == period


def test_months_are_read_by_name_too(edit):
    assert [item.month for item in records(edit(RealisasiAnggaran={"D2": "Pebruari"}), Spending)] == [2, 12]


@pytest.mark.parametrize("content", ["7 Desember 2021", "07/12/2021", datetime(2021, 12, 7), date(2021, 12, 7)])
def test_dates_are_read_from_cells_and_texts(edit, content):
    assert records(edit(Pejabat={"E2": content}), Tenure)[0].since == date(2021, 12, 7)


def test_amounts_are_read_from_text(edit):
    assert records(edit(Anggaran={"F2": "Rp. 2.940.235.465,-"}), BudgetLine)[0].amount == 2940235465
    assert records(edit(Anggaran={"F2": "1.500"}), BudgetLine)[0].amount == 1500


def test_numbers_become_codes_and_texts_without_a_decimal_point(edit):
    path = edit(DasarHukum={"C3": 8}, Unit={"A2": 1, "C3": 1}, Jabatan={"C3": 1}, PohonKinerja={"F3": 1, "F4": 1})
    assert faults(path) == ()
    assert read_records(path)[1][LegalBasis][1].number == "8"
    assert read_records(path)[1][Unit][0].code == "1"


FAULTY = [
    ("Target", "F2", "delapan", "persen seperti 87,5%"),
    ("Target", "F4", "1.234", ""),
    ("Target", "F4", "87%", "angka tanpa tanda %"),
    ("Target", "F5", 3, "predikat, misalnya BB"),
    ("Target", "C2", "dua ribu", "tahun empat angka"),
    ("Target", "C2", 1024, "tahun empat angka"),
    ("Target", "D2", "Catur wulan", "TW I–IV"),
    ("Target", "E2", "Renstraa", "salah satu dari: Renstra; RKT; Rencana Aksi"),
    ("Target", "F2", None, "nilai indikator"),
    ("Target", "F2", "-", "nilai indikator"),
    ("Target", "F2", datetime(2024, 5, 7), "nilai indikator"),
    ("Anggaran", "F2", "banyak", ""),
    ("Anggaran", "F2", (0.5, "0%"), "rupiah"),
    ("Anggaran", "F2", "50%", "rupiah"),
    ("Anggaran", "F2", True, "rupiah"),
    ("Unit", "F2", "mungkin", "Ya atau Tidak"),
    ("Unit", "I2", 1.5, "bilangan bulat"),
    ("Unit", "G2", (44537, "General"), "tanggal seperti 31/12/2024"),
    ("Unit", "G2", "31/02/2024", ""),
    ("Unit", "G2", time(7, 30), "tanggal seperti 31/12/2024"),
    ("Unit", "B2", "   ", "teks"),
    ("PohonKinerja", "H4", 2.24, "kode sebagai teks"),
    ("PohonKinerja", "H4", datetime(2024, 2, 2), "kode sebagai teks"),
    ("Pejabat", "G2", 1.9800101200001e17, "teks"),
    ("RealisasiAnggaran", "D2", 13, "angka 1–12 atau nama bulan"),
    ("Instansi", "D2", "dinas", "salah satu dari:"),
]


@pytest.mark.parametrize(("sheet", "cell", "content", "expected"), FAULTY)
def test_a_bad_cell_is_one_fault_that_names_the_cell_and_what_was_expected(edit, sheet, cell, content, expected):
    fault = one_fault(edit(**{sheet: {cell: content}}))
    assert (fault.place.source, fault.place.sheet, fault.place.cell) == ("ubah.xlsx", sheet, cell)
    assert expected in fault.expected
    assert fault.read
    assert fault.remedy
    assert fault.place.column


def test_an_error_value_is_a_fault(edit):
    fault = one_fault(edit(Anggaran={"F2": "#N/A"}))
    assert fault.read == "#N/A"
    assert "galat" in fault.message


def test_a_misspelt_choice_is_answered_with_the_nearest_one(edit):
    assert one_fault(edit(Target={"E2": "renstraa"})).remedy == "Mungkin maksudnya “Renstra”."


def test_every_fault_is_found_at_once(edit):
    path = edit(Target={"F2": "x?", "C3": "x"}, Unit={"F2": "x"}, Anggaran={"F2": "x"}, Instansi={"B2": None})
    places = [(fault.place.sheet, fault.place.cell) for fault in faults(path)]
    assert places == [("Instansi", "B2"), ("Unit", "F2"), ("Target", "F2"), ("Target", "C3"), ("Anggaran", "F2")]
    with pytest.raises(Refusal) as refused:
        read_snapshot(path, 2024)
    assert len(refused.value.faults) == 5


@pytest.mark.parametrize(
    ("sheet", "changes", "where", "word"),
    [
        ("Indikator", {"K2": "jumlah"}, "K2", "dijumlahkan"),
        ("Indikator", {"L3": None}, "L3", "rumus"),
        ("Indikator", {"N4": None}, "N4", "skala"),
        ("Renstra", {"D2": 2020}, "D2", "mendahului"),
        ("PK", {"J3": None}, "J3", "alasan"),
    ],
)
def test_a_record_that_contradicts_itself_is_a_fault_in_indonesian(edit, sheet, changes, where, word):
    found = [fault for fault in faults(edit(**{sheet: changes})) if fault.place.sheet == sheet]
    assert [(fault.place.cell, word in fault.message.casefold()) for fault in found] == [(where, True)]


def test_a_missing_sheet_and_its_misspelt_twin_are_named(edit):
    def rename(book):
        book["Foto"].title = "Fotto"

    missing, strange = faults(edit(rename))
    assert missing.message == "Lembar Foto tidak ada"
    assert (strange.read, strange.expected) == ("Fotto", "“Foto”")


def test_a_missing_column_and_its_misspelt_twin_are_named(edit):
    missing, strange = faults(edit(Unit={"B1": "Nama Unitt"}))
    assert missing.message == "Kolom Nama Unit tidak ada"
    assert (strange.place.cell, strange.read, strange.expected) == ("B1", "Nama Unitt", "“Nama Unit”")


def test_columns_and_sheets_marked_with_a_hash_are_left_alone(edit):
    def add(book):
        book.create_sheet("# hitungan")

    assert faults(edit(add, Narasi={"E1": "# catatan", "E2": "abaikan"})) == ()


def test_columns_may_stand_in_any_order(edit):
    def move(book):
        book["Target"].move_range("F1:F20", cols=4)

    path = edit(move)
    assert records(path, Target)[0].value == percent("87.5")
    assert one_fault(edit(move, Target={"F2": "x?"})).place.cell == "J2"


def test_blank_hidden_and_merged_rows_do_not_disturb(edit):
    def disturb(book):
        page = book["Misi"]
        page.insert_rows(2, 3)
        page.row_dimensions[5].hidden = True
        page.merge_cells("C5:D5")
        page.cell(5000, 3).value = "   "
        book["Unit"].sheet_state = "hidden"

    path = edit(disturb)
    _, read, found = read_records(path)
    assert found == ()
    assert [len(items) for items in read.values()] == [len(items) for items in RECORDS.values()]


def test_a_row_that_begins_with_contoh_is_an_example(edit):
    assert len(records(edit(Misi={"A3": "contoh-1", "B3": "apa saja"}), Mission)) == 1


def test_a_formula_that_was_never_calculated_is_not_taken_for_an_empty_cell(edit):
    fault = one_fault(edit(Realisasi={"L2": "=1+1"}))
    assert (fault.place.cell, fault.read) == ("L2", "rumus tanpa hasil")


def test_two_agencies_are_refused(edit):
    fault = one_fault(edit(Instansi={"A3": "08", "B3": "Dua", "C3": "Dua", "D3": "satuan kerja"}))
    assert fault.read == "2 baris"


def test_rows_are_read_one_by_one_with_faults_between_them(edit):
    with open_workbook(edit(Unit={"F2": "x"})) as book:
        first, second = book.rows(Unit)
        assert isinstance(first, Fault)
        assert second == Unit(**{name: getattr(RECORDS[Unit][1], name) for name in (
            "code", "name", "parent", "kind", "coordination", "since", "until", "order")}, place=second.place)  # fmt: skip
        assert second.place.sentence() == "ubah.xlsx, lembar Unit, sel A3, kolom Kode"
        assert book.agency().code == "07"


def test_the_streaming_check_finds_what_the_full_reading_finds(edit):
    path = edit(Target={"F2": "x?", "A3": "IKU-99"}, Unit={"A3": "01"}, Foto={"A1": "Kod"}, Instansi={"A2": None})
    with open_workbook(path) as book:
        streamed = list(book.faults())
    assert sorted(streamed, key=str) == sorted(faults(path), key=str)
    assert len(streamed) > 4


def test_an_indicator_kind_that_cannot_be_read_leaves_the_targets_open(edit):
    path = edit(Indikator={"H2": "persentase"})
    assert {fault.place.sheet for fault in faults(path)} >= {"Indikator"}
    assert isinstance(read_records(path)[1][Indicator], list)
