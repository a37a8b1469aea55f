"""`selaras import`: load a workbook, everything checked first, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, step, table

MOST_CHANGES = 40
COUNTS = ("created", "changed", "unchanged", "absent", "deleted")


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "import", "Periksa buku kerja lalu muat seluruhnya dalam satu transaksi.",
        "  selaras import isian.xlsx --dry-run\n  selaras import isian.xlsx --data /srv/selaras",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="BERKAS.xlsx")
    parser.add_argument("--dry-run", action="store_true", help="tunjukkan perubahan tanpa menyimpan")
    parser.add_argument("--replace", action="store_true", help="hapus baris tersimpan yang tidak ada lagi di berkas")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the workbook and say what changed."""
    open_workspace(args.data)
    from selaras.actions.exchange import load_workbook

    with step(f"Memeriksa dan memuat {args.file.name}", quiet=args.format == "json"):
        result = load_workbook(actor(), path=args.file, dry_run=args.dry_run, replace=args.replace)
    if args.format == "json":
        emit(as_json(result))
        return 0
    rows = [[count.sheet, *(str(getattr(count, name)) for name in COUNTS)] for count in result.counts if any_of(count)]
    print(table(("lembar", "baru", "berubah", "tetap", "tak di berkas", "dihapus"), rows, right=(1, 2, 3, 4, 5)))
    for change in result.changes[:MOST_CHANGES] if args.dry_run else ():
        print(f"  {change.sentence()}")
    if args.dry_run and result.changes_total > MOST_CHANGES:
        print(f"  … dan {result.changes_total - MOST_CHANGES} perubahan lain.")
    print(result.sentence())
    return 0


def any_of(count: Any) -> bool:
    """Whether a sheet has anything to report."""
    return any(getattr(count, name) for name in COUNTS)


def as_json(result: Any) -> dict[str, Any]:
    """The outcome for machines."""
    return {
        "file": str(result.path), "agency": result.agency, "dry_run": result.dry_run, "unchanged": result.is_unchanged,
        "sheets": [
            {"sheet": count.sheet, **{name: getattr(count, name) for name in COUNTS}}
            for count in result.counts
        ],
        "changes_total": result.changes_total,
        "changes": [
            {"sheet": item.sheet, "record": item.record, "field": item.field, "old": item.old, "new": item.new}
            for item in result.changes
        ],
    }  # fmt: skip
