from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from tests.documents.workbook.office import AGENCY, RECORDS

from selaras.core.errors import Fault, Refusal
from selaras.core.org import RegulationStatus, Unit
from selaras.core.period import Period, Span
from selaras.core.planning import Mission, Target
from selaras.core.value import Value, ValueKind, grade, number, percent
from selaras.documents.workbook import open_workbook, read_records, read_snapshot, write_workbook
from selaras.documents.workbook.cells import is_blank
from selaras.documents.workbook.rows import RowReader
from selaras.documents.workbook.schema import BY_NAME


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


KINDS = {"IKU-P": ValueKind.PERCENT, "IKU-A": ValueKind.NUMBER, "IKU-B": ValueKind.GRADE, "IKU-Y": ValueKind.YES_NO}


@dataclass(frozen=True)
class Seen:
    """A cell as a reader sees it."""

    value: object
    number_format: str = "General"
    data_type: str = "n"


def row(name, /, **changes):
    """The example row of a sheet with some cells changed; a tuple adds a number format."""
    sheet = BY_NAME[name]
    cells = {column.field: column.example for column in sheet.inputs} | {"indicator": "IKU-P"} | changes
    seen = {field: Seen(*content) if isinstance(content, tuple) else Seen(content) for field, content in cells.items()}
    reader = RowReader(sheet, "a.xlsx", {column.field: sheet.position(column.field) for column in sheet.inputs})
    return reader.read(7, {field: cell for field, cell in seen.items() if not is_blank(cell)}, KINDS)


@pytest.mark.parametrize(
    ("indicator", "content", "value"),
    [
        ("IKU-P", 87.5, percent("87.5")),
        ("IKU-P", (0.875, "0.0%"), percent("87.5")),
        ("IKU-P", (0.1 + 0.2, "0%"), percent(30)),
        ("IKU-P", "87,5%", percent("87.5")),
        ("IKU-P", "87.5", percent("87.5")),
        ("IKU-P", "80–90%", Value(ValueKind.PERCENT, Decimal(80), Decimal(90))),
        ("IKU-P", 0, percent(0)),
        ("IKU-A", 0.1 + 0.2, number("0.3")),
        ("IKU-A", "1.234,5", number("1234.5")),
        ("IKU-A", "12 s.d. 14", Value(ValueKind.NUMBER, Decimal(12), Decimal(14))),
        ("IKU-B", "BB", grade("BB")),
        ("IKU-Y", "tidak", Value(ValueKind.YES_NO, flag=False)),
        ("IKU-Y", True, Value(ValueKind.YES_NO, flag=True)),
        ("IKU-?", "BB", grade("BB")),
        ("IKU-?", "Sangat Baik", grade("Sangat Baik")),
        ("IKU-?", "Ya", Value(ValueKind.YES_NO, flag=True)),
        ("IKU-?", "87,5%", percent("87.5")),
        ("IKU-?", 5, number(5)),
    ],
)
def test_a_value_is_read_by_the_kind_of_its_indicator(indicator, content, value):
    assert row("Target", indicator=indicator, value=content).record.value == value


@pytest.mark.parametrize(
    ("unit", "content", "value"),
    [
        ("%", 56, percent(56)),
        ("Persen", "56", percent(56)),
        ("%", (56, '0" (angka)"'), number(56)),
        ("dokumen", 56, number(56)),
        ("dokumen", (0.56, "0%"), percent(56)),
        ("", "BB", grade("BB")),
    ],
)
def test_a_line_of_a_pk_is_read_by_its_own_unit(unit, content, value):
    assert row("PKIndikator", unit=unit, target=content).record.target == value


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
def test_periods_are_read_in_their_usual_spellings(text, period):
    assert row("Realisasi", **{"period.part": text}).record.period == period


@pytest.mark.parametrize("month", [2, "2", "Februari", "pebruari"])
def test_months_are_read_by_number_and_name(month):
    assert row("RealisasiAnggaran", month=month).record.month == 2


@pytest.mark.parametrize("content", ["7 Desember 2021", "07/12/2021", datetime(2021, 12, 7), date(2021, 12, 7)])
def test_dates_are_read_from_cells_and_texts(content):
    assert row("Pejabat", since=content).record.since == date(2021, 12, 7)


@pytest.mark.parametrize(
    ("content", "amount"),
    [("Rp. 2.940.235.465,-", 2940235465), ("1.500", 1500), (1500, 1500), (1500.25, Decimal("1500.25"))],
)
def test_amounts_are_read_as_rupiah(content, amount):
    assert row("Anggaran", amount=content).record.amount == amount


@pytest.mark.parametrize(("content", "weight"), [(40, 40), ("40%", 40), ((0.4, "0%"), 40), ("37,5", Decimal("37.5"))])
def test_weights_are_read_in_percent(content, weight):
    assert row("Bobot", weight=content).record.weight == weight


@pytest.mark.parametrize(
    ("content", "number_of_law"),
    [(8, "8"), (8.0, "8"), ("08", "08"), (1.5, "1,5"), (True, "Ya"), (date(2024, 5, 1), "1 Mei 2024"), (None, "")],
)
def test_texts_are_read_from_other_cells(content, number_of_law):
    assert row("DasarHukum", number=content).record.number == number_of_law


def test_an_empty_cell_takes_the_default_of_its_field():
    record = row("DasarHukum", year=None, status=None, order=None).record
    assert (record.year, record.status, record.order) == (None, RegulationStatus.UNKNOWN, 0)


@pytest.mark.parametrize(
    ("sheet", "field", "content", "cell", "expected"),
    [
        ("Target", "value", "delapan", "F7", "87,5"),
        ("Target", "value", "1.234", "F7", ""),
        ("Target", "value", None, "F7", "nilai indikator"),
        ("Target", "value", "-", "F7", "nilai indikator"),
        ("Target", "value", datetime(2024, 5, 7), "F7", "nilai indikator"),
        ("Target", "value", "9-7", "F7", ""),
        ("Target", "period.year", "dua ribu", "C7", "tahun empat angka"),
        ("Target", "period.year", 1024, "C7", "tahun empat angka"),
        ("Target", "period.part", "Catur wulan", "D7", "TW I–IV"),
        ("Target", "document", "Renstraa", "E7", "salah satu dari: Renstra; RKT; Rencana Aksi"),
        ("Anggaran", "amount", "banyak", "F7", ""),
        ("Anggaran", "amount", (0.5, "0%"), "F7", "rupiah"),
        ("Anggaran", "amount", "50%", "F7", "rupiah"),
        ("Anggaran", "amount", "-", "F7", "rupiah"),
        ("Anggaran", "amount", True, "F7", "rupiah"),
        ("Unit", "coordination", "mungkin", "F7", "Ya atau Tidak"),
        ("Unit", "order", 1.5, "I7", "bilangan bulat"),
        ("Unit", "since", 44537, "G7", "tanggal seperti 31/12/2024"),
        ("Unit", "since", "31/02/2024", "G7", ""),
        ("Unit", "since", time(7, 30), "G7", "tanggal seperti 31/12/2024"),
        ("Unit", "name", None, "B7", "teks"),
        ("PohonKinerja", "number", 2.24, "H7", "kode sebagai teks"),
        ("PohonKinerja", "number", datetime(2024, 2, 2), "H7", "kode sebagai teks"),
        ("Pejabat", "nip", 1.9800101200001e17, "G7", "teks"),
        ("RealisasiAnggaran", "month", 13, "D7", "angka 1–12 atau nama bulan"),
        ("Instansi", "kind", "dinas", "D7", "salah satu dari:"),
        ("Target", "value", ("#REF!", "General", "e"), "F7", "nilai indikator"),
        ("Anggaran", "amount", ("#N/A", "General", "e"), "F7", "rupiah"),
    ],
)
def test_a_bad_cell_is_one_fault_that_names_the_cell_and_what_was_expected(sheet, field, content, cell, expected):
    (fault,) = row(sheet, **{field: content}).faults
    assert (fault.place.source, fault.place.sheet, fault.place.cell, fault.place.row) == ("a.xlsx", sheet, cell, 7)
    assert expected in fault.expected
    assert fault.read
    assert fault.remedy
    assert fault.place.column


@pytest.mark.parametrize(
    ("sheet", "changes", "cell", "word"),
    [
        ("Indikator", {"aggregation": "jumlah"}, "K7", "dijumlahkan"),
        ("Indikator", {"polarity": "turun"}, "L7", "rumus"),
        ("Indikator", {"value_kind": "predikat", "baseline": "B"}, "N7", "skala"),
        ("Renstra", {"last_year": 2020}, "D7", "mendahului"),
        ("PK", {"version": 1}, "J7", "alasan"),
    ],
)
def test_a_record_that_contradicts_itself_is_a_fault_in_indonesian(sheet, changes, cell, word):
    (fault,) = row(sheet, **changes).faults
    assert (fault.place.cell, word in fault.message.casefold()) == (cell, True)


def test_every_bad_cell_of_a_row_is_a_fault():
    faulty = row("Target", value="x?", document="x", **{"period.year": "x"})
    assert [fault.place.cell for fault in faulty.faults] == ["C7", "E7", "F7"]
    assert faulty.fields["indicator"] == "IKU-P"


def test_a_misspelt_choice_is_answered_with_the_nearest_one():
    (fault,) = row("Target", document="renstraa").faults
    assert fault.remedy == "Mungkin maksudnya “Renstra”."


def test_every_fault_is_found_at_once(edit):
    path = edit(Target={"F2": "x?", "C3": "x"}, Unit={"F2": "x"}, Anggaran={"F2": "x"}, Instansi={"B2": None})
    places = [(fault.place.sheet, fault.place.cell) for fault in faults(path)]
    assert places == [("Instansi", "B2"), ("Unit", "F2"), ("Target", "F2"), ("Target", "C3"), ("Anggaran", "F2")]
    with pytest.raises(Refusal) as refused:
        read_snapshot(path, 2024)
    assert len(refused.value.faults) == 5


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


def test_one_bad_row_makes_no_unknown_codes_elsewhere(edit):
    path = edit(Indikator={"H2": "persentase"}, Unit={"F2": "x"})
    assert [fault.place.sheet for fault in faults(path)] == ["Unit", "Indikator"]


def test_a_sheet_with_a_missing_column_still_tells_its_other_faults(edit):
    missing, strange, cell = faults(edit(Unit={"B1": "Nama Unitt", "F2": "x"}))
    assert (missing.place.sheet, strange.place.cell, cell.place.cell) == ("Unit", "B1", "F2")


def test_a_workbook_without_its_agency_is_told_so_once(edit):
    def rename(book):
        del book["Instansi"]

    path = edit(rename)
    assert one_fault(path).message == "Lembar Instansi tidak ada"
    with open_workbook(path) as book, pytest.raises(Refusal) as refused:
        book.agency()
    assert refused.value.faults
