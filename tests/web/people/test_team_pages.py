"""The matrix of a team, the reports over all files, predicates of organisations, and the staff office."""

from io import BytesIO

import openpyxl
import pytest
from tests.web.conftest import BIRO
from tests.web.people.conftest import SECTION, STAFF

from selaras.core.access import Role
from selaras.store import models as tables
from selaras.store import people_parts
from selaras.web.people import views_reports

BASE = f"/i/{BIRO}/2024/skp/"
MATRIX = f"{BASE}{SECTION}/matriks/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def cells():
    rows = tables.MatrixCell.objects.order_by("pk").values_list("member__employee__code", "result", "order", "text")
    return list(rows)


def test_the_matrix_is_filled_by_typing_and_moved_by_a_plain_form(office):
    office.planned()
    chief = office.section
    assert chief.post(MATRIX + "anggota/", {"pegawai": "P-02", "peran": "Anggota"}).status_code == 302
    typed = {"pegawai": "P-02", "hasil": "1", "teks": "Data terkumpul"}
    assert chief.post(MATRIX + "sel/", typed).status_code == 302
    assert ("P-02", 1, 1, "Data terkumpul") in cells()
    more = typed | {"urut": "1", "teks": "Data lengkap", "indikator": "Jumlah data", "target": "12", "satuan": "data", "aspek": "Waktu",
                    "lihat": "Data terkumpul"}  # fmt: skip
    assert chief.post(MATRIX + "sel/", more).status_code == 302
    assert "Jumlah data · 12 data · Waktu" in chief.get(MATRIX).content.decode()
    moved = {"pegawai": "P-02", "hasil": "1", "urut": "1", "ke-pegawai": "P-01", "ke-hasil": "1"}
    assert chief.post(MATRIX + "pindah/", moved).status_code == 302
    assert ("P-01", 1, 2, "Data lengkap") in cells()
    assert chief.post(MATRIX + "pindah/", moved).status_code == 404
    assert chief.post(MATRIX + "sel/", {"pegawai": "P-01", "hasil": "1", "urut": "2", "hapus": "1"}).status_code == 302
    assert len(cells()) == 1
    assert chief.post(MATRIX + "anggota/", {"pegawai": "P-02", "keluarkan": "1"}).status_code == 302


def test_an_entry_that_somebody_changed_meanwhile_is_not_written_over(office):
    office.planned()
    sent = {"pegawai": "P-01", "hasil": "1", "urut": "1", "teks": "Lain", "lihat": "Yang lama"}
    assert office.section.post(MATRIX + "sel/", sent).status_code == 409


def test_htmx_gets_the_grid_alone(office):
    office.planned()
    page = office.section.get(MATRIX, **HTMX).content.decode()
    assert page.strip().startswith('<div id="matriks"')
    answer = office.section.post(MATRIX + "sel/", {"pegawai": "P-01", "hasil": "1", "teks": "Baru"}, **HTMX)
    assert answer.status_code == 200
    assert "Baru" in answer.content.decode()
    assert "Pegawai Contoh Dua" in office.section.get(MATRIX + "?cari=dua", **HTMX).content.decode()
    assert (
        office.section.post(MATRIX + "sel/", {"pegawai": "P-01", "hasil": "x", "teks": "Baru"}, **HTMX).status_code
        == 422
    )


def test_a_member_changes_nothing_in_the_matrix(office):
    office.planned()
    assert office.staff.post(MATRIX + "sel/", {"pegawai": "P-01", "hasil": "1", "teks": "Baru"}).status_code in {
        403,
        404,
    }


def test_the_alignment_report_names_gaps_and_where_they_are_mended(office):
    office.planned()
    page = office.head.get(BASE + "keselarasan/").content.decode()
    assert "Belum didukung bawahan" in page
    assert "Matriks peran hasil" in page
    sheet = openpyxl.load_workbook(BytesIO(office.head.get(BASE + "keselarasan/?format=xlsx").content)).active
    assert sheet.max_row > 3
    one = office.head.get(BASE + "keselarasan/?temuan=SELARAS-CARRIED").content.decode()
    assert "Tampilkan semua" in one


def test_the_cascade_holds_positions_and_no_name(office):
    page = office.planned().section.get(BASE + "penjenjangan/").content.decode()
    assert "Analis Reformasi Birokrasi" in page
    assert "Pegawai Contoh Satu" not in page


def test_the_cascade_is_a_picture_and_a_large_one_is_walked_level_by_level(office, monkeypatch):
    chief = office.planned().section
    whole = chief.get(BASE + "penjenjangan/")
    assert '<svg class="zoom' in whole.content.decode()
    assert not whole.context["is_large"]
    monkeypatch.setattr(views_reports, "MOST_ROWS", 0)
    monkeypatch.setattr(views_reports, "MOST_BOXES", 0)
    monkeypatch.setattr(people_parts, "BELOW", 0)
    large = chief.get(BASE + "penjenjangan/")
    assert (large.context["picture"], large.context["is_large"]) == ("", True)
    [node] = [node for node in large.context["nodes"] if node["url"]]
    assert (node["children"], node["url"]) == ([], "?jabatan=KABAG-RBA&hasil=1")
    part = chief.get(BASE + "penjenjangan/" + node["url"])
    assert [item["title"] for item in part.context["nodes"]] == ["Laporan evaluasi tersusun"]
    own = chief.get(BASE + "penjenjangan/?jabatan=KABAG-RBA")
    assert [item["title"] for item in own.context["nodes"]] == ["Evaluasi reformasi birokrasi terlaksana"]
    for wrong in ("?jabatan=TIDAK-ADA", "?jabatan=KABAG-RBA&hasil=99", "?hasil=3"):
        assert chief.get(BASE + "penjenjangan/" + wrong).status_code == 404


def test_the_report_of_a_large_agency_is_read_a_unit_at_a_time(office, monkeypatch, django_assert_max_num_queries):
    chief = office.planned().section
    whole = chief.get(BASE + "keselarasan/").context["whole"]
    monkeypatch.setattr(views_reports, "MOST_ALIGNED", 0)
    with django_assert_max_num_queries(12):
        page = chief.get(BASE + "keselarasan/")
    assert "Hasil kerja tanpa induk" in page.content.decode()
    lines = 0
    for unit in page.context["units"]:
        with django_assert_max_num_queries(12):
            part = chief.get(BASE + "keselarasan/" + unit["url"])
        lines += part.context["whole"]
    without = chief.get(BASE + "keselarasan/?tanpa=1").context
    assert (without["part_title"], lines + without["whole"]) == ("Perjanjian kinerja tanpa SKP", whole)
    assert any(
        "Tampilkan semua" in chief.get(BASE + "keselarasan/" + tile["url"]).content.decode()
        for tile in part.context["tiles"]
    )
    assert chief.get(BASE + "keselarasan/?unit=TIDAK-ADA").status_code == 404
    sheet = openpyxl.load_workbook(BytesIO(chief.get(BASE + "keselarasan/?format=xlsx").content)).active
    assert sheet.max_row == whole + 1


def test_who_takes_a_report_over_all_skps_leaves_a_record_of_it(office):
    office.planned()
    before = tables.AuditRecord.objects.count()
    office.above.get(BASE + "keselarasan/")
    office.above.get(BASE + "distribusi/")
    assert tables.AuditRecord.objects.count() == before
    for page, name in (("keselarasan/", "keselarasan"), ("distribusi/", "distribusi predikat")):
        answer = office.above.get(f"{BASE}{page}?format=xlsx")
        record = tables.AuditRecord.objects.latest("pk")
        assert (answer.status_code, record.action) == (200, "mengekspor laporan SKP")
        assert (record.details["report"], len(record.details["sha256"])) == (name, 64)
    assert office.staff.get(BASE + "keselarasan/?format=xlsx").status_code == 403


def test_people_are_searched_for_the_matrix_within_the_budget_without_scripts(office, django_assert_max_num_queries):
    office.planned().section.get(MATRIX)
    with django_assert_max_num_queries(12):
        assert "Pegawai Contoh Dua" in office.section.get(MATRIX + "?cari=dua").content.decode()


def decided(office, predicate="Baik", **more):
    sent = {
        "unit": "BAG-RBA",
        "periode": "tahun",
        "predikat": predicate,
        "penetap": "ASISTEN",
        "alasan": "Kinerjanya baik.",
    }
    return office.above.post(BASE + "predikat-organisasi/tetapkan/", sent | more)


def test_the_predicate_of_an_organisation_is_decided_by_a_named_person(office):
    office.planned()
    page = office.above.get(BASE + "predikat-organisasi/?unit=BAG-RBA").content.decode()
    assert "Tetapkan predikat" in page
    assert decided(office, alasan="").status_code == 422
    assert decided(office).status_code == 302
    page = office.above.get(BASE + "predikat-organisasi/?unit=BAG-RBA").content.decode()
    assert "Contoh Asisten" in page
    assert office.staff.post(BASE + "predikat-organisasi/tetapkan/", {}).status_code == 403


def test_few_people_are_never_counted_by_themselves(office):
    office.planned().agreed().rated()
    decided(office)
    page = office.above.get(BASE + "distribusi/?unit=BAG-RBA").content.decode()
    assert "terlalu sedikit" in page
    assert "Pegawai menurut predikat" not in page


def test_the_spread_stands_against_its_pattern_with_counts(office):
    office.planned()
    decided(office)
    position, unit = tables.Position.objects.get(code="ANALIS"), tables.Unit.objects.get(code="BAG-RBA")
    for number in range(10):
        person = tables.Employee.objects.create(
            agency=unit.agency, sequence=9100 + number, code=f"X-{number}", name=f"Contoh {number}", group="Staf",
            status="PNS", sex="L", education="S1", unit=unit,
        )  # fmt: skip
        plan = tables.SkpPlan.objects.create(
            agency=unit.agency, sequence=9100 + number, code=f"X-{number}", year=2024, position=position, employee=person,
            form="JA dan JF", method="kuantitatif", since="2024-01-01", until="2024-12-31", capacity="definitif",
            cycle="triwulan", unit="BAG-RBA", state="dinilai",
        )  # fmt: skip
        tables.SkpAssessment.objects.create(
            plan=plan, year=2024, span="tahun", index=1, results="di atas ekspektasi", behaviour="di atas ekspektasi",
            assessor="KABAG-RBA", on="2025-01-10",
        )  # fmt: skip
    page = office.above.get(BASE + "distribusi/?unit=BAG-RBA").content.decode()
    assert "10 orang (100,00%)" in page
    assert "tidak sesuai" in page
    assert "Lihat sebagai tabel" in page
    assert office.above.get(BASE + "distribusi/?format=xlsx").content[:2] == b"PK"


def test_what_is_possible_for_so_few_people_is_told(office):
    page = office.planned().above.get(BASE + "distribusi/?pola=Baik&orang=1").content.decode()
    assert "Tidak semua syarat dapat dipenuhi bersamaan" in page


def test_the_staff_office_sees_states_but_no_ratings_and_links_accounts(office, signed_in):
    office.planned().agreed().rated()
    page = office.keeper.get(BASE + "pegawai/").content.decode()
    assert "Dinilai" in page
    assert "Sangat Baik" not in page
    assert "199001" not in page
    signed_in(Role.EMPLOYEE, name="contoh-baru")
    assert office.keeper.post(BASE + "pegawai/akun/", {"pegawai": "P-01", "lepas": "1"}).status_code == 302
    assert office.keeper.post(BASE + "pegawai/akun/", {"pegawai": "P-01", "akun": "contoh-baru"}).status_code == 302
    assert tables.StaffSeat.objects.get(employee__code="P-01").user.username == "contoh-baru"
    assert office.keeper.post(BASE + "pegawai/akun/", {"pegawai": "P-02", "jabatan": "ANALIS"}).status_code == 302
    assert office.keeper.get(f"{BASE}SKP-2024-P-02/").status_code == 404


def listed(rows):
    book = openpyxl.Workbook()
    for row in [["Nama", "NIP", "Pangkat", "Jabatan", "Unit", "Status"], *rows]:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "pegawai.xlsx"
    return file


def test_a_list_of_staff_is_tried_first_and_loaded_whole(office):
    good = listed([["Orang Contoh", "199202022015031002", "III/a", "Analis", "BAG-RBA", "PNS"]])
    page = office.keeper.post(BASE + "pegawai/periksa/", {"berkas": good})
    assert page.status_code == 200, page.content.decode()
    text = page.content.decode()
    assert "Daftar dapat dimuat" in text
    assert "199202022015031002" not in text
    assert not tables.Employee.objects.filter(name="Orang Contoh").exists()
    ticket = text.split('name="tiket" value="')[1].split('"')[0]
    assert office.keeper.post(BASE + "pegawai/muat/", {"tiket": ticket}).status_code == 302
    assert tables.Employee.objects.filter(name="Orang Contoh").exists()
    assert office.keeper.post(BASE + "pegawai/muat/", {"tiket": ticket}).status_code == 404


def test_a_wrong_nip_is_told_with_its_cell_and_nothing_is_kept(office):
    wrong = listed([["Orang Contoh", "199213022015031002", "III/a", "Analis", "BAG-RBA", "PNS"]])
    page = office.keeper.post(BASE + "pegawai/periksa/", {"berkas": wrong})
    assert page.status_code == 422
    assert "Kesalahan menurut sel" in page.content.decode()
    assert "B2" in page.content.decode()
    assert office.head.get(BASE + "pegawai/periksa/").status_code == 403
    assert office.keeper.get(BASE + "pegawai/templat/").content[:2] == b"PK"


@pytest.mark.parametrize("part", ["bawahan/banyak/", "predikat-organisasi/tetapkan/", "pegawai/muat/", "pegawai/akun/"])
def test_what_changes_something_is_never_just_opened(part, office):
    assert office.keeper.get(BASE + part).status_code == 405
    assert STAFF
