"""`selaras skp`: forms of an SKP, the list of staff from a spreadsheet, and whether PK, SKP and Renstra say the same."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from selaras.cli.options import (
    Subparsers,
    actor,
    add_agency_year,
    add_command,
    add_data,
    add_format,
    open_workspace,
)
from selaras.cli.output import emit, step, table
from selaras.core.access import Actor
from selaras.core.finding import Severity

FORMS = ("skp", "evaluasi", "umpan-balik", "mph")


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command and its parts."""
    parser = add_command(
        subparsers, "skp", "SKP: formulir sebagai berkas, daftar pegawai dari XLSX, dan keselarasan PK–SKP–Renstra.",
        "  selaras skp form --agency BIRO-ORG --plan SKP-2024-KABIRO --as kepala.biro --format pdf\n"
        "  selaras skp staff --agency BIRO-ORG pegawai.xlsx --check\n"
        "  selaras skp align --agency BIRO-ORG --year 2024",
    )  # fmt: skip
    parts = parser.add_subparsers(dest="part", required=True, metavar="BAGIAN")
    _form(parts)
    _staff(parts)
    align = add_command(
        parts, "align", "Periksa keselarasan PK, SKP, dan Renstra.", "  selaras skp align --agency X --year 2024"
    )
    add_agency_year(align)
    add_format(align)
    add_data(align)
    align.set_defaults(run=run_align)


def _form(parts: Subparsers) -> None:  # type: ignore[type-arg]
    form = add_command(
        parts,
        "form",
        "Tulis satu formulir SKP.",
        "  selaras skp form --agency X --plan SKP-1 --as nama.akun --form evaluasi",
    )
    form.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    form.add_argument("--plan", required=True, metavar="KODE", help="kode SKP")
    form.add_argument(
        "--as", required=True, dest="login", metavar="AKUN", help="akun pegawai atau penilai yang berhak membacanya"
    )
    form.add_argument("--form", choices=FORMS, default="skp", help="formulir mana (bawaan: skp)")
    form.add_argument(
        "--format", choices=("pdf", "docx", "xlsx", "html"), default="pdf", help="bentuk berkas (bawaan: pdf)"
    )
    form.add_argument(
        "--output", type=Path, metavar="DIR", help="folder hasil (bawaan: folder laporan di folder kerja)"
    )
    add_data(form)
    form.set_defaults(run=run_form)


def _staff(parts: Subparsers) -> None:  # type: ignore[type-arg]
    staff = add_command(
        parts, "staff", "Muat daftar pegawai dari XLSX, semuanya atau tidak sama sekali.",
        "  selaras skp staff --agency X pegawai.xlsx\n  selaras skp staff --template templat.xlsx",
    )  # fmt: skip
    staff.add_argument("file", nargs="?", type=Path, metavar="BERKAS", help="daftar pegawai")
    staff.add_argument("--agency", metavar="KODE", help="kode instansi")
    staff.add_argument("--check", action="store_true", help="hanya periksa, tidak ada yang disimpan")
    staff.add_argument("--template", type=Path, metavar="BERKAS", help="tulis templatnya ke berkas ini")
    add_format(staff)
    add_data(staff)
    staff.set_defaults(run=run_staff)


def run_form(args: argparse.Namespace) -> int:
    """Write one form on behalf of an account that may read the file."""
    open_workspace(args.data)
    from selaras.actions.people_forms import Form, export_form

    output = args.output or args.data / "reports"
    with step(f"Menulis formulir {args.form} {args.plan}"):
        path = export_form(
            _behalf(args.login),
            agency=args.agency,
            code=args.plan,
            form=Form(args.form),
            format=args.format,
            output=output,
        )
    print(path)
    return 0


def run_staff(args: argparse.Namespace) -> int:
    """Check or load a list of staff; or write the template."""
    if args.template is not None:
        from selaras.documents.staff import template

        args.template.write_bytes(template())
        print(args.template)
        return 0
    if args.file is None or not args.agency:
        from selaras.core.errors import CannotRun

        raise CannotRun("Sebut berkas daftar pegawai dan --agency, atau --template.")
    open_workspace(args.data)
    from selaras.actions.staff import load_staff, preview_staff

    verb = preview_staff if args.check else load_staff
    made = verb(actor(), agency=args.agency, path=args.file)
    counts = {
        "new": len(made.new),
        "changed": len(made.changed),
        "same": made.same,
        "faults": len(made.faults) + made.unsaid,
    }
    if args.format == "json":
        emit({**counts, "sentences": [fault.sentence() for fault in made.faults]})
    else:
        print(
            f"Baru {counts['new']}, berubah {counts['changed']}, tetap {counts['same']}, kesalahan {counts['faults']}."
        )
        for fault in made.faults:
            print(f"- {fault.sentence()}")
    return 1 if made.faults else 0


def run_align(args: argparse.Namespace) -> int:
    """Print what the chain of documents lacks; 1 if anything is wrong."""
    open_workspace(args.data)
    from selaras.store.people_reports import alignment_of

    found = alignment_of(args.agency, args.year).findings
    if args.format == "json":
        emit([{"code": item.code, "severity": item.severity, "message": item.message} for item in found])
    else:
        print(
            table(["Berat", "Kode", "Temuan"], [[item.severity, item.code, item.message] for item in found], widest=100)
        )
    return 1 if any(item.severity is Severity.ERROR for item in found) else 0


def _behalf(login: str) -> Actor:
    """An account, named together with the person at the terminal who acts for it."""
    from datetime import date

    from selaras.store.users import actor_of, find_user

    person = actor_of(find_user(login), date.today())
    return replace(person, name=f"{actor().name} atas nama {person.name}")
