"""Tables understood: columns with roles and years, rows with figures, values, markers, levels, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from selaras.core.document import Table
from selaras.core.numerals import is_missing
from selaras.review.claims import kinds, roles
from selaras.review.claims.figures import NONE, Numbers, figures_in
from selaras.review.claims.flipped import upright
from selaras.review.claims.gridrows import MARKER, MONEY, NUMERIC, PERCENT, aligned, is_figure_like, mended, rows_of
from selaras.review.claims.matrix import Line, Segment, segments
from selaras.review.claims.turned import turned
from selaras.review.report import Grid, GridColumn, Role, TableKind

YEAR = re.compile(r"(?<![0-9./])(?:19|20)[0-9]{2}(?![0-9/])")
_PERIODS = (
    (re.compile(r"\b(?:tw|triwulan|tri wulan)\.?\s*[-/]?\s*(iv|i{1,3}|[1-4])\b", re.IGNORECASE), "TW"),
    (re.compile(r"\b(?:semester|smt)\.?\s*[-/]?\s*(ii?|[12])\b", re.IGNORECASE), "S"),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH = re.compile(r"(jan|[fp]eb|mar|apr|mei|jun|jul|ag[ust]|sep|o[kc]t|no[pv]|des)[a-z]*\.?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_PERCENT_HEAD = re.compile(r"%|\b(?:persen|persentase|presentase|prosentase)\b", re.IGNORECASE)
_RATIO_HEAD = re.compile(
    r"^(?:realisasi|target)\b.*\b(?:terhadap|dibanding\w*)\b.*\b(?:target|realisasi)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a table: the headings above it and the last sentence before it."""

    path: tuple[str, ...] = ()
    before: str = ""


def grids_of(table: Table, context: Context) -> list[Grid]:
    """The table as one grid, or as several where a new header begins half-way."""
    made: list[Grid] = []
    table = upright(table)
    for part, segment in enumerate(segments(table)):
        made.append(_grid(table, segment, context, part))
    return made


def _grid(table: Table, segment: Segment, context: Context, part: int) -> Grid:
    width = max((len(line) for line in (*segment.header, *segment.body)), default=0)
    parts = _header_parts(segment.header, width)
    said = [roles.role_of(items) for items in parts]
    body = aligned(segment.body, said)
    headers = [" / ".join(items) for items in parts]
    looks = [_column(body, index) for index in range(width)]
    money = {index for index, look in enumerate(looks) if look.is_money and look.big}
    found = roles.checked(said, looks, headers) if any(headers) else roles.unheaded(looks)
    found = [_bare_role(role, items) for role, items in zip(found, parts, strict=True)]
    found = kinds.year_columns(found, headers, table.caption or " ".join(context.path[-1:]))
    if Role.INDICATOR not in found:  # amounts of several years for programmes are no targets of indicators
        found = [Role.OTHER if role is Role.TARGET and index in money else role for index, role in enumerate(found)]
    columns = tuple(_grid_column(*item) for item in zip(headers, found, looks, strict=True))
    banner = " ".join(_banner(line) for line in segment.header)
    kind = kinds.kind_of(
        columns, table.caption if not part else "", context.path, context.before if not part else "", banner
    )
    rows = rows_of(mended(body, columns), columns, segment.levels, kind)
    if not any(headers) and kind is TableKind.PROGRAMMES and not any(row.level or row.total for row in rows):
        kind = TableKind.OTHER  # the torn-off end of a list is no list of programmes
    return turned(Grid(table, kind, columns, rows, context.path, part, _year(table, context)))


def _bare_role(role: Role, items: Sequence[str]) -> Role:
    """`Realisasi 2023 terhadap Target 2024 (%)` is a ratio of two columns and neither of them."""
    ratio = role in (Role.REALISATION, Role.TARGET) and _RATIO_HEAD.search(items[-1] if items else "")
    return Role.OTHER if ratio else role


def _year(table: Table, context: Context) -> int | None:
    """The only year that the caption names; without a caption, that the nearest heading names."""
    years = set(YEAR.findall(table.caption or (context.path[-1] if context.path else "")))
    return int(years.pop()) if len(years) == 1 else None


def _header_parts(header: Sequence[Line], width: int) -> list[list[str]]:
    """Per column its header texts from top to bottom, once each; rows of one cell over the whole table left out."""
    lines = [line for line in header if not _banner(line)]
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, line in enumerate(lines):
        last = ""
        for column, slot in enumerate(line):
            text = slot.text or _inherited(last, lines, depth, column)
            last = slot.text or last
            if text and text not in parts[column]:
                parts[column].append(text)
    return parts


def _inherited(last: str, lines: Sequence[Line], depth: int, column: int) -> str:
    """In plain text a header cell over several columns leaves empty cells behind it."""
    if not last:
        return ""
    others = [lines[other][column].text for other in range(len(lines)) if other != depth and column < len(lines[other])]
    if depth == 0:
        return last if (len(lines) == 1 or any(others)) else ""
    above = roles.word_role(others[0]) if others and others[0] else Role.OTHER
    return last if YEAR.fullmatch(last) and above in NUMERIC else ""


def _banner(line: Line) -> str:
    own = [slot for slot in line if slot.text and not slot.spanned]
    return own[0].text if len(own) == 1 and own[0].wide >= len(line) > 2 else ""


def _column(body: Sequence[Line], index: int) -> roles.Column:
    slots = [line[index] for line in body if index < len(line) and line[index].text and not line[index].spanned]
    texts = [slot.text for slot in slots if not is_missing(slot.text)]
    read = [_first(text) for text in texts]
    figures = [numbers.figures[0] for numbers in read if numbers.figures]
    return roles.Column(
        texts,
        money=sum(figure.money for figure in figures),
        percent=sum(figure.percent for figure in figures),
        numbers=len(figures),
        big=sum(abs(figure.amount) >= 100_000 for figure in figures),
        markers=sum(bool(MARKER.fullmatch(text)) for text in texts),
    )


@lru_cache(maxsize=8192)
def _first(text: str) -> Numbers:
    """The figures of a cell that is mainly one: a name with a number in it is none."""
    return figures_in(text) if is_figure_like(text) else NONE


def _grid_column(header: str, role: Role, look: roles.Column) -> GridColumn:
    years = YEAR.findall(header)
    lone = int(years[-1]) if len(set(years)) == 1 else None
    percent = role in PERCENT or (role not in MONEY and bool(_PERCENT_HEAD.search(header)))
    money = role in MONEY or (role in {Role.OTHER, Role.TOTAL} and look.is_money)
    return GridColumn(header, role, lone, _period(header), percent and not money, money)


def _period(header: str) -> str:
    for pattern, letter in _PERIODS:
        found = pattern.findall(header)
        if found:
            return f"{letter}{_ROMAN.get(found[-1].casefold()) or found[-1]}"
    for part in header.split(" / "):
        month = _MONTH.fullmatch(part.strip())
        if month:
            return f"B{_month(month[1]):02}"
    return ""


def _month(name: str) -> int:
    short = name.casefold().replace("peb", "feb").replace("oct", "okt").replace("nop", "nov")
    return next(
        (
            number
            for number, month in enumerate(_MONTHS, 1)
            if month[:2] == short[:2] and (month[2] == short[2] or short[:2] == "ag")
        ),
        0,
    )
