"""Angka yang diberikan kalimat kepada sebuah baris tabel di bagian yang sama harus ada dalam tabel itu.

Mengapa: “bidan sebanyak 412 orang” di atas tabel yang memuat 421 menandakan salah ketik, begitu pula bagiannya dari jumlah.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: “Perawat berjumlah 40 orang atau 52,50%”, padahal tabel memuat 40 dari 80.
Benar: “Perawat berjumlah 40 orang atau 50,00%”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Verdict, judge
from selaras.review.likeness import fold
from selaras.review.prose import YEAR, around, quoted, running
from selaras.review.report import Figure, Grid, GridRow, Report, Sentence, TableKind
from selaras.review.spoken import Spoken, spoken
from selaras.review.tallies import Count, counts
from selaras.review.wording import amount, like, places, table_name

CODE = "NU09"
KINDS = ("text-vs-table", "arithmetic")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
FEWEST = 3
"""Rows that a table has, its total among them."""
_F = re.IGNORECASE
_LINK = re.compile(
    r"\s*(?:\([^()]*\))?(?:(?!\b(?:dari|dan|serta|sedangkan|naik|turun|target|bukan|selain)\b)[^.;:()\d,]){0,50},?\s*"
    r"(?:\b(?:yaitu|yakni|sebanyak|sejumlah|berjumlah|mencapai|sebesar|ada)\s+)?",
    _F,
)
_SHARE = re.compile(r"\s*(?:[a-z]+\s+){0,2}(?:atau|\(|setara|yaitu)\s*(?:sebesar\s+)?", _F)
_ASIDE = re.compile(
    r"\b(?:target|rencana|hanya|sebelumnya|lalu|triwulan|semester|bulan|minimal|maksimal|sekitar|lebih dari|"
    r"kurang dari|di ?antara\w*|masing-masing|bertambah|berkurang|naik|turun|meningkat|menurun|dibanding\w*)\b",
    _F,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Counts beside the name of a row, and shares of the total, against the tables of the same section."""
    tables: dict[tuple[str, ...], list[Grid]] = {}
    for grid in report.grids:
        if grid.kind in (TableKind.OTHER, TableKind.STAFF) and grid.path and _is_tally(grid):
            tables.setdefault(grid.path, []).append(grid)
    for sentence in running(report):
        if sentence.path not in tables or _ASIDE.search(sentence.text):
            continue
        if {int(year) for year in YEAR.findall(sentence.text)} - {report.identity.year}:
            continue
        for grid in tables[sentence.path]:
            yield from _named(sentence, grid)
            yield from _shares(sentence, grid)


def _is_tally(grid: Grid) -> bool:
    """Whether the table counts things and ends with their total: whole numbers, no money, no percentages but its last column."""
    last = grid.rows[-1] if len(grid.rows) >= FEWEST else None
    if last is None or not last.total:
        return False
    figures = [figure for row in grid.rows for figure in _figures(row)]
    return bool(figures) and not any(figure.money or figure.decimals > 0 for figure in figures)


def _figures(row: GridRow) -> list[Figure]:
    """The counts of a row: neither its number nor shares."""
    return [
        cell.figure
        for cell in row.cells
        if cell.figure is not None
        and not cell.spanned
        and not cell.figure.percent
        and cell.text.strip() != row.marker
        and not (cell.figure.decimals > 0 and cell.figure.amount <= 100)
    ]


def _label(row: GridRow) -> str:
    return next((fold(cell.text) for cell in row.cells if any(map(str.isalpha, cell.text))), "")


def _named(sentence: Sentence, grid: Grid) -> Iterator[Finding]:
    """`NAME …, yaitu 412 orang` where no cell of the table holds 412."""
    known = {int(figure.amount) for row in grid.rows for figure in _figures(row)}
    said = counts(sentence)
    for row in grid.rows[:-1]:
        label, figures = _label(row), _figures(row)
        if not figures or not label or row.section:
            continue
        pattern = re.compile(r"\b" + r"\W+".join(map(re.escape, label.split())) + r"\b", _F)
        for match in pattern.finditer(sentence.text):
            count = next((each for each in said if each.start >= match.end()), None)
            if count is None or not _LINK.fullmatch(sentence.text[match.end() : count.start]) or count.number in known:
                continue
            right = figures[-1]
            yield _finding(
                sentence, (match.start(), count.end), "text-vs-table",
                f"Disebut {count.number}, sedangkan {table_name(grid)} memuat {amount(right)}.",
                str(count.number), amount(right), "", grid,
            )  # fmt: skip


def _shares(sentence: Sentence, grid: Grid) -> Iterator[Finding]:
    """`16 pegawai atau 84,21%`: a count of the table with its share of the total."""
    totals = _figures(grid.rows[-1])
    for count in counts(sentence):
        share = next((item for item in spoken(sentence) if item.start >= count.end), None)
        if share is None or not share.figure.percent or not _SHARE.fullmatch(sentence.text[count.end : share.start]):
            continue
        columns = [at for row in grid.rows[:-1] for at in _at(row, count)]
        wholes = {int(figure.amount) for at in columns if (figure := grid.rows[-1].cells[at].figure) is not None}
        wholes |= {int(figure.amount) for figure in totals}
        if columns and not any(_is_share(share, count, whole) for whole in wholes):
            whole = max(wholes)
            right = like(Fraction(count.number, whole) * HUNDRED, share.figure)
            yield _finding(
                sentence, (count.start, share.end), "arithmetic",
                f"Bagian tertulis {amount(share.figure)}, sedangkan {count.number} dari {whole} dalam {table_name(grid)} "
                f"adalah {right}.",
                amount(share.figure), right, f"{count.number} ÷ {whole} × 100 = {right}", grid,
            )  # fmt: skip


def _at(row: GridRow, count: Count) -> list[int]:
    return [
        at
        for at, cell in enumerate(row.cells)
        if cell.figure is not None and cell.figure.amount == count.number and cell.text.strip() != row.marker
    ]


def _is_share(share: Spoken, count: Count, whole: int) -> bool:
    return not whole or judge(share.figure, Fraction(count.number, whole) * HUNDRED) is not Verdict.DIFFERS


def _finding(
    sentence: Sentence, span: tuple[int, int], kind: str, message: str, stated: str, expected: str, how: str, grid: Grid
) -> Finding:
    spot = quoted(around(sentence.text, *span), sentence.place_at(span[0]))
    return Finding(
        CODE, kind, Severity.ERROR, message, stated=stated, expected=expected, arithmetic=how,
        places=places([spot, grid.place]), regulation=REGULATION, suggestion="Samakan kalimat dan tabel.",
    )  # fmt: skip
