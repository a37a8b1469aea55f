"""Tables as HTML, with scopes for screen readers, a box of their own to scroll in, and heads that repeat in print."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from selaras.core import document as d
from selaras.documents.charts.canvas import safe
from selaras.documents.write.grid import Placed, placed

ToWords = Callable[[d.Line], str]

TONE_CLASSES: dict[d.Tone, str] = {
    d.Tone.DARK_GREEN: "t-dg", d.Tone.LIGHT_GREEN: "t-lg", d.Tone.DARK_YELLOW: "t-dy",
    d.Tone.LIGHT_YELLOW: "t-ly", d.Tone.RED: "t-r",
}  # fmt: skip
_ALIGNED = {d.Align.LEFT: "", d.Align.CENTER: "ac", d.Align.RIGHT: "ar", d.Align.JUSTIFY: ""}


def table(block: d.Table, anchor: str, words: ToWords) -> str:
    """A table with caption, notes and source; `words` turns a line of spans into HTML."""
    label = f"<b>{safe(block.label)}</b> " if block.label else ""
    caption = f'<caption><span id="{anchor}-c">{label}{safe(block.caption)}</span></caption>' if block.caption else ""
    named = f'role="region" aria-labelledby="{anchor}-c"' if caption else 'role="group" aria-label="Tabel"'
    head, body = _rows(block.header, block, words, head=True), _rows(block.body, block, words, head=False)
    notes = [f"<p>{words(note)}</p>" for note in block.notes]
    notes += [f"<p>Sumber: {safe(block.source)}</p>"] if block.source else []
    below = f'<div class="below">{"".join(notes)}</div>' if notes else ""
    return (
        f'<div class="table" id="{anchor}"><div class="scroll" {named} tabindex="0">'
        f'<table style="--n:{len(block.columns)}">{caption}{_columns(block)}'
        f"{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table></div>{below}</div>"
    )


def _columns(block: d.Table) -> str:
    whole = sum((column.width for column in block.columns), Decimal(0)) or Decimal(1)
    columns = [f'<col style="width:{column.width * 100 / whole:.1f}%">' for column in block.columns]
    return f"<colgroup>{''.join(columns)}</colgroup>"


def _rows(rows: tuple[d.Row, ...], block: d.Table, words: ToWords, *, head: bool) -> str:
    lines = placed(rows, len(block.columns))
    return "".join(_row(row, line, block, words, head=head) for row, line in zip(rows, lines, strict=True))


def _row(row: d.Row, line: list[Placed], block: d.Table, words: ToWords, *, head: bool) -> str:
    naming = None if head else _naming_cell(line, block)
    cells = "".join(_cell(spot, block.columns[spot.column], words, head=head, naming=spot is naming) for spot in line)
    level = f' class="l{row.level}"' if row.level and not head else ""
    return f"<tr{level}>{cells}</tr>"


def _naming_cell(line: list[Placed], block: d.Table) -> Placed | None:
    """The cell that names the row for a screen reader: the first one in words, aligned left."""
    for spot in line:
        left = (spot.cell.align or block.columns[spot.column].align) in {d.Align.LEFT, d.Align.JUSTIFY}
        if left and spot.cell.amount is None and spot.cell.text.strip():
            return spot
    return None


def _cell(spot: Placed, column: d.Column, words: ToWords, *, head: bool, naming: bool) -> str:
    cell = spot.cell
    tag = "th" if head or naming else "td"
    align = cell.align or (d.Align.CENTER if head else column.align)
    classes = [_ALIGNED[align], "num" if cell.amount is not None else "", "st" if cell.strong and not head else ""]
    marks = [_scope(spot, head=head) if tag == "th" else ""]
    marks += [f'class="{joined}"'] if (joined := " ".join(filter(None, classes))) else []
    marks += [f'colspan="{spot.wide}"'] if spot.wide > 1 else []
    marks += [f'rowspan="{spot.high}"'] if spot.high > 1 else []
    inside = words(cell.spans)
    if cell.tone is not d.Tone.NONE:
        inside = f'<span class="chip {TONE_CLASSES[cell.tone]}">{inside}</span>'
    return f"<{' '.join([tag, *filter(None, marks)])}>{inside}</{tag}>"


def _scope(spot: Placed, *, head: bool) -> str:
    if not head:
        return 'scope="row"'
    return 'scope="colgroup"' if spot.wide > 1 else 'scope="col"'
