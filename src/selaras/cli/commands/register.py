"""`selaras register`: registers of an agency: listed, defined from files, filled, counted, cleared."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_data, add_format, open_web_workspace, year
from selaras.cli.output import emit, table
from selaras.core.errors import CannotRun

EXAMPLES = """  selaras register list --agency KPU-PROB
  selaras register define --agency KPU-PROB --preset permohonan_informasi
  selaras register define --agency KPU-PROB --file register.toml
  selaras register definition --agency KPU-PROB --code pengaduan --file register.toml
  selaras register import --agency KPU-PROB --code pengaduan --file lama.xlsx
  selaras register export --agency KPU-PROB --code pengaduan --file rekaman.csv
  selaras register count --agency KPU-PROB --code permohonan_informasi --year 2024
  selaras register retain --agency KPU-PROB --dry-run   (untuk dijalankan setiap bulan)
  selaras register refresh --agency KPU-PROB            (sesudah hari libur berubah)"""


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "register", "Kelola register: daftar, definisi, impor, ekspor, hitung, bersihkan.", EXAMPLES
    )
    parser.add_argument("what", choices=tuple(_WORK), help="apa yang dilakukan")
    parser.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    parser.add_argument("--code", default="", metavar="KODE", help="kode register")
    parser.add_argument("--preset", default="", metavar="KODE", help="register bawaan (define)")
    parser.add_argument("--file", type=Path, metavar="BERKAS", help="berkas yang dibaca atau ditulis")
    parser.add_argument("--year", type=year, metavar="TAHUN", help="tahun (count; bawaan: tahun ini)")
    parser.add_argument("--personal", action="store_true", help="sertakan data pribadi (export)")
    parser.add_argument("--dry-run", action="store_true", help="hanya hitung, tanpa mengubah (retain)")
    add_data(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    open_web_workspace(args.data)
    done = _WORK[args.what](args)
    if args.format == "json":
        emit(done)
    elif isinstance(done, dict):
        print(done["said"])
    return 0


def _list(args: argparse.Namespace) -> list[dict[str, Any]]:
    from selaras.rulebook.registers import presets
    from selaras.store.registers import registers_of

    lines = registers_of(actor(), args.agency, date.today())
    known = {line.code for line in lines}
    data: list[dict[str, Any]] = [
        {"code": line.code, "name": line.name, "records": line.records, "open": line.open, "overdue": line.overdue,
         "active": line.active, "version": line.version}
        for line in lines
    ]  # fmt: skip
    if args.format != "json":
        rows = [
            [item["code"], item["name"], *(str(item[key]) for key in ("records", "open", "overdue"))] for item in data
        ]
        print(table(["Kode", "Nama", "Rekaman", "Terbuka", "Lewat batas"], rows, right=[2, 3, 4]))
        others = [code for code in presets() if code not in known]
        if others:
            print(f"Register bawaan yang belum diambil: {', '.join(others)}.")
    return data


def _define(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.registers import load_definition, take_preset

    if args.preset:
        made = take_preset(actor(), agency=args.agency, preset_code=args.preset, code=args.code)
    else:
        path = _file(args)
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotRun(f"Berkas {path} tidak dapat dibaca.") from error
        made = load_definition(actor(), agency=args.agency, text=text, name=path.name)
    return {"code": made.code, "name": made.name, "said": f"Register {made.code} ({made.name}) disimpan."}


def _definition(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.rulebook.registers import to_json, to_toml
    from selaras.store.register_access import find_register

    made, path = find_register(args.agency, _code(args)).register, _file(args)
    text = to_json(made) if path.suffix.lower() == ".json" else to_toml(made)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise CannotRun(f"Berkas {path} tidak dapat ditulis.") from error
    return {"code": made.code, "file": str(path), "said": f"Definisi {made.code} ditulis ke {path}."}


def _import(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.register_files import import_records

    made = import_records(actor(), agency=args.agency, register=_code(args), path=_file(args))
    said = f"{made.records} rekaman dimuat ({made.first} sampai {made.last})."
    return {"records": made.records, "first": made.first, "last": made.last, "said": said}


def _export(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.register_files import export_records

    path = _file(args)
    amount = export_records(actor(), agency=args.agency, register=_code(args), path=path, personal=args.personal)
    return {"records": amount, "file": str(path), "said": f"{amount} rekaman ditulis ke {path}."}


def _count(args: argparse.Namespace) -> list[dict[str, Any]]:
    from selaras.core.period import Period
    from selaras.store.register_figures import figures_of

    today = date.today()
    lines = figures_of(actor(), args.agency, _code(args), Period(args.year or today.year), today)
    data: list[dict[str, Any]] = [
        {"rule": line.rule.code, "name": line.rule.name, "indicators": list(line.indicators),
         "figure": line.counted.figure.told() if line.counted else line.refused}
        for line in lines
    ]  # fmt: skip
    if args.format != "json":
        print(table(["Aturan", "Nama", "Angka"], [[item["rule"], item["name"], item["figure"]] for item in data]))
    return data


def _retain(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.register_clearing import clear_records

    done = clear_records(actor(), agency=args.agency, register=args.code, dry=args.dry_run)
    deleted, emptied = sum(item.deleted for item in done), sum(item.anonymised for item in done)
    will = "akan " if args.dry_run else ""
    said = f"{deleted} rekaman {will}dihapus dan {emptied} {will}dianonimkan."
    return {"deleted": deleted, "anonymised": emptied, "dry_run": args.dry_run, "said": said}


def _refresh(args: argparse.Namespace) -> dict[str, Any]:
    from selaras.actions.register_figures import recount_indicators
    from selaras.actions.registers import refresh_records
    from selaras.store.registers import registers_of

    today = date.today()
    codes = [args.code] if args.code else [line.code for line in registers_of(actor(), args.agency, today)]
    amount = sum(refresh_records(actor(), agency=args.agency, code=code) for code in codes)
    changed = recount_indicators(actor(), agency=args.agency, year=args.year or today.year)
    said = f"Tenggat {amount} rekaman dan {changed} nilai indikator dihitung ulang."
    return {"records": amount, "values": changed, "said": said}


def _code(args: argparse.Namespace) -> str:
    if not args.code:
        raise CannotRun("Sebutkan registernya dengan --code; lihat `selaras register list`.")
    return str(args.code)


def _file(args: argparse.Namespace) -> Path:
    if args.file is None:
        raise CannotRun("Sebutkan berkasnya dengan --file.")
    return Path(args.file)


_WORK = {
    "list": _list, "define": _define, "definition": _definition, "import": _import, "export": _export,
    "count": _count, "retain": _retain, "refresh": _refresh,
}  # fmt: skip
