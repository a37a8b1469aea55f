"""Photos for a document: opened, turned upright, made smaller, and freed of the data that cameras add.

Whatever is wrong with a photo, the document gets a sentence to print in its place, never an error.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from selaras.core.calendar import format_date, weekday_name
from selaras.core.document import Photo
from selaras.core.errors import Refusal

LONGEST_SIDE = 1400  # 80 mm at 440 dots per inch
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photo ready to be printed: `jpeg`, or empty with the `reason` in words."""

    jpeg: bytes = b""
    reason: str = ""


def photograph(photo: Photo, files: Callable[[str], bytes] | None) -> Photograph:
    """The photo's picture as an upright RGB JPEG of at most LONGEST_SIDE pixels, or the reason why there is none."""
    if not photo.file:
        return Photograph(reason="Foto belum diunggah")
    try:
        data = files(photo.file) if files else b""
    except (Refusal, OSError, LookupError):
        data = b""
    if not data:
        return Photograph(reason=f"Berkas foto tidak ditemukan: {photo.file}")
    try:
        return Photograph(_upright(data))
    except Exception:  # noqa: BLE001 - decoders raise anything on a broken file, and a photo may not stop a report
        return Photograph(reason=f"Berkas foto tidak dapat dibuka: {photo.file}")


def photo_details(photo: Photo) -> str:
    """The line under a caption: weekday, date and location, as far as known."""
    parts = [photo.location]
    if photo.taken:
        parts.insert(0, f"{weekday_name(photo.taken)}, {format_date(photo.taken)}")
    return " · ".join(part for part in parts if part)


def _upright(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            if picture.mode != "RGB":
                solid = Image.new("RGB", picture.size, "white")
                layer = picture.convert("RGBA")
                solid.paste(layer, mask=layer)
                picture = solid
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=_QUALITY, optimize=False)
    return out.getvalue()
