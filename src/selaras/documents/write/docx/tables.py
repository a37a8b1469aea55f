"""Tables as one XML text each: fixed columns, repeated header rows, merged cells, rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selaras.core.document import Align, Cell, Table, Tone
from selaras.documents import palette
from selaras.documents.write.docx import page
from selaras.documents.write.docx.captions import caption
from selaras.documents.write.docx.columns import fitted
from selaras.documents.write.docx.grid import GridRow, Placed, grid
from selaras.documents.write.docx.markup import JUSTIFICATION, escape, paragraph, run, runs
from selaras.documents.write.docx.story import Story

_ROW_FILL = {1: page.WASH, 2: page.BLUE_PALE}
_HARD_SPACE = "\u00a0"
_NUMBER = re.compile(r"\(\d+\)|")
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
_MERGED = {False: '<w:vMerge w:val="restart"/>', True: "<w:vMerge/>"}


def table(story: Story, block: Table, position: int) -> list[str]:
    """A table with caption above, notes and source below, as body elements."""
    anchor = story.anchors.by_position.get(position)
    above = [caption(story, anchor, block.caption, above=True)] if anchor else []
    if not block.header and not block.body:
        return [*above, paragraph(run("Tabel ini tidak memuat baris."), "Empty")]
    rows = grid(block)
    widths, size = fitted(block, rows, story.width)
    lines = [_row(story, block, row, widths, size) for row in rows]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    description = f'<w:tblCaption w:val="{escape(block.caption)}"/>' if block.caption else ""
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{story.width}" w:type="dxa"/><w:jc w:val="left"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/>{description}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )
    return [*above, body, *_below(story, block)]


def _below(story: Story, block: Table) -> list[str]:
    notes = [paragraph(runs(note, story.link), "UnderTable") for note in block.notes]
    source = [paragraph(run(f"Sumber: {block.source}"), "UnderTable")] if block.source else []
    return [*notes, *source, paragraph("", "AfterTable")]


def _row(story: Story, block: Table, row: GridRow, widths: Sequence[int], size: str) -> str:
    numbers = row.header and all(_NUMBER.fullmatch(each.cell.text) for each in row.cells)
    style = "TableCount" if numbers else ("TableHead" if row.header else "TableText") + size
    cells = "".join(
        _cell(story, block, row, each, sum(widths[each.column : each.column + each.span]), style) for each in row.cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if row.header else ''}</w:trPr>{cells}</w:tr>"


def _cell(story: Story, block: Table, row: GridRow, placed: Placed, width: int, style: str) -> str:
    cell = placed.cell
    fill = page.BLUE_PALE if row.header else _ROW_FILL.get(row.row.level, "")
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{placed.span}"/>' if placed.span > 1 else "")
        + (_MERGED[placed.continued] if cell.rowspan > 1 else "")
        + (_SHADE.format(fill) if fill else "")
        + ('<w:vAlign w:val="center"/>' if row.header else "")
    )
    bold = cell.strong or (row.bold and style != "TableCount")
    content = "" if placed.continued else _chip(cell) + runs(cell.spans, story.link, strong=bold)
    align = JUSTIFICATION[_align(block, row, placed)]
    keep = "<w:keepNext/>" if row.kept else ""
    return (
        f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}<w:jc w:val="{align}"/>'
        f"</w:pPr>{content}</w:p></w:tc>"
    )


def _align(block: Table, row: GridRow, placed: Placed) -> Align:
    """As the cell says; head cells in the middle, amounts right, all others like their column."""
    if placed.cell.align:
        return placed.cell.align
    own = block.columns[placed.column].align
    amount = placed.cell.amount is not None and own is Align.LEFT
    return Align.CENTER if row.header else Align.RIGHT if amount else own


def _chip(cell: Cell) -> str:
    """A small patch in the colour of a class before its name, as in the printed report."""
    if cell.tone is Tone.NONE:
        return ""
    shade = _SHADE.format(page.hexadecimal(palette.tone(cell.tone).fill))
    return f'<w:r><w:rPr>{shade}</w:rPr><w:t xml:space="preserve">{_HARD_SPACE * 2}</w:t></w:r>{run(_HARD_SPACE)}'
