"""One table answers who may do what, wherever it is asked."""

import dataclasses

import pytest

from selaras.core.access import (
    POLICY,
    Act,
    Actor,
    Grant,
    Role,
    acting,
    check,
    check_somewhere,
    may,
    may_by_position,
    may_somewhere,
    operator,
    reach,
)
from selaras.core.errors import NotAllowed, NotFound

UNIT = Actor("Contoh", (Grant(Role.OWNER, "DINAS", frozenset({"BID-1", "SEKSI-1"})),))


def test_every_act_has_its_line_in_the_policy():
    assert set(POLICY) == set(Act)


def test_the_public_may_do_nothing_inside():
    public = acting("Warga", {Role.READER}, {"DINAS"})
    assert not any(may_somewhere(public, act, "DINAS") for act in Act)


def test_the_operator_may_do_everything_everywhere():
    assert all(may(operator("root"), act, "APA SAJA", "UNIT") for act in Act)


@pytest.mark.parametrize(("unit", "allowed"), [("BID-1", True), ("SEKSI-1", True), ("BID-2", False), ("", False)])
def test_a_role_for_a_subtree_reaches_its_units_and_not_the_whole_agency(unit, allowed):
    assert may(UNIT, Act.MEASURE, "DINAS", unit) is allowed


def test_a_role_for_a_subtree_opens_the_door_of_the_agency():
    assert may_somewhere(UNIT, Act.MEASURE, "DINAS")
    assert not may_somewhere(UNIT, Act.MEASURE, "LAIN")


def test_the_reach_of_a_role_is_its_units_or_everything():
    assert reach(UNIT, Act.MEASURE, "DINAS") == {"BID-1", "SEKSI-1"}
    assert reach(UNIT, Act.VERIFY, "DINAS") == frozenset()
    assert reach(acting("Contoh", {Role.PLANNER}, {"DINAS"}), Act.MEASURE, "DINAS") is None


def test_a_stranger_is_not_told_that_the_agency_exists():
    with pytest.raises(NotFound, match="LAIN tidak ditemukan"):
        check(UNIT, Act.MEASURE, "LAIN", "BID-1")
    with pytest.raises(NotFound):
        check_somewhere(UNIT, Act.SEE, "LAIN")


def test_a_colleague_without_the_right_is_told_so():
    with pytest.raises(NotAllowed, match="tidak berhak memverifikasi realisasi unit BID-1 pada instansi DINAS"):
        check(UNIT, Act.VERIFY, "DINAS", "BID-1")


def test_nobody_who_approves_a_report_reviews_it_by_the_same_role():
    assert not POLICY[Act.APPROVE_REPORT] & POLICY[Act.REVIEW]


def test_the_limits_of_a_token_narrow_every_role():
    program = dataclasses.replace(operator("Program"), limits=frozenset({Act.SEE}))
    assert [act for act in Act if may(program, act, "DINAS")] == [Act.SEE]
    assert reach(program, Act.MEASURE, "DINAS") == frozenset()
    held = dataclasses.replace(program, positions=frozenset({("DINAS", "KABID")}))
    assert not may_by_position(held, Act.MEASURE, "DINAS", "KABID")
