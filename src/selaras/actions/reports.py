"""Documents out of the database: composed from a snapshot, written in any format, and findings beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Actor, check_may_compose
from selaras.core.agreements.gate import gate
from selaras.core.errors import Refusal
from selaras.core.finding import Finding
from selaras.core.period import quarter as quarter_of
from selaras.core.planning.checks import check_plan
from selaras.core.reporting import compose as compose_document
from selaras.documents.write import write
from selaras.rulebook import law_on
from selaras.store.evidence import reader
from selaras.store.snapshot import load_snapshot

KINDS = ("lkjip", "pk", "rencana-aksi", "triwulan", "pps")
FORMATS = ("pdf", "docx", "html", "xlsx")


def compose(
    by: Actor,
    *,
    agency: str,
    year: int,
    kind: str,
    formats: Sequence[str],
    output: Path,
    quarter: int | None = None,
) -> list[Path]:
    """Compose one document of an agency and year and write it in each format into the folder `output`.

    The files are named by kind, year (quarter) and agency, `lkjip-2024-BIRO-ORG.pdf`, and appear whole or not at
    all; the audit record holds the SHA-256 of each. Raises NotFound, NotAllowed, CannotRun, and Refusal for a
    kind or format that is unknown.
    """
    check_may_compose(by, agency)
    if kind not in KINDS:
        raise Refusal(f"Jenis dokumen “{kind}” tidak dikenal. Yang ada: {', '.join(KINDS)}.")
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise Refusal(f"Format “{', '.join(unknown)}” tidak dikenal. Yang ada: {', '.join(FORMATS)}.")
    snapshot = load_snapshot(agency, year)
    period = quarter_of(year, quarter) if quarter is not None else None
    law = law_on(snapshot.settings.signed_on or date(year, 12, 31))
    document = compose_document(snapshot, law, kind=kind, period=period)
    paths = [output / f"{_stem(kind, year, quarter, agency)}.{name}" for name in dict.fromkeys(formats)]
    for path in paths:
        with written(path) as draft:
            write(document, path.suffix[1:], draft, files=reader(agency))
    with traced(by, action="menyusun dokumen", agency=agency) as details:
        details |= {"kind": kind, "year": year, "files": {path.name: sha256_of(path) for path in paths}}
    return paths


def findings(by: Actor, *, agency: str, year: int) -> list[Finding]:
    """What the gates say about the plan and the agreements of an agency and year, before anything is composed.

    Raises NotFound and NotAllowed.
    """
    check_may_compose(by, agency)
    snapshot = load_snapshot(agency, year)
    found = [*check_plan(snapshot), *gate(snapshot)]
    with traced(by, action="memeriksa rencana dan perjanjian", agency=agency) as details:
        details |= {"year": year, "findings": len(found)}
    return found


def _stem(kind: str, year: int, quarter: int | None, agency: str) -> str:
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", agency).strip(".-") or "instansi"
    part = f"{year}-tw{quarter}" if quarter is not None else str(year)
    return f"{kind}-{part}-{safe}"
