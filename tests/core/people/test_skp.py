"""Plans, their periods and months, a change of position, and the checks of one SKP."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.people.example import HEAD, HEAD_ROWS, INDICATORS, RULES, STAFF, STAFF_ROW, changed

from selaras.core.agreements import HeadGoal
from selaras.core.errors import Refusal
from selaras.core.finding import Severity
from selaras.core.org import Capacity
from selaras.core.people.checks import SkpCode, check_plan
from selaras.core.people.skp import (
    AnnexKind,
    Method,
    Section,
    SkpAnnex,
    SkpBehaviour,
    SkpState,
    divide,
    head_goals,
    layout,
    months,
    periods,
    rows_of,
    step,
)
from selaras.core.period import Span
from selaras.core.value import grade, number

ANNEXES = tuple(SkpAnnex("SKP-KEPALA", kind, 1, "Contoh") for kind in AnnexKind)
EXPECTED = (SkpBehaviour("SKP-KEPALA", "adaptif", "Mencoba cara baru"),)


def codes(plan, rows, **given):
    return [finding.code for finding in check_plan(plan, rows, RULES.skp, indicators=INDICATORS, **given)]


def test_a_complete_head_plan_has_no_findings():
    assert codes(HEAD, HEAD_ROWS, behaviours=EXPECTED, annexes=ANNEXES) == []


def test_the_seven_core_values_have_three_guides_each():
    assert [value.name for value in RULES.skp.values] == [
        "Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif", "Kolaboratif",
    ]  # fmt: skip
    assert all(len(value.guides) == 3 for value in RULES.skp.values)


def test_a_heading_that_contradicts_the_layout_is_accepted_with_a_warning():
    plan = changed(HEAD, method=Method.QUALITATIVE)
    [finding] = check_plan(plan, HEAD_ROWS, RULES.skp, behaviours=EXPECTED, annexes=ANNEXES)
    assert (finding.code, finding.severity) == (SkpCode.METHOD, Severity.WARNING)
    assert (finding.stated, finding.expected) == ("kualitatif", "kuantitatif")


def test_a_qualitative_plan_needs_no_target():
    rows = [changed(row, target=None, unit="") for row in HEAD_ROWS]
    assert layout(rows) is Method.QUALITATIVE
    assert codes(changed(HEAD, method=Method.QUALITATIVE), rows, behaviours=EXPECTED, annexes=ANNEXES) == []
    assert SkpCode.TARGET in codes(HEAD, rows)
    assert layout([]) is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"perspective": ""}, SkpCode.PERSPECTIVE), ({"perspective": "Lain"}, SkpCode.PERSPECTIVE),
        ({"measure": ""}, SkpCode.MEASURE), ({"result": " "}, SkpCode.MEASURE),
        ({"target": grade("BB"), "unit": ""}, SkpCode.FIT), ({"target": None}, SkpCode.TARGET),
    ],
)  # fmt: skip
def test_what_a_head_row_lacks_is_found(fields, code):
    assert code in codes(HEAD, [changed(HEAD_ROWS[0], **fields), HEAD_ROWS[1]])


def test_staff_name_the_result_that_they_support_and_an_aspect():
    own = {
        "annexes": [changed(item, plan="SKP-STAF") for item in ANNEXES],
        "behaviours": [changed(EXPECTED[0], plan="SKP-STAF")],
    }
    assert codes(STAFF, [STAFF_ROW], **own) == []
    assert codes(STAFF, [changed(STAFF_ROW, supports="", aspect="")], **own) == [SkpCode.ASPECT, SkpCode.SUPPORTS]
    assert codes(STAFF, [changed(STAFF_ROW, section=Section.EXTRA, supports="")], **own) == [SkpCode.EMPTY]


def test_unknown_and_double_values_missing_lists_and_wrong_assessors_are_found():
    assert codes(HEAD, HEAD_ROWS, behaviours=[SkpBehaviour("SKP-KEPALA", "lain", "x")]).count(SkpCode.BEHAVIOUR) == 2
    assert codes(HEAD, HEAD_ROWS, behaviours=EXPECTED * 2).count(SkpCode.BEHAVIOUR) == 1
    assert SkpCode.ANNEX in codes(HEAD, HEAD_ROWS, annexes=ANNEXES[:2])
    assert SkpCode.ASSESSOR in codes(changed(HEAD, assessor=""), HEAD_ROWS)
    assert SkpCode.ASSESSOR in codes(changed(HEAD, assessor="KEPALA"), HEAD_ROWS)
    assert SkpCode.TWICE in codes(HEAD, [HEAD_ROWS[0], changed(HEAD_ROWS[0], order=2)])


def test_an_acting_official_has_additional_results():
    assert SkpCode.ACTING in codes(changed(HEAD, capacity=Capacity.PLT), HEAD_ROWS)
    extra = [changed(row, section=Section.EXTRA) for row in HEAD_ROWS]
    assert SkpCode.ACTING not in codes(changed(HEAD, capacity=Capacity.PLT), extra)
    assert SkpCode.ACTING in codes(changed(HEAD, capacity=Capacity.PLH), extra)


def test_periods_are_those_that_the_plan_touches():
    late = changed(HEAD, since=date(2024, 8, 20))
    assert [period.name for period in periods(late)] == ["Triwulan III Tahun 2024", "Triwulan IV Tahun 2024"]
    assert len(periods(changed(late, cycle=Span.MONTH))) == 5
    with pytest.raises(ValueError, match="months or quarters"):
        changed(HEAD, cycle=Span.YEAR)


def test_a_plan_stays_in_its_year():
    with pytest.raises(ValueError, match="leaves the year"):
        changed(HEAD, until=date(2025, 1, 1))
    with pytest.raises(ValueError, match="before the first"):
        changed(HEAD, until=date(2024, 1, 1))


def test_a_change_of_position_gives_two_plans():
    first, second = divide(HEAD, date(2024, 7, 1), code="SKP-BARU", position="SEKRETARIS", assessor="KEPALA")
    assert (first.until, second.since, second.until) == (date(2024, 6, 30), date(2024, 7, 1), HEAD.until)
    assert (second.position, second.agreement, second.state) == ("SEKRETARIS", "", SkpState.DRAFT)
    assert (months(first), months(second)) == (6, 6)


@pytest.mark.parametrize("day", [date(2024, 1, 2), date(2023, 5, 1), date(2025, 1, 1)])
def test_a_change_outside_the_plan_is_refused(day):
    with pytest.raises(Refusal) as refused:
        divide(HEAD, day, code="B", position="X")
    assert refused.value.faults[0].remedy


@given(st.lists(st.integers(3, 366), max_size=4, unique=True), st.integers(1, 28))
def test_however_the_year_is_divided_its_months_are_twelve(days, counted_on):
    plan = changed(HEAD, since=date(2024, 1, 1))
    parts = []
    for number_of, day in enumerate(sorted(days)):
        first, plan = divide(plan, date(2024, 1, 1) + timedelta(days=day - 1), code=f"S{number_of}", position="P")
        parts.append(first)
    assert sum(months(part, counted_on) for part in [*parts, plan]) == 12


def test_states_follow_each_other():
    plan = step(step(HEAD, SkpState.PROPOSED), SkpState.AGREED)
    assert step(step(plan, SkpState.EVALUATED), SkpState.FINAL).state is SkpState.FINAL
    with pytest.raises(Refusal):
        step(HEAD, SkpState.FINAL)
    with pytest.raises(Refusal) as refused:
        step(changed(HEAD, state=SkpState.FINAL), SkpState.DRAFT)
    assert "tidak ada lagi" in str(refused.value)


def test_the_rows_are_the_heads_goals_and_come_back():
    goals = head_goals(HEAD, reversed(HEAD_ROWS))
    assert goals[0] == HeadGoal("PK-KEPALA", 1, HEAD_ROWS[0].measure, number(87), "Persentase", "I1")
    back = rows_of(HEAD, goals, {"I1": "Hasil"})
    assert [(row.measure, row.target, row.indicator) for row in back] == [
        (row.measure, row.target, row.indicator) for row in HEAD_ROWS
    ]
    assert head_goals(changed(HEAD, agreement=""), HEAD_ROWS) == ()


def test_targets_are_shown_with_their_unit():
    assert HEAD_ROWS[0].target_text() == "87 Persentase"
    assert changed(HEAD_ROWS[0], target=None).target_text() == ""
