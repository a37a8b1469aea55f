"""Answers that criteria or records contradict."""

from datetime import date

import pytest

from selaras.core.errors import Refusal
from selaras.core.evaluation.contradicting import Grounds, contradictions, refuse_errors
from selaras.core.evaluation.facts import Facts, drawn
from selaras.core.evaluation.proposing import Beyond
from selaras.core.evaluation.scoring import Answers, Met
from selaras.core.finding import Severity
from selaras.rulebook.lke import templates
from selaras.rulebook.lke_evidence import clues_for

NEW = templates()["permenpan-rb-88-2021"]
AVERAGED = templates()["daerah-rata-rata-kriteria"]
YES, NO = Met.YES.value, Met.NO.value


def all_of(code, met=YES):
    return {item.code: met for item in NEW.subcomponent(code).criteria}


def grounds(beyond=None, reasons=None, **known):
    observed = drawn(clues_for(NEW), Facts("U1", 2024, **known))
    return Grounds(observed, beyond or {}, reasons or {})


def found(answers, held):
    return [(item.code, item.severity) for item in contradictions(NEW, answers, held)]


def test_reported_as_reviewed_without_a_review_on_record_is_refused():
    answers = Answers(criteria={"3.a.4": YES})
    assert found(answers, grounds(reviewed_on=None)) == [("LKE-FAKTA", Severity.ERROR)]
    with pytest.raises(Refusal) as caught:
        refuse_errors(contradictions(NEW, answers, grounds(reviewed_on=None)), "Tidak dapat.")
    sentence = caught.value.faults[0].sentence()
    assert "3.a.4" in sentence
    assert "tidak tercatat" in sentence


def test_a_review_on_record_or_not_looked_for_contradicts_nothing():
    answers = Answers(criteria={"3.a.4": YES})
    assert found(answers, grounds(reviewed_on=date(2025, 2, 1))) == []
    assert found(answers, grounds()) == []
    assert contradictions(NEW, answers, grounds()) == ()


def test_a_fact_that_only_supports_is_a_warning():
    assert found(Answers(criteria={"1.b.9": YES}), grounds(contributions=0)) == [("LKE-FAKTA", Severity.WARNING)]


def test_evidence_for_what_is_said_to_be_unmet_is_told():
    assert found(Answers(criteria={"3.a.4": NO}), grounds(reviewed_on=date(2025, 2, 1))) == [
        ("LKE-BUKTI", Severity.INFO)
    ]


def test_a_letter_above_its_criteria_is_refused():
    answers = Answers({"2.a": "BB"}, {**all_of("2.a"), "2.a.3": NO})
    assert found(answers, grounds()) == [("LKE-KRITERIA", Severity.ERROR)]
    answers = Answers({"2.a": "CC"}, {**all_of("2.a"), "2.a.3": NO})
    assert found(answers, grounds()) == []


def test_what_is_expected_counts_the_criteria_that_are_still_open():
    (told,) = contradictions(NEW, Answers({"1.a": "BB"}, {"1.a.1": YES, "1.a.6": NO}), grounds())
    assert "paling banyak 83,33% kriteria dapat terpenuhi" in told.message
    assert told.expected == "paling tinggi B"
    told = contradictions(NEW, Answers({"2.a": "A"}), grounds())
    assert {item.expected for item in told if item.code == "LKE-LEBIH"} == {"paling tinggi BB"}


def test_a_letter_that_rests_on_open_criteria_is_asked_about():
    answers = Answers({"2.a": "BB"}, {"2.a.1": YES})
    assert found(answers, grounds()) == [("LKE-KRITERIA", Severity.WARNING)]


def test_a_letter_is_held_against_the_records_too():
    answers = Answers({"3.a": "BB"}, dict.fromkeys(all_of("3.a"), ""))
    assert ("LKE-KRITERIA", Severity.ERROR) in found(answers, grounds(reviewed_on=None))


def test_an_a_without_evidence_is_refused_even_with_no_criterion_answered():
    assert found(Answers({"2.a": "A"}, all_of("2.a")), grounds()) == [("LKE-LEBIH", Severity.ERROR)]
    assert ("LKE-LEBIH", Severity.ERROR) in found(Answers({"2.a": "A"}), grounds())
    proven = grounds(beyond={"2.a": Beyond(1, evidence=("pedoman 2023",))})
    assert found(Answers({"2.a": "A"}, all_of("2.a")), proven) == []


def test_a_letter_below_the_proposal_needs_a_reason():
    answers = Answers({"2.a": "CC"}, all_of("2.a"))
    assert found(answers, grounds()) == [("LKE-ALASAN", Severity.WARNING)]
    assert found(answers, grounds(reasons={"2.a": "Pedomannya belum dipakai."})) == []


def test_every_contradiction_is_told_at_once():
    answers = Answers({"2.a": "A", "2.b": "AA"}, {**all_of("2.a"), **all_of("2.b")})
    with pytest.raises(Refusal) as caught:
        refuse_errors(contradictions(NEW, answers, grounds()), "Tidak dapat.")
    assert len(caught.value.faults) == 2


def test_averaged_criteria_claim_nothing():
    assert contradictions(AVERAGED, Answers(criteria={"3.a.4": "AA"}), grounds(reviewed_on=None)) == ()
