"""The sheet in a real browser: keys, a pasted block, a question, undo, and two people at the same cell."""

import os
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from selaras.actions.exchange import load_workbook
from selaras.core.access import Role, operator
from selaras.store import models as tables

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
EXAMPLE = Path(__file__).parents[3] / "examples" / "biro-organisasi-2024.xlsx"
AT = "/i/BIRO-ORG/2024/pengukuran/"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's Chromium"),
]


@pytest.fixture(autouse=True)
def loaded(settings, tmp_path, db, transactional_db, monkeypatch):
    # Playwright runs an event loop in this thread, and Django would refuse every query here.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.DATA = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    load_workbook(operator("Contoh"), path=EXAMPLE)


@pytest.fixture
def page(live_server):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(15000)
        page.context.add_cookies([{"name": "selaras_session", "value": session(), "url": live_server.url}])
        page.goto(live_server.url + AT)
        yield page
        browser.close()


def session():
    user = tables.User.objects.create_user("contoh-perencana", name="Contoh Perencana")
    tables.RoleGrant.objects.create(user=user, role=Role.PLANNER.value, agency=tables.Agency.objects.get())
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def cell(page, indicator, quarter, part="nilai"):
    return page.locator(f'td[data-cell="indikator={indicator}&periode=triwulan-{quarter}"] [data-part={part}]')


def said(page, words):
    page.locator("[data-grid-said]").filter(has_text=words).wait_for()


PASTED = (("IT-1", 2), ("IT-1", 3), ("IT-2", 2), ("IT-2", 3))


def paste(page, text):
    page.evaluate(
        """text => { const block = new DataTransfer(); block.setData("text", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: block, bubbles: true, cancelable: true})); }""",
        text,
    )


def filled(page, values):
    """Wait until these cells hold these values and are stored."""
    for (indicator, quarter), text in values.items():
        page.wait_for_function(
            """([key, text]) => { const cell = document.querySelector(`td[data-cell="${key}"]`);
            const input = cell.querySelector("[data-part=nilai]");
            return input.dataset.exact === text && !cell.dataset.sending; }""",
            arg=[f"indikator={indicator}&periode=triwulan-{quarter}", text],
        )


def empty(page, *spots):
    filled(page, dict.fromkeys(spots, ""))


def stored(indicator, quarter):
    row = tables.Realisation.objects.filter(indicator__code=indicator, span="triwulan", index=quarter).first()
    return None if row is None else float(row.value_amount)


def test_the_sheet_is_filled_by_keys_paste_and_undo(page):
    cell(page, "IT-1", 1).click()
    page.keyboard.type("93,5")
    page.keyboard.press("Enter")
    said(page, "dibaca 93,5")
    assert stored("IT-1", 1) == 93.5
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Nilai IT-2")

    page.keyboard.type("1.234")
    page.keyboard.press("ArrowDown")
    page.locator(".cell-note").filter(has_text="Apakah").wait_for()
    assert stored("IT-2", 1) is None
    page.locator(".cell-note button").first.click()
    said(page, "dibaca 1.234")

    cell(page, "IT-1", 2).click()
    paste(page, "94,1\t95\n80,5\t81,25\n")
    filled(page, dict(zip(PASTED, ("94,1", "95", "80,5", "81,25"), strict=True)))
    assert [stored("IT-1", 2), stored("IT-1", 3), stored("IT-2", 2), stored("IT-2", 3)] == [94.1, 95, 80.5, 81.25]

    page.keyboard.press("Control+z")
    empty(page, *PASTED)
    assert [stored(*spot) for spot in PASTED] == [None] * 4, "what one paste brought goes at one stroke"
    assert (stored("IT-1", 1), stored("IT-2", 1)) == (93.5, 1234), "and nothing else"

    cell(page, "IKU-1", 1, "pembilang").click()
    page.keyboard.type("203")
    page.keyboard.press("Tab")
    page.keyboard.type("338")
    page.keyboard.press("Tab")
    said(page, "203 dari 338")
    assert "60,06" in page.locator('td[data-cell="indikator=IKU-1&periode=triwulan-1"] [data-beside]').inner_text()


def test_a_paste_over_values_is_undone_as_one_step_by_the_button_and_gives_each_value_back(page):
    was = {("IT-1", 2): "10", ("IT-1", 3): "20", ("IT-2", 2): "30"}
    for spot, value in was.items():
        cell(page, *spot).click()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        filled(page, {spot: value})
    cell(page, "IT-1", 2).click()
    paste(page, "94,1\t95\n80,5\t81,25\n")
    filled(page, dict(zip(PASTED, ("94,1", "95", "80,5", "81,25"), strict=True)))

    page.locator("[data-grid-undo]").click()
    filled(page, was)
    empty(page, ("IT-2", 3))
    assert [stored(*spot) for spot in PASTED] == [10, 20, 30, None]

    page.locator("[data-grid-undo]").click()
    empty(page, ("IT-2", 2))
    assert [stored(*spot) for spot in PASTED] == [10, 20, None, None], "the step before the paste was one cell"
    reasons = tables.FieldChange.objects.filter(kind="Realisation").exclude(reason="")
    assert reasons.exists(), "the history says that it was undone"


def test_escape_gives_back_and_a_colleague_is_seen(page):
    cell(page, "IT-1", 1).click()
    page.keyboard.type("5")
    page.keyboard.press("Escape")
    assert cell(page, "IT-1", 1).input_value() == ""
    indicator = tables.Indicator.objects.get(code="IT-1")
    tables.Realisation.objects.create(
        agency=indicator.agency, indicator=indicator, year=2024, span="triwulan", index=1, status="draf",
        value_kind="angka", value_amount=7, entered_by="Contoh Lain",
    )  # fmt: skip
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    note = page.locator(".cell-note").filter(has_text="Contoh Lain")
    note.wait_for()
    assert "7" in note.inner_text()
    note.get_by_role("button", name="Simpan isian saya").click()
    said(page, "dibaca 8")
    assert stored("IT-1", 1) == 8


def test_nothing_is_found_by_axe(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for path in (AT, f"{AT}IKU-2/tahun/1/", f"{AT}verifikasi/", AT.replace("pengukuran", "anggaran")):
        page.goto(page.url.split("/i/")[0] + path)
        found = axe.Axe().run(page).response["violations"]
        assert [one["id"] for one in found] == []
