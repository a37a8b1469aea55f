"""Kolom yang judulnya menyebut “X terhadap Y” harus sama dengan kolom X dibagi kolom Y.

Mengapa: judul kolom sudah memberi rumusnya; angka yang tidak mengikuti rumus itu salah hitung atau salah salin.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: “Realisasi 2023 terhadap Target 2024 (%)” 96,58 untuk realisasi 84,2 dan target 88,0.
Benar: 95,68.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Verdict, fraction, judge
from selaras.review.columns import Ratio, RatioRow, row_name, rows_of
from selaras.review.likeness import fold
from selaras.review.report import Grid, GridColumn, Report, Role
from selaras.review.wording import amount, like, places, short, table_name

CODE = "AR11"
KINDS = ("arithmetic",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
FEWEST = 2
"""Rows that a table must have to show that the header says how the column is made."""
_TOWARDS = re.compile(
    r"(?P<part>.*?)\s*\b(?:terhadap|dibanding(?:kan)?(?:\s+dengan)?|dibagi)\s+(?P<base>.+)", re.IGNORECASE
)
_UNIT = re.compile(r"\([^()]*\)|%")
_SHARE = frozenset(
    {"persentase", "persen", "capaian", "tingkat", "rasio", "kemajuan", "kinerja", "pencapaian", "perbandingan"}
)
"""Words that say only that the column is a share."""
_VALUES = frozenset({Role.TARGET, Role.REALISATION, Role.FINAL_TARGET, Role.OTHER})


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every column whose header names the two it is made of, where at least half of its rows follow it."""
    for grid in report.grids:
        for index, column in enumerate(grid.columns):
            match = None if column.money else _TOWARDS.fullmatch(_UNIT.sub(" ", column.header.split(" / ")[-1]).strip())
            ratio = _ratio(grid, index, match) if match else None
            if ratio is None:
                continue
            rows = list(rows_of(grid, ratio))
            wrong = [row for row in rows if not _follows(row)]
            if len(rows) >= FEWEST and len(wrong) * 2 <= len(rows):
                yield from (_finding(row) for row in wrong)


def _ratio(grid: Grid, index: int, match: re.Match[str]) -> Ratio | None:
    """The columns that the two halves of the header name; a first half without a name means the realisation."""
    base = _named(grid, index, match["base"])
    part = _named(grid, index, match["part"]) if _words(match["part"]) else _realised(grid, base)
    return Ratio(base, part, index) if base is not None and part is not None and base != part else None


def _named(grid: Grid, index: int, words: str) -> int | None:
    wanted = _words(words)
    found = [
        at
        for at, column in enumerate(grid.columns)
        if at != index and column.role in _VALUES and wanted and _words(column.header.split(" / ")[-1]) == wanted
    ]
    if not found:
        found = [at for at, column in enumerate(grid.columns) if at != index and _fits(column, wanted)]
    return found[0] if len(found) == 1 else None


def _fits(column: GridColumn, wanted: frozenset[str]) -> bool:
    """Whether the only header with all these words is meant: `Target TW III` of `Target TW III Tahun 2025`."""
    return bool(wanted) and column.role in _VALUES and wanted <= _words(column.header)


def _realised(grid: Grid, base: int | None) -> int | None:
    found = grid.columns_of(Role.REALISATION)
    if base is not None and len(found) > 1:
        own = grid.columns[base]
        found = [at for at in found if (grid.columns[at].year, grid.columns[at].period) == (own.year, own.period)]
    return found[0] if len(found) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(_UNIT.sub(" ", text)).split()) - _SHARE


def _follows(row: RatioRow) -> bool:
    """Whether the result is the quotient, or what stands for it where less is better; a cap explains a round result."""
    base, part = fraction(row.base.amount), fraction(row.part.amount)
    if not base:
        return True
    ways = [part / base, (2 * base - part) / base, *([base / part] if part else [])]
    capped = row.result.amount in (100, 110, 120, 150) and max(ways) * HUNDRED >= fraction(row.result.amount)
    return capped or any(judge(row.result, way * HUNDRED) is not Verdict.DIFFERS for way in ways)


def _finding(row: RatioRow) -> Finding:
    right = like(fraction(row.part.amount) / fraction(row.base.amount) * HUNDRED, row.result)
    header = row.grid.columns[row.ratio.result].header
    return Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"{table_name(row.grid)}, “{short(row_name(row.grid, row.row))}”: “{header}” tertulis {amount(row.result)}, "
        f"hasil hitungnya {right}.",
        stated=amount(row.result),
        expected=right,
        arithmetic=f"{amount(row.part)} ÷ {amount(row.base)} × 100 = {right}",
        places=places(row.cells),
        regulation=REGULATION,
        suggestion="Hitung ulang barisnya menurut judul kolom.",
    )
