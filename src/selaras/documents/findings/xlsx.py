"""The reviewer's workbook: findings to be answered, the checklist prefilled with what was found, the blank statement.

What the program found stands in columns of its own; answers, conclusion and signature are left to the reviewer.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.documents import palette
from selaras.documents.findings.result import Reviewed, unread
from selaras.documents.write.delivery import deliver
from selaras.documents.write.xlsx.looks import Looks

#: Kinds and rules that bear on each point of the checklist (by its number); a point without any is for the reviewer alone.
BEARING: dict[str, tuple[str, ...]] = {
    "I.1": ("wrong-agency", "wrong-period", "naming", "missing-element"),
    "I.2": ("cross-table", "unit-mismatch", "missing-element"),
    "I.3": ("arithmetic", "rounding", "sum", "progress-figure", "text-vs-table", "scale-gap"),
    "I.4": ("list-of-tables", "toc-mismatch", "broken-reference", "missing-element"),
    "I.5": ("misplaced-content", "incomplete-text", "missing-element"),
    "I.6": ("sum", "swapped-labels", "text-vs-table", "terbilang"),
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
_FINDINGS = (
    ("No", 5),
    ("Tingkat", 12),
    ("Kode", 9),
    ("Jenis", 20),
    ("Temuan", 60),
    ("Tertulis", 26),
    ("Seharusnya", 26),
    ("Perhitungan", 36),
    ("Tempat", 36),
    ("Kutipan", 48),
    ("Peraturan", 30),
    ("Saran", 36),
    ("Tanggapan instansi", 30),
    ("Keputusan pereviu", 24),
)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_000


def write_xlsx(reviewed: Reviewed, law: Law, path: Path) -> None:
    """Write the workbook to `path`. Raises CannotRun if it cannot be written."""
    deliver(book(reviewed, law), path)


def book(reviewed: Reviewed, law: Law) -> bytes:
    """The workbook's bytes; the same review gives the same bytes."""
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": f"Kertas kerja reviu {reviewed.source}",
                "created": datetime(reviewed.year or law.day.year, 12, 31),
            }
        )
        looks = Looks(workbook)
        _cover(workbook.add_worksheet("Ikhtisar"), reviewed, looks)
        _list(workbook.add_worksheet("Temuan"), reviewed.findings, looks)
        _checklist(workbook.add_worksheet("Daftar uji"), reviewed, law, looks)
        _statement(workbook.add_worksheet("Pernyataan reviu"), reviewed, law, looks)
        if reviewed.waived:
            _waived(workbook.add_worksheet("Dikecualikan"), reviewed, looks)
    return out.getvalue()


def _cover(sheet: Worksheet, reviewed: Reviewed, looks: Looks) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    sheet.write_string(
        0, 0, "Kertas kerja reviu laporan kinerja", looks.of(bold=True, font_size=14, font_color=palette.BLUE_DEEP)
    )
    rows = [
        ("Berkas", reviewed.source),
        ("Instansi", reviewed.unit),
        ("Tahun laporan", str(reviewed.year or "")),
        ("Halaman", str(reviewed.reading.pages or "")),
        ("Tidak terbaca", unread(reviewed.reading) if reviewed.reading.unreadable else "–"),
        ("Tabel", str(reviewed.tables)),
        ("Angka", str(reviewed.figures)),
        *[(severity.word.capitalize(), str(reviewed.count(severity))) for severity in Severity],
        ("Dikecualikan", str(len(reviewed.waived))),
    ]
    for number, (label, value) in enumerate(rows, 2):
        sheet.write_string(number, 0, label, looks.of(bold=True))
        sheet.write_string(number, 1, value, looks.of(text_wrap=True))
    at = len(rows) + 3
    sheet.write_string(at, 0, "Jenis temuan", _head(looks))
    sheet.write_string(at, 1, "Jumlah", _head(looks))
    for number, (kind, count) in enumerate(reviewed.kinds().most_common(), at + 1):
        sheet.write_string(number, 0, kind, _cell(looks))
        sheet.write_number(number, 1, count, looks.of(border=1, border_color=palette.RULE, align="left"))


def _list(sheet: Worksheet, findings: Sequence[Finding], looks: Looks) -> None:
    for column, (title, width) in enumerate(_FINDINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, _head(looks))
    for number, finding in enumerate(findings, 1):
        values = [
            str(number),
            finding.severity.word,
            finding.code,
            finding.kind,
            finding.message,
            finding.stated,
            finding.expected,
            finding.arithmetic,
            _lines(_where(place) for place in finding.places),
            _lines(place.quote for place in finding.places),
            finding.regulation,
            finding.suggestion,
            "",
            "",
        ]
        for column, value in enumerate(values):
            sheet.write_string(
                number,
                column,
                value[:_LONGEST],
                _cell(looks, answer=column >= len(values) - 2, severity=finding.severity if column == 1 else None),
            )
    sheet.freeze_panes(1, 0)
    if findings:
        sheet.autofilter(0, 0, len(findings), len(_FINDINGS) - 1)
    sheet.data_validation(
        1,
        len(_FINDINGS) - 1,
        max(1, len(findings)),
        len(_FINDINGS) - 1,
        {"validate": "list", "source": ["diperbaiki", "dijelaskan", "ditolak"]},
    )
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _checklist(sheet: Worksheet, reviewed: Reviewed, law: Law, looks: Looks) -> None:
    heads = (
        ("No", 7),
        ("Kelompok", 22),
        ("Pernyataan", 60),
        ("Temuan terkait", 70),
        ("Ya/Tidak (pereviu)", 18),
        ("Catatan pereviu", 44),
    )
    for column, (title, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, title, _head(looks))
    source = next((item.source for item in law.checklist if item.source), None)
    sheet.write_string(
        0,
        0,
        f"Daftar uji reviu. Sumber: {source.text if source else '–'}. {source.note if source else ''}".strip(),
        looks.of(italic=True),
    )
    sheet.write_string(
        1, 0, "Kolom “Temuan terkait” diisi program; jawaban dan catatan diisi pereviu.", looks.of(italic=True)
    )
    for number, item in enumerate(law.checklist, 3):
        values = [item.number, item.group, item.text, _bearing(item.number, reviewed), "", ""]
        for column, value in enumerate(values):
            sheet.write_string(number, column, value[:_LONGEST], _cell(looks, answer=column > 3))
    sheet.data_validation(3, 4, 2 + max(1, len(law.checklist)), 4, {"validate": "list", "source": ["Ya", "Tidak"]})
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _bearing(number: str, reviewed: Reviewed) -> str:
    kinds = BEARING.get(number)
    if kinds is None:
        return "Tidak dapat diperiksa dari naskah laporan."
    found = [
        (order, finding)
        for order, finding in enumerate(reviewed.findings, 1)
        if finding.kind in kinds and finding.severity is not Severity.INFO
    ]
    if not found:
        return "Tidak ada temuan program pada butir ini."
    shown = [f"{order}. {finding.message}" for order, finding in found[:8]]
    return _lines(shown + ([f"… dan {len(found) - 8} temuan lain"] if len(found) > 8 else []))


def _statement(sheet: Worksheet, reviewed: Reviewed, law: Law, looks: Looks) -> None:
    """The statement with the agency and year filled in; the conclusion, place, date and signature are left empty."""
    sheet.set_column(0, 0, 100)
    form = next((form for code, form in law.forms.items() if "reviu" in code), None)
    texts = (
        {key: _filled(text, reviewed) for key, text in form.texts.items()}
        if form
        else {"judul": "PERNYATAAN TELAH DIREVIU"}
    )
    signed = ["", "…………………, ………………………", "", "Pereviu,", "", "", "(nama)", "NIP …………………………"]
    lines = [*texts.values(), *signed]
    for number, line in enumerate(lines):
        bold = number < 2
        sheet.write_string(
            number, 0, line, looks.of(text_wrap=True, bold=bold, align="center" if bold else "left", valign="top")
        )


def _filled(text: str, reviewed: Reviewed) -> str:
    """A clause of the form with report, agency and year put in; every other gap stays a gap."""
    values = {"laporan": "Laporan Kinerja", "instansi": reviewed.unit or "…………………", "tahun": str(reviewed.year or "……")}
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _waived(sheet: Worksheet, reviewed: Reviewed, looks: Looks) -> None:
    heads = (("Kode", 9), ("Temuan", 60), ("Tempat", 40), ("Alasan", 50), ("Nama", 30))
    for column, (title, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, _head(looks))
    for number, (finding, reason, name) in enumerate(reviewed.waived, 1):
        for column, value in enumerate(
            (finding.code, finding.message, _lines(_where(place) for place in finding.places), reason, name)
        ):
            sheet.write_string(number, column, value[:_LONGEST], _cell(looks))


def _where(place: Place) -> str:
    return Place(
        sheet=place.sheet,
        cell=place.cell,
        page=place.page,
        line=place.line,
        table=place.table,
        row=place.row,
        column=place.column,
    ).sentence()


def _lines(texts: Any) -> str:
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def _head(looks: Looks) -> Any:
    return looks.of(
        bold=True, text_wrap=True, border=1, border_color=palette.RULE, bg_color=palette.BLUE_PALE, valign="vcenter"
    )


def _cell(looks: Looks, *, answer: bool = False, severity: Severity | None = None) -> Any:
    wanted: dict[str, Any] = {"text_wrap": True, "border": 1, "border_color": palette.RULE, "valign": "top"}
    if answer:
        wanted["bg_color"] = palette.WASH
    if severity is Severity.ERROR:
        wanted |= {"bold": True, "font_color": "#b3261e"}
    return looks.of(**wanted)
