"""Pictures of the pages of a PDF, to be shown beside what was read from them."""

from __future__ import annotations

import io
from pathlib import Path

from selaras.documents.read.limits import Limits, refuse

WIDTH = 900
LARGEST_SIDE = 4_000
QUALITY = 72


def page_pictures(path: Path, limits: Limits, *, most: int) -> tuple[bytes, ...]:
    """The first `most` pages of a PDF as JPEG, in order; empty bytes for a page that cannot be drawn."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError, ValueError):
        refuse(path.name, "PDF ini tidak dapat digambar", "Simpan ulang PDF-nya, lalu coba lagi.")
    try:
        return tuple(_picture(document, index) for index in range(min(len(document), most, limits.pages)))
    finally:
        document.close()


def _picture(document: object, index: int) -> bytes:
    try:
        page = document[index]  # type: ignore[index]
        wide, high = page.get_size()
        scale = min(WIDTH / max(wide, 1), LARGEST_SIDE / max(high, 1))
        drawn = page.render(scale=scale).to_pil().convert("RGB")
    except (RuntimeError, ValueError, OSError, OverflowError):
        return b""
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    page.close()
    return out.getvalue()
