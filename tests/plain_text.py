"""A document as plain text in the form in which reports come to a reviewer as text: rows with tabs, captions above."""

from collections.abc import Iterator

from selaras.core import document as d
from selaras.documents.write.grid import placed

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def plain_text(document: d.Document) -> str:
    """Headings, paragraphs, numbered items, and tables as lines of cells with tabs; no lists of contents."""
    following = (*document.blocks[1:], None)
    told = [
        block
        for block, after in zip(document.blocks, following, strict=True)
        if not (isinstance(block, d.Heading) and isinstance(after, d.Contents))
    ]
    return "\n".join(line for block in told for line in lines(block)) + "\n"


def lines(block: d.Block) -> Iterator[str]:
    """The lines of one block with an empty line below; nothing of what only a page or a picture shows."""
    match block:
        case d.Division() | d.PageBreak():
            yield "\f"
        case d.Cover():
            yield from (block.title, block.agency.upper(), f"TAHUN {block.year}", "")
        case d.Heading(level=1):
            yield from (*([block.number] if block.number else []), "", block.text, "")
        case d.Heading():
            yield from (f"**{block.full}**", "")
        case d.Paragraph():
            yield from (d.plain(block.spans), "")
        case d.Listing():
            yield from (f"{mark(block.numbering, at)}{d.plain(item)}" for at, item in enumerate(block.items))
            yield ""
        case d.Table():
            yield from ([f"{block.label} {block.caption}", ""] if block.number else [])
            yield from rows(block)
            yield from ("", *(d.plain(note) for note in block.notes))
            yield from ([f"Sumber: {block.source}", ""] if block.source else [""])
        case d.Chart() | d.OrgChart():
            yield from (f"{block.label} {block.caption}", "")
        case d.Fields():
            yield from (*(f"{label}: {value}" for label, value in block.rows), "")
        case d.Signatures():
            yield block.place_date
            for one in block.signatories:
                yield from (line for line in (one.role, one.position, one.name, one.rank) if line)
            yield ""


def mark(numbering: d.Numbering, at: int) -> str:
    """What stands before an item."""
    marks = {d.Numbering.DECIMAL: f"{at + 1}. ", d.Numbering.ALPHA: f"{LETTERS[at % 26]}. "}
    return marks.get(numbering, "- ")


def rows(table: d.Table) -> Iterator[str]:
    """The rows; a cell that goes over rows or columns stands where it begins and leaves the rest empty."""
    for part in (table.header, table.body):
        for line in placed(part, len(table.columns)):
            cells = [""] * len(table.columns)
            for it in line:
                cells[it.column] = it.cell.text
            if len(line) == 1 and line[0].wide > 1:  # a title of a group: no number stands before it
                cells = ["", *cells[:-1]]
            yield "\t".join(cells)
