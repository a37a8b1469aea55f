"""What can be pointed at: headings, captions of tables and captions of pictures, each with its bookmark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selaras.core.document import Block, Chart, ContentsKind, Heading, OrgChart, Table

LISTED_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Anchor:
    """One bookmark. `label` is what the bookmark encloses, `entry` the line in the list of contents.

    `level` is that of a heading, and 1 for a caption.
    """

    name: str
    number: int
    kind: ContentsKind
    label: str
    entry: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of a document by the position of their block and by key."""

    by_position: Mapping[int, Anchor]
    by_key: Mapping[str, Anchor]

    def listed(self, kind: ContentsKind) -> list[Anchor]:
        """What a list of contents of this kind lists, in order."""
        return [each for each in self.by_position.values() if each.kind is kind and each.level <= LISTED_LEVELS]


def find_anchors(blocks: Sequence[Block]) -> Anchors:
    """Every heading and every numbered caption of the document, with a bookmark name of its own.

    Names are counted, not made from keys: a bookmark name may hold letters and digits only, at most forty. Where a
    heading and a table have the same key, the key means the table, for spans refer to tables and pictures.
    """
    by_position: dict[int, Anchor] = {}
    of_headings: dict[str, Anchor] = {}
    of_captions: dict[str, Anchor] = {}
    for number, (position, key, kind, label, entry, level) in enumerate(_found(blocks), start=1):
        heading = kind is ContentsKind.HEADINGS
        anchor = Anchor(f"{'_Toc' if heading else '_Ref'}{number:09d}", number, kind, label, entry, level)
        by_position[position] = anchor
        (of_headings if heading else of_captions).setdefault(key, anchor)
    return Anchors(by_position, {**of_headings, **of_captions})


def _found(blocks: Sequence[Block]) -> Iterator[tuple[int, str, ContentsKind, str, str, int]]:
    for position, block in enumerate(blocks):
        match block:
            case Heading():
                yield position, block.key, ContentsKind.HEADINGS, block.full, block.full, block.level
            case Table() if block.caption:
                yield position, block.key, ContentsKind.TABLES, block.label, _entry(block), 1
            case Chart() | OrgChart() if block.caption:
                yield position, block.key, ContentsKind.PICTURES, block.label, _entry(block), 1
            case _:
                pass


def _entry(block: Table | Chart | OrgChart) -> str:
    return f"{block.label} {block.caption}".strip()
