"""What criteria propose, why a score is what it is, and what would raise it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.evaluation.proposing import Beyond, allowed, propose, raising, why
from selaras.core.evaluation.scoring import Answers, Met, score
from selaras.core.evaluation.template import Effort
from selaras.rulebook.lke import templates

NEW = templates()["permenpan-rb-88-2021"]
OLD = templates()["permenpan-rb-12-2015"]
AVERAGED = templates()["daerah-rata-rata-kriteria"]


def met(code, count, rest=Met.NO):
    criteria = NEW.subcomponent(code).criteria
    return {item.code: (Met.YES if place < count else rest).value for place, item in enumerate(criteria)}


@pytest.mark.parametrize(
    ("code", "count", "letter"),
    [
        ("1.c", 8, "BB"), ("1.c", 7, "B"), ("1.c", 6, "CC"), ("1.c", 5, "CC"), ("1.c", 4, "C"), ("1.c", 3, "C"),
        ("1.c", 2, "D"), ("1.c", 1, "D"), ("1.c", 0, "E"), ("2.a", 2, "CC"), ("2.a", 1, "C"), ("1.b", 10, "B"),
    ],
)  # fmt: skip
def test_the_share_of_criteria_proposes_an_answer_up_to_bb(code, count, letter):
    assert propose(NEW, NEW.subcomponent(code), met(code, count)).letter == letter


@given(st.data())
def test_no_share_ever_proposes_what_needs_evidence(data):
    sub = data.draw(st.sampled_from(NEW.subcomponents))
    given_ = {item.code: data.draw(st.sampled_from(["", *Met])) for item in sub.criteria}
    found = propose(NEW, sub, given_)
    assert found.letter in {"BB", "B", "CC", "C", "D", "E"}
    assert found.share <= found.most
    assert not {"A", "AA"} & set(allowed(NEW, sub, found.share))


def test_what_is_met_in_part_counts_as_the_template_says():
    sub = NEW.subcomponent("2.a")
    given_ = dict.fromkeys((item.code for item in sub.criteria), Met.PARTLY.value)
    assert propose(NEW, sub, given_).share == 0
    assert len(propose(NEW, sub, given_).unmet) == 3


def test_open_criteria_count_as_unmet_and_are_named():
    found = propose(NEW, NEW.subcomponent("2.a"), {"2.a.1": Met.YES.value})
    assert (found.letter, [item.code for item in found.unanswered]) == ("C", ["2.a.2", "2.a.3"])
    assert found.most == 100


@pytest.mark.parametrize(
    ("code", "beyond", "best"),
    [
        ("1.a", Beyond(), "BB"), ("1.a", Beyond(1, evidence=("Renstra",)), "A"), ("1.a", Beyond(4, evidence=("x",)), "A"),
        ("1.a", Beyond(5, evidence=("x",)), "AA"), ("1.a", Beyond(5), "BB"),
        ("1.a", Beyond(0, Effort.EXEMPLARY, ("x",)), "BB"), ("1.b", Beyond(9, evidence=("x",)), "BB"),
        ("1.b", Beyond(0, Effort.NOTABLE, ("x",)), "A"), ("1.c", Beyond(0, Effort.EXEMPLARY, ("x",)), "AA"),
        ("1.c", Beyond(0, Effort.EXEMPLARY), "BB"),
    ],
)  # fmt: skip
def test_existence_needs_years_and_quality_and_use_need_effort(code, beyond, best):
    sub = NEW.subcomponent(code)
    assert allowed(NEW, sub, Decimal(100), beyond)[0] == best
    assert allowed(NEW, sub, Decimal(99), beyond)[0] == "B"


def test_why_tells_the_arithmetic_the_rule_and_the_open_criteria():
    answers = Answers({"1.a": "B"}, met("1.a", 5))
    lines = why(NEW, NEW.subcomponent("1.a"), answers)
    assert lines[0] == "Jawaban B: 70 ÷ 100 × 6 = 4,2."
    assert "75%" in lines[1]
    assert lines[2] == "5 dari 6 kriteria terpenuhi (83,33%)."
    assert lines[3] == "Belum terpenuhi: 1.a.6."


def test_why_names_the_evidence_beyond_the_criteria():
    sub, answers = NEW.subcomponent("1.a"), Answers({"1.a": "A"}, met("1.a", 6))
    assert "Renstra lima tahun" in why(NEW, sub, answers, Beyond(2, evidence=("Renstra lima tahun",)))[-1]
    assert why(NEW, sub, answers)[-1] == "Bukti di luar kriteria belum ada."


def test_why_speaks_in_every_mode_and_of_what_is_missing():
    assert why(NEW, NEW.subcomponent("1.a"), Answers()) == ("1.a belum dijawab dan dihitung 0 dari 6.",)
    assert why(OLD, OLD.subcomponent("1.a"), Answers(points={"1.a": Decimal("1.5")}))[0].endswith("1,5 dari 2.")
    assert "belum diisi" in why(OLD, OLD.subcomponent("1.a"), Answers())[0]
    lines = why(AVERAGED, AVERAGED.subcomponent("2.a"), Answers(criteria={"2.a.1": "AA"}))
    assert lines[0] == "Rata-rata jawaban 3 kriteria: 33,33 ÷ 100 × 6 = 2."
    assert "2.a.2, 2.a.3" in lines[1]


def test_the_step_that_gains_most_stands_first():
    answers = Answers(dict.fromkeys((sub.code for sub in NEW.subcomponents), "BB"))
    steps = raising(NEW, answers)
    assert [step.gain for step in steps[:3]] == [Decimal("1.5"), Decimal("1.5"), Decimal("1.25")]
    assert {step.after for step in steps} == {"A"}
    assert steps[0].total == Decimal("81.5")
    assert steps[0].predicate == "A"


def test_a_step_says_how_many_criteria_are_still_to_be_met():
    answers = Answers({"1.c": "CC"}, met("1.c", 5))
    step = next(step for step in raising(NEW, answers) if step.part.code == "1.c")
    assert step.after == "B"
    assert step.needs[0].startswith("Penuhi 2 dari kriteria berikut: 1.c.6")
    answers = Answers({"1.c": "B"}, met("1.c", 7))
    step = next(step for step in raising(NEW, answers) if step.part.code == "1.c")
    assert step.needs[0].startswith("Penuhi semua kriteria berikut: 1.c.8")


def test_a_step_to_an_a_asks_for_evidence():
    answers = Answers({"1.a": "BB", "1.b": "BB"}, {**met("1.a", 6), **met("1.b", 11)})
    needs = {step.part.code: step.needs for step in raising(NEW, answers)}
    assert needs["1.a"] == ("Lampirkan bukti bahwa semua kriteria terpenuhi sekurang-kurangnya 1 tahun.",)
    assert needs["1.b"] == ("Lampirkan bukti upaya yang patut dihargai.",)
    proven = raising(NEW, answers, {"1.a": Beyond(1, evidence=("x",))})
    assert "alasan" in next(step for step in proven if step.part.code == "1.a").needs[0]


def test_the_best_answer_has_no_step_and_a_missing_one_asks_to_be_answered():
    steps = raising(NEW, Answers({"1.a": "AA"}, met("1.b", 11)))
    codes = {step.part.code: step for step in steps}
    assert "1.a" not in codes
    assert (codes["1.b"].before, codes["1.b"].after, codes["1.b"].gain) == ("", "BB", Decimal("7.2"))


def test_averaged_criteria_are_raised_one_by_one_and_points_not_at_all():
    steps = raising(AVERAGED, Answers(criteria={"3.a.1": "AA", "2.a.1": "B"}))
    assert "3.a.1" not in {step.part.code for step in steps}
    step = next(step for step in steps if step.part.code == "2.a.1")
    assert (step.after, step.gain) == ("BB", Decimal("0.2"))
    assert raising(OLD, Answers()) == ()


@given(st.fixed_dictionaries({sub.code: st.sampled_from(NEW.scales[0].letters) for sub in NEW.subcomponents}))
def test_every_step_gains_what_it_says(letters):
    now = score(NEW, Answers(letters))
    for step in raising(NEW, Answers(letters)):
        assert step.gain > 0
        assert score(NEW, Answers({**letters, step.part.code: step.after})).exact == now.exact + step.gain
