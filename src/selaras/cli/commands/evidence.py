"""`selaras evidence`: copy a file into the evidence store; the printed name goes into the workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit
from selaras.core.errors import CannotRun


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "evidence", "Simpan berkas bukti atau foto; nama yang dicetak ditulis pada lembar Bukti atau Foto.",
        "  selaras evidence BIRO-ORG rapat.jpg daftar-hadir.pdf",
    )  # fmt: skip
    parser.add_argument("agency", metavar="INSTANSI")
    parser.add_argument("files", type=Path, nargs="+", metavar="BERKAS")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Store each file and print its name in the store."""
    open_workspace(args.data)
    from selaras.actions.evidence import attach

    if missing := [str(path) for path in args.files if not path.is_file()]:
        raise CannotRun(f"Berkas {', '.join(missing)} tidak ditemukan. Belum ada berkas yang disimpan.")
    stored = {str(path): attach(actor(), agency=args.agency, path=path) for path in args.files}
    if args.format == "json":
        emit([{"file": path, "stored": name} for path, name in stored.items()])
    else:
        for path, name in stored.items():
            print(f"{path}\t{name}")
    return 0
