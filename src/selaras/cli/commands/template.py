"""`selaras template`: an empty workbook to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from selaras.cli.options import Subparsers, add_command, add_format
from selaras.cli.output import emit
from selaras.core.errors import CannotRun
from selaras.core.org import AgencyKind


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "template", "Tulis buku kerja kosong untuk diisi.",
        "  selaras template isian.xlsx\n  selaras template kpu.xlsx --kind 'sekretariat KPU'",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="BERKAS.xlsx")
    parser.add_argument("--kind", choices=[kind.value for kind in AgencyKind], help="jenis instansi untuk isian awal")
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the template."""
    from selaras.documents.workbook import write_template

    if args.file.exists():
        raise CannotRun(
            f"{args.file} sudah ada dan mungkin sudah diisi. Pilih nama lain, atau hapus dahulu berkas itu."
        )
    write_template(args.file, kind=AgencyKind(args.kind) if args.kind else None)
    if args.format == "json":
        emit({"file": str(args.file)})
    else:
        print(f"Buku kerja ditulis: {args.file}")
    return 0
