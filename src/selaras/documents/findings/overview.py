"""Many reviewed reports in one workbook: a row per report with counts by kind, and what is found most often."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from selaras.core.finding import Severity
from selaras.core.reporting.finding_words import kind_word
from selaras.documents import palette
from selaras.documents.findings.result import Reviewed
from selaras.documents.write.delivery import deliver
from selaras.documents.write.xlsx.looks import Looks

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FIRST = (("Laporan", 44), ("Instansi", 44), ("Tahun", 8), ("Halaman", 9), ("Tidak terbaca", 10))


def write_overview(labelled: Sequence[tuple[str, Reviewed | None]], path: Path) -> None:
    """Write the workbook to `path`; a report that is None could not be read. Raises CannotRun if it cannot be written."""
    deliver(book(labelled), path)


def book(labelled: Sequence[tuple[str, Reviewed | None]]) -> bytes:
    """The workbook's bytes; the same reviews give the same bytes."""
    out = io.BytesIO()
    read = [item for _, item in labelled if item is not None]
    found: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for item in read:
        found.update(item.kinds())
        reports.update(set(item.kinds()))
    kinds = sorted(found, key=lambda kind: (-reports[kind], -found[kind], kind))
    with Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties({"title": "Ringkasan reviu", "created": datetime(2000, 1, 1)})
        looks = Looks(workbook)
        _reports(workbook, labelled, kinds, looks)
        _kinds(workbook, kinds, found, reports, looks)
    return out.getvalue()


def _reports(
    workbook: Workbook, labelled: Sequence[tuple[str, Reviewed | None]], kinds: Sequence[str], looks: Looks
) -> None:
    sheet = workbook.add_worksheet("Laporan")
    titles = [
        *_FIRST,
        *((severity.word.capitalize(), 11) for severity in Severity),
        *((kind_word(kind), 11) for kind in kinds),
    ]
    for column, (title, width) in enumerate(titles):
        sheet.set_column(column, column, width)
        sheet.write_string(
            0,
            column,
            title,
            looks.of(
                bold=True, text_wrap=True, bg_color=palette.BLUE_PALE, border=1, border_color=palette.RULE, valign="top"
            ),
        )
    sheet.set_row(0, 62)
    plain = looks.of(border=1, border_color=palette.RULE, valign="top")
    for row, (label, item) in enumerate(labelled, 1):
        sheet.write_string(row, 0, label, plain)
        if item is None:
            sheet.write_string(row, 1, "tidak dapat dibaca", looks.of(italic=True, border=1, border_color=palette.RULE))
            continue
        sheet.write_string(row, 1, item.unit, plain)
        by_kind = item.kinds()
        numbers = [item.year, item.reading.pages, len(item.reading.unreadable)]
        numbers += [item.count(severity) for severity in Severity] + [by_kind[kind] for kind in kinds]
        for column, number in enumerate(numbers, 2):
            if number:
                sheet.write_number(row, column, number, plain)
            else:
                sheet.write_blank(row, column, None, plain)
    sheet.freeze_panes(1, 1)
    if labelled:
        sheet.autofilter(0, 0, len(labelled), len(titles) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _kinds(workbook: Workbook, kinds: Sequence[str], found: Counter[str], reports: Counter[str], looks: Looks) -> None:
    sheet = workbook.add_worksheet("Jenis")
    head = looks.of(bold=True, bg_color=palette.BLUE_PALE, border=1, border_color=palette.RULE)
    plain = looks.of(border=1, border_color=palette.RULE)
    for column, (title, width) in enumerate((("Jenis", 38), ("Kata kunci", 26), ("Temuan", 10), ("Laporan", 10))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for row, kind in enumerate(kinds, 1):
        sheet.write_string(row, 0, kind_word(kind), plain)
        sheet.write_string(row, 1, kind, plain)
        sheet.write_number(row, 2, found[kind], plain)
        sheet.write_number(row, 3, reports[kind], plain)
