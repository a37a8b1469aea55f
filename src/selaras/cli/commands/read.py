"""`selaras read`: what was understood of a file: headings, tables with their cells and places, figures with their reading."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from selaras.cli.options import Subparsers, add_command
from selaras.cli.output import emit
from selaras.core.errors import CannotRun, Fault
from selaras.core.place import Place
from selaras.core.source import Form, Reading

MOST_PICTURES = 200


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "read", "Baca PDF, DOCX, XLSX, HTML, atau teks; tunjukkan apa yang dipahami darinya.",
        "  selaras read LKJIP.pdf --format html --output bacaan.html\n  selaras read PK.docx --format json",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="BERKAS", help="berkas yang dibaca")
    parser.add_argument(
        "--format", choices=("text", "json", "html"), default="text",
        help="bentuk keluaran; html menampilkan gambar halaman PDF di samping hasil baca (bawaan: text)",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="BERKAS", help="tulis ke berkas, bukan ke layar")
    parser.add_argument(
        "--ocr", action="store_true",
        help="baca juga halaman yang hanya gambar, dengan pengenalan huruf (perlu paket tesseract-ocr dan tesseract-ocr-ind)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read the file and show it; needs no database."""
    from selaras.documents.read import read

    reading = read(args.file, ocr=args.ocr)
    if args.output is not None:
        return _write(args.output, reading, args)
    if args.format == "json":
        from selaras.documents.read.view import as_json

        emit(as_json(reading))
    else:
        sys.stdout.write(_shown(reading, args))
    return 0


def _shown(reading: Reading, args: argparse.Namespace) -> str:
    import json

    from selaras.documents.read.sandbox import pictures
    from selaras.documents.read.view import as_html, as_json, as_text

    if args.format == "json":
        return json.dumps(as_json(reading), ensure_ascii=False, indent=1) + "\n"
    if args.format == "html":
        drawn = pictures(args.file, most=MOST_PICTURES) if reading.form is Form.PDF else ()
        return as_html(reading, drawn)
    return as_text(reading)


def _write(output: Path, reading: Reading, args: argparse.Namespace) -> int:
    from selaras.documents.read.view import summary

    try:
        output.write_text(_shown(reading, args), "utf-8")
    except OSError as error:
        fault = Fault(
            f"Berkas tidak dapat ditulis ({error.strerror})", Place(source=str(output)), remedy="Pilih folder lain."
        )
        raise CannotRun("Hasil baca tidak ditulis.", fault) from error
    print(summary(reading), file=sys.stderr)
    return 0
