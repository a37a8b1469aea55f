"""`selaras notify`: remind of deadlines and mail every person one digest of what is new; for a daily timer."""

from __future__ import annotations

import argparse
from datetime import date

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace
from selaras.cli.output import complain, emit
from selaras.core.errors import Refusal


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "notify", "Ingatkan tenggat, lalu kirim ringkasan pemberitahuan lewat surel; untuk dijalankan setiap hari.",
        "  selaras notify\n  selaras notify --no-mail",
    )  # fmt: skip
    parser.add_argument("--no-mail", action="store_true", help="hanya pemberitahuan di halaman, tanpa surel")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Remind, mail, and tell how many; exit status 1 if a mail was refused."""
    open_web_workspace(args.data)
    from django.conf import settings

    from selaras.actions import notices, tickets
    from selaras.actions.reviews import tell_lost

    tell_lost(actor())
    made = notices.remind(actor(), day=date.today())
    sent = notices.Mailed(0, 0) if args.no_mail else notices.send_digests(actor(), base=settings.SITE_URL)
    clients = tickets.MailRound(0, 0) if args.no_mail else tickets.send_mails(actor())
    if sent.problems:
        complain(Refusal(f"{len(sent.problems)} surel tidak terkirim.", *sent.problems))
    if args.format == "json":
        emit({"reminders": made, "people": sent.people, "notices": sent.notices, "failed": len(sent.problems),
              "clients": clients.sent, "clients_failed": clients.failed})  # fmt: skip
    else:
        print(f"{made} pengingat tenggat dibuat; {sent.notices} pemberitahuan dikirim kepada {sent.people} orang.")
        print(f"{clients.sent} surel dikirim kepada pemohon layanan; {clients.failed} tertunda.")
    return int(bool(sent.problems or clients.failed))
