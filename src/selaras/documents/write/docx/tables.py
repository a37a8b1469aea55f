"""Tables as one XML text each: fixed columns, repeated header rows, merged cells, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selaras.core.document import Align, Cell, Row, Table, Tone
from selaras.documents import palette
from selaras.documents.write.docx import page
from selaras.documents.write.docx.captions import caption
from selaras.documents.write.docx.markup import JUSTIFICATION, escape, paragraph, run, runs, shares
from selaras.documents.write.docx.story import Story

_MANY_COLUMNS = 8
_GROUP_KEPT_WHOLE = 8
_ROW_FILL = {1: page.WASH, 2: page.BLUE_PALE}
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
_MERGED = {False: '<w:vMerge w:val="restart"/>', True: "<w:vMerge/>"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its columns; `continued` marks the lower part of a cell that spans rows."""

    cell: Cell
    column: int
    span: int
    continued: bool = False


def table(story: Story, block: Table, position: int) -> list[str]:
    """A table with caption above, notes and source below, as body elements."""
    anchor = story.anchors.by_position.get(position)
    above = [caption(story, anchor, block.caption, above=True)] if anchor else []
    if not block.header and not block.body:
        return [*above, paragraph(run("Tabel ini tidak memuat baris."), "Empty")]
    widths = shares([column.width for column in block.columns], story.width)
    rows = _rows(story, block, widths, header=True) + _rows(story, block, widths, header=False)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    description = f'<w:tblCaption w:val="{escape(block.caption)}"/>' if block.caption else ""
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{story.width}" w:type="dxa"/><w:jc w:val="left"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/>{description}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    return [*above, body, *_below(story, block)]


def _below(story: Story, block: Table) -> list[str]:
    notes = [paragraph(runs(note, story.link), "UnderTable") for note in block.notes]
    source = [paragraph(run(f"Sumber: {block.source}"), "UnderTable")] if block.source else []
    return [*notes, *source, paragraph("", "AfterTable")]


def _rows(story: Story, block: Table, widths: Sequence[int], *, header: bool) -> list[str]:
    small = "Small" if len(block.columns) >= _MANY_COLUMNS else ""
    style = ("TableHead" if header else "TableText") + small
    rows = block.header if header else block.body
    return [
        _row(story, block, row, placed, widths, style=style, header=header, kept=kept)
        for row, (placed, kept) in zip(rows, layout(block, rows), strict=True)
    ]


def layout(block: Table, rows: Sequence[Row]) -> Iterator[tuple[list[Placed], bool]]:
    """For each row its cells from left to right, with the lower parts of cells from above filled in,

    and whether it belongs on one page with the next row. Missing cells become empty ones; a row with more cells than
    there are columns is a mistake of the composer and raises ValueError, for a figure would be lost.
    """
    above: list[tuple[Placed, int]] = []  # cells that reach into this row, with the rows still to come
    for index, row in enumerate(rows):
        lower = [replace(placed, continued=True) for placed, _ in above]
        own = _placed(row, lower, len(block.columns))
        if own is None:
            raise ValueError(f"row {index + 1} of table {block.key!r} does not fit into its columns")
        begun = [(placed, min(placed.cell.rowspan, len(rows) - index)) for placed in own]
        above = [(placed, left - 1) for placed, left in [*above, *begun] if left > 1]
        kept = any(placed.cell.rowspan <= _GROUP_KEPT_WHOLE for placed, _ in above)
        yield sorted([*lower, *own], key=lambda each: each.column), kept


def _placed(row: Row, lower: Sequence[Placed], columns: int) -> list[Placed] | None:
    """The row's own cells in the columns that cells from above leave free, or None if they do not fit."""
    taken = {column for placed in lower for column in range(placed.column, placed.column + placed.span)}
    free = [column for column in range(columns) if column not in taken]
    own = []
    for cell in row.cells:
        span = max(1, cell.colspan)
        here, free = free[:span], free[span:]
        if len(here) < span or here[-1] - here[0] != span - 1:
            return None
        own.append(Placed(cell, here[0], span))
    return own + [Placed(Cell(), column, 1) for column in free]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all cells of one row share."""

    row: Row
    style: str
    header: bool
    kept: bool


def _row(
    story: Story, block: Table, row: Row, placed: Sequence[Placed], widths: Sequence[int], *, style: str, header: bool,
    kept: bool,
) -> str:  # fmt: skip
    frame = _Frame(row, style, header, kept)
    cells = "".join(
        _cell(story, block, frame, each, sum(widths[each.column : each.column + each.span])) for each in placed
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def _cell(story: Story, block: Table, frame: _Frame, placed: Placed, width: int) -> str:
    cell = placed.cell
    fill, color = _colors(frame, cell)
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{placed.span}"/>' if placed.span > 1 else "")
        + (_MERGED[placed.continued] if cell.rowspan > 1 else "")
        + (_SHADE.format(fill) if fill else "")
        + ('<w:vAlign w:val="center"/>' if frame.header else "")
    )
    align = cell.align or (Align.CENTER if frame.header else block.columns[placed.column].align)
    strong = cell.strong or frame.row.level > 1
    content = "" if placed.continued else runs(cell.spans, story.link, strong=strong, color=color)
    keep = "<w:keepNext/>" if frame.kept else ""
    return (
        f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{frame.style}"/>{keep}'
        f'<w:jc w:val="{JUSTIFICATION[align]}"/></w:pPr>{content}</w:p></w:tc>'
    )


def _colors(frame: _Frame, cell: Cell) -> tuple[str, str]:
    """Background and text colour; the text colour is empty where it is that of the style."""
    if cell.tone is not Tone.NONE:
        swatch = palette.tone(cell.tone)
        return page.hexadecimal(swatch.fill), page.hexadecimal(swatch.ink)
    return (page.BLUE_PALE if frame.header else _ROW_FILL.get(frame.row.level, "")), ""
