"""PK, SKP and Renstra beside each other, and the cascade down to the person."""

from datetime import date

import pytest
from tests.core.people.example import AGENCY, AGREEMENT, HEAD, HEAD_ROWS, LINES, STAFF, STAFF_ROW, changed

from selaras.core.agreements import RevisionReason
from selaras.core.finding import Severity
from selaras.core.people.alignment import AlignCode, align, findings
from selaras.core.people.chain import descend
from selaras.core.people.skp import Section, divide
from selaras.core.period import Period
from selaras.core.planning import PlanDocument, Target
from selaras.core.value import number, percent

TARGETS = (Target("I1", Period(2024), PlanDocument.RENSTRA, percent(87)), Target("I2", Period(2024), PlanDocument.RENSTRA, percent(56)))  # fmt: skip


def codes(rows=(*HEAD_ROWS, STAFF_ROW), lines=LINES, plans=(HEAD, STAFF), targets=(), agreements=(AGREEMENT,)):
    table = align(agreements=agreements, lines=lines, plans=plans, rows=rows, targets=targets, agency=AGENCY)
    return [finding.code for finding in findings(table)]


def test_the_second_line_is_carried_by_nobody_and_nothing_else_is_wrong():
    assert codes() == [AlignCode.CARRIED]


def test_a_percent_sign_in_the_unit_is_the_same_as_in_the_value():
    assert AlignCode.UNIT not in codes()
    assert AlignCode.UNIT in codes([changed(HEAD_ROWS[0], unit="dokumen"), HEAD_ROWS[1], STAFF_ROW])
    assert AlignCode.UNIT in codes([changed(HEAD_ROWS[0], unit=""), HEAD_ROWS[1], STAFF_ROW])


def test_a_target_of_the_renstra_that_differs_is_told():
    assert codes(targets=TARGETS) == [AlignCode.CARRIED, AlignCode.RENSTRA]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"target": number(80)}, AlignCode.TARGET), ({"measure": "Jumlah rapat koordinasi"}, AlignCode.WORDING)],
)
def test_what_differs_in_the_skp_is_found(fields, code):
    assert code in codes([changed(HEAD_ROWS[0], **fields), HEAD_ROWS[1], STAFF_ROW])


def test_a_line_without_an_owner_and_a_promiser_without_a_plan_are_errors():
    assert codes(rows=[HEAD_ROWS[0], STAFF_ROW]) == [AlignCode.OWNER]
    table = align(agreements=[AGREEMENT], lines=LINES, plans=[], rows=[])
    assert [finding.code for finding in findings(table)] == [AlignCode.NO_PLAN] * 2
    assert {finding.severity for finding in findings(table)} == {Severity.ERROR}


def test_only_the_latest_version_of_an_agreement_counts():
    stale = [changed(line, target=percent(1)) for line in LINES]
    newer = changed(AGREEMENT, code="PK-BARU", version=1, reason=RevisionReason.STRATEGY)
    fresh = [changed(line, agreement="PK-BARU") for line in LINES]
    assert codes(agreements=[newer, AGREEMENT], lines=[*stale, *fresh]) == [AlignCode.CARRIED]
    assert codes(lines=stale) == [AlignCode.TARGET, AlignCode.CARRIED, AlignCode.TARGET]


def test_a_successor_is_held_to_the_agreement_too():
    first, second = divide(HEAD, date(2024, 7, 1), code="SKP-BARU", position="KEPALA", assessor="ASISTEN")
    assert codes(plans=[first, second, STAFF]).count(AlignCode.OWNER) == 2
    taken_up = [changed(row, plan="SKP-BARU") for row in HEAD_ROWS]
    assert AlignCode.OWNER not in codes([*HEAD_ROWS, *taken_up, STAFF_ROW], plans=[first, second, STAFF])


def test_a_plan_under_the_agreement_of_a_predecessor_is_not_held_to_the_new_one():
    newer = changed(AGREEMENT, code="PK-BARU", version=1, reason=RevisionReason.OFFICIAL)
    fresh = [changed(line, agreement="PK-BARU", target=percent(90)) for line in LINES]
    successor = changed(HEAD, code="SKP-BARU", agreement="PK-BARU", since=date(2024, 7, 1))
    rows = [changed(row, plan="SKP-BARU", target=percent(90)) for row in HEAD_ROWS]
    found = codes([*HEAD_ROWS, *rows], lines=fresh, plans=[HEAD, successor], agreements=[AGREEMENT, newer])
    assert found == [AlignCode.CARRIED] * 2


def test_a_row_without_a_parent_is_told_unless_it_is_additional():
    orphan = changed(STAFF_ROW, parent_order=None)
    assert AlignCode.PARENT in codes([*HEAD_ROWS, orphan])
    assert AlignCode.PARENT in codes([*HEAD_ROWS, changed(STAFF_ROW, parent_order=9)])
    assert AlignCode.PARENT not in codes([*HEAD_ROWS, changed(orphan, section=Section.EXTRA)])


def test_a_row_that_supports_somebody_elses_plan_is_a_note():
    assert AlignCode.PARENT in codes(plans=[HEAD, changed(STAFF, assessor="SEKRETARIS")])


def test_the_same_indicator_below_with_another_target_is_a_note():
    row = changed(STAFF_ROW, indicator="I1", target=percent(50), unit="%")
    assert AlignCode.TARGET in codes([*HEAD_ROWS, row])


def test_every_line_and_every_row_stands_in_the_table_once():
    table = align(agreements=[AGREEMENT], lines=LINES, plans=[HEAD, STAFF], rows=[*HEAD_ROWS, STAFF_ROW])
    assert [(line.line is not None, line.row is not None, line.below) for line in table] == [
        (True, True, 1), (True, True, 0), (False, True, 0),
    ]  # fmt: skip


def test_the_cascade_goes_down_to_the_person():
    tops = descend([HEAD, STAFF], [*HEAD_ROWS, STAFF_ROW])
    assert [(strand.depth, strand.plan.code, strand.row.order) for top in tops for strand in top.walk()] == [
        (0, "SKP-KEPALA", 1), (1, "SKP-STAF", 1), (0, "SKP-KEPALA", 2),
    ]  # fmt: skip


def test_a_circle_loses_nothing():
    first = changed(HEAD_ROWS[0], parent_plan="SKP-STAF", parent_order=1)
    assert len(descend([HEAD, STAFF], [first, STAFF_ROW])) == 2
