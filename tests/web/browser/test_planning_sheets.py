"""The planning sheets in a real browser: targets typed year by year, the checks while typing, and what was read back."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.walk import BIRO, IKU, press, told

RENSTRA = f"{BIRO}perencanaan/renstra/"
SHEET = f"{BIRO}perencanaan/indikator/IKU-1/"
GAP = "target Renstra belum lengkap untuk periode 2024–2026"
UNREADABLE = "Angka tidak terbaca"


def cell(page, year):
    """The cell of the indicator's target of a year, by the name that a screen reader says."""
    return page.get_by_label(f"{IKU}, Tahun {year}")


def typed(page, year, text):
    """A person types over what stands there and goes on to the next cell."""
    box = cell(page, year)
    box.fill(text)
    box.press("Tab")


def gap(page):
    """The finding that a year is without a target; it comes and goes while typing."""
    return page.get_by_role("article", name=f"{IKU}: {GAP}")


@pytest.fixture
def renstra(people):
    page = people["perencana"]
    page.goto(RENSTRA)
    before = cell(page, 2024).input_value()
    yield page
    page.goto(RENSTRA)
    typed(page, 2024, before)
    typed(page, 2025, "")
    press(page, "Simpan target")
    expect(gap(page)).to_be_visible()


def test_yearly_targets_are_checked_while_typing_and_read_back(renstra, people):
    page, complaints = renstra, len(people.complaints)
    told(page, "Diperbarui saat target diisi.")
    expect(gap(page)).to_be_visible()

    typed(page, 2025, "delapan puluh")
    told(page, f"{IKU}, Tahun 2025: {UNREADABLE}")

    typed(page, 2025, "88,25")
    expect(gap(page)).to_have_count(0)
    expect(page.get_by_text(UNREADABLE)).to_have_count(0)
    typed(page, 2024, "87,5")
    press(page, "Simpan target")
    told(page, "tersimpan")

    expect(cell(page, 2024)).to_have_value("87,5%")
    expect(cell(page, 2025)).to_have_value("88,25%")
    page.goto(SHEET)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2025"))
    expect(row).to_contain_text("88,25%")
    assert people.complaints[complaints:] == []


def test_a_sheet_is_filled_by_keyboard_alone(renstra):
    page = renstra
    cell(page, 2025).focus()
    page.keyboard.type("89")
    page.keyboard.press("Tab")
    expect(cell(page, 2026)).to_be_focused()
    expect(gap(page)).to_have_count(0)
