"""Every list page gives its table as a spreadsheet: numbers are numbers, texts never formulas, and only those who may export get it."""

import io

import openpyxl
import pytest

from selaras.core.access import Role
from selaras.store import models as tables
from selaras.web import exporting
from tests.web.conftest import BIRO, KPU

AT = f"/i/{BIRO}/2024/"
LISTS = [
    (Role.ADMINISTRATOR, "audit/", "Nomor"), (Role.ADMINISTRATOR, "pengguna/", "Orang"),
    (Role.ADMINISTRATOR, "pengguna/jabatan/", "Kode"), (Role.SUPERIOR, "pengukuran/verifikasi/", "Golongan"),
    (Role.PLANNER, "laporan/", "Dokumen"), (Role.PLANNER, "laporan/naskah/", "Bab"),
    (Role.REVIEWER, "reviu/", "Laporan"), (Role.REVIEWER, "reviu/ringkasan/", "Jenis"),
    (Role.PLANNER, "riwayat/", "Laporan"), (Role.SUPERIOR, "skp/bawahan/", "Pegawai"),
    (Role.STAFFING, "skp/pegawai/", "Pegawai"), (Role.EVALUATOR, "evaluasi/instrumen/", "Kode"),
    (Role.PLANNER, "organisasi/tahun/", "Tahun"),
]  # fmt: skip


def opened(answer):
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


@pytest.mark.parametrize(("role", "page", "first"), LISTS)
def test_the_list_of_a_page_comes_as_a_spreadsheet(role, page, first, signed_in, django_assert_max_num_queries):
    person = signed_in(role, name=f"contoh-{role.name.lower()}")
    person.get(AT + page)
    with django_assert_max_num_queries(12):
        sheet = opened(person.get(AT + page, {"format": "xlsx"}))
    assert sheet["A1"].value == first
    assert all(sheet.cell(1, column).value for column in range(1, sheet.max_column + 1))


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.ADMINISTRATOR, "audit/"), (Role.ADMINISTRATOR, "pengguna/"), (Role.ADMINISTRATOR, "pengguna/jabatan/"),
        (Role.PLANNER, "laporan/"), (Role.PLANNER, "laporan/naskah/"), (Role.EVALUATOR, "evaluasi/instrumen/"),
        (Role.PLANNER, "organisasi/tahun/"),
    ],
)  # fmt: skip
def test_the_page_offers_its_export(role, page, signed_in):
    assert "format=xlsx" in signed_in(role, name=f"contoh-{role.name.lower()}").get(AT + page).content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "data/unit/",
        "data/realisasi/",
        "laporan/",
        "organisasi/tahun/",
        "pengukuran/",
        "perencanaan/",
        "perencanaan/rkt/",
        "rb/",
    ],
)
def test_who_may_not_export_is_neither_offered_nor_given_it(page, signed_in):
    employee = signed_in(Role.EMPLOYEE, name="contoh-pegawai")
    shown = employee.get(AT + page)
    assert shown.status_code == 200
    assert "format=xlsx" not in shown.content.decode()
    assert employee.get(AT + page, {"format": "xlsx"}).status_code == 403


def test_targets_and_realisations_are_numbers_with_a_percent_format(planner):
    sheet = opened(planner.get(AT + "pengukuran/", {"format": "xlsx", "periode": "tahun", "cakupan": "semua"}))
    heads = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    target, realised, capaian = (rows["IKU-1"][name] for name in ("Target tahun", "Realisasi Tahun", "Capaian"))
    assert (realised.value, realised.number_format) == (0.87, "0%")
    assert target.data_type == "n"
    assert target.number_format.endswith("%")
    assert capaian.value == pytest.approx(float(realised.value) / float(target.value), abs=5e-5)
    assert capaian.number_format == "0.00%"


def test_a_grade_is_exported_as_the_text_that_the_report_prints(signed_in):
    there = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    asked = {"format": "xlsx", "periode": "tahun", "cakupan": "semua"}
    sheet = opened(there.get(f"/i/{KPU}/2022/pengukuran/", asked))
    column = [cell.value for cell in sheet[1]].index("Target tahun") + 1
    assert "B" in {sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)}


def test_the_annual_plan_and_the_renstra_give_their_targets_as_numbers(planner):
    for page, head in (("rkt/", "RKT"), ("renstra/", "2024"), ("indikator/", "Target")):
        sheet = opened(planner.get(f"{AT}perencanaan/{page}", {"format": "xlsx"}))
        column = [cell.value for cell in sheet[1]].index(head) + 1
        cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
        shares = [cell for cell in cells if cell.data_type == "n" and "%" in cell.number_format]
        assert shares, page
        assert all(0 < cell.value <= 2 for cell in shares), page


def test_the_absorption_is_a_share(planner):
    sheet = opened(planner.get(AT + "anggaran/", {"format": "xlsx", "bulan": "12"}))
    heads = [cell.value for cell in sheet[1]]
    amount, spent, share = (sheet.cell(2, heads.index(name) + 1) for name in heads[3:6])
    assert amount.number_format == "#,##0"
    assert (share.number_format, share.value) == ("0.00%", pytest.approx(spent.value / amount.value, abs=5e-5))


@pytest.mark.parametrize("evil", ["=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://contoh.test")', "\t=1+1"])
def test_no_text_becomes_a_formula_or_a_link(evil, planner):
    tables.Unit.objects.filter(agency__code=BIRO, code="BAG-KAJ").update(name=evil)
    sheet = opened(planner.get(AT + "data/unit/", {"format": "xlsx"}))
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == evil]
    assert len(found) == 1
    assert found[0].data_type == "s"
    assert found[0].hyperlink is None
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_a_list_that_is_too_long_is_refused_and_not_cut_off(planner, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    answer = planner.get(AT + "data/unit/", {"format": "xlsx"})
    assert answer.status_code == 422
    assert "Persempit" in answer.content.decode()


def test_the_trail_is_exported_as_it_is_filtered(signed_in):
    administrator = signed_in(Role.ADMINISTRATOR, name="contoh-admin")
    all_rows = opened(administrator.get(AT + "audit/", {"format": "xlsx"})).max_row
    assert all_rows > 1
    assert opened(administrator.get(AT + "audit/", {"format": "xlsx", "orang": "Tidak Ada"})).max_row == 1
    sheet = opened(administrator.get(AT + "audit/", {"format": "xlsx"}))
    assert sheet["B2"].is_date
    assert sheet["B2"].number_format == "dd/mm/yyyy hh:mm"
