"""A report with faults planted in it, for the demo: the kind of slips that are seen in real reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selaras.core.document import Block, Cell, Document, Line, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: in the table with this key, or in the first paragraph that says it, `right` became `wrong`."""

    right: str
    wrong: str
    table: str = ""


def with_slips(document: Document, slips: Sequence[Slip]) -> Document:
    """The document with each slip made once, where it first fits; the attached data are left out."""
    blocks = list(document.blocks)
    for slip in slips:
        for index, block in enumerate(blocks):
            changed = slipped(block, slip)
            if changed is not None:
                blocks[index] = changed
                break
    return replace(document, blocks=tuple(blocks), attachment="", title=f"{document.title} (contoh keliru)")


def slipped(block: Block, slip: Slip) -> Block | None:
    """The block with the slip in it, None if it does not fit there."""
    if isinstance(block, Table) and block.key == slip.table:
        return in_table(block, slip)
    if isinstance(block, Paragraph) and not slip.table:
        spans = in_line(block.spans, slip)
        return replace(block, spans=spans) if spans else None
    return None


def in_table(table: Table, slip: Slip) -> Table | None:
    """The table with the slip in the first cell that holds exactly what was right."""
    for number, row in enumerate(table.body):
        for place, cell in enumerate(row.cells):
            if cell.text == slip.right:
                cells = [*row.cells]
                cells[place] = spoiled(cell, slip)
                body = [*table.body]
                body[number] = replace(row, cells=tuple(cells))
                return replace(table, body=tuple(body))
    return None


def spoiled(cell: Cell, slip: Slip) -> Cell:
    """The cell with other words and no number behind them."""
    return replace(cell, spans=(replace(cell.spans[0], text=slip.wrong, figure=None),), amount=None, derive=None)


def in_line(spans: Line, slip: Slip) -> Line | None:
    """The line with the slip in the first span that says what was right."""
    for index, span in enumerate(spans):
        if slip.right in span.text:
            changed = [*spans]
            changed[index] = replace(span, text=span.text.replace(slip.right, slip.wrong, 1), figure=None)
            return tuple(changed)
    return None
