"""What we write we read back: headings, captions and every cell of every table, in each format, for both sample agencies."""

from __future__ import annotations

import re

import pytest

from selaras.core import document as d
from selaras.core.period import Period, Span
from selaras.core.reporting import compose
from selaras.documents.read.forms import read_form
from selaras.documents.read.limits import DEFAULT
from selaras.documents.write import write

KINDS = ("lkjip", "pk", "pengukuran", "triwulan", "rencana-aksi")


def tidy(text):
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\u00a0", " ")).strip()


@pytest.fixture(scope="module")
def documents(snapshot, law):
    made = {}
    for kind in KINDS:
        period = Period(snapshot.year, Span.QUARTER, 4) if kind == "triwulan" else None
        made[kind] = compose(snapshot, law, kind=kind, period=period)
    return made


def grid(rows, width):
    """Text per field of the grid; a cell that spans stands in its first field."""
    busy = {}
    lines = []
    for number, row in enumerate(rows):
        line = {}
        column = 0
        for cell in row.cells:
            while busy.get(column, 0) > number:
                column += 1
            line[column] = tidy(cell.text)
            for at in range(column, column + cell.colspan):
                busy[at] = number + cell.rowspan
            column += cell.colspan
        lines.append([line.get(at, "") for at in range(width)])
    return lines


def tables(document):
    return [
        (
            block.number,
            tidy(block.caption),
            grid(block.header, len(block.columns)),
            grid(block.body, len(block.columns)),
        )
        for block in document.blocks
        if isinstance(block, d.Table)
    ]


def headings(document):
    return [
        (block.level, tidy(block.number), tidy(block.text)) for block in document.blocks if isinstance(block, d.Heading)
    ]


def words(document):
    said = []
    for block in document.blocks:
        if isinstance(block, d.Paragraph):
            said.append(tidy(d.plain(block.spans)))
        elif isinstance(block, d.Listing):
            said += [tidy(d.plain(item)) for item in block.items]
    return [text for text in said if text]


def read_back(document, tmp_path, form):
    path = tmp_path / f"laporan.{form}"
    write(document, form, path)
    return read_form(path, DEFAULT)


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_table_reads_back_cell_by_cell(documents, tmp_path, kind, form):
    composed = documents[kind]
    found = read_back(composed, tmp_path, form)
    assert tables(found.document) == tables(composed)


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_reads_back_with_number_and_level(documents, tmp_path, kind, form):
    """The title line of a form stands as a paragraph in the composed document and is understood as a heading: no loss."""
    composed = documents[kind]
    found = headings(read_back(composed, tmp_path, form).document)
    said = set(words(composed))
    assert [heading for heading in found if heading[2] not in said] == headings(composed)


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_paragraph_and_list_item_reads_back(documents, tmp_path, kind, form):
    composed = documents[kind]
    document = read_back(composed, tmp_path, form).document
    found = "\n".join([*words(document), *(text for _, _, text in headings(document))])
    assert [text for text in words(composed) if text not in found] == []


@pytest.mark.parametrize("kind", ["lkjip", "pengukuran"])
def test_every_captioned_table_of_the_workbook_reads_back(documents, tmp_path, kind):
    composed = documents[kind]
    found = read_back(composed, tmp_path, "xlsx")
    expected = [table for table in tables(composed) if table[1]]
    got = tables(found.document)
    assert [table[:2] for table in got] == [table[:2] for table in expected]
    for mine, theirs in zip(expected, got, strict=True):
        assert theirs[2] == mine[2]
        assert [[as_number(text) for text in row] for row in theirs[3]] == [
            [as_number(text) for text in row] for row in mine[3]
        ]


def as_number(text):
    """The spreadsheet prints the same number without its unit: `87%` as 87, `100,00` as 100,00."""
    plain = text.removesuffix("%").removeprefix("Rp").replace(".", "")
    return plain.rstrip("0").rstrip(",") if re.fullmatch(r"-?\d+,\d+", plain) else plain if plain.isdigit() else text


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
def test_the_attached_data_come_back_whole(documents, tmp_path, form):
    composed = documents["lkjip"]
    assert read_back(composed, tmp_path, form).attachment == composed.attachment


@pytest.mark.parametrize("form", ["docx", "html"])
def test_lists_of_contents_are_kept_apart_from_the_text(documents, tmp_path, form):
    composed = documents["lkjip"]
    found = read_back(composed, tmp_path, form)
    listed = [block.full for block in composed.blocks if isinstance(block, d.Heading) and block.level <= 3]
    assert [tidy(entry.text) for entry in found.contents] == [tidy(text) for text in listed][: len(found.contents)]
    captions = [
        f"{block.label} {block.caption}" for block in composed.blocks if isinstance(block, d.Table) and block.number
    ]
    assert [tidy(entry.text) for entry in found.lists][: len(captions)] == [tidy(text) for text in captions]


def test_every_cell_says_where_it_stands(documents, tmp_path):
    found = read_back(documents["lkjip"], tmp_path, "docx")
    for block in found.document.blocks:
        if isinstance(block, d.Table):
            for number, row in enumerate(block.body, start=1):
                for cell in row.cells:
                    assert cell.place.source == "laporan.docx"
                    assert cell.place.row == number
                    assert cell.place.column
                    assert cell.place.quote == cell.text
