"""`selaras review`: read any performance report and say what is wrong in it, where, and how that was worked out."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from selaras.cli.options import Subparsers, add_command
from selaras.cli.output import complain, emit, table
from selaras.core.errors import CannotRun, Fault
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place

if TYPE_CHECKING:
    from selaras.cli.reviewing import Outcome
    from selaras.documents.findings.result import Reviewed

FORMATS = ("text", "json", "html", "pdf", "xlsx", "sarif")
FILES = frozenset({"html", "pdf", "xlsx"})
SUFFIXES = {"text": ".txt", "json": ".json", "html": ".html", "pdf": ".pdf", "xlsx": ".xlsx", "sarif": ".sarif"}
MANY = 3


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers,
        "review",
        "Periksa laporan kinerja siapa pun: apa yang salah, di mana, dan berapa seharusnya.",
        "  selaras review LKJIP.pdf\n  selaras review LKJIP.docx --with PK.pdf --with LKJIP-2023.pdf\n"
        "  selaras review laporan/ --format xlsx --output kertas-kerja/\n\n"
        "status keluar: 0 tanpa kesalahan; 1 ada kesalahan; 2 ada berkas yang tidak dapat dibaca",
    )
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="BERKAS",
        help="laporan (PDF, DOCX, XLSX, HTML, teks) atau folder laporan",
    )
    parser.add_argument(
        "--with",
        type=Path,
        action="append",
        default=[],
        dest="others",
        metavar="BERKAS",
        help="dokumen pembanding: PK, Renstra, laporan tahun lalu",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="bentuk keluaran (bawaan: text)")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder hasil; html, pdf, dan xlsx bawaannya folder ini"
    )
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        metavar="JENIS",
        help="hanya jenis ini (boleh berulang atau dipisah koma)",
    )
    parser.add_argument(
        "--severity",
        choices=[severity.value for severity in Severity],
        default="info",
        help="tingkat terendah yang ditampilkan (bawaan: info)",
    )
    parser.add_argument(
        "--ocr",
        action="store_true",
        help="baca juga halaman yang hanya gambar, dengan pengenalan huruf (perlu paket tesseract-ocr dan tesseract-ocr-ind)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Review every file; 2 if one could not be read, else 1 if there is an error, else 0."""
    from selaras.cli.reviewing import expanded, outcomes, progress, rules

    _check_kinds(args, {kind for rule in rules() for kind in rule.kinds})
    paths = expanded(args.files)
    done: list[Outcome] = []
    for number, outcome in enumerate(outcomes(paths, args.others, ocr=args.ocr), 1):
        if len(paths) > 1:
            progress(number, len(paths), outcome.path)
        done.append(replace(outcome, reviewed=_chosen(outcome.reviewed, args)) if outcome.reviewed else outcome)
        if outcome.refusal is not None:
            complain(outcome.refusal)
    for outcome in done:
        for waiver in outcome.stale:
            print(
                f"selaras: {outcome.path.name}: pengecualian {waiver.code} (“{waiver.quote}”) tidak mengenai temuan mana pun",
                file=sys.stderr,
            )
    reviewed = [outcome.reviewed for outcome in done if outcome.reviewed]
    _show(reviewed, done, args)
    if any(outcome.refusal for outcome in done):
        return 2
    return int(any(item.count(Severity.ERROR) for item in reviewed))


def _check_kinds(args: argparse.Namespace, known: set[str]) -> None:
    args.kind = [kind.strip() for part in args.kind for kind in part.split(",") if kind.strip()]
    strange = [kind for kind in args.kind if kind not in known]
    if strange:
        raise CannotRun(
            "Jenis temuan tidak dikenal.",
            *(Fault("jenis tidak dikenal", read=kind, expected=", ".join(sorted(known))) for kind in strange),
        )


def _chosen(reviewed: Reviewed, args: argparse.Namespace) -> Reviewed:
    order = list(Severity)
    least = order.index(Severity(args.severity))
    kept = tuple(
        finding
        for finding in reviewed.findings
        if order.index(finding.severity) <= least and (not args.kind or finding.kind in args.kind)
    )
    return replace(reviewed, findings=kept)


def _show(reviewed: Sequence[Reviewed], done: Sequence[Outcome], args: argparse.Namespace) -> None:
    from selaras.documents.findings import as_json, as_sarif

    if args.format in FILES or args.output is not None:
        for outcome in done:
            if outcome.reviewed:
                _write(outcome.path, outcome.reviewed, args)
    elif args.format == "json":
        emit(as_json(reviewed[0]) if len(done) == 1 and reviewed else [as_json(item) for item in reviewed])
    elif args.format == "sarif":
        emit(as_sarif(reviewed))
    else:
        print("\n\n".join(lines(item) for item in reviewed))
    if len(done) > 1 and (args.format == "text" or args.output is not None or args.format in FILES):
        print(f"\n{_overview(done)}")


def _write(original: Path, item: Reviewed, args: argparse.Namespace) -> None:
    from selaras.documents.findings import as_json, as_sarif, write_html, write_pdf, write_xlsx
    from selaras.documents.write.delivery import deliver

    folder = args.output or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotRun(
            "Folder hasil tidak dapat dibuat.",
            Fault("tidak dapat dibuat", Place(source=str(folder)), read=error.strerror or ""),
        ) from error
    path = folder / f"{Path(item.source).stem}-reviu{SUFFIXES[args.format]}"
    if args.format == "html":
        write_html(item, path)
    elif args.format == "pdf":
        write_pdf(original, item, path)
    elif args.format == "xlsx":
        from datetime import date

        from selaras.rulebook import load

        write_xlsx(item, load(date.today()), path)
    else:
        text = (
            lines(item)
            if args.format == "text"
            else json.dumps(as_json(item) if args.format == "json" else as_sarif([item]), ensure_ascii=False, indent=1)
        )
        deliver(f"{text}\n".encode(), path)
    print(f"{path}: {item.summary()}", file=sys.stderr)


def lines(reviewed: Reviewed) -> str:
    """The findings as text: place, severity, code, message, the arithmetic below; a summary at the end."""
    year = f", {reviewed.year}" if reviewed.year else ""
    head = f"{reviewed.source}: {reviewed.unit}{year}"
    body = [_finding(finding, reviewed) for finding in reviewed.findings]
    body += [
        f"{_finding(finding, reviewed)}\n      dikecualikan oleh {name}: {reason}"
        for finding, reason, name in reviewed.waived
    ]
    return "\n".join([head, *body, f"{reviewed.source}: {reviewed.summary()}."])


def _finding(finding: Finding, reviewed: Reviewed) -> str:
    places = finding.places or (Place(source=reviewed.source),)
    told = [
        f"{_where(places[0], reviewed)}: {finding.severity.word} {finding.code} ({finding.kind}): {finding.message}"
    ]
    if finding.stated and finding.expected and finding.severity is not Severity.INFO:
        told.append(f"      tertulis {_short(finding.stated)}; seharusnya {_short(finding.expected)}")
    if finding.arithmetic and finding.arithmetic not in finding.message:
        told.append(f"      {finding.arithmetic}")
    if places[0].quote:
        told.append(f"      | {_short(places[0].quote)}")
    beside = list(dict.fromkeys(_where(place, reviewed, short=True) for place in places[1:]))
    if beside:
        told.append(
            f"      lihat juga: {'; '.join(beside[:6])}{f'; dan {len(beside) - 6} tempat lain' if len(beside) > 6 else ''}"
        )
    told += [f"      akibatnya juga: {each.message}" for each in finding.consequences]
    return "\n".join(told)


def _where(place: Place, reviewed: Reviewed, *, short: bool = False) -> str:
    """`laporan.txt:630: Tabel 3.9, baris 2, kolom Capaian`; without the file where `short`."""
    spot = str(place.line or "") if not reviewed.reading.pages or place.page is None else f"hlm. {place.page}"
    spot = (place.cell and f"{place.sheet}!{place.cell}") or spot
    table_ = Place(
        table=place.table, row=None if place.cell else place.row, column="" if place.cell else place.column
    ).sentence()
    own = not place.source or place.source == reviewed.source
    file = "" if short and own else (place.source or reviewed.source)
    head = ":".join(part for part in (file, spot) if part)
    return ", ".join(part for part in (head if not short or not spot.isdigit() else f"baris {spot}", table_) if part)


def _short(text: str, longest: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _overview(done: Sequence[Outcome]) -> str:
    """One row per file, and the faults that many of them share."""
    rows = []
    shared: Counter[str] = Counter()
    for outcome in done:
        item = outcome.reviewed
        if item is None:
            rows.append([outcome.path.name, "tidak dapat dibaca", "", "", "", "", ""])
            continue
        shared.update(set(item.kinds()))
        top = ", ".join(f"{kind} {count}" for kind, count in item.kinds().most_common(4))
        rows.append(
            [item.source, item.unit, str(item.year or ""), *(str(item.count(severity)) for severity in Severity), top]
        )
    text = table(
        ("berkas", "instansi", "tahun", "kesalahan", "peringatan", "catatan", "jenis terbanyak"), rows, right=(3, 4, 5)
    )
    common = [f"{kind} ({count} berkas)" for kind, count in shared.most_common(8) if count > 1]
    return f"{text}\n\nkesalahan yang sering: {', '.join(common)}" if len(done) >= MANY and common else text
