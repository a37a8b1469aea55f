"""Counts by unit: whole for a unit with everything below it, and never so few that somebody's rating can be read."""

from hypothesis import given
from hypothesis import strategies as st

from selaras.core.people.disclosure import LEAST, Branch, disclose

TREE = [Branch("", ""), Branch("BIRO", ""), Branch("A", "BIRO"), Branch("B", "BIRO")]


def test_a_unit_counts_everybody_below_it():
    found = disclose(TREE, {"BIRO": (3, 0, 0, 0, 0), "A": (0, 4, 0, 0, 0), "B": (0, 0, 5, 0, 0)})
    assert found.counts[""] == found.counts["BIRO"] == (3, 4, 5, 0, 0)
    assert (found.counts["A"], found.joined) == ((0, 4, 0, 0, 0), {})


def test_few_people_stand_with_the_unit_above():
    found = disclose(TREE, {"BIRO": (3, 0, 0, 0, 0), "A": (0, 2, 0, 0, 0)})
    assert "A" not in found.counts
    assert (found.counts["BIRO"], found.joined) == ((3, 2, 0, 0, 0), {"BIRO": 2})


def test_the_head_alone_is_not_told_by_subtraction():
    found = disclose(TREE, {"BIRO": (1, 0, 0, 0, 0), "A": (0, 4, 0, 0, 0), "B": (0, 0, 6, 0, 0)})
    assert set(found.counts) == {"", "BIRO", "B"}
    assert found.counts["BIRO"] == (1, 4, 6, 0, 0)


def test_who_rated_everybody_of_a_unit_sees_its_count_and_lost_units_count_for_the_agency():
    found = disclose(TREE, {"A": (0, 1, 0, 0, 0), "GONE": (2, 0, 0, 0, 0)}, {"A"})
    assert found.counts == {"": (2, 1, 0, 0, 0), "A": (0, 1, 0, 0, 0)}


@st.composite
def offices(draw):
    size = draw(st.integers(1, 9))
    tree = [Branch("", "")]
    for number in range(1, size + 1):
        tree.append(Branch(f"U{number}", draw(st.sampled_from(tree)).code))
    own = {branch.code: (draw(st.integers(0, 5)), draw(st.integers(0, 3)), 0, 0, 0) for branch in tree}
    return in_order(tree), own


def in_order(tree):
    """Parents directly before what is below them, as the store reads units."""
    found, waiting = [], [tree[0]]
    while waiting:
        top = waiting.pop()
        found.append(top)
        waiting += [branch for branch in tree if branch.code and branch.above == top.code]
    return found


def inside(tree, top):
    found = {top}
    for branch in tree:
        if branch.above in found and branch.code:
            found.add(branch.code)
    return found


@given(offices())
def test_no_count_and_no_difference_of_counts_is_that_few(office):
    tree, own = office
    found = disclose(tree, own).counts
    above = {branch.code: branch.above for branch in tree}
    for code, made in found.items():
        assert sum(made) == sum(sum(own[each]) for each in inside(tree, code)) >= LEAST
        rest = sum(made) - sum(
            sum(found[each]) for each in found if each and each != code and next_up(each, above, found) == code
        )
        assert rest == 0 or rest >= LEAST
    everybody = sum(map(sum, own.values()))
    assert ("" in found) is (everybody >= LEAST)


def next_up(code, above, found):
    code = above[code]
    while code and code not in found:
        code = above[code]
    return code
