"""The annual plan of a new year: the Renstra's targets first, else the last RKT's, and nothing that stands there already."""

from hypothesis import given
from hypothesis import strategies as st

from selaras.core.period import Period, quarter
from selaras.core.planning import PlanDocument, Target
from selaras.core.planning.forward import carried_forward
from selaras.core.value import percent

RENSTRA, RKT = PlanDocument.RENSTRA, PlanDocument.RKT


def aim(code, year, document, value):
    return Target(code, Period(year), document, percent(value))


def test_the_renstra_of_the_year_comes_first_and_the_last_rkt_fills_the_rest():
    stored = [
        aim("A", 2024, RKT, 50), aim("A", 2025, RENSTRA, 60), aim("B", 2024, RKT, 70), aim("B", 2024, RENSTRA, 71),
        Target("C", quarter(2024, 1), PlanDocument.ACTION_PLAN, percent(1)),
    ]  # fmt: skip
    found = carried_forward(stored, 2025, 2024)
    assert {item.target.indicator: (item.target.value, item.reason) for item in found} == {
        "A": (percent(60), "disalin dari Renstra"),
        "B": (percent(70), "disalin dari RKT 2024"),
    }
    assert {(item.target.document, item.target.period) for item in found} == {(RKT, Period(2025))}


def test_what_the_new_year_has_already_stays():
    stored = [aim("A", 2025, RENSTRA, 60), aim("A", 2025, RKT, 65)]
    assert carried_forward(stored, 2025, None) == ()


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(2023, 2026), st.sampled_from([RENSTRA, RKT]))))
def test_no_indicator_gets_two_targets_and_taking_them_twice_adds_nothing(rows):
    stored = [aim(*row, 10) for row in dict.fromkeys(rows)]
    first = [item.target for item in carried_forward(stored, 2025, 2024)]
    assert len({item.indicator for item in first}) == len(first)
    assert carried_forward([*stored, *first], 2025, 2024) == ()
