"""The rules of review over the draft, each finding with the section that it concerns; and the gates of the data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from selaras.core.document import Document, Fields, Heading, Listing, Paragraph, Table, plain
from selaras.core.finding import Finding
from selaras.core.place import Place
from selaras.core.reporting.gates import gates
from selaras.core.reporting.sections import ANALYSED
from selaras.core.source import Reading
from selaras.documents.read import read
from selaras.documents.write import write
from selaras.review.claims import understand
from selaras.review.engine import review
from selaras.rulebook import load
from selaras.store.evidence import reader
from selaras.web.reporting.drafts import draft, figures_of, live, state_of

KEPT = 8
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: gates of the data, and findings on the draft by the key of their section."""

    gates: tuple[Finding, ...]
    by_section: dict[str, tuple[Finding, ...]]

    @property
    def count(self) -> int:
        """How many findings there are on the draft."""
        return sum(map(len, self.by_section.values()))


def check_draft(agency: str, year: int) -> Checked:
    """Compose, read and examine the annual report as the APIP would; takes about a second the first time.

    Raises NotFound and CannotRun.
    """
    return _checked(str(settings.DATA), agency, year, state_of(agency))


@lru_cache(maxsize=KEPT)
def _checked(data: str, agency: str, year: int, state: str) -> Checked:
    del data, state
    composed = draft(agency, year)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"naskah-{year}.html"
        write(composed, "html", path, files=reader(agency))
        reading = read(path)
    found = review(understand(reading), load(date.today()))
    return Checked(gates(figures_of(live(agency, year))), _by_section(found, reading, composed))


def _by_section(found: Iterable[Finding], reading: Reading, composed: Document) -> dict[str, tuple[Finding, ...]]:
    spots = list(_spots(reading.document, _keys(composed)))
    sections: dict[str, list[Finding]] = {}
    for finding in found:
        sections.setdefault(_section_of(finding, spots), []).append(finding)
    return {key: tuple(findings) for key, findings in sections.items()}


def _keys(composed: Document) -> dict[str, str]:
    """Sections by the words of their headings, as a reader sees them."""
    return {
        _folded(words): block.key
        for block in reversed(composed.blocks)
        if isinstance(block, Heading) and block.key and not block.key.startswith(ANALYSED)
        for words in (block.text, block.full)
    }


def _spots(document: Document, keys: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Of each block in reading order: its section, its table's label, its words."""
    section = WHOLE
    for block in document.blocks:
        if isinstance(block, Heading):
            section = keys.get(_folded(block.full)) or keys.get(_folded(block.text)) or section
            yield section, "", block.full
        elif isinstance(block, Table):
            yield (
                section,
                block.place.table,
                " ".join(cell.text for row in (*block.header, *block.body) for cell in row.cells),
            )
        elif isinstance(block, Paragraph):
            yield section, "", plain(block.spans)
        elif isinstance(block, Listing):
            yield section, "", " ".join(map(plain, block.items))
        elif isinstance(block, Fields):
            yield section, "", " ".join(part for row in block.rows for part in row)


def _section_of(finding: Finding, spots: list[tuple[str, str, str]]) -> str:
    for place in finding.places:
        for section, table, words in spots:
            if _stands(place, table, words) and section:
                return section
    return WHOLE


def _stands(place: Place, table: str, words: str) -> bool:
    if place.table:
        return place.table == table
    return bool(place.quote) and _folded(place.quote) in _folded(words)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
