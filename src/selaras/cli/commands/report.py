"""`selaras report`: compose a document and write it in each format."""

from __future__ import annotations

import argparse
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_agency_year, add_command, add_data, open_workspace
from selaras.cli.output import emit, step
from selaras.core.errors import CannotRun
from selaras.core.period import Period, Span
from selaras.core.reporting import KINDS
from selaras.documents.write import FORMATS


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "report", "Susun dokumen: LKjIP, PK, laporan triwulan atau bulanan, rencana aksi, formulir pengukuran.",
        "  selaras report --agency BIRO-ORG --year 2024 --kind lkjip --format pdf,docx,html,xlsx --output laporan\n"
        "  selaras report --agency KPU-PROB --year 2022 --kind pk\n"
        "  selaras report --agency BIRO-ORG --year 2024 --kind triwulan --quarter 2",
    )  # fmt: skip
    add_agency_year(parser)
    parser.add_argument(
        "--kind", choices=list(KINDS), default="lkjip", help="; ".join(f"{key}: {text}" for key, text in KINDS.items())
    )
    parser.add_argument(
        "--format", default="pdf", metavar="F,F",
        help="pdf, docx, html, xlsx dipisah koma; tambahkan json agar hasil dicetak sebagai JSON (bawaan: pdf)",
    )  # fmt: skip
    parser.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="triwulan, untuk --kind triwulan")
    parser.add_argument("--month", type=int, choices=range(1, 13), metavar="1..12", help="bulan, untuk --kind bulanan")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder hasil (bawaan: folder laporan di folder kerja)"
    )
    add_data(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compose, write, and name the files."""
    formats = [name.strip().lower() for name in args.format.split(",") if name.strip()]
    machine = "json" in formats
    formats = [name for name in formats if name != "json"] or ["pdf"]
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise CannotRun(f"Format {', '.join(unknown)} tidak dikenal; pilihan: {', '.join(FORMATS)}, json.")
    period = period_of(args)
    open_workspace(args.data)
    from selaras.actions.reports import compose

    output = args.output or args.data / "reports"
    with step(f"Menyusun {args.kind} {args.agency} {args.year} ({', '.join(formats)})", quiet=machine):
        paths = compose(
            actor(), agency=args.agency, year=args.year, kind=args.kind, formats=formats, output=output, period=period
        )
    if machine:
        emit({"agency": args.agency, "year": args.year, "kind": args.kind, "files": [str(path) for path in paths]})
    else:
        for path in paths:
            print(path)
    return 0


def period_of(args: argparse.Namespace) -> Period | None:
    """The period that the kind needs; a clear refusal where it is missing or does not fit."""
    if args.kind == "triwulan":
        if args.quarter is None:
            raise CannotRun("Laporan triwulan memerlukan --quarter 1, 2, 3, atau 4.")
        return Period(args.year, Span.QUARTER, args.quarter)
    if args.kind == "bulanan":
        if args.month is None:
            raise CannotRun("Laporan bulanan memerlukan --month 1 sampai 12.")
        return Period(args.year, Span.MONTH, args.month)
    if args.quarter or args.month:
        raise CannotRun(f"--quarter dan --month tidak berlaku bagi --kind {args.kind}.")
    return None
