"""Reviewing files at the terminal: reading, understanding, rules and waivers put together, for one file or a folder."""

from __future__ import annotations

import inspect
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from selaras.core.document import Table
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.source import Reading
from selaras.documents.findings.result import Reviewed, Rule
from selaras.documents.read import read
from selaras.review.claims import understand
from selaras.review.engine import review
from selaras.review.report import Report
from selaras.review.rules import RULES
from selaras.review.waivers import SUFFIX, Waiver, divided, waivers
from selaras.rulebook import load

FORMS = (".pdf", ".docx", ".xlsx", ".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its review, or the refusal; `stale` are waivers that cover nothing any more."""

    path: Path
    reviewed: Reviewed | None = None
    refusal: Refusal | None = None
    stale: tuple[Waiver, ...] = ()


def expanded(paths: Sequence[Path]) -> list[Path]:
    """Files as they are, folders as the reports in them, in order of name. Raises CannotRun for a folder without any."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            item
            for item in path.rglob("*")
            if item.suffix.casefold() in FORMS and item.is_file() and not item.name.startswith((".", "~"))
        )
        if not inside:
            raise CannotRun(
                "Tidak ada berkas untuk direviu.",
                Fault("folder tanpa laporan", Place(source=str(path)), expected=", ".join(FORMS)),
            )
        found += inside
    return found


def outcomes(paths: Sequence[Path], others: Sequence[Path], *, ocr: bool = False) -> Iterator[Outcome]:
    """Each file reviewed, in the order given; files are read side by side, one per processor. `ocr`: pictures too."""
    beside = tuple(understand(read(path, ocr=ocr)) for path in others)
    with ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, len(paths)))) as pool:
        for path, (reading, seconds, refusal) in zip(paths, pool.map(partial(_read, ocr=ocr), paths), strict=True):
            yield Outcome(path, refusal=refusal) if reading is None else _reviewed(path, reading, beside, seconds)


def rules() -> tuple[Rule, ...]:
    """The rules as they explain themselves."""
    made = []
    for rule in RULES:
        text = inspect.cleandoc(rule.__doc__ or "")
        made.append(Rule(rule.CODE, " ".join(text.split("\n\n")[0].split()), text, tuple(rule.KINDS)))
    return tuple(sorted(made, key=lambda rule: rule.code))


def _read(path: Path, *, ocr: bool) -> tuple[Reading | None, float, Refusal | None]:
    started = time.perf_counter()
    try:
        return read(path, ocr=ocr), time.perf_counter() - started, None
    except Refusal as refusal:
        return None, 0.0, refusal


def _reviewed(path: Path, reading: Reading, others: Sequence[Report], seconds: float) -> Outcome:
    started = time.perf_counter()
    report = understand(reading)
    found = review(report, _law(), others=others)
    try:
        stand, waived, stale = divided(found, _waivers(path))
    except Refusal as refusal:
        return Outcome(path, refusal=refusal)
    result = Reviewed(
        reading,
        report.identity.name,
        report.identity.year,
        sum(isinstance(block, Table) for block in reading.document.blocks),
        _figures(report),
        seconds + time.perf_counter() - started,
        stand,
        tuple((finding, waiver.reason, waiver.name) for finding, waiver in waived),
        rules(),
    )
    return Outcome(path, result, stale=stale)


def _law() -> Law:
    """The rulebook as it stands now: an old report is read with today's register."""
    return load(date.today())


def _waivers(path: Path) -> tuple[Waiver, ...]:
    beside = path.with_name(path.name + SUFFIX)
    if not beside.is_file():
        return ()
    try:
        return waivers(beside.read_text("utf-8"), beside.name)
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            "Berkas pengecualian tidak dapat dibaca.",
            Fault("tidak dapat dibaca", Place(source=beside.name), read=str(error)),
        ) from error


def _figures(report: Report) -> int:
    cells = sum(
        len(cell.figures) for grid in report.grids for row in grid.rows for cell in row.cells if not cell.spanned
    )
    return cells + sum(len(sentence.figures) for sentence in report.sentences if sentence.kind.value != "sel")


def progress(number: int, total: int, path: Path) -> None:
    """One line on standard error per file of a folder."""
    print(f"{number}/{total} {path.name}", file=sys.stderr, flush=True)
