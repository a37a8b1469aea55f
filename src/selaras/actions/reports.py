"""Documents out of the database: composed from a snapshot, written in any format; figures and findings beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Actor, check_may_compose
from selaras.core.errors import CannotRun
from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.core.period import Period, Span
from selaras.core.reporting import KINDS
from selaras.core.reporting import compose as compose_document
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import Snapshot
from selaras.documents.write import FORMATS, write
from selaras.rulebook import load
from selaras.store.evidence import reader
from selaras.store.snapshot import load_snapshot


def compose(
    by: Actor,
    *,
    agency: str,
    year: int,
    kind: str,
    formats: Sequence[str],
    output: Path,
    period: Period | None = None,
) -> list[Path]:
    """Compose one document of an agency and year and write it in each format into the folder `output`.

    The files are named by kind, year (or period) and agency, `lkjip-2024-BIRO-ORG.pdf`, and appear whole or not at
    all; the audit record holds the SHA-256 of each. Raises NotFound, NotAllowed, and CannotRun for a kind or format
    that is unknown or a period that is missing.
    """
    check_may_compose(by, agency)
    if kind not in KINDS:
        raise CannotRun(f"Jenis dokumen “{kind}” tidak dikenal; pilihan: {', '.join(KINDS)}.")
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise CannotRun(f"Format “{', '.join(unknown)}” tidak dikenal; pilihan: {', '.join(FORMATS)}.")
    snapshot = load_snapshot(agency, year)
    document = compose_document(snapshot, _law_of(snapshot), kind=kind, period=period)
    stem = _stem_of(kind, agency, period or Period(year))
    paths = [output / f"{stem}.{name}" for name in dict.fromkeys(formats)]
    for path in paths:
        with written(path) as draft:
            write(document, path.suffix[1:], draft, files=reader(agency))
    with traced(by, action="menyusun dokumen", agency=agency) as details:
        details |= {"kind": kind, "year": year, "files": {path.name: sha256_of(path) for path in paths}}
    return paths


def figures(by: Actor, *, agency: str, year: int) -> Figures:
    """Every figure of an agency and year, each computed on first use. Raises NotFound and NotAllowed."""
    check_may_compose(by, agency)
    snapshot = load_snapshot(agency, year)
    with traced(by, action="melihat angka", agency=agency) as details:
        details["year"] = year
    return Figures(snapshot, _law_of(snapshot))


def findings(by: Actor, *, agency: str, year: int) -> tuple[Finding, ...]:
    """What the gates say about the plan and the agreement of an agency and year. Raises NotFound and NotAllowed."""
    check_may_compose(by, agency)
    snapshot = load_snapshot(agency, year)
    asked = Figures(snapshot, _law_of(snapshot))
    found = (*asked.findings, *asked.plan_findings)
    with traced(by, action="memeriksa rencana dan perjanjian", agency=agency) as details:
        details |= {"year": year, "findings": len(found)}
    return found


def _law_of(snapshot: Snapshot) -> Law:
    """The rulebook as it stood when the report was signed, else at the end of its year."""
    return load(snapshot.settings.signed_on or date(snapshot.year, 12, 31))


def _stem_of(kind: str, agency: str, period: Period) -> str:
    """The name of a document's files without ending: safe on every file system."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", agency).strip(".-") or "instansi"
    part = {Span.YEAR: "", Span.QUARTER: f"-tw{period.index}", Span.MONTH: f"-{period.index:02}"}.get(period.span, "")
    return f"{kind}-{period.year}{part}-{safe}"
