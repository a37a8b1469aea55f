"""The measures of the page, in the units of WordprocessingML (1 twip = 1/20 point = 635 EMU), and its colours."""

from __future__ import annotations

from dataclasses import dataclass

from selaras.documents import palette

EMU_PER_TWIP = 635
SHORT_SIDE, LONG_SIDE = 11906, 16838  # A4


def hexadecimal(color: str) -> str:
    """`0B5CAD` for `#0b5cad`, as WordprocessingML wants it."""
    return color.removeprefix("#").upper()


BLUE = hexadecimal(palette.BLUE)
BLUE_DEEP = hexadecimal(palette.BLUE_DEEP)
BLUE_PALE = hexadecimal(palette.BLUE_PALE)
INK = hexadecimal(palette.INK)
MUTED = hexadecimal(palette.MUTED)
RULE = hexadecimal(palette.RULE)
WASH = hexadecimal(palette.WASH)
PAPER = hexadecimal(palette.PAPER)
ACCENT = hexadecimal(palette.ACCENT)


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page in twips; header and footer are measured from the edge of the paper."""

    top: int
    right: int
    bottom: int
    left: int
    header: int = 737
    footer: int = 652


PORTRAIT = Margins(top=1588, right=1247, bottom=1417, left=1588)  # 28, 22, 25, 28 mm, as in the PDF
LANDSCAPE = Margins(top=1474, right=1247, bottom=1304, left=1247)  # 26, 22, 23, 22 mm
COVER = Margins(top=1701, right=1588, bottom=737, left=1588)  # 30, 28, 13, 28 mm


def text_size(*, landscape: bool) -> tuple[int, int]:
    """Width and height of the text area in twips."""
    if landscape:
        return LONG_SIDE - LANDSCAPE.left - LANDSCAPE.right, SHORT_SIDE - LANDSCAPE.top - LANDSCAPE.bottom
    return SHORT_SIDE - PORTRAIT.left - PORTRAIT.right, LONG_SIDE - PORTRAIT.top - PORTRAIT.bottom
