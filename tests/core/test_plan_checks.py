"""Checks of a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selaras.core.finding import Severity
from selaras.core.law import Certainty, GradeScale, Source
from selaras.core.period import Period
from selaras.core.planning import (
    FormulaKind,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    LowerMethod,
    Node,
    NodeLevel,
    PlanDocument,
    Polarity,
    StrategicPlan,
    Target,
)
from selaras.core.planning.checks import check_plan
from selaras.core.value import Value, ValueKind, grade, number, percent

PLAN = StrategicPlan("R", "Renstra", 2024, 2026)
AIM = Node("T", NodeLevel.TUJUAN, "Tujuan")
RESULT = Node("S", NodeLevel.SASARAN, "Sasaran", "T")
SHARE = Indicator(
    "I", "S", "Persentase baik", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "Persen", ValueKind.PERCENT,
    formula=FormulaKind.RATIO, numerator="yang baik", denominator="semuanya",
)  # fmt: skip
COUNT = replace(SHARE, value_kind=ValueKind.NUMBER, formula=FormulaKind.PLAIN)
SAKIP = {"skala": GradeScale("skala", "skala", ("C", "B", "BB"), Source("uji", Certainty.INFERRED))}


def targets(*years, code="I"):
    return [Target(code, Period(year), PlanDocument.RENSTRA, percent(80)) for year in years]


def found(nodes=(AIM, RESULT), indicators=(SHARE,), goals=None, plans=(PLAN,), **more):
    goals = targets(2024, 2025, 2026) if goals is None else goals
    return [(finding.code, finding.stated) for finding in check_plan(plans, nodes, indicators, goals, 2024, **more)]


def test_a_complete_plan_has_no_findings():
    assert found() == []


def test_a_year_without_a_plan_is_an_error():
    assert found(plans=[replace(PLAN, first_year=2019, last_year=2023)]) == [("PLAN-PERIOD", "2019–2023")]


def test_targets_outside_the_period_are_found_and_history_is_only_noted():
    findings = check_plan([PLAN], [AIM, RESULT], [SHARE], targets(2023, 2024, 2025, 2026, 2027), 2024)
    assert [(item.code, item.stated, item.severity) for item in findings] == [
        ("PLAN-OUTSIDE", "2027", Severity.ERROR),
        ("PLAN-OUTSIDE", "2023", Severity.INFO),
    ]


def test_targets_of_an_earlier_plan_that_is_there_too_are_no_finding():
    earlier = StrategicPlan("R0", "Renstra lama", 2019, 2023)
    assert found(plans=[earlier, PLAN], goals=targets(2022, 2023, 2024, 2025, 2026)) == []


def test_missing_years_are_listed():
    assert found(goals=targets(2024, 2026)) == [("PLAN-YEARS", "tanpa target tahun 2025")]


def test_a_goal_needs_results_and_a_result_needs_an_indicator():
    assert found(nodes=[AIM], indicators=[], goals=[]) == [("PLAN-SASARAN", "")]
    assert found(indicators=[], goals=[]) == [("PLAN-INDICATOR", "")]


def test_orphans_are_found_at_every_kind_of_record():
    stray = Node("P", NodeLevel.PROGRAM, "Program", "X")
    lost = replace(SHARE, code="J", node="Y")
    assert found(nodes=[AIM, RESULT, stray], indicators=[SHARE, lost], goals=[*targets(2024, 2025, 2026), *targets(2024, code="Z")]) == [
        ("PLAN-ORPHAN", "X"), ("PLAN-ORPHAN", "Y"), ("PLAN-ORPHAN", "Z"),
    ]  # fmt: skip


def test_a_tree_in_a_circle_is_found_once():
    circle = [replace(AIM, parent="S"), RESULT]
    assert [code for code, _ in found(nodes=circle)].count("PLAN-LOOP") == 1


def test_a_child_must_stand_below_its_parent():
    assert ("PLAN-LEVEL", "program di bawah kegiatan") in found(
        nodes=[AIM, RESULT, Node("K", NodeLevel.KEGIATAN, "K", "S"), Node("P", NodeLevel.PROGRAM, "P", "K")]
    )


@pytest.mark.parametrize(
    ("parent", "child", "fits"),
    [("1.01.01", "1.01.01.2.01", True), ("1.01.01", "1.02.01.2.01", False), ("1.01.01", "1.01.011", False),
     ("076.01.CQ", "6709", True), ("", "1.01", True)],
)  # fmt: skip
def test_codes_of_the_regional_nomenclature_nest(parent, child, fits):
    nodes = [
        AIM, RESULT, Node("P", NodeLevel.PROGRAM, "P", "S", number=parent),
        Node("K", NodeLevel.KEGIATAN, "K", "P", number=child),
    ]  # fmt: skip
    assert (found(nodes=nodes) == []) is fits


def test_a_percentage_needs_its_numerator_and_denominator():
    assert [code for code, _ in found(indicators=[replace(SHARE, denominator="")])] == ["PLAN-RATIO"]


@pytest.mark.parametrize(
    ("goal", "last", "polarity", "stale"),
    [
        (percent(87), percent("87.5"), Polarity.HIGHER, True),
        (percent(88), percent("87.5"), Polarity.HIGHER, False),
        (percent(100), percent(100), Polarity.HIGHER, False),
        (number(5), number(5), Polarity.HIGHER, True),
        (number(5), number(4), Polarity.LOWER, True),
        (number(3), number(4), Polarity.LOWER, False),
        (number(0), number(0), Polarity.LOWER, False),
        (number(5), number(9), Polarity.RANGE, False),
        (number(5), percent(9), Polarity.HIGHER, False),
        (Value(ValueKind.YES_NO, flag=True), Value(ValueKind.YES_NO, flag=True), Polarity.HIGHER, False),
        (grade("B"), grade("BB"), Polarity.HIGHER, True),
        (grade("BB"), grade("BB"), Polarity.HIGHER, False),
        (grade("X"), grade("BB"), Polarity.HIGHER, False),
    ],
)
def test_a_target_that_does_not_improve_on_the_last_result_is_a_warning(goal, last, polarity, stale):
    item = replace(COUNT, polarity=polarity, lower_method=LowerMethod.TWICE_TARGET, grade_scale="skala")
    goals = [Target("I", Period(2024), PlanDocument.RKT, goal)]
    answer = found(indicators=[item], goals=goals, last_values={"I": last}, grade_scales=SAKIP)
    assert ("PLAN-TARGET" in {code for code, _ in answer}) is stale


def test_the_annual_plan_counts_before_the_strategic_plan():
    goals = [*targets(2024, 2025, 2026), Target("I", Period(2024), PlanDocument.RKT, percent(90))]
    assert found(goals=goals, last_values={"I": percent(85)}) == []
