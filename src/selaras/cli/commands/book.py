"""`selaras book`: report books over many agencies: kept, listed, made by hand or by a timer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace, year
from selaras.cli.output import emit, table
from selaras.core.errors import CannotRun, Refusal

EXAMPLES = """  selaras book save TAHUNAN --name "LKjIP semua kantor" --kind lkjip --rhythm tahunan --origin "data terbit"
  selaras book run --due                         (untuk dijalankan timer setiap hari)
  selaras book run TAHUNAN --workers 2
  selaras book run --kind lkjip --year 2024 --output laporan-2024   (tanpa menyimpan buku)
  selaras book list
  selaras book remove TAHUNAN"""
STEP = 20
"""Documents between two lines of progress."""


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers,
        "book",
        "Kelola buku laporan: dokumen banyak instansi, disusun serentak, dapat dilanjutkan.",
        EXAMPLES,
    )
    parser.add_argument("what", choices=tuple(_WORK), help="apa yang dilakukan")
    parser.add_argument("code", nargs="?", default="", metavar="KODE", help="kode buku")
    parser.add_argument("--due", action="store_true", help="semua buku yang waktunya tiba (run)")
    parser.add_argument("--name", default="", metavar="NAMA", help="nama buku (save)")
    parser.add_argument("--kind", default="lkjip", metavar="J,J", help="jenis dokumen dipisah koma (bawaan: lkjip)")
    parser.add_argument("--agencies", default="", metavar="K,K", help="kode instansi dipisah koma (bawaan: semua)")
    parser.add_argument("--formats", default="pdf", metavar="F,F", help="pdf, docx, html, xlsx (bawaan: pdf)")
    parser.add_argument(
        "--origin", choices=("data terbit", "data beku", "data berjalan"), default="data berjalan",
        help="data yang dipakai (bawaan: data berjalan)",
    )  # fmt: skip
    parser.add_argument(
        "--rhythm",
        choices=("sekali", "bulanan", "triwulanan", "tahunan"),
        default="sekali",
        help="irama (bawaan: sekali)",
    )
    parser.add_argument("--year", type=year, metavar="TAHUN", help="tahun laporan, untuk buku yang dibuat sekali")
    parser.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="triwulan, untuk buku yang dibuat sekali")
    parser.add_argument(
        "--month", type=int, choices=range(1, 13), metavar="1..12", help="bulan, untuk buku yang dibuat sekali"
    )
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="banyaknya proses (bawaan: sebanyak prosesor)"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="folder hasil, untuk run tanpa KODE")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done; exit status 1 if some document failed."""
    open_web_workspace(args.data)
    done = _WORK[args.what](args)
    if args.format == "json":
        emit(done)
    elif isinstance(done, dict):
        print(done["said"])
    return int(isinstance(done, dict) and bool(done.get("failed")))


def _list(args: argparse.Namespace) -> list[dict[str, Any]]:
    from selaras.store.models import ReportBook

    data: list[dict[str, Any]] = [
        {"code": row.code, "name": row.name, "kinds": row.kinds, "agencies": row.agencies or "semua", "rhythm": row.rhythm,
         "origin": row.origin, "state": row.state, "last_period": row.last_period, "last": row.last_summary,
         "active": row.active}
        for row in ReportBook.objects.all()
    ]  # fmt: skip
    if args.format != "json":
        rows = [
            [one["code"], one["name"], ", ".join(one["kinds"]), one["rhythm"], one["last_period"], one["state"]]
            for one in data
        ]
        print(table(["Kode", "Nama", "Dokumen", "Irama", "Terakhir", "Keadaan"], rows))
    return data


def _save(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.books import save_book

    made = save_book(actor(), book=_book(args, _code(args), args.name or args.code))
    return {"code": made.code, "said": f"Buku laporan {made.code} disimpan."}


def _remove(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.books import remove_book

    remove_book(actor(), code=_code(args))
    return {"code": args.code, "said": f"Buku laporan {args.code} dihapus; berkas yang sudah disusun tetap ada."}


def _run(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions import books

    today, told = date.today(), _progress(quiet=args.format == "json")
    refused: list[str] = []
    if args.due:
        made = []
        for code in books.due_books(actor(), today=today):
            try:
                made.append(books.run_book(actor(), code=code, today=today, workers=args.workers, told=told))
            except Refusal as refusal:  # one book that cannot be made, or is being made, stops no other
                refused.append(f"{code}: {refusal}")
    elif args.code:
        made = [books.run_book(actor(), code=args.code, today=today, workers=args.workers, told=told)]
    else:
        if args.output is None or args.year is None:
            raise CannotRun("Sebutkan kode bukunya, --due, atau --year beserta --output.")
        book = _book(args, "lepas", "Dokumen banyak instansi")
        made = [books.run_reports(actor(), book=book, today=today, workers=args.workers, folder=args.output, told=told)]
    runs = [{"book": one.book, "period": one.period, "folder": str(one.folder), **one.summary()} for one in made]
    said = "\n".join([_said(one) for one in runs] + refused) or "Tidak ada buku yang waktunya tiba."
    failed = sum(one.count("gagal") for one in made) + len(refused)
    return {"runs": runs, "refused": refused, "failed": failed, "said": said}


def _said(one: dict[str, Any]) -> str:
    words = (
        f"{one['book']} {one['period']}: {one['dokumen']} dokumen; {one['baru']} disusun, {one['tetap']} tidak berubah"
    )
    failed = f", {one['gagal']} gagal (lihat kegagalan.txt)" if one["gagal"] else ""
    faulty = (
        f"; {one['berkesalahan']} dari data yang masih mengandung kesalahan (selaras check)"
        if one["berkesalahan"]
        else ""
    )
    return f"{words}{failed}{faulty}; {one['detik']} detik. Folder: {one['folder']}"


def _progress(*, quiet: bool) -> Callable[[Any], None] | None:
    if quiet:
        return None
    done: list[str] = []

    def told(line: Any) -> None:
        done.append(line.state)
        if len(done) % STEP == 0:
            print(f"{len(done)} dokumen selesai, {done.count('gagal')} gagal.", file=sys.stderr, flush=True)

    return told


def _book(args: argparse.Namespace, code: str, name: str) -> Any:
    from selaras.core.nation.books import Book, Origin, Rhythm
    from selaras.core.period import Span

    span, index = Span.YEAR, 1
    if args.quarter:
        span, index = Span.QUARTER, args.quarter
    if args.month:
        span, index = Span.MONTH, args.month
    return Book(
        code, name, _parts(args.kind), _parts(args.agencies), _parts(args.formats.lower()), Origin(args.origin),
        Rhythm(args.rhythm), args.year, span, index,
    )  # fmt: skip


def _parts(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in words.split(",") if part.strip()))


def _code(args: argparse.Namespace) -> str:
    if not args.code:
        raise CannotRun("Sebutkan kode bukunya; lihat `selaras book list`.")
    return str(args.code)


_WORK: dict[str, Callable[[argparse.Namespace], Any]] = {"list": _list, "save": _save, "remove": _remove, "run": _run}
