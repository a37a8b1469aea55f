"""A workbook of a document's tables: the list `Daftar`, one sheet per table, the data; a form stands as it is printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from re import compile as regex

from xlsxwriter import Workbook

from selaras.core.document import Document, Table
from selaras.documents import palette
from selaras.documents.write.xlsx.form import fill_forms, is_form
from selaras.documents.write.xlsx.looks import Looks
from selaras.documents.write.xlsx.sheet import cut, fill

LIST = "Daftar"
DATA = "Data"
_LONGEST_NAME = 31
_FORBIDDEN = regex(r"[\[\]:*?/\\\x00-\x1f]")
_CHUNK = 16_000  # letters of a cell; a spreadsheet allows 32767 UTF-16 units
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def book(document: Document) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": document.title,
                "subject": document.subject,
                "author": document.agency,
                "company": document.agency,
                "category": document.kind,
                "created": datetime(document.year, 12, 31),
            }
        )
        workbook.set_calc_mode("auto")
        looks = Looks(workbook)
        if is_form(document):
            fill_forms(workbook, document, looks)
        else:
            _tables(workbook, document, looks)
        if document.attachment:
            _data(workbook, document.attachment, looks)
    return out.getvalue()


def _tables(workbook: Workbook, document: Document, looks: Looks) -> None:
    tables = [block for block in document.blocks if isinstance(block, Table) and block.caption]
    names = _names(tables)
    _list(workbook, document, tables, names, looks)
    for table, name in zip(tables, names, strict=True):
        fill(workbook.add_worksheet(name), table, document, looks, back=LIST)


def _names(tables: Sequence[Table]) -> list[str]:
    """A sheet name per table, legal and different from every other, also without regard to case."""
    taken = {LIST.casefold(), DATA.casefold(), "history"}  # the last is kept by the spreadsheet program
    names = []
    for table in tables:
        wish = _FORBIDDEN.sub(" ", table.label or table.caption).strip(" '")[:_LONGEST_NAME].strip(" '") or "Tabel"
        name, turn = wish, 2
        while name.casefold() in taken:
            tail = f" ({turn})"
            name, turn = wish[: _LONGEST_NAME - len(tail)] + tail, turn + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _list(workbook: Workbook, document: Document, tables: Sequence[Table], names: Sequence[str], looks: Looks) -> None:
    sheet = workbook.add_worksheet(LIST)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    head = looks.of(bold=True, bg_color=palette.BLUE_PALE, bottom=1, bottom_color=palette.BLUE)
    sheet.write_string(0, 0, cut(document.title), looks.of(bold=True, font_size=15, font_color=palette.BLUE_DEEP))
    sheet.write_string(1, 0, cut(document.agency), looks.of(font_size=11))
    sheet.write_string(2, 0, f"Tahun {document.year}", looks.of(font_size=11))
    sheet.write_string(4, 0, "Lembar", head)
    sheet.write_string(4, 1, "Judul tabel", head)
    link, words = looks.of(font_color=palette.BLUE, underline=1, valign="top"), looks.of(text_wrap=True, valign="top")
    for row, (table, name) in enumerate(zip(tables, names, strict=True), start=5):
        target = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{target}'!A1", link, string=name)
        sheet.write_string(row, 1, cut(table.caption), words)
    row = 6 + len(tables)
    note = looks.of(italic=True, font_color=palette.MUTED)
    if not tables:
        sheet.write_string(5, 0, "Dokumen ini tidak memuat tabel berjudul.", note)
    sheet.write_string(row, 0, "Jumlah dan persentase pada lembar tabel adalah rumus yang menghitung ulang.", note)
    sheet.write_string(row + 1, 0, "Kolom persen ditulis dalam satuan persen: 93,42 berarti 93,42%.", note)
    if document.footer:
        sheet.write_string(row + 2, 0, cut(document.footer), note)
    sheet.freeze_panes(5, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _data(workbook: Workbook, attachment: str, looks: Looks) -> None:
    """The attachment as text, cut into cells one below the other."""
    sheet = workbook.add_worksheet(DATA)
    sheet.set_column(0, 0, 110)
    words = "Data laporan dan setiap angka yang dihitung (JSON): gabungkan isi sel A2 ke bawah tanpa pemisah."
    sheet.write_string(0, 0, words, looks.of(bold=True))
    for place, start in enumerate(range(0, len(attachment), _CHUNK), start=1):
        sheet.write_string(place, 0, attachment[start : start + _CHUNK], looks.of(font_name="Consolas", valign="top"))
        sheet.set_row(place, 15)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
