"""The road of a recommendation, its age, and what is counted of many."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from selaras.core.computed import Status
from selaras.core.errors import NotAllowed, Refusal
from selaras.core.evaluation.recommendations import (
    FOLLOW_UP,
    WAYS,
    Recommendation,
    Reply,
    Stage,
    ageing,
    as_obstacle,
    carried_over,
    claim,
    matrix,
    plan,
    reject,
    share_closed,
    share_used,
    start,
    unanswered,
    verify,
)
from selaras.core.measurement.records import FollowUp
from selaras.rulebook.lke import templates

GIVEN = Recommendation("R1", 2024, "U1", "1", "Perbaiki indikator.", date(2025, 4, 1))
NEW = templates()["permenpan-rb-88-2021"]


def planned(item=GIVEN, due=date(2025, 6, 30)):
    return plan(item, action=" Ubah kamus indikator. ", responsible="kasubag", due=due)


def claimed():
    return claim(start(planned()), by="Ani", on=date(2025, 6, 1), evidence=["kamus.pdf"])


def test_the_whole_road_ends_with_another_person():
    done = verify(claimed(), by="Budi", on=date(2025, 6, 11))
    assert (done.stage, done.closed, done.follow_up) == (Stage.VERIFIED, True, FollowUp.DONE)
    assert (done.action, done.claimed_by, done.decided_by) == ("Ubah kamus indikator.", "Ani", "Budi")
    assert done.age(date(2030, 1, 1)) == 71


def test_nobody_verifies_or_rejects_the_own_claim():
    with pytest.raises(NotAllowed):
        verify(claimed(), by=" ani", on=date(2025, 6, 11))
    with pytest.raises(NotAllowed):
        reject(claimed(), by="Ani", on=date(2025, 6, 11), note="kurang")


def test_a_rejected_claim_goes_on_and_keeps_its_reason():
    refused = reject(claimed(), by="Budi", on=date(2025, 6, 11), note="Bukti lama.")
    assert (refused.stage, refused.follow_up, refused.note) == (Stage.REJECTED, FollowUp.RUNNING, "Bukti lama.")
    again = claim(refused, by="Ani", on=date(2025, 7, 1), evidence=["baru.pdf"])
    assert again.evidence == ("kamus.pdf", "baru.pdf")
    assert (again.decided_by, again.note) == ("", "")


def test_a_rejection_needs_a_reason_and_a_claim_evidence():
    with pytest.raises(Refusal):
        reject(claimed(), by="Budi", on=date(2025, 6, 11), note=" ")
    with pytest.raises(Refusal):
        claim(planned(), by="Ani", on=date(2025, 6, 1), evidence=[])


def test_a_plan_names_action_person_and_day_and_every_fault():
    with pytest.raises(Refusal) as caught:
        plan(GIVEN, action=" ", responsible="", due=None)
    assert len(caught.value.faults) == 3
    with pytest.raises(Refusal):
        planned(due=date(2025, 3, 31))


@pytest.mark.parametrize(
    ("item", "act"),
    [
        (GIVEN, start), (verify(claimed(), by="Budi", on=date(2025, 6, 2)), start),
        (GIVEN, lambda item: claim(item, by="Ani", on=date(2025, 6, 1), evidence=["x"])),
        (GIVEN, lambda item: verify(item, by="Budi", on=date(2025, 6, 1))), (claimed(), planned),
    ],
)  # fmt: skip
def test_it_refuses_a_way_that_does_not_exist(item, act):
    with pytest.raises(Refusal):
        act(item)


def test_every_stage_has_its_ways_and_its_state_in_the_register():
    assert set(WAYS) == set(FOLLOW_UP) == set(Stage)


def test_it_is_overdue_until_it_is_claimed():
    item = planned()
    assert item.overdue(date(2025, 6, 30)) == 0
    assert item.overdue(date(2025, 7, 10)) == 10
    assert claimed().overdue(date(2026, 1, 1)) == 0
    assert GIVEN.overdue(date(2030, 1, 1)) == 0


def many():
    return [
        GIVEN,
        replace(planned(), code="R2", component="2"),
        replace(verify(claimed(), by="Budi", on=date(2025, 6, 2)), code="R3", component="2"),
        replace(GIVEN, code="R4", component="x", year=2023, given_on=date(2024, 4, 1)),
    ]


def test_the_share_closed_counts_only_what_another_person_verified():
    assert share_closed(many()).value == 25
    assert share_closed([]).status is Status.NOTHING_TO_ADD


def test_the_matrix_has_a_row_for_every_component_and_for_strangers():
    found = matrix(many(), NEW)
    assert list(found) == ["1", "2", "3", "4", "x"]
    assert (found["2"][Stage.PLANNED], found["2"][Stage.VERIFIED], sum(found["3"].values())) == (1, 1, 0)


def test_the_open_ones_are_counted_by_age():
    found = ageing(many(), date(2025, 5, 1))
    assert found == {"0–30 hari": 2, "31–90 hari": 0, "91–180 hari": 0, "lebih dari 180 hari": 1}
    assert ageing(many(), date(2025, 5, 2))["31–90 hari"] == 2


def test_the_open_ones_come_back_next_year_oldest_first():
    assert [item.code for item in carried_over(many(), 2025)] == ["R4", "R1", "R2"]
    assert [item.code for item in carried_over(many(), 2024)] == ["R4"]


def test_a_target_or_activity_of_the_next_plan_answers_a_recommendation():
    replies = [Reply("R1", 2025, indicator="I1"), Reply("R2", 2026, node="K1")]
    assert [item.code for item in unanswered(many(), replies, 2025)] == ["R2", "R4"]
    assert share_used(many(), replies, 2025) == Decimal(25)
    assert share_used([], replies, 2025) is None
    for wrong in ({}, {"indicator": "I1", "node": "K1"}):
        with pytest.raises(ValueError, match="indicator or a node"):
            Reply("R1", 2025, **wrong)


def test_it_stands_in_the_annual_reports_table_of_follow_ups():
    row = as_obstacle(planned(), year=2025, node="S1")
    assert (row.code, row.obstacle, row.follow_up) == ("R1", "Perbaiki indikator.", "Ubah kamus indikator.")
    assert (row.due, row.status, row.node, row.year) == (date(2025, 6, 30), FollowUp.OPEN, "S1", 2025)
