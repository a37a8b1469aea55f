"""`selaras audit`: verify the trail, read it, sign its head (an anchor), and hand anchors out to be kept elsewhere."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, table
from selaras.core.errors import CannotRun, Fault, reason_of

NOISE = {"act", "digest", "resealed", "errand"}


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "audit", "Periksa keutuhan jejak audit, tambatkan, atau baca isinya.",
        "  selaras audit anchor --output jangkar.json   (dari pengatur waktu; simpan berkasnya di tempat lain)\n"
        "  selaras audit verify --anchor jangkar.json\n"
        "  selaras audit verify --head 3f9a…   (hash yang dahulu dicatat di tempat lain)\n"
        "  selaras audit export --output semua-jangkar.json\n"
        "  selaras audit list --agency BIRO-ORG --last 50",
    )  # fmt: skip
    parser.add_argument(
        "what", choices=("verify", "anchor", "export", "list"),
        help="verify memeriksa rantai; anchor menandatangani ujungnya; export menulis jangkar untuk disimpan di tempat "
        "lain; list menampilkan catatan",
    )  # fmt: skip
    parser.add_argument(
        "--anchor", type=Path, action="append", default=[], metavar="BERKAS",
        help="jangkar yang disimpan di tempat lain; rantai dan jangkar di sini harus sesuai dengannya",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="BERKAS", help="tulis jangkar (anchor, export) ke berkas ini")
    parser.add_argument(
        "--p12", type=Path, metavar="BERKAS",
        help="tandatangani jangkar dengan sertifikat ini; frasa sandinya dibaca dari SELARAS_P12_PASSPHRASE "
        "(bawaan: kunci instalasi)",
    )  # fmt: skip
    parser.add_argument("--head", default="", metavar="HASH", help="hash terakhir yang pernah dicatat; harus masih ada")
    parser.add_argument("--agency", default="", metavar="KODE", help="hanya catatan instansi ini")
    parser.add_argument("--actor", default="", metavar="NAMA", help="hanya catatan orang ini")
    parser.add_argument("--last", type=int, default=20, metavar="N", help="sebanyak ini yang terakhir (bawaan: 20)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Verify (exit status 1 on any break), sign the head, export anchors, or list."""
    open_workspace(args.data)
    return {"verify": _verify, "anchor": _anchor, "export": _export, "list": _list}[args.what](args)


def _anchor(args: argparse.Namespace) -> int:
    from selaras.actions.anchors import anchor_trail, export_anchors

    content = _content(args.p12) if args.p12 else None
    made = anchor_trail(actor(), p12=content, passphrase=os.environ.get("SELARAS_P12_PASSPHRASE", ""))
    if args.output:
        export_anchors(actor(), output=args.output, last=1)
    if args.format == "json":
        emit({"anchor": made.number, "records": made.records, "head": made.head} if made else {"anchor": None})
    elif made is None:
        print("Tidak ada catatan baru sejak jangkar terakhir.")
    else:
        print(f"Jangkar {made.number}: {made.records} catatan, hash terakhir {made.head}.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from selaras.actions.anchors import export_anchors

    text = export_anchors(actor(), output=args.output)
    if args.output is None:
        print(text, end="")
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRun(f"{path} tidak dapat dibaca.", Fault("berkas", read=reason_of(error))) from error


def _verify(args: argparse.Namespace) -> int:
    from selaras.core.issuing.anchor import signed_anchors
    from selaras.store.trail import verify

    kept = [
        item for path in args.anchor for item in signed_anchors(_content(path).decode("utf-8", "replace"), path.name)
    ]
    found = verify(expected_head=args.head, kept=kept)
    if args.format == "json":
        breaks = [{"breach": item.breach, "record": item.record, "sentence": item.sentence} for item in found.breaks]
        emit({"records": found.records, "changes": found.changes, "head": found.head, "anchors": found.anchors,
              "kept": found.kept, "breaks": breaks})  # fmt: skip
        return int(bool(found.breaks))
    for item in found.breaks:
        print(item.sentence)
    counted = f"{found.records} catatan dan {found.changes} riwayat nilai"
    held = f"{found.anchors} jangkar di sini" + (f" dan {found.kept} dari tempat lain" if found.kept else "")
    if found.breaks:
        print(f"Jejak audit TIDAK utuh: {len(found.breaks)} kerusakan dalam {counted}.")
        return 1
    print(f"Jejak audit utuh: {counted}; sesuai dengan {held}.")
    print(f"Hash terakhir, untuk dicatat di tempat lain:\n{found.head or '(belum ada catatan)'}")
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
