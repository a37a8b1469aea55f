"""Pages of surveys inside: they open for the right ones, cost little, and show nothing that gives a person away."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.web.conftest import BIRO, KPU
from tests.web.culture.conftest import BALI, BASE
from tests.web.culture.surveyed import AT, SURVEY, UNIT, WAVE, answered, at, opened, units

from selaras.actions import culture_surveys as verbs
from selaras.core.access import Role
from selaras.store import models as tables

DEMO = f"{BALI}-survei"
DEMO_WAVE = f"survei/{DEMO}/gelombang/2024-1/"
PAGES = [
    "survei/", "survei-baru/", f"survei-baru/?studi={BALI}", f"survei/{DEMO}/", f"survei/{DEMO}/ubah/", f"survei/{DEMO}/gelombang/",
    DEMO_WAVE, *(DEMO_WAVE + part for part in ("hasil/", "antargelombang/", "capaian/", "statistik/")), "indeks/",
    f"{DEMO_WAVE}hasil/?menurut=masa%20kerja", f"berkas/{BALI}/", "impor-proyek/",
]  # fmt: skip
MANAGING = {
    "survei-baru/",
    f"survei-baru/?studi={BALI}",
    f"survei/{DEMO}/ubah/",
    f"survei/{DEMO}/gelombang/",
    "impor-proyek/",
}
POSTED = [f"survei/{DEMO}/hapus/", *(DEMO_WAVE + part for part in ("tautan/", "tutup/", "terbit/", "data-sintetis/", "data/")),
          f"berkas/{BALI}/unduh/", f"berkas/{BALI}/buku-kode/"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_within_its_budget(page, team, django_assert_max_num_queries):
    team.lead.get(BASE + page)
    with django_assert_max_num_queries(12):
        answer = team.lead.get(BASE + page)
    assert answer.status_code == 200, answer.content.decode()[:2000]


@pytest.mark.parametrize("page", PAGES)
def test_strangers_find_nothing_and_readers_only_read(page, team, signed_in):
    stranger = signed_in(Role.CULTURE, agency=KPU, name="contoh-asing")
    assert stranger.get(BASE + page).status_code == 404
    assert signed_in(Role.EMPLOYEE, name="contoh-pegawai").get(BASE + page).status_code == 403
    assert team.planner.get(BASE + page).status_code == (403 if page in MANAGING else 200)


@pytest.mark.parametrize("page", POSTED)
def test_what_changes_something_is_never_opened_by_a_link(page, team):
    assert team.lead.get(BASE + page).status_code == 405
    assert team.planner.post(BASE + page).status_code in {403, 404}


@pytest.mark.parametrize(
    "page",
    ["survei/TIADA/", "survei/TIADA/ubah/", f"survei/{DEMO}/gelombang/TIADA/", f"{DEMO_WAVE}statistik/987654/",
     f"{DEMO_WAVE}hasil/?menurut=nama", f"{DEMO_WAVE}antargelombang/?dengan=TIADA", "berkas/TIADA/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(page, team):
    assert team.lead.get(BASE + page).status_code == 404


def test_a_survey_is_written_opened_and_closed_in_the_browser(team):
    given = {
        "title": "Budaya kerja", "code": SURVEY, "framework": "berakhlak", "notice": "Untuk perbaikan.", "k_screen": "5",
        "k_publish": "10", "kelompok-masa-kerja": "di bawah 5 tahun\n5 tahun atau lebih", "comments": "on",
    }  # fmt: skip
    assert team.lead.post(f"{BASE}survei-baru/", given | {"k_screen": "2"}).status_code == 422
    wrong = team.lead.post(f"{BASE}survei-baru/", given | {"kelompok-masa-kerja": "hanya satu"})
    assert wrong.status_code == 422
    assert "Survei tidak disimpan" in wrong.content.decode()
    assert team.lead.post(f"{BASE}survei-baru/", given).status_code == 302
    page = team.lead.get(f"{BASE}survei/{SURVEY}/").content.decode()
    assert "21 butir" in page
    day = timezone.localdate()
    wave = {"code": WAVE, "opens": day.isoformat(), "closes": (day + timedelta(days=7)).isoformat()}
    assert team.lead.post(f"{BASE}survei/{SURVEY}/gelombang/", wave).status_code == 422
    assert team.lead.post(f"{BASE}survei/{SURVEY}/gelombang/", wave | {f"unit-{UNIT}": "dua belas"}).status_code == 422
    assert team.lead.post(f"{BASE}survei/{SURVEY}/gelombang/", wave | {f"unit-{UNIT}": "12"}).status_code == 302
    assert team.lead.get(at("hasil")).status_code == 422, "nobody reads answers while the wave is open"
    assert team.lead.post(at("tutup")).status_code == 302
    assert team.lead.post(at("tutup")).status_code == 422
    assert team.lead.post(f"{BASE}survei/{SURVEY}/hapus/", {"alasan": "Keliru"}).status_code == 302


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("daftar", b"<!doctype")])
def test_links_are_handed_out_once_and_only_as_many_as_there_are_people(form, begins, team):
    opened(team.actor("ketua"), {UNIT: 6})
    verbs.open_wave(
        team.actor("ketua"), **AT, code="2024-2", opens=timezone.localdate(), closes=timezone.localdate(), population={UNIT: 5},
        year=2024,
    )  # fmt: skip
    here = at("tautan", wave="2024-2")
    assert team.lead.post(here, {"bentuk": form}).status_code == 422
    assert team.lead.post(here, {"bentuk": "gambar", f"unit-{UNIT}": "2"}).status_code == 422
    assert team.lead.post(here, {"bentuk": form, f"unit-{UNIT}": "6"}).status_code == 422
    answer = team.lead.post(here, {"bentuk": form, f"unit-{UNIT}": "2"})
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    if form == "daftar":
        assert answer.content.decode().count("/survei/isi/") == 2
    assert "/survei/isi/" not in team.lead.get(at(wave="2024-2")).content.decode()


def test_progress_names_no_small_unit_and_nobody_who_answered(team):
    big, small = units()
    tokens = opened(team.actor("ketua"), {big: 6, small: 3})
    assert all(tokens.values())
    page = team.lead.get(at()).content.decode()
    assert page.count("tidak ditampilkan") >= 1
    assert "0,0%" in page


GROUPS_SHOWN = [
    ((12, 7, 3), 12), ((12, 7, 3, 2), 19), ((12, 7, 3, 4), 19), ((12, 7, 2, 1), 12), ((20, 3), 0), ((30, 9), 39),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "shown"), GROUPS_SHOWN)
def test_the_suppression_vectors_hold_on_the_page_and_in_its_spreadsheet(sizes, shown, team):
    agency = tables.Agency.objects.get(code=BIRO)
    names = [
        tables.Unit.objects.create(
            agency=agency, code=f"UJI-{n}", name=f"Unit Uji {n}", sequence=9000 + n, order=n
        ).code
        for n in range(len(sizes))
    ]
    answered(team.actor("ketua"), dict(zip(names, sizes, strict=True)))
    page = team.lead.get(at("hasil")).content.decode()
    visible = [
        size for name, size in zip(names, sizes, strict=True) if f"Unit Uji {name.removeprefix('UJI-')}<" in page
    ]
    assert sum(visible) == shown
    sheet = load_workbook(BytesIO(team.leader.get(at("hasil") + "?format=xlsx").content)).active
    told = {row[0] for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("Unit Uji")}
    assert len(told) == len(visible)


def test_comments_are_shown_from_ten_people_on_without_a_group(team):
    answered(team.actor("ketua"), {UNIT: 9}, comment="Rahasia")
    assert "Rahasia" not in team.lead.get(at("hasil")).content.decode()
    answered(team.actor("ketua"), {UNIT: 10}, wave="2024-2", comment="Terbuka")
    page = team.lead.get(at("hasil", wave="2024-2")).content.decode()
    assert page.count("Terbuka") == 10


def test_few_careless_answers_are_not_counted_exactly(team):
    answered(team.actor("ketua"), {UNIT: 12}, value=lambda number: 4 if number < 21 else 3 + number % 3)
    assert "kurang dari 5" in team.lead.get(at("hasil")).content.decode()


def test_waves_that_differ_by_a_few_people_are_not_compared(team):
    answered(team.actor("ketua"), {UNIT: 12})
    answered(team.actor("ketua"), {UNIT: 14}, wave="2024-2", value=lambda number: 2 + number % 4)
    page = team.lead.get(at("antargelombang", wave="2024-2")).content.decode()
    assert page.count("tidak ditampilkan") == 7
    answered(team.actor("ketua"), {UNIT: 17}, wave="2024-3", value=lambda number: 2 + number % 4)
    page = team.lead.get(at("antargelombang", wave="2024-3") + "?dengan=2024-1").content.decode()
    assert "Selang 95%" in page
    assert "tidak ditampilkan" not in page
    assert team.lead.get(at("antargelombang", wave="2024-3") + "?dengan=2024-1&format=xlsx").status_code in {200, 403}


def test_the_index_is_our_own_and_the_national_one_only_context(team):
    answered(team.actor("ketua"), {UNIT: 12})
    page = team.lead.get(f"{BASE}indeks/").content.decode()
    assert "Indeks internal budaya kerja" in page
    assert "bukan pembanding langsung" in page
    assert "61,1" in page
    for wrong in ("Indeks BerAKHLAK instansi", "Indeks BerAKHLAK Biro"):
        assert wrong not in page


def test_every_page_of_invented_answers_says_so(team):
    for part in ("", "hasil/", "antargelombang/", "capaian/", "statistik/"):
        assert "data sintetis" in team.lead.get(f"{BASE}{DEMO_WAVE}{part}").content.decode(), part
    assert "data sintetis" in team.lead.get(f"{BASE}survei/").content.decode()


def test_results_are_published_by_the_leader_only(team):
    answered(team.actor("ketua"), {UNIT: 12})
    assert team.lead.post(at("terbit")).status_code == 403
    assert team.leader.post(at("terbit")).status_code == 302
    assert tables.SurveyWave.objects.get(survey__code=SURVEY).published_at is not None
    assert "hasil terbit" in team.lead.get(at()).content.decode()


def test_data_leave_with_labels_and_without_small_units(team):
    big, small = units()
    answered(team.actor("ketua"), {big: 12, small: 3})
    answer = team.lead.post(at("data"))
    assert answer["Content-Type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    assert "Sangat Setuju" in text
    assert f"\r\n{small}," not in text
