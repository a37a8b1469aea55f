"""`selaras webhooks`: send what is due (for a timer), and manage the addresses that are told."""

from __future__ import annotations

import argparse
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit, table
from selaras.core.errors import CannotRun

EXAMPLES = """  selaras webhooks deliver
  selaras webhooks add https://contoh.go.id/terbit --agency BIRO-ORG
  selaras webhooks list --agency BIRO-ORG
  selaras webhooks ping --agency BIRO-ORG --id 3
  selaras webhooks remove --agency BIRO-ORG --id 3"""


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "webhooks", "Kirim webhook yang menunggu (dijalankan tiap menit), dan kelola penerimanya.", EXAMPLES
    )
    parser.add_argument("what", choices=("deliver", "list", "add", "ping", "remove"), help="apa yang dilakukan")
    parser.add_argument("url", nargs="?", default="", metavar="ALAMAT", help="alamat https penerima (add)")
    parser.add_argument("--agency", default="", metavar="KODE", help="instansi; kosong berarti semua instansi")
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="NAMA",
        help="report.published atau report.withdrawn; dapat diulang (add; bawaan: semua)",
    )
    parser.add_argument("--id", type=int, default=0, metavar="NOMOR", help="nomor webhook dari list (ping, remove)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done; exit status 1 if some message was not taken."""
    if args.what == "add" and not args.url:
        raise CannotRun("Sebutkan alamatnya: selaras webhooks add https://….")
    if args.what in {"ping", "remove"} and not args.id:
        raise CannotRun("Sebutkan nomornya dengan --id; lihat `selaras webhooks list`.")
    open_web_workspace(args.data)
    verbs = {"deliver": _deliver, "list": _list, "add": _add, "ping": _ping, "remove": _remove}
    done = verbs[args.what](args)
    if args.format == "json":
        emit(done)
    elif isinstance(done, dict):
        print(done["said"])
    return int(isinstance(done, dict) and bool(done.get("waiting") or done.get("given_up")))


def _deliver(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.webhooks import deliver

    del args
    done = deliver(actor())
    said = f"{done.taken} diterima, {done.waiting} akan dicoba lagi, {done.given_up} tidak dicoba lagi."
    return {"taken": done.taken, "waiting": done.waiting, "given_up": done.given_up, "said": said}


def _list(args: argparse.Namespace) -> list[dict[str, Any]]:
    from selaras.store.webhooks import deliveries_of, webhooks_of

    rows = []
    for row in webhooks_of(args.agency):
        last = deliveries_of(row.pk).first()
        rows.append(
            {
                "id": row.pk,
                "url": row.url,
                "events": row.events,
                "active": row.active,
                "last": last.answer if last else "",
            }
        )
    if args.format != "json":
        cells = [
            [
                str(row["id"]),
                row["url"],
                ", ".join(row["events"]),
                "aktif" if row["active"] else "nonaktif",
                row["last"],
            ]
            for row in rows
        ]
        print(table(("nomor", "alamat", "peristiwa", "keadaan", "jawaban terakhir"), cells, right=(0,)))
    return rows


def _add(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.webhooks import EVENTS, create_webhook

    row, secret = create_webhook(actor(), agency=args.agency, url=args.url, events=args.event or EVENTS)
    said = f"Webhook {row.pk} disimpan. Rahasia tanda tangannya hanya ditampilkan sekarang:\n{secret}"
    return {"id": row.pk, "secret": secret, "said": said}


def _ping(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.webhooks import ping_webhook

    ping_webhook(actor(), agency=args.agency, webhook=args.id)
    return _deliver(args)


def _remove(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.webhooks import remove_webhook

    remove_webhook(actor(), agency=args.agency, webhook=args.id)
    return {"id": args.id, "removed": True, "said": f"Webhook {args.id} dihapus."}
