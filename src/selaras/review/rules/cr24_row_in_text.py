"""Angka dalam kalimat yang hanya terpeleset satu digit dari baris tabel yang dibicarakannya adalah salah ketik.

Mengapa: uraian di bawah tabel pendapatan, kunjungan, atau serapan mengulang angka barisnya, selisihnya, kenaikannya, atau
bagiannya dari jumlah; satu digit yang tertukar tidak terlihat oleh pemeriksaan jumlah.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: tabel rawat inap turun 729.884, kalimat “rawat inap turun 792.884”.
Benar: kalimat “rawat inap turun 729.884”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import permutations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Verdict, fraction, judge, rounded
from selaras.review.likeness import fold
from selaras.review.prose import around, quoted, running
from selaras.review.report import Figure, Grid, GridRow, Report, Role, Sentence, TableKind
from selaras.review.spoken import Spoken, spoken
from selaras.review.wording import amount, like, places, short, table_name

CODE = "CR24"
KINDS = ("text-vs-table", "narrative-contradiction")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
FEWEST = 3
"""Digits from which on a number can be taken for another one by a slip."""
SURE = 4
"""Digits from which on one wrong digit tells as much as two neighbours that changed places, and totals go unnamed."""
ROWS = 3
ENDS = ("tahun lalu", "tahun ini")
WIDEST = 9
"""Columns of numbers of which all differences and ratios are looked at."""
_OTHERS = frozenset({TableKind.SCALE, TableKind.ROSTER, TableKind.SKP})
_BRACKETS = re.compile(r"\([^()]*\)")
_CLOSES = re.compile(
    r"\b(?:serapan|penyerapan|terserap|realisasi|terealisasi|pendapatan|belanja|rata-rata)\b", re.IGNORECASE
)
_WAY = re.compile(
    r"\b(?:(?P<up>naik|meningkat|bertambah|tumbuh)|(?P<down>turun|menurun|berkurang))\s+(?:sebesar\s+|sebanyak\s+)?(?:Rp\.?\s*)?$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:target|standar|batas|nasional|provinsi|sekitar|hampir|kurang lebih|minimal|maksimal)\b[^,;]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A named row with its numbers, and those of the last row of the table, if that is its total."""

    grid: Grid
    row: GridRow
    name: str
    figures: tuple[Figure, ...]
    years: tuple[int | None, ...]
    totals: tuple[Figure | None, ...]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every figure in running text that no table and no other sentence has, beside the name of a row of a table near it."""
    tables: dict[tuple[str, ...], list[_Row]] = {}
    totals: list[_Row] = []
    for grid in report.grids:
        if grid.kind not in _OTHERS and len(grid.rows) >= ROWS:
            rows = list(_rows(grid))
            tables.setdefault(grid.path, []).extend(row for row in rows if not row.row.total)
            totals += [row for row in rows if row.row.total and row.row is grid.rows[-1]]
    seen = _seen(report)
    made: dict[int, list[_Value]] = {}
    for sentence in running(report):
        near = tables.get(sentence.path, [])
        items = [item for item in spoken(sentence) if _is_open(item, seen)] if sentence.figures else []
        named = _named(sentence.text, near) if sentence.figures and near else []
        yield from _moved(sentence, named)
        if not items:
            continue
        closing = totals if _CLOSES.search(sentence.text) else []
        for item in items:
            yield from _judged(sentence, item, named, near, closing, made)


def _rows(grid: Grid) -> Iterator[_Row]:
    numeric = [
        at
        for at, column in enumerate(grid.columns)
        if column.role is not Role.NUMBER and any(row.cells[at].figure is not None for row in grid.rows)
    ][:WIDEST]
    last = grid.rows[-1]
    for row in grid.rows:
        if row.mean or row.section:
            continue
        held = [at for at in numeric if row.cells[at].figure is not None and not row.cells[at].spanned]
        figures = tuple(figure for at in held if (figure := row.cells[at].figure) is not None)
        below = tuple(last.cells[at].figure if last.total else None for at in held)
        label = next((cell.text for cell in row.cells if sum(map(str.isalpha, cell.text)) > 2), "")
        name = fold(_BRACKETS.sub(" ", label))
        if name and len(figures) > 1:
            yield _Row(grid, row, name, figures, tuple(grid.columns[at].year for at in held), below)


def _seen(report: Report) -> Counter[tuple[Decimal, bool]]:
    """How often each number stands in the report."""
    cells = (figure for grid in report.grids for row in grid.rows for cell in row.cells for figure in cell.figures)
    told = (figure for sentence in report.sentences for figure in sentence.figures)
    found = Counter((abs(figure.amount), figure.money) for figure in told)
    found.update(dict.fromkeys({(abs(figure.amount), figure.money) for figure in cells}, 2))
    return found


def _is_open(item: Spoken, seen: Counter[tuple[Decimal, bool]]) -> bool:
    figure = item.figure
    enough = len(_digits(figure.amount, figure)) >= FEWEST and figure.amount != 100 and not figure.doubtful
    return enough and seen[abs(figure.amount), figure.money] < 2 and not _LIMIT.search(item.before[-40:])


def _named(text: str, rows: Sequence[_Row]) -> list[_Row]:
    """The rows whose names stand in a text."""
    small = text.casefold()
    return [row for row in rows if row.name.partition(" ")[0] in small and _last(text, row.name) >= 0]


def _last(text: str, name: str) -> int:
    """Where a name stands last in a text, -1 if nowhere."""
    return max((match.start() for match in _expression(name).finditer(text)), default=-1)


@lru_cache(maxsize=4096)
def _expression(name: str) -> re.Pattern[str]:
    return re.compile(r"\b" + r"\W+".join(map(re.escape, name.split())) + r"\b", re.IGNORECASE)


def _moved(sentence: Sentence, named: Sequence[_Row]) -> Iterator[Finding]:
    """`NAME turun 1.555` where the row named last rose by that from one year to the next, or the other way round."""
    for item in spoken(sentence) if named else ():
        match = _WAY.search(item.before)
        if match is None or item.figure.percent:
            continue
        row = max(named, key=lambda each: _last(sentence.text[: item.start], each.name))
        years = [(year, row.figures[at]) for at, year in enumerate(row.years) if year is not None]
        ends = sorted((each for each in years if not each[1].percent), key=lambda each: each[0])
        if len(ends) < len(ENDS) or len({year for year, _ in ends}) < len(ends):
            continue
        old, new = ends[-2][1], ends[-1][1]
        change = fraction(new.amount) - fraction(old.amount)
        if change and abs(change) == abs(fraction(item.figure.amount)) and (match["up"] is not None) is (change < 0):
            said, right = match[0].strip(), "naik" if change > 0 else "turun"
            told = f"“{said}” bertentangan dengan {table_name(row.grid)}: {amount(old)} menjadi {amount(new)}."
            yield _finding(sentence, item, row, "narrative-contradiction", said, right, told)


def _judged(
    sentence: Sentence,
    item: Spoken,
    named: Sequence[_Row],
    near: Sequence[_Row],
    totals: Sequence[_Row],
    made: dict[int, list[_Value]],
) -> Iterator[Finding]:
    figure = item.figure
    others = [other.figure for other in spoken(sentence) if other is not item]
    if _follows(figure, _derived(others)) or any(
        _follows(figure, made.get(id(row)) or made.setdefault(id(row), list(_made(row)))) for row in near
    ):
        return
    found = [(value, row) for row in named for value in made[id(row)] if _is_slip(figure, value)]
    if not found and figure.percent and len(_digits(figure.amount, figure)) >= SURE:
        found = [(value, row) for row in totals for value in _plain(row.figures) if _is_slip(figure, value)]
    if len({rounded(value.amount, max(0, figure.decimals)) for value, _ in found}) == 1:
        value, row = found[0]
        right = like(value.amount, item.figure)
        yield _finding(sentence, item, row, "text-vs-table", amount(item.figure), right,
                       f"{amount(item.figure)} dalam kalimat tidak dapat dihitung dari {table_name(row.grid)}; menurut baris "
                       f"“{_title(row)}” {right}.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Value:
    """A number that can be said of a row, and what it is a number of."""

    amount: Fraction
    percent: bool
    money: bool


def _plain(figures: Iterable[Figure]) -> Iterator[_Value]:
    for figure in figures:
        yield _Value(abs(fraction(figure.amount)), figure.percent, figure.money)


def _made(row: _Row) -> Iterator[_Value]:
    """What can be said of a row: its numbers, their differences, ratios and growth, and its shares of the totals."""
    yield from _plain(row.figures)
    yield from _derived(row.figures)
    for part, whole in zip(row.figures, row.totals, strict=True):
        if whole is not None and whole.amount and not part.percent:
            yield _Value(abs(fraction(part.amount) / fraction(whole.amount)) * HUNDRED, percent=True, money=False)


def _derived(figures: Sequence[Figure]) -> Iterator[_Value]:
    """Differences, ratios and growth between two numbers of one sort."""
    for one, two in permutations(figures, 2):
        if one.money is not two.money or one.percent is not two.percent:
            continue
        first, second = fraction(one.amount), fraction(two.amount)
        yield _Value(abs(first - second), one.percent, one.money)
        yield _Value(abs(first + second), one.percent, one.money)
        if second:
            yield _Value(abs(first / second) * HUNDRED, percent=True, money=False)
            yield _Value(abs(first / second - 1) * HUNDRED, percent=True, money=False)


def _follows(figure: Figure, values: Iterable[_Value]) -> bool:
    """Whether one of the values can have been printed so; a difference of percentages is told in points."""
    return any(
        value.money is figure.money
        and (value.percent is figure.percent or value.percent)
        and judge(figure, value.amount) is not Verdict.DIFFERS
        for value in values
    )


def _is_slip(figure: Figure, value: _Value) -> bool:
    """Whether two digits changed places (in a short number neighbours), or, in a longer one, one digit is another."""
    if value.money is not figure.money or value.percent is not figure.percent:
        return False
    mine, theirs = _digits(figure.amount, figure), _digits(rounded(value.amount, max(0, figure.decimals)), figure)
    if len(mine) != len(theirs) or mine == theirs:
        return False
    apart = [at for at, (one, other) in enumerate(zip(mine, theirs, strict=True)) if one != other]
    if len(apart) == 1:
        return len(mine) >= SURE and len(mine.rstrip("0")) >= SURE
    beside = len(apart) == 2 and (len(mine) >= SURE or apart[1] - apart[0] == 1)
    return beside and sorted(mine) == sorted(theirs)


def _digits(value: Decimal, figure: Figure) -> str:
    return str(abs(int(value.scaleb(max(0, figure.decimals)))))


def _title(row: _Row) -> str:
    """The name of the row as the table prints it."""
    return short(
        next((cell.text for cell in row.row.cells if fold(_BRACKETS.sub(" ", cell.text)) == row.name), row.name)
    )


def _finding(
    sentence: Sentence, item: Spoken, row: _Row, kind: str, stated: str, expected: str, message: str
) -> Finding:
    return Finding(
        CODE,
        kind,
        Severity.ERROR,
        message,
        stated=stated,
        expected=expected,
        places=places([
            quoted(around(sentence.text, item.start, item.end), sentence.place_at(item.start)),
            *(cell.place for cell in row.row.cells if cell.figure is not None),
        ]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabelnya.",
    )  # fmt: skip
