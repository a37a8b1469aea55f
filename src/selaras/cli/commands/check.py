"""`selaras check`: what the gates find in plan, agreement and budget, before anything is signed."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from selaras.cli.options import Subparsers, actor, add_agency_year, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit
from selaras.core.finding import Finding, Severity


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "check", "Bandingkan Renstra, RKT, IKU, PK, dan anggaran; sebutkan setiap perbedaan.",
        "  selaras check --agency KPU-PROB --year 2022",
    )  # fmt: skip
    add_agency_year(parser)
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the findings; status 1 if there is an error among them."""
    open_workspace(args.data)
    from selaras.actions.reports import findings

    found = findings(actor(), agency=args.agency, year=args.year)
    if args.format == "json":
        emit([as_json(finding) for finding in found])
    else:
        for finding in found:
            print(line(finding))
        print(summary(found))
    return int(any(finding.severity is Severity.ERROR for finding in found))


def line(finding: Finding) -> str:
    """One finding in one line."""
    told = finding.stated in finding.message or not (finding.stated and finding.expected)
    sides = "" if told else f" [{finding.stated} ≠ {finding.expected}]"
    return f"{finding.severity.word:10} {finding.code:24} {finding.message}{sides}"


def summary(found: Sequence[Finding]) -> str:
    """Counts by severity."""
    if not found:
        return "Tidak ada temuan."
    counts = Counter(finding.severity for finding in found)
    return "; ".join(f"{counts[severity]} {severity.word}" for severity in Severity if counts[severity]) + "."


def as_json(finding: Finding) -> dict[str, object]:
    """One finding for machines."""
    return {
        "code": finding.code, "kind": finding.kind, "severity": finding.severity.value, "message": finding.message,
        "stated": finding.stated, "expected": finding.expected, "regulation": finding.regulation,
        "places": [place.sentence() for place in finding.places],
    }  # fmt: skip
