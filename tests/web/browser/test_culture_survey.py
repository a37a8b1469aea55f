"""A survey in a real browser: answered on a phone by finger, by keyboard only, without JavaScript; then read by its team."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.installation import PHONE, peopled
from tests.web.browser.looks import clean
from tests.web.browser.surveyed import LINKS, SURVEY, WAVE

BASE = "/i/BIRO-ORG/2024/budaya/"
HERE = f"{BASE}survei/{SURVEY}/gelombang/{WAVE}/"
ITEMS = 21


@pytest.fixture(scope="module")
def survey(tmp_path_factory, chromium):
    """An installation with an open survey of twelve links."""
    folder = tmp_path_factory.mktemp("survei")
    with peopled(folder, chromium, "surveyed") as people:
        people.links = iter([f"{people.address}/survei/isi/{token}/" for token in (folder / LINKS).read_text().split()])
        people.chromium = chromium
        yield people


def on_a_phone(survey, **more):
    context = survey.chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="id-ID", reduced_motion="reduce", **more
    )
    return context, context.new_page()


def test_a_survey_is_answered_by_finger_and_read_by_its_team(survey):
    _by_finger(survey)
    _by_keyboard(survey)
    _without_javascript(survey)
    _read(survey)


def _by_finger(survey):
    """Big targets, one question at a time, how far one is; nothing is kept on the phone."""
    context, page = on_a_phone(survey)
    page.goto(next(survey.links))
    clean(page)
    expect(page.get_by_role("heading", name="Apa yang disimpan")).to_be_visible()
    page.get_by_role("link", name="Mulai mengisi").tap()
    for number in range(1, ITEMS + 1):
        choice = page.locator(f"#bagian-{number} .ask-choice").nth(number % 5)
        assert choice.bounding_box()["height"] >= 44
        choice.tap()
    expect(page.locator("[data-count]")).to_have_text(str(ITEMS))
    page.get_by_label("di bawah 5 tahun").check()
    page.get_by_label("Komentar").fill("Rapat sebaiknya lebih singkat.")
    clean(page)
    page.get_by_role("button", name="Kirim jawaban").tap()
    expect(page.get_by_role("heading", name="Terima kasih, jawaban Anda sudah masuk.")).to_be_visible()
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Tautan ini sudah dipakai.")).to_be_visible()
    context.close()


def _by_keyboard(survey):
    """Arrow keys choose within a question and do not run away from it."""
    page = survey.somebody()
    page.goto(next(survey.links))
    page.locator("#bagian-1 input").first.focus()
    for _ in range(ITEMS):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        focused = page.evaluate("document.activeElement.closest('fieldset').id")
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.type") != "radio":
            page.keyboard.press("Tab")
        assert focused.startswith("bagian-")
    expect(page.locator("[data-count]")).to_have_text(str(ITEMS))
    page.get_by_role("button", name="Kirim jawaban").press("Enter")
    expect(page.get_by_role("heading", name="Terima kasih, jawaban Anda sudah masuk.")).to_be_visible()


def _without_javascript(survey):
    context, page = on_a_phone(survey, java_script_enabled=False)
    page.goto(next(survey.links))
    page.get_by_role("button", name="Kirim jawaban").tap()
    expect(page.get_by_role("alert")).to_contain_text("Jawaban belum dapat dikirim.")
    for number in range(1, ITEMS + 1):
        page.locator(f"#bagian-{number} input").nth(3).check()
    page.get_by_role("button", name="Kirim jawaban").tap()
    expect(page.get_by_role("heading", name="Terima kasih, jawaban Anda sudah masuk.")).to_be_visible()
    context.close()


def _read(survey):
    """Every page of the team, looked at by a program and at a phone's width."""
    page = survey["ketua"]
    for address in ("survei/", f"survei/{SURVEY}/", "survei-baru/", f"survei/{SURVEY}/ubah/", f"survei/{SURVEY}/gelombang/", "impor-proyek/",
                    "berkas/BK-CONTOH/"):  # fmt: skip
        page.goto(BASE + address)
        clean(page)
    page.goto(HERE)
    clean(page)
    page.get_by_role("button", name="Tutup gelombang").click()
    expect(page.get_by_text("Gelombang ditutup.")).to_be_visible()
    for part in ("", "hasil/", "antargelombang/", "capaian/", "statistik/"):
        page.goto(HERE + part)
        clean(page)
    page.goto(f"{HERE}hasil/")
    expect(page.get_by_text("Rapat sebaiknya lebih singkat.")).to_be_visible()
    page.goto(f"{HERE}statistik/")
    page.get_by_role("button", name="Hitung Reliabilitas").click()
    expect(page.get_by_role("heading", name="Arti hasil ini")).to_be_visible()
    clean(page)
    page.goto(f"{BASE}indeks/")
    clean(page)
