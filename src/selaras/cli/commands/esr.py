"""`selaras esr`: the package for the ministry's e-SAKIP Reviu as a ZIP."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from selaras.cli.options import (
    Subparsers,
    actor,
    add_agency_year,
    add_command,
    add_data,
    add_format,
    open_web_workspace,
)
from selaras.cli.output import emit

EXAMPLES = """  selaras esr --agency BIRO-ORG --year 2024
  selaras esr --agency BIRO-ORG --year 2024 --drafts --output draf.zip
  selaras esr --agency BIRO-ORG --year 2024 --user-id 123 --type-id lkj=17 --type-id pk=9"""


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers,
        "esr",
        "Buat paket untuk e-SAKIP Reviu: dokumen terbit, data, dan manifes dengan sidik SHA-256.",
        EXAMPLES,
    )
    add_agency_year(parser)
    parser.add_argument("--output", type=Path, metavar="BERKAS.zip")
    parser.add_argument(
        "--drafts", action="store_true", help="sertakan dokumen yang disusun dari data saat ini, ditandai draf"
    )
    parser.add_argument("--user-id", default="", metavar="NOMOR", help="nomor instansi pada layanan")
    parser.add_argument(
        "--type-id", action="append", type=_pair, default=[], metavar="JENIS=NOMOR",
        help="nomor jenis dokumen pada layanan untuk tahun itu; dapat diulang",
    )  # fmt: skip
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the package."""
    open_web_workspace(args.data)
    from selaras.actions.esr import save_esr

    path = args.output or Path(re.sub(r"[^\w.-]+", "-", f"esr-{args.year}-{args.agency}.zip"))
    save_esr(
        actor(), agency=args.agency, year=args.year, path=path, drafts=args.drafts, type_ids=dict(args.type_id),
        user_id=args.user_id,
    )  # fmt: skip
    if args.format == "json":
        emit({"agency": args.agency, "year": args.year, "file": str(path)})
    else:
        print(f"Paket ESR ditulis: {path}")
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, mark, number = text.partition("=")
    if not mark or not name or not number:
        raise argparse.ArgumentTypeError(f"{text} bukan JENIS=NOMOR seperti lkj=17")
    return name, number
