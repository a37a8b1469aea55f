"""`selaras user`: accounts and roles from the terminal."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit, table
from selaras.core.access import Role
from selaras.core.errors import CannotRun

ROLES = {re.sub(r"\W+", "-", role.value.partition(" (")[0]): role for role in Role if role is not Role.READER}
EXAMPLES = """  selaras user add perencana.biro --name "Perencana Contoh" --role perencana --agency BIRO-ORG
  selaras user list
  selaras user password perencana.biro
  selaras user grant perencana.biro --role penyusun-laporan --agency BIRO-ORG --until 2026-12-31
  selaras user revoke perencana.biro --role perencana --agency BIRO-ORG
  selaras user disable perencana.biro --reason "Pindah tugas" """.rstrip()


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(subparsers, "user", "Kelola akun dan peran dari terminal.", EXAMPLES)
    what = ("add", "list", "password", "grant", "revoke", "disable", "enable")
    parser.add_argument("what", choices=what, help="apa yang dilakukan")
    parser.add_argument("username", nargs="?", default="", metavar="NAMA-PENGGUNA")
    parser.add_argument("--name", default="", metavar="NAMA", help="nama orangnya (add)")
    parser.add_argument("--email", default="", metavar="SUREL", help="alamat surel (add; boleh kosong)")
    parser.add_argument("--role", choices=sorted(ROLES), help="peran (add, grant, revoke)")
    parser.add_argument("--agency", default="", metavar="KODE", help="instansi; kosong berarti semua instansi")
    parser.add_argument(
        "--unit", default="", metavar="KODE", help="unit beserta bawahannya; kosong berarti seluruh instansi"
    )
    parser.add_argument("--since", type=_day, metavar="TANGGAL", help="berlaku sejak, misalnya 2026-01-02")
    parser.add_argument("--until", type=_day, metavar="TANGGAL", help="berlaku sampai dan termasuk")
    parser.add_argument(
        "--reason", default="", metavar="ALASAN", help="alasan, untuk jejak audit (revoke, disable, enable)"
    )
    parser.add_argument(
        "--password-stdin", action="store_true", help="baca kata sandi dari masukan standar (add, password)"
    )
    parser.add_argument("--reset-second-factor", action="store_true", help="hapus juga faktor kedua (password)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    if args.what != "list" and not args.username:
        raise CannotRun(f"Sebutkan nama penggunanya: selaras user {args.what} NAMA-PENGGUNA.")
    if args.what in {"grant", "revoke"} and not args.role:
        raise CannotRun(f"Sebutkan perannya dengan --role: {', '.join(sorted(ROLES))}.")
    open_web_workspace(args.data)
    verbs: dict[str, Callable[[argparse.Namespace], Any]] = {
        "add": _add, "list": _list, "password": _password, "grant": _grant, "revoke": _revoke,
        "disable": _switch, "enable": _switch,
    }  # fmt: skip
    done = verbs[args.what](args)
    if args.format == "json":
        emit(done)
    elif args.what != "list":
        print(done["said"])
    return 0


def _add(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions import accounts
    from selaras.store.snapshot import find_agency

    password = _asked(args)
    if args.agency:
        find_agency(args.agency)  # before there is an account that then waits for its role
    accounts.add_user(
        actor(), username=args.username, name=args.name or args.username, email=args.email, password=password
    )
    if args.role:
        _grant(args)
    if password is not None:
        return {"user": args.username, "said": f"Akun {args.username} dibuat."}
    link = _link(args.username)
    return {
        "user": args.username,
        "link": link,
        "said": f"Akun {args.username} dibuat. Tautan untuk mengisi kata sandi:\n{link}",
    }


def _list(args: argparse.Namespace) -> list[dict[str, Any]]:
    from django.utils import timezone

    from selaras.store.models import User

    users = User.objects.prefetch_related("role_grants__agency", "role_grants__unit").order_by("username")
    rows: list[dict[str, Any]] = [
        {
            "user": user.username, "name": user.name, "active": user.is_active,
            "roles": [_said(grant) for grant in user.role_grants.all()],
            "last_login": timezone.localtime(user.last_login).isoformat(timespec="minutes") if user.last_login else "",
        }
        for user in users
    ]  # fmt: skip
    if args.format != "json":
        cells = [
            [
                row["user"],
                row["name"],
                "aktif" if row["active"] else "nonaktif",
                "; ".join(row["roles"]),
                row["last_login"],
            ]
            for row in rows
        ]
        print(table(("pengguna", "nama", "keadaan", "peran", "terakhir masuk"), cells))
    return rows


def _password(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions import accounts

    if args.reset_second_factor:
        accounts.clear_second_factors(actor(), username=args.username, reason=args.reason)
    password = _asked(args)
    if password is None:
        link = _link(args.username)
        return {
            "user": args.username,
            "link": link,
            "said": f"Tautan untuk mengisi kata sandi {args.username}:\n{link}",
        }
    accounts.set_password(actor(), username=args.username, password=password)
    return {"user": args.username, "said": f"Kata sandi {args.username} diganti; semua sesinya berakhir."}


def _grant(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions import accounts

    row = accounts.grant_role(
        actor(), username=args.username, role=ROLES[args.role], agency=args.agency, unit=args.unit,
        since=args.since, until=args.until,
    )  # fmt: skip
    return {"user": args.username, "role": row.role, "said": f"{args.username} kini {_said(row)}."}


def _revoke(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions import accounts
    from selaras.store.models import RoleGrant
    from selaras.store.users import find_user

    rows = RoleGrant.objects.filter(user=find_user(args.username), role=ROLES[args.role].value)
    rows = rows.filter(agency__code=args.agency) if args.agency else rows.filter(agency__isnull=True)
    if args.unit:
        rows = rows.filter(unit__code=args.unit)
    found = list(rows)
    if not found:
        raise CannotRun(f"{args.username} tidak memegang peran itu di sana; lihat `selaras user list`.")
    for row in found:
        accounts.withdraw_role(actor(), grant=row.pk, reason=args.reason)
    return {"user": args.username, "revoked": len(found), "said": f"{len(found)} peran {args.username} dicabut."}


def _switch(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions import accounts

    if args.what == "enable":
        accounts.enable_user(actor(), username=args.username, reason=args.reason)
        return {"user": args.username, "active": True, "said": f"Akun {args.username} aktif lagi."}
    accounts.disable_user(actor(), username=args.username, reason=args.reason)
    return {"user": args.username, "active": False, "said": f"Akun {args.username} nonaktif; semua sesinya berakhir."}


def _said(row: Any) -> str:
    where = row.unit.code if row.unit else row.agency.code if row.agency else "semua instansi"
    days = f" ({row.since or '…'} sampai {row.until or '…'})" if row.since or row.until else ""
    return f"{row.role} pada {where}{days}"


def _asked(args: argparse.Namespace) -> str | None:
    """The password, from standard input or typed twice; None where nobody sits at the terminal."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return None
    first = getpass.getpass("Kata sandi (kosong: buat tautan): ")
    if not first:
        return None
    if getpass.getpass("Sekali lagi: ") != first:
        raise CannotRun("Kedua kata sandi berbeda. Tidak ada yang berubah.")
    return first


def _link(username: str) -> str:
    from django.conf import settings
    from django.urls import reverse

    from selaras.actions import accounts

    uid, _, key = accounts.reset_key(actor(), username=username).partition("-")
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs={'uidb36': uid, 'key': key})}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} bukan tanggal seperti 2026-01-31") from None
