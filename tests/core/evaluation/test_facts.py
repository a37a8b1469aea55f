"""Facts of a unit and year held against what the criteria ask."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from selaras.core.evaluation.facts import FACTS, UNKNOWN, Clue, Condition, Facts, drawn, observe
from selaras.core.place import Place
from selaras.rulebook.lke import templates
from selaras.rulebook.lke_evidence import clues_for


def facts(**known):
    return Facts("U1", 2024, **known)


def test_every_fact_has_its_words():
    named = {field.name for field in fields(Facts)} - {"unit", "year", "places"}
    derived = {"agreement_delay", "measured_share", "on_time_share"}
    assert set(FACTS) == named | derived
    assert all(facts().value(name) is UNKNOWN for name in FACTS)


@pytest.mark.parametrize(
    ("clue", "known", "met"),
    [
        (Clue("c", "reviewed_on", Condition.EXISTS), {"reviewed_on": date(2025, 2, 1)}, True),
        (Clue("c", "reviewed_on", Condition.EXISTS), {"reviewed_on": None}, False),
        (Clue("c", "reviewed_on", Condition.EXISTS), {}, None),
        (Clue("c", "strategic_plan", Condition.EXISTS), {"strategic_plan": False}, False),
        (Clue("c", "strategic_plan", Condition.EXISTS), {"strategic_plan": True}, True),
        (Clue("c", "annual_targets", Condition.EXISTS), {"annual_targets": 0}, False),
        (Clue("c", "verified_share", Condition.AT_LEAST, Decimal(100)), {"verified_share": Decimal(100)}, True),
        (Clue("c", "verified_share", Condition.AT_LEAST, Decimal(100)), {"verified_share": Decimal("99.9")}, False),
        (Clue("c", "verified_share", Condition.AT_LEAST, Decimal(100)), {"verified_share": None}, False),
        (Clue("c", "score_change", Condition.ABOVE, Decimal(0)), {"score_change": Decimal(0)}, False),
        (Clue("c", "score_change", Condition.ABOVE, Decimal(0)), {"score_change": Decimal("0.01")}, True),
        (Clue("c", "review_findings_open", Condition.AT_MOST, Decimal(0)), {"review_findings_open": 0}, True),
        (Clue("c", "review_findings_open", Condition.AT_MOST, Decimal(0)), {"review_findings_open": 1}, False),
        (Clue("c", "report_on", Condition.AT_LEAST, Decimal(1)), {"report_on": date(2025, 1, 1)}, None),
        (
            Clue("c", "measured_share", Condition.AT_LEAST, Decimal(100)),
            {"periods_due": 4, "periods_measured": 4},
            True,
        ),
        (
            Clue("c", "measured_share", Condition.AT_LEAST, Decimal(100)),
            {"periods_due": 4, "periods_measured": None},
            False,
        ),
        (
            Clue("c", "measured_share", Condition.AT_LEAST, Decimal(100)),
            {"periods_due": 0, "periods_measured": 0},
            False,
        ),
        (Clue("c", "on_time_share", Condition.AT_LEAST, Decimal(100)), {"periods_due": 4}, None),
    ],
)
def test_a_clue_is_met_not_met_or_unknown(clue, known, met):
    assert observe(clue, facts(**known)).met is met


@pytest.mark.parametrize(
    ("signed", "due", "met"),
    [
        (date(2025, 2, 28), date(2025, 2, 28), True), (date(2025, 3, 1), date(2025, 2, 28), False),
        (None, date(2025, 2, 28), False), (date(2025, 3, 1), UNKNOWN, None), (date(2025, 3, 1), None, None),
    ],
)  # fmt: skip
def test_a_day_is_held_against_another_day(signed, due, met):
    clue = Clue("3.a.6", "report_signed_on", Condition.BY, than="report_due_on")
    seen = observe(clue, facts(report_signed_on=signed, report_due_on=due))
    assert seen.met is met
    assert "tenggat laporan kinerja" in seen.sentence


def test_a_clue_tells_the_fact_and_where_it_stands():
    clue = Clue("2.b.4", "measured_share", Condition.AT_LEAST, Decimal(100))
    place = Place(record="pengukuran 2024")
    seen = observe(clue, facts(periods_due=3, periods_measured=2, places={"measured_share": place}))
    assert seen.sentence == ("Persentase periode pengukuran yang terisi: 66,67; diharapkan sekurang-kurangnya 100.")
    assert seen.place == place
    seen = observe(Clue("c", "report_on", Condition.EXISTS), facts(report_on=date(2025, 2, 3)))
    assert seen.sentence == "Tanggal laporan kinerja disusun: 3 Februari 2025; diharapkan ada."
    assert "tidak tercatat" in observe(Clue("c", "report_on", Condition.EXISTS), facts(report_on=None)).sentence
    assert "ada;" in observe(Clue("c", "strategic_plan", Condition.EXISTS), facts(strategic_plan=True)).sentence


def test_the_days_between_budget_and_agreement_are_counted():
    assert facts(budget_on=date(2023, 12, 31), agreement_on=date(2024, 1, 30)).agreement_delay == 30
    assert facts(budget_on=date(2023, 12, 31)).agreement_delay is UNKNOWN
    assert facts(budget_on=date(2023, 12, 31), agreement_on=None).agreement_delay is None


def test_the_evidence_of_a_sheet_is_drawn_by_criterion():
    template = templates()["permenpan-rb-88-2021"]
    found = drawn(clues_for(template), facts(reviewed_on=None, periods_due=4, periods_measured=4, periods_on_time=3))
    assert [item.met for item in found["3.a.4"]] == [False]
    assert [item.met for item in found["2.b.4"]] == [True, False]
    assert found["1.a.3"][0].met is None
