"""The visible stamp of a signature: a small page by the typesetter, with a QR code to the public page of verification."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from selaras.documents.qr import qr_svg
from selaras.documents.write.typeset import typeset
from selaras.documents.write.typst_text import literal

WIDTH, HEIGHT = 152.0, 50.0
"""In points; the room above a name in `report.typ` is 21 mm high."""
_SOURCE = """#set document(title: {title}, author: {author})
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#set text(font: ("Source Sans Pro", "Source Serif Pro"), size: 5.6pt, lang: "id", fill: rgb("#17212b"))
#set par(leading: 0.42em, spacing: 0.42em, justify: false)
#pdf.artifact(block(width: 100%, height: 100%, stroke: 0.5pt + rgb("#8a97a5"), radius: 2.5pt, inset: 3.2pt, grid(
  columns: (auto, 1fr), column-gutter: 4.5pt, align: horizon,
  image("qr.svg", height: {side}pt, alt: {alt}),
  block(height: {side}pt, clip: true, {{
    text(size: 5pt, fill: rgb("#46525e"), {opening})
    for line in ({lines}) {{ linebreak(); line }}
  }}),
)))
"""
_INK = "#17212b"
_PAD = 6.4
_OFFICE = 78
_LONG = 34


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a stamp says. `url` is the public page of verification, `when` the time in words."""

    office: str
    holder: str
    when: str
    code: str
    url: str
    seal: bool = False


def stamp_pdf(told: Stamped, *, width: float = WIDTH, height: float = HEIGHT) -> bytes:
    """The stamp as a PDF of one page with its fonts inside. Takes a child process. Raises CannotRun."""
    side = height - _PAD
    opening = "Disegel secara elektronik oleh" if told.seal else "Ditandatangani secara elektronik oleh"
    size = 6.6 if len(told.holder) <= _LONG else 5.6
    lines = [
        f"text(weight: 700, size: {size}pt, {literal(told.holder)})", f"text({literal(_cut(told.office))})",
        f"text({literal(told.when)})", f'text(fill: rgb("#46525e"), {literal(f"Kode {told.code}")})',
    ]  # fmt: skip
    source = _SOURCE.format(
        title=literal(f"Cap tanda tangan {told.holder}"), author=literal(told.holder), width=width, height=height,
        side=side, alt=literal(f"Kode QR ke {told.url}"), opening=literal(opening), lines=", ".join(lines) + ",",
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="selaras-cap-") as folder:
        path = Path(folder) / "cap.pdf"
        typeset(source, {"qr.svg": qr_svg(told.url, quiet=2, ink=_INK).encode()}, path, created=0)
        return path.read_bytes()


def _cut(text: str) -> str:
    return text if len(text) <= _OFFICE else f"{text[: _OFFICE - 1].rstrip()}…"
