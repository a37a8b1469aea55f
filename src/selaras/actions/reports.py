"""Documents out of the database: composed from a snapshot, written in any format; figures and findings beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions._rules import faults_of_codes, law_of
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check
from selaras.core.errors import Refusal
from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.core.period import Period, Span
from selaras.core.reporting import KINDS
from selaras.core.reporting import compose as compose_document
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.gates import gates, plan_remarks, settled
from selaras.core.snapshot import Snapshot
from selaras.documents.workbook.check import Checker
from selaras.documents.write import FORMATS, write
from selaras.store.evidence import reader, with_damage
from selaras.store.snapshot import load_snapshot
from selaras.store.turns import Lane, turn


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

    The files are named by kind, year (and period) and agency, `lkjip-2024-BIRO-ORG.pdf`; each appears whole or not
    at all, and the audit record holds its SHA-256. The law is that of the day of signing, else the year's last day.
    Raises NotFound, NotAllowed, CannotRun, and Refusal for a kind or format that is unknown.
    """
    check(by, Act.COMPOSE, agency)
    _check_choice("Jenis dokumen", [kind], KINDS)
    _check_choice("Format", formats, FORMATS)
    snapshot = load_snapshot(agency, year)
    told = replace(snapshot, evidence=with_damage(agency, snapshot.evidence))
    document = compose_document(told, _law_of(snapshot), kind=kind, period=period)
    paths = [output / f"{_stem(kind, year, period, agency)}.{name}" for name in dict.fromkeys(formats)]
    with turn(Lane.COMPOSING, agency):
        for path in paths:
            with written(path) as draft:
                write(document, path.suffix[1:], draft, files=reader(agency))
    with traced(by, action="menyusun dokumen", agency=agency) as details:
        details |= {"kind": kind, "year": year, "files": {path.name: sha256_of(path) for path in paths}}
    return paths


def figures(by: Actor, *, agency: str, year: int) -> Figures:
    """Every figure of an agency and year, as its reports print them. Raises NotFound and NotAllowed."""
    check(by, Act.COMPOSE, agency)
    snapshot = load_snapshot(agency, year)
    with traced(by, action="menghitung capaian", agency=agency) as details:
        details["year"] = year
    return Figures(snapshot, _law_of(snapshot))


def findings(by: Actor, *, agency: str, year: int) -> list[Finding]:
    """What the gates say about plan, agreement, budget and entries of an agency and year, before anything is composed,
    and what a planner should look at again in the words and the logic of the plan.

    Raises NotFound and NotAllowed.
    """
    check(by, Act.COMPOSE, agency)
    snapshot = load_snapshot(agency, year)
    known = Figures(snapshot, _law_of(snapshot))
    found = [*gates(known), *settled(known), *plan_remarks(known)]
    with traced(by, action="memeriksa keselarasan", agency=agency) as details:
        details |= {"year": year, "findings": len(found)}
    return found


def _law_of(snapshot: Snapshot) -> Law:
    """The law for the report, after a look whether it knows what the settings name."""
    faults = tuple(faults_of_codes(snapshot.settings, Checker({}), date.today()))
    if faults:
        raise Refusal(f"Pengaturan laporan tahun {snapshot.year} tidak dapat dipakai.", *faults)
    return law_of(snapshot.settings)


def _check_choice(what: str, given: Sequence[str], known: Sequence[str] | dict[str, str]) -> None:
    unknown = [name for name in given if name not in known]
    if unknown or not given:
        raise Refusal(f"{what} “{', '.join(unknown)}” tidak dikenal. Yang ada: {', '.join(known)}.")


def _stem(kind: str, year: int, period: Period | None, agency: str) -> str:
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", agency).strip(".-") or "instansi"
    part = {
        Span.QUARTER: f"-tw{period.index}", Span.SEMESTER: f"-smt{period.index}", Span.MONTH: f"-{period.index:02}",
    }.get(period.span, "") if period else ""  # fmt: skip
    return f"{kind}-{year}{part}-{safe}"
