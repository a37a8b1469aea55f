"""Parts of one table on several pages: which grid goes on with the table before it, and rows that a page break cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from selaras.documents.read.lines import Grid
from selaras.documents.read.table_headers import header_rows, is_column_numbers, is_own_header
from selaras.documents.read.table_slots import (
    NEUTRAL,
    ROW_NUMBER,
    Draft,
    Slot,
    Slots,
    is_number,
    matrix,
    trim,
    without_rules,
)

LATEST = 500
SHOWING = 120

DANGLING = re.compile(
    r"(?:\b(?:serta|dan|yang|di|ke|dari|dengan|untuk|pada|dalam|atau|tentang|oleh|terhadap|bagi|sebagai|sesuai|melalui|antara|"
    r"secara|guna|agar|per|atas|para|oleh|akan|telah|dapat|adalah)|[,/&(-])$",
    re.IGNORECASE,
)


def join(table: Draft, grid: Grid, *, over_break: bool, told: bool = False) -> bool:
    """Add `grid` to `table` if it is the rest of it; returns whether it was.

    `over_break` says that a page ended between them, `told` that a caption said "lanjutan". Without either only a
    repeated header proves it.
    """
    rows = without_rules(matrix(grid))
    if not rows:
        return over_break
    repeated = _repeated(table.rows[: table.headers], rows)
    if not (over_break or told or repeated):
        return False
    rows = rows[repeated:]
    trim(rows)
    if not repeated and not told and _begins_anew(table, rows, grid):
        return False
    placed = _aligned(table, rows, grid, sure=bool(repeated) or told)
    if placed is None:
        return False
    if placed and len(table.rows) > table.headers:
        _mend_split_row(table, placed)
    table.rows += placed
    table.parts += 1
    return True


def _signature(row: Slots) -> tuple[str, ...]:
    return tuple(re.sub(r"\W+", "", slot.text).casefold() for slot in row if slot.text)


def _repeated(header: Sequence[Slots], rows: Sequence[Slots]) -> int:
    wanted = [_signature(row) for row in header]
    found = [_signature(row) for row in rows[: len(wanted) + 1]]
    for start in range(len(wanted)):
        length = len(wanted) - start
        if found[:length] == wanted[start:] and any(wanted[start:]):
            return length
    if wanted and found[:1] == wanted[:1] and len(wanted[0]) > 1:
        return next((count for count in range(len(wanted), 0, -1) if found[:count] == wanted[:count]), 0)
    return 0


def _begins_anew(table: Draft, rows: list[Slots], grid: Grid) -> bool:
    if not rows:
        return False
    if grid.header:
        return True
    own = header_rows(rows, None)
    if any(is_column_numbers(row) for row in rows[:own]):
        return True
    return bool(own) and is_own_header(rows[0]) and table.headers > 0


def _latest(table: Draft) -> list[Slots]:
    """The last rows below the header: so many show what a table holds, and no more are looked at for each new part."""
    return table.rows[max(table.headers, len(table.rows) - LATEST) :]


@lru_cache(maxsize=4096)
def _kind(content: str) -> str:
    if not content or NEUTRAL.match(content):
        return ""
    return "n" if is_number(content) else "t"


def kinds_of(table: Draft) -> list[str]:
    """Per column `n` where most filled body cells are numbers, `t` where most are text, empty where unknown."""
    kinds, rows = [], _latest(table)[-SHOWING:]
    for column in range(table.width):
        found = [_kind(row[column].text) for row in rows]
        numbers, words = found.count("n"), found.count("t")
        kinds.append("" if not numbers + words else "n" if numbers > words else "t")
    return kinds


def conflicts(row: Sequence[Slot], kinds: Sequence[str], offset: int = 0) -> int:
    """How many cells of a row are figures below text or text below figures, if it began at column `offset`."""
    found = 0
    for column, slot in enumerate(row):
        at = column + offset
        if slot.text and not NEUTRAL.match(slot.text) and at < len(kinds):
            found += (kinds[at] == "n") != is_number(slot.text) if kinds[at] else 0
    return found


def _aligned(table: Draft, rows: list[Slots], grid: Grid, *, sure: bool) -> list[Slots] | None:
    """The rows at the width of the table, moved to the columns where they belong; None if they cannot belong to it."""
    if not rows:
        return []
    width, wide = table.width, len(rows[0])
    if wide == width:
        return rows
    if wide > width:
        if not sure:
            return None
        for row in table.rows:
            row.extend(Slot() for _ in range(wide - width))
        return rows
    by_edges = _by_edges(table, rows, grid)
    if by_edges is not None:
        return by_edges
    kinds = kinds_of(table)
    filled = sum(bool(slot.text) for row in rows for slot in row)
    scores = [(sum(conflicts(row, kinds, offset) for row in rows), offset) for offset in range(width - wide + 1)]
    least, offset = min(scores)
    if (not sure and (least * 4 > filled or width - wide > max(2, width // 3))) or wide == 1 < width - 1:
        return None
    return [[*(Slot() for _ in range(offset)), *row, *(Slot() for _ in range(width - wide - offset))] for row in rows]


def _by_edges(table: Draft, rows: list[Slots], grid: Grid) -> list[Slots] | None:
    mine, theirs = table.grid.edges, grid.edges
    if len(mine) != table.width + 1 or len(theirs) != len(rows[0]) + 1:
        return None
    homes = [min(range(table.width), key=lambda column: abs(mine[column] - left)) for left in theirs[:-1]]
    if len(set(homes)) != len(homes) or any(
        abs(mine[home] - left) > 6 for home, left in zip(homes, theirs, strict=False)
    ):
        return None
    moved = []
    for row in rows:
        line = [Slot() for _ in range(table.width)]
        for home, slot in zip(homes, row, strict=True):
            line[home] = slot
        moved.append(line)
    return moved


def _mend_split_row(table: Draft, rows: list[Slots]) -> None:
    """Where the page break cut through a row or a merged cell, give the rest of each text back to the cell it began in."""
    first, last, kinds = rows[0], table.rows[-1], kinds_of(table)
    if last[0].text and ROW_NUMBER.match(first[0].text):
        return
    if first[0].text and not _goes_on(_above(table, 0), first[0].text):
        return  # a row that says by itself what it is about
    values = [column for column in range(1, table.width) if kinds[column] == "n"]
    stated = [column for column in values if last[column].text]
    restated = [column for column in values if first[column].text]
    texts = [column for column, slot in enumerate(first) if slot.text and not is_number(slot.text)]
    surely = {column for column in texts if _goes_on(_above(table, column), first[column].text)}
    if stated and not restated:
        if texts and (surely or (len(texts) > 1 and not first[0].text and _always_valued(table, texts, values))):
            _give_back(table, first, texts)
    elif restated and not stated and surely and not first[0].text and any(last[column].text for column in surely):
        _give_back(table, first, surely)
        _move_values(first, last)
    else:
        surely -= {
            column for column in surely if column + 1 in restated
        }  # a row with its own values names its own indicator
        if surely:
            _give_back(table, first, [*surely, *_paired(first, last, values, texts, surely)])
    if not any(slot.text for slot in first):
        rows.pop(0)


def _move_values(first: Slots, last: Slots) -> None:
    """Values that stood below the page break belong to the row whose text began above it."""
    for column, slot in enumerate(first):
        if slot.text and not last[column].text and not last[column].covered and not slot.covered:
            last[column], first[column] = slot, Slot(line=slot.line, page=slot.page)


def _above(table: Draft, column: int) -> Slot | None:
    for row in reversed(_latest(table)):
        if row[column].text:
            return row[column]
    return None


def _goes_on(above: Slot | None, rest: str) -> bool:
    if above is None or is_number(above.text) or not rest:
        return False
    opened = above.text.count("(") > above.text.count(")") and rest.count(")") > rest.count("(")
    lower = rest[0].islower() and not ROW_NUMBER.match(rest[:2]) and not above.text.endswith((".", ";"))
    return (lower and not re.match(r"^[a-z][.)]\s", rest)) or opened or bool(DANGLING.search(above.text))


def _always_valued(table: Draft, texts: Sequence[int], values: Sequence[int]) -> bool:
    rows = [row for row in _latest(table) if any(row[column].text for column in texts)]
    valued = sum(any(row[column].text for column in values) for row in rows)
    return len(rows) > 2 and valued * 10 >= len(rows) * 9


def _paired(first: Slots, last: Slots, values: Sequence[int], texts: Sequence[int], surely: set[int]) -> Iterator[int]:
    """Texts whose own value columns are empty here and filled above: they go on too."""
    for column in texts:
        following = []
        for at in range(column + 1, len(first)):
            if at not in values:
                break
            following.append(at)
        if column not in surely and following and all(last[at].text and not first[at].text for at in following):
            yield column


def _give_back(table: Draft, first: Slots, columns: Iterable[int]) -> None:
    for column in columns:
        owner = _above(table, column)
        if owner is None:
            continue
        joined = (
            owner.text[:-1]
            if re.search(r"[a-z]-$", owner.text) and first[column].text[:1].islower()
            else f"{owner.text} "
        )
        owner.text = joined + first[column].text
        first[column].text = ""
