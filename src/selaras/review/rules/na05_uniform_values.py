"""Angka yang mencurigakan: semua baris sama, realisasi selalu sama dengan target, target di bawah realisasi tahun lalu.

Mengapa: pola seperti ini jarang terjadi pada data yang diukur; ia menandakan angka yang disalin atau target yang terlalu rendah.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan data); Permenpan-RB 88/2021 (target yang menantang).
Salah: 34 kegiatan, semuanya 100% dan “Menunjang”, tanpa target dan realisasi.
Benar: target, realisasi, dan capaian setiap kegiatan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.source import Form
from selaras.review.concordance import saying
from selaras.review.prose import listed
from selaras.review.report import Grid, IndicatorClaim, Report, Role, TableKind

CODE = "NA05"
KINDS = ("suspicious-pattern",)

MANY = 8
PAIRS = 5
_LOWERED = re.compile(r"\btarget\w*\b", re.IGNORECASE)
_BECAUSE = re.compile(r"\b(?:karena|sebab|disebabkan|lantaran|mengingat|akibat)\b", re.IGNORECASE)
"""A target below what was reached is explained where one sentence names both values and says why."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Columns of one value, pairs that are always equal, targets that were already passed."""
    told: set[str] = set()
    for grid in report.grids:
        for finding in _uniform(grid):
            if finding.message not in told:
                told.add(finding.message)
                yield finding
    yield from _equal(report)
    yield from _low_targets(report)


def _uniform(grid: Grid) -> Iterator[Finding]:
    for column in grid.columns_of(Role.ACHIEVEMENT):
        cells = [
            row.cells[column]
            for row in grid.rows
            if column < len(row.cells) and not row.cells[column].spanned and row.cells[column].figure
        ]
        amounts = Counter(cell.figures[0].amount for cell in cells)
        if len(cells) >= MANY and len(amounts) == 1 and not _has_evidence(grid):
            yield Finding(
                CODE,
                "suspicious-pattern",
                Severity.WARNING,
                f"Semua {len(cells)} baris berisi {cells[0].text}; tidak ada target dan realisasi untuk memeriksanya",
                stated=cells[0].text,
                expected="target, realisasi, dan satuan setiap baris",
                places=(grid.place, cells[0].place),
                regulation="Permenpan-RB 53/2014, Lampiran III",
                suggestion="Tambahkan target dan realisasi setiap baris.",
            )

    for column in grid.columns_of(Role.REALISATION):
        cells = [
            row.cells[column]
            for row in grid.rows
            if column < len(row.cells) and not row.cells[column].spanned and row.cells[column].figure
        ]
        common = Counter(cell.figures[0].amount for cell in cells).most_common(1)
        targets = {
            row.cells[index].figures[0].amount
            for index in grid.columns_of(Role.TARGET)
            for row in grid.rows
            if row.cells[index].figure
        }
        if (
            len(cells) >= MANY
            and common[0][1] * 5 >= len(cells) * 4
            and common[0][0] not in targets
            and common[0][0] != 0
        ):
            same = [cell for cell in cells if cell.figures[0].amount == common[0][0]]
            yield Finding(
                CODE,
                "suspicious-pattern",
                Severity.WARNING,
                f"{len(same)} dari {len(cells)} realisasi sama, {same[0].text}, padahal indikatornya berlainan",
                stated=same[0].text,
                expected="realisasi yang diukur untuk setiap indikator",
                places=tuple(cell.place for cell in same[:8]),
                regulation="Permenpan-RB 53/2014, Lampiran III",
                suggestion="Periksa apakah yang tertulis realisasi setahun, bukan bobot triwulan.",
            )


def _has_evidence(grid: Grid) -> bool:
    return bool(grid.columns_of(Role.TARGET)) and bool(grid.columns_of(Role.REALISATION))


def _equal(report: Report) -> Iterator[Finding]:
    """Realisations that equal their targets, over all years and indicators of one table."""
    for grid in report.grids_of(TableKind.COMPARISON, TableKind.ACHIEVEMENT, TableKind.SUMMARY):
        pairs = [
            (target, claim)
            for claim in _claims(report, grid, Role.REALISATION)
            for target in _claims(report, grid, Role.TARGET)
            if target.row == claim.row and target.year == claim.year
        ]
        equal = [claim for target, claim in pairs if _amount(target) == _amount(claim)]
        if len(pairs) >= PAIRS and len(equal) * 2 > len(pairs) and len(equal) >= 4:
            yield Finding(
                CODE,
                "suspicious-pattern",
                Severity.INFO,
                f"Realisasi sama persis dengan target pada {len(equal)} dari {len(pairs)} pasangan",
                stated=listed([claim.text for claim in equal]),
                expected="sumber data setiap realisasi",
                places=(grid.place, *(claim.place for claim in equal[:6])),
                suggestion="Periksa sumber datanya.",
            )


def _low_targets(report: Report) -> Iterator[Finding]:
    """Targets of the year below what the year before had already reached, of which no sentence explains anything.

    A workbook holds the tables of a report, not its text; its silence means nothing.
    """
    year = report.identity.year
    if year is None or report.reading.form is Form.XLSX:
        return
    explained = [
        {figure.amount for figure in sentence.figures}
        for sentence in saying(report, _LOWERED, running=True)
        if _BECAUSE.search(sentence.text)
    ]
    found: dict[str, tuple[IndicatorClaim, IndicatorClaim]] = {}
    for before in report.indicators:
        if (
            before.role is not Role.REALISATION
            or before.year != year - 1
            or before.value is None
            or before.value.amount is None
        ):
            continue
        target = next(
            (
                item
                for item in report.indicators
                if item.key == before.key
                and item.role is Role.TARGET
                and item.year in (None, year)
                and item.value
                and item.value.amount is not None
                and item.value.kind is before.value.kind
            ),
            None,
        )
        if (
            target is not None
            and 0 < _amount(target) < _amount(before)
            and not _counts_down(report, before)
            and not any({_amount(target), _amount(before)} <= told for told in explained)
        ):
            found.setdefault(before.key, (before, target))
    if found:
        shown = "; ".join(
            f"target {target.text} < realisasi {year - 1} {before.text}" for before, target in found.values()
        )
        yield Finding(
            CODE,
            "suspicious-pattern",
            Severity.WARNING,
            f"Target {year} lebih rendah daripada realisasi {year - 1}: {shown}",
            stated=listed([target.text for _, target in found.values()]),
            expected="target sekurang-kurangnya realisasi tahun lalu, atau penjelasan",
            arithmetic=shown,
            places=tuple(place for before, target in found.values() for place in (before.place, target.place)),
            regulation="Permenpan-RB 88/2021",
            suggestion="Jelaskan mengapa target diturunkan.",
        )


def _counts_down(report: Report, before: IndicatorClaim) -> bool:
    """Whether lower is better: achievement and realisation lie on opposite sides of 100 and of the target in some year."""
    for claim in report.indicators:
        if (
            claim.key != before.key
            or claim.role is not Role.ACHIEVEMENT
            or claim.value is None
            or claim.value.amount is None
        ):
            continue
        same = [
            item
            for item in report.indicators
            if item.grid is claim.grid
            and item.row == claim.row
            and item.year == claim.year
            and item.value
            and item.value.amount is not None
        ]
        target = next((item for item in same if item.role is Role.TARGET), None)
        real = next((item for item in same if item.role is Role.REALISATION), None)
        if target and real and (claim.value.amount - 100) * (_amount(real) - _amount(target)) < 0:
            return True
    return False


def _claims(report: Report, grid: Grid, role: Role) -> list[IndicatorClaim]:
    return [
        claim
        for claim in report.indicators
        if claim.grid is grid and claim.role is role and claim.value and claim.value.amount is not None
    ]


def _amount(claim: IndicatorClaim) -> Decimal:
    return claim.value.amount if claim.value and claim.value.amount is not None else Decimal(0)
