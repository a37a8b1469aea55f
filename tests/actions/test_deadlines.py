"""Deadlines: set, taken over as proposed, never over somebody else's day."""

from datetime import date

import pytest
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill

from selaras.actions.deadlines import adopt_deadlines, set_deadlines
from selaras.core.access import Role, acting
from selaras.core.deadlines import Matter, Slot
from selaras.core.errors import Conflict, NotAllowed, Refusal
from selaras.core.org import AgencyKind
from selaras.store.duties import dues_of
from selaras.store.models import Agency, AuditRecord, Deadline, FieldChange

pytestmark = pytest.mark.django_db
BY = acting("Contoh Perencana", {Role.PLANNER}, {AGENCY.code})
REPORT, AGREEMENT = Slot(Matter.REPORT.value), Slot(Matter.AGREEMENT.value)
FEBRUARY, MARCH = date(YEAR + 1, 2, 14), date(YEAR + 1, 3, 1)


@pytest.fixture(autouse=True)
def agency():
    fill(records())


def put(days, **more):
    return set_deadlines(BY, agency=AGENCY.code, year=YEAR, days=days, **more)


def dues():
    found = Agency.objects.get()
    return dues_of(found.pk, AgencyKind(found.kind), YEAR)


def test_an_own_day_counts_until_it_is_taken_away():
    assert put({REPORT: FEBRUARY}) == 1
    assert dues()[REPORT].day == FEBRUARY
    assert put({REPORT: FEBRUARY}) == 0
    assert put({REPORT: None}) == 1
    assert dues()[REPORT].own is None
    assert [change.after for change in FieldChange.objects.of(AGENCY.code, "Deadline")] == [
        "",
        f"14 Februari {YEAR + 1}",
    ]


def test_taking_over_the_proposals_keeps_own_days():
    put({REPORT: FEBRUARY})
    count = adopt_deadlines(BY, agency=AGENCY.code, year=YEAR)
    assert count == len(dues()) - 1
    assert dues()[REPORT].own == FEBRUARY
    assert all(due.own for due in dues().values())
    assert adopt_deadlines(BY, agency=AGENCY.code, year=YEAR) == 0


def test_a_day_that_somebody_else_changed_is_a_conflict_and_an_untouched_one_is_left_alone():
    put({REPORT: FEBRUARY})
    with pytest.raises(Conflict):
        put({REPORT: MARCH}, seen={REPORT: None})
    assert put({REPORT: None, AGREEMENT: date(YEAR, 1, 20)}, seen={REPORT: None, AGREEMENT: None}) == 1
    assert dues()[REPORT].day == FEBRUARY


def test_a_day_far_from_the_year_or_an_unknown_matter_is_refused():
    with pytest.raises(Refusal):
        put({REPORT: date(YEAR + 9, 1, 1)})
    with pytest.raises(Refusal):
        put({Slot("makan siang"): FEBRUARY})
    assert not Deadline.objects.exists()


def test_only_who_configures_the_agency_may():
    with pytest.raises(NotAllowed):
        set_deadlines(
            acting("Contoh", {Role.OWNER}, {AGENCY.code}), agency=AGENCY.code, year=YEAR, days={REPORT: FEBRUARY}
        )
    assert "refused" in AuditRecord.objects.last().details
