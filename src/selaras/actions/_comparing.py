"""Holding the print of a document against the data attached to it; knows no database, so that a terminal can do it too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from selaras.core.errors import Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.issuing.outcome import Agreement, Compared, Difference
from selaras.core.reporting import compose
from selaras.core.reporting.attachment import attach, plain
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.stored import stored
from selaras.core.reporting.thawing import thaw
from selaras.documents.read import read
from selaras.review.claims import understand
from selaras.review.engine import flat, review
from selaras.rulebook import load

MOST = 200
DATABASE = "DB01"
ARITHMETIC = ("AR", "SU", "CR02", "CR04")
"""Rules that find a printed figure at odds with another printed one."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was read back from a document: the comparison, and the fingerprint of the bare data for the register."""

    compared: Compared
    data_sha256: str = ""
    """Of the snapshot alone, as editions freeze it."""


def read_back(path: Path) -> ReadBack:
    """Read a document again and hold every figure against its attached data. Reading is bounded; nothing is raised."""
    try:
        reading = read(path)
    except Refusal as refusal:
        return ReadBack(Compared(Agreement.UNREADABLE, note=refusal.message))
    report = understand(reading)
    if not reading.attachment:
        return ReadBack(Compared())
    try:
        snapshot = thaw(reading.attachment)
        known = Figures(snapshot, load(snapshot.settings.signed_on or date(snapshot.year, 12, 31)))
        kept = stored(known)
        inner = tuple(_recomputed(reading.attachment, known))
    except Refusal as refusal:
        return ReadBack(Compared(Agreement.UNREADABLE, note=refusal.message))
    except (
        ValueError, TypeError, KeyError, AttributeError, ArithmeticError, StopIteration, RecursionError
    ) as error:  # fmt: skip
        note = f"isinya tidak dikenal ({type(error).__name__})"
        return ReadBack(Compared(Agreement.UNREADABLE, note=note))
    found = review(report, load(date.today()), stored=kept)
    differences = (*inner, *_differences(found))[:MOST]
    agreement = Agreement.DIFFERS if differences else Agreement.AGREES
    frozen = hashlib.sha256(attach(snapshot, {}).encode()).hexdigest()
    return ReadBack(Compared(agreement, len(kept.figures), differences), frozen)


def _recomputed(attachment: str, known: Figures) -> Iterator[Difference]:
    """Attached figures that their own formula does not give."""
    told = json.loads(attachment).get("figures", [])
    given = {item["key"]: item for item in told if isinstance(item, dict) and "key" in item}
    right = _figures(known) if given else {}
    for key, item in given.items():
        fresh = right.get(key)
        if fresh is None or all(_same(item.get(name), fresh.get(name)) for name in ("value", "raw")):
            continue
        attached, counted = str(item.get("value", "–")), str(fresh.get("value", "–"))
        yield Difference(
            f"{fresh.get('name', key)}: data terlampir memuat {attached}, hasil hitung ulangnya {counted}.",
            counted, attached,
        )  # fmt: skip


def _figures(known: Figures) -> dict[str, dict[str, Any]]:
    """Every figure that a report of these data holds, computed again: a report asks for all of them."""
    fresh = {key: plain(figure) for key, figure in known.computed.items()}
    with suppress(Refusal):  # data that make no whole report still have the figures that were needed so far
        composed = compose(known.snapshot, known.law, kind="lkjip").attachment
        fresh |= {item["key"]: item for item in json.loads(composed)["figures"]}
    return fresh


def _same(attached: str | None, right: str | None) -> bool:
    """Whether two figures are one number; how many zeros stand behind it says nothing."""
    if attached is None or right is None:
        return attached is right
    return Decimal(attached) == Decimal(right)


def _differences(found: tuple[Finding, ...]) -> Iterator[Difference]:
    for finding in flat(found):
        if finding.severity is Severity.INFO or not finding.code.startswith((DATABASE, *ARITHMETIC)):
            continue
        pages = tuple(dict.fromkeys(place.page for place in finding.places if place.page))
        sentence = finding.message
        if finding.code == DATABASE:
            sentence = sentence.replace("laporan mencetak", "tercetak").replace(
                "basis data mencatat", "data terlampir memuat"
            ).replace("tercatat di basis data, tetapi tidak ditemukan dalam laporan",
                      "ada dalam data terlampir, tetapi tidak ditemukan pada halaman")  # fmt: skip
        yield Difference(sentence, finding.stated, finding.expected, pages)
