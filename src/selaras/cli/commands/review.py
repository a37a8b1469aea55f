"""`selaras review`: read any performance report and say what is wrong in it, where, and how that was worked out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selaras.cli.options import Subparsers, add_command, workspace
from selaras.cli.options import year as year_of
from selaras.cli.output import complain, emit
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place

if TYPE_CHECKING:
    from selaras.cli.reviewing import Outcome, StoredFor
    from selaras.documents.findings.result import Reviewed

FORMATS = ("text", "json", "sarif", "html", "pdf", "xlsx", "docx")
FILES = frozenset({"html", "pdf", "xlsx", "docx"})
PAPER_FORMATS = ("pdf", "html", "docx", "xlsx")
OVERVIEW = "ringkasan-reviu.xlsx"
EXAMPLES = """  selaras review LKJIP.pdf
  selaras review LKJIP.docx --with PK.pdf --with LKJIP-2023.pdf
  selaras review LKJIP.pdf --format pdf                     temuan ditandai pada halamannya
  selaras review LKJIP.pdf --working-paper --format pdf     kertas kerja APIP dan pernyataan kosong
  selaras review BAB-I.pdf BAB-II.pdf BAB-III.pdf --as-one  satu laporan dalam beberapa berkas
  selaras review LKJIP.pdf --against-data --data selaras-data
  selaras review laporan/ --format xlsx --output kertas-kerja/

status keluar: 0 tanpa kesalahan; 1 ada kesalahan; 2 ada berkas yang tidak dapat dibaca, ditulis, atau dibandingkan"""


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers,
        "review",
        "Periksa laporan kinerja siapa pun: apa yang salah, di mana, dan berapa seharusnya.",
        EXAMPLES,
    )
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="BERKAS",
        help="laporan (PDF, DOCX, XLSX, HTML, teks) atau folder laporan",
    )
    parser.add_argument(
        "--with", type=Path, action="append", default=[], dest="others", metavar="BERKAS",
        help="dokumen pembanding: PK, Renstra, laporan tahun lalu",
    )  # fmt: skip
    parser.add_argument(
        "--as-one", action="store_true",
        help="berkas-berkas ini (atau isi setiap folder) adalah bagian-bagian satu laporan: sampul, bab, lampiran",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help="bentuk keluaran (bawaan: text)")
    parser.add_argument(
        "--working-paper", action="store_true",
        help="tulis kertas kerja APIP: daftar uji 23 butir beserta temuannya dan pernyataan telah direviu yang kosong "
        "(--format pdf, html, docx, atau xlsx)",
    )  # fmt: skip
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder hasil; html, pdf, docx, dan xlsx bawaannya folder ini"
    )
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        metavar="JENIS",
        help="hanya jenis ini (boleh berulang atau dipisah koma)",
    )
    parser.add_argument(
        "--severity", choices=[severity.value for severity in Severity], default="info",
        help="tingkat terendah yang ditampilkan (bawaan: info)",
    )  # fmt: skip
    parser.add_argument(
        "--ocr", action="store_true",
        help="baca juga halaman yang hanya gambar, dengan pengenalan huruf (perlu paket tesseract-ocr dan tesseract-ocr-ind)",
    )  # fmt: skip
    _add_data(parser)
    parser.set_defaults(run=run)


def _add_data(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("pembandingan dengan basis data")
    group.add_argument(
        "--against-data", action="store_true",
        help="bandingkan juga setiap angka dengan yang tercatat di basis data untuk instansi dan tahun laporan itu",
    )  # fmt: skip
    group.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder kerja basis data (bawaan: SELARAS_DATA, atau ./selaras-data); berarti --against-data",
    )
    group.add_argument(
        "--agency", metavar="KODE", default="", help="kode instansi, bila tidak dikenali dari laporannya"
    )
    group.add_argument(
        "--year", type=year_of, metavar="TAHUN", help="tahun laporan, bila tidak dikenali dari laporannya"
    )


def run(args: argparse.Namespace) -> int:
    """Review every report; 2 if one could not be read or compared, else 1 if there is an error, else 0."""
    from selaras.cli.bundles import expanded, is_like_chapters, labels, stems, together
    from selaras.cli.reviewing import Progress, chosen, lightened, outcomes, rules

    _check_format(args)
    _check_kinds(args, {kind for rule in rules() for kind in rule.kinds})
    bundles = (together if args.as_one else expanded)(args.files)
    if not args.as_one and is_like_chapters([bundle[0] for bundle in bundles]):
        _say("berkas-berkas ini tampaknya bab satu laporan; --as-one mereviunya bersama")
    show = _shower(args, stems(bundles))
    progress, names = Progress(len(bundles)), labels(bundles)
    done: list[tuple[str, Reviewed | None]] = []
    status = 0
    found = outcomes(bundles, args.others, ocr=args.ocr, stored_for=_stored_for(args))
    for number, outcome in enumerate(found):
        progress.tell(number + 1, names[number])
        if outcome.others and not number:
            _say(f"dibandingkan dengan {'; '.join(outcome.others)}")
        item = chosen(outcome.reviewed, _keep(args)) if outcome.reviewed else None
        status = max(status, _troubles(outcome), int(bool(item and item.count(Severity.ERROR))))
        if item is not None:
            status = max(status, _shown(show, number, item))
        done.append((names[number], lightened(item) if item else None))
    _finish(done, args)
    return status


def _check_format(args: argparse.Namespace) -> None:
    if args.working_paper and args.format not in PAPER_FORMATS:
        fault = Fault(
            "bentuk tidak cocok", read=args.format, expected=" atau ".join(PAPER_FORMATS), remedy="Pakai --format."
        )
        raise CannotRun("Kertas kerja adalah berkas.", fault)
    if args.format == "docx" and not args.working_paper:
        raise CannotRun("DOCX hanya ada untuk kertas kerja.", Fault("tambahkan --working-paper", read="--format docx"))


def _check_kinds(args: argparse.Namespace, known: set[str]) -> None:
    args.kind = [kind.strip() for part in args.kind for kind in part.split(",") if kind.strip()]
    strange = [kind for kind in args.kind if kind not in known]
    if strange:
        raise CannotRun(
            "Jenis temuan tidak dikenal.",
            *(Fault("jenis tidak dikenal", read=kind, expected=", ".join(sorted(known))) for kind in strange),
        )


def _keep(args: argparse.Namespace) -> Callable[[Finding], bool]:
    order = list(Severity)
    least = order.index(Severity(args.severity))
    return lambda finding: order.index(finding.severity) <= least and (not args.kind or finding.kind in args.kind)


def _stored_for(args: argparse.Namespace) -> StoredFor | None:
    """How to find what the database holds of a report, where that is asked for; only then Django is loaded."""
    if not args.against_data and args.data is None:
        if args.agency or args.year:
            raise CannotRun("--agency dan --year berlaku bersama --against-data.", Fault("tambahkan --against-data"))
        return None
    from selaras.cli.installation import Installation

    installation = Installation(args.data or workspace(), args.agency, args.year)
    installation.open()
    return installation.stored_for


def _troubles(outcome: Outcome) -> int:
    """Tell what did not go well with a report; 2 if it could not be read or compared, or nothing in it could."""
    for waiver in outcome.stale:
        _say(f"{outcome.name}: pengecualian {waiver.code} ({waiver.where()}) tidak mengenai temuan mana pun")
    if outcome.empty:
        _say(
            f"{outcome.name}: tidak ada teks yang terbaca, jadi tidak ada yang diperiksa; bila halamannya gambar, tambahkan --ocr"
        )
    if outcome.unmatched is not None:
        _say(f"{outcome.name}: tidak dibandingkan dengan basis data")
        complain(outcome.unmatched)
    if outcome.refusal is not None:
        complain(outcome.refusal)
    return 2 if outcome.refusal or outcome.unmatched or outcome.empty else 0


def _say(text: str) -> None:
    print(f"selaras: {text}.", file=sys.stderr)


Show = Any
"""A function of number and review that shows it at once; None where results are shown together at the end."""


def _shower(args: argparse.Namespace, stems: Sequence[str]) -> Show:
    if args.format in FILES or args.output is not None:
        folder = args.output or Path()
        _make(folder)
        return lambda number, item: _write(folder, stems[number], item, args)
    if args.format == "text":
        return _print
    return None


def _shown(show: Show, number: int, item: Reviewed) -> int:
    """Show one review at once; one that cannot be written does not stop the others."""
    if show is None:
        return 0
    try:
        show(number, item)
    except Refusal as refusal:
        complain(refusal)
        return 2
    return 0


def _print(number: int, item: Reviewed) -> None:
    from selaras.cli.told import lines

    print(("\n" if number else "") + lines(item), flush=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotRun(
            "Folder hasil tidak dapat dibuat.",
            Fault("tidak dapat dibuat", Place(source=str(folder)), read=error.strerror or ""),
        ) from error


def _write(folder: Path, stem: str, item: Reviewed, args: argparse.Namespace) -> None:
    suffix = {"text": "txt"}.get(args.format, args.format)
    path = folder / f"{stem}-{'kertas-kerja' if args.working_paper else 'reviu'}.{suffix}"
    _write_as(args.format, item, path, paper=args.working_paper)
    print(f"{path}: {item.summary()}.", file=sys.stderr)


def _write_as(form: str, item: Reviewed, path: Path, *, paper: bool) -> None:
    from datetime import date

    from selaras import __version__
    from selaras.cli.told import lines
    from selaras.documents.findings import as_json, as_sarif, write_html, write_paper, write_pdf, write_xlsx
    from selaras.documents.write.delivery import deliver
    from selaras.rulebook import load

    if form == "xlsx":
        write_xlsx(item, load(date.today()), path)
    elif paper:
        write_paper(item, load(date.today()), form, path)
    elif form == "html":
        write_html(item, path)
    elif form == "pdf":
        write_pdf(item, path)
    elif form == "text":
        deliver(f"{lines(item)}\n".encode(), path)
    else:
        value = as_json(item) if form == "json" else as_sarif([item], version=__version__)
        deliver(f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode(), path)


def _finish(done: Sequence[tuple[str, Reviewed | None]], args: argparse.Namespace) -> None:
    """What is shown of all reports together: machines' forms, and the summary of several."""
    from selaras import __version__
    from selaras.cli.told import overview
    from selaras.documents.findings import as_json, as_sarif
    from selaras.documents.findings.overview import write_overview

    reviewed = [item for _, item in done if item is not None]
    together = args.format not in FILES and args.output is None
    if together and args.format == "json":
        emit(as_json(reviewed[0]) if len(done) == 1 and reviewed else [as_json(item) for item in reviewed])
    elif together and args.format == "sarif":
        emit(as_sarif(reviewed, version=__version__))
    elif len(done) > 1:
        print(f"\n{overview(done)}")
        if args.output is not None:
            write_overview(done, args.output / OVERVIEW)
            print(f"{args.output / OVERVIEW}: {len(done)} laporan.", file=sys.stderr)
