"""A request from the public form to its rating, on a phone and without scripts; the satisfaction survey with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.browser.installation import PATIENCE, PHONE, Installation
from tests.web.browser.looks import clean

ROOT = Path(__file__).parents[3]
SERVICES = "/publik/BIRO-ORG/layanan/"
NAME = "Warga Rekaan Telepon"


def child(folder, *words):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SELARAS_", "DJANGO_"))}
    command = [sys.executable, "-m", "tests.web.browser.open_office", str(folder), *words]
    return subprocess.run(command, cwd=ROOT, env=kept, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("layanan")
    word = child(folder, "open").splitlines()[-1]
    installation = Installation(folder)
    yield installation, word
    installation.stop()


def visitor(chromium, installation, *, scripts):
    context = chromium.new_context(
        viewport=PHONE,
        base_url=installation.address,
        locale="id-ID",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def test_a_request_is_followed_to_its_end_without_scripts(chromium, office):
    installation, _word = office
    page = visitor(chromium, installation, scripts=False)
    page.goto(SERVICES)
    page.get_by_role("link", name="Permohonan informasi publik").first.click()
    page.get_by_label("Nama pemohon").fill(NAME)
    page.get_by_label("Perorangan").check()
    page.get_by_label("Informasi yang diminta").fill("Laporan kinerja tahun lalu")
    page.get_by_label("Tujuan penggunaan informasi").fill("Penelitian")
    page.get_by_label("Saya setuju").check()
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Kirim").click()
    number, secret = page.locator("#nomor-tiket").inner_text(), page.locator("#kode-rahasia").inner_text()
    assert not page.context.cookies()
    page.get_by_role("button", name="Lihat tiket saya").click()
    expect(page.locator("main")).to_contain_text("Permohonan Anda telah kami terima")
    expect(page.locator("main")).to_contain_text("paling lambat")
    assert NAME not in page.content()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF").click()
    assert waiting.value.suggested_filename == "tanda_terima.pdf"
    page.wait_for_timeout(3500)
    page.get_by_label("Pesan atau keterangan").fill("Saya memerlukan bab tiga saja.")
    page.get_by_role("button", name="Kirim pesan").click()
    expect(page.get_by_role("status").first).to_contain_text("terkirim")
    child(installation.folder, "answer", number)
    page.goto(f"{SERVICES}tiket/")
    page.get_by_label("Nomor tiket").fill(number)
    page.get_by_label("Kode rahasia").fill("0000-0000-0000-0000")
    page.get_by_role("button", name="Lihat").click()
    expect(page.get_by_role("alert")).to_contain_text("Tiket tidak ditemukan")
    page.get_by_label("Kode rahasia").fill(secret.lower().replace("-", " "))
    page.get_by_role("button", name="Lihat").click()
    expect(page.locator("main")).to_contain_text("Informasi Anda kami siapkan.")
    for box in page.get_by_role("radio", name="4 · Sangat setuju").all():
        box.check()
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Kirim penilaian").click()
    expect(page.get_by_role("status").first).to_contain_text("penilaian Anda tersimpan")
    assert NAME not in page.content()
    page.context.close()


def test_every_public_page_is_clean_on_a_phone(chromium, office):
    installation, word = office
    page = visitor(chromium, installation, scripts=True)
    for address in ("", "ajukan/permohonan_informasi/", "ajukan/pengaduan/", "tiket/", "standar/", "kepuasan/", "data/",
                    "tahunan/permohonan_informasi/", f"isi/SKM-1/{word}/"):  # fmt: skip
        page.goto(SERVICES + address)
        clean(page, PHONE)
    page.context.close()


def test_the_survey_is_answered_by_thumb(chromium, office):
    installation, word = office
    page = visitor(chromium, installation, scripts=True)
    page.goto(f"{SERVICES}isi/SKM-1/{word}/")
    page.get_by_label("Layanan yang Anda terima").select_option("Loket")
    for box in page.get_by_role("radio", name="3 · Baik").all():
        box.check()
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih")
    clean(page, PHONE)
    assert not page.context.cookies()
    page.context.close()
