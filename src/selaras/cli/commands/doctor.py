"""`selaras doctor`: look the installation over, point by point."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from selaras.cli.options import Subparsers, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit
from selaras.core.errors import CannotRun, Fault

MARKS = {"baik": "✓", "peringatan": "!", "masalah": "✗"}


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "doctor",
        "Periksa instalasi: basis data, ruang, izin, jejak audit, bukti, surel, jam, webhook, keamanan web.",
        "  selaras doctor\n  selaras doctor --mail --format json",
    )  # fmt: skip
    parser.add_argument("--mail", action="store_true", help="coba juga menyambung ke server surel")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def _refuse_nothing(data: Path) -> None:
    """Raises CannotRun where no installation is: opening it would make one of a folder that was mistyped."""
    from selaras.store.database import database

    asked = database(os.environ.get("DATABASE_URL", ""), data)
    file = Path(asked["NAME"])
    if asked["ENGINE"].endswith("sqlite3") and not file.exists():
        remedy = "Sebutkan folder kerjanya dengan --data, atau buat instalasi dengan `selaras serve`."
        told = Fault(f"tidak ada berkas {file.name} di folder {file.absolute().parent}", remedy=remedy)
        raise CannotRun(f"Tidak ada instalasi di folder {data.absolute()}.", told)


def run(args: argparse.Namespace) -> int:
    """Print every point; exit status 1 if one of them is a problem. Changes nothing, migrates nothing."""
    _refuse_nothing(args.data)
    open_web_workspace(args.data, migrating=False)
    from selaras.store.checkup import State, checkup

    points = list(checkup(mail=args.mail))
    if args.format == "json":
        emit([{"name": item.name, "state": item.state, "seen": item.seen, "remedy": item.remedy} for item in points])
    else:
        width = max(len(item.name) for item in points)
        for item in points:
            print(f"{MARKS[item.state]} {item.name.ljust(width)}  {item.seen}.")
            if item.remedy:
                print(f"  {' ' * width}  → {item.remedy}")
    return int(any(item.state is State.PROBLEM for item in points))
