"""Pages of culture studies: they open for the right ones, cost little, and refuse what is not there."""

import pytest
from tests.web.conftest import KPU
from tests.web.culture.conftest import BALI, BASE, MUBA, study

from selaras.core.access import Role
from selaras.store.models.culture import DisplayKind

BALI_PATH = f"studi/{BALI}/"
PARTS = (
    "", "atur/", "tim/", "informan/", "informan/INF-01/", "identitas/", "pedoman/", "sumber/", "sumber/?q=S1", "sumber-baru/",
    "sumber-bukti/", "sumber/S1/", "sandi/S1/", "sandi/S8/", "sandi/S1/?penggalan=1", "kode/", "kode/KP.SET/", "kode/KP.REL/",
    "memo/", "jejak/", "kesepakatan/", "sajian/", "simpulan/", "simpulan-baru/", "simpulan/F1d/", "tindak-lanjut/",
    "tindak-lanjut/?ubah=R1",
)  # fmt: skip
WAYS = ("metode", "peran", "konstruk", "periksa", "negatif", "log", "kejenuhan", "nilai", "kutipan", "kejenuhan&kode=induktif",
        "periksa&konstruk=KP", "kutipan&kode=KP.SET")  # fmt: skip
PAGES = [
    "", "baru/", "kerangka/", "kerangka/baru/", "kerangka/nilai-fungsi-faktor/", *(BALI_PATH + part for part in PARTS),
    *(f"{BALI_PATH}sajian/?jenis={kind}" for kind in WAYS), f"studi/{MUBA}/", f"studi/{MUBA}/simpulan/",
]  # fmt: skip
LEADS = {"baru/", "kerangka/baru/", *(BALI_PATH + part for part in (
    "atur/", "identitas/", "sumber-baru/", "sumber-bukti/", "simpulan-baru/", "sandi/S1/", "sandi/S8/", "sandi/S1/?penggalan=1",
    "memo/",
))}  # fmt: skip
"""What only who leads or codes a study opens."""


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_within_its_budget(page, team, django_assert_max_num_queries):
    team.lead.get(BASE + page)
    with django_assert_max_num_queries(12):
        answer = team.lead.get(BASE + page)
    assert answer.status_code == 200, answer.content.decode()[:2000]


def test_who_may_only_read_opens_the_pages_of_readers_and_no_other(team):
    for page in PAGES:
        expected = 403 if page in LEADS else 200
        assert team.planner.get(BASE + page).status_code == expected, page


def test_readers_are_shown_no_whole_text_and_no_form(team):
    page = team.planner.get(study(BALI, "sumber", "S1")).content.decode()
    assert "bk-text" not in page
    assert "Simpan sumber" not in page
    assert "Sandi ulang" not in team.planner.get(study(BALI, "kode", "KP.SET")).content.decode()


def test_a_role_without_the_right_gets_403_and_another_agency_404(team, signed_in):
    unable = signed_in(Role.EMPLOYEE, name="contoh-pegawai")
    stranger = signed_in(Role.CULTURE, agency=KPU, name="contoh-asing")
    for page in PAGES:
        assert unable.get(BASE + page).status_code == 403, page
        assert stranger.get(BASE + page).status_code == 404, page


MISSING = (
    "studi/TIDAK-ADA/", "kerangka/tidak-ada/", *(BALI_PATH + part for part in (
        "informan/INF-99/", "pedoman/99/", "pedoman/99/cetak/", "sumber/S99/", "sandi/S99/", "kode/TIDAK/", "kesepakatan/P9/",
        "sajian/99/", "sajian/?jenis=apa", "sajian/?konstruk=APA", "sajian/?jenis=kutipan&kode=APA", "simpulan/F9/",
    )),
)  # fmt: skip


@pytest.mark.parametrize("page", MISSING)
def test_what_is_not_there_is_not_found(page, team):
    assert team.lead.get(BASE + page).status_code == 404


POSTS = (
    "contoh/", "kerangka/nilai-fungsi-faktor/salin/", "kerangka/nilai-fungsi-faktor/simpul/pindah/",
    "kerangka/nilai-fungsi-faktor/simpul/hapus/", "kerangka/nilai-fungsi-faktor/hapus/", *(BALI_PATH + part for part in (
        "tahap/", "terbit/", "kerangka/", "hapus/", "informan/INF-01/persetujuan/", "informan/INF-01/tarik/",
        "informan/INF-01/hapus/", "identitas/hapus/", "pedoman/1/hapus/", "sumber/S1/kunci/", "sumber/S1/hapus/",
        "sandi/S1/tandai/", "kode/KP.SET/gabung/", "kesepakatan/P1/tutup/", "kesepakatan/P1/putuskan/", "sajian/simpan/",
        "sajian/1/hapus/", "simpulan/F1d/bekukan/", "tindak-lanjut/R1/simpan/",
    )),
)  # fmt: skip


@pytest.mark.parametrize("page", POSTS)
def test_what_changes_something_is_sent_and_never_just_opened(page, team):
    assert team.lead.get(BASE + page).status_code == 405
    assert team.planner.post(BASE + page, {}).status_code in {403, 422}


def test_what_is_sent_wrongly_is_refused_in_words(team):
    for part, given in (
        ("tahap", {"ke": "surga"}), ("sandi/S1/tandai", {"awal": "x", "akhir": "5", "kode": "KP.SET", "arah": "+", "jenis": "norma"}),
        ("sandi/S1/tandai", {"awal": "1", "akhir": "5", "kode": "KP.SET", "arah": "?", "jenis": "norma"}),
        ("sandi/S1/tandai", {"awal": "1", "akhir": "999999", "kode": "KP.SET", "arah": "+", "jenis": "norma"}),
        ("kesepakatan", {"kode": "P1", "tujuan": "apa", "satuan": "aksara"}), ("sajian/simpan", {"jenis": "apa"}),
        ("simpulan/F1d/periksa", {"jenis": "cara pemeriksaan", "cara": "apa", "hasil": "x"}),
    ):  # fmt: skip
        assert team.lead.post(study(BALI, part), given).status_code == 422, part
    for part in ("sandi/S1/apa", "kode/KP.SET/apa", "simpulan/F1d/apa", "tindak-lanjut/R1/apa"):
        assert team.lead.post(study(BALI, part), {}).status_code == 404, part


def test_the_study_of_2018_shows_what_its_authors_could_not(team):
    page = team.lead.get(study(BALI, "simpulan")).content.decode()
    assert "Triangulasi metode dinyatakan, belum ditunjukkan" in page
    assert "KP.REL religius" in page
    overview = team.lead.get(study(BALI)).content.decode()
    for code, name in (("KP.REL", "religius"), ("BF.BEDA", "pembeda"), ("KN.INIS", "inisiatif")):
        assert f">{code}</a> {name}" in overview
    assert "Contoh kerja: penyandian ulang studi yang pernah terbit" in overview
    against = team.lead.get(study(BALI, "sajian") + "?jenis=negatif").content.decode()
    assert "berbagi tugas sebelum acara memudar" in against
    method = team.lead.get(study(BALI, "sajian") + "?jenis=metode").content.decode()
    assert "Triangulasi metode dinyatakan, belum ditunjukkan" in method
    assert "21 dari 30 sel kosong" in method


def test_the_study_of_musi_banyuasin_shows_claims_against_the_evidence(team):
    page = team.lead.get(study(MUBA, "simpulan")).content.decode()
    block = page.split("Klaim berlawanan dengan bukti")[1]
    assert "BD1.ETOS" in block
    assert "KN2" in block
    claims = page.split("Klaim tanpa bukti")[-1].split("Klaim berlawanan")[0]
    for code in ("KN1", "KN3", "BD1.BAHASA", "KP3.DUAARAH"):
        assert f">{code}</a>" in claims


def test_the_examples_are_loaded_by_a_button(signed_in):
    lead = signed_in(Role.CULTURE, name="contoh-ketua")
    assert "Muat contoh" in lead.get(BASE).content.decode()
    answer = lead.post(f"{BASE}contoh/", {"contoh": BALI})
    assert answer.status_code == 302
    assert answer["Location"] == study(BALI)
    assert lead.post(f"{BASE}contoh/", {"contoh": "tidak-ada"}).status_code == 404


@pytest.mark.parametrize("kind", [kind.value for kind in DisplayKind])
def test_a_display_is_kept_and_noted(kind, team):
    made = team.lead.post(study(BALI, "sajian/simpan"), {"jenis": kind, "judul": "Sajian contoh", "konstruk": ""})
    assert made.status_code == 302
    page = team.lead.get(made["Location"]).content.decode()
    row = page.split('name="baris"')[1].split('value="')[1].split('"')[0]
    column = page.split('name="lajur"')[1].split('value="')[1].split('"')[0]
    noted = team.lead.post(made["Location"], {"baris": row, "lajur": column, "catatan": "Dibaca bersama tim."})
    assert noted.status_code == 302
    assert "Dibaca bersama tim." in team.planner.get(made["Location"]).content.decode()
    assert team.lead.post(f"{made['Location']}hapus/").status_code == 302
    assert team.lead.get(made["Location"]).status_code == 404
