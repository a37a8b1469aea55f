"""The state of assembling one file: what was read so far, and where in the document we are."""

from __future__ import annotations

from dataclasses import dataclass, field

from selaras.core.document import Align, Block, Paragraph, Span
from selaras.core.place import Place
from selaras.core.source import Entry
from selaras.documents.read.lines import Item, Line
from selaras.documents.read.table_slots import Draft


@dataclass(slots=True)
class Assembly:
    """What is known of a file on the way through its items."""

    items: list[Item]
    source: str
    blocks: list[Block | Draft] = field(default_factory=list)
    contents: list[Entry] = field(default_factory=list)
    lists: list[Entry] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    listing: list[Entry] | None = None  # the list of contents in which we are
    outlined: int = 0  # the chapter that a "sistematika penulisan" has reached, 0 outside
    outlining: bool = False
    broken: bool = False  # a page ended since the last block
    told: bool = False  # a caption said "lanjutan" since the last block
    decimals: bool = False  # the document numbers its sections 1.1, 1.2 …
    size: float = 0.0  # of most of the text, in points

    def add(self, block: Block | Draft) -> None:
        """One more block; what was known of the gap before it is used up."""
        self.blocks.append(block)
        self.broken = self.told = False

    def place(self, line: Line) -> Place:
        """Where a line stands, with its words."""
        return Place(
            source=self.source, sheet=line.sheet, cell=line.cell, page=line.page, line=line.line, quote=line.text
        )

    def paragraph(self, line: Line) -> None:
        """A line that is nothing else."""
        align = Align.CENTER if line.centred else Align.JUSTIFY
        self.add(Paragraph((Span(line.text, strong=line.bold),), align=align, place=self.place(line)))

    def last_table(self) -> Draft | None:
        """The table that ends here, if the last block is one."""
        last = self.blocks[-1] if self.blocks else None
        return last if isinstance(last, Draft) else None
