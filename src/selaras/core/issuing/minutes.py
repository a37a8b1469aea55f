"""The minutes of a meeting (berita acara) as a document: what was decided, when and where, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selaras.core.calendar import format_date, weekday_name
from selaras.core.document import (
    Align,
    Block,
    Division,
    Document,
    Listing,
    Numbering,
    PageNumbers,
    Paragraph,
    Signatory,
    Signatures,
    text,
)

KIND = "berita-acara"
BESIDE = 2
"""So many signatures stand side by side."""


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """All that the minutes tell; `decisions` are its lines in order."""

    agency: str
    number: str
    title: str
    held_on: date
    place: str
    decisions: tuple[str, ...]
    signatories: tuple[Signatory, ...]


def compose_minutes(told: MinutesFacts) -> Document:
    """The minutes as a document."""
    day = f"{weekday_name(told.held_on)}, {format_date(told.held_on)}"
    where = f" bertempat di {told.place}" if told.place else ""
    blocks: list[Block] = [Division(PageNumbers.ARABIC, running=f"Berita acara {told.number}", restart=True)]
    for line in ("BERITA ACARA", told.title.upper()):
        blocks.append(Paragraph(text(line, strong=True), align=Align.CENTER))
    blocks += [
        Paragraph(text(f"Nomor {told.number}"), align=Align.CENTER),
        Paragraph(text(f"Pada hari {day}{where}, telah dilaksanakan {told.title} dengan hasil sebagai berikut:")),
        Listing(tuple(text(line) for line in told.decisions), Numbering.DECIMAL),
        Paragraph(text("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.")),
        *_signatures(told.signatories, f"{told.place or told.agency}, {format_date(told.held_on)}"),
    ]
    title = f"Berita Acara {told.title} Nomor {told.number}"
    return Document(title, KIND, told.agency, told.held_on.year, tuple(blocks), subject="Berita acara")


def _signatures(people: Sequence[Signatory], place_date: str) -> list[Block]:
    rows = [tuple(people[start : start + BESIDE]) for start in range(0, len(people), BESIDE)]
    return [Signatures(row, place_date if number == 0 else "") for number, row in enumerate(rows)]
