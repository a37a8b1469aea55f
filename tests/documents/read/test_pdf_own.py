"""What we write as PDF we read back: every cell, every paragraph, the attached data."""

from functools import cache
from itertools import pairwise

import pytest

from selaras.core import document as d
from selaras.core.reporting import compose
from selaras.documents.read.limits import DEFAULT
from selaras.documents.read.lines import tidy
from selaras.documents.read.pdf import read_pdf
from selaras.documents.write.grid import placed
from selaras.documents.write.pdf import write_pdf


@pytest.fixture(scope="module")
def path(snapshot, tmp_path_factory):
    return tmp_path_factory.mktemp("own") / "laporan.pdf"


@pytest.fixture(scope="module")
def both(snapshot, law, path):
    """A whole report as composed and as read."""
    document = compose(snapshot, law, kind="lkjip")
    write_pdf(document, path)
    return document, read_pdf(path, DEFAULT)


def of(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def grid(table):
    lines = placed([*table.header, *table.body], len(table.columns))
    return {(row, it.column, it.wide, it.high): tidy(it.cell.text) for row, line in enumerate(lines) for it in line}


def test_every_cell_of_every_table_comes_back_at_its_place(both):
    written, read = (of(document, d.Table) for document in (both[0], both[1].document))
    assert [table.number for table in read] == [table.number for table in written]
    total = right = 0
    for before, after in zip(written, read, strict=True):
        cells = cache(grid)
        total += len(cells(before))
        right += sum(cells(after).get(place) == text for place, text in cells(before).items())
    assert right / total >= 0.995


def test_sentences_come_back_whole(both):
    read = [d.plain(block.spans) for block in of(both[1].document, d.Paragraph)]
    written = [tidy(d.plain(block.spans)) for block in of(both[0], d.Paragraph) if not block.lead]
    missing = [text for text in written if text not in read]
    assert len(missing) <= 0.03 * len(written), missing


def headings(document):
    return [(block.level, tidy(block.number), tidy(block.text)) for block in of(document, d.Heading)]


def same_headings(written, read):
    """The title lines of a form are paragraphs as composed and are understood as headings: no loss."""
    lines = [tidy(d.plain(block.spans)) for block in of(written, d.Paragraph)]
    titles = {*lines, *(f"{line} {below}" for line, below in pairwise(lines))}
    return headings(written) == [heading for heading in headings(read) if heading[2] not in titles]


def test_every_heading_comes_back_with_its_number_and_level(both):
    assert same_headings(both[0], both[1].document)


def test_every_heading_is_known_by_its_looks_where_a_file_has_no_outline(both, path, tmp_path):
    whole, plain = path.read_bytes(), tmp_path / "polos.pdf"
    assert b"/Outlines " in whole
    plain.write_bytes(whole.replace(b"/Outlines", b"/Outlinex"))
    assert same_headings(both[0], read_pdf(plain, DEFAULT).document)


def test_the_attached_data_come_back_to_the_letter(both):
    assert both[1].attachment == both[0].attachment


def test_every_page_is_readable_and_its_margins_are_no_text(both):
    reading = both[1]
    assert not reading.unreadable
    assert reading.document.title == both[0].title
    margins = [text for text in reading.margins if "elektronik" in text]
    assert margins
    assert not any(d.plain(block.spans) in margins for block in of(reading.document, d.Paragraph))


def test_the_printed_contents_are_kept_apart_with_their_pages(both):
    reading = both[1]
    headings = [block.full for block in of(both[0], d.Heading) if block.level == 1 and block.number.startswith("BAB")]
    pages = {entry.text: entry.page for entry in reading.contents}
    assert all(pages.get(tidy(heading)) for heading in headings)
    tables = {block.label for block in of(both[0], d.Table) if block.number}
    assert tables <= {" ".join(entry.text.split()[:2]) for entry in reading.lists if entry.page}
