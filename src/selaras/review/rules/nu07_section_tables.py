"""Banyaknya sesuatu dalam kalimat harus sama dengan tabel dalam bagian yang sama yang merinci hal itu.

Mengapa: “14.206 mahasiswa” di atas tabel mahasiswa yang berjumlah 14.602 menandakan salah satunya belum diperbarui.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: “memiliki 8 fakultas”, padahal tabel per fakultas memuat 7 baris.
Benar: “memiliki 7 fakultas”.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.likeness import fold
from selaras.review.prose import YEAR, around, pattern, quoted, running
from selaras.review.report import Grid, Report, Sentence, TableKind
from selaras.review.tallies import Count, counts
from selaras.review.wording import places, table_name
from selaras.review.wordlists import table

CODE = "NU07"
KINDS = ("count-mismatch", "headcount")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
FEWEST = 3
"""Rows that a table must have to list something."""
_STAFF = frozenset({"pegawai", "tenaga", "orang", "personel", "personil", "karyawan", "aparatur"})


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Counts of a section against the tables of that section: their totals, and how many rows they have."""
    tables: dict[tuple[str, ...], list[Grid]] = {}
    for grid in report.grids:
        if grid.kind in (TableKind.OTHER, TableKind.STAFF) and grid.path and len(grid.rows) >= FEWEST:
            tables.setdefault(grid.path, []).append(grid)
    for sentence in running(report):
        if sentence.path not in tables or pattern("tallies", "partly").search(sentence.text):
            continue
        if {int(year) for year in YEAR.findall(sentence.text)} - {report.identity.year}:
            continue
        for count in counts(sentence):
            if pattern("tallies", "whole").search(sentence.text[: count.start]):
                for grid in tables[sentence.path]:
                    if grid.kind is TableKind.STAFF and count.noun in _STAFF:
                        continue  # told by the rule on staff
                    yield from _rows(sentence, count, grid)
                    yield from _total(sentence, count, grid)


def _rows(sentence: Sentence, count: Count, grid: Grid) -> Iterator[Finding]:
    """`7 fakultas` against the rows of a table whose first column of words is headed `Fakultas`."""
    heads = [index for index, column in enumerate(grid.columns) if fold(column.header) in _forms(count.noun)]
    named = [
        row
        for row in grid.rows
        for index in heads
        if row.cells[index].text
        and not (row.total or row.mean or row.section or row.cells[index].figures or row.cells[index].spanned)
    ]
    if len(heads) == 1 and len(named) >= FEWEST and len(named) != count.number:
        yield _finding(sentence, count, grid, len(named))


def _total(sentence: Sentence, count: Count, grid: Grid) -> Iterator[Finding]:
    """`14.206 mahasiswa` against the grand total of a table on `mahasiswa`; any other figure of the table is a part of them."""
    last = grid.rows[-1]
    figures = [cell.figures[0] for cell in last.cells if len(cell.figures) == 1 and not cell.spanned]
    caption = fold(grid.table.caption).split()
    about = count.noun in caption[:3] or (count.noun in _STAFF and bool(_STAFF & set(caption[:3])))
    if (
        not last.total
        or not figures
        or any(figure.money or figure.percent or figure.decimals > 0 for figure in figures)
    ):
        return
    total = int(figures[-1].amount)
    known = {int(figure.amount) for row in grid.rows for cell in row.cells for figure in cell.figures}
    own = [
        at
        for at, column in enumerate(grid.columns)
        if fold(column.header) in _forms(count.noun) and last.cells[at].figure
    ]
    if len(own) == 1:
        yield from _column(sentence, count, grid, own[0])
        return
    if not about or (len(figures) > 1 and sum(int(figure.amount) for figure in figures[:-1]) != total):
        return  # the columns count different things
    if count.number not in known and count.number > max(known - {total}, default=0):
        yield _finding(sentence, count, grid, total)


def _column(sentence: Sentence, count: Count, grid: Grid, at: int) -> Iterator[Finding]:
    """`497 dosen` against the total of the column headed `Dosen`; any other figure of the column is a part of them."""
    figures = [row.cells[at].figure for row in grid.rows]
    known = {int(figure.amount) for figure in figures if figure is not None}
    total = figures[-1]
    if total is not None and count.number not in known and count.number > max(known - {int(total.amount)}, default=0):
        yield _finding(sentence, count, grid, int(total.amount))


def _forms(noun: str) -> frozenset[str]:
    """The noun and what it is called in an English table."""
    return frozenset(
        {noun, *(word for each in table("tallies")["english"] if each["noun"] == noun for word in each["words"])}
    )


def _finding(sentence: Sentence, count: Count, grid: Grid, right: int) -> Finding:
    shown = f"{right:,}".replace(",", ".")
    stated = f"{count.number:,}".replace(",", ".")
    return Finding(
        CODE,
        "headcount" if count.noun in _STAFF else "count-mismatch",
        Severity.ERROR,
        f"Disebut {stated} {count.noun}, sedangkan {table_name(grid)} memuat {shown}.",
        stated=f"{stated} {count.noun}",
        expected=f"{shown} {count.noun}",
        places=places(
            [quoted(around(sentence.text, count.start, count.end), sentence.place_at(count.start)), grid.place]
        ),
        regulation=REGULATION,
        suggestion="Hitung ulang, lalu samakan kalimat dan tabel.",
    )
