"""Coding in a real browser: with the mouse, with the keyboard alone, past an emoji, on a tablet and a phone."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.installation import PHONE, WIDE, peopled
from tests.web.browser.looks import clean
from tests.web.browser.studied import EMOJI, STUDY

DESK = f"/i/BIRO-ORG/2024/budaya/studi/{STUDY}/sandi/S1/"
TABLET = {"width": 820, "height": 1180}


@pytest.fixture(scope="module")
def desk(tmp_path_factory, chromium):
    """An installation with one study, whose only source holds an emoji, is locked and has no passage yet."""
    folder = tmp_path_factory.mktemp("studi")
    with peopled(folder, chromium, "studied") as people:
        yield people


def passages(page):
    return page.locator("[data-passage] .bk-quote .bk-words").all_inner_texts()


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def to_line(page, down):
    """The caret at the beginning of a line of the text, by keys only."""
    page.locator("#meja-teks").focus()
    keys(page, "Control+Home", *["ArrowDown"] * down, "Home")


def told(page, words):
    expect(page.locator("#meja-status")).to_contain_text(words)


def test_a_text_is_coded_by_keyboard_and_by_mouse(desk):
    """One story, since each step needs the passages of the one before."""
    page = desk["ketua"]
    page.goto(DESK)
    a_passage_behind_an_emoji_by_keyboard_alone(page)
    page.goto(DESK)
    an_overlapping_passage_with_the_mouse_and_a_new_code(page)
    page.goto(DESK)
    passages_are_reached_and_cleared_by_keys(page)
    page.goto(DESK)
    a_tablet_by_touch_on_the_list(page)


def a_passage_behind_an_emoji_by_keyboard_alone(page):
    clean(page, WIDE, TABLET, PHONE)
    to_line(page, 1)
    keys(page, "Shift+End")
    told(page, "53 huruf dipilih")
    keys(page, "-", "2", "/")
    page.keyboard.type("kesetia")
    expect(page.get_by_role("option", selected=True)).to_contain_text("KP.SET")
    keys(page, "Enter")
    told(page, "KP.SET pada penggalan 1: menyangkal, norma.")
    assert passages(page) == [f"Rapat pleno setiap Senin. Keputusan diambil bersama {EMOJI}"]
    expect(page.locator("#meja-teks")).to_be_focused()
    coding = page.locator("[data-coding]")
    expect(coding).to_have_attribute("data-stance", "-")
    keys(page, "+")
    expect(coding).to_have_attribute("data-stance", "+")
    keys(page, "1")
    expect(coding).to_have_attribute("data-kind", "pengalaman")
    keys(page, "u")
    expect(coding).to_have_attribute("data-kind", "norma")
    keys(page, "m")
    page.get_by_role("textbox", name="Memo").fill("Baca ulang nanti.")
    keys(page, "Control+Enter")
    told(page, "Memo disimpan.")
    expect(page.locator("[data-passage='1']")).to_contain_text("Baca ulang nanti.")


def an_overlapping_passage_with_the_mouse_and_a_new_code(page):
    box = page.evaluate("""() => {
      const node = document.querySelector("#meja-isi");
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      let found = null;
      while (walker.nextNode()) { if (walker.currentNode.data.includes("Keputusan")) { found = walker.currentNode; } }
      const at = found.data.indexOf("Keputusan");
      const edge = (start, end) => { const range = document.createRange(); range.setStart(found, start); range.setEnd(found, end);
        const box = range.getBoundingClientRect(); return {x: box.x, y: box.y + box.height / 2, w: box.width}; };
      return [edge(at, at + 1), edge(at + 24, at + 25)];
    }""")
    page.mouse.move(box[0]["x"] + 0.5, box[0]["y"])
    page.mouse.down()
    page.mouse.move(box[1]["x"] + box[1]["w"] - 0.5, box[1]["y"], steps=8)
    page.mouse.up()
    told(page, "25 huruf dipilih")
    page.get_by_label("Cari kode").fill("musyawarah")
    keys(page, "Enter")
    expect(page.get_by_label("Nama", exact=True)).to_have_value("musyawarah")
    page.get_by_role("button", name="Tambahkan dan pakai").click()
    told(page, "MUSYAWARAH pada penggalan 2: mendukung, pengalaman.")
    assert "Keputusan diambil bersama" in [words.strip() for words in passages(page)]
    runs = page.locator("#meja-isi .pg")
    assert "1 2" in [run.get_attribute("data-s") for run in runs.all()], "overlapping passages share a run"
    lanes = {run.get_attribute("class").replace(" here", "") for run in runs.all()}
    assert "pg pg-0 pg-1" in lanes, "each passage has a line of its own"
    page.get_by_role("option", name="KP.TEO").click()
    told(page, "KP.TEO pada penggalan 2")


def passages_are_reached_and_cleared_by_keys(page):
    to_line(page, 0)
    keys(page, "n")
    told(page, "Penggalan 1")
    keys(page, "n")
    told(page, "Penggalan 2")
    count = page.locator("[data-passage='2'] [data-coding]").count()
    keys(page, "x")
    told(page, "dilepas dari penggalan 2")
    expect(page.locator("[data-passage='2'] [data-coding]")).to_have_count(count - 1)
    keys(page, "u")
    told(page, "Dibatalkan")
    expect(page.locator("[data-passage='2'] [data-coding]")).to_have_count(count)
    keys(page, "p")
    page.keyboard.type("teks ini tidak berubah")
    assert page.locator("#meja-isi").inner_text().startswith("Pembuka")


def a_tablet_by_touch_on_the_list(page):
    page.set_viewport_size(TABLET)
    to_line(page, 2)
    keys(page, "Shift+End")
    page.get_by_role("option", name="KN.DISP").click()
    told(page, "KN.DISP pada penggalan")
    clean(page, WIDE, TABLET, PHONE)


def test_a_reader_sees_no_tools_and_a_stranger_no_desk(desk):
    page = desk["perencana"]
    assert page.goto(DESK).status == 403
    desk.complaints.clear()
