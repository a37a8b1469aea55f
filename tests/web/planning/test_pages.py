"""Every page of planning asked the same questions: works, within its queries, for whom, and by which method."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook as open_xlsx
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role

AT = f"/i/{BIRO}/2024/perencanaan/"
PAGES = (
    "", "?simpul=IV.B", "?cari=perpustakaan", "renstra/", "rkt/", "indikator/", "indikator/?iku=ya", "indikator/IKU-1/",
    "anggaran/", "penunjang/", "penunjang/?rinci=ya", "pemeriksaan/", "pemeriksaan/?tingkat=peringatan", "buku-kerja/",
)  # fmt: skip
FORMS = ("simpul/baru/", "simpul/IV.B/ubah/", "indikator/IKU-1/rumus/")
ACTS = (
    "simpul/IV.B.5/pindah/", "simpul/IV.B.5/hapus/", "simpul/IV.B/lintas/", "rkt/salin/", "indikator/IKU-1/bobot/",
    "indikator/IKU-1/triwulan/", "anggaran/versi/", "buku-kerja/muat/",
)  # fmt: skip
TABLES = ("", "renstra/", "rkt/", "indikator/", "anggaran/", "penunjang/", "pemeriksaan/")


@pytest.mark.parametrize("page", PAGES + FORMS)
def test_it_opens_within_its_queries(page, planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        answer = planner.get(AT + page)
    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES + FORMS + ACTS)
def test_a_stranger_gets_404_and_somebody_not_signed_in_the_door(page, signed_in, inside):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    ask = (lambda client: client.post(AT + page)) if page in ACTS else (lambda client: client.get(AT + page))
    assert ask(stranger).status_code == 404
    assert ask(Client()).status_code == 302


@pytest.mark.parametrize("page", FORMS)
def test_the_forms_are_for_planners(page, signed_in):
    assert signed_in(Role.EVALUATOR).get(AT + page).status_code == 403


@pytest.mark.parametrize("page", ACTS)
def test_who_may_only_look_changes_nothing_and_get_is_no_way_in(page, signed_in, planner):
    assert signed_in(Role.EVALUATOR).post(AT + page).status_code == 403
    assert planner.get(AT + page).status_code == 405


@pytest.mark.parametrize("page", ["renstra/", "rkt/", "penunjang/", "anggaran/"])
def test_who_may_only_look_sees_figures_without_fields(page, signed_in):
    reader = signed_in(Role.EVALUATOR)
    shown = reader.get(AT + page).content.decode()
    assert "cell-input" not in shown
    assert 'name="dukung"' not in shown


@pytest.mark.parametrize(
    "page",
    ["simpul/ENTAH/ubah/", "indikator/ENTAH/", "indikator/ENTAH/rumus/", "indikator/ENTAH/contoh/", "?simpul=ENTAH"],
)
def test_what_is_not_there_is_not_found(page, planner):
    assert planner.get(AT + page).status_code == 404


@pytest.mark.parametrize("page", TABLES)
def test_every_table_comes_as_a_spreadsheet_and_only_to_those_who_may_export(page, planner, signed_in):
    answer = planner.get(f"{AT}{page}?format=xlsx")
    assert answer.status_code == 200
    sheet = open_xlsx(io.BytesIO(answer.content)).active
    assert sheet.max_row > 1
    assert sheet.max_column > 4
    assert signed_in(Role.SERVICE).get(f"{AT}{page}?format=xlsx").status_code == 403


@pytest.mark.parametrize("page", ["", "renstra/", "rkt/", "indikator/", "anggaran/", "penunjang/", "pemeriksaan/"])
def test_a_year_without_data_offers_to_begin(page, planner):
    assert planner.get(f"/i/{BIRO}/2031/perencanaan/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES + FORMS)
def test_the_other_agency_has_the_same_pages(page, signed_in, django_assert_max_num_queries):
    if "IV.B" in page:
        return
    there = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    there.get(f"/i/{KPU}/2022/perencanaan/")
    with django_assert_max_num_queries(12):
        assert there.get(f"/i/{KPU}/2022/perencanaan/{page}").status_code == 200
