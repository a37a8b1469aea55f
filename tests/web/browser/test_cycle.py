"""The whole cycle by its actors in a real browser: from an empty folder to a figure that a citizen downloads."""

import pytest


def test_the_whole_cycle_by_its_actors(cycle):
    people = cycle.walk()
    assert people.complaints == []


@pytest.mark.postgres
def test_the_whole_cycle_on_postgresql(cycle_on_postgresql):
    people = cycle_on_postgresql.walk()
    assert people.complaints == []
