"""Which way an indicator counts as the report itself declares it: in a column of polarity, or in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from selaras.review.achievements import Way, Ways, ways_of
from selaras.review.columns import row_name
from selaras.review.concordance import saying
from selaras.review.likeness import fold
from selaras.review.report import Report, Role
from selaras.review.subjects import Subject, named, subjects, tokens

_HEADER = re.compile(r"\b(?:polaritas|polarisasi|sifat|arah)\b", re.IGNORECASE)
_MORE = r"(?:se)?makin\s+(?:\w+\s+){0,2}?"
_DOWN = re.compile(
    rf"\b(?:{_MORE}(?:rendah|kecil|sedikit|menurun|turun|cepat|singkat|pendek|lambat)|negatif|minimi[sz]\w*|lower)\b",
    re.IGNORECASE,
)
_UP = re.compile(rf"\b(?:{_MORE}(?:tinggi|besar|banyak|meningkat|naik)|positif|maksimi[sz]\w*|higher)\b", re.IGNORECASE)
_BETTER = re.compile(r"\b(?:se)?makin\s+(?:baik|bagus|tinggi\s+(?:capaian|kinerja))", re.IGNORECASE)
_IMPROVED = re.compile(
    r"\bmembaik\s+dari\s+(?P<old>\d+(?:[.,]\d+)?)(?:[^.;]|\.\d){0,50}?\bmenjadi\s+(?P<new>\d+(?:[.,]\d+)?)(?!\d)",
    re.IGNORECASE,
)
YEARS = 3
"""So many years at least make a plan."""
OPENING = 2
"""Words at the beginning of a name by which a list of names may shorten it."""


def ways(report: Report) -> Ways:
    """The way of each indicator by its folded name: as declared, else as its rows are computed."""
    found: Ways = report.once("ways", _ways)
    return found


def declared(report: Report) -> Ways:
    """The ways that the report declares."""
    found: Ways = report.once(
        "declared ways", lambda each: dict((*_improving(each), *_in_sentences(each), *_in_columns(each)))
    )
    return found


def falling(report: Report) -> frozenset[str]:
    """The indicators (folded names) whose targets fall from year to year in a plan of some years: less is better."""
    found: frozenset[str] = report.once("falling targets", _falling)
    return found


def _ways(report: Report) -> Ways:
    return {**dict.fromkeys(falling(report), Way.DOWN), **ways_of(report.grids), **declared(report)}


def _falling(report: Report) -> frozenset[str]:
    planned: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    names: dict[tuple[int, int], str] = {}
    for claim in report.indicators:
        if claim.role is Role.TARGET and claim.year and claim.value is not None and claim.value.amount is not None:
            row = (id(claim.grid), claim.row)
            planned[row][claim.year] = claim.value.amount
            names[row] = fold(claim.name)
    return frozenset(
        names[row]
        for row, told in planned.items()
        if len(told) >= YEARS and all(told[one] > told[two] for one, two in pairwise(sorted(told)))
    )


def _improving(report: Report) -> Iterator[tuple[str, Way]]:
    """`lama pengujian membaik dari 14,8 menjadi 13,5`, where the targets of the plan fall too."""
    known = [subject for subject in subjects(report) if not subject.is_goal]
    for sentence in saying(report, _IMPROVED, running=True):
        for match in _IMPROVED.finditer(sentence.text):
            old, new = (Decimal(match[name].replace(",", ".")) for name in ("old", "new"))
            if new < old:
                for subject in named(sentence.text, known):
                    folded = [fold(claim.name) for claim in subject.claims]
                    yield from ((name, Way.DOWN) for name in folded if name in falling(report))


def _in_columns(report: Report) -> Iterator[tuple[str, Way]]:
    for grid in report.grids:
        for at, column in enumerate(grid.columns):
            if not _HEADER.search(column.header):
                continue
            for index, row in enumerate(grid.rows):
                way = _way(row.cells[at].text) if at < len(row.cells) else None
                if way is not None:
                    yield fold(row_name(grid, index)), way


def _in_sentences(report: Report) -> Iterator[tuple[str, Way]]:
    known = [subject for subject in subjects(report) if not subject.is_goal]
    for sentence in saying(report, _BETTER, running=True):
        way = _way(_BETTER.sub(" ", sentence.text))
        if way is None:
            continue
        told = named(sentence.text, known)
        told += [subject for subject in known if subject not in told and _is_opened(sentence.text, subject)]
        for subject in told:
            yield from ((fold(claim.name), way) for claim in subject.claims)


def _way(text: str) -> Way | None:
    down, up = _DOWN.search(text), _UP.search(text)
    if bool(down) is bool(up):
        return None
    return Way.DOWN if down else Way.UP


def _is_opened(text: str, subject: Subject) -> bool:
    said = " ".join(tokens(text))
    return any(len(name) > OPENING and f" {' '.join(name[:OPENING])} " in f" {said} " for name in subject.names)
