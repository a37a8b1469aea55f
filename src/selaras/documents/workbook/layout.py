"""The empty sheet around the rows: headers with notes, widths, drop-downs, protection, and how it prints."""

from __future__ import annotations

from datetime import date
from typing import Any

from selaras.documents.workbook.columns import Column, Derived, Kind, Sheet, letter
from selaras.documents.workbook.computed import FORMATS
from selaras.documents.workbook.schema import BY_RECORD, REFERRED, choices, reference, required
from selaras.documents.workbook.sheets import SHEETS
from selaras.documents.workbook.styles import Styles

LAST_ROW = 100_000
LISTED_ROWS = 5_000
READABLE_WIDTH = 240
"""Characters that a landscape page holds in a print that can be read."""
ALLOWED = (
    "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter", "insert_hyperlinks",
)  # fmt: skip


def define_lists(book: Any) -> None:
    """Name the codes of every sheet that others refer to, down to the last one, for their drop-downs."""
    for sheet in SHEETS:
        if sheet.record in REFERRED:
            code = letter(sheet.position("code"))
            cells = f"{sheet.name}!${code}$2:${code}${LISTED_ROWS}"
            height = f'MAX(1,SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))-1)'
            book.define_name(_list_name(sheet), f"=OFFSET({sheet.name}!${code}$2,0,0,{height},1)")


def lay_out(page: Any, styles: Styles, sheet: Sheet) -> None:
    """Everything on the page but its rows."""
    page.set_row(0, 34)
    for index, column in enumerate(sheet.columns):
        _head(page, styles, sheet, index, column)
        if isinstance(column, Column):
            _validate(page, sheet, index, column)
    page.freeze_panes(1, 1)
    page.ignore_errors({"number_stored_as_text": f"A1:{letter(len(sheet.columns) - 1)}{LAST_ROW}"})
    _print_setup(page, sheet)
    if sheet.protected:
        page.protect("", dict.fromkeys(ALLOWED, True))


def _head(page: Any, styles: Styles, sheet: Sheet, index: int, column: Column | Derived) -> None:
    if isinstance(column, Derived):
        page.set_column(index, index, column.width, styles.derived(FORMATS.get(column.rule, "General")))
        page.write_string(0, index, column.header, styles.named("derived"))
    else:
        needed = required(sheet, column)
        page.set_column(index, index, column.width, styles.cell(column.kind))
        page.write_string(0, index, column.header + (" *" if needed else ""), styles.named(_look(needed=needed)))
    page.write_comment(0, index, note(sheet, column), {"author": "Selaras", "x_scale": 2.2, "y_scale": 1.6})


def _look(*, needed: bool) -> str:
    return "required" if needed else "optional"


def note(sheet: Sheet, column: Column | Derived) -> str:
    """The note on a header: what the column means, whether it must be filled in, what it allows, an example."""
    if isinstance(column, Derived):
        return column.help
    lines = [column.help, f"{'Wajib' if required(sheet, column) else 'Boleh kosong'}; {column.kind.value}."]
    target = reference(sheet, column.field)
    allowed = choices(sheet, column)
    if target:
        lines.append(f"Kode dari lembar {BY_RECORD[target].name}.")
    elif allowed and column.kind is Kind.CHOICE:
        lines.append("Pilihan: " + "; ".join(allowed) + ".")
    if column.example:
        lines.append(f"Contoh: {column.example}")
    return "\n".join(lines)


def _validate(page: Any, sheet: Sheet, index: int, column: Column) -> None:
    rule = _rule(sheet, column)
    if rule:
        page.data_validation(1, index, LAST_ROW, index, rule)


def _rule(sheet: Sheet, column: Column) -> dict[str, Any]:
    allowed = choices(sheet, column)
    if allowed:
        return {"validate": "list", "source": list(allowed), "error_title": "Tidak ada dalam daftar",
                "error_message": f"Pilih salah satu isi daftar untuk kolom {column.header}."}  # fmt: skip
    target = reference(sheet, column.field)
    if target:
        return {"validate": "list", "source": f"={_list_name(BY_RECORD[target])}", "error_type": "warning",
                "error_title": "Kode belum dikenal",
                "error_message": f"Kode ini belum ada pada lembar {BY_RECORD[target].name}."}  # fmt: skip
    if column.kind is Kind.YEAR:
        return {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2200,
                "error_title": "Bukan tahun", "error_message": "Tulis tahun dengan empat angka, misalnya 2024."}  # fmt: skip
    if column.kind is Kind.DATE:
        return {"validate": "date", "criteria": "between", "minimum": date(1900, 3, 1), "maximum": date(2200, 12, 31),
                "error_type": "warning", "error_title": "Bukan tanggal",
                "error_message": "Tulis tanggal sebagai hari/bulan/tahun, misalnya 31/12/2024."}  # fmt: skip
    if column.kind in {Kind.AMOUNT, Kind.DECIMAL, Kind.PERCENT}:
        return {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
                "error_type": "warning", "error_title": "Bukan angka", "error_message": "Tulis angka saja."}  # fmt: skip
    return {}


def _list_name(sheet: Sheet) -> str:
    return f"Kode_{sheet.name}"


def _print_setup(page: Any, sheet: Sheet) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(-(-sum(column.width for column in sheet.columns) // READABLE_WIDTH), 0)
    page.repeat_rows(0)
    page.repeat_columns(0)
    page.set_footer("&L&A&RHalaman &P dari &N")
