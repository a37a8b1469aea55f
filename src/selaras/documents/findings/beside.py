"""The text of a report that has no pages, with the findings beside the passage in which they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from selaras.core.document import Block, Cell, Heading, Listing, Paragraph, Row, Table, plain
from selaras.core.finding import Finding, Severity
from selaras.core.place import NOWHERE, Place
from selaras.documents.findings.result import Reviewed

Article = Callable[[Finding, int, str], str]
Key = tuple[str, str, int | None, str, int | None, str]
WIDE = 9
"""From so many columns on a table has the whole width, with the findings under it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a finding quotes, and where: a sentence is marked by its words, a cell by its place."""

    place: Place
    number: int
    severity: Severity


def beside_text(reviewed: Reviewed, at: int, article: Article) -> tuple[str, set[int]]:
    """The text of file `at`, passage by passage, and the numbers of the findings that are shown beside it.

    A passage begins with a block in which something was found and goes on to the next such block, so that long notes
    have room beside short paragraphs.
    """
    part = reviewed.made_of[at]
    blocks = [block for block in reviewed.reading.document.blocks if _shown(block)]
    if reviewed.parts:
        blocks = [block for block in blocks if _place(block).source == part.source]
    beside = _beside(reviewed, blocks, part.source)
    passages: list[list[int]] = []
    for number in range(len(blocks)):
        if number in beside or not passages:
            passages.append([])
        passages[-1].append(number)
    pairs = "".join(_pair(reviewed, blocks, passage, beside.get(passage[0], []), article) for passage in passages)
    return f'<section class="text">{pairs}</section>', {number for numbers in beside.values() for number in numbers}


def _pair(reviewed: Reviewed, blocks: list[Block], passage: list[int], numbers: list[int], article: Article) -> str:
    findings = [reviewed.findings[number - 1] for number in numbers]
    spots = [
        Spot(place, number, finding.severity)
        for number, finding in zip(numbers, findings, strict=True)
        for place in finding.places
        if place.quote
    ]
    first, *rest = passage
    marked = f'<div class="marked {findings[0].severity.value}">' if findings else "<div>"
    text = f"{marked}{_text(blocks[first], spots)}</div>" + "".join(_text(blocks[number], []) for number in rest)
    notes = "".join(
        article(finding, number, reviewed.source) for number, finding in zip(numbers, findings, strict=True)
    )
    wide = " wide" if any(_width(blocks[number]) >= WIDE for number in passage) else ""
    return f'<div class="pair{wide}"><div class="said">{text}</div><div class="notes">{notes}</div></div>\n'


def _beside(reviewed: Reviewed, blocks: list[Block], source: str) -> dict[int, list[int]]:
    """The numbers of the findings by the block in which their first place of this file stands."""
    index: dict[Key, int] = {}
    texts = [_folded(_plain(block)) for block in blocks]
    for number, block in enumerate(blocks):
        for place in _places(block):
            index.setdefault(_key(place), number)
    found: dict[int, list[int]] = defaultdict(list)
    for order, finding in enumerate(reviewed.findings, 1):
        homes = (
            place for place in finding.places if place.source in ("", source, reviewed.source) and not place.record
        )
        spot = next((at for place in homes if (at := _find(place, index, texts, blocks)) is not None), None)
        if spot is not None:
            found[spot].append(order)
    return found


def _find(place: Place, index: dict[Key, int], texts: list[str], blocks: list[Block]) -> int | None:
    """The block with that very place; else one that says the quotation; else the last one that begins before the line."""
    if place.row is not None or place.cell or place.line is not None:
        exact = index.get(_key(place))
        if exact is not None:
            return exact
    words = _folded(place.quote)
    if words:
        said = next((number for number, text in enumerate(texts) if words in text), None)
        if said is not None:
            return said
    if place.table:
        named = (
            number for number, block in enumerate(blocks) if any(place.table == item.table for item in _places(block))
        )
        if (table := next(named, None)) is not None:
            return table
    if place.line is None:
        return None
    before = [number for number, block in enumerate(blocks) if (_place(block).line or 0) <= place.line]
    return before[-1] if before else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("…", " ").split())


def _key(place: Place) -> Key:
    return place.sheet, place.cell, place.line, place.table, place.row, place.column


def _places(block: Block) -> Iterator[Place]:
    yield _place(block)
    if isinstance(block, Table):
        for row in (*block.header, *block.body):
            for cell in row.cells:
                yield cell.place


def _place(block: Block) -> Place:
    return getattr(block, "place", NOWHERE)


def _plain(block: Block) -> str:
    if isinstance(block, Heading):
        return block.full
    if isinstance(block, Paragraph):
        return plain(block.spans)
    if isinstance(block, Listing):
        return " ".join(plain(item) for item in block.items)
    if isinstance(block, Table):
        cells = (cell.text for row in (*block.header, *block.body) for cell in row.cells)
        return " ".join((block.label, block.caption, *cells))
    return ""


def _shown(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph | Listing | Table)


def _width(block: Block) -> int:
    """How many columns a table has; nothing else has any."""
    return len(block.columns) if isinstance(block, Table) else 0


def _text(block: Block, spots: list[Spot]) -> str:
    match block:
        case Heading():
            level = min(block.level + 1, 4)
            return f"<h{level}>{_marked(block.full, spots)}</h{level}>"
        case Paragraph():
            return f"<p>{_marked(plain(block.spans), spots)}</p>"
        case Listing():
            return "<ul>" + "".join(f"<li>{_marked(plain(item), spots)}</li>" for item in block.items) + "</ul>"
        case Table():
            caption = f"<caption>{_marked(f'{block.label} {block.caption}'.strip(), spots)}</caption>"
            head = "".join(_row(row, "th", spots) for row in block.header)
            rows = "".join(_row(row, "td", spots) for row in block.body)
            return f'<div class="scroll"><table>{caption}<thead>{head}</thead><tbody>{rows}</tbody></table></div>'
    return ""


def _row(row: Row, tag: str, spots: list[Spot]) -> str:
    cells = "".join(f"<{tag}{_spans(cell)}>{_cell(cell, spots)}</{tag}>" for cell in row.cells)
    return f"<tr>{cells}</tr>"


def _cell(cell: Cell, spots: list[Spot]) -> str:
    """A cell, marked whole with the numbers of the findings that name its place."""
    mine = [spot for spot in spots if _key(spot.place) == _key(cell.place) != _key(NOWHERE)]
    if not mine:
        return escape(cell.text)
    numbers = "".join(_link(number) for number in dict.fromkeys(spot.number for spot in mine))
    return f'<mark class="{mine[0].severity.value}">{escape(cell.text)}</mark>{numbers}'


def _spans(cell: Cell) -> str:
    return (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )


def _marked(text: str, spots: list[Spot]) -> str:
    """A sentence with every quotation of its findings marked, and the number of the finding behind it."""
    found: list[tuple[int, int, Spot]] = []
    for spot in spots:
        words = spot.place.quote.strip("… ").split()
        match = re.search(r"\s+".join(map(re.escape, words)), text) if words and spot.place.row is None else None
        if match and not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((*match.span(), spot))
    out, at = [], 0
    for start, end, spot in sorted(found, key=lambda item: item[0]):
        mark = f'<mark class="{spot.severity.value}">{escape(text[start:end])}</mark>{_link(spot.number)}'
        out.append(escape(text[at:start]) + mark)
        at = end
    return "".join(out) + escape(text[at:])


def _link(number: int) -> str:
    return f'<a class="no" href="#t{number}">{number}</a>'
