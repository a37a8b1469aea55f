"""How many things of a sort a table lists: by its column of that name, by its sections, by its numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selaras.core.place import Place
from selaras.review.budgets import master
from selaras.review.concordance import saying
from selaras.review.likeness import fold
from selaras.review.report import Grid, GridRow, Report, Role
from selaras.review.subjects import named, subjects

ROLES = {
    "tujuan": Role.GOAL,
    "sasaran": Role.SASARAN,
    "indikator": Role.INDICATOR,
    "jabatan": Role.POST,
    "hambatan": Role.OBSTACLE,
    "kendala": Role.CONSTRAINT,
}
GROUPS = ("tujuan", "sasaran", "program")
"""Their names are repeated beside everything that belongs to them."""
LEVELS = ("program", "kegiatan", "subkegiatan")
_DENIED = re.compile(r"^\s*(?:(?:belum|tidak)\b.*|[-–—]|nihil)?\s*$", re.IGNORECASE)
_EVIDENCE = re.compile(r"^(?:bukti|data dukung|dokumen pendukung|bukti dukung)\b", re.IGNORECASE)
_UNEXPLAINED = re.compile(
    r"\b(?:penyebab|solusi)\w*\b[^.]*\b(?:belum|tidak)\s+(?:dicatat|diisi|disajikan|ada|tersedia|dianalisis|dilengkapi)\b",
    re.IGNORECASE,
)


def rows_counted(grids: Sequence[Grid], noun: str) -> tuple[set[int], Grid | None]:
    """Every way in which the tables can be counted for the noun, and the first table that lists it; empty if none does."""
    found: set[int] = set()
    first: Grid | None = None
    each: list[int] = []
    for grid in grids:
        counted = _counted(grid, noun)
        if counted:
            found |= counted
            first = first or grid
            each.append(max(counted))
    if len(each) > 1:
        found.add(sum(each))
    return found, first


def denied_rows(report: Report) -> tuple[set[int], Grid | None]:
    """The rows of a table of evidence by indicator that have none yet."""
    for grid in report.grids:
        columns = [at for at, column in enumerate(grid.columns) if _EVIDENCE.match(column.header)]
        if len(columns) == 1 and grid.columns_of(Role.INDICATOR):
            rows = [row for row in _rows(grid) if columns[0] < len(row.cells)]
            return {sum(bool(_DENIED.match(row.cells[columns[0]].text)) for row in rows)}, grid
    return set(), None


def supporting_rows(report: Report, grid: Grid, noun: str) -> tuple[set[int], Grid | None]:
    """Programmes, activities or sub-activities of a table of support, by the levels that the budget table gives to them."""
    found = master(report)
    column = next(iter(grid.columns_of(Role.PROGRAMME)), None)
    if found is None or column is None or len({claim.level for claim in found.claims}) != len(LEVELS):
        return set(), None
    levels: dict[str, int] = {}
    for row in _rows(grid):
        name = row.cells[column].text
        owners = found.named(name) if name.strip() else []
        if len({owner.level for owner in owners}) != 1:
            return set(), None
        levels[fold(name)] = owners[0].level
    return {list(levels.values()).count(LEVELS.index(noun))} - {0}, grid


def vacant_rows(grids: Sequence[Grid], word: str) -> set[int]:
    """The rows that hold a cell which says no more than that the post is vacant."""
    rows = [row for grid in grids for row in _rows(grid)]
    number = sum(any(fold(cell.text).startswith(word) for cell in row.cells) for row in rows)
    return {number} if number else set()


def unexplained(report: Report) -> tuple[set[int], Place | None]:
    """The sections of sasaran or indicators that say that causes or solutions are still missing, and their indicators."""
    known = subjects(report)
    found: dict[str, set[str]] = {}
    first: Place | None = None
    for sentence in saying(report, _UNEXPLAINED, running=True):
        for heading in reversed(sentence.path):
            about = named(heading, known)
            if about:
                found.setdefault(heading, set()).update(key for subject in about for key in subject.indicators())
                first = first or sentence.place
                break
    return ({len(found), len(set().union(*found.values()))} if found else set()), first


def _counted(grid: Grid, noun: str) -> set[int]:
    sections = {fold(_text(row)) for row in grid.rows if is_section(row) and fold(_text(row)).split()[:1] == [noun]}
    column = _column(grid, noun)
    if column is None:
        return {len(sections)} if sections else set()
    rows = [row for row in _rows(grid) if column < len(row.cells)]
    if len({row.level for row in rows}) > 1 and noun in LEVELS:
        return set()
    cells = [row.cells[column] for row in rows if row.cells[column].text.strip() and not row.cells[column].missing]
    own, distinct = [cell for cell in cells if not cell.spanned], {fold(cell.text) for cell in cells}
    found = {len(distinct)} if noun in GROUPS else {len(own), len(distinct)}
    numbers = grid.columns_of(Role.NUMBER)
    if column - 1 in numbers:
        marked = [row.cells[column - 1] for row in rows]
        found.add(len({cell.text for cell in marked if cell.text.strip()}))
    return (found | {len(sections)} if sections else found) - {0}


def _column(grid: Grid, noun: str) -> int | None:
    """The first column that the noun heads, by its words or by what it was understood as."""
    heads = [fold(column.header.split("/")[0]).split()[:1] for column in grid.columns]
    if [noun] in heads:
        index = heads.index([noun])
        return None if noun in LEVELS and _levels(grid.columns[index].header) > 1 else index
    role = ROLES.get(noun)
    columns = grid.columns_of(role) if role is not None else []
    return columns[0] if columns else None


def _levels(header: str) -> int:
    """How many levels of a hierarchy a header names (`Program/Kegiatan`)."""
    words = fold(header).split()
    return sum(level in words for level in LEVELS)


def _rows(grid: Grid) -> list[GridRow]:
    return [row for row in grid.rows if not (row.total or row.mean or row.section or is_section(row))]


def is_section(row: GridRow) -> bool:
    """Whether one text fills the row."""
    texts = {cell.text.strip() for cell in row.cells}
    return row.section or (len(row.cells) > 1 and len(texts) == 1 and bool(next(iter(texts))))


def _text(row: GridRow) -> str:
    return next((cell.text for cell in row.cells if cell.text.strip()), "")
