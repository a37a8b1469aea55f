"""Yang disebut tertinggi atau terendah harus memang tertinggi atau terendah dalam tabelnya.

Mengapa: “serapan terendah terdapat pada program X” menentukan siapa yang harus menjelaskan; bila tabel menunjuk yang lain,
penjelasannya salah alamat.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III (analisis).

Salah: “serapan tertinggi pada Program A”, padahal A 97,10% dan B 98,40%.
Benar: “serapan tertinggi pada Program B”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.arithmetic import HUNDRED, fraction
from selaras.review.budgets import Master, master
from selaras.review.concordance import matches
from selaras.review.likeness import fold
from selaras.review.prose import around, quoted
from selaras.review.report import BudgetClaim, Grid, GridRow, Report, Sentence, TableKind
from selaras.review.rownames import rows_named
from selaras.review.spoken import Spoken, spoken
from selaras.review.wording import amount, percent, places, rupiah, short, table_name

CODE = "NA17"
KINDS = ("narrative-contradiction",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"
FEWEST = 2
FEW = 3
"""Rows that a table has in which one can lead."""
REACH = 80
"""So many characters lie between the superlative and the name, at most."""
_F = re.IGNORECASE
_MOST = re.compile(
    r"\b(?P<word>tertinggi|terbesar|terbanyak|terendah|terkecil|paling (?:tinggi|besar|rendah|kecil))\b", _F
)
_LOW = re.compile(r"rendah|kecil", _F)
_ABSORPTION = re.compile(r"\b(?:serapan|penyerapan|daya serap|absorption|persentase (?:realisasi|serapan))\b", _F)
_SPENT = re.compile(r"\b(?:realisasi|belanja|pengeluaran)\b", _F)
_BUDGET = re.compile(r"\b(?:pagu|anggaran|alokasi)\b", _F)
_AFTER = re.compile(
    r"\s*(?:(?:anggaran|realisasi)\s+)?(?:(?:terdapat|terjadi|ada|berada|dicapai|diraih|dimiliki|adalah|yaitu|yakni|pada|di|oleh|ialah|sebesar|"
    r"program|kegiatan|sub\s?kegiatan|komponen|belanja|dialokasikan|untuk)\s*)*[“\"]?",
    _F,
)
_OTHERS = re.compile(r"\b(?:kedua|ketiga|salah satu|di ?antara|triwulan|bulan|tahun-tahun|sepanjang|masing)\b", _F)
_PERIOD = re.compile(r"\b(?:triwulan|tw)\s*(?P<number>iv|i{1,3}|[1-4])\b", _F)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Superlatives on rows of the budget table, and figures given to a quarter to which they do not belong."""
    found = master(report)
    tables: dict[tuple[str, ...], list[Grid]] = {}
    for grid in report.grids:
        if grid.kind in (TableKind.OTHER, TableKind.STAFF) and len(grid.rows) >= FEW:
            tables.setdefault(grid.path, []).append(grid)
    for sentence, match in matches(report, _MOST, running=True):
        if found is not None and not _OTHERS.search(sentence.text[max(0, match.start() - 40) : match.end() + 20]):
            yield from _budget(report, found, sentence, match)
        yield from _in_section(sentence, match, tables.get(sentence.path, ()))
        yield from _quarter(report, sentence, match)


def _budget(report: Report, found: Master, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """`Serapan tertinggi dicapai NAME`; only rows of its level are compared."""
    names = [name for name in rows_named(report, sentence) if name.start >= match.end()]
    if not names or not _AFTER.fullmatch(sentence.text[match.end() : names[0].start]):
        return
    ways = _ways(sentence.text[max(0, match.start() - 40) : match.start()])
    own = names[0].row
    rivals = [claim for claim in found.claims if claim.level == own.level]
    low = _LOW.search(match["word"]) is not None
    best = [_best(rivals, way, low=low) for way in ways]
    if len(rivals) < FEWEST or not best or any(not each or own in each for each in best):
        return
    right = best[0][0]
    yield Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"Disebut {match['word']}: “{short(own.name)}” ({_shown(own, ways[0])}), padahal dalam {table_name(found.grid)} "
        f"“{short(right.name)}” {_shown(right, ways[0])}.",
        stated=short(own.name),
        expected=short(right.name),
        arithmetic=f"{_shown(own, ways[0])} dan {_shown(right, ways[0])}",
        places=places([_spot(sentence, match.start(), names[0].end), own.place, right.place]),
        regulation=REGULATION,
        suggestion="Periksa tabelnya, lalu perbaiki nama dan angkanya.",
    )


def _in_section(sentence: Sentence, match: re.Match[str], grids: Sequence[Grid]) -> Iterator[Finding]:
    """`Penduduk terbanyak adalah NAME`, of which a table of the section shows that it leads in no column."""
    if _OTHERS.search(sentence.text[max(0, match.start() - 40) : match.end() + 20]):
        return
    low = _LOW.search(match["word"]) is not None
    for grid in grids:
        rows = [row for row in grid.rows if not (row.total or row.mean or row.section)]
        labels = [fold(_label(row)) for row in rows]
        named = [(at, name) for at, name in enumerate(labels) if name and (spot := _spelled(sentence.text, name, match.end()))
                 and _AFTER.fullmatch(_kind_word(sentence.text[match.end() : spot], grid))]  # fmt: skip
        if len(rows) < FEW or len(named) != 1 or len(set(labels)) < len(labels):
            continue
        own, columns = named[0][0], list(_columns(rows))
        if not columns or any(own in _ends(values, low=low) for values in columns):
            continue
        leaders = [_ends(values, low=low) for values in columns]
        first = rows[leaders[0][0]]
        yield Finding(
            CODE, "narrative-contradiction", Severity.ERROR,
            f"Disebut {match['word']}: “{short(_label(rows[own]))}”, padahal dalam {table_name(grid)} baris itu tidak "
            f"{match['word']} di kolom mana pun; yang {match['word']} “{short(_label(first))}”.",
            stated=short(_label(rows[own])), expected=short(_label(first)),
            places=places([_spot(sentence, match.start(), match.end() + REACH), grid.place]), regulation=REGULATION,
            suggestion="Periksa tabelnya, lalu perbaiki nama dan angkanya.",
        )  # fmt: skip
        return


def _label(row: GridRow) -> str:
    return next((cell.text for cell in row.cells if sum(map(str.isalpha, cell.text)) > FEWEST), "")


def _spelled(text: str, name: str, start: int) -> int:
    """Where a name begins behind `start`, 0 if nowhere near."""
    found = re.compile(r"\b" + r"\W+".join(map(re.escape, name.split())) + r"\b", _F).search(text, start, start + REACH)
    return found.start() if found else 0


def _kind_word(between: str, grid: Grid) -> str:
    """What stands between, without the word that heads the names (`Kelurahan`)."""
    heads = {word for column in grid.columns for word in re.findall(r"[^\W\d_]{4,}", column.header.casefold())}
    return " ".join(word for word in between.split() if word.casefold() not in heads)


def _columns(rows: Sequence[GridRow]) -> Iterator[list[Decimal]]:
    """The columns in which every row has one number."""
    for at in range(1, min(len(row.cells) for row in rows)):
        figures = [row.cells[at].figure for row in rows]
        values = [figure.amount for figure in figures if figure is not None]
        if len(values) == len(rows) and values != sorted(range(1, len(rows) + 1)):
            yield values


def _ends(values: Sequence[Decimal], *, low: bool) -> list[int]:
    end = min(values) if low else max(values)
    return [at for at, value in enumerate(values) if value == end]


Way = Callable[[BudgetClaim], Fraction | None]


def _ways(before: str) -> list[Way]:
    """What the superlative is about, by the last word that says so; spending may be meant in rupiah or in percent."""
    last = max(
        ((match.start(), ways) for pattern, ways in (
            (_ABSORPTION, [_absorbed]), (_SPENT, [_spent, _absorbed]), (_BUDGET, [_budgeted])
        ) for match in pattern.finditer(before)),
        key=lambda each: each[0],
        default=(0, []),
    )  # fmt: skip
    both = _ABSORPTION.search(before) and _BUDGET.search(before)
    return (
        [_absorbed] if both else [_spent, _absorbed] if _SPENT.search(before) and last[1] == [_budgeted] else [*last[1]]
    )


def _absorbed(claim: BudgetClaim) -> Fraction | None:
    if claim.budget is None or claim.spent is None or not claim.budget.amount:
        return None
    return fraction(claim.spent.amount) / fraction(claim.budget.amount) * HUNDRED


def _spent(claim: BudgetClaim) -> Fraction | None:
    return fraction(claim.spent.amount) if claim.spent is not None else None


def _budgeted(claim: BudgetClaim) -> Fraction | None:
    return fraction(claim.budget.amount) if claim.budget is not None else None


def _best(rows: Sequence[BudgetClaim], way: Way, *, low: bool) -> list[BudgetClaim]:
    """The rows with the highest (or lowest) value; nothing if a row has none."""
    values = [way(row) for row in rows]
    known = [value for value in values if value is not None]
    if len(known) < len(rows):
        return []
    top = min(known) if low else max(known)
    return [
        row
        for row, value in zip(rows, values, strict=True)
        if value is not None and abs(value - top) < Fraction(1, 200)
    ]


def _shown(claim: BudgetClaim, way: Way) -> str:
    value = way(claim) or Fraction(0)
    return percent(value) if way is _absorbed else rupiah(value)


def _quarter(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """`tertinggi terjadi pada triwulan III sebanyak N`: in a table by quarters N must stand below that quarter."""
    period = _PERIOD.search(sentence.text, match.end(), match.end() + 50)
    item = next((item for item in spoken(sentence) if period and 0 <= item.start - period.end() < 30), None)
    if period is None or item is None:
        return
    number = period["number"].casefold()
    wanted = f"TW{_ROMAN.get(number) or number}"
    heard = list(_in_periods(report, item))
    if heard and all(grid.columns[column].period != wanted for grid, column, _ in heard):
        grid, column, place = heard[0]
        yield Finding(
            CODE,
            "narrative-contradiction",
            Severity.ERROR,
            f"{amount(item.figure)} disebut pada {period[0]}, padahal dalam {table_name(grid)} berada pada kolom "
            f"“{grid.columns[column].header}”.",
            stated=period[0],
            expected=grid.columns[column].header,
            places=places([_spot(sentence, match.start(), item.end), place]),
            regulation=REGULATION,
            suggestion="Periksa tabelnya, lalu perbaiki triwulan atau angkanya.",
        )


def _in_periods(report: Report, item: Spoken) -> Iterator[tuple[Grid, int, Place]]:
    """Where a figure stands in a column of a quarter."""
    for grid in report.grids:
        for column, head in enumerate(grid.columns):
            if not head.period:
                continue
            for row in grid.rows:
                figure = row.cells[column].figure if column < len(row.cells) else None
                if figure is not None and figure.amount == item.figure.amount and figure.amount > FEWEST:
                    yield grid, column, row.cells[column].place


def _spot(sentence: Sentence, start: int, end: int) -> Place:
    return quoted(around(sentence.text, start, end), sentence.place_at(start))
