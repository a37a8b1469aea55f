"""`selaras token`: keys for programs, made and ended by the operator."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import emit, table
from selaras.core.access import Scope
from selaras.core.errors import CannotRun

EXAMPLES = """  selaras token create perencana.biro --name "Dasbor pimpinan" --scope baca --days 365
  selaras token list
  selaras token list perencana.biro
  selaras token revoke --id 7"""
LONGEST = 3660


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(subparsers, "token", "Kelola token API: buat untuk sebuah akun, daftar, cabut.", EXAMPLES)
    parser.add_argument("what", choices=("create", "list", "revoke"), help="apa yang dilakukan")
    parser.add_argument("username", nargs="?", default="", metavar="NAMA-PENGGUNA", help="pemilik token")
    parser.add_argument("--name", default="", metavar="NAMA", help="untuk apa token dipakai (create)")
    parser.add_argument(
        "--scope", action="append", choices=[scope.value for scope in Scope], default=[],
        help="lingkup; dapat diulang (create)",
    )  # fmt: skip
    parser.add_argument("--days", type=_days, metavar="HARI", help="masa berlaku dalam hari (create; bawaan: 365)")
    parser.add_argument("--id", type=int, default=0, metavar="NOMOR", help="nomor token dari list (revoke)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done; a new secret is shown once."""
    if args.what == "create" and not args.username:
        raise CannotRun("Sebutkan pemiliknya: selaras token create NAMA-PENGGUNA.")
    if args.what == "revoke" and not args.id:
        raise CannotRun("Sebutkan nomor tokennya dengan --id; lihat `selaras token list`.")
    open_web_workspace(args.data)
    done = {"create": _create, "list": _list, "revoke": _revoke}[args.what](args)
    if args.format == "json":
        emit(done)
    elif isinstance(done, dict):
        print(done["said"])
    return 0


def _create(args: argparse.Namespace) -> dict[str, Any]:
    from django.utils import timezone

    from selaras.actions.tokens import create_token

    until = timezone.now() + timedelta(days=args.days or 365)
    row, secret = create_token(
        actor(), name=args.name, scopes=[Scope(scope) for scope in args.scope], expires_at=until, login=args.username
    )
    return {
        "id": row.pk, "user": args.username, "token": secret, "expires_at": until.isoformat(timespec="minutes"),
        "said": f"Token {row.pk} untuk {args.username} dibuat, berlaku sampai {_moment(until)}. Rahasianya hanya "
        f"ditampilkan sekarang:\n{secret}",
    }  # fmt: skip


def _list(args: argparse.Namespace) -> list[dict[str, Any]]:
    from django.utils import timezone

    from selaras.store.tokens import state_of, tokens_of
    from selaras.store.users import find_user

    if args.username:
        find_user(args.username)
    now = timezone.now()
    rows = [
        {
            "id": row.pk, "user": row.user.username, "name": row.name, "scopes": row.scopes,
            "expires_at": _moment(row.expires_at), "last_used_at": _moment(row.last_used_at), "state": state_of(row, now),
        }
        for row in tokens_of(args.username)
    ]  # fmt: skip
    if args.format != "json":
        cells = [
            [str(row["id"]), row["user"], row["name"], ", ".join(row["scopes"]), row["expires_at"], row["last_used_at"],
             row["state"]]
            for row in rows
        ]  # fmt: skip
        titles = ("nomor", "pengguna", "nama", "lingkup", "berlaku sampai", "terakhir dipakai", "keadaan")
        print(table(titles, cells, right=(0,)))
    return rows


def _revoke(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.tokens import revoke_token

    revoke_token(actor(), token=args.id)
    return {"id": args.id, "revoked": True, "said": f"Token {args.id} dicabut; mulai sekarang tidak berlaku."}


def _moment(at: datetime | None) -> str:
    from django.utils import timezone

    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} bukan banyaknya hari antara 1 dan {LONGEST}")
