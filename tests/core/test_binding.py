"""Several files bound into one reading, and findings told apart by file again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from selaras.core.binding import bound, part_of, told_apart
from selaras.core.document import Cell, Document, Heading, Paragraph, Row, Table, text
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.source import Entry, Form, Reading


def chapter(name, pages, unreadable=()):
    """A file with a heading and a table on each of its pages."""
    blocks = []
    for page in range(1, pages + 1):
        place = Place(name, page=page, quote=f"{name} {page}")
        cell = Cell(text("1"), place=replace(place, table="Tabel 1", row=1))
        blocks += [Heading(2, f"{name} {page}", place=place), Table("t", (), (), (Row((cell,)),), place=place)]
    document = Document(name, "", "", 0, tuple(blocks))
    entries = (Entry("Bab", "1", on_page=1),)
    return Reading(name, Form.PDF, document, pages, unreadable, entries, margins=("kaki",), notes=("ragu",))


def finding(*places):
    return Finding("AR01", "sum", Severity.ERROR, "x", places=places)


PAGES = st.lists(st.integers(1, 5), min_size=1, max_size=5)


@given(PAGES)
def test_places_count_on_while_bound_and_come_home_again(sizes):
    whole, parts = bound([chapter(f"{number}.pdf", size) for number, size in enumerate(sizes)], "laporan")
    headings = [block for block in whole.document.blocks if isinstance(block, Heading)]
    assert [block.place.page for block in headings] == list(range(1, sum(sizes) + 1))
    home = [told_apart(finding(block.place), parts, "laporan").places[0] for block in headings]
    assert [f"{place.source} {place.page}" for place in home] == [block.text for block in headings]


def test_what_was_not_read_and_what_is_listed_is_counted_on_too():
    whole, parts = bound([chapter("a.pdf", 3), chapter("b.pdf", 2, (1,))], "laporan")
    assert (whole.pages, whole.unreadable) == (5, (4,))
    assert [entry.on_page for entry in whole.contents] == [1, 4]
    assert whole.margins == ("kaki",)
    assert whole.notes == ("a.pdf: ragu", "b.pdf: ragu")
    assert parts[1].unreadable == (1,)


def test_a_place_that_names_only_the_report_is_found_by_its_page():
    _, parts = bound([chapter("a.pdf", 3), chapter("b.pdf", 2)], "laporan")
    for source in ("", "laporan"):
        place = told_apart(finding(Place(source, page=4)), parts, "laporan").places[0]
        assert (place.source, place.page) == ("b.pdf", 1)


def test_places_in_other_documents_and_records_stay_as_they_are():
    _, parts = bound([chapter("a.pdf", 3), chapter("b.pdf", 2)], "laporan")
    places = (Place("PK.pdf", page=2), Place(record="realisasi IKU-1 tahun 2024"))
    inner = finding(Place("b.pdf", page=5))
    told = told_apart(replace(finding(*places), consequences=(inner,)), parts, "laporan")
    assert told.places == places
    assert told.consequences[0].places[0].page == 2


def test_lines_of_text_files_count_on():
    def notes(name):
        place = Place(name, line=7)
        return Reading(name, Form.TEXT, Document(name, "", "", 0, (Paragraph(text("x"), place=place),)))

    whole, parts = bound([notes("a.txt"), notes("b.txt")], "laporan")
    lines = [block.place.line for block in whole.document.blocks]
    assert lines == [7, 14]
    assert told_apart(finding(whole.document.blocks[1].place), parts, "laporan").places[0] == Place("b.txt", line=7)


def test_a_single_file_is_its_own_part():
    assert part_of(chapter("a.pdf", 2)).pages_before == 0
