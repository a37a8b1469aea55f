"""`selaras opendata`: the published nation as open data: CSV, Frictionless data package, DCAT and Satu Data metadata."""

from __future__ import annotations

import argparse
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit, table
from selaras.core.errors import Refusal


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "opendata", "Tulis data kinerja nasional yang terbit sebagai paket data terbuka.",
        "  selaras opendata --to data-terbuka\n"
        '  selaras opendata --to data-terbuka --publisher "Kementerian Contoh" --home https://kinerja.contoh.go.id/publik/nasional/data/',
    )  # fmt: skip
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder hasil")
    parser.add_argument("--check", type=Path, metavar="DIR", help="periksa paket yang sudah ada, tanpa menulis")
    parser.add_argument(
        "--publisher",
        default="",
        metavar="NAMA",
        help="penerbit data (bawaan: SELARAS_PUBLISHER, atau Instalasi Selaras)",
    )
    parser.add_argument("--home", default="", metavar="ALAMAT", help="alamat tempat berkasnya akan diambil")
    parser.add_argument("--licence", default="", metavar="KODE", help="kode lisensi (bawaan: yang diusulkan)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write or check, and name the files."""
    from selaras.core.errors import CannotRun

    if (args.to is None) == (args.check is None):
        raise CannotRun("Sebutkan salah satu: --to DIR untuk menulis, atau --check DIR untuk memeriksa.")
    if args.check is not None:
        return _check(args.check)
    open_web_workspace(args.data)
    from django.conf import settings
    from django.urls import reverse

    from selaras.actions.nation import write_open_data

    home = args.home or settings.SITE_URL + reverse("nation_public:data")
    publisher = args.publisher or settings.PUBLISHER or "Instalasi Selaras"
    done = write_open_data(actor(), to=args.to, home=home, publisher=publisher, licence=args.licence)
    if args.format == "json":
        emit({"folder": str(args.to), "files": done})
    else:
        print(table(["Berkas", "Bita"], [[name, str(size)] for name, size in sorted(done.items())], right=[1]))
    return 0


def _check(folder: Path) -> int:
    from selaras.documents.open_check import package_faults

    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    faults = package_faults(files)
    if faults:
        raise Refusal(f"Paket data {folder} tidak benar.", *faults)
    print(f"Paket data {folder} benar: {len(files)} berkas.")
    return 0
