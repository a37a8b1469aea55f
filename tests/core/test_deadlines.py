"""The day on which something is due: counted from its anchor, replaced by the agency's own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.deadlines import Matter, Slot, due_days, last_day, months_after
from selaras.core.errors import Refusal
from selaras.core.org import AgencyKind
from selaras.core.period import Period, Span, quarter
from selaras.rulebook.deadlines import load_deadlines, read_deadlines

RULES = load_deadlines(date(2026, 12, 31))
REPORT = Slot(Matter.REPORT.value)
AGREEMENT = Slot(Matter.AGREEMENT.value)


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (AgencyKind.MINISTRY, date(2027, 2, 28)),
        (AgencyKind.ELECTION_OFFICE, date(2027, 2, 28)),
        (AgencyKind.REGION, date(2027, 3, 31)),
        (AgencyKind.REGIONAL_UNIT, date(2027, 2, 28)),
    ],
)
def test_the_report_is_due_two_months_after_the_year_and_three_in_a_region(kind, day):
    assert due_days(RULES, kind, 2026)[REPORT].day == day


def test_the_agreement_is_due_a_month_after_the_budget_was_approved():
    assert due_days(RULES, AgencyKind.REGION, 2026)[AGREEMENT].day == date(2026, 1, 31)
    later = due_days(RULES, AgencyKind.REGION, 2026, budget_on=date(2026, 2, 10))
    assert later[AGREEMENT].day == date(2026, 3, 10)


def test_every_kind_of_agency_has_each_matter_and_four_quarters():
    for kind in AgencyKind:
        found = due_days(RULES, kind, 2026)
        assert {slot.what for slot in found} == {matter.value for matter in Matter}
        assert sum(slot.span is Span.QUARTER and slot.what == "pengukuran" for slot in found) == 4


def test_the_own_day_counts_before_the_proposal_and_both_are_told():
    due = due_days(RULES, AgencyKind.REGION, 2026, own={REPORT: date(2027, 2, 1)})[REPORT]
    assert (due.day, due.own, due.proposed) == (date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 31))


def test_days_come_in_order():
    days = [due.day for due in due_days(RULES, AgencyKind.REGION, 2026).values()]
    assert days == sorted(days)


@given(st.dates(date(1990, 1, 1), date(2190, 1, 1)), st.integers(1, 30))
def test_months_later_is_never_more_than_the_longest_months_away(start, months):
    later = months_after(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert timedelta(28 * months) <= later - start <= timedelta(31 * months)


def test_the_last_day_of_a_month_stays_the_last_day():
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(2024, 2, 29), 1) == date(2024, 3, 31)
    assert last_day(quarter(2024, 1)) == date(2024, 3, 31)
    assert last_day(Period(2024)) == date(2024, 12, 31)


def test_a_broken_file_is_refused_with_its_entry(tmp_path):
    text = '[[deadline]]\ncode = "x"\nwhat = "pengukuran"\nkinds = ["warung"]\nanchor = "akhir periode"\n'
    (tmp_path / "deadlines.toml").write_text(text + 'source = "s"\ncertainty = "inferred"\n')
    with pytest.raises(Refusal, match="jenis instansi tidak dikenal"):
        read_deadlines(tmp_path, date(2026, 1, 1))
    (tmp_path / "deadlines.toml").write_text("[[deadline")
    with pytest.raises(Refusal, match="bukan TOML"):
        read_deadlines(tmp_path, date(2026, 1, 1))
