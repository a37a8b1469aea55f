"""Findings as a document: the page in front of a reviewed report, and the list that goes back to its makers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from selaras.core.document import Cell, Division, Document, Line, PageNumbers, Row, Span, Table, Tone, text
from selaras.core.finding import Finding, Severity
from selaras.core.reporting.composition import Composition, cell, columns, head, strong
from selaras.core.reporting.sentences import count

MOST_PLACES = 4
TONES = {Severity.ERROR: Tone.RED, Severity.WARNING: Tone.LIGHT_YELLOW, Severity.INFO: Tone.NONE}
MEANINGS = (
    ("Kesalahan", "keliru atau bertentangan; harus diperbaiki sebelum ditandatangani"),
    ("Peringatan", "mungkin keliru atau belum lengkap; diputuskan oleh pereviu"),
    ("Catatan", "gaya penulisan atau tingkat keyakinan rendah"),
)


def compose(source: str, agency: str, year: int, findings: Sequence[Finding], *, notes: Sequence[str] = ()) -> Document:
    """A document that lists findings on the file `source`; it decides nothing and praises nothing."""
    out = Composition()
    out.begin("1")
    title = f"Temuan atas {source}"
    out.add(Division(PageNumbers.ARABIC, running=title, landscape=True, restart=True))
    out.heading(1, "DAFTAR TEMUAN")
    subject = f"{agency}, tahun {year}" if agency and year else agency or source
    tally = Counter(finding.severity for finding in findings)
    shown = ", ".join(f"{count(tally[severity])} {severity.word}" for severity in Severity if tally[severity])
    out.generated(f"Berkas {source} ({subject}): {shown or 'tidak ada temuan'}.")
    out.listing((strong(f"{word}: "), Span(meaning)) for word, meaning in MEANINGS)
    for note in notes:
        out.note(note)
    if findings:
        out.add(listing(findings))
    out.note("Temuan dibuat oleh program dari yang tertulis; simpulan reviu tetap milik pereviu.")
    return Document(title, "temuan", agency or source, year or 2000, tuple(out.blocks), subject="Temuan reviu")


def listing(findings: Sequence[Finding]) -> Table:
    """One row per finding: what, what is stated, what it works out to, where."""
    shape = columns((4, "c"), (8, "c"), (9, "c"), (33, "l"), (13, "l"), (16, "l"), (17, "l"))
    body = tuple(row(number, finding) for number, finding in enumerate(findings, 1))
    header = (head("No.", "Kode", "Tingkat", "Temuan", "Tertulis", "Seharusnya", "Tempat"),)
    return Table("temuan", shape, header, body)


def row(number: int, finding: Finding) -> Row:
    """One finding as a table row."""
    spots = [replace(place, source="", quote="").sentence() for place in finding.places[:MOST_PLACES]]
    places = "; ".join(dict.fromkeys(spot for spot in spots if spot))
    level = cell(finding.severity.word.capitalize(), tone=TONES[finding.severity])
    message = cell(finding.message) if not finding.suggestion else told(finding)
    return Row((
        cell(str(number)), cell(finding.code), level, message, cell(finding.stated or "–"),
        cell(" ".join(part for part in (finding.expected, bracketed(finding.arithmetic)) if part) or "–"), cell(places or "–"),
    ))  # fmt: skip


def told(finding: Finding) -> Cell:
    """The message with its suggestion in italics."""
    spans: Line = (*text(f"{finding.message} "), Span(finding.suggestion, emphasis=True))
    return Cell(spans)


def bracketed(words: str) -> str:
    """Words in brackets, or nothing."""
    return f"({words})" if words else ""
