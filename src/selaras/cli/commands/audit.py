"""`selaras audit`: verify the trail, or read it."""

from __future__ import annotations

import argparse
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, table

NOISE = {"act", "digest"}


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "audit", "Periksa keutuhan jejak audit, atau baca isinya.",
        "  selaras audit verify\n  selaras audit verify --head 3f9a…   (hash yang dahulu dicatat di tempat lain)\n"
        "  selaras audit list --agency BIRO-ORG --last 50",
    )  # fmt: skip
    parser.add_argument("what", choices=("verify", "list"), help="verify memeriksa rantai; list menampilkan catatan")
    parser.add_argument("--head", default="", metavar="HASH", help="hash terakhir yang pernah dicatat; harus masih ada")
    parser.add_argument("--agency", default="", metavar="KODE", help="hanya catatan instansi ini")
    parser.add_argument("--actor", default="", metavar="NAMA", help="hanya catatan orang ini")
    parser.add_argument("--last", type=int, default=20, metavar="N", help="sebanyak ini yang terakhir (bawaan: 20)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Verify (exit status 1 on any break) or list."""
    open_workspace(args.data)
    return _verify(args) if args.what == "verify" else _list(args)


def _verify(args: argparse.Namespace) -> int:
    from selaras.store.trail import verify

    found = verify(expected_head=args.head)
    if args.format == "json":
        breaks = [{"breach": item.breach, "record": item.record, "sentence": item.sentence} for item in found.breaks]
        emit({"records": found.records, "changes": found.changes, "head": found.head, "breaks": breaks})
        return int(bool(found.breaks))
    for item in found.breaks:
        print(item.sentence)
    counted = f"{found.records} catatan dan {found.changes} riwayat nilai"
    if found.breaks:
        print(f"Jejak audit TIDAK utuh: {len(found.breaks)} kerusakan dalam {counted}.")
        return 1
    print(
        f"Jejak audit utuh: {counted}. Hash terakhir, untuk dicatat di tempat lain:\n{found.head or '(belum ada catatan)'}"
    )
    return 0


def _list(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from selaras.store.models import AuditRecord

    rows = AuditRecord.objects.visible_to(actor()).order_by("-pk")
    if args.agency:
        rows = rows.filter(agency=args.agency)
    if args.actor:
        rows = rows.filter(actor=args.actor)
    listed = list(rows[: max(args.last, 0)])[::-1]
    if args.format == "json":
        emit([{"id": row.pk, "at": row.at.isoformat(), "actor": row.actor, "action": row.action, "agency": row.agency,
               "details": row.details, "hash": row.hash} for row in listed])  # fmt: skip
        return 0
    cells = [
        [
            str(row.pk),
            f"{timezone.localtime(row.at):%d-%m-%Y %H.%M.%S}",
            row.actor,
            row.action,
            row.agency,
            _told(row.details),
        ]
        for row in listed
    ]
    print(table(("nomor", "waktu", "pelaku", "tindakan", "instansi", "keterangan"), cells, right=(0,)))
    return 0


def _told(details: dict[str, Any]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in details.items() if key not in NOISE and value not in ("", []))
