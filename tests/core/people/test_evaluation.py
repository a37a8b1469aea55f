"""Realisation from measurement, feedback, assessments, objections, credit, the organisation's predicate, who may read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.people.example import DAY, HEAD, HEAD_ROWS, INDICATORS, RULES, STAFF, STAFF_ROW, changed

from selaras.core.computed import Computed
from selaras.core.errors import Refusal
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.people.credit import CreditPart, credit, credits_of_year
from selaras.core.people.feedback import (
    Dialogue,
    Feedback,
    FeedbackKind,
    Occasion,
    check_feedback,
    of_period,
    quiet,
    timeline,
)
from selaras.core.people.objection import (
    DayKind,
    Objection,
    ObjectionRule,
    Outcome,
    after,
    check_objection,
    last_day,
)
from selaras.core.people.organisation import decide, facts_of, propose
from selaras.core.people.privacy import may_read
from selaras.core.people.ratings import OrganisationPredicate, Predicate, Rating
from selaras.core.people.realisation import Assessment, RowResult, check_assessment, realised
from selaras.core.period import Period, quarter
from selaras.core.value import number, percent
from selaras.rulebook import load

YEAR = Period(2024)
DONE = Assessment("SKP-KEPALA", YEAR, Rating.AS_EXPECTED, Rating.AS_EXPECTED, "ASISTEN", date(2025, 1, 10))
TALK = Dialogue("SKP-KEPALA", date(2024, 1, 5), Occasion.PLANNING, ("KEPALA", "ASISTEN"), "Target tahun ini")
NOTES = tuple(
    Feedback("SKP-KEPALA", date(2024, month, 20), "ASISTEN", FeedbackKind.APPRECIATION, "Baik", row, value, ("Notula",))
    for month, row, value in ((3, 1, ""), (6, 2, ""), (9, None, "adaptif"))
)


def test_the_realisation_comes_from_measurement_where_the_indicator_is_the_same():
    measured = [Realisation("I1", Period(2024), percent(90), status=Progress.VERIFIED)]
    typed = RowResult("SKP-KEPALA", 1, YEAR, number(1), evidence=("Laporan",))
    drawn = realised(HEAD_ROWS[0], YEAR, indicator=INDICATORS[0], realisations=measured, typed=typed)
    assert (drawn.value, drawn.measured, drawn.verified, drawn.evidence) == (percent(90), True, True, ("Laporan",))
    assert drawn.shown.startswith("90")


def test_without_measurement_what_was_typed_counts():
    typed = RowResult("SKP-STAF", 1, YEAR, number(11), "satu laporan terlambat")
    drawn = realised(STAFF_ROW, YEAR, typed=typed)
    assert (drawn.shown, drawn.measured) == ("11; satu laporan terlambat", False)
    assert realised(STAFF_ROW, YEAR).shown == "–"
    assert realised(HEAD_ROWS[0], YEAR, indicator=INDICATORS[0]).shown == "–"


def test_a_value_that_is_not_verified_is_told():
    measured = [Realisation("I1", quarter(2024, 1), percent(80)), Realisation("I1", quarter(2024, 3), percent(90))]
    drawn = realised(HEAD_ROWS[0], quarter(2024, 2), indicator=INDICATORS[0], realisations=measured)
    assert (drawn.value, drawn.verified) == (percent(80), False)


def assessed(assessment=DONE, drawn=None, notes=NOTES):
    return [finding.code for finding in check_assessment(HEAD, HEAD_ROWS, assessment, drawn or {}, notes)]


def test_an_assessment_with_everything_behind_it_has_no_findings():
    measured = [Realisation(f"I{n}", YEAR, percent(90), status=Progress.LOCKED) for n in (1, 2)]
    drawn = {
        row.order: realised(row, YEAR, indicator=indicator, realisations=measured)
        for row, indicator in zip(HEAD_ROWS, INDICATORS, strict=True)
    }
    assert assessed(drawn=drawn) == []
    assert assessed(changed(DONE, on=date(2024, 12, 1)), drawn) == ["SKP-RATE-EARLY"]
    assert assessed(changed(DONE, results=Rating.ABOVE), drawn) == ["SKP-RATE-REASON"]
    assert assessed(changed(DONE, assessor="KEPALA"), drawn) == ["SKP-RATE-SELF"]
    assert assessed(changed(DONE, assessor="LAIN"), drawn) == ["SKP-RATE-ASSESSOR"]
    assert assessed(drawn=drawn, notes=()) == ["SKP-RATE-FEEDBACK"] * 2 + ["SKP-RATE-BEHAVIOUR"]


def test_the_head_is_rated_as_the_unit():
    unit = RULES.heads.rating(OrganisationPredicate.EXCELLENT)
    found = check_assessment(HEAD, HEAD_ROWS, DONE, {}, NOTES, unit=unit)
    assert "SKP-RATE-HEAD" in [finding.code for finding in found]
    found = check_assessment(HEAD, HEAD_ROWS, DONE, {}, NOTES, unit=RULES.heads.rating(OrganisationPredicate.GOOD))
    assert "SKP-RATE-HEAD" not in [finding.code for finding in found]


def test_rows_without_realisation_or_evidence_are_told():
    assert assessed().count("SKP-RATE-EMPTY") == 2
    typed = {1: realised(HEAD_ROWS[0], YEAR, typed=RowResult("SKP-KEPALA", 1, YEAR, number(1)))}
    assert "SKP-RATE-EVIDENCE" in assessed(drawn=typed)


def test_quiet_periods_are_those_in_which_nobody_spoke():
    assert [period.index for period in quiet(HEAD, [TALK], NOTES[1:], date(2024, 10, 1))] == []
    assert [period.index for period in quiet(HEAD, [], NOTES[1:], DAY + timedelta(days=1))] == [1, 4]
    assert [moment.on.month for moment in timeline(HEAD, [TALK], NOTES)] == [1, 3, 6, 9]


def test_feedback_is_checked():
    def codes(talks, notes):
        return [finding.code for finding in check_feedback(HEAD, HEAD_ROWS, talks, notes, date(2024, 9, 30))]

    assert codes([TALK], NOTES) == []
    assert codes([], NOTES) == ["SKP-DIALOGUE"]
    assert codes([TALK], [changed(NOTES[0], row=9), *NOTES[1:]]) == ["SKP-FEEDBACK-ROW"]
    assert codes([TALK], [changed(NOTES[0], evidence=()), *NOTES[1:]]) == ["SKP-FEEDBACK-EVIDENCE"]
    assert "SKP-FEEDBACK-DATE" in codes([TALK, changed(TALK, on=date(2023, 1, 1))], NOTES)
    assert codes([TALK, changed(TALK, on=date(2025, 1, 9), occasion=Occasion.EVALUATION)], NOTES) == []


LAW = load(DAY)
WORKING = ObjectionRule(14, DayKind.WORKING, RULES.objection.source)


@pytest.mark.parametrize(
    ("rule", "received", "expected"),
    [
        (RULES.objection, date(2024, 1, 10), date(2024, 1, 24)),
        (RULES.objection, date(2024, 12, 25), date(2025, 1, 8)),
        # 13–17, 20–24 January, then 27–29 are holidays and collective leave: 30, 31, 3 and 4 February
        (WORKING, date(2025, 1, 10), date(2025, 2, 4)),
        # 2–5 April, then 8–15 are Idul Fitri with collective leave: 16–19, 22–26, 29
        (WORKING, date(2024, 4, 1), date(2024, 4, 29)),
    ],
)
def test_the_last_day_of_an_objection(rule, received, expected):
    assert last_day(received, rule, LAW.holidays, LAW.collective_leave) == expected


def test_working_days_without_a_table_of_holidays_are_refused():
    with pytest.raises(Refusal) as refused:
        last_day(date(2035, 3, 1), WORKING, LAW.holidays, LAW.collective_leave)
    assert refused.value.faults[0].read == "2035"


@given(st.dates(date(2020, 1, 1), date(2026, 10, 1)), st.integers(1, 60))
def test_working_days_never_end_before_calendar_days(received, days):
    working, calendar = (
        ObjectionRule(days, kind, RULES.objection.source) for kind in (DayKind.WORKING, DayKind.CALENDAR)
    )
    assert last_day(received, working, LAW.holidays, LAW.collective_leave) >= last_day(received, calendar)


OBJECTION = Objection("SKP-KEPALA", date(2025, 1, 10), date(2025, 1, 20), "Bukti belum diperhitungkan")


def objected(objection):
    return [
        finding.code
        for finding in check_objection(objection, assessor="ASISTEN", superior="SEKDA", until=date(2025, 1, 24))
    ]


def test_objections_are_checked():
    assert objected(OBJECTION) == []
    assert objected(changed(OBJECTION, filed_on=date(2025, 1, 25), reason=" ")) == [
        "SKP-OBJECTION-LATE",
        "SKP-OBJECTION-REASON",
    ]
    assert objected(changed(OBJECTION, filed_on=date(2025, 1, 9))) == ["SKP-OBJECTION-DATE"]
    decided = changed(
        OBJECTION, outcome=Outcome.CHANGED, decider="SEKDA", decided_on=date(2025, 1, 28), results=Rating.ABOVE
    )
    assert objected(decided) == []
    assert objected(changed(decided, decider="ASISTEN")) == ["SKP-OBJECTION-DECIDER"]
    assert objected(changed(decided, decided_on=None)) == ["SKP-OBJECTION-DATE"]
    assert objected(changed(decided, results=None)) == ["SKP-OBJECTION-OUTCOME"]


def test_the_decision_is_final():
    decided = changed(
        OBJECTION,
        outcome=Outcome.CHANGED,
        decider="SEKDA",
        decided_on=date(2025, 1, 28),
        results=Rating.ABOVE,
        ground="Bukti sah",
    )
    final = after(DONE, decided)
    assert (final.results, final.behaviour, final.assessor, final.reason) == (
        Rating.ABOVE,
        Rating.AS_EXPECTED,
        "SEKDA",
        "Bukti sah",
    )
    assert after(DONE, OBJECTION) is DONE


@pytest.mark.parametrize(
    ("level", "predicate", "months", "expected"),
    [
        ("Ahli Pertama", Predicate.VERY_GOOD, 12, "18.75"), ("Ahli Pertama", Predicate.GOOD, 12, "12.5"),
        ("Ahli Pertama", Predicate.NEEDS_IMPROVEMENT, 12, "9.375"), ("Ahli Pertama", Predicate.POOR, 12, "6.25"),
        ("Ahli Pertama", Predicate.VERY_POOR, 12, "3.125"), ("Ahli Pertama", Predicate.GOOD, 6, "6.25"),
        ("Ahli Muda", Predicate.GOOD, 12, "25"),
    ],
)  # fmt: skip
def test_credit_of_a_level_and_predicate(level, predicate, months, expected):
    figure = credit(CreditPart(level, predicate, months), RULES.credit)
    assert figure.value == Decimal(expected)
    assert "koefisien tahunan" in figure.arithmetic()


def test_the_credit_of_a_year_is_the_sum_of_its_parts():
    parts = [CreditPart("Ahli Pertama", Predicate.GOOD, 5), CreditPart("Ahli Muda", Predicate.VERY_GOOD, 7)]
    assert credits_of_year(parts, RULES.credit).shown() == "27,083"
    assert credits_of_year([], RULES.credit).value is None


@pytest.mark.parametrize("parts", [[("Ahli Pertama", 7), ("Ahli Muda", 6)], [("Ahli Baru", 1)], [("Ahli Muda", 0)]])
def test_impossible_credit_is_refused(parts):
    with pytest.raises(Refusal):
        credits_of_year([CreditPart(level, Predicate.GOOD, months) for level, months in parts], RULES.credit)


@given(st.sampled_from(sorted(RULES.credit.coefficients)), st.integers(1, 12))
def test_a_better_predicate_never_earns_less(level, months):
    earned = [credit(CreditPart(level, predicate, months), RULES.credit).value for predicate in Predicate]
    assert earned == sorted(earned, reverse=True)


def facts(*values, period=quarter(2024, 2), expectation=None):  # noqa: B008
    figures = [Computed(str(n), "x", None if value is None else Decimal(value)) for n, value in enumerate(values)]
    return facts_of("BAGIAN", period, figures, expectation)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0, 0, 0, 100), "Sangat Kurang"), ((120, 110, 100), "Istimewa"), ((100, 100, 100), "Baik"),
        ((100, 100, 90), "Butuh Perbaikan"), ((100, 50, 50), "Kurang"),
    ],
)  # fmt: skip
def test_a_predicate_is_proposed_with_its_numbers(values, expected):
    proposal = propose(facts(*values), RULES.proposals)
    assert proposal.predicate == expected
    assert proposal.reasons
    assert proposal.source is not None


def test_the_year_needs_the_superiors_expectation():
    whole = facts(110, 100, period=YEAR)
    assert propose(whole, RULES.proposals).predicate is None
    assert (
        propose(changed(whole, expectation=Rating.ABOVE), RULES.proposals).predicate is OrganisationPredicate.EXCELLENT
    )
    assert (
        propose(changed(whole, expectation=Rating.BELOW), RULES.proposals).predicate
        is OrganisationPredicate.NEEDS_IMPROVEMENT
    )


def test_what_was_not_measured_is_asked_and_nothing_is_proposed_for_nothing():
    assert "1 dari 2 indikator belum diukur" in propose(facts(100, None), RULES.proposals).questions[0]
    assert propose(facts(), RULES.proposals).predicate is None
    assert propose(facts(50), ()).questions == ("Tidak ada aturan usul yang cocok.",)


def test_a_named_person_decides():
    given_facts = facts(100, 100)
    proposal = propose(given_facts, RULES.proposals)
    by = {"decider": "SEKDA", "decider_name": "Pejabat Contoh", "on": date(2025, 1, 5)}
    decision = decide(given_facts, proposal, predicate=OrganisationPredicate.GOOD, **by)
    assert (decision.predicate, decision.proposed) == (OrganisationPredicate.GOOD, OrganisationPredicate.GOOD)
    with pytest.raises(Refusal):
        decide(given_facts, proposal, predicate=OrganisationPredicate.EXCELLENT, **by)
    with pytest.raises(Refusal) as refused:
        decide(
            given_facts,
            proposal,
            predicate=OrganisationPredicate.GOOD,
            **by | {"decider_name": " ", "decider": "KEPALA"},
            head="KEPALA",
        )
    assert len(refused.value.faults) == 2


def test_a_file_is_read_by_the_employee_and_the_superior_only():
    assert may_read(STAFF, employee="P1")
    assert may_read(STAFF, held={"KEPALA"})
    assert not may_read(STAFF, employee="P2", held={"SEKRETARIS", "ASISTEN"}, superior="ASISTEN")
    assert may_read(STAFF, held={"ASISTEN"}, superior="ASISTEN", objections=[changed(OBJECTION, plan="SKP-STAF")])
    assert may_read(HEAD, held={"KEPALA"})
    assert not may_read(STAFF)


def test_feedback_given_after_the_year_belongs_to_its_evaluation_and_to_no_quarter():
    during, after_it = (
        Feedback("SKP-KEPALA", day, "ASISTEN", FeedbackKind.NOTE, "Rapi.")
        for day in (date(2024, 5, 2), date(2025, 1, 9))
    )
    assert of_period([during, after_it], YEAR) == (during, after_it)
    assert of_period([during, after_it], quarter(2024, 2)) == (during,)
    assert of_period([during, after_it], quarter(2024, 1)) == ()
