"""`selaras sign`: documents issued for signatures, signed by a key file, listed; keys put on the server."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from selaras.cli.options import (
    Subparsers,
    actor,
    add_agency_year,
    add_command,
    add_data,
    add_format,
    open_web_workspace,
)
from selaras.cli.output import emit, step, table
from selaras.core.access import Actor
from selaras.core.errors import CannotRun, Fault, reason_of

KINDS = ("pk", "skp", "lkjip", "lhe", "pernyataan-reviu", "berita-acara")
LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command and its parts."""
    parser = add_command(
        subparsers, "sign", "Tanda tangan elektronik: menerbitkan, menandatangani, mendaftar dokumen; kunci di server.",
        "  selaras sign list --agency BIRO-ORG --year 2024\n"
        "  selaras sign issue --agency BIRO-ORG --kind pk --key PK-2024\n"
        "  selaras sign file --agency BIRO-ORG --document 7 --order 1 --as kepala.biro --p12 kunci.p12 --level B-LTA\n"
        "  selaras sign key --agency BIRO-ORG --p12 segel.p12 --name 'Segel instansi'",
    )  # fmt: skip
    parts = parser.add_subparsers(dest="part", required=True, metavar="BAGIAN")
    _list(parts)
    _issue(parts)
    _file(parts)
    _key(parts)


def _list(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "list", "Daftar dokumen terbit.", "  selaras sign list --agency X --year 2024 --format json"
    )
    add_agency_year(part)
    add_format(part)
    add_data(part)
    part.set_defaults(run=run_list)


def _issue(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "issue", "Terbitkan satu dokumen untuk ditandatangani.",
        "  selaras sign issue --agency X --kind lkjip --key 3 --reason 'angka diperbaiki'",
    )  # fmt: skip
    part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    part.add_argument("--kind", required=True, choices=KINDS, help="jenis dokumen")
    part.add_argument("--key", required=True, metavar="KUNCI", help="kode (PK, SKP) atau nomor baris rekamannya")
    part.add_argument("--reason", default="", metavar="TEKS", help="alasan versi baru")
    part.add_argument("--conclusion", default="", metavar="TEKS", help="simpulan pereviu, untuk pernyataan reviu")
    part.add_argument("--public", action="store_true", help="halaman verifikasi boleh membagikan berkasnya")
    part.add_argument("--as", dest="login", default="", metavar="AKUN", help="akun yang menerbitkan (SKP: pihaknya)")
    add_data(part)
    part.set_defaults(run=run_issue)


def _file(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "file", "Tandatangani satu dokumen dengan berkas kunci; frasa sandinya ditanyakan, atau dibaca dari masukan.",
        "  selaras sign file --agency X --document 7 --order 1 --as nama.akun --p12 kunci.p12",
    )  # fmt: skip
    part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    part.add_argument("--document", required=True, type=int, metavar="N", help="nomor dokumen dari daftar")
    part.add_argument("--order", required=True, type=int, metavar="N", help="tempat tanda tangan keberapa")
    part.add_argument("--as", required=True, dest="login", metavar="AKUN", help="akun penanda tangan")
    part.add_argument("--p12", required=True, type=Path, metavar="BERKAS", help="berkas kunci PKCS#12")
    part.add_argument("--level", choices=LEVELS, help="tingkat (bawaan: SELARAS_SIGN_LEVEL)")
    part.add_argument("--note", default="", metavar="TEKS", help="catatan dalam tanda tangan")
    add_data(part)
    part.set_defaults(run=run_file)


def _key(parts: Subparsers) -> None:  # type: ignore[type-arg]
    part = add_command(
        parts, "key", "Simpan berkas kunci di server, disegel; tanpa --holder sebagai segel instansi.",
        "  selaras sign key --agency X --p12 kunci.p12 --name 'Kunci kepala' --holder kepala.biro",
    )  # fmt: skip
    part.add_argument("--agency", required=True, metavar="KODE", help="kode instansi")
    part.add_argument("--p12", required=True, type=Path, metavar="BERKAS", help="berkas kunci PKCS#12")
    part.add_argument("--name", default="", metavar="NAMA", help="nama kunci (bawaan: pemilik sertifikat)")
    part.add_argument("--holder", default="", metavar="AKUN", help="akun pemegang kunci")
    add_data(part)
    part.set_defaults(run=run_key)


def run_list(args: argparse.Namespace) -> int:
    """Show the issued documents of a year that the person at the terminal may see."""
    open_web_workspace(args.data)
    from selaras.core.issuing.codes import shown
    from selaras.core.issuing.refusals import next_of
    from selaras.store.issuing import issued_of, signers_of

    rows = issued_of(actor(), args.agency).filter(year=args.year).prefetch_related("signatures__user")
    found: list[dict[str, Any]] = []
    for row in rows:
        turn = next_of(signers_of(row.signatures.all()))
        found.append({
            "document": row.pk, "kind": row.kind, "title": row.title, "version": row.version, "state": row.state,
            "code": shown(row.code), "waits": turn.holder or turn.office if turn else "", "sha256": row.sha256,
        })  # fmt: skip
    if args.format == "json":
        emit(found)
    else:
        heads = ("No.", "Jenis", "Dokumen", "Versi", "Keadaan", "Kode", "Menunggu")
        print(table(heads, [
            (str(one["document"]), one["kind"], one["title"], str(one["version"]), one["state"], one["code"], one["waits"])
            for one in found
        ], right=(0, 3)))  # fmt: skip
    return 0


def run_issue(args: argparse.Namespace) -> int:
    """Issue one document."""
    open_web_workspace(args.data)
    from selaras.actions.issuing import issue
    from selaras.core.issuing.codes import shown
    from selaras.core.issuing.orders import CONCLUSION

    with step(f"Menerbitkan {args.kind} {args.key}"):
        row = issue(
            _behalf(args.login) if args.login else actor(), agency=args.agency, kind=args.kind, key=args.key,
            reason=args.reason, public=args.public, given={CONCLUSION: args.conclusion},
        )  # fmt: skip
    print(f"Dokumen {row.pk}, versi {row.version}, kode {shown(row.code)}.")
    return 0


def run_file(args: argparse.Namespace) -> int:
    """Sign one document by a key file."""
    open_web_workspace(args.data)
    from selaras.actions.issuing import sign_document
    from selaras.actions.issuing_keys import file_provider, warnings_before
    from selaras.core.issuing.stages import Level

    by = _behalf(args.login)
    provider = file_provider(by, content=_content(args.p12), passphrase=_passphrase())
    for warning in warnings_before(by, agency=args.agency, provider=provider):
        print(f"Peringatan: {warning.sentence()}", file=sys.stderr)
    with step(f"Menandatangani dokumen {args.document}"):
        made = sign_document(
            by, agency=args.agency, document=args.document, order=args.order, provider=provider,
            level=Level(args.level) if args.level else None, note=args.note,
        )  # fmt: skip
    print(f"Ditandatangani oleh {made.certificate_subject}, tingkat {made.level}; SHA-256 {made.sha256_after}.")
    return 0


def run_key(args: argparse.Namespace) -> int:
    """Put a key file on the server."""
    open_web_workspace(args.data)
    from selaras.actions.issuing_keys import add_p12

    made = add_p12(
        actor(),
        agency=args.agency,
        name=args.name,
        content=_content(args.p12),
        passphrase=_passphrase(),
        holder=args.holder,
    )
    print(f"Kunci {made.pk}: {made.subject}, berlaku sampai {made.not_after:%d-%m-%Y}.")
    return 0


def _passphrase() -> str:
    """Asked without showing it; where nobody sits at the terminal, the first line of the input."""
    if sys.stdin.isatty():
        return getpass.getpass("Frasa sandi berkas kunci: ")
    return sys.stdin.readline().rstrip("\r\n")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRun(f"Berkas kunci {path.name} tidak terbaca.", Fault(reason_of(error))) from error


def _behalf(login: str) -> Actor:
    """An account, named together with the person at the terminal who acts for it."""
    from datetime import date

    from selaras.store.users import actor_of, find_user

    person = actor_of(find_user(login), date.today())
    return replace(person, name=f"{actor().name} atas nama {person.name}")
