"""The sections of a report by their keys: where they stand in the outline, and their blocks in a composed document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selaras.core.document import Block, Division, Document, Heading, PageBreak
from selaras.core.law import Outline, Section
from selaras.core.snapshot import NARRATED

COMPANIONS: dict[str, tuple[str, ...]] = {"realisasi_anggaran": ("penyerapan_rendah",), "saran": ("penutup",)}
"""Own words that the composer prints inside another section."""


ANALYSED = "sasaran-"
"""How the keys of the headings begin that the composer puts below a section of the outline, one per sasaran."""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section in its outline: chapter above it, depth, and the keys of the own words that it prints."""

    key: str
    number: str
    title: str
    chapter: str
    level: int
    has_sections: bool
    required: bool = False

    @property
    def full(self) -> str:
        """Number and title in one line."""
        return f"{self.number} {self.title}".strip()

    @property
    def narrated(self) -> tuple[str, ...]:
        """The keys under which own words are kept for this section, its own first."""
        if self.level == 1 and self.has_sections:
            return ()
        return tuple(key for key in (self.key, *COMPANIONS.get(self.key, ())) if key in NARRATED)


def places(outline: Outline) -> tuple[SectionPlace, ...]:
    """Every section in reading order: front matter, chapters with what is below them, annexes."""
    found = [SectionPlace(item.key, item.number, item.title, "", 1, has_sections=False) for item in outline.front]
    for chapter in outline.chapters:
        found += _below(chapter, chapter.title, 1)
    found += [
        SectionPlace(item.key, item.number, item.title, "Lampiran", 1, has_sections=False) for item in outline.annexes
    ]
    return tuple(found)


def _below(section: Section, chapter: str, level: int) -> Iterator[SectionPlace]:
    yield SectionPlace(
        section.key, section.number, section.title, chapter, level, bool(section.sections), required=section.required
    )
    for item in section.sections:
        yield from _below(item, chapter, level + 1)


def blocks_of(document: Document, key: str) -> tuple[Block, ...]:
    """The blocks of one section with its heading, and of the sections below it; empty if it is not there."""
    found: list[Block] = []
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if found and block.level <= level and not block.key.startswith(ANALYSED):
                break
            if block.key == key and not found:
                level = block.level
                found.append(block)
                continue
        if found and not isinstance(block, Division | PageBreak):
            found.append(block)
    return tuple(found)
