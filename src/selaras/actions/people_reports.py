"""The reports over all SKPs as files; who takes one out of the house leaves a record of it, as for the forms of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from selaras.actions._files import sha256_of, written
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.people.alignment import AlignedRow
from selaras.core.people.ratings import Predicate
from selaras.documents.write.listing import grid
from selaras.store.people_reports import AlignmentReport, DistributionLine, alignment_of, distribution_of

ALIGNMENT = (
    "Jabatan", "Indikator PK", "Target PK", "Hasil kerja SKP", "Indikator SKP", "Target SKP", "Target Renstra",
    "Didukung", "Temuan",
)  # fmt: skip
DISTRIBUTION = ("Unit", "Memiliki SKP", *(item.value for item in Predicate), "Predikat organisasi")


def export_alignment(by: Actor, *, agency: str, year: int, only: str = "", output: Path) -> Path:
    """Write PK, SKP and Renstra beside each other, whole, as a spreadsheet into the folder `output`.

    `only` keeps the rows with one kind of gap (a code of `core.people.alignment`). Raises NotAllowed, NotFound.
    """
    with traced(by, action="mengekspor laporan SKP", agency=agency) as trace:
        check_somewhere(by, Act.EXPORT, agency)
        report = alignment_of(agency, year)
        rows = [row for row in report.table if not only or any(item.code == only for item in row.findings)]
        trace |= {"report": "keselarasan", "year": year, "only": only, "count": len(rows)}
        return _written(
            trace, output, f"keselarasan-{agency}-{year}", ALIGNMENT, (_aligned(report, row) for row in rows)
        )


def export_distribution(by: Actor, *, agency: str, year: int, output: Path) -> Path:
    """Write how predicates spread by unit as a spreadsheet; it hides the same small counts as the page.

    Raises NotAllowed, NotFound.
    """
    with traced(by, action="mengekspor laporan SKP", agency=agency) as trace:
        check_somewhere(by, Act.EXPORT, agency)
        lines = distribution_of(by, agency, year)
        trace |= {"report": "distribusi predikat", "year": year, "count": len(lines)}
        return _written(trace, output, f"distribusi-predikat-{agency}-{year}", DISTRIBUTION, map(_counted, lines))


def _written(
    trace: Trace, output: Path, stem: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Path:  # fmt: skip
    path = output / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', stem).strip('.-').lower()}.xlsx"
    with written(path) as draft:
        draft.write_bytes(grid(stem.split("-", maxsplit=1)[0].capitalize(), list(heads), rows))
    trace["sha256"] = sha256_of(path)
    return path


def _aligned(report: AlignmentReport, row: AlignedRow) -> list[Any]:
    own, line = row.row, row.line
    position = report.plans.get(own.plan, "") if own else ""
    return [
        report.titles.get(position, position), line.wording if line else "", line.target.shown() if line else "",
        own.result if own else "", own.measure if own else "", own.target_text() if own else "",
        row.strategic.value.shown() if row.strategic else "", row.below, "; ".join(item.message for item in row.findings),
    ]  # fmt: skip


def _counted(line: DistributionLine) -> list[Any]:
    counts = list(line.counts) if line.counts else ["–"] * len(Predicate)
    return [line.name, line.people, *counts, line.organisation.value if line.organisation else ""]
