"""Large plans: branches that are fetched when they are opened, sheets and lists in pages, searched as a whole."""

import io

import pytest
from openpyxl import load_workbook as open_xlsx
from tests.web.conftest import BIRO

from selaras.store import models as tables
from selaras.web.planning import picture, views_renstra, views_rkt

AT = f"/i/{BIRO}/2024/perencanaan/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def large(monkeypatch):
    """The sample's tree counts as a large one."""
    monkeypatch.setattr(picture, "MOST", 3)


@pytest.fixture
def short_pages(monkeypatch):
    """Sheets of three lines a page."""
    for views in (views_rkt, views_renstra):
        monkeypatch.setattr(views, "PER_SHEET", 3)


# the tree ---------------------------------------------------------------------------------------------------------


def test_a_small_tree_stands_whole_on_the_page(planner):
    page = text_of(planner.get(AT))
    assert page.count("data-node=") == tables.Node.objects.filter(agency__code=BIRO).count()
    assert "data-lazy" not in page


def test_a_large_tree_is_drawn_as_far_as_it_is_open(large, planner):
    page = text_of(planner.get(AT))
    assert 'data-node="IV"' in page
    assert 'data-node="IV.B"' not in page
    assert f'hx-get="{AT}simpul/IV/cabang/" hx-trigger="tree:open once"' in page
    assert 'href="?buka=semua"' in page
    whole = text_of(planner.get(f"{AT}?buka=semua"))
    assert whole.count("data-node=") == tables.Node.objects.filter(agency__code=BIRO).count()
    assert "data-lazy" not in whole


def test_a_branch_brings_what_hangs_on_a_node_one_level_deeper(large, planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        answer = planner.get(f"{AT}simpul/IV/cabang/", **HTMX)
    part = text_of(answer)
    above = text_of(planner.get(AT)).split('data-node="IV"')[0].rpartition("aria-level=")[2][1]
    assert part.count(f'aria-level="{int(above) + 1}"') == part.count('role="treeitem"') > 1
    assert 'data-node="IV.B"' in part
    assert 'data-node="IV.B.5"' not in part
    assert "<html" not in part
    assert planner.get(f"{AT}simpul/ENTAH/cabang/", **HTMX).status_code == 404


def test_a_branch_without_htmx_is_the_tree_with_that_branch_open(large, planner):
    answer = planner.get(f"{AT}simpul/IV.B/cabang/")
    assert answer.status_code == 302
    page = text_of(planner.get(answer["Location"]))
    assert 'data-node="IV.B.5"' in page
    assert 'data-node="I.A"' not in page


def test_a_search_in_a_large_tree_draws_the_way_to_what_it_finds(large, planner):
    page = text_of(planner.get(f"{AT}?cari=naskah kuno"))
    assert page.count("plan-found") >= 2
    assert 'data-node="I.A"' not in page


def test_a_change_below_a_branch_shows_when_it_is_fetched_again(large, planner):
    before = text_of(planner.get(f"{AT}simpul/IV.A/cabang/", **HTMX))
    assert 'data-node="IV.B.5"' not in before
    planner.post(f"{AT}simpul/IV.B.5/pindah/", {"induk": "IV.A", "seen-parent": "IV.B"}, **HTMX)
    assert 'data-node="IV.B.5"' in text_of(planner.get(f"{AT}simpul/IV.A/cabang/", **HTMX))


# sheets and lists -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ["rkt/", "renstra/"])
def test_a_long_sheet_comes_in_pages_and_is_searched_and_exported_as_a_whole(sheet, short_pages, planner):
    first, second = planner.get(AT + sheet), planner.get(f"{AT}{sheet}?halaman=2")
    assert first.context["page"].paginator.count > 3
    codes = [{line.indicator.code for line in page.context["lines"]} for page in (first, second)]
    assert len(codes[0]) == 3
    assert not codes[0] & codes[1]
    assert second.context["lines"][0].begins
    wanted = second.context["lines"][0].indicator
    found = planner.get(AT + sheet, {"cari": wanted.name}).context["lines"]
    assert wanted.code in {line.indicator.code for line in found}
    rows = open_xlsx(io.BytesIO(planner.get(f"{AT}{sheet}?format=xlsx").content)).active.max_row - 1
    assert rows == first.context["page"].paginator.count


def test_a_page_of_a_sheet_is_stored_by_itself_and_comes_back(short_pages, planner):
    here = f"{AT}renstra/?halaman=2"
    line = planner.get(here).context["lines"][0]
    cell = next(one for one in line.cells if one.name.startswith("t:2025:"))
    answer = planner.post(here, {cell.name: "12", f"s-{cell.name}": cell.seen})
    assert (answer.status_code, answer["Location"]) == (302, here)
    row = tables.Target.objects.get(
        agency__code=BIRO, indicator__code=line.indicator.code, document="Renstra", year=2025
    )
    assert row.value_amount == 12


def test_the_rkt_shows_only_what_lacks_a_reason_or_a_target(planner):
    tables.Target.objects.filter(indicator__code="IKU-1", document="RKT").delete()
    tables.Target.objects.filter(indicator__code="IKU-2", document="RKT").update(value_amount=1)
    shown = {
        show: [line.indicator.code for line in planner.get(f"{AT}rkt/?tampil={show}").context["lines"]]
        for show in ("kosong", "alasan")
    }
    assert shown["alasan"] == ["IKU-2"]
    assert "IKU-1" in shown["kosong"]
    assert "IKU-2" not in shown["kosong"]


def test_what_was_copied_on_a_page_leads_back_to_that_page(planner):
    answer = planner.post(f"{AT}rkt/salin/?cari=IKU-1", {"pilih": ["IKU-1"]})
    assert answer["Location"] == f"{AT}rkt/?cari=IKU-1"


def test_nothing_that_fits_is_said_so(planner):
    for sheet in ("rkt/", "renstra/", "indikator/"):
        assert "Tidak ada indikator yang cocok" in text_of(planner.get(f"{AT}{sheet}?cari=takadasamasekali"))


def test_a_large_tree_is_printed_whole_by_a_page_that_opens_all_of_it_first(planner, large):
    assert 'href="?buka=semua&amp;cetak=1"' in text_of(planner.get(AT))
    printed = text_of(planner.get(AT, {"buka": "semua", "cetak": "1"}))
    assert "data-print-now" in printed
    assert printed.count("data-node=") == tables.Node.objects.filter(agency__code=BIRO).count()
    assert "data-print-now" not in text_of(planner.get(AT, {"buka": "semua"}))
