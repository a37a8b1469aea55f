"""`selaras restore`: put a backup back, then look the installation over."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from selaras.cli.commands import doctor
from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import step


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "restore",
        "Pulihkan cadangan ke folder kerja kosong: periksa hash tiap berkas, jalankan migrasi, lalu periksa instalasi.",
        "  selaras restore selaras-20260101-020000.zip --data /srv/selaras-baru\n"
        "  selaras restore selaras.zip --replace   (hentikan layanan dahulu)",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="BERKAS.zip")
    parser.add_argument("--replace", action="store_true", help="sisihkan isi yang ada, lalu pulihkan")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run, mail=False)


def run(args: argparse.Namespace) -> int:
    """Restore, migrate, record it, and print the points of `selaras doctor`; exit status 1 if one is a problem."""
    from selaras.store.restoring import restore

    quiet = args.format == "json"
    with step(f"Memeriksa dan memulihkan {args.file.name}", quiet=quiet):
        done = restore(args.file, args.data, stamp=f"{datetime.now():%Y%m%d%H%M%S}", replace=args.replace)
    with step("Menjalankan migrasi", quiet=quiet):
        open_web_workspace(args.data)
    from selaras.actions.backup import note_restored

    ended = note_restored(actor(), manifest=done.manifest, source=args.file.name)
    if not quiet:
        told = done.manifest
        print(f"Dipulihkan: {len(told.members)} berkas dari {told.made_at} (Selaras {told.program}).")
        print(f"{ended} sesi diakhiri; semua orang masuk kembali.")
        if done.aside:
            print(f"Isi yang lama disisihkan di {done.aside}; hapus bila tidak diperlukan lagi.")
        if done.schema:
            print(f"Tabel yang lama disisihkan di skema {done.schema}; hapus bila tidak diperlukan lagi.")
        if not told.has_key:
            print("Kunci rahasia tidak ada dalam cadangan: isi SELARAS_SECRET_KEY dengan yang dahulu.")
    return doctor.run(args)
