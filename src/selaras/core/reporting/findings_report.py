"""Findings as a document: the page in front of a reviewed report, and the list that goes back to its makers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from selaras.core.document import Cell, Division, Document, Line, PageNumbers, Row, Span, Table, Tone, text
from selaras.core.finding import Finding, Severity
from selaras.core.reporting.composition import Composition, cell, columns, head, strong
from selaras.core.reporting.finding_words import kind_word, where

TONES = {Severity.ERROR: Tone.RED, Severity.WARNING: Tone.LIGHT_YELLOW, Severity.INFO: Tone.NONE}
LONGEST_CELL = 400
MEANINGS = (
    ("Kesalahan", "keliru atau bertentangan; harus diperbaiki sebelum ditandatangani."),
    ("Peringatan", "mungkin keliru atau belum lengkap; diputuskan oleh pereviu."),
    ("Catatan", "gaya penulisan atau tingkat keyakinan rendah."),
)
Waived = tuple[Finding, str, str]
"""A finding that somebody waived, with the reason and the name."""


def compose(
    source: str,
    agency: str,
    year: int,
    findings: Sequence[Finding],
    *,
    notes: Sequence[str] = (),
    waived: Sequence[Waived] = (),
) -> Document:
    """A document that lists findings on the file `source`; it decides nothing and praises nothing."""
    out = Composition()
    out.begin("1")
    title = f"Temuan atas {source}"
    out.add(Division(PageNumbers.ARABIC, running=title, landscape=True, restart=True))
    out.heading(1, "DAFTAR TEMUAN")
    subject = f"{agency}, tahun {year}" if agency and year else agency or source
    out.generated(f"Berkas {source} ({subject}): {tally(findings)}.")
    kinds = Counter(finding.kind for finding in findings)
    if kinds:
        out.generated(f"Menurut jenis: {', '.join(f'{kind_word(kind)} {n}' for kind, n in kinds.most_common())}.")
    out.listing((strong(f"{word}: "), Span(meaning)) for word, meaning in MEANINGS)
    for note in notes:
        out.note(note)
    if findings:
        out.add(listing(findings, source))
    if waived:
        out.heading(2, "Dikecualikan")
        out.add(waivers(waived, source))
    out.note("Temuan dibuat oleh program dari yang tertulis; simpulan reviu tetap milik pereviu.")
    return Document(title, "temuan", agency or source, year or 2000, tuple(out.blocks), subject="Temuan reviu")


def tally(findings: Sequence[Finding]) -> str:
    """`27 kesalahan, 10 peringatan, 16 catatan`, or that there is none."""
    counts = Counter(finding.severity for finding in findings)
    shown = ", ".join(f"{counts[severity]} {severity.word}" for severity in Severity if counts[severity])
    return shown or "tidak ada temuan"


def listing(findings: Sequence[Finding], source: str = "") -> Table:
    """One row per finding: what, what is stated, what it works out to, where; the file only if it is not `source`."""
    shape = columns((4, "c"), (7, "c"), (11, "l"), (36, "l"), (12, "l"), (16, "l"), (14, "l"))
    body = tuple(row(number, finding, source) for number, finding in enumerate(findings, 1))
    header = (head("No.", "Kode", "Tingkat", "Temuan", "Tertulis", "Seharusnya", "Tempat"),)
    return Table("temuan", shape, header, body)


def row(number: int, finding: Finding, source: str = "") -> Row:
    """One finding as a table row."""
    level = cell(finding.severity.word.capitalize(), tone=TONES[finding.severity])
    expected = " ".join(part for part in (finding.expected, bracketed(finding.arithmetic)) if part)
    return Row((
        cell(str(number)), cell(finding.code), level, Cell(message(finding)), cell(cut(finding.stated) or "–"),
        cell(cut(expected) or "–"), cell(where(finding.places, own=source) or "–"),
    ))  # fmt: skip


def waivers(waived: Sequence[Waived], source: str) -> Table:
    """One row per finding that somebody waived: what, where, why, and who says so."""
    shape = columns((7, "c"), (40, "l"), (16, "l"), (26, "l"), (14, "l"))
    body = tuple(
        Row(
            (
                cell(finding.code),
                cell(finding.message),
                cell(where(finding.places, own=source) or "–"),
                cell(why),
                cell(who),
            )
        )
        for finding, why, who in waived
    )
    return Table("dikecualikan", shape, (head("Kode", "Temuan", "Tempat", "Alasan", "Nama"),), body)


def message(finding: Finding) -> Line:
    """The message, what follows from it, and the suggestion in italics."""
    parts = [finding.message, *(f"Akibatnya juga: {each.message}" for each in finding.consequences)]
    spans = text(" ".join(parts))
    return (*spans, Span(f" {finding.suggestion}", emphasis=True)) if finding.suggestion else spans


def bracketed(words: str) -> str:
    """Words in brackets, or nothing."""
    return f"({words})" if words else ""


def cut(words: str) -> str:
    """Words that fit a cell of the list; the whole stands in the other forms."""
    return words if len(words) <= LONGEST_CELL else f"{words[: LONGEST_CELL - 2].rsplit(' ', 1)[0]} …"
