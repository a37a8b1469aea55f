"""A letter of a register for who asked, as a document: the office, the matter, the paragraphs made from one record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selaras.core.calendar import format_date
from selaras.core.document import Division, Document, Fields, PageNumbers
from selaras.core.reporting.composition import Composition

KIND = "surat-layanan"


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a letter says: from whom, in which register, about which record, and its paragraphs."""

    agency: str
    register: str
    title: str
    number: str
    opened: date
    paragraphs: tuple[str, ...]


def compose(told: Wording, *, year: int) -> Document:
    """The letter; `year` is when it is made. It says that it comes out of the register and bears no signature."""
    out = Composition()
    out.add(Division(PageNumbers.NONE, running=told.agency, restart=True))
    out.heading(2, told.title)
    out.add(
        Fields(
            (("Instansi", told.agency), ("Layanan", told.register), ("Nomor", told.number),
             ("Tanggal masuk", format_date(told.opened)))
        )
    )  # fmt: skip
    for paragraph in told.paragraphs:
        out.paragraph(paragraph)
    out.note("Dibuat oleh sistem dari register layanan, tanpa tanda tangan.")
    return Document(told.title, KIND, told.agency, year, tuple(out.blocks), subject=told.register)
