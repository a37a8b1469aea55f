"""Kolom tahun pada tabel rencana di luar periode yang disebut judulnya, atau tidak mencakup seluruhnya.

Mengapa: tabel target yang kolomnya milik rencana lama tidak memuat target tahun yang dilaporkan dan sesudahnya.
Peraturan: Permendagri 86/2017 (rencana strategis memuat target setiap tahun).
Salah: judul “… Tahun 2024–2026” di atas kolom 2020, 2021, 2022, 2023, 2024.
Benar: kolom 2024, 2025, 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import SPAN
from selaras.review.report import Grid, Report, Role, TableKind

CODE = "ID06"
KINDS = ("wrong-period", "missing-element")

_NOT_PLANNED = {
    Role.REALISATION,
    Role.ACHIEVEMENT,
    Role.FINAL_TARGET,
    Role.PROGRESS,
    Role.BUDGET,
    Role.SPENT,
    Role.ABSORPTION,
}

_BEFORE = re.compile(r"\b(?:kondisi|data|capaian|nilai)\s+(?:\w+\s+)?(?:awal|dasar)\b|\bbaseline\b", re.IGNORECASE)
"""A column of where things stood before the plan began."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Tables with at least two columns of yearly targets whose caption names a period, or that show the plan's targets."""
    for grid in report.grids:
        years = sorted(
            {
                column.year
                for column in grid.columns
                if column.year and column.role not in _NOT_PLANNED and not _BEFORE.search(column.header)
            }
        )
        period = _period(grid, report)
        if period is None or len(years) < (2 if grid.kind is TableKind.RENSTRA else 3):
            continue
        outside = [year for year in years if not period[0] <= year <= period[1]]
        absent = [year for year in range(period[0], period[1] + 1) if year not in years]
        if not outside and (not absent or years == [*period]):
            continue  # a table of the first and the last year alone is a summary
        wrong = bool(outside)
        yield Finding(
            CODE,
            "wrong-period" if wrong else "missing-element",
            Severity.ERROR if wrong else Severity.WARNING,
            f"Kolom tahun {_row(years)} tidak sesuai dengan periode {period[0]}–{period[1]}"
            + (f"; target {_row(absent)} tidak ada" if absent else ""),
            stated=_row(years),
            expected=_row(list(range(period[0], period[1] + 1))),
            places=_places(grid),
            regulation="Permendagri 86/2017",
            suggestion="Muat target setiap tahun dalam periode rencana yang berlaku.",
        )


def _period(grid: Grid, report: Report) -> tuple[int, int] | None:
    match = SPAN.search(grid.table.caption)
    if match and "perbandingan" not in grid.table.caption.casefold():
        return int(match[1]), int(match[2])
    plan = (report.identity.plan_first, report.identity.plan_last)
    return (plan[0], plan[1]) if grid.kind is TableKind.RENSTRA and plan[0] and plan[1] else None


def _places(grid: Grid) -> tuple:  # type: ignore[type-arg]
    header = [cell.place for row in grid.table.header for cell in row.cells if cell.text.strip()[:4].isdigit()]
    return (grid.place, *header[:1])


def _row(years: list[int]) -> str:
    return ", ".join(str(year) for year in years)
