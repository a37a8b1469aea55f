"""`selaras gather`: the files of other installations taken over into one folder, all of them or none."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, step

GONE = (
    "Masih ada di sini, tetapi tidak ada lagi pada sumber dari instalasi yang sama. Bila sudah ditarik di sana, hapus foldernya "
    "(manifes itu saja bila di sebelahnya ada manifes lain); bila sumbernya hanya sebagian, biarkan:"
)


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "gather",
        "Kumpulkan berkas selaras publish dari instalasi lain: diperiksa dahulu, lalu disalin semua atau tidak sama sekali.",
        "  selaras gather /media/dinas-a /media/dinas-b\n  selaras gather kiriman/* --to /srv/nasional",
    )  # fmt: skip
    parser.add_argument("sources", type=Path, nargs="+", metavar="FOLDER", help="folder yang dibuat selaras publish")
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="folder tujuan (bawaan: SELARAS_NATION, atau nation dalam folder kerja)",
    )
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check and copy."""
    open_workspace(args.data)
    from selaras.actions.publishing import gather_nation
    from selaras.store.nation import nation_folder

    folder = args.to or nation_folder()
    with step("Memeriksa dan menyalin", quiet=args.format == "json"):
        done = gather_nation(actor(), sources=args.sources, to=folder)
    told = done.counts()
    if args.format == "json":
        emit({
            "folder": str(folder), "copied": told["written"], "same": told["unchanged"],
            "gone": [str(path) for path in done.gone],
        })  # fmt: skip
    else:
        print(f"{told['written']} partisi disalin, {told['unchanged']} sudah ada dengan isi yang sama: {folder}")
        if done.gone:
            print(GONE, *done.gone, sep="\n  ", file=sys.stderr)
    return 0
