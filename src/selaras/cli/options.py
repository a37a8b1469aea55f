"""Options that several commands share, and the actor at the terminal."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path

from selaras.core.access import Actor, operator

FIRST_YEAR, LAST_YEAR = 1900, 2200

Subparsers = argparse._SubParsersAction  # noqa: SLF001 (argparse names it no other way)


def add_command(subparsers: Subparsers, name: str, help_: str, examples: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    """A subcommand with its help and examples."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=help_,
        description=help_,
        epilog=f"contoh:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def workspace() -> Path:
    """The workspace where nobody names one: `SELARAS_DATA`, as the server reads it, else `./selaras-data`."""
    return Path(os.environ.get("SELARAS_DATA") or "selaras-data")


def add_data(parser: argparse.ArgumentParser) -> None:
    """`--data DIR`: the workspace with database, evidence and reports."""
    parser.add_argument(
        "--data", type=Path, default=workspace(), metavar="DIR",
        help="folder kerja: basis data, bukti, laporan (bawaan: SELARAS_DATA, atau ./selaras-data)",
    )  # fmt: skip


def add_format(parser: argparse.ArgumentParser) -> None:
    """`--format text|json`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran (bawaan: text)")


def add_agency_year(parser: argparse.ArgumentParser) -> None:
    """`--agency` and `--year`."""
    parser.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    parser.add_argument("--year", required=True, type=year, metavar="TAHUN", help="tahun laporan")


def year(text: str) -> int:
    """A year of four digits, as an argument."""
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} bukan tahun empat angka seperti 2025")


def open_workspace(data: Path) -> None:
    """Open (or make) the workspace; only commands that need the database pay for loading Django."""
    from selaras.store import setup

    setup(data)


def open_web_workspace(data: Path, *, migrating: bool = True) -> None:
    """Open the workspace with the settings of the web, which know accounts, sessions and mail."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "selaras.web.settings"
    from selaras.store import setup

    setup(data, migrating=migrating)


def actor() -> Actor:
    """The person at the terminal."""
    try:
        return operator(getpass.getuser())
    except (KeyError, OSError):  # a container without a user database
        return operator("operator")
