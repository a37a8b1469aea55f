"""What an SKP waits for on each day of its way, and for whom."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.people.example import STAFF as PLAN

from selaras.core.duties import Work
from selaras.core.people.skp import SkpState
from selaras.core.people.waiting import OpenPlan, waiting
from selaras.rulebook.people import load_people

YEAR = PLAN.year
DUE = load_people(date(2024, 12, 31)).due
MIDYEAR, AFTER = date(YEAR, 7, 10), date(YEAR + 1, 1, 10)


def steps(state, today=MIDYEAR, **more):
    item = OpenPlan(replace(PLAN, state=state), "Contoh", **more)
    return [(found.work, found.due, found.group) for found in waiting(item, "contoh", DUE, today)]


def test_a_draft_waits_for_the_person_until_the_end_of_january():
    assert steps(SkpState.DRAFT, own=True) == [(Work.FILL_SKP, date(YEAR, 1, 31), "")]
    assert steps(SkpState.DRAFT, assesses=True) == []


def test_a_proposed_plan_waits_for_the_assessor():
    assert steps(SkpState.PROPOSED, assesses=True) == [(Work.AGREE_SKP, date(YEAR, 1, 31), f"Tahun {YEAR}")]
    assert steps(SkpState.PROPOSED, own=True) == []


def test_the_last_period_that_ended_is_rated_once():
    assert steps(SkpState.AGREED, assesses=True) == [(Work.RATE_SKP, None, f"Triwulan II Tahun {YEAR}")]
    assert steps(SkpState.AGREED, assesses=True, rated=1) == [(Work.RATE_SKP, None, f"Triwulan II Tahun {YEAR}")]
    assert steps(SkpState.AGREED, assesses=True, rated=2) == []
    assert steps(SkpState.AGREED, date(YEAR, 3, 31), assesses=True) == []


def test_after_the_year_the_rating_of_the_year_is_due():
    assert steps(SkpState.AGREED, AFTER, assesses=True, rated=4) == [
        (Work.RATE_SKP, date(YEAR + 1, 1, 31), f"Tahun {YEAR}")
    ]


def test_a_rating_is_answered_in_time_and_made_final_afterwards():
    until = date(YEAR + 1, 1, 24)
    rated = {"own": True, "until": until}
    assert steps(SkpState.EVALUATED, until, **rated) == [(Work.ANSWER_RATING, until, "")]
    late = date(YEAR + 1, 1, 25)
    assert steps(SkpState.EVALUATED, late, **rated) == []
    assert steps(SkpState.EVALUATED, until, assesses=True, until=until) == []
    assert steps(SkpState.EVALUATED, late, assesses=True, until=until) == [(Work.FINISH_SKP, None, f"Tahun {YEAR}")]


def test_an_objection_waits_for_the_superior_of_the_assessor_alone():
    assert steps(SkpState.OBJECTED, above=True) == [(Work.DECIDE_OBJECTION, None, "")]
    assert steps(SkpState.OBJECTED, own=True, assesses=True) == []
    assert steps(SkpState.OBJECTED, above=True, assesses=True) == []


@pytest.mark.parametrize("state", list(SkpState))
@given(
    own=st.booleans(), assesses=st.booleans(), above=st.booleans(), rated=st.integers(0, 4), days=st.integers(-40, 900)
)
def test_nobody_decides_on_the_own_plan_and_a_final_one_waits_for_nobody(state, own, assesses, above, rated, days):
    today = date.fromordinal(date(YEAR, 1, 1).toordinal() + days)
    found = steps(state, today, own=own, assesses=assesses, above=above, rated=rated)
    assert len(found) <= 1
    if own:
        assert all(work in {Work.FILL_SKP, Work.ANSWER_RATING} for work, _, _ in found)
    if state is SkpState.FINAL or not (own or assesses or above):
        assert found == []
