"""Several files that are parts of one report, bound into one reading; and findings told apart by file again.

Pages (and lines of text) are counted on from file to file while the rules run, so that a rule sees one document in one
order; `told_apart` gives every place back its own file and page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selaras.core.document import Block, Document, Heading, Paragraph, Row, Table
from selaras.core.finding import Finding
from selaras.core.place import NOWHERE, Place
from selaras.core.source import Entry, Form, Reading


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a report: its name, form and pages, and how many pages and lines come before it in the whole."""

    source: str
    form: Form
    pages: int = 0
    unreadable: tuple[int, ...] = ()
    pages_before: int = 0
    lines_before: int = 0


def part_of(reading: Reading) -> Part:
    """A file that is a report by itself."""
    return Part(reading.source, reading.form, reading.pages, reading.unreadable)


def bound(readings: Sequence[Reading], name: str) -> tuple[Reading, tuple[Part, ...]]:
    """The readings, in order, as one reading called `name`, and the parts that it is made of.

    The title is that of the first part that has one of its own; the form is that of the first part.
    """
    parts: list[Part] = []
    pages = lines = 0
    moved = []
    for reading in readings:
        parts.append(Part(reading.source, reading.form, reading.pages, reading.unreadable, pages, lines))
        moved.append(_moved(reading, parts[-1]))
        pages += reading.pages
        lines += _lines(reading)
    first = readings[0]
    titles = [item.document.title for item in readings if item.document.title not in ("", item.source)]
    document = replace(
        first.document, title=titles[0] if titles else name, attachment="",
        blocks=tuple(block for item in moved for block in item.document.blocks),
    )  # fmt: skip
    return _joined(name, first.form, document, moved, pages), tuple(parts)


def told_apart(finding: Finding, parts: Sequence[Part], name: str) -> Finding:
    """The finding with its places in the files where they are; those of other documents stay as they are.

    A place that names only the whole (`name`) or nothing is found by its page.
    """
    return replace(
        finding,
        places=tuple(_home(place, parts, name) for place in finding.places),
        consequences=tuple(told_apart(each, parts, name) for each in finding.consequences),
    )


def _joined(name: str, form: Form, document: Document, moved: Sequence[Reading], pages: int) -> Reading:
    return Reading(
        source=name, form=form, document=document, pages=pages,
        unreadable=tuple(page for item in moved for page in item.unreadable),
        contents=tuple(entry for item in moved for entry in item.contents),
        lists=tuple(entry for item in moved for entry in item.lists),
        margins=tuple(dict.fromkeys(margin for item in moved for margin in item.margins)),
        notes=tuple(f"{item.source}: {note}" for item in moved for note in item.notes),
    )  # fmt: skip


def _moved(reading: Reading, part: Part) -> Reading:
    """A reading with its pages and lines counted on from the parts before it."""
    document = reading.document
    return replace(
        reading,
        document=replace(document, blocks=tuple(_block(block, part) for block in document.blocks)),
        unreadable=tuple(page + part.pages_before for page in reading.unreadable),
        contents=tuple(_entry(entry, part) for entry in reading.contents),
        lists=tuple(_entry(entry, part) for entry in reading.lists),
    )


def _block(block: Block, part: Part) -> Block:
    if isinstance(block, Heading | Paragraph):
        return replace(block, place=_further(block.place, part))
    if isinstance(block, Table):
        return replace(
            block,
            place=_further(block.place, part),
            header=tuple(_row(row, part) for row in block.header),
            body=tuple(_row(row, part) for row in block.body),
        )
    return block


def _row(row: Row, part: Part) -> Row:
    return replace(row, cells=tuple(replace(cell, place=_further(cell.place, part)) for cell in row.cells))


def _entry(entry: Entry, part: Part) -> Entry:
    return replace(entry, line=_added(entry.line, part.lines_before), on_page=_added(entry.on_page, part.pages_before))


def _further(place: Place, part: Part) -> Place:
    if place == NOWHERE:
        return place
    return replace(
        place,
        source=part.source,
        page=_added(place.page, part.pages_before),
        line=_added(place.line, part.lines_before),
    )


def _home(place: Place, parts: Sequence[Part], name: str) -> Place:
    """The place in its own file: by the file's name, else by the page's number in the whole."""
    part = next((item for item in parts if item.source == place.source), None)
    if part is None and place.source in ("", name) and place.page is not None:
        part = next((item for item in reversed(parts) if item.pages_before < place.page), None)
    if part is None:
        return place
    return replace(
        place,
        source=part.source,
        page=_added(place.page, -part.pages_before),
        line=_added(place.line, -part.lines_before),
    )


def _added(number: int | None, more: int) -> int | None:
    return None if number is None else number + more


def _lines(reading: Reading) -> int:
    """The last line of which a reading speaks."""
    places = [getattr(block, "place", NOWHERE) for block in reading.document.blocks]
    places += [cell.place for block in reading.document.blocks if isinstance(block, Table)
               for row in block.body for cell in row.cells]  # fmt: skip
    return max((place.line or 0 for place in places), default=0)
