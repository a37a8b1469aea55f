"""SVG to PNG, for readers that do not know SVG: all charts of a document in one run of the typesetter.

The typesetter is there for the PDF anyway and draws SVG with the same fonts. In one run it takes about 10 ms a chart
(resvg as a Python wheel of 3 MB of its own: 25 ms).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import typst

from selaras.core.errors import CannotRun
from selaras.documents.fonts import font_paths

_PIXELS_PER_INCH = 144
_PIXELS_IN_POINTS = 0.75
_SIZE = re.compile(r'<svg\b[^>]*?\bviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


def svg_size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in its own units, from its viewBox."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("the drawing has no viewBox")
    return float(found[1]), float(found[2])


def _font_folders() -> list[str]:
    return sorted({str(path.parent) for path in font_paths()})


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_font_folders())


def rasterise(drawings: Sequence[str]) -> list[bytes]:
    """The drawings as PNG pictures, in order. Raises CannotRun if the typesetter refuses one."""
    if not drawings:
        return []
    files = {f"{index}.svg": svg.encode() for index, svg in enumerate(drawings)}
    pages = []
    for index, svg in enumerate(drawings):
        width, height = (length * _PIXELS_IN_POINTS for length in svg_size(svg))
        pages.append(
            f'#page(width: {width}pt, height: {height}pt, margin: 0pt)[#image("{index}.svg", width: {width}pt)]'
        )
    try:
        made = typst.compile(  # type: ignore[call-overload]  # its stub does not know files in memory
            {"main.typ": "\n".join(pages).encode(), **files}, format="png", ppi=_PIXELS_PER_INCH, font_paths=_fonts()
        )
    except typst.TypstError as error:
        raise CannotRun(f"Grafik tidak dapat dijadikan gambar: {error}") from error
    return list(made) if isinstance(made, list) else [made]
