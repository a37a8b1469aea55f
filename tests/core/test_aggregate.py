"""Entries of realised values and the value of a year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.computed import Status
from selaras.core.measurement.aggregate import doubts_of, faults_of, target_through, value_of, year_value
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period, Span, quarter
from selaras.core.planning import (
    Aggregation,
    FormulaKind,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    PlanDocument,
    Target,
)
from selaras.core.value import Value, ValueKind, grade, number, percent

YEAR = Period(2024)


def indicator(kind=ValueKind.NUMBER, aggregation=Aggregation.LAST, formula=FormulaKind.PLAIN):
    return Indicator(
        "A", "S", "Persentase perpustakaan sesuai standar", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "Persen", kind,
        aggregation=aggregation, formula=formula, grade_scale="predikat-sakip" if kind is ValueKind.GRADE else "",
    )  # fmt: skip


SHARE = indicator(ValueKind.PERCENT, formula=FormulaKind.RATIO)


def entry(period=YEAR, value=None, upper=None, lower=None):
    return Realisation(
        "A", period, value, None if upper is None else Decimal(upper), None if lower is None else Decimal(lower)
    )


def month(index):
    return Period(2024, Span.MONTH, index)


def test_203_of_338_is_60_06_percent():
    value = value_of(SHARE, entry(upper=203, lower=338))
    assert value is not None
    assert value.shown(2) == "60,06%"


def test_56_percent_typed_beside_203_of_338_is_refused_with_the_sentence_that_says_so():
    (fault,) = faults_of(SHARE, entry(value=percent(56), upper=203, lower=338))
    assert "203 dari 338 adalah 60,06%, bukan 56%" in fault.sentence()
    assert (fault.read, fault.expected) == ("56%", "60,06%")
    assert fault.remedy


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [("60", True), ("60.1", True), ("60.06", True), ("60.059", True), ("60.05", False), ("60.0", False), ("61", False)],
)
def test_a_typed_value_must_agree_at_its_own_decimals(typed, accepted):
    assert (not faults_of(SHARE, entry(value=percent(typed), upper=203, lower=338))) is accepted


@pytest.mark.parametrize(
    ("realisation", "words"),
    [
        (entry(upper=203), "penyebut belum diisi"),
        (entry(lower=338), "pembilang belum diisi"),
        (entry(upper=5, lower=0), "penyebut nol"),
        (entry(upper=-5, lower=10), "pembilang negatif"),
        (entry(value=number(60)), "jenis nilai tidak sesuai"),
    ],
)
def test_it_refuses_broken_entries(realisation, words):
    assert words in " ".join(fault.sentence() for fault in faults_of(SHARE, realisation))


def test_a_grade_has_no_numerator():
    faults = faults_of(indicator(ValueKind.GRADE), entry(value=grade("BB"), upper=1, lower=2))
    assert "tidak mempunyai pembilang" in faults[0].sentence()


def test_a_numerator_above_its_denominator_is_a_warning_and_no_fault():
    over = entry(upper=12, lower=10)
    assert faults_of(SHARE, over) == ()
    assert doubts_of(SHARE, over)[0].kind == "suspicious-pattern"
    assert doubts_of(SHARE, entry(upper=10, lower=10)) == ()


def test_a_denominator_of_zero_gives_no_value():
    assert value_of(SHARE, entry(upper=0, lower=0)) is None


def test_a_quotient_that_is_no_percentage_is_not_multiplied():
    item = indicator(formula=FormulaKind.RATIO)
    assert value_of(item, entry(upper=9, lower=3)) == number(3)
    assert value_of(indicator(), entry(value=number(7), upper=9, lower=3)) == number(7)


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [(Aggregation.SUM, "10"), (Aggregation.LAST, "4"), (Aggregation.MEAN, "2.5"), (Aggregation.MAX, "4")],
)
def test_a_year_is_made_from_its_quarters(aggregation, expected):
    entries = [entry(quarter(2024, n), number(n)) for n in (3, 1, 4, 2)]
    assert year_value(indicator(aggregation=aggregation), entries, 2024).value == number(expected)


def test_an_entry_for_the_year_wins():
    entries = [entry(quarter(2024, 4), number(4)), entry(YEAR, number(9))]
    assert year_value(indicator(aggregation=Aggregation.SUM), entries, 2024).value == number(9)


def test_only_periods_that_end_in_time_count():
    entries = [entry(quarter(2024, n), number(n)) for n in (1, 2, 3)] + [entry(YEAR, number(9))]
    found = year_value(indicator(aggregation=Aggregation.SUM), entries, 2024, through_month=6)
    assert found.value == number(3)
    assert "2 periode" in found.figure.note


def test_overlapping_periods_count_once():
    entries = [entry(month(n), number(1)) for n in range(1, 8)] + [entry(quarter(2024, 1), number(5))]
    found = year_value(indicator(aggregation=Aggregation.SUM), entries, 2024)
    assert found.value == number(9)


def test_the_mean_of_shares_is_the_share_of_the_sums():
    item = indicator(ValueKind.PERCENT, Aggregation.MEAN, FormulaKind.RATIO)
    entries = [entry(quarter(2024, 1), upper=1, lower=2), entry(quarter(2024, 2), upper=98, lower=98)]
    found = year_value(item, entries, 2024)
    assert found.value == percent(99)
    assert found.figure.formula == "jumlah pembilang ÷ jumlah penyebut × 100%"


def test_the_mean_of_shares_without_numerators_is_the_plain_mean():
    item = indicator(ValueKind.PERCENT, Aggregation.MEAN, FormulaKind.RATIO)
    entries = [entry(quarter(2024, 1), percent(50)), entry(quarter(2024, 2), upper=98, lower=98)]
    assert year_value(item, entries, 2024).value == percent(75)


def test_a_percentage_can_never_be_summed():
    with pytest.raises(ValueError, match="can never be summed"):
        indicator(ValueKind.PERCENT, Aggregation.SUM)


def test_a_grade_has_a_last_value_and_no_mean():
    entries = [entry(quarter(2024, 1), grade("B")), entry(quarter(2024, 2), grade("BB"))]
    assert year_value(indicator(ValueKind.GRADE), entries, 2024).value == grade("BB")
    found = year_value(indicator(ValueKind.GRADE, Aggregation.MEAN), entries, 2024)
    assert (found.value, found.figure.status) == (None, Status.NOT_APPLICABLE)


def test_a_year_entered_as_a_share_shows_numerator_and_denominator():
    figure = year_value(SHARE, [entry(upper=203, lower=338)], 2024).figure
    assert figure.arithmetic().startswith(
        "pembilang ÷ penyebut × 100%; pembilang = 203; penyebut = 338; hasil = 60,06%"
    )


def test_a_number_has_no_numerator_to_check_against():
    assert faults_of(indicator(), entry(value=number(7), upper=9, lower=3)) == ()


def test_parts_of_another_kind_make_no_whole():
    found = year_value(
        indicator(ValueKind.PERCENT, formula=FormulaKind.WEIGHTED), [], 2024, parts=[(Decimal(100), number(1))]
    )
    assert found.figure.status is Status.NOT_APPLICABLE


def test_nothing_entered_is_not_zero():
    found = year_value(indicator(), [entry(quarter(2024, 1)), entry(Period(2023), number(1))], 2024)
    assert (found.value, found.figure.status) == (None, Status.NO_REALISATION)


def test_weighted_parts_make_the_whole_only_when_they_are_complete():
    item = indicator(ValueKind.PERCENT, formula=FormulaKind.WEIGHTED)
    parts = [(Decimal(60), percent(100)), (Decimal(40), percent(50))]
    assert year_value(item, [], 2024, parts=parts).value == percent(80)
    incomplete = year_value(item, [], 2024, parts=parts[:1])
    assert incomplete.value is None
    assert "60, bukan 100" in incomplete.figure.note


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4))
def test_the_sum_of_quarters_does_not_depend_on_their_order(amounts):
    entries = [entry(quarter(2024, n + 1), number(amount)) for n, amount in enumerate(amounts)]
    item = indicator(aggregation=Aggregation.SUM)
    assert year_value(item, entries, 2024) == year_value(item, entries[::-1], 2024)
    assert year_value(item, entries, 2024).value == number(sum(amounts))


def goal(period, value, document=PlanDocument.RKT):
    return Target("A", period, document, value)


def test_the_target_of_the_year_wins_and_is_never_divided():
    targets = [goal(YEAR, number(12)), goal(quarter(2024, 1), number(2)), goal(quarter(2024, 2), number(3))]
    item = indicator(aggregation=Aggregation.SUM)
    assert target_through(item, targets, 2024, document=PlanDocument.RKT) == number(12)
    assert target_through(item, targets, 2024, through_month=6, document=PlanDocument.RKT) == number(5)
    assert target_through(item, targets[:1], 2024, through_month=6, document=PlanDocument.RKT) is None
    assert target_through(item, targets, 2024, document=PlanDocument.RENSTRA) is None


def test_ranges_are_summed_at_both_ends():
    targets = [goal(quarter(2024, n), Value(ValueKind.NUMBER, Decimal(1), Decimal(2))) for n in (1, 2)]
    found = target_through(indicator(aggregation=Aggregation.SUM), targets, 2024, document=PlanDocument.RKT)
    assert found == Value(ValueKind.NUMBER, Decimal(2), Decimal(4))
