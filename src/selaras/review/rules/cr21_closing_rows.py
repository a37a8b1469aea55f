"""Nilai akhir yang disebut kalimat dengan nama barisnya harus sama dengan baris itu dalam tabel.

Mengapa: “nilai kinerja organisasi sebesar 103,41%” adalah simpulan seluruh tabel; ia disalin ke ringkasan dan mudah tertinggal.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: “nilai kinerja balai sebesar 130,10%”, padahal baris “Nilai Kinerja Balai” 103,10.
Benar: “nilai kinerja balai sebesar 103,10%”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import fraction
from selaras.review.likeness import fold
from selaras.review.prose import YEAR, around, quoted, running
from selaras.review.report import Grid, GridRow, Report, Role
from selaras.review.spoken import spoken
from selaras.review.subjects import agrees
from selaras.review.wording import amount, places, short, table_name

CODE = "CR21"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
FEWEST = 3
"""Words that a label must have to be recognised."""
LAST = 3
"""So many rows at the end of a table can close it."""
_SUMS_UP = re.compile(r"\b(?:nilai|kinerja|capaian|indeks|skor|rata-?\s?rata)\b", re.IGNORECASE)
_MEAN_OF = re.compile(r"(?:rata-?\s?rata|rerata|jumlah|total)\s*\((?P<name>[^()\d]{8,60})\)", re.IGNORECASE)
_SAYS = re.compile(
    r"\s*(?:\((?:[A-Z]{2,8})\)\s*)?(?:(?:pada\s+)?[Tt]ahun\s+(?:anggaran\s+)?\d{4}\s*)?(?:[a-z]+\s+){0,3}?"
    r"(?:sebesar|adalah|mencapai|yaitu|yakni|menjadi|ialah)\s*"
)


@dataclass(frozen=True, slots=True)
class _Closing:
    """A row below the indicators of a table that gives the whole a value."""

    grid: Grid
    row: GridRow
    label: str
    values: tuple[Fraction, ...]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every sentence that gives such a row a value."""
    closings = list(_closings(report))
    if not closings:
        return
    known = re.compile(rf"\b(?:{'|'.join(_spelled(each.label) for each in closings)})\b", re.IGNORECASE)
    for sentence in running(report):
        for match in known.finditer(sentence.text):
            years = {int(year) for year in YEAR.findall(sentence.text)}
            own = [each for each in closings if fold(each.label) == fold(match[0])]
            item = next((item for item in spoken(sentence) if item.start >= match.end()), None)
            if item is None or (years and report.identity.year not in years):
                continue
            said = _SAYS.fullmatch(sentence.text[match.end() : item.start])
            if said and own and not any(agrees(item.figure, each.values) for each in own):
                each = own[0]
                told = next(cell.text for cell in reversed(each.row.cells) if cell.figures)
                yield Finding(
                    CODE, "text-vs-table", Severity.ERROR,
                    f"“{short(each.label)}” dalam kalimat {amount(item.figure)}, dalam {table_name(each.grid)} {told}.",
                    stated=amount(item.figure), expected=told,
                    places=places([
                        quoted(around(sentence.text, match.start(), item.end), sentence.place_at(match.start())),
                        *(cell for cell in each.row.cells if cell.figures),
                    ]),
                    regulation=REGULATION, suggestion="Samakan kalimat dengan tabel, atau hitung ulang tabelnya.",
                )  # fmt: skip


def _closings(report: Report) -> Iterator[_Closing]:
    for grid in report.grids:
        if not grid.columns_of(Role.INDICATOR, Role.SASARAN):
            continue
        for row in grid.rows[-LAST:]:
            texts = [cell.text for cell in row.cells if cell.text and not cell.figures and not cell.spanned]
            label = _label(max(texts, key=len, default=""))
            values = tuple(fraction(figure.amount) for cell in row.cells for figure in cell.figures if not cell.spanned)
            named = len(label.split()) >= FEWEST and _SUMS_UP.search(label)
            if (
                values
                and named
                and len(texts) <= 2
                and not row.marker.strip(" .()").isdigit()
                and not _measures(grid, row)
            ):
                yield _Closing(grid, row, label, values)


def _label(text: str) -> str:
    """The words of a label without brackets; of a mean (`Rata-rata (Nilai Kinerja Organisasi)`) those in its bracket."""
    named = _MEAN_OF.fullmatch(text.strip())
    return named["name"].strip() if named else re.sub(r"\s*\([^()]*\)\s*", " ", text).strip()


def _measures(grid: Grid, row: GridRow) -> bool:
    """Whether the row has a target and a realisation as indicators have."""
    return all(any(row.cells[at].figures for at in grid.columns_of(role)) for role in (Role.TARGET, Role.REALISATION))


def _spelled(label: str) -> str:
    return r"\W+".join(map(re.escape, label.split()))
