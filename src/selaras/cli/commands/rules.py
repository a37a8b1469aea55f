"""`selaras rules`: the rules of the review, each with why it matters, the regulation, and a wrong and a right example."""

from __future__ import annotations

import argparse

from selaras.cli.options import Subparsers, add_command
from selaras.cli.output import emit, table
from selaras.core.errors import Fault, NotFound
from selaras.core.reporting.finding_words import kind_word


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers,
        "rules",
        "Tampilkan aturan pemeriksaan, atau jelaskan satu aturan.",
        "  selaras rules\n  selaras rules AR01",
    )
    parser.add_argument("code", nargs="?", metavar="KODE", help="kode satu aturan")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran (bawaan: text)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List the rules, or explain one."""
    from selaras.cli.reviewing import rules

    known = {rule.code: rule for rule in rules()}
    if args.code and args.code.upper() not in known:
        raise NotFound(
            "Aturan tidak ditemukan.", Fault("kode tidak dikenal", read=args.code, expected=", ".join(known))
        )
    chosen = [known[args.code.upper()]] if args.code else list(known.values())
    if args.format == "json":
        emit(
            [{"code": rule.code, "title": rule.title, "kinds": list(rule.kinds), "text": rule.text} for rule in chosen]
        )
    elif args.code:
        told = "; ".join(f"{kind}: {kind_word(kind)}" for kind in chosen[0].kinds)
        print(f"{chosen[0].code} ({told})\n\n{chosen[0].text}")
    else:
        print(
            table(
                ("kode", "jenis", "aturan"),
                [[rule.code, ", ".join(rule.kinds), rule.title] for rule in chosen],
                widest=100,
            )
        )
    return 0
