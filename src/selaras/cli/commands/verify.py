"""`selaras verify`: who signed a PDF, when, whether it changed since, and whether it is the registered one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from selaras.cli.options import Subparsers, actor, add_command, add_format, open_workspace
from selaras.cli.output import emit
from selaras.core.errors import CannotRun, Fault, reason_of
from selaras.core.issuing.inspection import Problem, TrustedRoot, plain, read_plain
from selaras.core.issuing.outcome import Compared, Outcome, Sentence, Verdict
from selaras.core.issuing.verdict import verdict

EXAMPLES = """  selaras verify LKJIP.pdf
  selaras verify LKJIP.pdf --trust akar/          (folder berkas PEM)
  selaras verify *.pdf --data selaras-data        (juga dengan register instalasi)
  selaras verify LKJIP.pdf --format json

status keluar: 0 sah atau terdaftar; 1 berubah, tidak sah, tidak berlaku lagi, atau angkanya tidak cocok;
3 tidak dapat dipastikan (tanpa tanda tangan, penanda tangan tidak dikenal, kedaluwarsa); 2 ada yang tidak dapat diperiksa"""
MARKS = {"good": "+", "warn": "!", "bad": "x", "info": "-"}
CERTAINTIES = {"terbukti": "", "menurut berkas": " [menurut berkas]", "tidak diketahui": " [tidak diketahui]"}
STATUS = {
    Outcome.VALID: 0, Outcome.REGISTERED: 0, Outcome.UNREADABLE: 2, Outcome.UNSIGNED: 3, Outcome.STRANGER: 3,
    Outcome.UNCERTAIN: 3,
}  # fmt: skip
SEVERITY = (0, 3, 2, 1)
"""From the mildest to the worst status, for several files."""


def register(subparsers: Subparsers) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = add_command(
        subparsers, "verify", "Periksa tanda tangan elektronik PDF: siapa, kapan, berubah atau tidak, terdaftar atau tidak.",
        EXAMPLES,
    )  # fmt: skip
    parser.add_argument("files", type=Path, nargs="+", metavar="BERKAS", help="PDF yang diperiksa, dari siapa pun")
    parser.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="DIR",
        help="folder berkas PEM akar tepercaya (boleh berulang)",
    )  # fmt: skip
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder kerja: periksa juga dengan register dan akar tepercayanya"
    )
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Verify every file; the exit status is that of the worst."""
    roots = [root for folder in args.trust for root in _roots(folder)]
    if args.data is not None:
        open_workspace(args.data)
    answers = [_answer(path, roots, with_data=args.data is not None) for path in args.files]
    if args.format == "json":
        emit(answers if len(answers) > 1 else answers[0])
    else:
        for number, answer in enumerate(answers):
            print("\n".join(["", *_lines(answer)] if number else _lines(answer)))
    return max((STATUS.get(Outcome(item["verdict"]["outcome"]), 1) for item in answers), key=SEVERITY.index)


def _answer(path: Path, roots: list[TrustedRoot], *, with_data: bool) -> dict[str, Any]:
    if with_data:
        from selaras.actions.verifying import look

        return look(actor(), path=path, roots=tuple(roots))
    from selaras.actions._comparing import read_back
    from selaras.documents.pades.verify import inspect_file
    from selaras.rulebook.trust import load_roots

    shipped = [TrustedRoot(item.name, item.pem, item.source.text) for item in load_roots() if item.pem]
    found = inspect_file(path, [*shipped, *roots], datetime.now(UTC))
    compared = read_back(path).compared if found.problem is Problem.NONE else Compared()
    return {
        "verdict": plain(verdict(found, None, compared)), "inspection": plain(found), "registered": [],
        "compared": plain(compared),
    }  # fmt: skip


def _roots(folder: Path) -> Iterator[TrustedRoot]:
    paths = sorted(folder.glob("*.pem")) if folder.is_dir() else [folder]
    if not paths:
        raise CannotRun(f"{folder} tidak memuat berkas .pem.", Fault("akar tepercaya", expected="*.pem"))
    for path in paths:
        try:
            pem = path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "bukan teks"
            raise CannotRun(f"{path} tidak dapat dibaca.", Fault("akar tepercaya", read=reason)) from error
        if "-----BEGIN CERTIFICATE-----" not in pem:
            raise CannotRun(
                f"{path} bukan sertifikat.", Fault("akar tepercaya", expected="-----BEGIN CERTIFICATE-----")
            )
        yield TrustedRoot(path.stem, pem, f"berkas {path.name}")


def _lines(answer: dict[str, Any]) -> list[str]:
    told: Verdict = read_plain(Verdict, answer["verdict"])
    found = answer["inspection"]
    lines = [f"{found['name']}: {told.outcome.value.upper()}. {told.headline}"]
    lines += [_line(one) for one in told.sentences]
    for number, sentences in enumerate(told.signatures, 1):
        what = "Stempel waktu" if found["signatures"][number - 1]["document_stamp"] else "Tanda tangan"
        lines += [f"  {what} {number}:", *(f"  {_line(one)}" for one in sentences)]
    differences = answer["compared"]["differences"]
    for item in differences:
        pages = ", ".join(map(str, item["pages"]))
        lines.append(f"    x {item['sentence']}{f' (halaman {pages})' if pages else ''}")
    return [*lines, f"  SHA-256 {found['sha256']}"]


def _line(one: Sentence) -> str:
    return f"  {MARKS[one.tone.value]} {one.words}{CERTAINTIES[one.certainty.value]}"
