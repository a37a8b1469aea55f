"""Writing the workbook: the records of an agency, or an empty template with examples.

The same records give the same bytes: fixed dates, the order of the records kept, formats made in order of use.
Rows are written as they come and not kept, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from selaras.core.agreements import Agreement
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.org import Agency, AgencyKind
from selaras.core.place import Place
from selaras.core.planning import Indicator
from selaras.core.snapshot import Scope, belongs
from selaras.documents.workbook.columns import EXAMPLE, Column, Derived, Kind, Sheet, letter
from selaras.documents.workbook.computed import FORMATS, NEEDED, Register, Result
from selaras.documents.workbook.contents import Content, content_of
from selaras.documents.workbook.examples import example_records
from selaras.documents.workbook.guide import TITLE, write_guide
from selaras.documents.workbook.layout import define_lists, lay_out
from selaras.documents.workbook.schema import KINDS
from selaras.documents.workbook.sheets import SHEETS
from selaras.documents.workbook.styles import Styles
from selaras.documents.workbook.texts import LONGEST, too_long
from selaras.documents.workbook.values import expectation_of

CREATED = datetime(2000, 1, 1)
SPARE_ROWS = 50
TEMPLATE_ROWS = 200
LIVE_ROWS = 5_000
"""Rows further down carry the result without the formula: lookups over more rows stall a spreadsheet."""
DANGEROUS = ("=", "+", "-", "@", "\t")


def write_workbook(
    path: Path | str, agency: Agency, records: Mapping[type[Any], Iterable[Any]], *, year: int | None = None
) -> None:
    """Write the workbook of `agency` with `records` by type, in the order given; the same input gives the same bytes.

    `year` leaves out what does not belong to the snapshot of that year. Raises Refusal for records that no cell can
    hold (a text over 32.767 characters, a first cell that starts with the word for examples), CannotRun if the file
    cannot be written.
    """
    kept = _of_year(records, year) if year is not None else dict(records)
    kept |= {kind: tuple(kept.get(kind, ())) for kind in NEEDED}
    kept[Agency] = (agency,)
    _Writer(Path(path), kept, spare=SPARE_ROWS).write()


def write_template(path: Path | str, *, kind: AgencyKind | None = None) -> None:
    """Write an empty workbook with examples on every sheet; `kind` fits the examples to a kind of agency.

    Raises CannotRun if the file cannot be written.
    """
    _Writer(Path(path), example_records(kind), spare=TEMPLATE_ROWS, example=True).write()


def _of_year(records: Mapping[type[Any], Iterable[Any]], year: int) -> dict[type[Any], Iterable[Any]]:
    kept: dict[type[Any], Iterable[Any]] = {}
    for record, items in records.items():
        kind = KINDS[record]
        kept[record] = items if kind.scope is Scope.ALWAYS else [item for item in items if belongs(kind, item, year)]
    codes = {agreement.code for agreement in kept.get(Agreement, ())}
    for record, kind in KINDS.items():
        if ("agreement", Agreement) in kind.references:
            kept[record] = [item for item in kept.get(record, ()) if item.agreement in codes]
    return kept


class _Writer:
    """One file being written."""

    def __init__(
        self, path: Path, records: Mapping[type[Any], Iterable[Any]], *, spare: int, example: bool = False
    ) -> None:
        self._path = path
        self._records = records
        self._spare = spare
        self._example = example
        self._register = Register(records)
        self._kinds = {item.code: item.value_kind for item in records.get(Indicator, ())}

    def write(self) -> None:
        """Write the file; a refusal leaves none behind."""
        try:
            with TemporaryDirectory() as rows:
                self._write(xlsxwriter.Workbook(str(self._path), {"constant_memory": True, "tmpdir": rows}))
        except (OSError, XlsxWriterException) as error:
            message = f"Berkas {self._path.name} tidak dapat ditulis."
            remedy = "Tutup berkas itu bila sedang terbuka, lalu periksa folder tujuan dan izinnya."
            place = Place(source=self._path.name)
            raise CannotRun(message, Fault("Berkas tidak dapat ditulis", place, remedy=remedy)) from error

    def _write(self, book: Any) -> None:
        try:
            self._fill(book)
            book.close()
        except (Refusal, OSError, XlsxWriterException):
            _abandon(book)
            raise

    def _fill(self, book: Any) -> None:
        book.set_properties({"title": TITLE, "author": "Selaras", "created": CREATED})
        define_lists(book)
        styles = Styles(book)
        write_guide(book, styles)
        for sheet in SHEETS:
            self._sheet(book.add_worksheet(sheet.name), styles, sheet)

    def _sheet(self, page: Any, styles: Styles, sheet: Sheet) -> None:
        lay_out(page, styles, sheet)
        row = 0
        for row, item in enumerate(self._records.get(sheet.record, ()), 1):
            self._row(page, styles, sheet, row, item)
        if sheet.protected:
            for spare in range(row + 1, row + self._spare + 1):
                for index, column in enumerate(sheet.columns):
                    self._derive(page, styles, sheet, (spare, index), column, None)
        page.autofilter(0, 0, max(row, 1), len(sheet.columns) - 1)
        page.print_area(0, 0, max(row, 1), len(sheet.columns) - 1)

    def _row(self, page: Any, styles: Styles, sheet: Sheet, row: int, item: Any) -> None:
        expected = expectation_of(item, self._kinds)
        for index, column in enumerate(sheet.columns):
            if isinstance(column, Derived):
                self._derive(page, styles, sheet, (row, index), column, item)
                continue
            content = content_of(column, item, expected)
            if content:
                content = self._checked(content, sheet, column, (row, index))
                _put(page, styles, (row, index), column.kind, content, example=self._example)
            elif self._example:
                page.write_blank(row, index, None, styles.cell(column.kind, example=True))

    def _derive(
        self, page: Any, styles: Styles, sheet: Sheet, spot: tuple[int, int], column: Column | Derived, item: Any
    ) -> None:
        if isinstance(column, Derived):
            cell = self._register.cell(sheet, column, spot[0] + 1, item)
            look = styles.derived(FORMATS.get(column.rule, "General"))
            if spot[0] <= LIVE_ROWS:
                page.write_formula(*spot, cell.formula, look, _cached(cell.result))
            elif isinstance(cell.result, str):
                page.write_string(*spot, cell.result, look)
            else:
                page.write_number(*spot, cell.result, look)

    def _checked(self, content: Content, sheet: Sheet, column: Column, spot: tuple[int, int]) -> Content:
        row, index = spot
        place = Place(source=self._path.name, sheet=sheet.name, cell=f"{letter(index)}{row + 1}", row=row + 1,
                      column=column.header)  # fmt: skip
        if index == 0 and self._example:
            return _marked(content)
        if not isinstance(content.value, str):
            return content
        if index == 0 and content.value.upper().startswith(EXAMPLE):
            raise Refusal(f"Lembar {sheet.name} tidak dapat ditulis.", Fault(
                "Awalan ini disediakan untuk baris contoh, yang tidak ikut dimuat", place, read=content.value,
                expected=f"kode yang tidak diawali {EXAMPLE}", remedy="Ganti kodenya."))  # fmt: skip
        if too_long(content.value):
            raise Refusal(f"Lembar {sheet.name} tidak dapat ditulis.", Fault(
                "Teks terlalu panjang untuk satu sel", place, read=f"{content.value[:60]}…",
                expected=f"paling banyak {LONGEST} huruf", remedy="Bagi menjadi beberapa baris."))  # fmt: skip
        return content


def _abandon(book: Any) -> None:
    """Give up a workbook without writing it."""
    for page in book.worksheets():
        page._opt_close()  # noqa: SLF001 - the library has no public way to drop a workbook
    book.fileclosed = True


def _marked(content: Content) -> Content:
    """The first cell of an example, so that the reader knows the row as one."""
    text = str(content.value)
    return content if text.startswith(EXAMPLE) else Content(f"{EXAMPLE} {text}")


def _put(page: Any, styles: Styles, spot: tuple[int, int], kind: Kind, content: Content, *, example: bool) -> None:
    value = content.value
    if isinstance(value, str):
        look = styles.cell(kind, "@", example=example, quoted=value.startswith(DANGEROUS))
        page.write_string(*spot, value, look)
        return
    look = styles.cell(kind, content.number_format, example=example)
    if isinstance(value, date):
        page.write_datetime(*spot, value, look)
    else:
        page.write_number(*spot, value, look)


def _cached(result: Result) -> str | float:
    return float(result) if isinstance(result, Decimal) else result
