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
from selaras.documents.write.listing import grid


def sheet_of(*row):
    return openpyxl.load_workbook(io.BytesIO(grid("Daftar", [f"Kolom {n}" for n, _ in enumerate(row)], [row]))).active


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
