"""A text as a QR code, drawn as plain SVG: no style that a strict policy would refuse, no file of the library's own."""

from __future__ import annotations

from html import escape

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""Empty modules around the code, as the standard asks of a code that stands on paper or a screen of its own."""
INK = "#000000"


def qr_svg(text: str, alt: str = "", *, quiet: int = QUIET, ink: str = INK) -> str:
    """The QR code of a text with error correction M. `alt` says what it is to those who do not see it.

    One run of dark modules in a row is one rectangle. `quiet` is the empty border in modules.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=quiet)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    side, drawn = len(rows), "".join(_runs(rows))
    told = f' role="img" aria-label="{escape(alt)}"' if alt else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"{told} '
        f'shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#ffffff"/>'
        f'<path d="{drawn}" fill="{ink}"/></svg>'
    )


def _runs(rows: list[list[bool]]) -> list[str]:
    found = []
    for y, row in enumerate(rows):
        start = None
        for x, is_dark in enumerate([*row, False]):
            if is_dark and start is None:
                start = x
            elif not is_dark and start is not None:
                found.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return found
