"""What is remarkable about an entered value, and when an explanation is due."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.computed import Computed
from selaras.core.measurement.limits import Earlier, Need, need_of, outliers, planned_by
from selaras.core.planning import Indicator, IndicatorKind, IndicatorLevel
from selaras.core.value import Value, ValueKind, grade, number
from selaras.rulebook.limits import load_limits

LIMITS = load_limits(date(2024, 12, 31))
INDICATOR = Indicator("I", "S", "Layanan", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "orang", ValueKind.NUMBER)


def figure(value, raw=None):
    value = None if value is None else Decimal(value)
    return Computed("k", "Capaian", value, raw=value if raw is None else Decimal(raw))


@pytest.mark.parametrize(
    ("value", "need"),
    [("99.999", Need.MISSED), ("100", None), ("120", None), ("120.01", Need.FAR), (None, None)],
)
def test_an_explanation_is_due_below_the_target_and_far_above(value, need):
    assert need_of(figure(value), LIMITS) is need


def test_a_cap_hides_nothing():
    assert need_of(figure("100", raw="450"), LIMITS) is Need.FAR


def found(value, *earlier, achieved=None):
    told = [Earlier(f"tahun {2020 + index}", item) for index, item in enumerate(earlier)]
    return [item.code for item in outliers(INDICATOR, value, earlier=told, figure=achieved, limits=LIMITS)]


def test_a_leap_is_told_against_the_latest_earlier_value():
    assert found(number(150), number(400), number(100)) == ["DATA-LONCATAN"]
    assert found(number(140), number(400), number(100)) == []
    assert found(number(50), number(100)) == ["DATA-LONCATAN"]


def test_nothing_is_compared_with_another_kind_or_with_zero():
    assert found(number(150), grade("BB")) == []
    assert found(number(150), number(0)) == []
    assert found(None, number(100)) == []
    assert found(Value(ValueKind.GRADE, grade="BB"), grade("A")) == []


def test_ten_times_the_target_is_a_slip_of_units():
    assert found(number(1), achieved=figure("1000")) == ["DATA-SATUAN"]
    assert found(number(1), achieved=figure("999.99")) == []


def test_the_plan_is_met_at_the_end_of_each_quarter():
    assert [planned_by(month, LIMITS) for month in (3, 6, 9, 12)] == list(LIMITS.plan)
    assert planned_by(1, LIMITS) == LIMITS.plan[0] / 3


@given(st.integers(1, 11))
def test_the_plan_never_falls(month):
    assert planned_by(month, LIMITS) <= planned_by(month + 1, LIMITS)
