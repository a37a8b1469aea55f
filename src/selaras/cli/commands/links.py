"""`selaras links`: look whether the web pages named as evidence are still there; for a timer."""

from __future__ import annotations

import argparse

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "links", "Periksa tautan bukti: masih terbuka atau tidak. Untuk dijalankan berkala.",
        "  selaras links BIRO-ORG\n  selaras links BIRO-ORG --year 2024 --format json",
    )  # fmt: skip
    parser.add_argument("agency", metavar="INSTANSI")
    parser.add_argument("--year", type=int, metavar="TAHUN", help="hanya bukti dari tahun ini")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Look at each link and print what was found; status 1 if some page is not there."""
    open_workspace(args.data)
    from selaras.actions.links import check_links

    states = check_links(actor(), agency=args.agency, year=args.year)
    broken = [state for state in states if not state.healthy]
    if args.format == "json":
        emit([
            {"indicator": one.indicator, "title": one.title, "address": one.address, "healthy": one.healthy, "answer": one.answer}
            for one in states
        ])  # fmt: skip
    else:
        for one in states:
            print(
                f"{'terbuka' if one.healthy else 'rusak  '}\t{one.indicator}\t{one.title}\t{one.address}\t{one.answer}"
            )
        print(f"{len(states)} tautan diperiksa, {len(broken)} tidak terbuka.")
    return 1 if broken else 0
