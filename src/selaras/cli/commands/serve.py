"""`selaras serve`: the web application on this machine."""

from __future__ import annotations

import argparse
import os
import sys

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
    """Prepare the workspace, then become the server (gunicorn, sync workers), until stopped by a signal."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "selaras.web.settings"
    open_workspace(args.data)
    print(f"Selaras berjalan di http://{args.host}:{args.port}/ (Ctrl+C untuk berhenti)", flush=True)
    bind = f"{args.host}:{args.port}"
    command = ["-m", "gunicorn", "--bind", bind, "--workers", str(args.workers), "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, *command, "selaras.web.wsgi:application"])  # noqa: S606 (our own server)
