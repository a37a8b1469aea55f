"""Every kind of record as list and form, with the questions that every page is asked."""

import io

import pytest
from django.test import Client

from selaras.core.access import Role
from selaras.core.org import Unit
from selaras.store import models as tables
from selaras.web.records.views import BY_SLUG
from tests.web.conftest import BIRO, KPU

AT = f"/i/{BIRO}/2024/data/"


@pytest.mark.parametrize("kind", list(BY_SLUG))
def test_every_kind_has_a_list_a_form_and_a_history(kind, planner, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = planner.get(f"{AT}{kind}/")
    assert page.status_code == 200
    assert planner.get(f"{AT}{kind}/baru/").status_code == 200
    lines = page.context["lines"]
    if lines:
        with django_assert_max_num_queries(14):
            assert planner.get(f"{AT}{kind}/{lines[0].row}/").status_code == 200
        assert planner.get(f"{AT}{kind}/{lines[0].row}/riwayat/").status_code == 200
        sheet = planner.get(f"{AT}{kind}/?format=xlsx")
        assert sheet.content[:2] == b"PK"


def test_a_stranger_gets_404_and_somebody_not_signed_in_the_door(signed_in, inside):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(f"{AT}unit/").status_code == 404
    away = Client().get(f"{AT}unit/")
    assert away.status_code == 302
    assert away["Location"].startswith("/akun/login/")


def test_an_unknown_kind_row_or_method_is_refused(planner):
    assert planner.get(f"{AT}entah/").status_code == 404
    assert planner.get(f"{AT}unit/999999/").status_code == 404
    assert planner.post(f"{AT}unit/").status_code == 405


def test_a_row_of_another_agency_is_not_found(planner):
    foreign = tables.Unit.objects.filter(agency__code=KPU).first()
    assert planner.get(f"{AT}unit/{foreign.pk}/").status_code == 404


def test_a_new_unit_is_saved_and_shown(planner):
    given = {"code": "BARU", "name": "Subbagian Contoh", "kind": "unit"}
    answer = planner.post(f"{AT}unit/baru/", given)
    assert answer.status_code == 302
    assert tables.Unit.objects.get(agency__code=BIRO, code="BARU").name == "Subbagian Contoh"
    assert "Subbagian Contoh" in planner.get(answer["Location"] + "?cari=subbagian contoh").content.decode()


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(planner):
    answer = planner.post(f"{AT}unit/baru/", {"code": "BARU", "name": "", "kind": "unit", "since": "kapan-kapan"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "since"}
    assert not tables.Unit.objects.filter(code="BARU").exists()


def opened(client, unit):
    form = client.get(f"{AT}unit/{unit.pk}/").context["form"]
    return {name: form[name].value() or "" for name in form.fields} | dict(form.opened)


def test_two_people_who_edit_the_same_value_are_both_shown(signed_in, planner):
    unit = tables.Unit.objects.filter(agency__code=BIRO).first()
    other = signed_in(Role.STAFFING)
    mine, theirs = opened(planner, unit), opened(other, unit)
    assert other.post(f"{AT}unit/{unit.pk}/", theirs | {"name": "Nama dari kepegawaian"}).status_code == 302
    clash = planner.post(f"{AT}unit/{unit.pk}/", mine | {"name": "Nama dari perencana"})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Nama dari kepegawaian" in page
    assert "Nama dari perencana" in page
    again = dict(clash.context["form"].opened)
    assert planner.post(f"{AT}unit/{unit.pk}/", mine | {"name": "Nama dari perencana"} | again).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Nama dari perencana"
    changes = tables.FieldChange.objects.of(BIRO, Unit.__name__, unit.code)
    assert [change.actor for change in changes] == ["Contoh Planner", "Contoh Staffing"]


def test_who_may_only_look_cannot_save(signed_in):
    reader = signed_in(Role.EVALUATOR)
    unit = tables.Unit.objects.filter(agency__code=BIRO).first()
    given = opened(reader, unit) | {"name": "Lain"}
    assert reader.post(f"{AT}unit/{unit.pk}/", given).status_code == 403
    assert tables.AuditRecord.objects.last().details["refused"].startswith("Contoh Evaluator tidak berhak")


def test_a_new_budget_version_begins_with_its_year(planner):
    assert planner.get(f"{AT}versianggaran/baru/").context["form"].initial["year"] == "2024"


@pytest.mark.parametrize(
    ("node", "level"), [("S1", "indikator sasaran"), ("I", "indikator program"), ("TIDAK-ADA", "")]
)
def test_a_new_indicator_has_the_level_of_the_node_it_hangs_on(node, level, planner):
    page = planner.get(f"{AT}indikator/baru/", {"node": node})
    assert page.context["form"].initial.get("level", "") == level


@pytest.mark.parametrize("kind", list(BY_SLUG))
def test_no_form_speaks_of_the_sheets_of_the_workbook(kind, planner):
    page = planner.get(f"{AT}{kind}/baru/")
    names = [f"lembar {sheet.name}" for sheet in BY_SLUG.values()]
    assert [name for name in names if name in page.content.decode()] == []


def test_a_fault_about_a_code_names_the_list_and_not_the_sheet(planner):
    given = {"code": "BARU-2", "name": "Subbagian Contoh", "kind": "unit", "parent": "ENTAH"}
    page = planner.post(f"{AT}unit/baru/", given)
    assert page.status_code == 422
    assert "lembar Unit" not in page.content.decode()
    assert "daftar unit kerja" in page.content.decode()


def test_a_period_stands_in_two_columns_and_amounts_are_numbers(planner):
    openpyxl = pytest.importorskip("openpyxl")
    first = planner.get(f"{AT}realisasi/").context["lines"][0].cells
    assert (first[1], first[2]) == ("2020", "Tahun")
    book = openpyxl.load_workbook(io.BytesIO(planner.get(f"{AT}anggaran/?format=xlsx").content))
    amount = book.active["E2"]
    assert (amount.data_type, amount.number_format) == ("n", "#,##0")
    assert book.active["B2"].number_format == "General", "a year bears no dots"
