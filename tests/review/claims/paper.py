"""Readings written by hand: headings with `#`, captions with `Tabel`, rows with tabs, everything else paragraphs."""

import re
from decimal import Decimal

from selaras.core.document import Cell, Column, Document, Heading, Paragraph, Row, Table, text
from selaras.core.place import Place
from selaras.core.source import Form, Reading

SOURCE = "uji.txt"
CAPTION = re.compile(r"Tabel (?P<number>[0-9.]+)\.? (?P<title>.*)")


def reading(content, margins=()):
    """`content` as a reading; each line is a block, lines with tabs that follow one another are one table."""
    blocks, caption = [], None
    for number, line in enumerate(content.strip("\n").split("\n"), 1):
        place = Place(source=SOURCE, line=number, quote=line.strip())
        if "\t" in line:
            _row(blocks, caption, line, number)
            continue
        if caption:
            blocks.append(Paragraph(text(f"Tabel {caption['number']} {caption['title']}"), place=place))
        caption = CAPTION.fullmatch(line.strip())
        if caption or not line.strip():
            blocks.append(None)
        elif line.startswith("#"):
            blocks.append(Heading(len(line) - len(line.lstrip("#")), line.strip("# "), place=place))
        else:
            blocks.append(Paragraph(text(line.strip()), place=place))
    kept = tuple(block for block in blocks if block is not None)
    return Reading(SOURCE, Form.TEXT, Document("", "", "", 0, kept), margins=tuple(margins))


def _row(blocks, caption, line, number):
    parts = line.split("\t")
    if blocks and isinstance(blocks[-1], Table):
        table = blocks.pop()
    else:
        label = f"Tabel {caption['number']}" if caption else ""
        place = Place(source=SOURCE, line=number, table=label)
        table = Table(
            "", (), (), (), caption["title"] if caption else "", caption["number"] if caption else "", place=place
        )
    order = len(table.body) + 1
    cells = tuple(
        Cell(text(part), place=Place(source=SOURCE, line=number, table=table.label, row=order, quote=part))
        for part in parts
    )
    width = max(len(table.columns), len(parts))
    columns = tuple(Column(Decimal(1)) for _ in range(width))
    blocks.append(
        Table("", columns, (), (*table.body, Row(cells)), table.caption, table.number, place=table.place),
    )
