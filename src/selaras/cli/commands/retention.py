"""`selaras retention`: how long personal data are kept, ending it, and what people ask about their own."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit, table
from selaras.core.errors import CannotRun, reason_of

EXAMPLES = """  selaras retention list                            (masa simpan dan banyaknya yang sudah lewat)
  selaras retention run --dry-run
  selaras retention run                             (dijalankan pewaktu setiap malam)
  selaras retention requests                        (permintaan subjek data yang menunggu)
  selaras retention copy --user ani --file ani.json
  selaras retention erase --user ani --reason "Permintaan nomor 7"
  selaras retention erase --agency BIRO-ORG --employee PEG-12 --reason "Pindah instansi" """.rstrip()


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "retention", "Akhiri penyimpanan data pribadi, dan layani permintaan pemilik data.", EXAMPLES
    )
    parser.add_argument("what", choices=tuple(_WORK), help="apa yang dilakukan")
    parser.add_argument("--agency", default="", metavar="KODE", help="hanya instansi ini (bawaan: seluruh instalasi)")
    parser.add_argument("--user", default="", metavar="NAMA-PENGGUNA", help="akun (copy, erase)")
    parser.add_argument("--employee", default="", metavar="KODE", help="kode pegawai (erase)")
    parser.add_argument("--file", type=Path, metavar="BERKAS", help="berkas yang ditulis (copy)")
    parser.add_argument("--reason", default="", metavar="ALASAN", help="alasan, untuk catatan penghapusan (erase)")
    parser.add_argument("--dry-run", action="store_true", help="hanya hitung, tanpa menghapus (run)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    open_web_workspace(args.data)
    done = _WORK[args.what](args)
    if args.format == "json":
        emit(done)
    elif isinstance(done, dict):
        print(done["said"])
    return 0


def _list(args: argparse.Namespace) -> list[dict[str, Any]]:
    return _ended(args, dry=True, whole=True)


def _run(args: argparse.Namespace) -> list[dict[str, Any]]:
    return _ended(args, dry=args.dry_run, whole=False)


def _ended(args: argparse.Namespace, *, dry: bool, whole: bool) -> list[dict[str, Any]]:
    from selaras.actions.retention import run_retention

    done = run_retention(actor(), agency=args.agency, dry=dry)
    data: list[dict[str, Any]] = [
        {"kind": item.period.code, "name": item.period.name, "months": item.period.months,
         "ending": item.period.ending.value, "amount": item.amount, "basis": item.period.source.text}
        for item in done if whole or item.amount
    ]  # fmt: skip
    if args.format != "json":
        amount = "Lewat masa" if dry else "Diakhiri"
        rows = [[item["name"], str(item["months"]), item["ending"], str(item["amount"])] for item in data]
        print(
            table(["Data pribadi", "Bulan", "Akhirnya", amount], rows, right=[1, 3])
            if rows
            else "Tidak ada yang lewat masa simpannya."
        )
    return data


def _requests(args: argparse.Namespace) -> list[dict[str, Any]]:
    from django.utils import timezone

    from selaras.store.models import SubjectRequest

    rows = SubjectRequest.objects.filter(decided_at__isnull=True).order_by("due_at")
    rows = rows.filter(agency__code=args.agency) if args.agency else rows
    data: list[dict[str, Any]] = [
        {"number": row.pk, "wish": row.wish, "name": row.name, "due": timezone.localtime(row.due_at).isoformat(timespec="minutes"),
         "late": row.due_at < timezone.now()}
        for row in rows
    ]  # fmt: skip
    if args.format != "json":
        cells = [
            [str(item["number"]), item["wish"], item["name"], item["due"], "ya" if item["late"] else ""]
            for item in data
        ]
        print(
            table(["Nomor", "Permintaan", "Nama", "Batas", "Terlambat"], cells)
            if cells
            else "Tidak ada permintaan yang menunggu."
        )
    return data


def _copy(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.retention import copy_own_data

    if not args.user or args.file is None:
        raise CannotRun("Sebutkan akunnya dengan --user dan berkasnya dengan --file.")
    text = copy_own_data(actor(), username=args.user)
    try:
        handle = os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CannotRun(f"Berkas {args.file} tidak dapat ditulis: {reason_of(error)}.") from error
    return {"user": args.user, "file": str(args.file), "said": f"Data pribadi {args.user} ditulis ke {args.file}."}


def _erase(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.retention import erase_account, erase_employee

    if bool(args.user) == bool(args.employee) or (args.employee and not args.agency):
        raise CannotRun("Sebutkan akun dengan --user, atau pegawai dengan --agency dan --employee.")
    if args.user:
        counts = erase_account(actor(), username=args.user, reason=args.reason)
    else:
        counts = erase_employee(actor(), agency=args.agency, code=args.employee, reason=args.reason)
    whose = f"akun {args.user}" if args.user else f"pegawai {args.employee}"
    return {
        "counts": counts,
        "said": f"Data pribadi {whose} dihapus: {sum(counts.values())} baris; catatannya tersimpan.",
    }


_WORK = {"list": _list, "run": _run, "requests": _requests, "copy": _copy, "erase": _erase}
