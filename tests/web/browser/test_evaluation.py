"""The evaluation in a real browser: by its people from the self-assessment to the follow-up, its pages looked at by axe."""

import subprocess
import sys

import pytest

from tests.web.browser.evaluation_walk import ADVICE, BOARD, UNIT, evaluate
from tests.web.browser.installation import PHONE, WIDE
from tests.web.browser.looks import clean
from tests.web.browser.walk import BIRO


@pytest.fixture(scope="module")
def evaluated(cycle):
    """Everybody, once the evaluation of a unit is decided and its recommendation verified."""
    people = cycle.walk()
    # a team needs three people, and the samples bring two who evaluate
    subprocess.run(
        [sys.executable, "-m", "selaras.cli.main", "user", "grant", "contoh.budaya", "--role", "evaluator", "--agency",
         "BIRO-ORG", "--data", str(cycle.installation.folder)], check=True, capture_output=True,
    )  # fmt: skip
    before = len(people.complaints)
    evaluate(people)
    # the answer that is refused on purpose is told to the console as well
    assert [text for text in people.complaints[before:] if "422" not in text] == []
    del people.complaints[before:]  # the refusals were asked for; the walk that others judge has no part in them
    return people


def test_the_evaluation_by_its_people(evaluated):
    page = evaluated["pimpinan"]
    page.goto(BOARD)
    row = page.get_by_role("row").filter(has_text="Kelompok Jabatan Fungsional")
    assert "26,25" in row.inner_text()
    assert "Final" in row.inner_text()


SHEET, ADVICE_PAGE = "lembar", "rekomendasi"
PAGES = (
    BOARD, SHEET, f"{SHEET}komponen/1/", f"{SHEET}perbedaan/", f"{SHEET}tim/", f"{SHEET}lhe/", f"{BOARD}rekomendasi/",
    ADVICE_PAGE, f"{BOARD}instrumen/", f"{BOARD}instrumen/permenpan-rb-88-2021/", f"{BIRO}reviu/daftar/",
    f"{BIRO}reviu/1/meja/",
)  # fmt: skip


def found_at(page, path):
    """The address of a page of the walk: its evaluation and its recommendation have numbers of their own."""
    if path.startswith("/"):
        return path
    where, name = (BOARD, UNIT) if path.startswith(SHEET) else (f"{BOARD}rekomendasi/", ADVICE)
    page.goto(where)
    return page.get_by_role("link", name=name).get_attribute("href") + path.removeprefix(SHEET).removeprefix(
        ADVICE_PAGE
    )


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_and_the_console_find_nothing(evaluated, path, size):
    before = len(evaluated.complaints)
    page = evaluated["pereviu"]
    address = found_at(page, path)
    page.set_viewport_size(size)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    clean(page, size)
    page.set_viewport_size(WIDE)
    assert evaluated.complaints[before:] == []
