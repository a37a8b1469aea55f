"""Statistics of the signs against worked tables; each says where its numbers are from."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.nation.chance import adjusted, at_least, expected_false
from selaras.core.nation.digits import BENFORD, first_digits, last_digits, round_numbers
from selaras.core.nation.robust import deviation, median, modified_z
from selaras.core.nation.signs import SignRow, judged

CLASSIC = (
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
)
"""The fifteen p-values of the example of Benjamini and Hochberg (1995), section 4."""


def test_the_example_of_benjamini_and_hochberg_keeps_four():
    found = adjusted(CLASSIC)
    assert [value <= 0.05 for value in found] == [True] * 4 + [False] * 11
    # By hand: the fourth is 0.0095 × 15 ÷ 4.
    assert found[3] == pytest.approx(0.035625)
    assert adjusted(tuple(reversed(CLASSIC))) == tuple(reversed(found))


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_chances_are_never_smaller_and_keep_their_order(chances):
    found = adjusted(chances)
    assert all(value >= chance * (1 - 1e-12) and value <= 1 for value, chance in zip(found, chances, strict=True))
    for left in range(len(chances)):
        for right in range(len(chances)):
            assert chances[left] > chances[right] or found[left] <= found[right]


def test_a_binomial_tail_is_that_of_the_table():
    # Ten throws of a coin: 8 or more heads, (45 + 10 + 1) ÷ 1024.
    assert at_least(8, 10, Fraction(1, 2)) == pytest.approx(56 / 1024)
    assert at_least(0, 10, Fraction(1, 2)) == 1
    assert at_least(300, 2500, Fraction(1, 10)) == pytest.approx(_exact(300, 2500, Fraction(1, 10)), rel=1e-9)
    assert expected_false(1000, 0.01) == 10


def _exact(hits, trials, share):
    return float(sum(math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(hits, trials + 1)))


def test_the_median_and_the_mad_of_a_worked_row():
    # Worked by hand: 2, 3, 5, 7, 11, 100 has the median 6; distances 4, 3, 1, 1, 5, 94 have the median 3.5.
    values = [Decimal(number) for number in (7, 3, 100, 2, 11, 5)]
    assert (median(values), deviation(values)) == (Decimal(6), Decimal("3.5"))
    assert modified_z(Decimal(100), Decimal(6), Decimal("3.5")) == pytest.approx(
        Decimal("18.115"), abs=Decimal("0.001")
    )
    assert modified_z(Decimal(100), Decimal(6), Decimal(0)) is None
    with pytest.raises(ValueError, match="median"):
        median([])


def test_the_digits_of_a_worked_row():
    # 100 numbers, 19 end in 0 and 9 in every other digit: (19 - 10)² ÷ 10 + 9 × (9 - 10)² ÷ 10 = 9.0, 9 df, p = 0.437.
    square, chance = last_digits([19, *[9] * 9])
    assert (square, chance) == (pytest.approx(9.0), pytest.approx(0.4373, abs=1e-4))
    # The critical value of the usual table: 21.666 at 9 df and 1%.
    assert last_digits([10] * 10) == (0, 1.0)
    assert [round(share, 3) for share in BENFORD] == [0.301, 0.176, 0.125, 0.097, 0.079, 0.067, 0.058, 0.051, 0.046]
    assert first_digits([301, 176, 125, 97, 79, 67, 58, 51, 46])[1] > 0.999
    assert first_digits([100] * 9)[1] < 1e-6
    assert round_numbers(10, 10) == pytest.approx(1e-10)


def test_a_list_tells_what_chance_would_give():
    tests = [SignRow(f"A{number}", 2024, chance=chance) for number, chance in enumerate(CLASSIC)]
    rows, survivors = judged(tests, level=0.05, rate=0.05)
    assert (len(rows), survivors) == (9, 4)
    assert all(row.allowed is not None for row in rows)
    with pytest.raises(ValueError, match="chance"):
        judged([SignRow("A", 2024)], level=0.05, rate=0.05)
