from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selaras.core.org import Tenure
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.place import NOWHERE
from selaras.core.planning import BudgetLine, FundSource, Indicator, PlanDocument, Target, WeightedPart
from selaras.core.snapshot import RECORD_KINDS, Narrative
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook import read_records, read_snapshot, write_workbook
from tests.documents.workbook.office import AGENCY, RECORDS

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

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
@given(st.lists(targets, min_size=8, max_size=25))
def test_any_target_comes_back_with_its_exact_value(tmp_path, drawn):
    read = back_and_forth(tmp_path, {Indicator: RECORDS[Indicator], Target: drawn})
    assert bare(read[Target]) == drawn


@FEW
@given(st.lists(st.tuples(amounts, st.sampled_from(FundSource)), min_size=5, max_size=20), st.lists(fine, max_size=10))
def test_any_amount_comes_back_to_the_last_digit(tmp_path, drawn, weights):
    lines = [BudgetLine("v", 2024, f"n{row}", amount, source) for row, (amount, source) in enumerate(drawn)]
    parts = [WeightedPart("a", f"b{row}", weight) for row, weight in enumerate(weights)]
    read = back_and_forth(tmp_path, {BudgetLine: lines, WeightedPart: parts})
    assert bare(read[BudgetLine]) == lines
    assert bare(read[WeightedPart]) == parts


@FEW
@given(st.lists(texts, min_size=5, max_size=20))
def test_any_text_is_written_the_same_the_second_time(tmp_path, drawn):
    paragraphs = [Narrative(2024, "bab-1", order, text + "x") for order, text in enumerate(drawn)]
    read = back_and_forth(tmp_path, {Narrative: paragraphs})
    assert len(read[Narrative]) == len(paragraphs)


@FEW
@given(st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=5, max_size=30))
def test_any_day_of_three_centuries_comes_back(tmp_path, drawn):
    tenures = [Tenure("KADIS", "Nama Rekaan", since=day) for day in drawn]
    assert bare(back_and_forth(tmp_path, {Tenure: tenures})[Tenure]) == tenures


def test_texts_that_look_like_escapes_of_the_file_format_survive(tmp_path):
    words = ["_x0041_", "_x000D_", "a_x005F_b", "_x005F_x0041_", "=1+1", "'kutip", "a\r\nb", "ｗ𝒳\u200b"]
    paragraphs = [Narrative(2024, "bab-1", order, word) for order, word in enumerate(words)]
    read = back_and_forth(tmp_path, {Narrative: paragraphs})
    assert [item.text for item in read[Narrative]] == [*words[:6], "a\nb", words[7]]


def test_a_number_with_more_digits_than_excel_keeps_is_written_as_text(tmp_path):
    long = Decimal("123456789012345678.9012")
    read = back_and_forth(tmp_path, {BudgetLine: [BudgetLine("v", 2024, "n", long, FundSource.APBN)]})
    assert read[BudgetLine][0].amount == long
