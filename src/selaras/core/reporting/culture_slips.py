"""Slips with the links of a survey, to be cut out and drawn from a bowl: nobody notes who got which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from selaras.core.calendar import format_date
from selaras.core.document import Cell, Division, Document, PageNumbers, Row, Table, text
from selaras.core.reporting.composition import Composition, columns, strong

KIND = "tautan-survei"


def compose(*, title: str, agency: str, closes: date, year: int, links: Iterable[tuple[str, str]]) -> Document:
    """One slip for every (unit, link), unit by unit. The links are secrets of those who draw them."""
    out = Composition()
    out.add(Division(PageNumbers.NONE, running=title, restart=True))
    out.heading(1, "TAUTAN SURVEI")
    out.paragraph(
        "Gunting menurut garis, lipat, dan biarkan setiap pegawai mengambil sendiri satu lembar dari unitnya. Jangan mencatat "
        "siapa mengambil lembar yang mana. Setiap tautan hanya dapat dipakai satu kali."
    )
    until = f"Diisi paling lambat {format_date(closes)}. Jawaban anonim."
    units: dict[str, list[str]] = {}
    for unit, link in links:
        units.setdefault(unit, []).append(link)
    for unit, listed in units.items():
        out.heading(2, unit)
        body = [Row((_slip(title, unit, until), Cell((strong(link),)))) for link in listed]
        out.add(Table(f"tautan-{unit}", columns((48, "l"), (52, "l")), (), tuple(body)))
    return Document(f"Tautan {title}", KIND, agency, year, tuple(out.blocks), subject=title)


def _slip(title: str, unit: str, until: str) -> Cell:
    return Cell((strong(f"{title}. "), *text(f"{unit}. {until}")))
