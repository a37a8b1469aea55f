"""Building tables out of grids: header rows, rows of column numbers, and one table out of its parts on several pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from selaras.core.document import Align, Cell, Column, Row, Table, text
from selaras.core.place import Place
from selaras.documents.read.lines import Grid, Piece

WIDEST = 400
MOST_HEADER_ROWS = 6
LONGEST_HEADER_CELL = 150
LONGEST_NUMBER = 80
LATEST = 500
SHOWING = 120

NUMBER = re.compile(
    r"^[<>≥≤±~-]?\s*\(?(?:Rp\.?\s*)?-?\d[\d.,\s]*\)?\s*(?:%|,-|\.-|persen|poin)?\s*\.?(?:\s*[-–]\s*\d[\d.,]*\s*%?)?$",
    re.IGNORECASE,
)
NEUTRAL = re.compile(r"^(?:[-–—.]{1,3}|n/?a|0|nihil)?$", re.IGNORECASE)
YEAR = re.compile(r"^(?:tahun\s*(?:ke-?\s*)?)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?$", re.IGNORECASE)
COLUMN_NUMBER = re.compile(
    r"^\(?\s*(?P<number>\d{1,2})[a-z]?\s*\)?(?:\s*[=:]\s*[\d\s()+x×*/:÷%.,\[\]-]*)?$", re.IGNORECASE
)
ROW_NUMBER = re.compile(r"^(?:\d{1,3}|[A-Z]|[IVX]{1,5}|[a-z])[.)]?$")
RULE = re.compile(r"^:?-{2,}:?$")
DANGLING = re.compile(
    r"(?:\b(?:serta|dan|yang|di|ke|dari|dengan|untuk|pada|dalam|atau|tentang|oleh|terhadap|bagi|sebagai|sesuai|melalui|antara|"
    r"secara|guna|agar|per|atas|para|oleh|akan|telah|dapat|adalah)|[,/&(-])$",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"^(?:\(?%\)?|no\b|nomor|nama|nip\b|uraian|sasaran|tujuan|indikator|target|realisasi|capaian|pencapaian|program|kegiatan|"
    r"sub\s?kegiatan|anggaran|satuan|ket\b|keterangan|jumlah|jabatan|tahun|pagu|kinerja|predikat|kriteria|kategori|interval|kode|"
    r"unit|bobot|nilai|komponen|gol|pendidikan|hasil|rencana|misi|visi|strategi|kebijakan|perspektif|status|triwulan|tw\b|"
    r"persen|presentase|prosentase|alokasi|pejabat|pegawai|hambatan|kendala|solusi|tindak|sumber|formula|dokumen|lokasi|sisa|"
    r"tingkat|kondisi|penanggung|analisis|menunjang|%|rp|l/p|jenis|kelas|warna|cara|definisi|perbandingan|efisiensi|kemajuan|"
    r"penyerapan|perubahan|aspek|unsur|rumus|waktu|bulan|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|"
    r"november|desember|jan\b|feb\b|mar\b|apr\b|jun\b|jul\b|agu|sep\b|okt\b|nov\b|des\b|iku\b|pk\b|rkt\b|pihak|pengampu|bidang)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Slot:
    """One field of the grid of a table under construction. `covered` fields belong to the cell left of or above them."""

    text: str = ""
    line: int | None = None
    page: int | None = None
    address: str = ""
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False
    bold: bool = False
    amount: Decimal | None = None
    unit: str = ""
    places: int = 0


Slots = list[Slot]


@dataclass(slots=True)
class Draft:
    """A table under construction: a full grid of slots, of which the first `headers` rows are header."""

    rows: list[Slots]
    headers: int
    grid: Grid
    caption: str = ""
    number: str = ""
    place: Place | None = None
    parts: int = 1
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def body(self) -> list[Slots]:
        """The rows below the header."""
        return self.rows[self.headers :]


def draft(grid: Grid) -> Draft | None:
    """A new table of one grid; None if nothing is in it."""
    rows = _without_rules(matrix(grid))
    if not any(slot.text for row in rows for slot in row):
        return None
    trim(rows)
    headers = header_rows(rows, grid.header)
    if not grid.spans_known and not any(slot.covered for row in rows for slot in row):
        guess_spans(rows[:headers])
    return Draft(rows, headers, grid)


def matrix(grid: Grid) -> list[Slots]:
    """Every row as a full list of slots of equal length; cells that span leave covered slots."""
    rows: list[Slots] = []
    waiting: dict[int, int] = {}  # column → rows that a cell above still covers
    count = len(grid.rows)
    for index, pieces in enumerate(grid.rows):
        row: Slots = []
        queue = list(pieces)
        while len(row) < WIDEST and (queue or any(column >= len(row) for column in waiting)):
            column = len(row)
            if waiting.get(column, 0):
                row.append(Slot(covered=True))
            elif queue:
                piece = queue.pop(0)
                row += _slots(piece, grid, rows_left=count - index, room=_free(waiting, column))
            else:
                row.append(Slot(page=grid.page))
        _count_down(waiting, row)
        rows.append(row)
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend(Slot(page=grid.page) for _ in range(width - len(row)))
    return rows


def _free(waiting: dict[int, int], column: int) -> int:
    """Columns from here to the next one that a cell above covers."""
    return min([WIDEST, *(other for other in waiting if other > column)]) - column


def _slots(piece: Piece, grid: Grid, *, rows_left: int, room: int) -> Slots:
    wide = max(1, min(piece.colspan, room))
    high = max(1, min(piece.rowspan, rows_left))
    first = Slot(
        piece.text, piece.line if piece.line is not None else grid.line, piece.page or grid.page, piece.cell, wide, high,
        bold=piece.bold, amount=piece.amount, unit=piece.unit, places=piece.places,
    )  # fmt: skip
    return [first, *(Slot(covered=True) for _ in range(wide - 1))]


def _count_down(waiting: dict[int, int], row: Slots) -> None:
    for column in list(waiting):
        waiting[column] -= 1
        if not waiting[column]:
            del waiting[column]
    for column, slot in enumerate(row):
        if slot.rowspan > 1 and not slot.covered:
            for under in range(column, column + slot.colspan):
                waiting[under] = slot.rowspan - 1


def _without_rules(rows: list[Slots]) -> list[Slots]:
    """Rows without the dashes that some converters print under a header, and without empty rows at the ends."""
    kept = [row for row in rows if not _is_rule(row)]
    while kept and not any(slot.text for slot in kept[-1]) and not any(slot.covered for slot in kept[-1]):
        kept.pop()
    return kept


def _is_rule(row: Slots) -> bool:
    texts = [slot.text for slot in row if slot.text]
    whole = len(texts) > 1 and not any(slot.covered or slot.rowspan > 1 for slot in row)
    return whole and all(RULE.match(text) for text in texts)


def trim(rows: list[Slots]) -> None:
    """Cut columns at the right that are empty in every row."""
    while rows and len(rows[0]) > 1 and all(not row[-1].text and not row[-1].covered for row in rows):
        for row in rows:
            row.pop()


# --- header -----------------------------------------------------------------------------------------------------------


def is_number(text: str) -> bool:
    """The text is an amount, percent, count or range; a year is none, nor is a dash."""
    return len(text) <= LONGEST_NUMBER and bool(NUMBER.match(text)) and not YEAR.match(text)


def is_column_numbers(row: Slots) -> bool:
    """`(1) (2) (3)` or `1 | 2 | 13 = 9 + 10`: numbers that rise from one."""
    texts = [slot.text for slot in row if slot.text]
    numbers = [COLUMN_NUMBER.match(text) for text in texts]
    if len(texts) < 2 or not all(numbers):
        return False
    values = [int(found["number"]) for found in numbers if found]
    rising = all(after > before for before, after in pairwise(values))
    steps = len(values) >= 3 or any("(" in text for text in texts) or (len(values) == 2 and len(row) <= 3)
    return values[0] == 1 and rising and steps and values[-1] <= 3 * len(values) + 3


def header_rows(rows: Sequence[Slots], given: int | None) -> int:
    """How many rows at the top are header: as the file says, else by column numbers, words and what stands below."""
    found = _given_or_guessed(rows, given)
    while (
        found < len(rows) - 1
        and found < MOST_HEADER_ROWS
        and (
            is_column_numbers(rows[found])
            or (found and is_column_numbers(rows[found - 1]) and _under_numbers(rows, found))
        )
    ):
        found += 1
    return min(found, len(rows))


def _given_or_guessed(rows: Sequence[Slots], given: int | None) -> int:
    if given is not None and given > 0:
        return min(given, len(rows))
    for index, row in enumerate(rows[:MOST_HEADER_ROWS]):
        if (
            is_column_numbers(row)
            and (index or len(rows) > 1)
            and not any(_has_figures(above) for above in rows[:index])
        ):
            return index + 1
    if not rows or not _is_header(rows, 0):
        return 0
    count = 1
    while count < min(len(rows) - 1, MOST_HEADER_ROWS) and (_is_second_header(rows, count) or _covers(rows, count)):
        count += 1
    return count


def _has_figures(row: Slots) -> bool:
    return any(is_number(slot.text) for slot in row if slot.text)


def _covers(rows: Sequence[Slots], count: int) -> bool:
    """A cell of the rows above reaches down into row `count`, and no figure stands there."""
    reach = any(
        slot.rowspan > count - index for index, row in enumerate(rows[:count]) for slot in row if not slot.covered
    )
    return reach and not _has_figures(rows[count])


def _is_header(rows: Sequence[Slots], index: int) -> bool:
    row = rows[index]
    texts = [slot.text for slot in row if slot.text]
    if not texts or any(len(text) > LONGEST_HEADER_CELL or text == ":" for text in texts):
        return False
    if len(texts) == 1:
        lone = len(row) > 1 and not is_number(texts[0]) and index + 1 < len(rows)
        return (
            lone
            and len(texts[0]) <= 60
            and len([s for s in rows[index + 1] if s.text]) > 1
            and is_own_header(rows[index + 1])
        )
    if any(is_number(text) for text in texts) or ROW_NUMBER.match(texts[0]):
        return False
    if is_own_header(row) or all(slot.bold for slot in row if slot.text):
        return True
    below = [[slot.text for slot in other] for other in rows[index + 1 :]]
    return any(
        slot.text and sum(is_number(other[column]) for other in below) * 2 > len(below) > 0
        for column, slot in enumerate(row)
    )


def is_own_header(row: Slots) -> bool:
    """Every filled cell is short and begins like a column name; at least half of them are words that tables use."""
    texts = [slot.text for slot in row if slot.text]
    if (
        len(texts) < 2
        or any(is_number(text) or len(text) > LONGEST_HEADER_CELL for text in texts)
        or ROW_NUMBER.match(texts[0])
    ):
        return False
    known = [bool(WORDS.match(text) or YEAR.match(text)) for text in texts]
    short = sum(len(text) for text in texts) / len(texts) <= 45
    return short and sum(known) * 2 >= len(texts) and (known[0] or sum(known) > 2)


def _is_second_header(rows: Sequence[Slots], index: int) -> bool:
    row, above = rows[index], rows[index - 1]
    texts = [slot.text for slot in row if slot.text]
    if not texts or any(is_number(text) or len(text) > 60 for text in texts) or ROW_NUMBER.match(row[0].text):
        return False
    if len([slot for slot in above if slot.text]) == 1 and is_own_header(row):
        return True
    if row[0].text and not row[0].covered and not is_own_header(row):
        return False
    if all(YEAR.match(text) for text in texts):
        return True
    grouped = any(slot.text and not above[column].text for column, slot in enumerate(row))
    return grouped and (not row[0].text or row[0].covered)


def _under_numbers(rows: Sequence[Slots], index: int) -> bool:
    texts = [slot.text for slot in rows[index] if slot.text]
    return (
        len(texts) > 2
        and not rows[index][0].text
        and all(len(text) <= 12 and not is_number(text) for text in texts)
        and (len(set(texts)) * 2 <= len(texts))
    )


def guess_spans(header: list[Slots]) -> None:
    """Where a file shows merged header cells only as empty ones, say which cells span: groups over leaves, leaves downwards."""
    for index, row in enumerate(header):
        if is_column_numbers(row):
            break
        below = header[index + 1] if index + 1 < len(header) and not is_column_numbers(header[index + 1]) else None
        leaves = index > 0 and _has_groups(header[index - 1])
        if not leaves:
            _span_right(row, below, header[index - 1] if index else None)
    for index, row in enumerate(header):
        if not is_column_numbers(row):
            _span_down(header, index)


def _has_groups(row: Slots) -> bool:
    return any(slot.colspan > 1 for slot in row)


def _span_right(row: Slots, below: Slots | None, above: Slots | None) -> None:
    owner: Slot | None = None
    for column, slot in enumerate(row):
        if slot.covered:
            continue
        if slot.text:
            owner = slot
        elif owner is not None and (below is None or below[column].text or above is not None):
            owner.colspan += 1
            slot.covered = True
        else:
            owner = None


def _span_down(header: list[Slots], index: int) -> None:
    for column, slot in enumerate(header[index]):
        if not slot.text or slot.covered or slot.colspan > 1:
            continue
        for under in header[index + 1 :]:
            if is_column_numbers(under) or under[column].text or under[column].covered:
                break
            under[column].covered = True
            slot.rowspan += 1


# --- parts on several pages ---------------------------------------------------------------------------------------------


def join(table: Draft, grid: Grid, *, over_break: bool, told: bool = False) -> bool:
    """Add `grid` to `table` if it is the rest of it; returns whether it was.

    `over_break` says that a page ended between them, `told` that a caption said "lanjutan". Without either only a
    repeated header proves it.
    """
    rows = _without_rules(matrix(grid))
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


def _kinds(table: Draft) -> list[str]:
    """Per column `n` where most filled body cells are numbers, `t` where most are text, empty where unknown."""
    kinds, rows = [], _latest(table)[-SHOWING:]
    for column in range(table.width):
        found = [_kind(row[column].text) for row in rows]
        numbers, words = found.count("n"), found.count("t")
        kinds.append("" if not numbers + words else "n" if numbers > words else "t")
    return kinds


def _conflicts(row: Sequence[Slot], kinds: Sequence[str], offset: int = 0) -> int:
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
    kinds = _kinds(table)
    filled = sum(bool(slot.text) for row in rows for slot in row)
    scores = [(sum(_conflicts(row, kinds, offset) for row in rows), offset) for offset in range(width - wide + 1)]
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
    first, last, kinds = rows[0], table.rows[-1], _kinds(table)
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


def realign(table: Draft) -> None:
    """Put rows of plain text whose cells slipped sideways back under the columns of their kind, if one way fits exactly."""
    if table.grid.spans_known or len(table.body) < 4:
        return
    kinds = _kinds(table)
    fills = Counter(tuple(column for column, slot in enumerate(row) if slot.text) for row in table.body)
    moved: list[str] = []
    for row in table.body:
        if _conflicts(row, kinds) < 2:
            continue
        filled = [slot for slot in row if slot.text]
        count = len(filled)
        ways = [start for start in range(table.width - count + 1) if not _conflicts(filled, kinds, start)]
        if not ways or count == table.width:
            continue
        start = max(ways, key=lambda at: (fills[tuple(range(at, at + count))], at))
        if fills[tuple(range(start, start + count))] < 2:
            continue
        row[:] = [*(Slot() for _ in range(start)), *filled, *(Slot() for _ in range(table.width - start - count))]
        moved.append(str(filled[0].line))
    if moved:
        table.notes.append(f"baris teks {', '.join(moved)} digeser ke kolom yang sesuai dengan isinya")


# --- result -------------------------------------------------------------------------------------------------------------


def finished(table: Draft, *, key: str, source: str) -> Table:
    """The table as a value of `core.document`, each cell with its place."""
    realign(table)
    name = f"Tabel {table.number}" if table.number else table.caption or f"tabel ke-{key.rsplit('-', 1)[-1]}"
    header = tuple(_row(row, None, source, name, table) for row in table.rows[: table.headers])
    body = tuple(_row(row, index, source, name, table) for index, row in enumerate(table.body, start=1))
    place = table.place or Place(source=source, page=table.grid.page, line=table.grid.line)
    return Table(
        key=key, columns=_columns(table), header=header, body=body, caption=table.caption, number=table.number,
        place=replace(place, source=source, table=name, sheet=table.grid.sheet),
    )  # fmt: skip


def _columns(table: Draft) -> tuple[Column, ...]:
    edges = table.grid.edges
    if len(edges) == table.width + 1 and edges[-1] > edges[0]:
        whole = Decimal(str(edges[-1] - edges[0]))
        shares = [Decimal(str(right - left)) / whole for left, right in pairwise(edges)]
    else:
        shares = [Decimal(1) / table.width] * table.width
    return tuple(Column(share.quantize(Decimal("0.0001")), Align.LEFT) for share in shares)


def _row(row: Slots, index: int | None, source: str, name: str, table: Draft) -> Row:
    cells = []
    line = next((slot.line for slot in row if slot.line is not None), None)
    page = next((slot.page for slot in row if slot.page is not None), None)
    for column, slot in enumerate(row, start=1):
        if slot.covered:
            continue
        found = re.match(r"([A-Z]+)(\d+)$", slot.address)
        place = Place(
            source=source, sheet=table.grid.sheet, cell=slot.address, page=slot.page or page, line=slot.line or line, table=name,
            row=int(found[2]) if found else index, column=found[1] if found else str(column), quote=slot.text,
        )  # fmt: skip
        cells.append(
            Cell(
                text(slot.text) if slot.text else (),
                colspan=slot.colspan,
                rowspan=slot.rowspan,
                strong=slot.bold,
                amount=slot.amount,
                unit=slot.unit,
                places=slot.places,
                place=place,
            )
        )
    return Row(tuple(cells))
