"""A list of staff from a spreadsheet: own headers or ours, faults by cell, all or nothing; accounts of employees."""

from io import BytesIO

import openpyxl
import pytest
from tests.actions.staffed import CODE, filled, person
from tests.store.example import YEAR

from selaras.actions import staff as verbs
from selaras.core.access import Role
from selaras.core.errors import CannotRun, NotAllowed, NotFound, Refusal
from selaras.core.org import Education, Employment, Sex
from selaras.documents.staff import COLUMNS, template
from selaras.store import models as tables
from selaras.store.people_reports import staff_page

pytestmark = pytest.mark.django_db
HEAD = ["No", "Nama Pegawai", "NIP", "Gol/Ruang", "Jabatan", "Unit Organisasi", "Status Kepegawaian"]


@pytest.fixture
def who():
    return filled()


@pytest.fixture
def listed(tmp_path):
    def made(*rows, head=HEAD, above=()):
        book = openpyxl.Workbook()
        for row in (*above, head, *rows):
            book.active.append(list(row))
        path = tmp_path / "pegawai.xlsx"
        book.save(path)
        return path

    return made


NEW = (1, "Contoh Baru", "19920202 202001 2 007", "Penata Muda (III/a)", "Analis", "Sekretariat", "PNS")


def test_a_list_with_headers_of_its_own_becomes_employees(who, listed):
    path = listed(
        NEW, (2, "Contoh Kontrak", "19950505 202221 1 003", "IX", "", "KECIL", ""), above=[["DAFTAR PEGAWAI"], []]
    )
    made = verbs.load_staff(who["staffing"], agency=CODE, path=path)
    assert (len(made.new), len(made.changed), made.same) == (2, 0, 0)
    first, second = tables.Employee.objects.filter(name__in=["Contoh Baru", "Contoh Kontrak"]).order_by("name")
    assert (first.sex, first.status, first.unit.code, first.education) == (
        Sex.FEMALE,
        Employment.PNS,
        "SEK",
        Education.UNKNOWN,
    )
    assert (second.sex, second.status, second.unit.code) == (Sex.MALE, Employment.PPPK, "KECIL")
    assert "1992" not in first.code
    again = verbs.preview_staff(who["staffing"], agency=CODE, path=path)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 2)


def test_one_faulty_row_stops_the_whole_list_and_every_fault_has_its_cell(who, listed):
    before = tables.Employee.objects.count()
    path = listed(
        NEW, (2, "", "19920202 202001 2 008", "", "", "Antah", "PNS"), (3, "Kembar", NEW[2], "", "", "", "PPPK"),
        (4, "Salah", "19921302 202001 2 009", "", "", "", ""), (5, "Tanpa", "", "", "", "", ""),
        (6, "Bulat", 199202022020012007, "", "", "", ""),
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        verbs.load_staff(who["staffing"], agency=CODE, path=path)
    cells = [fault.place.cell for fault in refused.value.faults]
    assert cells == ["B3", "F3", "C4", "G4", "C5", "G6", "", "C7"]
    assert {fault.place.sheet for fault in refused.value.faults} == {"Sheet"}
    assert not any("19920202" in fault.sentence() for fault in refused.value.faults)
    assert tables.Employee.objects.count() == before


def test_employees_that_are_known_change_and_keep_what_the_list_does_not_name(who, listed):
    path = listed((1, "Contoh Pegawai Satu", "199001011 201503 2 001", "", "Analis Muda", "SEK", ""))
    with pytest.raises(Refusal):
        verbs.load_staff(who["staffing"], agency=CODE, path=path)
    path = listed((1, "Contoh Pegawai Satu", "19900101 201503 2 001", "Pembina", "Analis Muda", "SEK", ""))
    made = verbs.load_staff(who["staffing"], agency=CODE, path=path)
    assert [item.code for item in made.changed] == ["P-1"]
    row = tables.Employee.objects.get(code="P-1")
    assert (row.name, row.job, row.education, row.order) == ("Contoh Pegawai Satu", "Analis Muda", "S1", 1)
    assert row.nip == "19900101 201503 2 001"


SHORT = ["Nama", "Jabatan", "Status Kepegawaian", "Jenis Kelamin", "NIP", "Kode"]


def test_a_row_without_nip_is_found_again_by_name_and_job(who, listed):
    row = ("Contoh Satpam", "Pengamanan", "PPNPN", "L", "", "")
    path = listed(row, head=SHORT)
    assert len(verbs.load_staff(who["staffing"], agency=CODE, path=path).new) == 1
    again = verbs.load_staff(who["staffing"], agency=CODE, path=path)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 1)
    code = tables.Employee.objects.get(name="Contoh Satpam").code
    appointed = listed(("contoh  satpam", "Pengamanan", "PPPK", "", "19950505 202221 1 003", ""), head=SHORT)
    [changed] = verbs.load_staff(who["staffing"], agency=CODE, path=appointed).changed
    assert (changed.code, changed.status) == (code, Employment.PPPK)


def test_who_a_row_means_is_asked_where_a_name_does_not_say(who, listed):
    row = ("Contoh Satpam", "Pengamanan", "PPNPN", "L", "", "")
    verbs.load_staff(who["staffing"], agency=CODE, path=listed(row, head=SHORT))
    moved = ("Contoh Satpam", "Pengemudi", "PPNPN", "L", "", "")
    with pytest.raises(Refusal) as caught:
        verbs.load_staff(who["staffing"], agency=CODE, path=listed(moved, head=SHORT))
    [fault] = caught.value.faults
    assert (fault.place.cell, fault.read) == ("A2", "Contoh Satpam")
    assert "Pengamanan" in fault.expected
    other = listed((*moved[:5], "SATPAM-2"), head=SHORT)
    assert len(verbs.load_staff(who["staffing"], agency=CODE, path=other).new) == 1
    with pytest.raises(Refusal) as caught:
        verbs.load_staff(who["staffing"], agency=CODE, path=listed(row, row, head=SHORT))
    assert any("ganda dalam berkas" in fault.message for fault in caught.value.faults)


def test_our_own_template_is_read_back(who, tmp_path):
    path = tmp_path / "templat.xlsx"
    path.write_bytes(template(["Sekretariat"]))
    made = verbs.preview_staff(who["staffing"], agency=CODE, path=path)
    assert (len(made.new), made.faults) == (2, ())
    assert [cell.value for cell in openpyxl.load_workbook(BytesIO(template())).active[1]] == list(COLUMNS.values())


def test_a_file_that_is_no_list_is_refused(who, listed, tmp_path):
    with pytest.raises(Refusal, match="tidak terbaca"):
        verbs.preview_staff(who["staffing"], agency=CODE, path=listed(NEW, head=["A", "B"]))
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"bukan")
    with pytest.raises(CannotRun):
        verbs.preview_staff(who["staffing"], agency=CODE, path=path)
    for stranger in ("planner", "employee", "leader"):
        with pytest.raises(NotAllowed):
            verbs.load_staff(who[stranger], agency=CODE, path=path)


def test_an_account_is_linked_by_somebody_else_and_gets_the_role_of_an_employee(who):
    user = tables.User.objects.create(username="baru", name="Contoh Pegawai 3")
    verbs.link_staff(who["staffing"], agency=CODE, employee="P-3", username="baru")
    assert tables.RoleGrant.objects.get(user=user).role == Role.EMPLOYEE.value
    assert tables.Notice.objects.filter(user=user, topic="SKP").exists()
    with pytest.raises(Refusal, match="tidak ditautkan"):
        verbs.link_staff(who["staffing"], agency=CODE, employee="P-1", username="baru")
    own = person("petugas", Role.STAFFING)
    with pytest.raises(NotAllowed):
        verbs.link_staff(own, agency=CODE, employee="P-3", username="petugas")
    with pytest.raises(NotAllowed):
        verbs.link_staff(who["planner"], agency=CODE, employee="P-3", username="baru")
    verbs.unlink_staff(who["staffing"], agency=CODE, employee="P-3")
    with pytest.raises(NotFound):
        verbs.unlink_staff(who["staffing"], agency=CODE, employee="P-3")


def test_the_list_of_staff_stays_within_its_queries_however_long_it_is(who, django_assert_max_num_queries):
    agency = tables.Agency.objects.get(code=CODE)
    unit, position = tables.Unit.objects.get(code="SEK"), tables.Position.objects.get(code="ANALIS")
    people = tables.Employee.objects.bulk_create(
        tables.Employee(
            agency=agency, code=f"X-{number}", name=f"Pegawai {number:05}", group="Staf", status="PNS", sex="L", education="S1",
            unit=unit,
        )
        for number in range(500)
    )  # fmt: skip
    tables.SkpPlan.objects.bulk_create(
        tables.SkpPlan(
            agency=agency, code=f"S-{number}", year=YEAR, position=position, employee=people[number], form="JA dan JF",
            method="kuantitatif", since=f"{YEAR}-01-01", until=f"{YEAR}-12-31", capacity="definitif", cycle="triwulan",
            unit="SEK", state="draf",
        )
        for number in range(300)
    )  # fmt: skip
    with django_assert_max_num_queries(5):
        page = staff_page(who["staffing"], CODE, YEAR, page=3)
    assert (len(page.lines), page.total, page.pages, page.states["draf"]) == (50, 503, 11, 300)
    assert staff_page(who["staffing"], CODE, YEAR, state="tanpa").total == 203
    assert staff_page(who["staffing"], CODE, YEAR, search="Pegawai 00007").total == 1
    with pytest.raises(NotAllowed):
        staff_page(who["planner"], CODE, YEAR)
