"""The pages of the organisation, with the questions that every page is asked, and what they must not show."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/organisasi/"
AT_KPU = f"/i/{KPU}/2022/organisasi/"
PAGES = [
    "", "?gambar=jabatan", "?cari=bagian", "unit/BIRO/", "jabatan/", "jabatan/?keadaan=lowong", "jabatan/KABIRO/",
    "pegawai/", "pemeriksaan/", "jabatan/?format=xlsx", "pegawai/?format=xlsx",
]  # fmt: skip
NIP = "199001012015041001"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_within_its_queries(page, planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        assert planner.get(AT + page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_nothing_and_a_visitor_the_door(page, signed_in, inside):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(AT + page).status_code == 404
    assert Client().get(AT + page)["Location"].startswith("/akun/login/")


def test_a_bad_code_and_a_wrong_method_are_refused(planner):
    for page in ("unit/ENTAH/", "jabatan/ENTAH/", "ubah/unit/ENTAH/", "ubah/entah/BIRO/", "unit/SET/"):
        assert planner.get(AT + page).status_code == 404
    for page in ("", "jabatan/", "pegawai/", "pemeriksaan/"):
        assert planner.post(AT + page).status_code == 405


def test_who_holds_no_role_inside_may_not_look(signed_in):
    assert signed_in(Role.READER).get(AT).status_code == 403


def test_the_chart_shows_both_kinds_of_lines_and_the_same_as_a_list(signed_in):
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    page = planner.get(AT_KPU).content.decode()
    assert 'class="edge edge-cross"' in page
    assert 'class="edge"' in page
    assert "Garis putus-putus: garis koordinasi" in page
    assert 'role="tree"' in page


def test_search_finds_units_positions_holders_and_employees(signed_in):
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    hits = planner.get(AT_KPU + "?cari=keuangan").context["hits"]
    assert {hit["kind"] for hit in hits} == {"Unit", "Jabatan", "Pegawai"}
    assert planner.get(AT_KPU + "?cari=tidak ada ini").context["hits"] == []


def test_the_counts_are_those_of_the_report(signed_in):
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    page = planner.get(AT_KPU + "pegawai/")
    assert page.context["education"].whole == 24
    assert page.context["sexes"].totals == (17, 7)
    assert [row[0].name for row in planner.get(AT_KPU + "pegawai/?cari=pemilu&status=PNS").context["rows"]]


def employee():
    row = tables.Employee.objects.filter(agency__code=KPU).order_by("order").first()
    tables.Employee.objects.filter(pk=row.pk).update(nip=NIP)
    return row


def test_a_nip_is_masked_except_for_those_who_keep_the_register(signed_in, inside):
    row = employee()
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    for page in ("pegawai/", f"unit/{row.unit.code}/"):
        text = planner.get(AT_KPU + page).content.decode()
        assert NIP not in text.replace(" ", "")
        assert "•••••••••••••••001" in text
    keeper = signed_in(Role.STAFFING, agency=KPU, name="contoh-pegawai")
    assert "19900101 201504 1 001" in keeper.get(AT_KPU + "pegawai/").content.decode()


def cells(answer):
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return {str(cell.value) for line in sheet for cell in line}


def test_the_exported_register_masks_too(signed_in, inside):
    employee()
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    found = cells(planner.get(AT_KPU + "pegawai/?format=xlsx"))
    assert not any(NIP in text.replace(" ", "") for text in found)
    keeper = signed_in(Role.STAFFING, agency=KPU, name="contoh-pegawai")
    assert "19900101 201504 1 001" in cells(keeper.get(AT_KPU + "pegawai/?format=xlsx"))


def test_who_may_not_export_gets_403(signed_in):
    assert signed_in(Role.SERVICE).get(AT + "pegawai/?format=xlsx").status_code == 403


def test_the_life_of_a_position_shows_gaps_and_double_holders(planner):
    position = tables.Position.objects.get(agency__code=BIRO, code="KABAG-KAJ")
    held = tables.Tenure.objects.get(position=position)
    tables.Tenure.objects.filter(pk=held.pk).update(since=date(2024, 3, 1))
    for name, since, until in (
        ("Contoh Lama", date(2022, 1, 1), date(2023, 12, 31)),
        ("Contoh Ganda", date(2024, 6, 1), None),
    ):
        tables.Tenure.objects.create(
            agency=position.agency, position=position, name=name, capacity="definitif", since=since, until=until
        )
    page = planner.get(AT + "jabatan/KABAG-KAJ/")
    life = page.context["life"]
    assert [one["name"] for one in life] == ["Contoh Ganda", held.name, "lowong", "Contoh Lama"]
    assert [one["clash"] for one in life] == [True, True, False, False]
    assert "tumpang tindih" in page.content.decode()
    assert planner.get(AT + "jabatan/?keadaan=ganda").context["rows"][0]["code"] == "KABAG-KAJ"
    codes = {finding.code for finding in planner.get(AT + "pemeriksaan/").context["findings"]}
    assert "ORG-OVERLAP" in codes


def test_a_vacant_position_is_told(signed_in):
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    findings = planner.get(AT_KPU + "pemeriksaan/").context["findings"]
    assert [finding.code for finding in findings] == ["ORG-VACANT"]


def test_the_way_to_the_form_and_back(planner):
    answer = planner.get(AT + "ubah/unit/BIRO/")
    assert answer.status_code == 302
    assert "kembali=%2Fi%2FBIRO-ORG%2F2024%2Forganisasi%2Funit%2FBIRO%2F" in answer["Location"]
    assert planner.get(answer["Location"]).status_code == 200


def test_a_circle_of_superiors_loses_nobody(planner):
    rows = tables.Position.objects.filter(agency__code=BIRO)
    head = rows.get(code="KABIRO")
    rows.filter(code="KABIRO").update(superior=rows.get(code="KABAG-KAJ"))
    assert head.code
    page = planner.get(AT + "?gambar=jabatan")
    assert page.status_code == 200
    assert page.context["count"] == 4
    codes = {finding.code for finding in planner.get(AT + "pemeriksaan/").context["findings"]}
    assert "ORG-CIRCLE" in codes


def test_the_plain_list_of_records_masks_too(signed_in, inside):
    employee()
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    at = f"/i/{KPU}/2022/data/pegawai/"
    assert NIP not in planner.get(at).content.decode()
    assert NIP not in cells(planner.get(at + "?format=xlsx"))
    keeper = signed_in(Role.STAFFING, agency=KPU, name="contoh-pegawai")
    assert NIP in cells(keeper.get(at + "?format=xlsx"))
