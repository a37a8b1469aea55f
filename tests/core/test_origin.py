"""Where an entry of the follow-up register comes from, and what of it the report prints."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.reporting.dump import dump

from selaras.core.measurement.origin import code_of_finding, finding_of, of_performance, short
from selaras.core.measurement.records import Obstacle
from selaras.core.reporting import compose

HEX = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(st.integers(1, 10**9), HEX, st.sampled_from(["", "-2", "-31"]))
def test_the_code_leads_back_to_its_review_and_finding(case, name, again):
    assert finding_of(code_of_finding(case, name + again)) == (case, short(name + again))


@pytest.mark.parametrize("code", ["", "H1", "REVIU-", "REVIU-1-", "REVIU-1-xyzxyzxy", "REVIU-1-00000000-"])
def test_any_other_code_leads_nowhere(code):
    assert finding_of(code) is None


def test_a_finding_of_a_review_is_no_hindrance_in_the_report(biro, law):
    entry = Obstacle(code_of_finding(7, "a" * 32), biro.year, "", "Tabel 3.8 tidak sama dengan Tabel 3.10.")
    more = dataclasses.replace(biro, obstacles=(*biro.obstacles, entry))
    assert of_performance(more.obstacles) == biro.obstacles
    assert dump(compose(more, law, kind="lkjip")) == dump(compose(biro, law, kind="lkjip"))
