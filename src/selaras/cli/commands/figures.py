"""`selaras figures`: the achievements and the budget of an agency and year, each with its formula."""

from __future__ import annotations

import argparse
from typing import Any

from selaras.cli.options import Subparsers, actor, add_agency_year, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, table
from selaras.core.numerals import format_rupiah
from selaras.core.planning import PlanDocument
from selaras.core.reporting.figures import Figures


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "figures", "Tampilkan capaian, kemajuan, serapan, dan efisiensi beserta rumusnya.",
        "  selaras figures --agency BIRO-ORG --year 2024\n  selaras figures --agency BIRO-ORG --year 2024 --explain",
    )  # fmt: skip
    add_agency_year(parser)
    parser.add_argument("--explain", action="store_true", help="cantumkan rumus dan masukan tiap angka")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    open_workspace(args.data)
    from selaras.actions.reports import figures

    found = figures(actor(), agency=args.agency, year=args.year)
    if args.format == "json":
        emit(as_json(found))
        return 0
    print(achievements(found))
    total = found.total_absorption
    if found.programmes:
        budget, spent = format_rupiah(found.total_budget), format_rupiah(found.total_spent)
        print(f"\nAnggaran {budget}; realisasi {spent}; penyerapan {total.shown()}")
    if args.explain:
        print()
        lines = [f"{figure.name}: {figure.arithmetic()}" for _, figure in sorted(found.computed.items())]
        print("\n".join(dict.fromkeys(lines)))
    return 0


def achievements(found: Figures) -> str:
    """One row per indicator; the RKT's target is shown beside that of the agreement."""
    rows = []
    for indicator in found.measured:
        figure = found.achievement(indicator)
        band = found.band(figure)
        planned = found.planned(indicator, found.year, PlanDocument.RKT)
        against = found.achievement(indicator, found.year, planned).shown() if planned.value else "–"
        realised = found.realised(indicator, found.year).value
        rows.append([
            indicator.name, found.aim(indicator, found.year).shown(), realised.shown() if realised else "–", figure.shown(),
            against, found.progress(indicator).shown(), found.efficiency(indicator).shown(), band.label if band else "–",
        ])  # fmt: skip
    headers = ("indikator", "target", "realisasi", "capaian", "thd. RKT", "kemajuan", "efisiensi", "kelas")
    return table(headers, rows, right=(1, 2, 3, 4, 5, 6), widest=52)


def as_json(found: Figures) -> dict[str, Any]:
    """Every figure with its formula, inputs and exact value."""
    achievements(found)  # asks for every figure of the table
    for indicator in found.measured:
        planned = found.planned(indicator, found.year, PlanDocument.RKT)
        if planned.value:
            found.efficiency(indicator, planned)
        for year in found.history:
            found.achievement(indicator, year)
    budget = [found.absorption(node) for node in found.walk() if node.code in found.budget]
    return {
        "agency": found.snapshot.agency.code, "year": found.year,
        "budget": {"total": str(found.total_budget), "spent": str(found.total_spent), "absorption": found.total_absorption.shown()},
        "figures": [
            {
                "key": item.key, "name": item.name, "value": None if item.value is None else str(item.value),
                "shown": item.shown(), "status": item.status.value, "formula": item.formula,
                "inputs": [{"label": part.label, "shown": part.shown} for part in item.inputs],
            }
            for item in dict.fromkeys([*found.computed.values(), *budget])
        ],
    }  # fmt: skip
