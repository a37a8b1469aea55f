"""How the workbook looks: formats by what stands in a cell, made once per file and in the order of use."""

from __future__ import annotations

from typing import Any

from selaras.documents.workbook.columns import Kind

NAVY = "#1F3864"
STEEL = "#5B7698"
GREY = "#E7E6E6"
CREAM = "#FFF8E1"
LINE = "#BFBFBF"
TEXT = "@"
NUMBER_FORMATS = {
    Kind.INTEGER: "0",
    Kind.YEAR: "0",
    Kind.MONTH: "0",
    Kind.DATE: "dd/mm/yyyy",
    Kind.AMOUNT: "#,##0",
    Kind.DECIMAL: "General",
    Kind.PERCENT: "General",
    Kind.VALUE: "General",
}
"""The format of an empty cell by kind; all others hold text, so that codes keep their zeros."""
CENTRED = frozenset({Kind.YEAR, Kind.MONTH, Kind.INTEGER, Kind.DATE, Kind.YES_NO, Kind.PART, Kind.VALUE})
WRAPPED = frozenset({Kind.LONG, Kind.CHOICE})

FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
HEADER = FONT | {
    "bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": LINE, "font_color": "#FFFFFF",
}  # fmt: skip
STYLES: dict[str, dict[str, Any]] = {
    "required": HEADER | {"bg_color": NAVY},
    "optional": HEADER | {"bg_color": STEEL},
    "derived": HEADER | {"bg_color": GREY, "font_color": "#404040", "italic": True},
    "title": FONT | {"bold": True, "font_size": 18, "font_color": NAVY},
    "heading": FONT | {"bold": True, "font_size": 13, "font_color": NAVY},
    "body": FONT | {"text_wrap": True},
    "table": FONT | {"text_wrap": True, "border": 1, "border_color": LINE},
    "link": FONT | {"border": 1, "border_color": LINE, "font_color": "#0B4F9E", "underline": 1},
    "sample": FONT | {"border": 1, "border_color": LINE, "italic": True, "bg_color": CREAM},
}


def decimals(places: int, *, percent: bool = False, mark: str = "") -> str:
    """A number format with so many decimals: `#,##0.00`, `0.0%`, or with a mark behind the number."""
    tail = f".{'0' * places}" if places else ""
    if percent:
        return f"0{tail}%"
    return f'#,##0{tail}" {mark}"' if mark else f"#,##0{tail}"


class Styles:
    """The formats of one file."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}

    def named(self, name: str) -> Any:
        """The format of a header or of a cell on the guide sheet."""
        return self._format(("named", name), STYLES[name])

    def cell(self, kind: Kind, number_format: str = "", *, example: bool = False, quoted: bool = False) -> Any:
        """The format of a cell that people fill in; `quoted` keeps Excel from taking its text for a formula."""
        chosen = number_format or NUMBER_FORMATS.get(kind, TEXT)
        look: dict[str, Any] = FONT | {"num_format": chosen, "locked": False}
        look |= {"text_wrap": True} if kind in WRAPPED else {}
        look |= {"align": "center"} if kind in CENTRED else {}
        look |= {"italic": True, "bg_color": CREAM} if example else {}
        look |= {"quote_prefix": True} if quoted else {}
        return self._format(("cell", kind in WRAPPED, kind in CENTRED, chosen, example, quoted), look)

    def derived(self, number_format: str = "General") -> Any:
        """The format of a protected cell with a formula."""
        look = FONT | {"num_format": number_format, "bg_color": GREY, "font_color": "#404040", "locked": True}
        return self._format(("derived", number_format), look)

    def _format(self, key: tuple[Any, ...], look: dict[str, Any]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
