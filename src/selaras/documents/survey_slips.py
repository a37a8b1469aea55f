"""Slips with the links of a survey, each with its QR code, to be cut out and drawn from a bowl: nobody notes who got which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from selaras.documents.qr import qr_svg
from selaras.documents.write.typeset import typeset
from selaras.documents.write.typst_text import literal

MOST_SLIPS = 2000
"""As many as the typesetter prints in one file within its time."""
_SOURCE = """#set document(title: {title}, author: {author})
#set page(paper: "a4", margin: (x: 15mm, y: 14mm))
#set text(font: ("Source Sans Pro", "Source Serif Pro"), size: 9pt, lang: "id", fill: rgb("#17212b"))
#set par(leading: 0.5em, justify: false)
#let slip(name, alt, unit, link) = block(width: 100%, height: 38mm, breakable: false, inset: 3mm,
  stroke: (paint: rgb("#8a97a5"), thickness: 0.5pt, dash: "dashed"), grid(columns: (31mm, 1fr), column-gutter: 3mm,
  image(name, width: 31mm, alt: alt), {{
    text(weight: 700, {title}); linebreak(); unit; linebreak(); {until}
    v(1.5mm, weak: true); text(size: 7.5pt)[#{told} #link]
  }}))
= #{heading}
#{advice}
"""
_UNIT = "\n== #{unit}\n#grid(columns: (1fr, 1fr), gutter: 3mm, {slips})\n"
ADVICE = (
    "Gunting menurut garis, lipat, dan biarkan setiap pegawai mengambil sendiri satu lembar dari unitnya. Jangan mencatat "
    "siapa mengambil lembar yang mana. Setiap tautan hanya dapat dipakai satu kali."
)


def write_slips(
    path: Path, *, title: str, agency: str, until: str, links: Iterable[tuple[str, str]], created: int
) -> None:
    """Write one slip for every (unit, link) as PDF, unit by unit. The links are secrets of those who draw them.

    `until` is the sentence about the last day and what becomes of the answers. Raises CannotRun.
    """
    files: dict[str, bytes] = {}
    parts = [
        _SOURCE.format(
            title=literal(title), author=literal(agency), until=literal(until), heading=literal("Tautan survei"),
            advice=literal(ADVICE), told=literal("Pindai kode ini dengan telepon, atau buka"),
        )
    ]  # fmt: skip
    for unit, listed in groupby(links, key=lambda pair: pair[0]):
        parts.append(_UNIT.format(unit=literal(unit), slips=_slips(unit, [link for _, link in listed], files)))
    typeset("".join(parts), files, path, created=created)


def _slips(unit: str, links: Sequence[str], files: dict[str, bytes]) -> str:
    made = []
    for link in links:
        name = f"{len(files)}.svg"
        files[name] = qr_svg(link).encode()
        made.append(
            f"slip({literal(name)}, {literal(f'Kode QR ke {link}')}, {literal(unit)}, {literal(_broken(link))})"
        )
    return ", ".join(made)


def _broken(link: str) -> str:
    """A link that may break after each part of its path, so that its end stands together."""
    scheme, found, rest = link.partition("://")
    return f"{scheme}{found}" + rest.replace("/", "/\u200b") if found else link
