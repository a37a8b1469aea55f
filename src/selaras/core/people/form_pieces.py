"""What every form of an SKP is put together from: heads, parties, tables, signatures, the note on what is not confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.document import (
    Align,
    Block,
    Cell,
    Column,
    Division,
    Document,
    PageNumbers,
    Paragraph,
    Row,
    Signatory,
    Signatures,
    Table,
    Voice,
    text,
)
from selaras.core.law import Certainty, Source
from selaras.core.nip import spaced
from selaras.core.org import Capacity
from selaras.core.people.rules import PeopleRules
from selaras.core.people.skp import Section, SkpAnnex, SkpBehaviour, SkpForm, SkpPlan, SkpRow, layout
from selaras.core.period import Period

FOOTER = "Disiapkan untuk tanda tangan elektronik."
SECTIONS = {Section.MAIN: "A. UTAMA", Section.EXTRA: "B. TAMBAHAN"}
FORM_TITLES = {
    SkpForm.HEAD: "BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI",
    SkpForm.STAFF: "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
}
STANDING = {
    Certainty.INFERRED: "disimpulkan", Certainty.FROM_MEMORY: "dari ingatan", Certainty.AGREED: "disepakati penerapan terbuka",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an SKP as the form prints it."""

    name: str
    nip: str
    rank: str
    title: str
    unit: str
    capacity: Capacity = Capacity.DEFINITIVE

    @property
    def position(self) -> str:
        """The title, with Plt. or Plh. before that of an acting official."""
        return self.title if self.capacity is Capacity.DEFINITIVE else f"{self.capacity} {self.title}"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the forms print of one plan; `agency` is the name of the institution, `city` where it is signed."""

    plan: SkpPlan
    agency: str
    city: str
    who: Party
    assessor: Party
    rows: tuple[SkpRow, ...]
    behaviours: tuple[SkpBehaviour, ...]
    annexes: tuple[SkpAnnex, ...]
    rules: PeopleRules


def front(title: str, facts: FormFacts, period: Period | None = None) -> list[Block]:
    """What stands above every form: titles, agency, period, and a warning where the title belies the columns."""
    plan = facts.plan
    method = layout(facts.rows) or plan.method
    named = [
        title_line(title),
        title_line(f"PENDEKATAN HASIL KERJA {plan.method.upper()}"),
        title_line(FORM_TITLES[plan.form]),
    ]
    stretch = f"{format_date(plan.since)} s.d. {format_date(plan.until)}"
    line = made_table(
        "periode", (50, 50), (),
        [Row((word_cell(facts.agency), word_cell(f"Periode penilaian: {period.name if period else stretch}", Align.RIGHT)))],
    )  # fmt: skip
    blocks: list[Block] = [Division(PageNumbers.NONE, landscape=True), *named, line]
    if method is not plan.method:
        told = f"Formulir ini berjudul pendekatan {plan.method}, tetapi susunannya {method}."
        blocks.append(Paragraph(text(told), Voice.NOTE))
    return blocks


def parties_table(facts: FormFacts) -> Table:
    """Who is assessed and who assesses, side by side."""
    labels = ("Nama", "NIP", "Pangkat/Gol. Ruang", "Jabatan", "Unit Kerja")
    sides = [
        (party.name, spaced(party.nip), party.rank, party.position, party.unit) for party in (facts.who, facts.assessor)
    ]
    body = []
    for number, (label, own, other) in enumerate(zip(labels, *sides, strict=True), 1):
        at = word_cell(str(number), Align.CENTER)
        body.append(Row((at, word_cell(label), word_cell(own or "–"), at, word_cell(label), word_cell(other or "–"))))
    header = Row(tuple(
        strong_cell(title, colspan)
        for title, colspan in (("No.", 1), ("Pegawai yang Dinilai", 2), ("No.", 1), ("Pejabat Penilai Kinerja", 2))
    ))  # fmt: skip
    return made_table("pihak", (4, 14, 32, 4, 14, 32), (header,), body)


def signatures(facts: FormFacts, on: date | None = None) -> Signatures:
    """Both sides with place and day; `on` is the day of an evaluation, else that on which the plan was set."""
    plan = facts.plan
    signed = on or plan.signed_on
    day = f"{plan.signed_at or facts.city}, {format_date(signed)}" if signed else ""
    return Signatures(
        (_signatory("Pegawai yang Dinilai", facts.who), _signatory("Pejabat Penilai Kinerja", facts.assessor)), day
    )


def _signatory(role: str, party: Party) -> Signatory:
    return Signatory(role, party.position, party.name, party.rank, party.nip)


def by_section(rows: Sequence[SkpRow]) -> list[tuple[Section, list[SkpRow]]]:
    """The rows of each section in their order; the main one also where it is empty."""
    ordered = sorted(rows, key=lambda row: row.order)
    found = [(section, [row for row in ordered if row.section is section]) for section in Section]
    return [(section, own) for section, own in found if own or section is Section.MAIN]


def form_document(
    title: str, kind: str, facts: FormFacts, blocks: list[Block], sources: list[tuple[str, Source]]
) -> Document:
    """A form as a document, with the note on what is not confirmed at its end."""
    note = doubts_note(sources)
    made = (*blocks, note) if note.spans else tuple(blocks)
    full = f"{title} {facts.who.title} Tahun {facts.plan.year}"
    return Document(full, kind, facts.agency, facts.plan.year, made, subject=title, footer=FOOTER)


def doubts_note(sources: Iterable[tuple[str, Source]]) -> Paragraph:
    """What is not confirmed, by name; empty where everything is."""
    doubts = [f"{name} ({STANDING[source.certainty]})" for name, source in sources if source.certainty in STANDING]
    told = f"Belum dibandingkan dengan naskah peraturan: {'; '.join(doubts)}." if doubts else ""
    return Paragraph(text(told) if told else (), Voice.NOTE)


def listed(items: Iterable[str]) -> str:
    """Items below a line, each with a dash."""
    return "".join(f"\n– {item}" for item in items)


def below_line(words: str) -> str:
    """Words on a line of their own; nothing for none."""
    return f"\n{words}" if words else ""


def title_line(words: str) -> Paragraph:
    """One line of the title."""
    return Paragraph(text(words, strong=True), align=Align.CENTER)


def head_row(*titles: str) -> Row:
    """A row of headings."""
    return Row(tuple(strong_cell(title, 1) for title in titles))


def strong_cell(words: str, colspan: int, align: Align = Align.CENTER) -> Cell:
    """A cell in bold, over several columns."""
    return Cell(text(words), colspan=colspan, align=align, strong=True)


def word_cell(words: str, align: Align | None = None) -> Cell:
    """A cell with words."""
    return Cell(text(words) if words else (), align=align)


def empty_row(colspan: int) -> Row:
    """The row of a table in which nothing stands yet."""
    return Row((Cell(text("Belum diisi."), colspan=colspan),))


def made_table(key: str, widths: Iterable[int], header: tuple[Row, ...], body: Iterable[Row]) -> Table:
    """A table out of its rows; `widths` in percent."""
    return Table(key, tuple(Column(Decimal(width)) for width in widths), header, tuple(body))
