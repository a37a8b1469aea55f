"""Who writes which column when, and the columns side by side."""

from decimal import Decimal

import pytest

from selaras.core.errors import NotAllowed, Refusal
from selaras.core.evaluation.scoring import Answers
from selaras.core.evaluation.stages import (
    COLUMN_OF,
    MOVES,
    WRITERS,
    Column,
    Filled,
    State,
    TeamRole,
    is_return,
    may_write,
    next_states,
    refuse_mixed_team,
    refuse_moving,
    refuse_unexplained,
    refuse_writing,
    side_by_side,
)
from selaras.rulebook.lke import templates

NEW = templates()["permenpan-rb-88-2021"]
OLD = templates()["permenpan-rb-12-2015"]
WRITES = {
    Column.SELF: (State.DRAFT, {TeamRole.UNIT}),
    Column.EVALUATOR: (State.SUBMITTED, {TeamRole.MEMBER, TeamRole.CHIEF}),
    Column.CONTROL: (State.EVALUATED, {TeamRole.CONTROLLER}),
    Column.FINAL: (State.CONTROLLED, {TeamRole.LEAD}),
}


def roles(*held):
    return frozenset(held)


@pytest.mark.parametrize("column", Column)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", TeamRole)
def test_each_column_has_its_time_and_its_writers(column, state, role):
    when, who = WRITES[column]
    right = state is when and role in who
    assert may_write(column, state, roles(role)) is right
    if right:
        refuse_writing(column, state, roles(role))
    else:
        with pytest.raises(NotAllowed if role not in who else Refusal):
            refuse_writing(column, state, roles(role))


def test_nothing_is_written_once_it_is_final():
    assert State.FINAL not in COLUMN_OF
    assert len(COLUMN_OF) == len(WRITERS)
    assert next_states(State.FINAL, frozenset(TeamRole)) == ()


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_a_state_is_left_only_by_its_ways_and_people(before, after):
    who = MOVES.get((before, after), frozenset())
    for role in TeamRole:
        if role in who:
            refuse_moving(before, after, roles(role), "catatan")
        else:
            with pytest.raises(NotAllowed if who else Refusal):
                refuse_moving(before, after, roles(role), "catatan")


def test_the_road_leads_from_draft_to_final():
    state, road = State.DRAFT, []
    while ways := next_states(state, frozenset(TeamRole)):
        state = ways[0]
        road.append(state)
    assert road == [State.SUBMITTED, State.EVALUATED, State.CONTROLLED, State.FINAL]


def test_a_return_needs_a_note():
    assert is_return(State.SUBMITTED, State.DRAFT)
    with pytest.raises(Refusal, match="catatan"):
        refuse_moving(State.SUBMITTED, State.DRAFT, roles(TeamRole.CHIEF), " ")
    assert next_states(State.SUBMITTED, roles(TeamRole.CHIEF)) == (State.EVALUATED, State.DRAFT)


@pytest.mark.parametrize(
    "held",
    [
        (TeamRole.UNIT, TeamRole.MEMBER), (TeamRole.UNIT, TeamRole.LEAD), (TeamRole.CHIEF, TeamRole.CONTROLLER),
        (TeamRole.MEMBER, TeamRole.LEAD),
    ],
)  # fmt: skip
def test_nobody_judges_the_own_work(held):
    with pytest.raises(Refusal, match="Budi"):
        refuse_mixed_team({"Budi": roles(*held)})


def test_a_small_team_may_hold_two_roles():
    refuse_mixed_team({"A": roles(TeamRole.CHIEF, TeamRole.MEMBER), "B": roles(TeamRole.CONTROLLER, TeamRole.LEAD)})


def columns(**reasons):
    own = Filled(Answers({"1.a": "A", "1.b": "BB", "1.c": "B"}), {})
    other = Filled(Answers({"1.a": "BB", "1.b": "BB"}), reasons)
    return {Column.SELF: own, Column.EVALUATOR: other}


def test_the_columns_stand_side_by_side_with_their_difference():
    beside = side_by_side(NEW, columns())
    lines = {line.part.code: line for line in beside.lines}
    assert lines["1.a"].spots[Column.SELF].answer == "A"
    assert lines["1.a"].difference == Decimal("-0.6")
    assert lines["1.b"].difference == 0
    assert lines["1.c"].difference is None
    assert [line.part.code for line in beside.differences] == ["1.a"]
    assert beside.results[Column.SELF].total == Decimal("23.1")
    assert beside.current == beside.results[Column.EVALUATOR]


def test_a_change_without_a_reason_is_refused():
    with pytest.raises(Refusal, match=r"1\.a"):
        refuse_unexplained(side_by_side(NEW, columns()))
    refuse_unexplained(side_by_side(NEW, columns(**{"1.a": "Renstra belum setahun."})))


def test_an_empty_column_is_not_the_current_one():
    beside = side_by_side(NEW, {**columns(), Column.CONTROL: Filled(Answers(), {})})
    assert beside.current == beside.results[Column.EVALUATOR]
    assert side_by_side(NEW, {}).current is None


def test_points_stand_where_there_are_no_letters():
    beside = side_by_side(OLD, {Column.SELF: Filled(Answers(points={"1.a": Decimal("1.5")}), {})})
    assert beside.lines[0].spots[Column.SELF].answer == "1,5"
    assert beside.lines[1].spots[Column.SELF].answer == ""
