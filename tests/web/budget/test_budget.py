"""The budget: absorption, the sheet of months, versions and low lines, with the questions that every page is asked."""

import pytest
from django.test import Client
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/anggaran/"
PAGES = ("", "bulanan/", "versi/", "penjelasan/", "bulanan/I.A.1/3/")


def cell(client, node="I.A.1", month=3, seen="", text="1.250.000", **more):
    return client.post(f"{AT}bulanan/sel/", {"rincian": node, "bulan": month, "terlihat": seen, "jumlah": text, **more})


def stored(node="I.A.1", month=3):
    return tables.Spending.objects.filter(agency__code=BIRO, node__code=node, year=2024, month=month).first()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_within_its_budget_of_queries(page, planner, signed_in, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        assert planner.get(AT + page).status_code == 200
    unit = signed_in(Role.TREASURER, unit="BAG-TLP", name="contoh-bendahara-unit")
    unit.get(AT)
    with django_assert_max_num_queries(12):
        assert unit.get(AT + page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_gets_404_and_a_visitor_the_door(page, signed_in, inside):
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(AT + page).status_code == 404
    assert Client().get(AT + page).status_code == 302


@pytest.mark.parametrize("page", ["", "bulanan/", "versi/"])
def test_other_methods_are_refused_and_tables_are_exported(page, planner):
    assert planner.post(AT + page).status_code == 405
    sheet = planner.get(AT + page, {"format": "xlsx"})
    assert sheet.content[:2] == b"PK"


def test_unknown_lines_and_months_are_not_found(planner):
    assert planner.get(f"{AT}bulanan/LAIN/3/").status_code == 404
    assert planner.get(f"{AT}bulanan/I.A.1/13/").status_code == 404
    assert planner.get(f"{AT}bulanan/sel/").status_code == 405
    assert cell(planner, node="LAIN").status_code == 422
    assert cell(planner, month=13).status_code == 422


def test_an_amount_is_saved_and_every_sum_above_it_comes_back(signed_in):
    treasurer = signed_in(Role.TREASURER)
    answer = cell(treasurer)
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert said["inputs"]["jumlah"] == {"text": "1.250.000", "exact": "1250000"}
    assert "Rp1.250.000" in said["words"]
    assert said["html"]["b:I:3"] == said["html"]["b:I.A:3"] == said["html"]["b::3"] == "1.250.000"
    assert said["html"]["t:I.A.1"] == "66.511.340"
    assert cell(treasurer, node="I.A.2").json()["html"]["b:I:3"] == "2.500.000"


def test_money_is_booked_at_the_lowest_level_only(planner):
    answer = cell(planner, node="I.A")
    assert answer.status_code == 422
    assert "di bawahnya" in answer.json()["words"]
    assert stored("I.A") is None


def test_two_people_are_shown_both_amounts(planner, signed_in):
    assert cell(signed_in(Role.TREASURER)).status_code == 200
    answer = cell(planner, text="2.000.000")
    assert answer.status_code == 409
    said = answer.json()
    assert (said["mine"], said["theirs"], said["by"]) == ("Rp2.000.000", "Rp1.250.000", "Contoh Treasurer")
    assert cell(planner, text="2.000.000", seen=said["stands"]["seen"]).status_code == 200
    assert stored().amount == 2_000_000


def test_an_amount_is_taken_back(planner):
    cell(planner)
    assert cell(planner, seen="1250000", text="").status_code == 200
    assert stored() is None
    assert tables.FieldChange.objects.of(BIRO, "Spending", "I.A.1 2024 3").count() == 2


def test_more_than_the_budget_is_saved_and_told(planner):
    said = cell(planner, text="900.000.000.000").json()
    assert any("melebihi pagu" in remark for remark in said["remarks"])


def test_what_is_no_amount_is_refused(planner):
    assert "banyak" in cell(planner, text="banyak").json()["words"]
    assert stored() is None


def test_who_may_not_spend_is_refused(signed_in):
    assert cell(signed_in(Role.EVALUATOR)).status_code == 403
    elsewhere = signed_in(Role.TREASURER, unit="BAG-KAJ", name="contoh-bendahara-kaj")
    assert cell(elsewhere).status_code == 403
    assert cell(elsewhere, node="IV.A.1").status_code == 200


def test_the_plain_form_saves_without_script(planner):
    at = f"{AT}bulanan/I.A.1/3/"
    assert planner.post(at, {"terlihat": "", "jumlah": "Rp1.250.000"}).status_code == 302
    assert stored().amount == 1_250_000
    wrong = planner.post(at, {"terlihat": "1250000", "jumlah": "entah"})
    assert wrong.status_code == 422
    clash = planner.post(at, {"terlihat": "", "jumlah": "5"})
    assert clash.status_code == 409
    assert "1250000" in clash.content.decode()


def test_absorption_stands_beside_the_plan(planner):
    page = planner.get(AT, {"bulan": "6"})
    assert page.context["planned"] == "40%"
    assert page.context["total"]["behind"] is True
    december = planner.get(AT)
    assert december.context["month"] == 12


def test_versions_stand_side_by_side_with_their_differences(planner):
    agency = tables.Agency.objects.get(code=BIRO)
    first = tables.BudgetVersion.objects.create(agency=agency, code="MURNI", year=2024, name="APBD murni", order=0)
    node = tables.Node.objects.get(agency=agency, code="I.A.1")
    tables.BudgetLine.objects.create(
        agency=agency, version=first, year=2024, node=node, amount=50_000_000, source="APBD"
    )
    page = planner.get(f"{AT}versi/", {"hanya": "berubah"})
    rows = {row["node"].code: row["cells"] for row in page.context["rows"]}
    assert rows["I.A.1"][0]["amount"] == "Rp50.000.000"
    assert rows["I.A.1"][1]["delta"]["direction"] == "naik"


def test_a_low_line_is_explained_and_printed_in_the_report(signed_in):
    tables.Spending.objects.filter(agency__code=BIRO, node__code="I.A.1").update(amount=1_000)
    treasurer = signed_in(Role.TREASURER)
    page = treasurer.get(f"{AT}penjelasan/")
    before = next(row for row in page.context["rows"] if row["node"].code == "I.A.1")
    assert not before["words"], "the sample explains the low lines of its own, and this is not one of them"
    told = tables.Narrative.objects.filter(agency__code=BIRO, year=2024, section="penyerapan_rendah")
    held = set(told.values_list("pk", flat=True))
    assert treasurer.post(f"{AT}penjelasan/", {"rincian": "I.A.1", "penjelasan": "Sisa lelang."}).status_code == 302
    narrative = told.exclude(pk__in=held).get()
    assert narrative.text.endswith(": Sisa lelang.")
    rows = treasurer.get(f"{AT}penjelasan/").context["rows"]
    assert next(row for row in rows if row["node"].code == "I.A.1")["words"]
    reader = signed_in(Role.EVALUATOR)
    assert reader.post(f"{AT}penjelasan/", {"rincian": "I.A.1", "penjelasan": "x"}).status_code == 403


def test_a_new_version_beside_others_begins_as_a_copy_because_an_empty_one_would_take_the_place_of_all(planner):
    page = planner.get(f"{AT}versi/").content.decode()
    way = f"/i/{BIRO}/2024/perencanaan/anggaran/?baru=1"
    assert f'href="{way}"' in page
    assert 'id="versi-baru" data-open' in planner.get(way).content.decode()
