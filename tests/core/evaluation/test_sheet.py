"""The grid of the sheet gives the engine's figures to the last digit, exactly and in a spreadsheet's binary numbers."""

import math
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selaras.core.errors import Refusal
from selaras.core.evaluation.scoring import Answers, Met, score
from selaras.core.evaluation.sheet import evaluate, grid, spelled
from selaras.core.evaluation.template import Rounding
from selaras.rulebook.lke import templates

NEW = templates()["permenpan-rb-88-2021"]
OLD = templates()["permenpan-rb-12-2015"]
AVERAGED = templates()["daerah-rata-rata-kriteria"]
LOCAL = templates()["daerah-bobot-capaian"]
EACH = replace(LOCAL, rounding=Rounding(2, each_part=True))
ROUNDED_OLD = replace(OLD, rounding=Rounding(1, each_part=True))


def spreadsheet(sheet):
    """Work the spelled formulas out in binary numbers, as a spreadsheet does."""
    cells = {cell.id: cell for row in sheet.rows for cell in row if cell.id}
    names = {name: f"C{index}" for index, name in enumerate(cells)}
    known = {}

    def number(value):
        return value if isinstance(value, float) else 0.0

    def rounded(value, places):  # half away from zero on the shortest decimal, as spreadsheets round
        return math.copysign(
            float(Decimal(repr(abs(value))).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")), value
        )

    functions = {
        "IF": lambda test, yes, no: yes if test else no, "SUM": lambda *all_: math.fsum(map(number, all_)),
        "ROUND": rounded, "N": number,
    }  # fmt: skip

    def value(name):
        if name not in known:
            cell = cells[name]
            if cell.formula is None:
                known[name] = cell.text if cell.number is None else float(cell.number)
            else:
                text = spelled(cell.formula, names.get)[1:]
                python = re.sub(r'(C\d+)="', r'\1=="', text)
                needed = {short: value(long) for long, short in names.items() if re.search(rf"\b{short}\b", text)}
                known[name] = eval(python, functions | needed)
        return known[name]

    return {name: value(name) for name in cells}


def check(template, answers):
    result = score(template, answers)
    sheet = grid(template, [("Evaluator", answers)])
    exact, binary = evaluate(sheet), spreadsheet(sheet)
    assert exact["points:0:total"] == result.total
    assert exact["predicate:0"] == binary["predicate:0"] == result.predicate.letter
    assert Decimal(repr(binary["points:0:total"])) == result.total
    for component in result.components:
        assert exact[f"points:0:{component.component.code}"] == component.points
        for part in component.parts:
            assert exact[f"points:0:{part.part.code}"] == part.points


LETTERS = st.sampled_from(["", *NEW.scales[0].letters])


@settings(deadline=None, max_examples=40)
@given(st.fixed_dictionaries({sub.code: LETTERS for sub in NEW.subcomponents}))
def test_one_answer_per_sub_component(letters):
    check(NEW, Answers(letters))


@settings(deadline=None, max_examples=25)
@given(st.dictionaries(st.sampled_from([item.code for item in AVERAGED.criteria]), LETTERS))
def test_averaged_criteria(criteria):
    check(AVERAGED, Answers(criteria=criteria))


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(st.sampled_from([item.code for item in LOCAL.criteria]), st.sampled_from("ABCD")),
    st.sampled_from([LOCAL, EACH]),
)
def test_other_weights_and_rounded_parts(criteria, template):
    check(template, Answers(criteria=criteria))


@settings(deadline=None, max_examples=25)
@given(
    st.fixed_dictionaries({sub.code: st.decimals(0, sub.weight, places=3) for sub in OLD.subcomponents}),
    st.sampled_from([OLD, ROUNDED_OLD]),
)
def test_entered_points(points, template):
    check(template, Answers(points=points))


def test_an_empty_sheet_scores_zero():
    for template in templates().values():
        check(template, Answers())


def test_the_grid_is_square_and_has_a_row_for_everything():
    answers = Answers({"1.a": "A"}, {"1.a.1": Met.YES.value})
    sheet = grid(NEW, [("Penilaian mandiri", answers), ("Evaluator", Answers())])
    assert {len(row) for row in sheet.rows} == {len(sheet.heads)} == {9}
    assert len(sheet.rows) == len(sheet.levels) == 4 + 12 + 80 + 2
    assert sheet.cell("answer:0:1.a").choices == NEW.scales[0].letters
    assert sheet.cell("answer:0:1.a.1").text == "terpenuhi"
    assert sheet.cell("answer:1:1.a").is_input
    assert not sheet.cell("points:0:total").is_input
    assert evaluate(sheet)["points:1:total"] == 0


def test_the_formulas_are_spelled_for_a_spreadsheet():
    sheet = grid(NEW, [("Evaluator", Answers({"1.a": "A"}))])
    where = {"answer:0:1.a": "D3", "value:0:1.a": "E3"}.get
    assert spelled(sheet.cell("value:0:1.a").formula, where).startswith('=IF(D3="AA",100,IF(D3="A",90,')
    assert spelled(sheet.cell("points:0:1.a").formula, where) == "=E3*6/100"
    total = spelled(sheet.cell("points:0:total").formula, lambda name: name.split(":")[-1])
    assert total == "=ROUND(ROUND(SUM(1,2,3,4),10),2)"
    assert spelled(sheet.cell("predicate:0").formula, lambda _: "F9") == (
        '=IF(F9>90,"AA",IF(F9>80,"A",IF(F9>70,"BB",IF(F9>60,"B",IF(F9>50,"CC",IF(F9>30,"C","D"))))))'
    )


def test_it_refuses_answers_that_the_template_does_not_know():
    with pytest.raises(Refusal):
        grid(NEW, [("Evaluator", Answers({"1.a": "Z"}))])
