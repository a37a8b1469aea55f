"""`selaras nation`: a roll-up over the published files, in the terminal or as a file."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, add_command, add_data, year
from selaras.cli.output import emit, table
from selaras.core.errors import CannotRun, NotFound, reason_of
from selaras.core.numerals import format_number

ALL_OF_THEM = "Seluruhnya dengan --format csv."
FORMATS = ("text", "csv", "json", "xlsx")


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "nation",
        "Jumlahkan data semua instansi yang sudah diterbitkan; tanpa ROLLUP, sebutkan yang ada.",
        "  selaras nation\n  selaras nation instansi --year 2024\n  selaras nation anggaran --format csv > anggaran.csv\n"
        "  selaras nation unit --agency BIRO-ORG --format xlsx --output unit.xlsx",
    )  # fmt: skip
    parser.add_argument(
        "rollup", nargs="?", default="", metavar="ROLLUP", help="misalnya instansi, jenis, unit, anggaran"
    )
    parser.add_argument(
        "--from", dest="folder", type=Path, metavar="FOLDER",
        help="folder berkas (bawaan: SELARAS_NATION, atau nation dalam folder kerja)",
    )  # fmt: skip
    parser.add_argument("--year", type=year, metavar="TAHUN", help="hanya tahun ini")
    parser.add_argument("--agency", default="", metavar="KODE", help="hanya instansi ini")
    parser.add_argument("--format", choices=FORMATS, default="text", help="bentuk keluaran (bawaan: text)")
    parser.add_argument("--output", type=Path, metavar="BERKAS", help="berkas hasil; wajib untuk xlsx")
    add_data(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compute and print."""
    from selaras.analytics.rollups import ROLLUPS
    from selaras.analytics.titles import title_of

    if not args.rollup:
        return _listed(args.format)
    if args.rollup not in ROLLUPS:
        raise NotFound(f"Roll-up “{args.rollup}” tidak ada. Yang ada: {', '.join(ROLLUPS)}.")
    if args.format == "xlsx" and args.output is None:
        raise CannotRun("Sebutkan berkas hasilnya dengan --output BERKAS.xlsx.")
    names, rows = _computed(args)
    if args.format == "xlsx":
        from selaras.documents.write.listing import CUT, MOST_ROWS, grid

        heads = [title_of(name) for name in names]
        _written(args.output, grid(ROLLUPS[args.rollup].title, heads, rows, cut=f"{CUT} {ALL_OF_THEM}"))
        print(f"{min(len(rows), MOST_ROWS)} baris ditulis: {args.output}")
        if len(rows) > MOST_ROWS:
            print(f"{CUT % {'n': format_number(Decimal(len(rows) - MOST_ROWS))}} {ALL_OF_THEM}", file=sys.stderr)
        return 0
    if args.output is None:
        _print(args.format, names, rows, sys.stdout)
        return 0
    try:
        with args.output.open("w", encoding="utf-8", newline="") as file:
            _print(args.format, names, rows, file)
    except OSError as error:
        raise CannotRun(f"{args.output} tidak dapat ditulis: {reason_of(error)}.") from error
    return 0


def _computed(args: argparse.Namespace) -> tuple[list[str], list[tuple[Any, ...]]]:
    from selaras.analytics.opening import Nation
    from selaras.analytics.rollups import ROLLUPS

    folder = args.folder or Path(os.environ.get("SELARAS_NATION") or args.data / "nation")
    chosen = ROLLUPS[args.rollup]
    with closing(Nation(folder)) as nation:
        found = chosen.make(nation)
        for column, wanted in (("year", args.year), ("agency", args.agency)):
            if wanted and column not in found.columns:
                raise CannotRun(f"Roll-up {args.rollup} tidak terbagi menurut {column}; hilangkan --{column}.")
            if wanted:
                found = found.filter(found[column] == wanted)
        result = nation.rows(found.order_by(list(chosen.order)))
    columns = [column.to_pylist() for column in result.columns]
    return result.column_names, [tuple(map(_plain, row)) for row in zip(*columns, strict=True)]


def _plain(cell: Any) -> Any:
    """A decimal without the noughts that only fill its column."""
    from selaras.analytics.exact import bare

    return bare(cell) if isinstance(cell, Decimal) else cell


def _print(form: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]], file: Any) -> None:
    from selaras.analytics.titles import title_of

    if form == "json":
        made = [{name: str(cell) if isinstance(cell, Decimal) else cell for name, cell in zip(names, row, strict=True)}
                for row in rows]  # fmt: skip
        if file is sys.stdout:
            emit(made)
        else:
            import json

            json.dump(made, file, ensure_ascii=False, indent=1, default=str)
    elif form == "csv":
        lines = csv.writer(file)
        lines.writerow(names)
        lines.writerows(["" if cell is None else _csv(cell) for cell in row] for row in rows)
    else:
        numbers = [index for index in range(len(names)) if any(isinstance(row[index], int | Decimal) for row in rows)]
        shown = [[_shown(name, cell) for name, cell in zip(names, row, strict=True)] for row in rows]
        print(table([title_of(name) for name in names], shown, right=numbers), file=file)
        print(f"{len(rows)} baris.", file=file)


def _csv(cell: Any) -> str:
    text = str(cell)
    # A spreadsheet that opens the file must not take a text for a formula.
    return f"'{text}" if isinstance(cell, str) and text[:1] in "=+-@\t\r" and text[:1] else text


def _shown(name: str, cell: Any) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, Decimal):
        return format_number(cell)
    return str(cell) if name == "year" or not isinstance(cell, int) else format_number(Decimal(cell))


def _listed(form: str) -> int:
    from selaras.analytics.rollups import ROLLUPS

    if form == "json":
        emit({name: rollup.title for name, rollup in ROLLUPS.items()})
    else:
        print(table(("roll-up", "isi"), [(name, rollup.title) for name, rollup in ROLLUPS.items()]))
    return 0


def _written(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CannotRun(f"{path} tidak dapat ditulis: {reason_of(error)}.") from error
