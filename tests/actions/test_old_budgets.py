"""Budgets and spending of old reports: of which programme, taken over with their page as source, never over what stands."""

import pytest
from tests.actions.test_history_readings import REPORT, REPORTER, case, inside  # noqa: F401
from tests.web.conftest import BIRO, samples  # noqa: F401

from selaras.actions import history_readings
from selaras.core.errors import Conflict, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.models.work import ReadingState
from selaras.store.old_budgets import BUDGET, SPENT, standing_amounts

PROGRAMME, LEAF = "Program Penataan Organisasi", "IV.A.1"
PAST = 2021
"""A year of which the agency has no budget stored."""


def amount(case, role, *, year=None, wording=PROGRAMME):  # noqa: F811
    row = case.readings.get(role=role, wording=wording)
    row.year = year or row.year
    row.save()
    return row


def take(row, **more):
    return history_readings.take_figure(REPORTER, agency=BIRO, reading=row.pk, **more)


def test_the_amounts_of_programmes_wait_with_the_programme_that_they_are_of(case):  # noqa: F811
    row = amount(case, BUDGET)
    assert (row.read, row.year, row.unit, row.state) == ("1.000.000.000", 2024, "Rp", "menunggu")
    assert (row.node.code, row.suggested) == ("IV", None)
    assert row.place["places"][0]["quote"] == "1.000.000.000"
    assert amount(case, SPENT).read == "950.000.000"


def test_totals_are_not_taken_over(case):  # noqa: F811
    assert not case.readings.filter(wording="Jumlah").exists()


def test_a_confirmed_budget_becomes_a_line_of_a_version_of_its_year(case):  # noqa: F811
    row = take(amount(case, BUDGET, year=PAST), node=LEAF)
    assert (row.state, row.settled, row.node.code) == (ReadingState.CONFIRMED.value, "1.000.000.000", LEAF)
    line = tables.BudgetLine.objects.get(agency__code=BIRO, year=PAST)
    assert (line.node.code, line.amount, line.source, line.version.code) == (LEAF, 1_000_000_000, "APBD", "LAPORAN")
    change = tables.FieldChange.objects.get(kind="BudgetLine", agency=BIRO, actor="Penyusun Contoh")
    assert "LKj 2024" in change.reason
    assert "Tabel 3.2" in change.reason


def test_a_second_amount_of_the_year_goes_into_the_same_version(case):  # noqa: F811
    take(amount(case, BUDGET, year=PAST), node=LEAF)
    take(amount(case, BUDGET, year=PAST, wording="Program Penunjang"), node="IV.A.2", fund="APBN")
    lines = tables.BudgetLine.objects.filter(agency__code=BIRO, year=PAST)
    assert {(line.version.code, line.source) for line in lines} == {("LAPORAN", "APBD"), ("LAPORAN", "APBN")}


def test_spending_of_a_year_is_booked_on_december(case):  # noqa: F811
    row = take(amount(case, SPENT, year=PAST), node=LEAF, value="950.000.001")
    assert (row.state, row.settled) == (ReadingState.CORRECTED.value, "950.000.001")
    spent = tables.Spending.objects.get(agency__code=BIRO, year=PAST)
    assert (spent.node.code, spent.month, spent.amount) == (LEAF, 12, 950_000_001)


@pytest.mark.parametrize("role", [BUDGET, SPENT])
def test_another_stored_amount_is_a_conflict_until_the_person_decides(case, role):  # noqa: F811
    take(amount(case, role, year=PAST), node=LEAF, value="700.000.000")
    other = amount(case, role, year=PAST, wording="Program Penunjang")
    with pytest.raises(Conflict) as clash:
        take(other, node=LEAF, value="800.000.000")
    assert (clash.value.clashes[0].stands, clash.value.clashes[0].given) == ("700.000.000", "800.000.000")
    take(other, node=LEAF, value="800.000.000", overwrite=True)
    stored = tables.BudgetLine if role == BUDGET else tables.Spending
    assert stored.objects.get(agency__code=BIRO, year=PAST).amount == 800_000_000


def test_a_sum_of_finer_amounts_is_held_against_them_and_never_written(case):  # noqa: F811
    row = amount(case, BUDGET)
    with pytest.raises(Refusal, match="tidak dapat ditetapkan"):
        take(row, overwrite=True)
    total = standing_amounts(case.agency_id, [(row.node_id, "IV", 2024)])[BUDGET, "IV", 2024]
    before = tables.BudgetLine.objects.count()
    assert take(row, value=total.told).state == ReadingState.CORRECTED.value
    assert tables.BudgetLine.objects.count() == before


def test_an_amount_of_nothing_known_asks_for_its_programme(case):  # noqa: F811
    row = amount(case, SPENT, year=PAST)
    row.node = None
    row.save()
    with pytest.raises(Refusal, match="belum dipilih"):
        take(row)
    with pytest.raises(NotFound):
        take(row, node="TIADA")
    _, left = history_readings.take_figures(REPORTER, agency=BIRO, case=case.pk, readings=[row.pk])
    assert "belum dikenali" in left[0].message


def test_a_source_of_money_that_does_not_exist_is_not_found(case):  # noqa: F811
    with pytest.raises(NotFound, match="Sumber dana"):
        take(amount(case, BUDGET, year=PAST), node=LEAF, fund="Kas")
