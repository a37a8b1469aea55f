"""Short ways to read a text in a test and to look at what was understood."""

from __future__ import annotations

from selaras.core import document as d
from selaras.documents.read.limits import DEFAULT
from selaras.documents.read.text import read_text


def read(tmp_path, content):
    path = tmp_path / "laporan.txt"
    path.write_text(content, "utf-8")
    return read_text(path, DEFAULT)


def tables(reading):
    return [block for block in reading.document.blocks if isinstance(block, d.Table)]


def headings(reading):
    return [
        (block.level, block.number, block.text) for block in reading.document.blocks if isinstance(block, d.Heading)
    ]


def paragraphs(reading):
    return [d.plain(block.spans) for block in reading.document.blocks if isinstance(block, d.Paragraph)]


def texts(rows):
    return [[cell.text for cell in row.cells] for row in rows]


def lines(rows):
    return [[cell.place.line for cell in row.cells] for row in rows]
