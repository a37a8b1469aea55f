"""The counter of a register in a real browser, by keyboard alone: new record, search, next step, receipt with a ticket."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.installation import peopled
from tests.web.browser.looks import clean
from tests.web.browser.served import REGISTER
from tests.web.browser.walk import BIRO

DESK = f"{BIRO}register/meja-loket/"


@pytest.fixture(scope="module")
def counter(tmp_path_factory, chromium):
    """An installation with the register of information requests and a clerk."""
    folder = tmp_path_factory.mktemp("loket")
    with peopled(folder, chromium, "served") as people:
        yield people


def typed(page, label, text):
    """Tab on until the field has the focus, then type."""
    wanted = page.locator("[data-desk-form], [data-desk-step][open]").get_by_label(label, exact=False).first
    for _step in range(40):
        if wanted.evaluate("node => node === document.activeElement"):
            page.keyboard.type(text)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {label}")


def test_a_request_is_taken_processed_and_receipted_without_a_mouse(counter):
    page = counter["petugas"]
    page.goto(DESK)
    clean(page)
    page.keyboard.press("Alt+b")
    expect(page.get_by_role("heading", name="Rekaman baru")).to_be_visible()
    expect(page.get_by_label("Nama pemohon")).to_be_focused()
    clean(page)
    page.reload()
    page.keyboard.type("Wayan Contoh")
    page.keyboard.press("Tab")
    page.keyboard.type("perorangan")
    typed(page, "Informasi yang diminta", "Salinan laporan kinerja 2025")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("belum diisi").first).to_be_visible()
    expect(page.get_by_label("Nama pemohon")).to_have_value("Wayan Contoh")
    page.keyboard.press("Tab")
    typed(page, "Tujuan penggunaan informasi", "Penelitian")
    page.keyboard.press("Alt+s")
    number = page.locator("[data-desk-record]")
    expect(number).to_be_focused()
    told = number.inner_text()
    expect(page.get_by_text("Wayan Contoh").first).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.locator("[data-desk-search]")).to_be_focused()
    page.keyboard.type("Wayan")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "cari=Wayan" in url)
    page.keyboard.press("Alt+c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(number).to_have_text(told)

    page.keyboard.press("Alt+2")
    typed(page, "Ringkasan informasi", "Laporan kinerja")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("Diproses", exact=True).first).to_be_visible()
    clean(page)

    page.keyboard.press("Alt+t")
    expect(page.locator(".reg-number")).to_have_text(told)
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("Kata rahasia tiket")).to_be_visible()
    expect(page.locator(".reg-number")).to_have_text(told)
    clean(page)
    page.keyboard.press("Escape")
    expect(number).to_have_text(told)
    assert REGISTER in page.url
