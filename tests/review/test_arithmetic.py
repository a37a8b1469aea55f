"""What printed digits allow: laws, and the traps of real reports."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.review.arithmetic import Interval, Verdict, exact, judge, measured, printed, rounded, same, unit
from selaras.review.report import Figure

amounts = st.integers(min_value=1, max_value=10**15)
decimals = st.integers(min_value=0, max_value=4)


def figure(text, **kinds):
    amount = Decimal(text)
    return Figure(amount, max(0, -amount.as_tuple().exponent), text=text, **kinds)


def percentage(part, base, places, rounding):
    return (Decimal(part) * 100 / Decimal(base)).quantize(Decimal(1).scaleb(-places), rounding=rounding)


@given(
    part=st.integers(min_value=0, max_value=10**12), base=st.integers(min_value=1, max_value=10**12), places=decimals
)
def test_a_rounded_percentage_is_never_called_wrong(part, base, places):
    stated = Figure(percentage(part, base, places, ROUND_HALF_UP), places, percent=True)
    assert judge(stated, Fraction(part * 100, base)) is Verdict.AGREES


@given(
    part=st.integers(min_value=0, max_value=10**12), base=st.integers(min_value=1, max_value=10**12), places=decimals
)
def test_a_percentage_cut_off_is_a_matter_of_rounding_at_most(part, base, places):
    stated = Figure(percentage(part, base, places, ROUND_DOWN), places, percent=True)
    assert judge(stated, Fraction(part * 100, base)) is not Verdict.DIFFERS


@given(part=amounts, base=amounts, places=decimals, units=st.integers(min_value=2, max_value=1000))
def test_a_percentage_off_by_two_units_is_wrong_when_its_operands_are_exact(part, base, places, units):
    true = percentage(part, base, places, ROUND_HALF_UP)
    stated = Figure(true + units * Decimal(1).scaleb(-places), places, percent=True)
    assert judge(stated, Fraction(part * 100, base)) is Verdict.DIFFERS


@given(
    value=st.decimals(min_value=0, max_value=1000, places=6),
    places=st.integers(min_value=0, max_value=3),
    target=amounts,
)
def test_decimals_hidden_by_print_explain_the_result_that_was_computed_with_them(value, places, target):
    shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    part = Figure(shown, places, percent=True)
    stated = Figure(percentage(value, target, 2, ROUND_HALF_UP), 2, percent=True)
    span = printed(part).over(exact(target)).times(Fraction(100))
    assert judge(stated, Fraction(shown) * 100 / target, span, fine=places > 0) is not Verdict.DIFFERS


def test_hidden_decimals_explain_a_last_digit_off_by_one():
    part = figure("26.41")
    span = printed(part).over(exact(30)).times(Fraction(100))
    assert judge(figure("88.04"), Fraction("26.41") / 30 * 100, span, fine=True) is Verdict.AGREES


@pytest.mark.parametrize(
    ("stated", "nominal", "verdict"),
    [
        ("124", "124.75", Verdict.ROUNDING),
        ("37.60", "37.606", Verdict.ROUNDING),
        ("102.94", "102.9411", Verdict.AGREES),
        ("91.10", "91.0986", Verdict.AGREES),
        ("80.31", "80.41", Verdict.DIFFERS),
        ("0.5", "0.45", Verdict.AGREES),
    ],
)
def test_it_judges_the_figures_of_real_reports(stated, nominal, verdict):
    assert judge(figure(stated), Fraction(nominal)) is verdict


def test_targets_counts_and_money_stand_for_themselves():
    assert measured(figure("87")) == exact(87)
    assert measured(figure("1500.25", money=True)) == exact(Decimal("1500.25"))
    assert measured(figure("87", percent=True)) == Interval(Fraction("86.5"), Fraction("87.5"))


def test_a_million_in_words_is_known_to_the_hundred_thousand():
    assert unit(Figure(Decimal(1_500_000), -5)) == 100_000


def test_a_divisor_that_may_be_zero_gives_no_quotient():
    assert exact(1).over(Interval(Fraction(-1), Fraction(1))) is None


def test_intervals_that_only_touch_do_not_overlap():
    left, right = Interval(Fraction(0), Fraction(1)), Interval(Fraction(1), Fraction(2))
    assert not left.overlaps(right)
    assert exact(1).overlaps(left)


def test_a_coarser_print_is_the_same_number_as_the_finer_one_it_rounds():
    assert same(figure("81"), figure("80.79"))
    assert not same(figure("80.9"), figure("80.79"))
    assert not same(figure("80.78"), figure("80.79"))


def test_halves_are_rounded_away_from_zero():
    assert rounded(Fraction("2.5"), 0) == 3
    assert rounded(Fraction("-2.5"), 0) == -3
