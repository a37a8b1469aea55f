"""`selaras serve`: the web application on this machine."""

from __future__ import annotations

import argparse
import os

from selaras.cli.options import Subparsers, add_command, add_data, open_workspace


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "serve", "Jalankan aplikasi web di komputer ini.",
        "  selaras serve\n  selaras serve --port 9000 --workers 2",
    )  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", help="alamat (bawaan: hanya komputer ini)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    add_data(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "selaras.web.settings"
    open_workspace(args.data)
    from selaras.web.server import serve

    print(f"Selaras berjalan di http://{args.host}:{args.port}/ (Ctrl+C untuk berhenti)", flush=True)
    serve(args.host, args.port, workers=args.workers)
    return 0
