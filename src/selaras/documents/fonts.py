"""The two typefaces of every document: where their files are and which characters they hold.

The files come from the wheels `font-source-serif-pro` and `font-source-sans-pro`, so a report looks the
same on every machine.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

from selaras.core.errors import CannotRun

SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"
_PACKAGES = {SERIF: ("font_source_serif_pro", "SourceSerifPro"), SANS: ("font_source_sans_pro", "SourceSansPro")}
_CUTS = {(400, False): "Regular", (400, True): "It", (600, False): "Semibold", (600, True): "SemiboldIt",
         (700, False): "Bold", (700, True): "BoldIt"}  # fmt: skip
_NEVER_ALONE = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Face:
    """One cut of a family: its weight (400, 600, 700) and slope."""

    family: str
    weight: int = 400
    italic: bool = False


FACES = tuple(Face(family, weight, italic) for family in (SERIF, SANS) for weight, italic in _CUTS)


@cache
def _folder(family: str) -> Path:
    package, _ = _PACKAGES[family]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotRun(f"Paket huruf {package} tidak terpasang.")
    return Path(spec.origin).parent / "files"


def font_path(face: Face, *, extension: str = "otf") -> Path:
    """The file of `face`; `extension` is `otf` or `ttf`. Raises CannotRun where the font's package is missing."""
    path = _folder(face.family) / f"{_PACKAGES[face.family][1]}-{_CUTS[face.weight, face.italic]}.{extension}"
    if not path.is_file():
        raise CannotRun(f"Berkas huruf {path.name} tidak ada.")
    return path


def font_paths(*, extension: str = "otf") -> tuple[Path, ...]:
    """The files of all cuts that documents use."""
    return tuple(font_path(face, extension=extension) for face in FACES)


@cache
def printable() -> frozenset[int]:
    """The code points that the upright text cuts hold and that can stand alone in PDF/A.

    Left out are the private use area, control and format characters, and combining marks, which the slanted
    cuts lack: compose them first (NFC).
    """
    points: set[int] = set()
    for family in (SERIF, SANS):
        points |= _covered(font_path(Face(family)).read_bytes())
    return frozenset(point for point in points if category(chr(point)) not in _NEVER_ALONE)


def _covered(data: bytes) -> set[int]:
    """The code points of an OpenType file's character map (formats 4 and 12)."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    points: set[int] = set()
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        place = start + struct.unpack_from(">L", data, start + 4 + 8 * i + 4)[0]
        form = struct.unpack_from(">H", data, place)[0]
        if form == 12:
            points |= _groups(data, place)
        elif form == 4:
            points |= _segments(data, place)
    return points


def _groups(data: bytes, place: int) -> set[int]:
    count = struct.unpack_from(">L", data, place + 12)[0]
    groups = struct.iter_unpack(">LLL", data[place + 16 : place + 16 + 12 * count])
    return {point for first, last, _ in groups for point in range(first, last + 1)}


def _segments(data: bytes, place: int) -> set[int]:
    length = struct.unpack_from(">H", data, place + 6)[0]
    count = length // 2
    lasts = struct.unpack_from(f">{count}H", data, place + 14)
    firsts = struct.unpack_from(f">{count}H", data, place + 16 + length)
    pairs = zip(firsts, lasts, strict=True)
    return {point for first, last in pairs for point in range(first, last + 1) if point != 0xFFFF}
