"""Pages of the reform: the sheet with its formula, action plans with progress, the index of units."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.web.conftest import BIRO, KPU

from selaras.actions import reform
from selaras.core.access import Role, operator
from selaras.core.reform.actions import ReformAction
from selaras.core.reform.score import ReformScore
from selaras.store import models as tables

BASE = f"/i/{BIRO}/2024/rb/"
ACTIONS = BASE + "rencana-aksi/"


@pytest.fixture
def action(inside):
    area = reform.rules_of(2024).areas[0].code
    made = ReformAction(
        "", 2024, "BAG-RBA", "Menyusun peta proses bisnis", "Peta", "peta", (Decimal(1), Decimal(2), Decimal(3), Decimal(4)),
        area=area, root_cause="Proses bisnis belum dipetakan.", responsible="KABAG-RBA",
    )  # fmt: skip
    return reform.save_action(operator("Contoh"), agency=BIRO, action=made)


@pytest.mark.parametrize(
    "address", ["", "rencana-aksi/", "rencana-aksi/baru/", "rencana-aksi/RB-01/", "rencana-aksi/RB-01/?ubah=1", "unit/"]
)
def test_each_page_opens_within_its_budget(address, planner, action, django_assert_max_num_queries):
    planner.get(BASE + address)
    with django_assert_max_num_queries(12):
        assert planner.get(BASE + address).status_code == 200


def test_the_sheet_shows_its_sum_whose_it_is_and_how_sure_the_bounds_are(planner):
    page = planner.get(BASE).content.decode()
    assert "80,31 + 0,8 = 81,11" in page
    assert "93,46" in page
    assert "bukan capaian Biro Organisasi" in page
    assert "Dari ingatan" in page
    assert "Disimpulkan" in page
    assert planner.get(BASE + "?format=xlsx").content[:2] == b"PK"


def test_an_indicator_that_borrows_the_index_of_the_province_is_told_beside_the_sheet(planner):
    def told():
        page = planner.get(BASE).content.decode()
        assert ("Sebut pemilik indeksnya" in page) == ("RB-ATTRIBUTION" in page)
        return page.count("<span>RB-ATTRIBUTION</span>")

    assert told() == 1, "the indicator of the tujuan is the index of the province"
    tables.Indicator.objects.filter(agency__code=BIRO, code="IKU-1").update(name="Nilai RB perangkat daerah")
    assert told() == 2
    tables.ReformScore.objects.filter(agency__code=BIRO).update(subject="Biro Organisasi")
    assert told() == 0, "an index of one's own is not borrowed"


def test_another_adjusted_weight_is_asked_about_and_settled(planner):
    row = tables.ReformScore.objects.filter(agency__code=BIRO)
    row.update(adjusted_weight=90)
    page = planner.get(BASE).content.decode()
    assert "Perlu dipastikan" in page
    way = "RB General × total bobot ÷ bobot penyesuaian"
    assert planner.post(BASE + "penyesuaian/", {"cara": way}).status_code == 302
    assert "Perlu dipastikan" not in planner.get(BASE).content.decode()
    assert planner.post(BASE + "penyesuaian/", {"cara": "lain"}).status_code == 422


def test_years_of_another_scheme_are_warned_about(planner):
    score = ReformScore(2022, Decimal("72.1"), Decimal(0), Decimal(0), subject="Pemerintah Provinsi Bali")
    for year in (2022, 2023):
        reform.save_score(operator("Contoh"), agency=BIRO, score=replace(score, year=year))
    page = planner.get(BASE).content.decode()
    assert "tidak sebanding" in page
    assert "skema yang berbeda" in page
    assert "+" in page


def given(**more):
    area = reform.rules_of(2024).areas[1].code
    return {"title": "Menyederhanakan prosedur", "group": f"area {area}", "root_cause": "Prosedur berlapis.", "first": "1",
            "second": "2", "third": "", "fourth": "4", "unit": "BAG-RBA", "responsible": "KABAG-RBA"} | more  # fmt: skip


def test_an_action_is_planned_reported_with_evidence_and_exported(planner):
    assert planner.post(ACTIONS + "baru/", given()).status_code == 302
    page = ACTIONS + "RB-01/"
    assert planner.post(page + "kemajuan/", {"triwulan": "1", "realisasi": "1"}).status_code == 422
    sent = {"triwulan": "1", "realisasi": "1", "bukti": "Notula rapat", "catatan": "Selesai.", "lihat": ""}
    assert planner.post(page + "kemajuan/", sent).status_code == 302
    text = planner.get(page).content.decode()
    assert "Notula rapat" in text
    assert "100,00%" in text
    assert planner.post(page + "kemajuan/", sent | {"realisasi": "2"}).status_code == 409
    assert planner.post(page + "kemajuan/", sent | {"triwulan": "9"}).status_code == 422
    assert planner.post(page + "hapus/", {"alasan": "Keliru"}).status_code == 422
    assert planner.get(ACTIONS + "?format=xlsx").content[:2] == b"PK"
    assert planner.get(ACTIONS + "?triwulan=2").status_code == 200
    assert planner.get(ACTIONS + "?triwulan=7").status_code == 404


def test_a_plan_without_root_of_the_problem_or_with_falling_targets_is_refused(planner):
    assert planner.post(ACTIONS + "baru/", given(root_cause="")).status_code == 422
    falling = planner.post(ACTIONS + "baru/", given(first="4", second="1"))
    assert falling.status_code == 422
    assert "menurun" in falling.content.decode()
    assert planner.post(ACTIONS + "baru/", given(first="banyak")).status_code == 422


def test_an_action_is_changed_and_taken_out_while_nothing_is_reported(planner, action):
    page = f"{ACTIONS}{action.code}/"
    assert planner.post(page, given(title="Judul baru")).status_code == 302
    assert "Judul baru" in planner.get(page).content.decode()
    stale = planner.post(page, given(title="Judul lain") | {"lihat-title": "Judul lama"})
    assert stale.status_code == 409
    assert planner.post(page + "hapus/", {"alasan": "Keliru"}).status_code == 302
    assert planner.get(page).status_code == 404


def test_the_share_of_good_units_fills_an_indicator_by_itself(planner):
    board = BASE + "unit/"
    unit = planner.get(board).content.decode().split('name="nilai-')[1].split('"')[0]
    assert planner.post(board, {f"nilai-{unit}": "84,5", f"sumber-{unit}": "LHE 2024"}).status_code == 302
    page = planner.get(board).content.decode()
    assert "84,5" in page
    assert "1 dari" in page
    code = tables.Indicator.objects.filter(
        agency__code=BIRO, value_kind="persen", formula="pembilang/penyebut"
    ).values_list("code", flat=True).first()  # fmt: skip
    if code:
        tables.Realisation.objects.filter(indicator__code=code, indicator__agency__code=BIRO).delete()
        assert planner.post(board + "ikat/", {"indikator": code}).status_code == 302
        assert "dihitung sendiri" in planner.get(board).content.decode()
        assert planner.post(board + "ikat/", {"indikator": ""}).status_code == 302
    assert planner.post(board, {f"nilai-{unit}": "delapan"}).status_code == 422
    assert planner.post(board, {f"nilai-{unit}": "400"}).status_code == 422
    assert planner.post(board, {f"nilai-{unit}": ""}).status_code == 302
    assert planner.get(board + "?format=xlsx").content[:2] == b"PK"


@pytest.mark.parametrize(
    ("role", "part", "code"),
    [
        (Role.EMPLOYEE, "", 200), (Role.EMPLOYEE, "rencana-aksi/baru/", 403), (Role.LEADER, "rencana-aksi/baru/", 403),
        (Role.OWNER, "rencana-aksi/baru/", 200), (Role.READER, "", 403),
    ],
)  # fmt: skip
def test_each_role_gets_what_it_may(role, part, code, signed_in):
    assert signed_in(role).get(BASE + part).status_code == code


def test_only_planners_write_what_was_received(signed_in):
    browser = signed_in(Role.OWNER)
    assert browser.post(BASE + "unit/", {}).status_code == 403
    assert browser.post(BASE + "unit/ikat/", {}).status_code == 403
    assert browser.post(BASE + "penyesuaian/", {}).status_code == 403


def test_what_is_not_there_and_the_wrong_method(planner, signed_in):
    assert planner.get(ACTIONS + "TIDAK-ADA/").status_code == 404
    assert planner.get(BASE + "penyesuaian/").status_code == 405
    assert planner.get(ACTIONS + "RB-01/kemajuan/").status_code == 405
    assert planner.delete(BASE).status_code == 405
    assert signed_in(Role.PLANNER, agency=KPU, name="contoh-asing").get(BASE).status_code == 404
