"""Tables that go on behind a page end without repeating their header are made one table again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from selaras.core.document import Block, Division, PageBreak, Table
from selaras.review.claims.matrix import segments


def joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each table with the nameless and headless tables of the same width that follow right behind it."""
    held: Table | None = None
    for block in blocks:
        if isinstance(block, PageBreak | Division):
            continue
        if isinstance(block, Table) and held is not None and _goes_on(held, block):
            held = replace(held, body=(*held.body, *block.body))
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Table) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _goes_on(before: Table, after: Table) -> bool:
    if after.caption or after.number or after.header or len(before.columns) != len(after.columns):
        return False
    parts = segments(after)
    return not parts[0].header and len(after.columns) > 1
