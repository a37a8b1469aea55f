"""The pages over all agencies in a real browser: nothing for axe or the console, no wider than a desk or a phone."""

import pytest
from playwright.sync_api import expect

from tests.analytics.made_nation import plant, write_nation
from tests.web.browser.installation import peopled
from tests.web.browser.looks import clean
from tests.web.browser.pictures import Shot, check_picture

OVERVIEW = Shot("nasional", "pusat", "/nasional/")
AGENCY = "instansi/CONTOH-004/2024/"
FAMILY = "?tahun=2024&jenis=sekretariat+KPU&indikator=indeks+kepuasan+masyarakat&satuan=indeks"
PUBLIC = ("", AGENCY, "data/")
"""For everybody the same pages with less on them: three stand for them all."""
INSIDE = (
    "", "instansi/", AGENCY, f"{AGENCY}I3/", "indikator/", f"indikator/satu/{FAMILY}", "sasaran/", "data/", "tanda/",
    "tanda/pencilan/", "buku/", "buku/baru/",
)  # fmt: skip
PAGES = (*(("", f"/publik/nasional/{path}") for path in PUBLIC), *(("pusat", f"/nasional/{path}") for path in INSIDE))


@pytest.fixture(scope="module")
def nation(tmp_path_factory, chromium):
    """An installation of the centre: 24 made-up agencies in two years, and somebody with a role over all of them."""
    folder = tmp_path_factory.mktemp("pusat")
    (folder / "nation").mkdir()
    write_nation(folder / "nation", 24, (2023, 2024), change=plant)
    with peopled(folder, chromium, "central") as people:
        yield people


def opened(people, word, path):
    """The page once its results are there: until then it says that they are being computed and asks again by itself."""
    page = people[word] if word else people.somebody()
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()
    expect(page.get_by_text("Sedang dihitung")).to_have_count(0, timeout=120_000)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(("word", "path"), PAGES)
def test_a_page_of_the_nation_is_clean_on_a_desk_and_on_a_phone(nation, word, path):
    before = len(nation.complaints)
    clean(opened(nation, word, path))
    assert nation.complaints[before:] == []


def test_the_way_leads_from_the_nation_to_one_figure(nation):
    page = opened(nation, "pusat", "/nasional/instansi/?jenis=sekretariat+KPU")
    page.locator("main").get_by_role("link", name="Sekretariat Pemilihan Contoh 004").first.click()
    page.locator("main").get_by_role("link", name="Indeks kepuasan masyarakat").first.click()
    expect(page.locator("main")).to_contain_text("realisasi ÷ target × 100%")


def test_the_picture_of_the_docs_is_small(nation, request):
    check_picture(OVERVIEW, request, lambda: opened(nation, OVERVIEW.word, OVERVIEW.path))
