"""How cells look in a workbook: one format per distinct look, made when first needed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from selaras.core.document import Align, Cell, Tone
from selaras.core.numerals import format_number
from selaras.documents import palette

FACE = "Arial"  # its metrics are found on every office computer
_ALIGNED = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
_GROUNDS = {1: palette.WASH, 2: palette.BLUE_PALE}


class Looks:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """The format with these properties of the library."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_name": FACE, "font_size": 10, **properties})
        return self._made[key]

    def cell(self, cell: Cell, align: Align, *, level: int = 0, head: bool = False) -> Format:
        """The format of a table cell: border, alignment, ground of its class or row level, number format."""
        wanted: dict[str, Any] = {
            "border": 1, "border_color": palette.RULE, "text_wrap": True, "align": _ALIGNED[align],
            "valign": "vcenter" if head else "top",
        }  # fmt: skip
        if head or cell.strong or level or any(span.strong for span in cell.spans):
            wanted["bold"] = True
        if head:
            wanted["bg_color"] = palette.BLUE_PALE
        elif cell.tone is not Tone.NONE:
            swatch = palette.tone(cell.tone)
            wanted |= {"bg_color": swatch.fill, "font_color": swatch.ink}
        elif level:
            wanted["bg_color"] = _GROUNDS[min(level, 2)]
        if cell.amount is not None and not head:
            wanted["num_format"] = number_format(cell)
        return self.of(**wanted)


def number_format(cell: Cell) -> str:
    """A number format that shows the amount as the report prints it: its places, and the words around the number."""
    digits = "#,##0" + (f".{'0' * cell.places}" if cell.places else "")
    amount = cell.amount if cell.amount is not None else Decimal(0)
    if not amount and cell.text.strip() == "–":
        return f'{digits};-{digits};"–"'
    shown = format_number(abs(amount), places=cell.places)
    before, found, after = cell.text.strip().lstrip("-").partition(shown)
    if not found or any(letter in before + after for letter in '"\\'):
        return digits
    return _quoted(before) + digits + _quoted(after)


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""
