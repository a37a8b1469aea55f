"""The years of an agency: which have begun, who begins a new one, and what goes along."""

import pytest
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/organisasi/tahun/"


def rows(answer):
    return {row.year: row.begun for row in answer.context["rows"]}


def test_the_page_says_which_years_have_begun(planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        answer = planner.get(AT)
    found = rows(answer)
    assert found[2024]
    assert not all(found.values())
    content = {row.year: row.content for row in answer.context["rows"]}[2024]
    assert min(content.targets, content.budgets, content.agreements, content.values) > 0
    assert answer.context["offered"] == 2025


def test_a_year_is_begun_with_the_plan_copied_forward(planner):
    before = tables.Target.objects.filter(agency__code=BIRO, year=2024, document="RKT", span="tahun").count()
    answer = planner.post(AT, {"year": "2025", "copy": "on"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/i/{BIRO}/2025/perencanaan/rkt/"
    assert "Tahun 2025 dimulai." in answer.content.decode()
    made = tables.ReportSettings.objects.get(agency__code=BIRO, year=2025)
    old = tables.ReportSettings.objects.get(agency__code=BIRO, year=2024)
    assert (made.outline, made.scale, made.signatory, made.signed_on) == (old.outline, old.scale, old.signatory, None)
    assert tables.Target.objects.filter(agency__code=BIRO, year=2025, document="RKT", span="tahun").count() == before
    change = tables.FieldChange.objects.filter(kind="Target", key__contains="2025").first()
    assert change.reason in {"disalin dari Renstra", "disalin dari RKT 2024"}
    assert rows(planner.get(AT))[2025]
    again = planner.post(AT, {"year": "2025"})
    assert again.status_code == 422
    assert "sudah dimulai" in again.content.decode()


def test_a_year_may_begin_empty(planner):
    answer = planner.post(AT, {"year": "2025"})
    assert answer["Location"] == f"/i/{BIRO}/2025/beranda/"
    assert not tables.Target.objects.filter(agency__code=BIRO, year=2025, document="RKT").exists()


@pytest.mark.parametrize("year", ["", "1800", "9999", "dua ribu"])
def test_what_is_no_year_is_refused_in_the_form(planner, year):
    assert planner.post(AT, {"year": year}).status_code == 422


def test_who_may_only_look_sees_the_years_and_begins_none(signed_in):
    owner = signed_in(Role.OWNER)
    page = owner.get(AT)
    assert page.status_code == 200
    assert "Mulai tahun baru" not in page.content.decode()
    assert owner.post(AT, {"year": "2025"}).status_code == 403
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").post(AT, {"year": "2025"}).status_code == 404
    assert not tables.ReportSettings.objects.filter(agency__code=BIRO, year=2025).exists()


def test_the_chooser_marks_years_that_have_not_begun_and_home_offers_to_begin(planner):
    page = planner.get(f"/i/{BIRO}/2025/beranda/").content.decode()
    assert "Tahun 2025 belum dimulai" in page
    assert f"/i/{BIRO}/2025/organisasi/tahun/?mulai=2025" in page
    assert "belum dimulai</small>" in page
    assert "belum dimulai</h" not in planner.get(f"/i/{BIRO}/2024/beranda/").content.decode()
