"""`selaras lke`: instruments of the evaluation, the score of a filled sheet, and LKE or LHE out of the workspace."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_workspace, year
from selaras.cli.output import emit, step, table
from selaras.core.errors import CannotRun, Fault, Refusal, reason_of
from selaras.core.evaluation.scoring import Result, score
from selaras.core.evaluation.template import Template
from selaras.core.numerals import format_number
from selaras.core.place import Place

FORMATS = ("pdf", "docx", "html", "xlsx")


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "lke", "Lihat dan periksa instrumen evaluasi, hitung nilai LKE yang terisi, tulis LKE dan LHE.",
        "  selaras lke list\n  selaras lke export permenpan-rb-88-2021 --output instrumen.toml\n"
        "  selaras lke check instrumen.toml\n  selaras lke score lke-2024-DINAS.xlsx\n"
        "  selaras lke write --agency BIRO-ORG --year 2024 --kind lhe --output hasil",
    )  # fmt: skip
    parser.add_argument(
        "what", choices=("list", "export", "check", "score", "write"),
        help="list: instrumen yang dikenal; export: tulis satu sebagai TOML; check: periksa berkas instrumen; score: "
        "hitung nilai buku kerja LKE; write: tulis LKE atau LHE dari folder kerja",
    )  # fmt: skip
    parser.add_argument(
        "target", nargs="?", default="", metavar="BERKAS", help="berkas, atau kode instrumen bagi export"
    )
    parser.add_argument("--template", type=Path, metavar="TOML", help="instrumen sendiri, bagi score")
    parser.add_argument("--agency", default="", metavar="KODE", help="kode instansi, bagi write")
    parser.add_argument("--unit", default="", metavar="KODE", help="kode unit, bagi write (bawaan: seluruh instansi)")
    parser.add_argument("--year", type=year, metavar="TAHUN", help="tahun kinerja, bagi write")
    parser.add_argument("--kind", choices=("lke", "lhe"), default="lhe", help="yang ditulis (bawaan: lhe)")
    parser.add_argument(
        "--file-format", default="pdf", metavar="F,F", help="bagi lhe: pdf, docx, html, xlsx (bawaan: pdf)"
    )
    parser.add_argument("--output", type=Path, metavar="TEMPAT", help="berkas bagi export, folder bagi write")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    verbs = {"list": _list, "export": _export, "check": _check, "score": _score, "write": _write}
    verbs[args.what](args)
    return 0


def _list(args: argparse.Namespace) -> None:
    from selaras.rulebook.lke import templates

    rows = [_row(item) for item in templates().values()]
    if args.format == "json":
        emit(rows)
        return
    keys = ("kode", "judul", "tahun", "cara", "komponen", "kriteria", "kepastian")
    print(table(keys, [[str(row[key]) for key in keys] for row in rows], right=(4, 5)))


def _export(args: argparse.Namespace) -> None:
    from selaras.rulebook.lke import templates
    from selaras.rulebook.lke_toml import to_toml

    found = templates().get(args.target)
    if found is None:
        raise CannotRun(f"Instrumen “{args.target}” tidak dikenal. Yang ada: {', '.join(templates())}.")
    if args.output is None:
        print(to_toml(found), end="")
        return
    try:
        args.output.write_text(to_toml(found), "utf-8")
    except OSError as error:
        raise CannotRun(f"{args.output} tidak dapat ditulis: {reason_of(error)}.") from error
    print(args.output)


def _check(args: argparse.Namespace) -> None:
    found = _read(_needed(args))
    if args.format == "json":
        emit(_row(found))
    else:
        print(
            f"Instrumen {found.code} dapat dipakai: {len(found.components)} komponen, {len(found.subcomponents)} "
            f"sub-komponen, {len(found.criteria)} kriteria."
        )


def _score(args: argparse.Namespace) -> None:
    from selaras.documents.lke.read import read_answers
    from selaras.rulebook.lke import templates

    filled = read_answers(_needed(args), templates(), _read(args.template) if args.template else None)
    results = [(title, score(filled.template, answers)) for title, answers in filled.columns]
    if args.format == "json":
        emit({"template": filled.template.code, "columns": [_told(title, result) for title, result in results]})
        return
    places = filled.template.rounding.places
    titles = ["komponen", "bobot", *(title for title, _ in results)]
    rows = [
        [component.title, format_number(component.weight),
         *(format_number(filled.template.rounding.rounded(result.components[at].points), places=places)
           for _, result in results)]
        for at, component in enumerate(filled.template.components)
    ]  # fmt: skip
    rows.append(["nilai", "100", *(format_number(result.total, places=places) for _, result in results)])
    rows.append(["predikat", "", *(result.predicate.letter for _, result in results)])
    print(table(titles, rows, right=range(1, len(titles))))
    for title, result in results:
        if result.missing:
            print(f"{title}: belum dijawab dan dihitung 0: {', '.join(result.missing)}.")


def _write(args: argparse.Namespace) -> None:
    if not args.agency or args.year is None:
        raise CannotRun("selaras lke write memerlukan --agency dan --year.")
    formats = [name.strip().lower() for name in args.file_format.split(",") if name.strip()]
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise CannotRun(f"Format {', '.join(unknown)} tidak dikenal; pilihan: {', '.join(FORMATS)}.")
    open_workspace(args.data)
    from selaras.actions.evaluation_documents import compose_letter, write_sheet
    from selaras.store.evaluations import evaluations_of, unit_of

    rows = [row for row in evaluations_of(actor(), args.agency, args.year) if unit_of(row) == args.unit]
    if not rows:
        raise CannotRun(f"Belum ada evaluasi {args.unit or args.agency} tahun {args.year}.")
    output = args.output or args.data / "reports"
    with step(f"Menyusun {args.kind} {args.unit or args.agency} {args.year}", quiet=args.format == "json"):
        if args.kind == "lke":
            paths = [write_sheet(actor(), agency=args.agency, evaluation=rows[0].pk, output=output)]
        else:
            paths = compose_letter(actor(), agency=args.agency, evaluation=rows[0].pk, formats=formats, output=output)
    if args.format == "json":
        emit([str(path) for path in paths])
    else:
        print("\n".join(map(str, paths)))


def _needed(args: argparse.Namespace) -> Path:
    if not args.target:
        raise CannotRun(f"selaras lke {args.what} memerlukan sebuah berkas.")
    return Path(args.target)


def _read(path: Path) -> Template:
    from selaras.rulebook.lke_toml import from_toml

    try:
        return from_toml(path.read_text("utf-8"), path.name)
    except OSError as error:
        raise CannotRun(f"{path} tidak dapat dibaca: {reason_of(error)}.") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} bukan teks.", Fault("bukan teks UTF-8", Place(source=path.name))) from error


def _row(item: Template) -> dict[str, Any]:
    return {
        "kode": item.code, "judul": item.title, "tahun": f"{item.first_year}–{item.last_year or 'sekarang'}",
        "cara": item.mode.value, "komponen": len(item.components), "kriteria": len(item.criteria),
        "kepastian": item.source.certainty.value, "sumber": item.source.text, "lokal": item.local,
    }  # fmt: skip


def _told(title: str, result: Result) -> dict[str, Any]:
    return {
        "column": title, "total": str(result.total), "predicate": result.predicate.letter,
        "missing": list(result.missing),
        "components": {item.component.code: str(item.points) for item in result.components},
    }  # fmt: skip
