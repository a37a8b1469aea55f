"""`selaras publish`: agencies' years as Parquet files that can be added up over a whole nation."""

from __future__ import annotations

import argparse
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace, year
from selaras.cli.output import emit, step


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "publish",
        "Tulis data instansi per tahun sebagai berkas Parquet; hanya yang berubah yang ditulis lagi.",
        "  selaras publish\n  selaras publish --agency BIRO-ORG --year 2024 --to /srv/nasional\n  selaras publish --inside",
    )  # fmt: skip
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="folder tujuan (bawaan: SELARAS_NATION, atau nation dalam folder kerja)",
    )
    parser.add_argument(
        "--agency", action="append", default=[], metavar="KODE", help="hanya instansi ini; boleh diulang"
    )
    parser.add_argument("--year", type=year, metavar="TAHUN", help="hanya tahun ini")
    parser.add_argument(
        "--inside", action="store_true",
        help="dari basis data, termasuk yang belum diterbitkan dan kolom dalam; jangan disebarkan (bawaan: hanya laporan terbit)",
    )  # fmt: skip
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write what has changed."""
    open_workspace(args.data)
    from selaras.actions.publishing import publish_nation
    from selaras.store.nation import nation_folder

    folder = args.to or nation_folder()
    with step("Menerbitkan data nasional", quiet=args.format == "json"):
        done = publish_nation(actor(), to=folder, agencies=args.agency, year=args.year, inside=args.inside)
    if args.format == "json":
        emit(
            {
                "folder": str(folder),
                **done.counts(),
                "partitions": [f"{agency} {year}" for year, agency in done.written],
            }
        )
        return 0
    told = done.counts()
    print(f"{told['written']} partisi ditulis, {told['unchanged']} tidak berubah, {told['removed']} dihapus: {folder}")
    if not any(told.values()):
        hint = "" if args.inside else " Yang ditulis hanya tahun yang laporannya sudah diterbitkan; lihat --inside."
        print(f"Tidak ada yang dapat ditulis.{hint}")
    return 0
