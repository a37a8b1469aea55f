"""Where a node may stand, and what the words and the chain of a plan lack."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selaras.core.measurement.example import worked_example
from selaras.core.measurement.planned import check_quarters, deviates
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period, quarter
from selaras.core.planning import (
    Aggregation,
    FormulaKind,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    Node,
    NodeLevel,
    PlanDocument,
    Support,
    Target,
)
from selaras.core.planning.moves import Gap, descendants, faults_of_place, gaps, levels_below, parents_for
from selaras.core.planning.tree import DEPTH, loops
from selaras.core.planning.versions import differences
from selaras.core.planning.wording import check_chain, check_wording
from selaras.core.value import ValueKind, number, percent

LEVELS = list(NodeLevel)


def node(code, level=NodeLevel.SASARAN, parent="", title="Meningkatnya mutu", owner="U"):
    return Node(code, level, title, parent, owner)


def indicator(code="I", at="S", **more):
    given = {
        "name": "Persentase layanan", "level": IndicatorLevel.SASARAN, "kind": IndicatorKind.OUTCOME, "unit": "%",
        "value_kind": ValueKind.PERCENT,
    }  # fmt: skip
    return Indicator(code=code, node=at, **(given | more))


@st.composite
def trees(draw):
    """Nodes in any order of parents, also with circles and unknown parents."""
    count = draw(st.integers(1, 8))
    codes = [str(number) for number in range(count)]
    return [node(code, draw(st.sampled_from(LEVELS)), draw(st.sampled_from(["", "entah", *codes]))) for code in codes]


@given(trees())
def test_every_parent_on_offer_fits_and_closes_no_circle(nodes):
    known = {item.code: item for item in nodes}
    for item in nodes:
        for parent in parents_for(item, nodes):
            moved = known | {item.code: replace(item, parent=parent.code)}
            assert DEPTH[parent.level] < DEPTH[item.level]
            assert item.code not in {one.code for one in loops(moved.values())} or item in loops(nodes)
            assert not [f for f in faults_of_place(moved[item.code], known) if "Simpul tidak dapat" in f.message]


@given(trees())
def test_what_is_below_never_holds_what_is_not_reached_from_above(nodes):
    parents = {item.code: item.parent for item in nodes}
    for item in nodes:
        assert all(
            parents[code] in {item.code} | descendants(item.code, nodes) for code in descendants(item.code, nodes)
        )


def test_the_levels_below_a_program_are_kegiatan_and_sub_kegiatan():
    assert levels_below(NodeLevel.PROGRAM) == (NodeLevel.KEGIATAN, NodeLevel.SUB_KEGIATAN)
    assert levels_below(NodeLevel.SUB_KEGIATAN) == ()


def test_a_node_says_what_it_lacks():
    assert gaps(node("S", owner=""), [], []) == (Gap.INDICATOR, Gap.OWNER)
    assert gaps(node("S"), ["A", "B"], ["A"]) == (Gap.TARGET,)
    assert gaps(node("S"), ["A"], ["A"]) == ()


def test_work_is_no_result_and_a_name_without_a_measure_cannot_be_measured():
    nodes = [node("S", title="Melaksanakan rapat"), node("P", NodeLevel.PROGRAM, title="Melaksanakan rapat")]
    found = check_wording(nodes, [indicator(name="Layanan yang baik"), indicator(name="Indeks layanan")])
    assert [item.code for item in found] == ["PLAN-RESULT", "PLAN-MEASURABLE"]


def test_a_count_is_no_percentage():
    found = check_wording(
        [], [indicator(name="Jumlah dokumen"), indicator(name="Persentase", value_kind=ValueKind.NUMBER)]
    )
    assert [item.code for item in found] == ["PLAN-UNIT", "PLAN-UNIT"]


def test_results_need_a_cause_and_work_needs_an_effect():
    nodes = [node("S"), node("P", NodeLevel.PROGRAM, "S"), node("Q", NodeLevel.PROGRAM, "S")]
    iku = indicator(iku=True)
    goal = Target("I", Period(2024), PlanDocument.RKT, percent(80))
    assert [item.code for item in check_chain(nodes, [iku], [], [goal], 2024)] == [
        "PLAN-CAUSE",
        "PLAN-EFFECT",
        "PLAN-EFFECT",
    ]
    whole = [Support("I", "P"), Support("I", "Q")]
    assert check_chain(nodes, [iku], whole, [goal], 2024) == ()
    assert [item.code for item in check_chain(nodes, [iku], whole, [goal], 2025)] == ["PLAN-NO-TARGET"]
    output = replace(iku, kind=IndicatorKind.OUTPUT)
    assert [item.code for item in check_chain(nodes, [output], whole, [goal], 2024)] == ["PLAN-OUTCOME"]


def quarters(*values):
    return [
        Target("I", quarter(2024, index), PlanDocument.ACTION_PLAN, number(value))
        for index, value in enumerate(values, 1)
        if value is not None
    ]


def test_quarters_make_the_year_by_the_indicators_own_rule():
    plain = {"value_kind": ValueKind.NUMBER, "name": "Jumlah layanan"}
    summed = indicator(aggregation=Aggregation.SUM, **plain)
    last = indicator(aggregation=Aggregation.LAST, **plain)
    given = quarters(10, 20, 30, 40)
    assert check_quarters(summed, given, 2024, number(100)).finding is None
    assert check_quarters(last, given, 2024, number(40)).finding is None
    assert check_quarters(last, given, 2024, number(100)).finding.stated == "40 (terakhir)"
    assert check_quarters(summed, quarters(10, 20), 2024, number(100)).finding is None
    assert check_quarters(summed, [], 2024, number(100)).made is None


def test_only_two_targets_that_differ_deviate():
    assert deviates(percent(80), percent(81))
    assert not deviates(percent(80), percent(80))
    assert not deviates(None, percent(80))
    assert not deviates(percent(80), None)


@given(st.dictionaries(st.sampled_from("ABC"), st.decimals(0, 10**9, places=2)), st.dictionaries(st.sampled_from("ABC"), st.decimals(0, 10**9, places=2)))  # fmt: skip
def test_the_changes_of_a_budget_sum_to_the_change_of_its_sum(before, after):
    found = differences(before, after)
    change = sum((item.change for item in found.values()), Decimal(0))
    assert change == sum(after.values(), Decimal(0)) - sum(before.values(), Decimal(0))


def test_an_example_is_computed_as_a_report_would(law):
    ratio = indicator(formula=FormulaKind.RATIO)
    entry = Realisation("I", Period(2024), None, Decimal(203), Decimal(338))
    scale = next(iter(law.scales.values()))
    made = worked_example(ratio, percent(60), [entry], 2024, scale=scale)
    assert made.realised.value.shown() == "60,06%"
    assert made.achievement.shown() == "100,10%"
    assert made.reached
    typed = replace(entry, value=percent(56))
    assert "60,06%" in worked_example(ratio, percent(60), [typed], 2024, scale=scale).faults[0].message
