"""The whole cycle by its actors in a real browser: from an empty folder to a figure that a citizen downloads."""


def test_the_whole_cycle_by_its_actors(cycle):
    people = cycle.walk()
    assert people.complaints == []
