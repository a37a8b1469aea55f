"""Rows and nodes that are written by functions: the same escaping and the same words as templates give."""

from types import SimpleNamespace

from django.utils.safestring import SafeString

from selaras.web.shell import NavItem
from selaras.web.templatetags.home_rows import budget_rows
from selaras.web.templatetags.list_rows import record_rows, trail_rows
from selaras.web.templatetags.ui_shell import nav_items
from selaras.web.templatetags.ui_tree import tree_nodes

BAD = "<script>x</script>"


def test_a_tree_escapes_titles_and_keeps_chips_and_tells_levels():
    child = {"id": "b", "title": BAD, "chip": SafeString("<b>1</b>"), "url": "/a?x=1&y=2"}
    shown = tree_nodes([{"id": "a", "title": "A", "children": [child], "open": True}, {"id": "c", "title": "C"}])
    assert BAD not in shown and "<b>1</b>" in shown and "/a?x=1&amp;y=2" in shown
    assert shown.count('aria-level="1"') == 2 and shown.count('aria-level="2"') == 1
    assert shown.count('tabindex="0"') == 1 and shown.count("aria-expanded") == 1


def test_a_closed_branch_is_fetched_when_it_is_opened():
    shown = tree_nodes([{"id": "a", "title": "A", "children_url": "/bawah"}])
    assert 'hx-get="/bawah"' in shown and 'id="simpul-a-anak"' in shown


def test_long_cells_of_records_are_cut_and_lead_to_their_form():
    line = SimpleNamespace(row=17, cells=("", "y" * 200, BAD))
    shown = record_rows([line], "BIRO", 2024, "target")
    assert "/17/" in shown and ">—</a>" in shown and "y" * 119 + "…" in shown and BAD not in shown


def test_the_trail_shows_what_was_refused_and_the_agency_only_for_the_whole_installation():
    row = SimpleNamespace(pk=5, actor=BAD, action="menyimpan", agency="BIRO", details={"refused": "tidak berhak"})
    lines = [{"row": row, "when": "hari ini", "told": [("kunci", "IKU-1")]}]
    shown = trail_rows(lines, "BIRO", 2024, whole=False)
    assert "tidak berhak" in shown and "ditolak" in shown and BAD not in shown and "IKU-1" in shown
    assert 'data-label="Instansi"' not in shown and 'data-label="Instansi"' in trail_rows(
        lines, "BIRO", 2024, whole=True
    )


def test_only_the_open_stage_is_marked():
    shown = nav_items([NavItem("/a", BAD, "home", current=True), NavItem("/b", "B", "org", current=False, count=3)])
    assert shown.count('aria-current="page"') == 1 and BAD not in shown and 'class="nav-count">3<' in shown


def test_a_programme_without_spending_says_so_instead_of_showing_zero():
    row = SimpleNamespace(value=None, title=BAD, spent="Rp0", budget="Rp5", is_low=True, figure="")
    shown = budget_rows(SimpleNamespace(rows=[row], planned=50))
    assert "Belum ada realisasi" in shown and "serapan rendah" in shown and BAD not in shown
