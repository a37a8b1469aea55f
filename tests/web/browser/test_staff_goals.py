"""A year of one employee in a real browser: matrix by keyboard, plan, agreement, feedback, rating, objection, decision."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.installation import peopled
from tests.web.browser.looks import clean
from tests.web.browser.walk import BIRO, follow, press, told

SKP, RB = f"{BIRO}skp/", f"{BIRO}rb/"
SECTION, STAFF = f"{SKP}SKP-2024-KABAG-RBA/", f"{SKP}SKP-2024-P-01/"


@pytest.fixture(scope="module")
def section(tmp_path_factory, chromium):
    """An installation in which the people of one section sit on their chairs."""
    folder = tmp_path_factory.mktemp("pegawai")
    with peopled(folder, chromium, "staffed") as people:
        yield people


def begin(page):
    page.goto(SKP)
    follow(page, "Buat SKP")
    clean(page)
    press(page, "Buat SKP")
    told(page, "SKP dibuat.")


def matrix(people):
    """The head of section writes a result and fills the matrix without a mouse."""
    page = people["kabag"]
    begin(page)
    follow(page, "Pengaturan")
    clean(page)
    page.goto(SECTION)
    follow(page, "Tambah hasil kerja")
    page.get_by_label("Rencana hasil kerja").fill("Evaluasi reformasi birokrasi terlaksana")
    page.get_by_label("Indikator kinerja individu").fill("Jumlah evaluasi")
    page.get_by_label("Target", exact=False).first.fill("4")
    press(page, "Simpan hasil kerja")
    told(page, "Hasil kerja disimpan.")
    follow(page, "Tambah hasil kerja")
    page.get_by_label("Rencana hasil kerja").fill("Rencana aksi tersusun")
    press(page, "Simpan hasil kerja")
    follow(page, "Matriks peran hasil")
    for name in ("Pegawai Contoh Satu", "Pegawai Contoh Dua"):
        page.get_by_label("Cari nama atau tugas").fill(name)
        press(page, "Cari")
        expect(page.get_by_label("Pegawai", exact=True)).to_contain_text(name)
        press(page, "Masukkan")
        expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    box = page.get_by_label("Tambah hasil Pegawai Contoh Dua pada hasil kerja 1")
    box.focus()
    page.keyboard.type("Laporan evaluasi tersusun")
    page.keyboard.press("Enter")
    entry = page.get_by_role("link", name="Laporan evaluasi tersusun")
    expect(entry).to_be_visible()
    expect(box).to_be_focused()
    entry.focus()
    first = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Pegawai Contoh Satu"))
    page.keyboard.press("Alt+ArrowUp")
    expect(first.get_by_role("link", name="Laporan evaluasi tersusun")).to_be_focused()
    for key, column in (("Alt+ArrowRight", 1), ("Alt+ArrowLeft", 0)):
        page.keyboard.press(key)
        expect(
            first.get_by_role("cell").nth(column).get_by_role("link", name="Laporan evaluasi tersusun")
        ).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hasil kerja anggota")).to_be_focused()
    page.get_by_label("Indikator", exact=True).fill("Jumlah laporan")
    page.get_by_label("Target", exact=True).fill("4")
    page.get_by_label("Satuan", exact=True).fill("laporan")
    clean(page)
    page.locator("#panel-mph").get_by_role("button", name="Simpan").click()
    expect(first.get_by_text("Jumlah laporan · 4 laporan")).to_be_visible()
    entry.drag_to(page.get_by_label("Tambah hasil Pegawai Contoh Satu pada hasil kerja 2"))
    expect(first.get_by_role("cell").nth(1).get_by_role("link", name="Laporan evaluasi tersusun")).to_be_visible()
    clean(page)


def plan(people):
    page = people["pegawai"]
    begin(page)
    told(page, "Laporan evaluasi tersusun")
    clean(page)
    page.get_by_role("textbox", name="Dukungan sumber daya").fill("Komputer jinjing")
    page.get_by_role("button", name="Simpan Dukungan sumber daya").click()
    told(page, "Lampiran disimpan.")
    press(page, "Ajukan kepada penilai")
    told(page, "Menunggu persetujuan pejabat penilai.")
    chief = people["kabag"]
    chief.goto(f"{SKP}bawahan/")
    clean(chief)
    chief.get_by_label("Pilih Pegawai Contoh Satu").check()
    press(chief, "Sepakati yang dipilih")
    told(chief, "1 SKP disepakati.")


def talk(people):
    page = people["kabag"]
    page.goto(f"{STAFF}percakapan/")
    clean(page)
    page.get_by_label("Jenis").select_option("apresiasi")
    page.get_by_label("Tentang").select_option(label="1. Laporan evaluasi tersusun")
    page.get_by_label("Umpan balik", exact=True).fill("Laporannya rapi.")
    page.get_by_label("Bukti dukung").fill("Laporan triwulan II")
    press(page, "Simpan umpan balik")
    told(page, "Laporannya rapi.")
    own = people["pegawai"]
    own.goto(f"{STAFF}penilaian/")
    own.get_by_label("Realisasi", exact=True).first.fill("4")
    own.get_by_label("Bukti dukung").first.fill("Empat laporan")
    own.get_by_role("button", name="Simpan 1").click()
    told(own, "Realisasi disimpan.")


def rate(people):
    page = people["kabag"]
    page.goto(f"{STAFF}penilaian/")
    clean(page)
    page.get_by_role("group", name="Rating hasil kerja").get_by_label("Di atas ekspektasi").check()
    page.get_by_role("group", name="Rating perilaku kerja").get_by_label("Sesuai ekspektasi").check()
    page.get_by_label("Alasan berdasarkan bukti").fill("Lebih cepat dari target.")
    press(page, "Tetapkan penilaian")
    told(page, "Penilaian ditetapkan.")
    here = page.get_by_role("cell").filter(has_text="penilaian ini")
    expect(here).to_contain_text("Baik")
    clean(page)


def object_and_decide(people):
    page = people["pegawai"]
    page.goto(f"{STAFF}penilaian/")
    page.get_by_label("Alasan keberatan").fill("Umpan balik perilaku belum dibaca.")
    press(page, "Ajukan keberatan")
    told(page, "Keberatan diajukan")
    clean(page)
    above = people["kepala"]
    above.goto(f"{STAFF}penilaian/")
    above.get_by_label("Penilaian diubah").check()
    above.get_by_label("Rating perilaku kerja yang baru").select_option("di atas ekspektasi")
    above.get_by_label("Pertimbangan").fill("Bukti perilaku lengkap.")
    clean(above)
    press(above, "Putuskan keberatan")
    told(above, "Keberatan diputus.")
    page.goto(SKP)
    told(page, "Sangat Baik")
    told(page, "Final")


def test_a_year_of_goals_from_the_matrix_to_the_decision_on_an_objection(section):
    matrix(section)
    plan(section)
    talk(section)
    rate(section)
    object_and_decide(section)
    stranger = section["rekan"]
    assert stranger.goto(STAFF).status == 404
    expected = [told for told in section.complaints if "404" not in told]
    assert expected == []


def test_axe_finds_nothing_on_the_other_pages(section):
    for word, path in (
        ("perencana", f"{SKP}keselarasan/"), ("perencana", f"{SKP}penjenjangan/"), ("asisten", f"{SKP}distribusi/"),
        ("asisten", f"{SKP}predikat-organisasi/?unit=BAG-RBA"), ("perencana", RB), ("perencana", f"{RB}rencana-aksi/"),
        ("perencana", f"{RB}rencana-aksi/baru/"), ("perencana", f"{RB}unit/"),
    ):  # fmt: skip
        page = section[word]
        assert page.goto(path).status == 200
        clean(page)
