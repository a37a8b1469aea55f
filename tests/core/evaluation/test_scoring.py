"""Scores against tables worked by hand: all answers, bounds, zero, missing answers, averages, the old instrument."""

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.errors import Refusal
from selaras.core.evaluation.scoring import Answers, points_of, predicate_of, score
from selaras.core.evaluation.template import Rounding
from selaras.core.measurement.formulas import higher
from selaras.rulebook.lke import templates

NEW = templates()["permenpan-rb-88-2021"]
OLD = templates()["permenpan-rb-12-2015"]
AVERAGED = templates()["daerah-rata-rata-kriteria"]
LOCAL = templates()["daerah-bobot-capaian"]
SUBS = [sub.code for sub in NEW.subcomponents]


def everywhere(letter):
    return Answers(letters=dict.fromkeys(SUBS, letter))


@pytest.mark.parametrize(
    ("letter", "total", "predicate"),
    [
        ("AA", "100", "AA"), ("A", "90", "A"), ("BB", "80", "BB"), ("B", "70", "B"),
        ("CC", "60", "CC"), ("C", "50", "C"), ("D", "30", "D"), ("E", "0", "D"),
    ],
)  # fmt: skip
def test_the_same_answer_everywhere_gives_its_value_and_the_predicate_below_its_bound(letter, total, predicate):
    result = score(NEW, everywhere(letter))
    assert result.total == Decimal(total)
    assert result.predicate.letter == predicate
    assert result.complete


@pytest.mark.parametrize(
    ("points", "predicate"),
    [
        ("100", "AA"), ("90.01", "AA"), ("90.00", "A"), ("80.01", "A"), ("80", "BB"), ("70.01", "BB"), ("70", "B"),
        ("60.01", "B"), ("60", "CC"), ("50.01", "CC"), ("50", "C"), ("30.01", "C"), ("30", "D"), ("0.01", "D"), ("0", "D"),
        ("90.004", "A"), ("90.005", "AA"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("template", [NEW, OLD], ids=lambda template: template.code)
def test_the_lower_bound_of_a_predicate_belongs_to_the_one_below(template, points, predicate):
    assert predicate_of(template, Decimal(points)).letter == predicate


@pytest.mark.parametrize("points", ["-0.01", "100.01"])
def test_it_refuses_a_score_that_cannot_be(points):
    with pytest.raises(Refusal):
        predicate_of(NEW, Decimal(points))


WORKED = {
    "1.a": ("A", "5.4"), "1.b": ("BB", "7.2"), "1.c": ("B", "10.5"),
    "2.a": ("BB", "4.8"), "2.b": ("CC", "5.4"), "2.c": ("C", "7.5"),
    "3.a": ("AA", "3"), "3.b": ("A", "4.05"), "3.c": ("BB", "6"),
    "4.a": ("B", "3.5"), "4.b": ("D", "2.25"), "4.c": ("E", "0"),
}  # fmt: skip


def test_a_sheet_worked_by_hand():
    result = score(NEW, Answers({code: letter for code, (letter, _) in WORKED.items()}))
    assert {code: result.part(code).points for code in WORKED} == {code: Decimal(p) for code, (_, p) in WORKED.items()}
    assert [component.points for component in result.components] == [
        Decimal("23.1"), Decimal("17.7"), Decimal("13.05"), Decimal("5.75"),
    ]  # fmt: skip
    assert result.exact == result.total == Decimal("59.60")
    assert result.predicate.letter == "CC"
    assert result.components[0].value == 77


def test_the_printed_example_of_the_courts_is_met():
    assert points_of(NEW, NEW.subcomponent("1.a"), "A") == Decimal("5.4")


REPORTED = {
    "target of 2016 (page 16, table 7; page 27)": ("81", "A"),
    "result of 2016 (page 16, table 7; page 21, table 8; page 27)": ("80.10", "A"),
    "result of 2015 (page 21, table 8)": ("70.06", "BB"),
    "target at the end of the plan (page 24, table 10)": ("87", "A"),
}
"""What LKIP Biro Organisasi 2016 of Jawa Barat prints of the province's evaluation: totals with their predicates.

No report among the samples prints the components of its score, so a real total is recomputed as far as one goes: the
predicate from the total, the bands themselves, and the percentages between totals.
"""


@pytest.mark.parametrize("where", REPORTED)
def test_the_scores_that_a_real_report_prints_get_the_predicates_of_its_own_table(where):
    printed, letter = REPORTED[where]
    assert predicate_of(OLD, Decimal(printed)).letter == letter
    entered = score(OLD, Answers(points={sub.code: sub.weight * Decimal(printed) / 100 for sub in OLD.subcomponents}))
    assert (entered.total, entered.predicate.letter) == (Decimal(printed), letter)


def test_the_prose_of_that_report_calls_a_bb_a_b():
    """Page 27 calls 70,06 `Predikat B`; its own bands (page 15, table 6) and table 8 say BB."""
    assert predicate_of(OLD, Decimal("70.06")).letter != "B"


def test_the_bands_are_those_that_a_real_report_prints():
    """Page 15, table 6, after Permenpan-RB 12/2015."""
    printed = {item.letter: (item.above, item.upto, item.name) for item in OLD.predicates}
    assert printed == {
        "AA": (90, 100, "Sangat Memuaskan"), "A": (80, 90, "Memuaskan"), "BB": (70, 80, "Sangat Baik"),
        "B": (60, 70, "Baik"), "CC": (50, 60, "Cukup"), "C": (30, 50, "Kurang"), "D": (0, 30, "Sangat Kurang"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("result", "against", "printed"),
    [
        pytest.param("80.10", "81", "98.89", id="of the target, page 16"),
        pytest.param("80.10", "70.06", "114.33", id="of the year before, page 21"),
    ],
)
def test_the_percentages_between_the_printed_totals_are_right(result, against, printed):
    exact = higher(Decimal(against), Decimal(result)).raw
    assert exact.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(printed)


def test_one_printed_percentage_was_cut_instead_of_rounded():
    """Page 24, table 10, prints 92,06 for 80,10 of 87, which is 92,069."""
    exact = higher(Decimal(87), Decimal("80.10")).raw
    assert exact.quantize(Decimal("0.01"), ROUND_DOWN) == Decimal("92.06")
    assert exact.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("92.07")


def test_missing_answers_count_zero_and_are_told():
    result = score(NEW, Answers({"1.a": "AA", "2.a": ""}))
    assert result.total == 6
    assert result.missing == tuple(code for code in SUBS if code != "1.a")
    assert not result.complete
    assert "2.a" in result.figure().arithmetic()
    assert not result.part("2.a").answered


def test_an_empty_sheet_scores_zero():
    result = score(NEW, Answers())
    assert (result.total, result.predicate.letter, len(result.missing)) == (0, "D", 12)


def test_the_total_is_a_figure_with_its_arithmetic():
    figure = score(NEW, everywhere("BB")).figure()
    assert figure.value == 80
    assert figure.shown() == "80,00"
    assert "Perencanaan Kinerja = 24" in figure.arithmetic()


def test_criteria_that_are_averaged_count_each_alike():
    letters = dict.fromkeys((f"2.a.{number}" for number in (1, 2)), "AA")
    result = score(AVERAGED, Answers(criteria=letters))
    assert result.part("2.a").points == 4  # two of three at 100% of 6 points
    assert "2.a.3" in result.missing
    assert result.part("2.a").answered


def test_weights_of_criteria_count():
    sub = AVERAGED.subcomponent("2.a")
    heavy = replace(sub, criteria=(replace(sub.criteria[0], weight=Decimal(2)), *sub.criteria[1:]))
    component = AVERAGED.components[1]
    changed = replace(component, subcomponents=(heavy, *component.subcomponents[1:]))
    template = replace(AVERAGED, components=(AVERAGED.components[0], changed, *AVERAGED.components[2:]))
    assert score(template, Answers(criteria={"2.a.1": "AA"})).part("2.a").points == 3


def test_the_local_weights_ask_for_achievement_again():
    result = score(LOCAL, Answers(criteria={"5.a.1": "B"}))
    assert result.total == Decimal("4.95")
    best = score(LOCAL, Answers(criteria={criterion.code: "A" for criterion in LOCAL.criteria}))
    assert (best.total, best.predicate.letter) == (100, "AA")


def test_the_old_sheet_takes_points_as_they_were_printed():
    points = {sub.code: sub.weight * Decimal("0.7") for sub in OLD.subcomponents}
    result = score(OLD, Answers(points=points))
    assert [component.points for component in result.components] == [
        Decimal(21), Decimal("17.5"), Decimal("10.5"), Decimal(7), Decimal(14),
    ]  # fmt: skip
    assert (result.total, result.predicate.letter) == (70, "B")
    assert score(OLD, Answers(points={"5.b": Decimal("12.5")})).total == Decimal("12.5")


def test_parts_are_rounded_only_where_the_template_says_so():
    letters = {"2.a.1": "CC", "2.a.2": "C", "2.a.3": "C"}  # 160 / 3 of 6 points = 3.2
    each = replace(AVERAGED, rounding=Rounding(1, each_part=True))
    assert score(AVERAGED, Answers(criteria=letters)).exact == Decimal("3.2")
    letters = {"1.a.1": "C", "1.a.2": "C", "2.b.1": "D"}  # 100/6 of 6 = 1; 30/7 of 9 = 0.385714
    assert score(each, Answers(criteria=letters)).total == Decimal("1.4")
    assert score(AVERAGED, Answers(criteria=letters)).total == Decimal("1.39")


@pytest.mark.parametrize(
    ("template", "answers"),
    [
        (NEW, Answers({"9.z": "A"})), (NEW, Answers({"1.a": "Z"})), (NEW, Answers({"1.a": "a"})),
        (NEW, Answers(criteria={"1.a.99": "terpenuhi"})), (NEW, Answers(criteria={"1.a.1": "ya"})),
        (NEW, Answers(points={"1.a": Decimal(1)})), (OLD, Answers({"1.a": "A"})),
        (OLD, Answers(points={"1.a": Decimal("2.01")})), (OLD, Answers(points={"1.a": Decimal(-1)})),
        (OLD, Answers(points={"1.a": Decimal("NaN")})), (OLD, Answers(points={"7.a": Decimal(1)})),
        (AVERAGED, Answers(criteria={"1.a.1": "terpenuhi"})), (AVERAGED, Answers({"1.a": "A"})),
    ],
)  # fmt: skip
def test_it_refuses_answers_that_the_template_does_not_know(template, answers):
    with pytest.raises(Refusal) as caught:
        score(template, answers)
    assert caught.value.faults


def test_it_names_every_wrong_answer_at_once():
    with pytest.raises(Refusal) as caught:
        score(NEW, Answers({"1.a": "Z", "1.b": "Q", "x": "A"}))
    assert len(caught.value.faults) == 3


def test_it_refuses_an_unknown_letter_for_points():
    with pytest.raises(Refusal):
        points_of(NEW, NEW.subcomponent("1.a"), "F")


LETTERS = st.sampled_from(["", *NEW.scales[0].letters])
ORDER = ["", *reversed(NEW.scales[0].letters)]


@given(st.fixed_dictionaries(dict.fromkeys(SUBS, LETTERS)), st.sampled_from(SUBS), LETTERS)
def test_no_answer_raised_ever_lowers_a_score(letters, code, other):
    low, high = sorted((letters[code], other), key=ORDER.index)
    before, after = (score(NEW, Answers({**letters, code: letter})) for letter in (low, high))
    assert before.total <= after.total
    assert before.exact <= after.exact
    grades = [item.letter for item in NEW.predicates]
    assert grades.index(after.predicate.letter) <= grades.index(before.predicate.letter)
    for left, right in zip(before.components, after.components, strict=True):
        assert left.points <= right.points


CRITERIA = [criterion.code for criterion in AVERAGED.criteria]
EACH = replace(AVERAGED, rounding=Rounding(2, each_part=True))


@given(st.dictionaries(st.sampled_from(CRITERIA), LETTERS), st.sampled_from(CRITERIA), LETTERS, st.booleans())
def test_no_criterion_raised_ever_lowers_an_averaged_score(letters, code, other, each):
    template = EACH if each else AVERAGED
    low, high = sorted((letters.get(code, ""), other), key=ORDER.index)
    before, after = (score(template, Answers(criteria={**letters, code: letter})) for letter in (low, high))
    assert before.total <= after.total


@given(st.fixed_dictionaries(dict.fromkeys(SUBS, LETTERS)))
def test_a_score_is_the_sum_of_its_parts_and_stays_within_the_whole(letters):
    result = score(NEW, Answers(letters))
    assert result.exact == sum(part.points for component in result.components for part in component.parts)
    assert 0 <= result.total <= 100
    assert result.total == result.exact  # every value of the scale gives at most two decimals
