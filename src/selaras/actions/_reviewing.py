"""The work of a review: read, understand, apply the rules, find the places on the pages, keep what the pages need."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from selaras.actions._budget_claims import budget_claims_of
from selaras.actions._rules import law_of
from selaras.core.document import Table
from selaras.core.errors import Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.stored import Stored, stored
from selaras.core.source import Form, Reading
from selaras.documents.findings import Reviewed, as_json
from selaras.documents.findings.beside import beside_text
from selaras.documents.findings.kept import fingerprints, kept, packed
from selaras.documents.findings.marks import boxes, marks
from selaras.documents.read import read
from selaras.documents.read.sandbox import pictures
from selaras.documents.write.delivery import deliver
from selaras.review.claims import understand
from selaras.review.claims.agencies import key_of
from selaras.review.claims.identity import own_keys
from selaras.review.engine import review
from selaras.review.report import IndicatorClaim, Report, Role, TableKind
from selaras.rulebook import load
from selaras.store.editions import frozen_snapshot
from selaras.store.reviews import HISTORY, READING_FILE, TEXT_FILE
from selaras.store.snapshot import load_snapshot

MOST_PICTURES = 300
MOST_PLACES = 6
FIGURES = {Role.TARGET: "target", Role.REALISATION: "realisasi"}
PLAN_OF = {TableKind.RENSTRA: "Renstra", TableKind.RKT: "RKT"}
"""Which plan sets the targets of a table; those of every other table are measured against the agreement."""


@dataclass(frozen=True, slots=True)
class Task:
    """One report to be read: where it lies, what to hold it against, where to put what comes out, and what for.

    `agency` and `year` say whose figures of ours it may be held against, `names` how that agency is called; an own
    edition is held against its own frozen data (`frozen`, their SHA-256) whatever it calls itself.
    """

    file: Path
    others: tuple[Path, ...]
    pages: Path
    folder: Path
    purpose: str
    agency: str
    names: tuple[str, ...]
    year: int | None = None
    frozen: str = ""


def result_of(task: Task) -> dict[str, Any]:
    """Everything that the pages of a review show, as JSON. Raises Refusal and CannotRun of the reader."""
    started = time.perf_counter()
    reading = read(task.file)
    report = understand(reading)
    notes = list(reading.notes)
    findings: tuple[Finding, ...] = ()
    if task.purpose != HISTORY:
        others = tuple(understand(read(path)) for path in task.others)
        findings = review(report, load(date.today()), others=others, stored=_stored(task, report, notes))
    seconds = time.perf_counter() - started
    tables = sum(isinstance(block, Table) for block in reading.document.blocks)
    done = Reviewed(
        reading, report.identity.name, report.identity.year, tables, _figures(report), seconds, findings,
        files=(task.file,),
    )  # fmt: skip
    task.folder.mkdir(parents=True, exist_ok=True)
    deliver(kept(replace(reading, attachment="")), task.folder / READING_FILE)
    return _shown(done, report, task, notes)


def _shown(done: Reviewed, report: Report, task: Task, notes: list[str]) -> dict[str, Any]:
    claims = [*claims_of(report), *budget_claims_of(report, most_places=MOST_PLACES)]
    sheets = _draw(task, done.reading, notes)
    spots = _spots(done, notes) if sheets else {}
    claimed = [Finding("", "", Severity.INFO, claim["wording"], places=claim.pop("spots")) for claim in claims]
    claim_spots = _spots(replace(done, findings=tuple(claimed)), notes) if sheets else {}
    for number, (claim, item) in enumerate(zip(claims, claimed, strict=True), 1):
        claim["places"] = [packed(place) for place in item.places]
        claim["boxes"] = claim_spots.get(number, [])
    if not sheets:
        text, _ = beside_text(done, 0, lambda _finding, _number, _own: "")
        deliver(text.encode(), task.folder / TEXT_FILE)
    names = fingerprints(done.findings, done.source)
    return as_json(done) | {
        "purpose": task.purpose,
        "foreign": _foreign(task, report),
        "form": done.reading.form.value,
        "counts": {severity.value: done.count(severity) for severity in Severity},
        "kinds": dict(done.kinds()),
        "kept": [
            {"fingerprint": name, "finding": packed(finding), "boxes": spots.get(number, [])}
            for number, (name, finding) in enumerate(zip(names, done.findings, strict=True), 1)
        ],
        "sheets": sheets,
        "claims": claims,
        "notes": [*notes, *report.notes],
    }


def _figures(report: Report) -> int:
    cells = sum(
        len(cell.figures) for grid in report.grids for row in grid.rows for cell in row.cells if not cell.spanned
    )
    return cells + sum(len(sentence.figures) for sentence in report.sentences if sentence.kind.value != "sel")


# --- our own figures -----------------------------------------------------------------------------------------------------


def _foreign(task: Task, report: Report) -> str:
    """What the agency of a report is called where it is not ours; empty for our own, or one that does not say."""
    names = own_keys(report.identity)
    return "" if names & {key_of(name) for name in task.names if name} else report.identity.name


def _stored(task: Task, report: Report, notes: list[str]) -> Stored | None:
    """What the database holds of the report's agency and year; None where the report is somebody else's."""
    year = report.identity.year or task.year
    mine = own_keys(report.identity) & {key_of(name) for name in task.names if name}
    if not task.frozen and (year is None or not mine):
        return None
    try:
        snapshot = frozen_snapshot(task.agency, task.frozen) if task.frozen else load_snapshot(task.agency, year or 0)
    except Refusal as refusal:
        notes.append(f"Laporan tidak dibandingkan dengan basis data: {refusal.message}")
        return None
    return stored(Figures(snapshot, law_of(snapshot.settings)))


# --- pages ---------------------------------------------------------------------------------------------------------------


def _draw(task: Task, reading: Reading, notes: list[str]) -> list[list[int]]:
    """Draw the pages of a PDF into their folder; width and height of each, an empty list where there are no pictures."""
    if reading.form is not Form.PDF:
        return []
    try:
        drawn = pictures(task.file, most=min(max(reading.pages, 1), MOST_PICTURES))
    except Refusal as refusal:
        notes.append(f"Gambar halaman tidak dibuat: {refusal.message}")
        return []
    task.pages.mkdir(parents=True, exist_ok=True)
    sizes = []
    for number, picture in enumerate(drawn, 1):
        sizes.append(_size(picture))
        if picture:
            deliver(picture, task.pages / f"{number}.jpg")
    return sizes


def _size(picture: bytes) -> list[int]:
    from io import BytesIO

    from PIL import Image

    if not picture:
        return [0, 0]
    with Image.open(BytesIO(picture)) as image:
        return list(image.size)


def _spots(done: Reviewed, notes: list[str]) -> dict[int, list[list[Any]]]:
    """For each finding (from 1) its marks: page, and left, top, width and height as shares of it."""
    wanted = marks(done)
    if not wanted:
        return {}
    try:
        found = boxes(done.files, wanted)
    except Refusal as refusal:
        notes.append(f"Letak temuan tidak ditandai pada gambar: {refusal.message}")
        return {}
    spots: dict[int, list[list[Any]]] = defaultdict(list)
    for mark, rects in zip(wanted, found, strict=True):
        spots[mark.number] += [
            [mark.page + 1, *(round(share, 4) for share in (box.left, box.top, box.width, box.height))] for box in rects
        ]
    return spots


# --- claims for the history ----------------------------------------------------------------------------------------------


def claims_of(report: Report) -> list[dict[str, Any]]:
    """The targets and realisations of years that a report prints for its indicators, each with all its places.

    Equal figures of one indicator, year and plan are one claim; `agrees` says that the report prints no other.
    """
    found: dict[tuple[str, str, str, int], dict[str, list[IndicatorClaim]]] = {}
    for claim in report.indicators:
        if claim.role not in FIGURES or claim.value is None or claim.year is None:
            continue
        plan = PLAN_OF.get(claim.grid.kind, "PK") if claim.role is Role.TARGET else ""
        by_value = found.setdefault((claim.key, FIGURES[claim.role], plan, claim.year), {})
        by_value.setdefault(claim.value.shown(bare=True), []).append(claim)
    achieved = _achieved(report)
    return [
        _claim(claims, role, plan, year, agrees=len(by_value) == 1, achieved=achieved.get((key, year), ""))
        for (key, role, plan, year), by_value in found.items()
        for claims in by_value.values()
    ]


def _claim(
    claims: Sequence[IndicatorClaim], role: str, plan: str, year: int, *, agrees: bool, achieved: str
) -> dict[str, Any]:
    first = claims[0]
    places = dict.fromkeys(_placed(claim) for claim in claims)
    return {
        "wording": first.name, "role": role, "plan": plan, "year": year, "unit": first.unit, "read": first.text,
        "shown": first.value.shown() if first.value else first.text,
        "agrees": agrees, "achieved": achieved if role == FIGURES[Role.REALISATION] else "",
        "spots": tuple(places)[:MOST_PLACES],
    }  # fmt: skip


def _placed(claim: IndicatorClaim) -> Place:
    return claim.place if claim.place.quote else replace(claim.place, quote=claim.text)


def _achieved(report: Report) -> dict[tuple[str, int], str]:
    """The printed achievement of each indicator and year, where the report prints one only."""
    printed: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for claim in report.indicators:
        if claim.role is Role.ACHIEVEMENT and claim.year is not None and claim.value is not None:
            printed[claim.key, claim.year][claim.text] += 1
    return {key: next(iter(texts)) for key, texts in printed.items() if len(texts) == 1}
