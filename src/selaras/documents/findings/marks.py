"""What is to be marked on the pages of a reviewed PDF, and the child process within bounds that finds it and marks it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from selaras.core.document import Row, Table
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.reporting.finding_words import told
from selaras.core.source import Form
from selaras.documents.findings.result import Reviewed
from selaras.documents.read.limits import DEFAULT, Limits, refuse

COLOURS = {Severity.ERROR: "f4a3a0", Severity.WARNING: "fde08a", Severity.INFO: "c9dcf5"}
MOST_PLACES = 6
MOST_BESIDE = 8
SLOWER = 2.0
STARTING = 10.0
REMEDY = "Simpan ulang PDF-nya, atau mintalah hasil sebagai HTML atau XLSX."


@dataclass(frozen=True, slots=True)
class Mark:
    """One place to be marked: which finding (from 1), on which page (from 0) of which file (from 0), and what stands there.

    `quote` is what is looked for, `stated` the figure in it that is wrong. Where a short quotation stands on the page
    several times, `beside` are the other cells of its row, and `nth` says which of the equal cells of the row it is.
    """

    number: int
    file: int
    page: int
    quote: str
    stated: str
    severity: str
    note: str
    beside: tuple[str, ...] = ()
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as shares of its width and height, from the top left."""

    left: float
    top: float
    width: float
    height: float


def marks(reviewed: Reviewed) -> list[Mark]:
    """The marks of all findings on the pages of the PDF files of a report."""
    rows = _rows(reviewed)
    numbers = {part.source: at for at, part in enumerate(reviewed.made_of) if part.form is Form.PDF}
    found: dict[tuple[int, int, int, str, int | None, str], Mark] = {}
    for number, finding in enumerate(reviewed.findings, 1):
        for place in finding.places[:MOST_PLACES]:
            part = reviewed.part_at(place)
            if part is None or part.source not in numbers or not 1 <= (place.page or 0) <= part.pages:
                continue
            file = numbers[part.source]
            mark = _mark(number, finding, place, file, rows.get(_row_key(file, place)))
            found.setdefault((number, file, mark.page, place.quote, place.row, place.column), mark)
    return list(found.values())


def boxes(files: Sequence[Path], wanted: Sequence[Mark], *, limits: Limits = DEFAULT) -> list[list[Box]]:
    """Where each mark stands on its page; an empty list for what was not found there. Raises Refusal for a broken PDF."""
    answer = _in_child("boxes", files, wanted, b"", limits)
    return [[Box(*box) for box in each] for each in json.loads(answer)]


def marked(files: Sequence[Path], wanted: Sequence[Mark], front: bytes, *, limits: Limits = DEFAULT) -> bytes:
    """The PDF `front`, then the pages of the files with the marks on them. Raises Refusal for a broken PDF."""
    return _in_child("pdf", files, wanted, front, limits)


def _mark(number: int, finding: Finding, place: Place, file: int, row: Row | None) -> Mark:
    texts = [cell.text for cell in row.cells] if row else []
    beside = sorted({text for text in texts if text and text != place.quote}, key=len, reverse=True)[:MOST_BESIDE]
    same = [cell for cell in row.cells if cell.text.strip() == place.quote.strip()] if row else []
    nth = next((at for at, cell in enumerate(same) if cell.place.column == place.column), 0)
    first = place == finding.places[0]
    return Mark(
        number, file, (place.page or 1) - 1, place.quote, finding.stated if first else "", finding.severity.value,
        note(number, finding), tuple(beside), nth,
    )  # fmt: skip


def note(number: int, finding: Finding) -> str:
    """The comment on a mark: number, code, message, what is stated, what it works out to, and the suggestion."""
    lines = [f"{number}. {finding.code}: {finding.message}"]
    lines += [f"Tertulis: {finding.stated}"] if finding.stated else []
    lines += [f"Seharusnya: {finding.expected}"] if finding.expected else []
    lines += told(finding)
    return "\n".join([*lines, finding.suggestion] if finding.suggestion else lines)


def _rows(reviewed: Reviewed) -> dict[tuple[int, int | None, str, int | None], Row]:
    """The rows of all tables by file, page, table and number, to tell equal cells apart."""
    before = {part.source: (at, part.pages_before) for at, part in enumerate(reviewed.made_of)}
    found: dict[tuple[int, int | None, str, int | None], Row] = {}
    for block in reviewed.reading.document.blocks:
        if not isinstance(block, Table):
            continue
        for row in block.body:
            place = next((cell.place for cell in row.cells if cell.place.page is not None), None)
            if place is not None and place.page is not None:
                file, pages = before.get(place.source, (0, 0))
                found.setdefault((file, place.page - pages, place.table, place.row), row)
    return found


def _row_key(file: int, place: Place) -> tuple[int, int | None, str, int | None]:
    return file, place.page, place.table, place.row


def _in_child(work: str, files: Sequence[Path], wanted: Sequence[Mark], front: bytes, limits: Limits) -> bytes:
    """A stranger's PDF may hurt the program that opens it; so another process does, as for reading."""
    order = {
        "work": work, "files": [str(path.resolve()) for path in files], "marks": [asdict(mark) for mark in wanted],
        "front": base64.b64encode(front).decode(), "limits": asdict(limits), "colours": dict(_colours()),
    }  # fmt: skip
    command = [sys.executable, "-P", "-c", "from selaras.documents.findings.marking import main; main()"]
    name = files[0].name if files else ""
    try:
        done = subprocess.run(
            command, input=json.dumps(order).encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=limits.seconds * SLOWER + STARTING, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        refuse(name, "Menandai PDF ini terlalu lama", REMEDY, read=f"lebih dari {limits.seconds} detik")
    if done.returncode != 0 or not done.stdout:
        refuse(name, "PDF ini terbaca, tetapi tidak dapat ditandai", REMEDY, read=f"status {done.returncode}")
    return done.stdout


def _colours() -> Iterator[tuple[str, str]]:
    yield from ((severity.value, colour) for severity, colour in COLOURS.items())
