"""The state of a year in one screen, and the open work that its figures show."""

import dataclasses
from datetime import date

import pytest

from selaras.core.board import board, gate_counts
from selaras.core.deadlines import due_days
from selaras.core.duties import Work
from selaras.core.finding import Severity
from selaras.core.measurement.records import Realisation
from selaras.core.pending import Gap, Pending, ended
from selaras.core.period import Period, Span, quarter
from selaras.core.planning import PlanDocument, Target
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.gates import gates
from selaras.core.value import percent
from selaras.rulebook.deadlines import load_deadlines
from selaras.rulebook.limits import load_limits


def pending(snapshot, law, today):
    last = date(snapshot.year, 12, 31)
    due = due_days(load_deadlines(last), snapshot.agency.kind, snapshot.year)
    return Pending(Figures(snapshot, law), load_limits(last), today, due)


@pytest.fixture
def quarterly(biro):
    """The first sample with quarterly targets for one indicator and nothing measured this year."""
    targets = [
        Target("IKU-1", quarter(2024, index), PlanDocument.ACTION_PLAN, percent(value))
        for index, value in enumerate(("20", "40", "60", "87"), 1)
    ]
    return dataclasses.replace(biro, targets=(*biro.targets, *targets), realisations=())


def test_the_board_says_what_the_report_says(snapshot, law):
    made = board(pending(snapshot, law, date(2026, 1, 1)), ())
    figures = Figures(snapshot, law)
    assert (made.met, made.missed, made.open) == tuple(figures.tally.values())
    assert made.mean == figures.mean.shown()
    assert {row.code: row.figure for row in made.rows if row.figure} == {
        item.code: figures.achievement(item).shown()
        for item in figures.measured
        if figures.achievement(item).value is not None
    }
    assert made.money.figure == figures.total_absorption.shown()


def test_the_worst_stand_first_and_the_reached_last(snapshot, law):
    met = [row.met for row in board(pending(snapshot, law, date(2026, 1, 1)), ()).rows]
    assert met == sorted(met, key=[False, None, True].index)


def test_a_gap_becomes_work_with_its_unit_position_and_day(biro, law):
    gap = Gap("IKU-1", "Layanan", "S1", "KABIRO", quarter(2024, 1))
    [missing] = pending(biro, law, date(2024, 4, 1)).measurement([gap])
    assert (missing.work, missing.unit, missing.position) == (Work.MEASURE, "BIRO", "KABIRO")
    assert (missing.group, missing.due) == ("Triwulan I Tahun 2024", date(2024, 4, 10))
    given = dataclasses.replace(gap, author="Contoh", is_submitted=True)
    [waiting] = pending(biro, law, date(2024, 4, 1)).measurement([given])
    assert (waiting.work, waiting.author, waiting.position) == (Work.VERIFY, "Contoh", "")


def test_only_periods_that_have_ended_count():
    assert ended(2024, Span.QUARTER, date(2024, 3, 31)) == []
    assert ended(2024, Span.QUARTER, date(2024, 4, 1)) == [quarter(2024, 1)]
    assert len(ended(2024, Span.MONTH, date(2024, 12, 31))) == 11
    assert ended(2024, Span.YEAR, date(2025, 1, 1)) == [Period(2024)]


def test_the_gates_say_what_the_report_says(snapshot, law):
    figures = Figures(snapshot, law)
    counts = gate_counts(figures)
    assert sum(one.errors + one.warnings for one in counts) == sum(
        finding.severity is not Severity.INFO for finding in gates(figures)
    )
    assert counts[0].errors == sum(finding.severity is Severity.ERROR for finding in figures.findings)


def test_a_missed_target_without_a_cause_waits_for_words(quarterly, law):
    given = Realisation("IKU-1", quarter(2024, 1), percent("10"))
    held = dataclasses.replace(quarterly, realisations=(given,), explanations=())
    found = list(pending(held, law, date(2024, 4, 2)).unexplained())
    assert [(item.key, item.group, item.note) for item in found] == [("IKU-1", "Triwulan I Tahun 2024", "50,00%")]
    noted = dataclasses.replace(held, realisations=(dataclasses.replace(given, note="Anggaran terlambat."),))
    assert not list(pending(noted, law, date(2024, 4, 2)).unexplained())


def test_months_after_the_last_entry_are_missing_in_the_budget(biro, law):
    assert not list(pending(biro, law, date(2025, 2, 1)).spending())
    empty = dataclasses.replace(biro, spending=())
    assert [item.title for item in pending(empty, law, date(2024, 3, 2)).spending()] == [
        "Januari 2024",
        "Februari 2024",
    ]


def test_before_anything_has_ended_the_year_is_shown_with_its_targets(biro, law):
    made = board(pending(biro, law, date(2024, 1, 2)), ())
    assert made.period == "Tahun 2024"
    assert {row.met for row in made.rows} == {None}
    assert all(row.target not in {"", "–"} for row in made.rows)
    assert made.mean == ""


def test_the_usual_periods_are_those_of_the_action_plan(quarterly, biro, law):
    assert pending(quarterly, law, date(2024, 7, 1)).at == quarter(2024, 2)
    assert pending(biro, law, date(2024, 7, 1)).at is None
    assert pending(quarterly, law, date(2024, 7, 1)).usual_span is Span.QUARTER
