"""A list as a spreadsheet: what kind of cell each value becomes."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selaras.core.computed import Computed, Status
from selaras.core.value import Value, ValueKind, grade, number, percent
from selaras.documents.write.listing import CUT, MOST_ROWS, grid


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def sheet_of(*row):
    return opened(grid("Daftar", [f"Kolom {n}" for n, _ in enumerate(row)], [row]))


@pytest.mark.parametrize(
    ("value", "stored", "look"),
    [
        (percent("87"), 0.87, "0%"), (percent("87.5"), 0.875, "0.0%"), (percent("100.00"), 1, "0%"),
        (number("1234"), 1234, "#,##0"), (number("3.25"), 3.25, "#,##0.00##"), (Decimal(1500000), 1500000, "#,##0"),
        (Computed("k", "Capaian", Decimal("102.941")), 1.0294, "0.00%"),
        (Computed("k", "Sisa", Decimal("2500.4"), unit="Rp", places=0), 2500, "#,##0"),
        (2024, 2024, "General"), (date(2024, 3, 1), datetime(2024, 3, 1), "dd/mm/yyyy"),
        (datetime(2024, 3, 1, 8, 30, tzinfo=UTC), datetime(2024, 3, 1, 8, 30), "dd/mm/yyyy hh:mm"),
    ],
)  # fmt: skip
def test_a_number_a_share_or_a_day_is_one_with_its_format(value, stored, look):
    cell = sheet_of(value)["A2"]
    assert cell.value == (pytest.approx(stored) if isinstance(stored, float) else stored)
    assert cell.number_format == look
    assert cell.data_type in "nd"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (grade("BB"), "BB"), (Value(ValueKind.YES_NO, flag=True), "Ya"), ("007", "007"), ("87%", "87%"),
        (Value(ValueKind.PERCENT, Decimal(5), upper=Decimal(7)), "5–7%"),
    ],
)  # fmt: skip
def test_a_grade_a_range_and_a_text_stay_texts(value, text):
    cell = sheet_of(value)["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("value", [None, "", Computed("k", "Capaian", None, status=Status.NO_TARGET)])
def test_what_is_not_there_is_empty_and_never_zero(value):
    assert sheet_of(value, "ada")["A2"].value is None


@settings(max_examples=40, deadline=None)
@given(st.sampled_from("=+-@\t"), st.text("=+-@!'\"|ABC019(), ", max_size=30))
def test_no_text_becomes_a_formula(first, rest):
    cell = sheet_of(first + rest)["A2"]
    assert cell.data_type == "s"
    assert cell.value == first + rest


def test_a_sheet_that_is_full_says_how_many_rows_are_missing_and_where_they_are():
    sheet = opened(
        grid("Daftar", ["Angka"], ([Decimal(number)] for number in range(7)), most=5, cut=f"{CUT} Ada pada CSV.")
    )
    assert [row[0].value for row in sheet.iter_rows()] == [
        "Angka", 0, 1, 2, 3, 4, "TERPOTONG: 2 baris lagi tidak termuat dalam lembar ini. Ada pada CSV."
    ]  # fmt: skip
    assert MOST_ROWS + 2 == 1_048_576


def test_a_long_table_is_the_same_table(monkeypatch):
    rows = [["=1+1", Decimal("1.5"), date(2024, 5, 1), None]] * 4
    short = opened(grid("Daftar", list("abcd"), rows))
    monkeypatch.setattr("selaras.documents.write.listing.FEW_ROWS", 2)  # now it goes through a file
    long = opened(grid("Daftar", list("abcd"), rows))
    told = [
        [[(cell.value, cell.number_format, cell.data_type) for cell in row] for row in sheet.iter_rows()]
        for sheet in (short, long)
    ]
    assert told[0] == told[1]
    assert (short.freeze_panes, short.auto_filter.ref) == (long.freeze_panes, long.auto_filter.ref) == ("A2", "A1:D5")
    assert short.column_dimensions["A"].width == long.column_dimensions["A"].width
