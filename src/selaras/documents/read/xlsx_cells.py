"""The cells of a worksheet: each as the sheet shows it, in Indonesian digits, with the exact number behind."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from openpyxl.utils.cell import get_column_letter, range_boundaries

from selaras.documents.read.archive import Archive
from selaras.documents.read.limits import Meter, too_much
from selaras.documents.read.lines import tidy

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
DIGITS_SHOWN = 10
LARGEST = Decimal("1e15")  # more digits than a cell keeps

Cells = dict[int, dict[int, "Shown"]]
"""Filled cells by row and column."""

Merges = list[tuple[int, int, int, int]]
"""Left, top, right and bottom of merged cells."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One filled cell: its text as shown, and the number behind it."""

    text: str
    row: int
    column: int
    bold: bool = False
    amount: Decimal | None = None
    unit: str = ""
    places: int = 0

    @property
    def address(self) -> str:
        """`C7`."""
        return f"{get_column_letter(self.column)}{self.row}"


def cells_of(sheet: Any, meter: Meter, *, raw: bool) -> Cells:
    """The filled cells of a sheet; `raw` leaves white space as it is."""
    found: Cells = {}
    rows = 0
    for line in sheet.iter_rows():
        rows += 1
        if rows > meter.limits.lines:
            too_much(meter.source, "baris", read=rows, limit=meter.limits.lines)
        for cell in line:
            if cell.value is None or cell.value == "":
                continue
            shown = _shown(cell, raw=raw)
            if shown.text:
                meter.cell(shown.text)
                found.setdefault(shown.row, {})[shown.column] = shown
    return found


def merges_of(archive: Archive, sheet: Any) -> Merges:
    """The merged cells of a sheet, which openpyxl does not tell when it only reads."""
    name = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    if name not in archive.names:
        return []
    merges = []
    for found in MERGED.finditer(archive.read(name)):
        left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(found[1].decode()))
        merges.append((left, top, right, bottom))
    return merges


def _shown(cell: Any, *, raw: bool) -> Shown:
    value, row, column = cell.value, int(cell.row), int(cell.column)
    bold = bool(cell.font and cell.font.b)
    if isinstance(value, bool):
        return Shown("BENAR" if value else "SALAH", row, column, bold)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or "General"), Shown("", row, column, bold))
    if isinstance(value, dt.datetime):
        exact = value.strftime("%d/%m/%Y" if value.time() == dt.time() else "%d/%m/%Y %H:%M")
        return Shown(exact, row, column, bold)
    if isinstance(value, dt.date):
        return Shown(value.strftime("%d/%m/%Y"), row, column, bold)
    return Shown(str(value) if raw else tidy(str(value)), row, column, bold)


def _number(value: float, pattern: str, shown: Shown) -> Shown:
    try:
        exact = Decimal(repr(value))
    except InvalidOperation:
        return replace(shown, text=str(value))
    if not exact.is_finite():
        return replace(shown, text=str(value))
    sections = pattern.split(";")
    chosen = sections[0]
    if exact == 0 and len(sections) > 2:
        chosen = sections[2]
    elif exact < 0 and len(sections) > 1:
        chosen = sections[1]
    form = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", chosen)
    if chosen is not sections[0] and not re.search(r"[0#?]", form):  # a word or dash for nothing
        literal = tidy(re.sub(r'\[[^\]]*\]|_.|\*.|[\\"]', "", chosen))
        return replace(shown, text=literal or "0", amount=exact)
    percent = "%" in form
    amount = exact * 100 if percent else exact
    places = _places(form, amount)
    bracketed = exact < 0 and "(" in form
    text = _indonesian(abs(amount) if bracketed else amount, places, grouped="," in form.split(".")[0])
    text = f"({text})" if bracketed else text
    rupiah = bool(re.search(r"Rp", pattern))
    return replace(
        shown, text=f"{'Rp' if rupiah else ''}{text}{'%' if percent else ''}", amount=amount,
        unit="%" if percent else "Rp" if rupiah else "", places=places,
    )  # fmt: skip


def _places(form: str, amount: Decimal) -> int:
    """Decimals that a number format prints; for formats without a word on it as many as the number has, up to ten digits."""
    if re.search(r"[0#?]", form) and form.strip().casefold() not in {"general", "@", "standard"}:
        decimals = re.search(r"\.([0#?]+)", form)
        if not decimals:
            return 0
        least, most = decimals[1].count("0"), min(len(decimals[1]), 15)
        return max(least, _needed(amount, most))
    whole = len(str(abs(int(amount)))) if abs(amount) < LARGEST else DIGITS_SHOWN
    return max(0, _needed(amount, max(DIGITS_SHOWN - whole, 0)))


def _needed(amount: Decimal, most: int) -> int:
    """Decimals of the amount without zeros at the end, rounded to at most so many; negative where it ends with zeros."""
    rounded = amount
    if abs(amount) < LARGEST:
        rounded = amount.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP).normalize()
    return min(most, -int(rounded.as_tuple().exponent))


def _indonesian(amount: Decimal, places: int, *, grouped: bool) -> str:
    if abs(amount) >= Decimal("1e25"):
        return str(amount)
    rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
