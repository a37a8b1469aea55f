"""Overview, lists, deadlines, presets: what they show to whom, and with how few queries."""

import pytest
from tests.web.conftest import BIRO, KPU
from tests.web.registers.conftest import DESK, PPID

from selaras.actions import registers
from selaras.core.access import Role
from selaras.rulebook.registers import presets

BASE = f"/i/{BIRO}/2026/register/"
PAGES = (
    "", "?peta=bulan&menurut=unit", "batas-waktu/", "batas-waktu/?hanya=today", "arahan-pimpinan/", "register-bawaan/",
    f"register-bawaan/?lihat={PPID}", "masa-simpan/", "register-baru/", "muat-definisi/", f"{PPID}/",
    f"{PPID}/?cari=kinerja&keadaan=diproses&hanya=open&urut=-due&jatuh=2026-03-02", f"{PPID}/angka/",
    f"{PPID}/angka/sesuai_sop/?periode=triwulan-1&bagian=missed", f"{PPID}/definisi/", f"{PPID}/definisi/pokok/",
    f"{PPID}/impor/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_within_its_budget(address, desk, planner, django_assert_max_num_queries):
    planner.get(BASE + address)
    with django_assert_max_num_queries(12):
        assert planner.get(BASE + address).status_code == 200


def test_every_preset_can_be_looked_at_taken_over_and_shown(planner, inside, django_assert_max_num_queries):
    for code in presets():
        assert planner.get(BASE + f"register-bawaan/?lihat={code}").status_code == 200
        assert planner.post(BASE + "register-bawaan/", {"bawaan": code}).status_code == 302
        assert planner.get(BASE + f"{code}/definisi/").status_code == 200
    with django_assert_max_num_queries(12):
        assert planner.get(BASE).status_code == 200
    with django_assert_max_num_queries(12):
        assert planner.get(BASE + "batas-waktu/").status_code == 200
    assert planner.post(BASE + "register-bawaan/", {"bawaan": PPID}).status_code == 422
    copy = {"bawaan": PPID, "kode": "permohonan_lain", "nama": "Permohonan lain"}
    assert planner.post(BASE + "register-bawaan/", copy).status_code == 302
    assert planner.post(BASE + "register-bawaan/", {"bawaan": "tidak_ada"}).status_code == 422


def test_a_list_finds_by_number_by_words_and_by_what_is_late(desk, planner, signed_in):
    late = planner.get(BASE + f"{PPID}/?hanya=late").content.decode()
    assert desk[2] in late
    assert desk[0] not in late
    assert desk[1] in planner.get(BASE + f"{PPID}/?cari={desk[1]}").content.decode()
    assert "Tidak ada rekaman yang cocok" in planner.get(BASE + f"{PPID}/?cari=rahasia").content.decode()
    found = signed_in(Role.SERVICE).get(BASE + f"{PPID}/?cari=rahasia").content.decode()
    assert desk[0] in found
    assert "Sari Rahasia" in found


def test_who_does_not_read_personal_data_sees_none_of_it(desk, planner):
    for address in (f"{PPID}/", "batas-waktu/", f"{PPID}/angka/sesuai_sop/", f"{PPID}/laporan-tahunan/", ""):
        page = planner.get(BASE + address).content.decode()
        assert "Sari Rahasia" not in page
        assert "sari@contoh.id" not in page


def test_of_a_restricted_register_others_see_counts_alone(inside, signed_in):
    code = next(code for code, register in presets().items() if register.restricted)
    registers.take_preset(DESK, agency=BIRO, preset_code=code)
    other = signed_in(Role.PLANNER)
    answer = other.get(BASE + f"{code}/")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/angka/")
    page = other.get(answer["Location"]).content.decode()
    assert "Hanya cacah" in page
    assert signed_in(Role.STAFFING).get(BASE + f"{code}/").status_code == 200


def test_the_heat_map_leads_to_the_records_of_the_day(desk, planner):
    page = planner.get(BASE).content.decode()
    assert "Peta tenggat" in page
    assert "?jatuh=" in page


@pytest.mark.parametrize(
    ("role", "address", "code"),
    [
        (Role.EMPLOYEE, "", 200), (Role.READER, "", 403), (Role.EMPLOYEE, "register-bawaan/", 403),
        (Role.SERVICE, f"{PPID}/definisi/pokok/", 403), (Role.SERVICE, "meja-loket/", 302), (Role.PLANNER, "meja-loket/", 403),
        (Role.EMPLOYEE, f"{PPID}/ekspor/", 403), (Role.PLANNER, f"{PPID}/rekaman-baru/", 403),
    ],
)  # fmt: skip
def test_each_role_gets_what_it_may(role, address, code, desk, signed_in):
    assert signed_in(role).get(BASE + address).status_code == code


def test_strangers_what_is_not_there_and_the_wrong_method(desk, planner, signed_in):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(BASE + f"{PPID}/").status_code == 404
    assert planner.get(BASE + "tidak_ada/").status_code == 404
    assert planner.get(BASE + "batas-waktu/?hanya=besok").status_code == 404
    assert planner.get(BASE + f"{PPID}/angka/?periode=triwulan-7").status_code == 404
    assert planner.post(BASE).status_code == 405
    assert planner.post(BASE + f"{PPID}/").status_code == 405
    assert planner.get(f"/i/{BIRO}/2026/register/{PPID}/?halaman=9&urut=nama&sejak=kemarin").status_code == 200


def test_the_search_finds_records_but_no_personal_data(desk, planner):
    page = planner.get(f"/i/{BIRO}/2026/cari/?q={desk[0]}").content.decode()
    assert "Rekaman register" in page
    assert f"{PPID}/rekaman/" in page
    assert "rekaman/" not in planner.get(f"/i/{BIRO}/2026/cari/?q=Rahasia").content.decode()
