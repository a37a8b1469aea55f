"""`selaras rulebook`: what the rulebook holds, with source and certainty; needs no database."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from selaras.cli.options import Subparsers, add_command, add_format
from selaras.cli.output import emit, table
from selaras.core.law import Form, Formula, GradeScale, Law, Outline, Scale, Source
from selaras.rulebook import load
from selaras.rulebook.people import people_on
from selaras.rulebook.rb import load_rb

Entry = Scale | GradeScale | Formula | Outline | Form


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "rulebook", "Tampilkan skala, rumus, kerangka, dan formulir beserta sumber dan kepastiannya.",
        "  selaras rulebook\n  selaras rulebook --on 2022-12-31 --format json",
    )  # fmt: skip
    parser.add_argument("--on", type=day, default=None, metavar="YYYY-MM-DD", help="keadaan pada tanggal")
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every entry."""
    on = args.on or date.today()
    rows = [*entries(load(on)), *stage_entries(on)]
    if args.format == "json":
        emit(rows)
    else:
        columns = ("jenis", "kode", "nama", "kepastian", "sumber")
        print(table(columns, [[row[column] for column in columns] for row in rows], widest=48))
    return 0


def day(text: str) -> date:
    """A day, as an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} bukan tanggal seperti 2025-12-31") from None


def entries(law: Law) -> list[dict[str, Any]]:
    """One row per entry of the rulebook."""
    groups: tuple[tuple[str, Mapping[str, Entry]], ...] = (
        ("skala", law.scales),
        ("skala predikat", law.grade_scales),
        ("rumus", law.formulas),
        ("kerangka", law.outlines),
        ("formulir", law.forms),
    )
    return [
        {
            "jenis": kind,
            "kode": code,
            "nama": entry.name,
            "kepastian": entry.source.certainty.value,
            "sumber": entry.source.text,
        }
        for kind, group in groups
        for code, entry in sorted(group.items())
    ]


def stage_entries(on: date) -> list[dict[str, Any]]:
    """One row per rule of the stages people and reform; none of a stage before its regulation was in force."""
    people = people_on(on)
    named: list[tuple[str, str, Source]] = [("SKP", *item) for item in (people.sources() if people else ())]
    named += [("RB", *item) for item in load_rb(on).sources()]
    return [
        {"jenis": kind, "kode": "", "nama": name, "kepastian": source.certainty.value, "sumber": source.text}
        for kind, name, source in named
    ]
