"""The reviewer's workbook: findings to be answered, the checklist prefilled with what was found, the blank statement.

What the program found stands in columns of its own; answers, conclusion and signature are left to the reviewer.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.reporting.finding_words import kind_word, told, where
from selaras.core.reporting.working_paper import found_on, statement
from selaras.documents import palette
from selaras.documents.findings.result import Reviewed
from selaras.documents.write.delivery import deliver
from selaras.documents.write.xlsx.looks import Looks

_FINDINGS = (
    ("No", 5),
    ("Tingkat", 11),
    ("Kode", 8),
    ("Temuan", 48),
    ("Tertulis", 20),
    ("Seharusnya", 24),
    ("Tempat", 24),
    ("Tanggapan instansi", 22),
    ("Keputusan pereviu", 14),
    ("Jenis", 24),
    ("Perhitungan dan akibat", 40),
    ("Kutipan", 48),
    ("Peraturan", 30),
    ("Saran", 40),
)
_PRINTED = 9
"""So many columns are printed; those to their right are for the screen."""
_ANSWERS = (7, 8)
_CHECKLIST = (("Butir", 7), ("Pernyataan", 46), ("Temuan program", 66), ("Ya/Tidak", 10), ("Catatan pereviu", 36))
_WAIVED = (("Kode", 8), ("Temuan", 56), ("Tempat", 30), ("Alasan", 44), ("Nama", 24))
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_000
_LINE = 13.0
_HIGHEST = 400.0
_A4 = 9


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
        _list(workbook.add_worksheet("Temuan"), reviewed, looks)
        _checklist(workbook.add_worksheet("Daftar uji"), reviewed, law, looks)
        _statement(workbook.add_worksheet("Pernyataan reviu"), reviewed, law, looks)
        if reviewed.waived:
            _waived(workbook.add_worksheet("Dikecualikan"), reviewed, looks)
    return out.getvalue()


def _cover(sheet: Worksheet, reviewed: Reviewed, looks: Looks) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 62)
    sheet.write_string(
        0, 0, "Kertas kerja reviu laporan kinerja", looks.of(bold=True, font_size=14, font_color=palette.BLUE_DEEP)
    )
    rows = [
        ("Laporan", reviewed.source),
        *[("Berkas", part.source) for part in reviewed.parts],
        ("Instansi", reviewed.unit or "–"),
        ("Tahun laporan", str(reviewed.year or "–")),
        ("Halaman", str(reviewed.reading.pages or "–")),
        ("Tidak terbaca", reviewed.unread() if reviewed.reading.unreadable else "–"),
        ("Tabel", str(reviewed.tables)),
        ("Angka", str(reviewed.figures)),
        *[(severity.word.capitalize(), str(reviewed.count(severity))) for severity in Severity],
        ("Dikecualikan", str(len(reviewed.waived))),
    ]
    for number, (label, value) in enumerate(rows, 2):
        sheet.write_string(number, 0, label, looks.of(bold=True, valign="top"))
        sheet.write_string(number, 1, value, looks.of(text_wrap=True, valign="top"))
        _fit(sheet, number, [(value, 62)])
    at = len(rows) + 3
    _heads(sheet, at, (("Jenis temuan", 34), ("Jumlah", 62)), looks, widths=False)
    for number, (kind, count) in enumerate(reviewed.kinds().most_common(), at + 1):
        sheet.write_string(number, 0, kind_word(kind), _cell(looks))
        sheet.write_number(number, 1, count, looks.of(border=1, border_color=palette.RULE, align="left"))
    sheet.hide_gridlines(2)
    _on_paper(sheet, reviewed)


def _list(sheet: Worksheet, reviewed: Reviewed, looks: Looks) -> None:
    findings = reviewed.findings
    _heads(sheet, 0, _FINDINGS, looks)
    for number, finding in enumerate(findings, 1):
        values = _values(number, finding, reviewed.source)
        for column, value in enumerate(values):
            severity = finding.severity if column == 1 else None
            sheet.write_string(number, column, value, _cell(looks, answer=column in _ANSWERS, severity=severity))
        _fit(sheet, number, [(value, width) for value, (_, width) in zip(values, _FINDINGS, strict=True)][:_PRINTED])
    if findings:
        sheet.autofilter(0, 0, len(findings), len(_FINDINGS) - 1)
    sheet.data_validation(
        1, _ANSWERS[1], max(1, len(findings)), _ANSWERS[1],
        {"validate": "list", "source": ["diperbaiki", "dijelaskan", "ditolak"]},
    )  # fmt: skip
    sheet.freeze_panes(1, 4)
    sheet.print_area(0, 0, max(1, len(findings)), _PRINTED - 1)
    sheet.repeat_rows(0)
    _on_paper(sheet, reviewed, landscape=True)


def _values(number: int, finding: Finding, own: str) -> list[str]:
    values = [
        str(number), finding.severity.word, finding.code, finding.message, finding.stated, finding.expected,
        where(finding.places, own=own, most=8), "", "", kind_word(finding.kind), _lines(told(finding)),
        _lines(place.quote for place in finding.places), finding.regulation, finding.suggestion,
    ]  # fmt: skip
    return [value[:_LONGEST] for value in values]


def _checklist(sheet: Worksheet, reviewed: Reviewed, law: Law, looks: Looks) -> None:
    source = next((item.source for item in law.checklist if item.source), None)
    sheet.write_string(
        0,
        0,
        f"Daftar uji reviu. Sumber: {source.text if source else '–'}. {source.note if source else ''}".strip(),
        looks.of(italic=True),
    )
    sheet.write_string(
        1, 0, "Kolom “Temuan program” diisi program; jawaban dan catatan diisi pereviu.", looks.of(italic=True)
    )
    _heads(sheet, 2, _CHECKLIST, looks)
    group, row = "", 3
    for item in law.checklist:
        if item.group != group:
            group = item.group
            sheet.merge_range(
                row, 0, row, 4, group, looks.of(bold=True, bg_color=palette.WASH, border=1, border_color=palette.RULE)
            )
            row += 1
        told_ = _lines(found_on(item.number, reviewed.findings, own=reviewed.source))
        values = [item.number, item.text, told_, "", ""]
        for column, value in enumerate(values):
            sheet.write_string(row, column, value[:_LONGEST], _cell(looks, answer=column > 2))
        _fit(sheet, row, [(value, width) for value, (_, width) in zip(values, _CHECKLIST, strict=True)])
        sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": ["Ya", "Tidak"]})
        row += 1
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    _on_paper(sheet, reviewed, landscape=True)


def _statement(sheet: Worksheet, reviewed: Reviewed, law: Law, looks: Looks) -> None:
    """The statement with the agency and year filled in; the conclusion, place, date and signature are left empty."""
    width = 88
    sheet.set_column(0, 0, width)
    sheet.hide_gridlines(2)
    signed = ["", "…………………, ………………………", "", "Pereviu,", "", "", "(nama)", "NIP …………………………"]
    lines = [*statement(reviewed.unit, reviewed.year, law).values(), *signed]
    for number, line in enumerate(lines):
        bold = number < 2
        sheet.write_string(
            number, 0, line, looks.of(text_wrap=True, bold=bold, align="center" if bold else "left", valign="top")
        )
        _fit(sheet, number, [(line, width)])
    _on_paper(sheet, reviewed)


def _waived(sheet: Worksheet, reviewed: Reviewed, looks: Looks) -> None:
    _heads(sheet, 0, _WAIVED, looks)
    for number, (finding, reason, name) in enumerate(reviewed.waived, 1):
        values = [finding.code, finding.message, where(finding.places, own=reviewed.source), reason, name]
        for column, value in enumerate(values):
            sheet.write_string(number, column, value[:_LONGEST], _cell(looks))
        _fit(sheet, number, [(value, width) for value, (_, width) in zip(values, _WAIVED, strict=True)])
    _on_paper(sheet, reviewed, landscape=True)


def _heads(sheet: Worksheet, row: int, heads: Sequence[tuple[str, int]], looks: Looks, *, widths: bool = True) -> None:
    for column, (title, width) in enumerate(heads):
        if widths:
            sheet.set_column(column, column, width)
        sheet.write_string(row, column, title, _head(looks))


def _fit(sheet: Worksheet, row: int, values: Iterable[tuple[str, int]]) -> None:
    """A row as high as its longest text needs: not every program that shows the file works it out by itself."""
    lines = max(sum(_folded(line, round(1.12 * width)) for line in value.split("\n")) for value, width in values)
    if lines > 1:
        sheet.set_row(row, min(_HIGHEST, _LINE * lines + 2))


def _folded(line: str, width: int) -> int:
    """How many lines a text takes in a column of a width in characters, broken between words."""
    count, used = 1, 0
    for word in line.split():
        if used and used + 1 + len(word) > width:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
        count, used = count + used // (width + 1), used % (width + 1)
    return count


def _on_paper(sheet: Worksheet, reviewed: Reviewed, *, landscape: bool = False) -> None:
    """A4, as wide as the paper, with the report's name and the page number at the foot."""
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{reviewed.source.replace('&', '&&')[:120]}&R&8&P/&N")


def _lines(texts: Iterable[str]) -> str:
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
