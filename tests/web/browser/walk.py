"""The walk through one year: every step is taken by the person whose step it is, through what stands on the page."""

from pathlib import Path

from playwright.sync_api import expect

from tests.web.browser.installation import PASSWORD, PATIENCE

expect.set_options(timeout=PATIENCE)

READING = 120_000
BIRO = "/i/BIRO-ORG/2024/"
IKU = "Persentase Perangkat Daerah yang Reformasi Birokrasinya Baik"
SOURCE = "Lembar hasil evaluasi reformasi birokrasi, diperiksa dua kali setahun"
PARAGRAPH = (
    "Sebagian besar perangkat daerah sudah menjalankan rencana aksi reformasi birokrasinya sampai tuntas. "
    "Rapat penyusunannya dihadiri 12 (dua puluh) orang dan berlangsung 3 (empat) hari."
)
"""Two slips of the pen for the inspectorate to find; the figures of the report have none."""
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def walk(installation, people):
    """Everything, in the order of the year."""
    first_run(installation, people)
    plan(people["perencana"])
    agree(people)
    measure(people)
    write(people["penyusun"])
    review(people)
    publish(people["pimpinan"])
    read(people.somebody())


def told(page, words):
    """The page says so."""
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()


def press(page, name, **more):
    page.get_by_role("button", name=name, exact=True, **more).filter(visible=True).first.click()


def follow(page, name, exact=True):
    page.get_by_role("link", name=name, exact=exact).filter(visible=True).first.click()


def prove(page, password):
    """Who signs proves once more who it is, if the last proof is some minutes old."""
    if "/akun/reauthenticate/" in page.url:
        page.get_by_label("Kata sandi").fill(password)
        press(page, "Lanjutkan")


def first_run(installation, people):
    page = people.somebody()
    page.goto("/")
    told(page, "Langkah 1 dari 2")
    page.goto(installation.setup_address)
    page.get_by_label("Nama lengkap").fill("Kepala Contoh")
    page.get_by_label("Nama pengguna").fill("kepala")
    page.get_by_label("Kata sandi", exact=False).first.fill(PASSWORD)
    page.get_by_label("Kata sandi sekali lagi").fill(PASSWORD)
    press(page, "Buat administrator")
    told(page, "Langkah 2 dari 2")
    press(page, "Muat instansi contoh")
    told(page, "Instansi contoh siap")
    people.password = page.locator("code").first.inner_text().strip()
    people.keep("kepala", page)


def plan(page):
    told(page, "Biro Organisasi, Tahun 2024")
    follow(page, "Perencanaan")
    follow(page, "RKT")
    name = "Persentase Perpustakaan Sesuai dengan Standar Nasional Perpustakaan (SNP)"
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
    row.get_by_label(f"{name}, Tahun 2024").fill("60%")
    row.get_by_label("Alasan perbedaan").fill("Penyesuaian dengan perjanjian kinerja yang sudah ditandatangani.")
    press(page, "Simpan RKT")
    told(page, "tersimpan")
    expect(page.get_by_label(f"{name}, Tahun 2024")).to_have_value("60%")

    follow(page, "Indikator")
    follow(page, IKU)
    follow(page, "Ubah indikator dan rumus")
    page.get_by_label("Sumber data").fill(SOURCE)
    press(page, "Simpan")
    told(page, SOURCE)


def agree(people):
    page = people["perencana"]
    follow(page, "Perjanjian")
    row = page.get_by_role("row").filter(has_text="Kepala Bagian Kelembagaan dan Analisis Jabatan")
    row.get_by_role("link", name="Susun", exact=False).click()
    press(page, "Susun draf")
    told(page, "Draf disusun dari rencana.")
    press(page, "Ajukan kepada atasan")
    told(page, "Perjanjian diajukan.")

    page = people["pimpinan"]
    page.goto(f"{BIRO}perjanjian/")
    follow(page, "Kepala Bagian Kelembagaan dan Analisis Jabatan", exact=False)
    told(page, "Sama dengan RKT, daftar IKU, dan anggaran yang berlaku.")
    press(page, "Sepakati")
    told(page, "Perjanjian disepakati.")
    for word, state in (("atasan", "Ditandatangani pihak pertama"), ("pimpinan", "Ditandatangani")):
        page = people[word]
        page.goto(f"{BIRO}perjanjian/PK-KABAG-KAJ-2024/")
        follow(page, "Tanda tangani")
        prove(page, people.password)
        page.get_by_label("Saya sudah membaca").check()
        press(page, "Tanda tangani")
        told(page, "Perjanjian Anda tanda tangani.")
        follow(page, "Perjanjian")
        told(page, state)


def measure(people):
    page = people["pengampu"]
    follow(page, "Pengukuran")
    page.get_by_role("link", name="rincian angka IKU-1 Triwulan I Tahun 2024", exact=False).click()
    told(page, "Triwulan I Tahun 2024")
    page.get_by_label("Pembilang").fill("40")
    page.get_by_label("Penyebut").fill("46")
    press(page, "Simpan draf")
    told(page, "86,96%")
    page.locator("input[type=file]").set_input_files(
        {"name": "lembar-evaluasi.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_label("Bukti tersimpan")).to_contain_text("lembar-evaluasi")
    press(page, "Ajukan")
    told(page, "Diajukan")

    page = people["atasan"]
    page.goto(f"{BIRO}pengukuran/verifikasi/")
    row = page.get_by_role("row").filter(has_text="IKU-1").filter(has_text="Triwulan I Tahun 2024")
    expect(row).to_contain_text("40 dari 46")
    row.get_by_role("link", name=IKU).click()
    with page.expect_download() as saved:
        follow(page, "lembar-evaluasi", exact=False)
    assert Path(saved.value.path()).read_bytes() == PDF
    press(page, "Verifikasi")
    told(page, "Terverifikasi")


def write(page):
    follow(page, "Laporan")
    follow(page, "Naskah")
    follow(page, "Kata Pengantar", exact=False)
    page.get_by_label("Paragraf baru").first.fill(PARAGRAPH)
    press(page, "Tambah paragraf")
    told(page, PARAGRAPH)
    press(page, "Selesai")
    follow(page, "Dokumen")
    press(page, "Bekukan data")
    press(page, "Bekukan dan susun")
    told(page, "Data dibekukan sebagai edisi 1.")
    press(page, "Kirim untuk direviu")
    told(page, "Edisi dikirim ke APIP untuk direviu.")


def review(people):
    page = people["pereviu"]
    follow(page, "Biro Organisasi", exact=False)
    follow(page, "Reviu")
    page.get_by_role("row").filter(has_text="dari Selaras").get_by_role("link").click()
    press(page, "Mulai membaca")
    expect(page.get_by_role("button", name="Selesaikan", exact=True)).to_be_visible(timeout=READING)
    case = page.url.split("?")[0]
    page.goto(f"{case}?tingkat=error&putusan=belum")
    page.get_by_label("Alasan; wajib bila dikesampingkan").fill(
        "Sudah dibahas dengan penyusun; dasarnya tetap berlaku."
    )
    press(page, "Kesampingkan")
    told(page, "Dikesampingkan oleh Pereviu (contoh)")
    page.goto(f"{case}?tingkat=error&putusan=belum")
    press(page, "Terima")
    told(page, "Diterima oleh Pereviu (contoh)")
    press(page, "Jadikan tindak lanjut")
    told(page, "1 temuan masuk daftar tindak lanjut.")
    follow(page, "Temuan reviu", exact=False)
    told(page, "Ada dalam daftar tindak lanjut")
    page.goto(f"{case}?tingkat=error&putusan=belum")
    boxes = page.get_by_role("checkbox", name="Pilih temuan", exact=False)
    if boxes.count():
        for box in boxes.all():
            box.check()
        press(page, "Terima yang dipilih")
        page.wait_for_load_state()
    page.goto(case)
    press(page, "Selesaikan")
    told(page, "Simpulan reviu tidak dibuat program")
    press(page, "Selesaikan reviu")
    told(page, "Reviu selesai")


def publish(page):
    page.goto(f"{BIRO}laporan/")
    page.get_by_role("row").filter(has_text="LKjIP").get_by_role("link").first.click()
    press(page, "Setujui")
    told(page, "Edisi disetujui.")
    press(page, "Terbitkan")
    press(page, "Terbitkan sekarang")
    told(page, "Edisi terbit. Halaman publiknya sudah terbuka.")


def read(page):
    page.goto("/")
    follow(page, "Laporan dan perjanjian yang terbit")
    follow(page, "Biro Organisasi", exact=False)
    follow(page, "Kinerja tahun 2024")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=IKU))
    expect(row).to_contain_text("87%")
    expect(row).to_contain_text("100,00%")
    row.get_by_role("link").click()
    told(page, "86,96%")
    told(page, SOURCE)
    with page.expect_download() as saved:
        follow(page, "CSV")
    sheet = Path(saved.value.path()).read_text("utf-8-sig")
    assert IKU in sheet
    assert "87" in sheet
