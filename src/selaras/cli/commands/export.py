"""`selaras export`: the data of an agency and year as a workbook that can be loaded again."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace, year
from selaras.cli.output import emit


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "export", "Tulis data instansi dan tahun sebagai buku kerja.",
        "  selaras export BIRO-ORG 2024\n  selaras export BIRO-ORG 2024 --output cadangan.xlsx",
    )  # fmt: skip
    parser.add_argument("agency", metavar="INSTANSI", help="kode instansi")
    parser.add_argument("year", type=year, metavar="TAHUN")
    parser.add_argument("--output", type=Path, metavar="BERKAS.xlsx")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the workbook."""
    open_workspace(args.data)
    from selaras.actions.exchange import save_workbook

    path = args.output or Path(re.sub(r"[^\w.-]+", "-", f"{args.agency}-{args.year}.xlsx").lstrip(".-"))
    save_workbook(actor(), agency=args.agency, year=args.year, path=path)
    if args.format == "json":
        emit({"agency": args.agency, "year": args.year, "file": str(path)})
    else:
        print(f"Buku kerja ditulis: {path}")
    return 0
