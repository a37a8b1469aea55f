"""`selaras culture`: worked examples, lists, evidence and results, studies and codebooks as files, statistics."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from selaras.cli.culture_shown import run_list, run_results, run_show
from selaras.cli.options import Subparsers, actor, add_agency_year, add_command, add_data, add_format, open_workspace
from selaras.cli.output import emit, step

REPORTS = ("pdf", "docx", "html")
MEMOS = ("csv", "xlsx")
FORMS = ("qdpx", "qdc", "csv", "xlsx", *REPORTS)


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command and its parts."""
    parser = add_command(
        subparsers, "culture", "Studi budaya kerja: daftar, kekuatan bukti, hasil survei, ekspor dan impor REFI-QDA, statistik.",
        "  selaras culture demo --agency BIRO-ORG --year 2024\n"
        "  selaras culture list --agency BIRO-ORG\n"
        "  selaras culture show --agency BIRO-ORG --study kpu-provinsi-bali\n"
        "  selaras culture export --agency BIRO-ORG --study kpu-provinsi-bali --format qdpx",
    )  # fmt: skip
    parts = parser.add_subparsers(dest="part", required=True, metavar="BAGIAN")
    demo = add_command(
        parts, "demo", "Muat contoh studi ke dalam instansi.", "  selaras culture demo --agency X --year 2024"
    )
    add_agency_year(demo)
    add_data(demo)
    demo.set_defaults(run=run_demo)
    _shown(parts)
    _export(parts)
    _import(parts)
    _statistics(parts)


def _shown(parts: Subparsers) -> None:  # type: ignore[type-arg]
    listed = add_command(
        parts, "list", "Daftar studi, survei, dan gelombangnya, dengan kodenya.", "  selaras culture list --agency X"
    )
    study = add_command(
        parts,
        "show",
        "Kekuatan bukti setiap simpulan dan kode satu studi.",
        "  selaras culture show --agency X --study S",
    )
    study.add_argument("--study", required=True, metavar="KODE", help="kode studi")
    found = add_command(
        parts, "results", "Hasil satu gelombang yang sudah ditutup; kelompok kecil disembunyikan.",
        "  selaras culture results --agency X --survey V --wave 2024-1",
    )  # fmt: skip
    _of_wave(found)
    for part, run in ((listed, run_list), (study, run_show), (found, run_results)):
        part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
        add_format(part)
        add_data(part)
        part.set_defaults(run=run)


def _of_wave(part: argparse.ArgumentParser) -> None:
    part.add_argument("--survey", required=True, metavar="KODE", help="kode survei")
    part.add_argument("--wave", required=True, metavar="KODE", help="kode gelombang")


def _export(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "export", "Tulis studi, laporan studi, buku kode, memo, atau data survei.",
        "  selaras culture export --agency X --study S --format pdf\n"
        "  selaras culture export --agency X --study S --format qdc\n"
        "  selaras culture export --agency X --study S --memos --format csv\n"
        "  selaras culture export --agency X --survey V --wave 2024-1",
    )  # fmt: skip
    part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    part.add_argument("--study", metavar="KODE", help="kode studi")
    part.add_argument("--survey", metavar="KODE", help="kode survei")
    part.add_argument("--wave", metavar="KODE", help="kode gelombang")
    part.add_argument("--format", choices=FORMS, default="", help="bentuk berkas (bawaan: qdpx; untuk memo csv)")
    part.add_argument(
        "--memos", action="store_true", help="memo dengan sumber, letak, kode, dan kutipannya: csv atau xlsx"
    )
    part.add_argument(
        "--output", type=Path, metavar="DIR", help="folder hasil (bawaan: folder laporan di folder kerja)"
    )
    add_data(part)
    part.set_defaults(run=run_export)


def _import(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "import", "Baca proyek .qdpx sebagai studi baru, atau buku kode ke dalam studi.",
        "  selaras culture import --agency X --study baru --framework berakhlak --year 2024 proyek.qdpx\n"
        "  selaras culture import --agency X --study ada buku.qdc",
    )  # fmt: skip
    part.add_argument("file", type=Path, metavar="BERKAS", help="proyek .qdpx, buku kode .qdc, .csv, atau .xlsx")
    part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    part.add_argument("--study", required=True, metavar="KODE", help="kode studi")
    part.add_argument("--framework", metavar="KODE", default="", help="kerangka studi baru")
    part.add_argument("--title", metavar="JUDUL", default="", help="judul studi baru (bawaan: dari berkas)")
    part.add_argument("--year", type=int, metavar="TAHUN", default=date.today().year, help="tahun studi baru")
    add_format(part)
    add_data(part)
    part.set_defaults(run=run_import)


def _statistics(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "statistics", "Hitung statistik satu gelombang survei dan simpan hasilnya.",
        "  selaras culture statistics --agency X --survey V --wave 2024-1 --kind reliabilitas",
    )  # fmt: skip
    part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    _of_wave(part)
    part.add_argument(
        "--kind",
        default="reliabilitas",
        metavar="JENIS",
        help="uji butir | reliabilitas | kelayakan faktor | deskripsi | korelasi | regresi (bawaan: reliabilitas)",
    )
    part.add_argument("--outcome", metavar="SKOR", default="", help="skor yang dijelaskan, untuk regresi")
    part.add_argument("--with-item", action="store_true", help="uji butir dengan total yang memuat butir itu sendiri")
    part.add_argument("--pairwise", action="store_true", help="reliabilitas dari setiap pasangan butir yang terisi")
    add_format(part)
    add_data(part)
    part.set_defaults(run=run_statistics)


def run_demo(args: argparse.Namespace) -> int:
    """Load the worked examples."""
    open_workspace(args.data)
    from selaras.actions.culture_demo import load_demo

    with step("Memuat contoh studi budaya kerja"):
        made = load_demo(actor(), agency=args.agency, year=args.year)
    print("\n".join(made) if made else "Semua contoh sudah ada.")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write one file."""
    open_workspace(args.data)
    from selaras.actions.culture_exchange import BookForm, export_codebook, export_memos, export_project, export_survey
    from selaras.core.errors import CannotRun

    form = args.format or ("csv" if args.memos else "qdpx")
    output = args.output or args.data / "reports"
    if args.survey and args.wave:
        path = export_survey(actor(), agency=args.agency, survey=args.survey, wave=args.wave, output=output)
    elif not args.study:
        raise CannotRun("Sebut --study, atau --survey bersama --wave.")
    elif args.memos:
        if form not in MEMOS:
            raise CannotRun(f"Memo ditulis sebagai {' atau '.join(MEMOS)}.")
        path = export_memos(actor(), agency=args.agency, study=args.study, form=BookForm(form), output=output)
    elif form in REPORTS:
        from selaras.actions.culture_papers import export_report

        path = export_report(actor(), agency=args.agency, study=args.study, format=form, output=output)
    elif form == "qdpx":
        path = export_project(actor(), agency=args.agency, study=args.study, output=output)
    else:
        path = export_codebook(actor(), agency=args.agency, study=args.study, form=BookForm(form), output=output)
    print(path)
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Read one file and tell what came in and what did not."""
    open_workspace(args.data)
    from selaras.actions.culture_exchange import import_codebook, import_project
    from selaras.core.errors import CannotRun

    if args.file.suffix.lower() != ".qdpx":
        made = import_codebook(actor(), agency=args.agency, study=args.study, path=args.file)
    elif not args.framework:
        raise CannotRun("Sebut --framework untuk studi baru.")
    else:
        made = import_project(
            actor(), agency=args.agency, code=args.study, title=args.title, framework=args.framework, year=args.year,
            path=args.file,
        )  # fmt: skip
    told: dict[str, Any] = {
        "study": made.study, "codes": made.codes, "sources": made.sources, "segments": made.segments,
        "codings": made.codings, "coders": list(made.coders), "dropped": list(made.dropped),
    }  # fmt: skip
    if args.format == "json":
        emit(told)
        return 0
    print(f"{made.codes} kode, {made.sources} sumber, {made.segments} penggalan, {made.codings} penyandian.")
    print("\n".join(made.dropped))
    return 0


def run_statistics(args: argparse.Namespace) -> int:
    """Compute, keep and tell."""
    open_workspace(args.data)
    from selaras.actions.culture_statistics import run_statistics as compute
    from selaras.core.culture.analyses import Analysis
    from selaras.core.culture.answers import Gaps
    from selaras.core.culture.reliability import ItemRule
    from selaras.core.errors import Fault, Refusal

    if args.kind not in set(Analysis):
        raise Refusal(
            "Statistik tidak dihitung.", Fault("jenis tidak dikenal", read=args.kind, expected=" | ".join(Analysis))
        )
    given = {
        "hasil": args.outcome, "aturan": ItemRule.UNCORRECTED.value if args.with_item else "",
        "kosong": Gaps.PAIRWISE.value if args.pairwise else "",
    }  # fmt: skip
    params = {name: value for name, value in given.items() if value}
    made = compute(
        actor(), agency=args.agency, survey=args.survey, wave=args.wave, kind=Analysis(args.kind), params=params
    )  # fmt: skip
    if args.format == "json":
        emit({"kind": made.kind, "input": made.input_sha256, "result": made.result, "told": made.told})
    else:
        print("\n".join(made.told))
    return 0
