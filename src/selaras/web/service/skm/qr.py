"""An address as a QR code, drawn by ourselves as plain SVG: no style that the strict policy would refuse."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
from qrcode.main import QRCode  # type: ignore[import-untyped]

QUIET = 4
"""Empty squares around the code, as the standard asks."""


def qr_svg(text: str, alt: str) -> str:
    """The QR code of a text; `alt` says what it is and holds no markup."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows)
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    label = "".join(sign for sign in alt if sign.isalnum() or sign in " .,-")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-label="{label}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#ffffff"/>'
        f'<path d="{dots}" fill="#000000"/></svg>'
    )
