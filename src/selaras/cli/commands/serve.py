"""`selaras serve`: the web application on this machine."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from selaras.cli.options import Subparsers, actor, add_command, add_data, open_web_workspace

THREADS = 8
"""Of each worker: whoever waits for a slow network, the database or a turn (`store.turns`) keeps only one of them."""
SERVING = ("--worker-class", "gthread", "--threads", str(THREADS), "--log-level", "warning", "--timeout", "120",
           "--graceful-timeout", "60", "--backlog", "1024", "--keep-alive", "5")  # fmt: skip
HERE = frozenset({"127.0.0.1", "localhost", "::1"})


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
    """Prepare the workspace, then become the server (gunicorn, workers with threads), until stopped by a signal.

    Where nobody has an account yet, a one-time code for the setup pages is shown first.
    """
    # Passkeys are bound to a name; browsers take none for 127.0.0.1.
    address = f"http://{'localhost' if args.host in HERE else args.host}:{args.port}"
    os.environ.setdefault("SELARAS_SITE_URL", address)
    open_web_workspace(args.data)
    _prepare(os.environ["SELARAS_SITE_URL"].rstrip("/"))
    print(f"Selaras berjalan di {address}/ (Ctrl+C untuk berhenti)", flush=True)
    _forget_counters(args.data.absolute())
    os.environ["SELARAS_THREADS"] = str(THREADS)
    bind = f"{args.host}:{args.port}"
    command = ["-m", "gunicorn", "--bind", bind, "--workers", str(args.workers), *SERVING]
    os.execv(sys.executable, [sys.executable, *command, "selaras.web.wsgi:application"])  # noqa: S606 (our own server)


def _forget_counters(data: Path) -> None:
    from selaras.store.counters import FOLDER, forget

    forget(data / FOLDER)


def _prepare(site: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    from selaras.store.accounts import nobody_yet

    call_command("clearsessions")
    if nobody_yet():
        from selaras.actions.setup import issue_setup_code

        code = issue_setup_code(actor())
        print(
            f"\nBelum ada akun. Buka halaman penyiapan ini di peramban:\n\n    {site}/mulai/?kode={code}\n\n"
            f"Kode penyiapan: {code}  (satu kali pakai; jangan dibagikan)\n",
            flush=True,
        )
    connection.close()
