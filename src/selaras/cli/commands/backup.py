"""`selaras backup`: the whole installation in one file, while people work."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit, step


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "backup",
        "Cadangkan basis data, bukti, edisi, unggahan, dan kunci rahasia ke satu berkas; layanan boleh tetap berjalan.",
        "  selaras backup\n  selaras backup /mnt/cadangan/selaras.zip --data /srv/selaras",
    )  # fmt: skip
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="BERKAS.zip", help="berkas baru (bawaan: selaras-TANGGAL-JAM.zip)"
    )
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the backup and print its hash, to be kept elsewhere."""
    open_web_workspace(args.data, migrating=False)
    from selaras.actions.backup import back_up

    path = args.file or Path(f"selaras-{datetime.now():%Y%m%d-%H%M%S}.zip")
    with step("Mencadangkan", quiet=args.format == "json"):
        made = back_up(actor(), path=path)
    told = made.manifest
    if args.format == "json":
        emit({"file": str(made.path), "sha256": made.sha256, "size": made.size, "files": len(told.members),
              "database": told.vendor, "made_at": told.made_at, "secret_key": told.has_key})  # fmt: skip
        return 0
    print(f"Cadangan ditulis: {made.path} ({made.size / 1e6:.0f} MB, {len(told.members)} berkas)")
    print(f"SHA-256: {made.sha256}")
    print(
        "Berkas ini memuat seluruh data" + (" dan kunci rahasia" if told.has_key else "") + "; simpan di tempat aman."
    )
    if not told.has_key:
        print("Kunci rahasia berasal dari SELARAS_SECRET_KEY dan tidak ikut; simpan sendiri.")
    return 0
