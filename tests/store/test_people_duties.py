"""Steps on SKPs that wait for one person, out of the database by one query, and only on files that the person reads."""

from datetime import date

import pytest
from tests.actions.staffed import CODE, HEAD, STAFF, agreed, filled, staff_plan
from tests.store.example import YEAR

from selaras.actions import people_agreeing, people_objection, people_rating
from selaras.core.access import Role, acting
from selaras.core.duties import Work
from selaras.core.people.ratings import Rating
from selaras.core.period import Period
from selaras.store import models as tables
from selaras.store.people_duties import people_items, readable_plans

pytestmark = pytest.mark.django_db
TODAY = date(YEAR + 1, 1, 10)


@pytest.fixture
def who():
    return filled()


def work(actor, today=TODAY):
    return [(item.work, item.key) for item in people_items(actor, CODE, YEAR, today)]


def test_each_step_waits_for_the_one_whose_turn_it_is(who):
    staff_plan(who)
    assert work(who["pegawai"]) == [(Work.FILL_SKP, STAFF)]
    people_agreeing.propose(who["pegawai"], agency=CODE, code=STAFF)
    assert (Work.AGREE_SKP, STAFF) in work(who["sekretaris"])
    assert work(who["pegawai"]) == []
    people_agreeing.agree(who["sekretaris"], agency=CODE, code=STAFF)
    assert (Work.RATE_SKP, STAFF) in work(who["sekretaris"])
    people_rating.assess(
        who["sekretaris"], agency=CODE, code=STAFF, period=Period(YEAR), results=Rating.AS_EXPECTED,
        behaviour=Rating.AS_EXPECTED, reason="Sesuai bukti.",
    )  # fmt: skip
    assert work(who["pegawai"]) == [(Work.ANSWER_RATING, STAFF)]
    assert (Work.DECIDE_OBJECTION, STAFF) not in work(who["kepala"])
    people_objection.file_objection(who["pegawai"], agency=CODE, code=STAFF, reason="Ada laporan yang terlewat.")
    assert (Work.DECIDE_OBJECTION, STAFF) in work(who["kepala"])
    assert not any(key == STAFF for name in ("rekan", "sekda", "sekretaris") for _, key in work(who[name]))


def test_it_takes_one_query_and_none_for_who_can_have_no_plan(who, django_assert_num_queries):
    agreed(who)
    with django_assert_num_queries(1):
        people_items(who["sekretaris"], CODE, YEAR, TODAY)
    with django_assert_num_queries(0):
        assert people_items(who["planner"], CODE, YEAR, TODAY) == ()
        assert people_items(acting("Contoh", {Role.READER}, {CODE}), CODE, YEAR, TODAY) == ()


def test_a_search_reads_the_same_files_as_the_pages(who):
    agreed(who)

    def found(name):
        return set(tables.SkpPlan.objects.filter(readable_plans(who[name])).values_list("code", flat=True))

    assert found("pegawai") == {STAFF}
    assert found("rekan") == found("administrator") == found("staffing") == set()
    assert found("sekretaris") == {STAFF, "SKP-SEKRETARIS"}
    assert found("kepala") == {HEAD, "SKP-SEKRETARIS"}
