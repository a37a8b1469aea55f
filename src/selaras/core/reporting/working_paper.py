"""The working paper of the reviewer (APIP): the checklist prefilled with what was found, and the statement left blank.

The program says what it found on each point and what it cannot look at; answers, conclusion, place, date and signature
belong to the reviewer: what was answered in the application is put in, everything else stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selaras.core.calendar import format_date, parse_date
from selaras.core.document import (
    Align,
    Cell,
    Division,
    Document,
    Fields,
    PageNumbers,
    Paragraph,
    Row,
    Signatory,
    Signatures,
    Table,
    text,
)
from selaras.core.finding import Finding, Severity
from selaras.core.law import ChecklistItem, Law
from selaras.core.reporting.composition import Composition, cell, columns, head
from selaras.core.reporting.finding_words import where
from selaras.core.reporting.findings_report import Waived, listing, tally, waivers

BEARING: dict[str, tuple[str, ...]] = {
    "I.1": ("wrong-agency", "wrong-period", "naming", "missing-element"),
    "I.2": ("cross-table", "unit-mismatch", "missing-element"),
    "I.3": ("arithmetic", "rounding", "sum", "progress-figure", "text-vs-table", "scale-gap"),
    "I.4": ("list-of-tables", "toc-mismatch", "broken-reference", "missing-element"),
    "I.5": ("misplaced-content", "incomplete-text", "missing-element"),
    "I.6": ("sum", "swapped-labels", "text-vs-table", "terbilang", "missing-element"),
    "II.2": ("missing-evidence",),
    "II.5": ("suspicious-pattern", "missing-evidence", "headcount", "count-mismatch"),
    "III.1": ("cross-table", "indicator-mismatch"),
    "III.2": ("wrong-period", "indicator-mismatch"),
    "III.3": ("narrative-contradiction",),
    "III.4": ("indicator-mismatch", "unit-mismatch", "mislabelled-column"),
    "III.5": ("indicator-mismatch",),
    "III.7": ("narrative-contradiction", "missing-element"),
    "III.8": ("missing-evidence",),
    "III.9": ("narrative-contradiction",),
}
"""Kinds that bear on each point of the checklist (by its number); a point without any is for the reviewer alone."""

MISSING: tuple[tuple[str, str], ...] = (
    ("III.7", "perbandingan"),
    ("I.6", "anggaran"),
    ("I.6", "sumber daya"),
    ("I.5", "penyebab"),
    ("I.5", "perbaikan"),
    ("I.5", "hambatan"),
    ("I.4", "lampir"),
    ("I.4", "tabel"),
    ("I.4", "gambar"),
    ("I.2", "perjanjian"),
    ("I.2", "target"),
    ("I.2", "perencanaan"),
)
"""On which point a missing element bears, by a word of what is missing; the first that stands there, else on the first point."""

MOST_TOLD = 8
NOT_SEEN = "Tidak dapat diperiksa dari naskah laporan."
NOTHING = "Tidak ada temuan program pada butir ini."
STATEMENT = "pernyataan-reviu"
BLANK = "…" * 44
GAP = "…" * 12
Numbered = tuple[int, Finding]
Answers = Mapping[str, tuple[str, str]]
"""What the reviewer answered, by the number of the point: Ya or Tidak, and the note."""


def bearing(number: str, findings: Sequence[Finding]) -> tuple[Numbered, ...]:
    """The errors and warnings, with their numbers in the list, that bear on a point of the checklist."""
    kinds = BEARING.get(number, ())
    return tuple(
        (order, finding)
        for order, finding in enumerate(findings, 1)
        if finding.kind in kinds and finding.severity is not Severity.INFO and _lacking(finding) in ("", number)
    )


def _lacking(finding: Finding) -> str:
    """The one point on which a missing element bears; empty for every other finding."""
    if finding.kind != "missing-element":
        return ""
    told = finding.message.casefold()
    return next((number for number, word in MISSING if word in told), "I.1")


def found_on(number: str, findings: Sequence[Finding], *, own: str = "") -> tuple[str, ...]:
    """What the program says on a point of the checklist, line by line; never an answer."""
    if number not in BEARING:
        return (NOT_SEEN,)
    told = bearing(number, findings)
    if not told:
        return (NOTHING,)
    lines = [_line(order, finding, own) for order, finding in told[:MOST_TOLD]]
    rest = len(told) - MOST_TOLD
    return (*lines, f"… dan {rest} temuan lain dalam daftar temuan.") if rest > 0 else tuple(lines)


def compose(
    source: str,
    agency: str,
    year: int | None,
    findings: Sequence[Finding],
    law: Law,
    *,
    waived: Sequence[Waived] = (),
    notes: Sequence[str] = (),
    answers: Answers | None = None,
) -> Document:
    """The working paper on the report `source`: what was reviewed, the checklist, the findings, the blank statement.

    `answers` are the reviewer's own, put into the columns that are otherwise left for them.
    """
    out = Composition()
    out.begin("1")
    title = f"Kertas kerja reviu {source}"
    out.add(Division(PageNumbers.ARABIC, running=title, landscape=True, restart=True))
    out.heading(1, "KERTAS KERJA REVIU LAPORAN KINERJA")
    out.add(Fields((
        ("Laporan", source), ("Instansi", agency or GAP), ("Tahun laporan", str(year or GAP)), ("Temuan program", tally(findings)),
        ("Pereviu", BLANK), ("Tanggal reviu", BLANK),
    )))  # fmt: skip
    for note in notes:
        out.note(note)
    out.heading(2, "Daftar uji")
    out.note(
        "Kolom “Temuan program” diisi program dari yang tertulis dalam laporan. Jawaban dan catatan diisi pereviu; program tidak "
        "menjawab dan tidak menyimpulkan."
    )
    out.add(checklist(law.checklist, findings, own=source, answers=answers))
    out.note(_source(law.checklist))
    if findings:
        out.heading(2, "Daftar temuan")
        out.add(listing(findings, source))
    if waived:
        out.heading(2, "Dikecualikan")
        out.add(waivers(waived, source))
    out.add(Division(PageNumbers.ARABIC, running=title))
    _statement(out, agency, year, law)
    return Document(
        title, "kertas-kerja-reviu", agency or source, year or law.day.year, tuple(out.blocks), subject="Reviu"
    )


def checklist(
    items: Sequence[ChecklistItem], findings: Sequence[Finding], *, own: str = "", answers: Answers | None = None
) -> Table:
    """One row per point: the group once, the point, what was found, and two columns for the reviewer's answers."""
    shape = columns((6, "c"), (30, "l"), (38, "l"), (9, "c"), (17, "l"))
    body: list[Row] = []
    group = ""
    for item in items:
        if item.group != group:
            group = item.group
            body.append(Row((cell(group, colspan=5, strong=True),), level=1))
        told = "\n".join(found_on(item.number, findings, own=own))
        body.append(Row((cell(item.number), cell(item.text), cell(told), *_given(answers, item.number))))
    header = (head("Butir", "Pernyataan", "Temuan program", "Ya/Tidak", "Catatan pereviu"),)
    return Table("daftar-uji", shape, header, tuple(body))


def _given(answers: Answers | None, number: str) -> tuple[Cell, Cell]:
    answer, note = (answers or {}).get(number, ("", ""))
    return cell(answer.capitalize()), cell(note)


def statement(agency: str, year: int | None, law: Law) -> dict[str, str]:
    """The clauses of the statement with report, agency and year put in; every other gap stays a gap."""
    form = law.forms[STATEMENT]
    words = {"laporan": "Laporan Kinerja", "instansi": agency or GAP, "tahun": str(year or GAP)}
    return {key: clause.format(**words) for key, clause in form.texts.items()}


def statement_sheet(
    agency: str, year: int | None, law: Law, given: Mapping[str, str], *, conclusion: str = ""
) -> Document:
    """The statement alone, to be printed and signed by APIP: number, place, day and signatory are put in as `given`

    (see `actions.review_desk.STATEMENT`), the conclusion stays a blank to be written by hand, unless the reviewer has
    written it (`conclusion`) to sign it electronically.
    """
    out = Composition()
    title = f"Pernyataan telah direviu {agency or GAP} {year or GAP}"
    out.add(Division(PageNumbers.NONE))
    _statement(out, agency, year, law, given, conclusion)
    return Document(title, STATEMENT, agency, year or law.day.year, tuple(out.blocks), subject="Reviu")


def _statement(
    out: Composition,
    agency: str,
    year: int | None,
    law: Law,
    given: Mapping[str, str] | None = None,
    conclusion: str = "",
) -> None:
    clauses, given = statement(agency, year, law), given or {}
    out.heading(1, clauses["judul"])
    if given.get("number"):
        out.add(Paragraph(text(f"Nomor {given['number']}"), align=Align.CENTER))
    out.add(Paragraph(text(clauses["subjudul"], strong=True), align=Align.CENTER))
    for key in ("lingkup", "tujuan"):
        out.paragraph(clauses[key])
    opening = clauses["simpulan"].rstrip("… ")
    for line in (f"{opening} {conclusion}",) if conclusion else (f"{opening} {GAP}{GAP}", BLANK, BLANK):
        out.add(Paragraph(text(line), align=Align.LEFT))
    if not conclusion:
        out.note(clauses["keterangan"])
    signatory = Signatory(
        "", given.get("signatory_title") or "Aparat Pengawasan Intern Pemerintah", given.get("signatory_name", ""),
        nip=given.get("signatory_nip", ""),
    )  # fmt: skip
    day = format_date(parse_date(given["date"])) if given.get("date") else GAP[:8]
    out.add(Signatures((signatory,), f"{given.get('place') or GAP[:8]}, {day}"))


def _line(order: int, finding: Finding, own: str) -> str:
    spot = where(finding.places, own=own, most=1)
    return f"{order}. {finding.message}" + (f" ({spot})" if spot else "")


def _source(items: Sequence[ChecklistItem]) -> str:
    source = next((item.source for item in items if item.source), None)
    return f"Sumber daftar uji: {source.text}. {source.note}".strip() if source else "Sumber daftar uji tidak tercatat."
