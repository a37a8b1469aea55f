from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.workbook.office import AGENCY, RECORDS

from selaras.core.numerals import read_amount
from selaras.core.org import Tenure
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.place import NOWHERE
from selaras.core.planning import BudgetLine, FundSource, Indicator, PlanDocument, Target, WeightedPart
from selaras.core.snapshot import RECORD_KINDS, Narrative
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook import read_records, read_snapshot, write_workbook
from selaras.documents.workbook.cells import read_value_cell
from selaras.documents.workbook.contents import content_of
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.texts import clean
from selaras.documents.workbook.values import expectation_of, plain_text

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False, allow_infinity=False)
fine = st.decimals(min_value=-(10**8), max_value=10**8, allow_nan=False, allow_infinity=False, places=9)
periods = st.sampled_from(Span).flatmap(
    lambda span: st.builds(Period, st.integers(1900, 2200), st.just(span), st.integers(1, PER_YEAR[span]))
)


def quantities(kind):
    single = st.builds(lambda amount: Value(kind, amount), amounts | fine)
    pair = st.tuples(amounts, amounts).map(sorted)
    return single | pair.map(lambda ends: Value(kind, ends[0], ends[1]))


VALUES = {
    "IKU-01": quantities(ValueKind.PERCENT),
    "IKU-02": quantities(ValueKind.NUMBER),
    "IKU-03": st.sampled_from(["AA", "A", "BB", "WTP", "Sangat Baik", "WTP-DPP"]).map(
        lambda label: Value(ValueKind.GRADE, grade=label)
    ),
    "IKU-04": st.booleans().map(lambda flag: Value(ValueKind.YES_NO, flag=flag)),
}
targets = st.sampled_from(sorted(VALUES)).flatmap(
    lambda code: st.builds(Target, st.just(code), periods, st.sampled_from(PlanDocument), VALUES[code])
)


days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
VALUE_COLUMN = next(column for column in BY_RECORD[Target].inputs if column.field == "value")


@dataclass(frozen=True)
class Seen:
    """A cell as a reader sees it."""

    value: object
    number_format: str = "General"
    data_type: str = "n"


def bare(items):
    return [replace(item, place=NOWHERE) for item in items]


def back_and_forth(folder, records):
    first, second = folder / "pertama.xlsx", folder / "kedua.xlsx"
    write_workbook(first, AGENCY, records)
    agency, read, _ = read_records(first)
    assert replace(agency, place=NOWHERE) == AGENCY
    write_workbook(second, agency, read)
    assert first.read_bytes() == second.read_bytes()
    return read


def test_every_kind_of_record_comes_back_as_it_was(tmp_path):
    read = back_and_forth(tmp_path, RECORDS)
    assert all(RECORDS[kind.record] for kind in RECORD_KINDS)
    assert {record: bare(items) for record, items in read.items()} == RECORDS


def test_the_full_example_has_no_faults(tmp_path):
    write_workbook(tmp_path / "a.xlsx", AGENCY, RECORDS)
    assert read_records(tmp_path / "a.xlsx")[2] == ()


def test_an_empty_office_comes_back_empty(tmp_path):
    assert not any(back_and_forth(tmp_path, {}).values())


def test_the_snapshot_of_a_year_is_read_with_places(tmp_path):
    path = tmp_path / "kirana.xlsx"
    write_workbook(path, AGENCY, RECORDS)
    snapshot = read_snapshot(path, 2024)
    assert snapshot.settings.signatory == "KADIS"
    place = snapshot.targets[0].place
    assert (place.source, place.sheet, place.cell, place.row) == ("kirana.xlsx", "Target", "A2", 2)


@FEW
@given(
    st.lists(targets, min_size=8, max_size=30),
    st.lists(st.tuples(amounts, st.sampled_from(FundSource)), min_size=5, max_size=20),
    st.lists(fine, min_size=3, max_size=10),
    st.lists(texts, min_size=5, max_size=20),
    st.lists(days, min_size=5, max_size=30),
)
@pytest.mark.slow
def test_whatever_is_written_is_read_and_written_the_same(tmp_path, drawn, budget, weights, words, since):
    records = {
        Indicator: RECORDS[Indicator],
        Target: drawn,
        BudgetLine: [BudgetLine("v", 2024, f"n{row}", amount, fund) for row, (amount, fund) in enumerate(budget)],
        WeightedPart: [WeightedPart("a", f"b{row}", weight) for row, weight in enumerate(weights)],
        Narrative: [Narrative(2024, "bab-1", order, text + "x") for order, text in enumerate(words)],
        Tenure: [Tenure("KADIS", "Nama Rekaan", since=day) for day in since],
    }
    read = back_and_forth(tmp_path, records)
    for record in (Target, BudgetLine, WeightedPart, Tenure):
        assert bare(read[record]) == records[record]
    assert len(read[Narrative]) == len(words)


@given(targets)
def test_a_cell_gives_the_value_that_was_put_into_it(target):
    expected = expectation_of(target, {item.code: item.value_kind for item in RECORDS[Indicator]})
    content = content_of(VALUE_COLUMN, target, expected)
    value = content.value if isinstance(content.value, str) else float(content.value)
    cell = Seen(value, content.number_format or "General")
    assert read_value_cell(cell, expected) == target.value


@given(texts)
def test_cleaning_a_text_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(amounts | fine)
def test_a_plain_text_of_a_number_is_read_without_a_question(amount):
    assert read_amount(plain_text(amount)) == amount


def test_texts_that_look_like_escapes_of_the_file_format_survive(tmp_path):
    words = ["_x0041_", "_x000D_", "a_x005F_b", "_x005F_x0041_", "=1+1", "'kutip", "a\r\nb", "ｗ𝒳\u200b"]
    paragraphs = [Narrative(2024, "bab-1", order, word) for order, word in enumerate(words)]
    read = back_and_forth(tmp_path, {Narrative: paragraphs})
    assert [item.text for item in read[Narrative]] == [*words[:6], "a\nb", words[7]]


def test_a_number_with_more_digits_than_excel_keeps_is_written_as_text(tmp_path):
    long = Decimal("123456789012345678.9012")
    read = back_and_forth(tmp_path, {BudgetLine: [BudgetLine("v", 2024, "n", long, FundSource.APBN)]})
    assert read[BudgetLine][0].amount == long
