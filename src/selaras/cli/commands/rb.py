"""`selaras rb`: the reform index of a year with its formula, the units and the action plans."""

from __future__ import annotations

import argparse
from typing import Any

from selaras.cli.options import Subparsers, actor, add_agency_year, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, table


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "rb", "Lembar Indeks RB satu tahun dengan rumusnya, indeks unit, dan rencana aksi.",
        "  selaras rb --agency BIRO-ORG --year 2024\n  selaras rb --agency BIRO-ORG --year 2024 --format json",
    )  # fmt: skip
    add_agency_year(parser)
    add_format(parser)
    add_data(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the sheet; 1 while a person must say how the evaluator counted."""
    open_workspace(args.data)
    from selaras.store.reform import actions_of, sheet_of, units_of

    sheet = sheet_of(args.agency, args.year)
    board = actions_of(actor(), args.agency, args.year)
    share = units_of(args.agency, args.year).share
    made = sheet.index
    told: dict[str, Any] = {
        "index": made.index.shown() if made else None, "predicate": made.predicate if made else "",
        "formula": made.formula() if made else "", "question": made.question if made else "",
        "attribution": sheet.attribution.sentence if sheet.attribution else "",
        "units": {"good": share.good, "whole": share.whole, "share": share.figure.shown()},
        "actions": [
            {"code": line.action.code, "title": line.action.title, "achievement": line.figures[-1].shown()}
            for line in board.lines
        ],
    }  # fmt: skip
    if args.format == "json":
        emit(told)
    else:
        _print(args.year, told)
    return 1 if made and made.question else 0


def _print(year: int, told: dict[str, Any]) -> None:
    if told["index"] is None:
        print(f"Lembar Indeks RB {year} belum dicatat.")
    else:
        print(f"Indeks RB {year}: {told['index']} ({told['predicate']})\n{told['formula']}")
        print(told["attribution"])
        if told["question"]:
            print(told["question"])
    units = told["units"]
    print(f"Unit dengan RB baik: {units['good']} dari {units['whole']} ({units['share']})")
    if told["actions"]:
        rows = [[item["code"], item["title"], item["achievement"]] for item in told["actions"]]
        print(table(["Kode", "Rencana aksi", "Capaian"], rows, right=[2]))
