"""Reading SKPs: few queries however many people, reports without ratings, the matrix as each person may see it."""

import pytest
from tests.actions.staffed import CODE, STAFF, agreed, filled
from tests.store.example import YEAR

from selaras.core.people.alignment import AlignCode
from selaras.core.people.ratings import Rating
from selaras.core.period import Period, Span, quarter
from selaras.store import models as tables
from selaras.store import people_parts
from selaras.store.people import plan_of, realisations_of
from selaras.store.people_matrix import matrix_of
from selaras.store.people_organisation import organisation_of
from selaras.store.people_parts import alignment_part, cascade_part, unit_counts, unplanned, unplanned_part
from selaras.store.people_reports import alignment_of, cascade_of, distribution_of
from selaras.store.people_team import my_plans, subordinates

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    found = filled()
    agreed(found)
    return found


def many(number, *, rated=0):
    """So many more employees of the unit with an SKP under the secretary, some of them rated."""
    agency = tables.Agency.objects.get(code=CODE)
    unit, position = tables.Unit.objects.get(code="SEK"), tables.Position.objects.get(code="ANALIS")
    people = tables.Employee.objects.bulk_create(
        tables.Employee(
            agency=agency, code=f"X-{at}", name=f"Pegawai {at:05}", group="Staf", status="PNS", sex="L", education="S1", unit=unit
        )
        for at in range(number)
    )  # fmt: skip
    plans = tables.SkpPlan.objects.bulk_create(
        tables.SkpPlan(
            agency=agency, code=f"S-{at}", year=YEAR, position=position, employee=person, form="JA dan JF",
            assessor=position.superior, method="kuantitatif", since=f"{YEAR}-01-01", until=f"{YEAR}-12-31",
            capacity="definitif", cycle="triwulan", unit="SEK", state="dinilai",
        )
        for at, person in enumerate(people)
    )  # fmt: skip
    tables.SkpAssessment.objects.bulk_create(
        tables.SkpAssessment(
            plan=plan, year=YEAR, span="tahun", index=1, results=Rating.ABOVE, behaviour=Rating.AS_EXPECTED,
            assessor="SEKRETARIS", on=f"{YEAR}-12-31",
        )
        for plan in plans[:rated]
    )  # fmt: skip
    return plans


def test_lists_and_files_take_few_queries_however_many_people_there_are(who, django_assert_max_num_queries):
    many(300, rated=300)
    with django_assert_max_num_queries(7):
        below = subordinates(who["sekretaris"], CODE, YEAR)
    assert len(below) == 303
    with django_assert_max_num_queries(4):
        my_plans(who["pegawai"], CODE, YEAR)
    with django_assert_max_num_queries(4):
        file = plan_of(who["pegawai"], CODE, STAFF)
    with django_assert_max_num_queries(1):
        realisations_of(CODE, file, Period(YEAR))
    with django_assert_max_num_queries(6):
        matrix_of(who["sekretaris"], CODE, "SKP-SEKRETARIS")
    with django_assert_max_num_queries(7):
        distribution_of(who["leader"], CODE, YEAR)
    with django_assert_max_num_queries(4):
        alignment_of(CODE, YEAR)
    with django_assert_max_num_queries(2):
        cascade_of(CODE, YEAR)


def test_a_member_sees_only_the_own_row_of_the_matrix(who):
    from selaras.actions.people_matrix import set_member
    from selaras.core.people.matrix import TeamRole

    set_member(who["sekretaris"], agency=CODE, leader="SKP-SEKRETARIS", employee="P-2", role=TeamRole.GROUP_HEAD)
    assert len(matrix_of(who["sekretaris"], CODE, "SKP-SEKRETARIS").matrix.members) == 2
    own = matrix_of(who["pegawai"], CODE, "SKP-SEKRETARIS")
    assert ([item.employee for item in own.matrix.members], len(own.matrix.cells)) == (["P-1"], 1)


def test_the_chain_tells_who_has_no_parent_and_what_nobody_carries(who):
    found = {item.code for item in alignment_of(CODE, YEAR).findings}
    assert {AlignCode.CARRIED, AlignCode.PARENT} <= found  # the secretary's own row stands under nobody
    strands = cascade_of(CODE, YEAR).strands
    [top] = [strand for strand in strands if strand.plan.code == "SKP-SEKRETARIS"]
    assert [(item.plan.code, item.depth) for item in top.walk()] == [("SKP-SEKRETARIS", 0), (STAFF, 1)]
    assert not any("Contoh" in title for title in cascade_of(CODE, YEAR).titles.values())


def parts_of_report(size):
    """Every line of the report, out of its pages."""
    found = []
    for unit in unit_counts(CODE, YEAR):
        first = alignment_part(CODE, YEAR, unit.unit)
        pages = [first, *(alignment_part(CODE, YEAR, unit.unit, at) for at in range(2, first.pages + 1))]
        assert all(part.total == unit.plans and part.end - part.start < size for part in pages)
        found += [row for part in pages for row in part.report.table]
    return found + list(unplanned_part(CODE, YEAR).report.table)


@pytest.mark.parametrize("size", [1, 2, 25])
def test_the_pages_of_the_report_hold_the_lines_of_the_whole(who, monkeypatch, size):
    monkeypatch.setattr(people_parts, "PLANS", size)
    # a successor of the head in mid-year under the same agreement, and two employees whose rows hang in the air
    many(2)
    head = tables.SkpPlan.objects.get(code=f"SKP-{YEAR}-KEPALA")
    successor = tables.SkpPlan.objects.get(pk=head.pk)
    successor.pk, successor.code, successor.since = None, "SKP-PENGGANTI", f"{YEAR}-07-01"
    successor.save()
    for at, plan in enumerate(tables.SkpPlan.objects.filter(code__startswith="S-")):
        tables.SkpRow.objects.create(
            plan=plan,
            order=1,
            section="utama",
            result=f"Laporan {at}",
            measure="Jumlah laporan",
            origin="isian sendiri",
        )
    whole = alignment_of(CODE, YEAR).table

    def key(row):
        return (row.line and (row.line.agreement, row.line.order), row.row and row.row.key, row.below, row.findings)

    assert sorted(map(str, map(key, parts_of_report(size)))) == sorted(map(str, map(key, whole)))
    assert {unit.unit: unit.orphans for unit in unit_counts(CODE, YEAR)}["SEK"] == 3


def test_an_agreement_without_any_skp_stands_on_a_page_of_its_own(who):
    tables.SkpPlan.objects.filter(position__code="KEPALA").delete()
    assert unplanned(CODE, YEAR) == 1
    assert [row.line.order for row in unplanned_part(CODE, YEAR).report.table] == [1, 2]
    assert {item.code for item in unplanned_part(CODE, YEAR).report.findings} >= {AlignCode.NO_PLAN}


def test_the_pages_of_the_cascade_hold_two_levels_and_count_what_is_below(who, monkeypatch):
    top = cascade_part(CODE, YEAR)
    assert [strand.row.key for strand in top.strands] == [strand.row.key for strand in cascade_of(CODE, YEAR).strands]
    [secretary] = [strand for strand in top.strands if strand.plan.code == "SKP-SEKRETARIS"]
    assert (top.carried[secretary.row.key], [item.plan.code for item in secretary.below]) == (1, [STAFF])
    below = cascade_part(CODE, YEAR, "SEKRETARIS", 1)
    assert [strand.plan.code for strand in below.strands] == [STAFF]
    monkeypatch.setattr(people_parts, "TOPS", 1)
    assert [cascade_part(CODE, YEAR, page=at).strands[0].row.key for at in range(1, top.total + 1)] == [
        strand.row.key for strand in top.strands
    ]


def test_pages_of_the_reports_take_few_queries_however_many_people_there_are(who, django_assert_max_num_queries):
    many(120)
    with django_assert_max_num_queries(3):
        unit_counts(CODE, YEAR)
    with django_assert_max_num_queries(7):
        assert alignment_part(CODE, YEAR, "SEK", 2).total == 122
    with django_assert_max_num_queries(6):
        cascade_part(CODE, YEAR)


def test_counts_are_told_by_unit_with_what_so_many_people_can_fulfil(who):
    from selaras.actions.people_organisation import decide_organisation
    from selaras.core.people.ratings import OrganisationPredicate

    many(12, rated=12)
    decide_organisation(
        who["kepala"], agency=CODE, period=Period(YEAR), unit="SEK", predicate=OrganisationPredicate.GOOD,
        decider="KEPALA", reason="Layanan membaik.",
    )  # fmt: skip
    [line] = distribution_of(who["leader"], CODE, YEAR, "SEK")
    assert (line.counts, line.people, line.organisation) == ((0, 12, 0, 0, 0), 14, OrganisationPredicate.GOOD)
    assert not line.judgement.fair
    assert any("12 dari 12 orang" in finding.message for finding in line.judgement.findings)


def test_few_people_of_a_unit_are_counted_with_the_unit_above(who):
    plans = many(5, rated=5)
    tables.SkpPlan.objects.filter(pk__in=[plan.pk for plan in plans[:3]]).update(unit="DINAS")
    lines = {line.unit: line for line in distribution_of(who["leader"], CODE, YEAR)}
    assert (lines["SEK"].counts, lines["DINAS"].counts, lines["DINAS"].joined) == (None, (0, 5, 0, 0, 0), 2)


def test_a_plan_stands_under_the_predicate_of_the_nearest_unit_above(who):
    from selaras.core.people.ratings import OrganisationPredicate
    from selaras.store.people_unit import unit_predicate

    agency = tables.Agency.objects.get(code=CODE)
    plan = plan_of(who["pegawai"], CODE, STAFF).plan
    assert (plan.unit, unit_predicate(agency.pk, plan)) == ("SEK", None)
    decider = tables.Position.objects.get(agency=agency, code="SEKDA")
    for unit, predicate in ((None, OrganisationPredicate.POOR), ("DINAS", OrganisationPredicate.GOOD)):
        tables.OrganisationDecision.objects.create(
            agency=agency, unit=tables.Unit.objects.filter(agency=agency, code=unit).first(), year=YEAR, span="tahun",
            index=1, predicate=predicate.value, decider=decider, decider_name="Contoh Sekda", on=f"{YEAR}-12-31",
        )  # fmt: skip
        assert unit_predicate(agency.pk, plan) is predicate
    assert unit_predicate(agency.pk, plan, quarter(YEAR, 1)) is None


def test_a_chair_that_nobody_holds_is_no_person_without_a_plan(who):
    def chairs():
        return {item.who.position for item in subordinates(who["kepala"], CODE, YEAR + 1) if item.who.position}

    assert chairs() == {"SEKRETARIS"}
    tables.Tenure.objects.filter(position__code="SEKRETARIS").delete()
    assert chairs() == set()


def test_the_facts_of_a_unit_are_those_of_its_indicators(who):
    view = organisation_of(CODE, Period(YEAR), "DINAS", Rating.AS_EXPECTED)
    assert (view.facts.total, view.facts.met, view.facts.unmeasured) == (2, 1, 1)
    assert organisation_of(CODE, quarter(YEAR, 1), "SEK").facts.total == 0
    assert organisation_of(CODE, Period(YEAR, Span.YEAR)).head == "KEPALA"
