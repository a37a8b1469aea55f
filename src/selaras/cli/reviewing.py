"""Reviewing files at the terminal: reading, understanding, rules and waivers put together, for one file or many."""

from __future__ import annotations

import inspect
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from selaras.cli.bundles import Bundle, name_of
from selaras.core.binding import Part, bound, told_apart
from selaras.core.document import Table
from selaras.core.errors import Fault, Refusal
from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.reporting.stored import Stored
from selaras.core.source import Reading
from selaras.documents.findings.result import Reviewed, Rule
from selaras.documents.read import read
from selaras.documents.read.nursery import Nursery, started
from selaras.review.claims import understand
from selaras.review.engine import review
from selaras.review.report import Report
from selaras.review.rules import RULES
from selaras.review.waivers import SUFFIX, Waiver, divided, waivers
from selaras.rulebook import load

StoredFor = Callable[[Report], Stored]
MANY = 3
"""From so many reports on it pays to load the readers once for all."""
AHEAD = 2
"""So many readings per processor wait for the rules at most: a folder of any size needs the memory of a few files."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: its review, or the refusal; `stale` are waivers that cover nothing any more.

    `unmatched` says why the report was not held against the database, where that was asked for; `empty` that nothing
    in its files could be read, so that no finding means nothing; `others` what it was compared with.
    """

    files: Bundle
    reviewed: Reviewed | None = None
    refusal: Refusal | None = None
    stale: tuple[Waiver, ...] = ()
    unmatched: Refusal | None = None
    empty: bool = False
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the report is called."""
        return name_of(self.files)


@dataclass(frozen=True, slots=True)
class _Read:
    """The readings of one report's files, or why they could not be read."""

    readings: tuple[Reading, ...] = ()
    seconds: float = 0.0
    refusal: Refusal | None = None


def outcomes(
    reports: Sequence[Path | Bundle], others: Sequence[Path], *, ocr: bool = False, stored_for: StoredFor | None = None
) -> Iterator[Outcome]:
    """Each report reviewed, in the order given; files are read side by side, one per processor.

    A report is one file or several (see `cli.bundles`). `ocr`: pictures too. `stored_for` gives what the database holds
    of a report's unit and year; what it refuses is told in the outcome.
    """
    bundles = [report if isinstance(report, tuple) else (report,) for report in reports]
    taken = {path.name for bundle in bundles for path in bundle}
    beside = tuple(understand(_other(path, taken, ocr=ocr)) for path in others)
    for bundle, done in _read_ahead(bundles, ocr=ocr):
        if done.refusal is not None:
            yield Outcome(bundle, refusal=done.refusal)
        else:
            yield _reviewed(bundle, done, beside, stored_for)


def _other(path: Path, taken: set[str], *, ocr: bool) -> Reading:
    """A document to compare with; one that is called like a report is told apart by its folder."""
    reading = read(path, ocr=ocr)
    if reading.source not in taken:
        return reading
    label = f"{path.resolve().parent.name}/{path.name}"
    return bound([replace(reading, source=label)], label)[0]


def _read_ahead(bundles: Sequence[Bundle], *, ocr: bool) -> Iterator[tuple[Bundle, _Read]]:
    """The readings in order, with a few more on their way on the other processors; none is begun after an interrupt."""
    workers = max(1, min(_processors(), len(bundles)))
    waiting: deque[tuple[Bundle, Future[_Read]]] = deque()
    with ExitStack() as opened:
        nursery = opened.enter_context(started()) if len(bundles) >= MANY else None
        pool = ThreadPoolExecutor(max_workers=workers)
        opened.callback(pool.shutdown, cancel_futures=True)
        if nursery is not None:
            opened.callback(
                nursery.close
            )  # before the pool is waited for: what is being read when we leave ends at once
        for bundle in bundles:
            waiting.append((bundle, pool.submit(_read, bundle, ocr=ocr, nursery=nursery)))
            if len(waiting) >= AHEAD * workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def rules() -> tuple[Rule, ...]:
    """The rules as they explain themselves."""
    made = []
    for rule in RULES:
        text = inspect.cleandoc(rule.__doc__ or "")
        made.append(Rule(rule.CODE, " ".join(text.split("\n\n")[0].split()), text, tuple(rule.KINDS)))
    return tuple(sorted(made, key=lambda rule: rule.code))


def _read(bundle: Bundle, *, ocr: bool, nursery: Nursery | None) -> _Read:
    began = time.perf_counter()
    try:
        return _Read(tuple(read(path, ocr=ocr, nursery=nursery) for path in bundle), time.perf_counter() - began)
    except Refusal as refusal:
        return _Read(refusal=refusal)


def _reviewed(bundle: Bundle, done: _Read, others: Sequence[Report], stored_for: StoredFor | None) -> Outcome:
    started = time.perf_counter()
    reading, parts = _one(bundle, done.readings)
    report = understand(reading)
    stored, unmatched = _stored(report, stored_for)
    found = review(report, _law(date.today()), others=others, stored=stored)
    if parts:
        found = tuple(told_apart(finding, parts, reading.source) for finding in found)
    try:
        stand, waived, stale = divided(found, _waivers(bundle))
    except Refusal as refusal:
        return Outcome(bundle, refusal=refusal)
    result = Reviewed(
        reading,
        report.identity.name,
        report.identity.year,
        sum(isinstance(block, Table) for block in reading.document.blocks),
        _figures(report),
        done.seconds + time.perf_counter() - started,
        stand,
        tuple((finding, waiver.reason, waiver.name) for finding, waiver in waived),
        rules(),
        parts,
        bundle,
    )
    empty = not report.sentences and not report.grids
    compared = tuple(_called(other) for other in others)
    return Outcome(bundle, result, stale=stale, unmatched=unmatched, empty=empty, others=compared)


def _called(other: Report) -> str:
    """A document to compare with, by its file, and whose and of which year it is."""
    who = (other.identity.name or "instansi tidak dikenali", str(other.identity.year or "tahun tidak dikenali"))
    return f"{other.reading.source} ({', '.join(who)})"


def _one(bundle: Bundle, readings: Sequence[Reading]) -> tuple[Reading, tuple[Part, ...]]:
    """The reading of a file, or of several bound into one; files of one name are told apart by their folder."""
    if len(readings) == 1:
        return readings[0], ()
    names = [path.name for path in bundle]
    told = [
        reading if names.count(reading.source) == 1 else replace(reading, source=f"{path.parent.name}/{path.name}")
        for reading, path in zip(readings, bundle, strict=True)
    ]
    return bound(told, name_of(bundle))


def _stored(report: Report, stored_for: StoredFor | None) -> tuple[Stored | None, Refusal | None]:
    if stored_for is None:
        return None, None
    try:
        return stored_for(report), None
    except Refusal as refusal:
        return None, refusal


@cache
def _law(day: date) -> Law:
    """The rulebook as it stands now: an old report is read with today's register."""
    return load(day)


def _waivers(bundle: Bundle) -> tuple[Waiver, ...]:
    """The waivers beside each file; those beside a chapter hold for that chapter only."""
    found: list[Waiver] = []
    for path in bundle:
        beside = path.with_name(path.name + SUFFIX)
        if not beside.is_file():
            continue
        try:
            given = waivers(beside.read_text("utf-8-sig"), beside.name)
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(
                "Berkas pengecualian tidak dapat dibaca.",
                Fault("tidak dapat dibaca", Place(source=beside.name), read=str(error)),
            ) from error
        found += [replace(waiver, source=path.name) if len(bundle) > 1 else waiver for waiver in given]
    return tuple(found)


def _figures(report: Report) -> int:
    cells = sum(
        len(cell.figures) for grid in report.grids for row in grid.rows for cell in row.cells if not cell.spanned
    )
    return cells + sum(len(sentence.figures) for sentence in report.sentences if sentence.kind.value != "sel")


def lightened(reviewed: Reviewed) -> Reviewed:
    """The review without the text of the report, once that has been shown: a folder of hundreds stays small."""
    reading = reviewed.reading
    document = replace(reading.document, blocks=(), attachment="")
    return replace(reviewed, reading=replace(reading, document=document, contents=(), lists=(), attachment=""))


class Progress:
    """What is done of how many, on standard error, with the time that is still needed once that can be told."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.started = time.perf_counter()

    def tell(self, number: int, name: str) -> None:
        """One line for each report; nothing where there is only one."""
        if self.total > 1:
            print(f"{number}/{self.total} {name}{self._left(number)}", file=sys.stderr, flush=True)

    def _left(self, number: int) -> str:
        left = (time.perf_counter() - self.started) / number * (self.total - number)
        if number < 5 or left < 10:
            return ""
        return f" (sisa sekitar {left / 60:.0f} menit)" if left >= 90 else f" (sisa sekitar {left:.0f} detik)"


def chosen(reviewed: Reviewed, keep: Callable[[Finding], bool]) -> Reviewed:
    """The review with those findings only."""
    return replace(reviewed, findings=tuple(finding for finding in reviewed.findings if keep(finding)))
