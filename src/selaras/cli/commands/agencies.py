"""`selaras agencies`: which agencies and years the workspace holds."""

from __future__ import annotations

import argparse

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, table


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "agencies", "Daftar instansi dan tahun yang tersimpan.",
        "  selaras agencies\n  selaras agencies --format json",
    )  # fmt: skip
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one row per agency."""
    open_workspace(args.data)
    from selaras.store.snapshot import agencies

    found = agencies(actor())
    if args.format == "json":
        emit([{"code": item.code, "name": item.name, "years": list(item.years)} for item in found])
    elif found:
        print(
            table(
                ("kode", "nama", "tahun"), [[item.code, item.name, ", ".join(map(str, item.years))] for item in found]
            )
        )
    else:
        print("Belum ada instansi. Muat buku kerja dengan: selaras import BERKAS.xlsx")
    return 0
