"""Rows and cells of a table understood: aligned, joined over page ends, with figures, values, markers, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from selaras.core.numerals import is_missing
from selaras.review.claims.figures import NONE, figures_in, settled
from selaras.review.claims.hierarchy import levels
from selaras.review.claims.matrix import Line, Slot
from selaras.review.claims.names import fold, marker_of
from selaras.review.claims.values import Reading, is_percent_unit, value_of
from selaras.review.report import GridCell, GridColumn, GridRow, Role, TableKind
from selaras.rulebook.review_words import review_words

NUMERIC = frozenset({
    Role.TARGET, Role.REALISATION, Role.ACHIEVEMENT, Role.FINAL_TARGET, Role.PROGRESS, Role.BUDGET, Role.SPENT,
    Role.ABSORPTION, Role.EFFICIENCY, Role.COUNT, Role.TOTAL,
})  # fmt: skip
WORDY = frozenset({
    Role.GOAL, Role.SASARAN, Role.INDICATOR, Role.PROGRAMME, Role.ANALYSIS, Role.SOLUTION, Role.OBSTACLE,
    Role.CONSTRAINT, Role.FOLLOW_UP, Role.SUPPORT, Role.NAME, Role.POST, Role.UNIT,
})  # fmt: skip
PERCENT = frozenset({Role.ACHIEVEMENT, Role.ABSORPTION, Role.EFFICIENCY, Role.PROGRESS})
MONEY = frozenset({Role.BUDGET, Role.SPENT})
_GRADE = re.compile(r"AA|BB?|A|CC?|D|WTP|WDP")
MARKER = re.compile(
    r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,4})*|[A-Za-z]|[IVXivx]{1,5}|IKU?\s?-?[0-9]+|[0-9Xx]{1,2}(?:\.[0-9Xx]{1,4}){1,6})[.)]*"
)


_BRACKETED = re.compile(r"\(\s*(?:Rp\.?\s*)?[0-9][0-9.,]*\s*%?\s*\)")
_FALLS = re.compile(r"\b(?:turun|penurunan|kurang|berkurang|defisit|selisih)\b|\+\s*/\s*-|±", re.IGNORECASE)


def _signed(body: Sequence[Line], columns: Sequence[GridColumn]) -> frozenset[int]:
    """The columns in which a number in brackets is negative: others stand bare, or the header speaks of a fall."""
    found = set()
    for index, column in enumerate(columns):
        texts = [line[index].text for line in body if index < len(line) and line[index].text]
        bracketed = sum(bool(_BRACKETED.fullmatch(text)) for text in texts)
        bare = sum(text[0].isdigit() and is_figure_like(text) for text in texts)
        if column.role is not Role.NUMBER and bracketed and (bare or _FALLS.search(column.header)):
            found.add(index)
    return frozenset(found)


def is_figure_like(text: str) -> bool:
    """Whether a cell is mainly a number, not a name with a number in it."""
    letters = sum(letter.isalpha() for letter in text)
    digits = sum(letter.isdigit() for letter in text)
    return bool(digits) and (letters <= 24 and letters <= 6 * digits)


def aligned(body: Sequence[Line], said: Sequence[Role]) -> list[Line]:
    """Rows of which plain text has lost leading cells are moved to where their figures belong."""
    numeric = [_mostly_numeric(body, index, role) for index, role in enumerate(said)]
    return [_fitting(line, numeric) for line in body]


def _mostly_numeric(body: Sequence[Line], index: int, role: Role) -> bool | None:
    """True for a column of figures, False for one of words, None where it cannot be told."""
    texts = [
        line[index].text for line in body if index < len(line) and line[index].text and not is_missing(line[index].text)
    ]
    if not texts:
        return True if role in NUMERIC else None
    count = sum(_is_value(text) for text in texts)
    if role in NUMERIC and count * 3 >= len(texts):
        return True
    if role in WORDY and count * 3 <= len(texts):
        return False
    return None


def _is_value(text: str) -> bool:
    return is_figure_like(text) or bool(_GRADE.fullmatch(text))


def _fitting(line: Line, numeric: Sequence[bool | None]) -> Line:
    begun = bool(line and MARKER.fullmatch(line[0].text)) and numeric[0] is None
    if begun or any(slot.spanned for slot in line) or not _misfits(line, numeric):
        return line
    width = len(numeric)
    filled = [slot for slot in line if slot.text]
    last = max((index for index, slot in enumerate(line) if slot.text), default=0)
    right = [Slot()] * (width - len(filled)) + filled
    shifted = ([Slot()] * (width - 1 - last) + line[: last + 1])[:width]
    best = min((line, shifted, right), key=lambda item: _misfits(item, numeric))
    return best if not _misfits(best, numeric) else line


def _misfits(line: Line, numeric: Sequence[bool | None]) -> int:
    """How many cells are words under figures or figures under words."""
    wrong = 0
    for slot, wanted in zip(line, numeric, strict=False):
        if slot.text and wanted is not None and not is_missing(slot.text):
            wrong += _is_value(slot.text) is not wanted and not (wanted and len(slot.text) <= 12)
    return wrong


def mended(body: Sequence[Line], columns: Sequence[GridColumn]) -> list[Line]:
    """Texts that go on in lower case in the next row, because the page ended, are joined to where they began."""
    carried = [
        index
        for index, column in enumerate(columns)
        if column.role in {Role.SASARAN, Role.GOAL, Role.INDICATOR, Role.PROGRAMME}
    ]
    figures = [index for index, column in enumerate(columns) if column.role in NUMERIC]
    lines = [list(line) for line in body]
    dropped: set[int] = set()
    for number in range(1, len(lines)):
        line = lines[number]
        begun = next((above for above in range(number - 1, -1, -1) if above not in dropped), 0)
        goes_on = [index for index in carried if _continues(line[index], columns[index].role)]
        if not goes_on or any(slot.text for slot in line[: carried[0]]):
            continue
        loose = not any(line[index].text for index in figures)
        for index in goes_on if not loose else carried:
            _join(lines, begun, number, index)
        if loose and not any(slot.text and not slot.spanned for slot in line):
            dropped.add(number)
    return [line for number, line in enumerate(lines) if number not in dropped]


def _continues(slot: Slot, role: Role) -> bool:
    return (
        bool(slot.text)
        and slot.text[0].islower()
        and not slot.spanned
        and not marker_of(slot.text)
        and (
            role is not Role.INDICATOR
            or not slot.text.startswith(("persentase", "presentase", "jumlah", "nilai", "indeks"))
        )
    )


def _join(lines: list[Line], begun: int, number: int, index: int) -> None:
    """Put the text of one slot behind that of the row where it began, and mark it as belonging there."""
    slot = lines[number][index]
    if not slot.text or slot.spanned:
        return
    start = next(
        (above for above in range(begun, -1, -1) if lines[above][index].text and not lines[above][index].spanned), None
    )
    if start is None:
        return
    whole = f"{lines[start][index].text} {slot.text}"
    for row in range(start, number + 1):
        held = lines[row][index]
        lines[row][index] = Slot(whole, lines[start][index].place, row > start or held.spanned, row > start)


def rows_of(
    body: Sequence[Line], columns: Sequence[GridColumn], printed: Sequence[int], kind: TableKind
) -> tuple[GridRow, ...]:
    """The body rows with cells, markers, totals, and, in tables of money, levels."""
    unit = next((index for index, column in enumerate(columns) if column.role is Role.UNIT), None)
    signed = _signed(body, columns)
    made = [_row(line, columns, unit, signed) for line in body]
    made = _closed(_titled_total(_unlabelled_total(made, columns), columns), columns)
    if not any(column.role in MONEY for column in columns) or kind in {TableKind.STAFF, TableKind.ROSTER}:
        return tuple(made)
    depths = levels(made, columns, printed if len(printed) == len(made) else ())
    return tuple(
        GridRow(row.cells, row.marker, depth, row.total, row.mean, row.section)
        for row, depth in zip(made, depths, strict=True)
    )


def _unlabelled_total(rows: list[GridRow], columns: Sequence[GridColumn]) -> list[GridRow]:
    """A last row of rupiah without any word is the total."""
    if len(rows) < 3:
        return rows
    last = rows[-1]
    money = any(
        cell.figures and not cell.spanned for cell, column in zip(last.cells, columns, strict=True) if column.money
    )
    if not money or last.total or last.marker or any(any(map(str.isalpha, cell.text)) for cell in last.cells):
        return rows
    return [*rows[:-1], GridRow(last.cells, last.marker, last.level, total=True)]


_WHOLE = re.compile(r"(?:jumlah|total)\s+(?:\S+\s*){1,3}", re.IGNORECASE)


def _titled_total(rows: list[GridRow], columns: Sequence[GridColumn]) -> list[GridRow]:
    """A last row `Jumlah Pendapatan` of a table of money without indicators is the total of the rows above it."""
    if len(rows) < 3 or any(row.total for row in rows) or any(column.role is Role.INDICATOR for column in columns):
        return rows
    last = rows[-1]
    name = next((cell.text for cell in last.cells if cell.text and not cell.figures), "")
    money = any(
        cell.figures and not cell.spanned for cell, column in zip(last.cells, columns, strict=True) if column.money
    )
    if not money or last.marker.isdigit() or not _WHOLE.fullmatch(name):
        return rows
    return [*rows[:-1], GridRow(last.cells, last.marker, last.level, total=True)]


def _closed(rows: list[GridRow], columns: Sequence[GridColumn]) -> list[GridRow]:
    """A last row without number, target, and realisation sums up the indicators above it (`Nilai Kinerja Balai`)."""
    pairs = [
        [at for at, column in enumerate(columns) if column.role is role] for role in (Role.TARGET, Role.REALISATION)
    ]
    if len(rows) < 3 or not all(pairs) or not any(column.role is Role.INDICATOR for column in columns):
        return rows
    last, own = rows[-1], [at for each in pairs for at in each]
    filled = any(cell.figures and not cell.spanned for cell in last.cells)
    if last.total or last.mean or not filled or last.marker.isdigit() or any(last.cells[at].text for at in own):
        return rows
    return [*rows[:-1], GridRow(last.cells, last.marker, last.level, total=True)]


def _row(line: Line, columns: Sequence[GridColumn], unit: int | None, signed: frozenset[int]) -> GridRow:
    percent = unit is not None and unit < len(line) and is_percent_unit(line[unit].text)
    cells = tuple(
        _cell(slot, column, percent, fallen=index in signed)
        for index, (slot, column) in enumerate(zip(line, columns, strict=False))
    )
    marker = next(
        (
            cell.text
            for cell, column in zip(cells, columns, strict=True)
            if column.role is Role.NUMBER and cell.text and not cell.spanned
        ),
        "",
    )
    texts = [cell.text for cell in cells if cell.text and not cell.spanned and not is_figure_like(cell.text)]
    named = next((text for text in texts if not MARKER.fullmatch(text)), "")
    total = _is_total(named)
    mean = not total and not marker.strip(" .()").isdigit() and _is_mean(named)
    others = [
        cell
        for cell, column in zip(cells, columns, strict=True)
        if cell.text and not cell.spanned and column.role is not Role.NUMBER
    ]
    section = (
        len(others) == 1
        and not total
        and not is_figure_like(others[0].text)
        and len(columns) > 2
        and not others[0].missing
    )
    inner = [
        cell.text
        for cell, column in zip(cells, columns, strict=True)
        if column.role is Role.PROGRAMME and cell.text and not cell.spanned
    ]
    return GridRow(cells, (marker or marker_of(inner[-1] if inner else named)).strip(" .()"), 0, total, mean, section)


def _cell(slot: Slot, column: GridColumn, percent: bool, *, fallen: bool) -> GridCell:
    if not slot.text:
        return GridCell("", slot.place, missing=False, spanned=slot.spanned)
    missing = slot.text.casefold() in review_words().language.missing
    if missing:
        return GridCell(slot.text, slot.place, missing=True, spanned=slot.spanned)
    wordy = column.role in WORDY or column.role is Role.NUMBER
    as_percent = column.percent or (percent and column.role in {Role.TARGET, Role.REALISATION, Role.FINAL_TARGET})
    numbers = NONE if column.role is Role.NUMBER else figures_in(
        slot.text, slot.place, money=column.money, percent=as_percent and not column.money, years=not wordy
    )  # fmt: skip
    figures = settled(numbers.figures, slot.amount)
    if fallen and len(figures) == 1 and figures[0].amount > 0 and _BRACKETED.fullmatch(slot.text):
        figures = (replace(figures[0], amount=-figures[0].amount),)
    reading = Reading() if wordy or column.money else value_of(slot.text, figures, percent=as_percent)
    return GridCell(
        slot.text, slot.place, figures, reading.value, spanned=slot.spanned, malformed=numbers.malformed,
        unit=reading.unit, bound=reading.bound,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _is_total(text: str) -> bool:
    folded, totals = fold(text), review_words().language.totals
    if folded in totals:
        return True
    words = folded.split()
    return (
        1 < len(words) <= 7
        and words[0] in {"jumlah", "total", "subtotal", "sub"}
        and set(words[1:]) <= set(review_words().language.total_words)
    )


@lru_cache(maxsize=4096)
def _is_mean(text: str) -> bool:
    folded = fold(text)
    return any(folded.startswith(fold(word)) for word in review_words().language.means) and len(folded.split()) <= 6
