"""Anchors of a page: every heading, table and picture gets one name, from its key or else from its words."""

from __future__ import annotations

from re import compile as regex
from unicodedata import normalize

from selaras.core import document as d

_NOT_PLAIN = regex("[^a-z0-9]+")
_LONGEST = 48

Anchored = d.Heading | d.Table | d.Chart | d.OrgChart


class Anchors:
    """Gives each block its anchor, and each key the anchor of the block that carries it first."""

    def __init__(self, blocks: tuple[d.Block, ...]) -> None:
        self._taken: set[str] = set()
        self._of_block: dict[int, str] = {}
        self._of_key: dict[str, str] = {}
        for block in blocks:
            if isinstance(block, d.Heading | d.Table | d.Chart | d.OrgChart):
                self._enter(block)

    def _enter(self, block: Anchored) -> None:
        words = block.key or (block.full if isinstance(block, d.Heading) else block.caption)
        anchor = self._free(f"b-{_plain(words) or 'bagian'}")
        self._of_block[id(block)] = anchor
        if block.key:
            self._of_key.setdefault(block.key, anchor)

    def _free(self, wish: str) -> str:
        anchor, turn = wish, 2
        while anchor in self._taken:
            anchor, turn = f"{wish}-{turn}", turn + 1
        self._taken.add(anchor)
        return anchor

    def of(self, block: Anchored) -> str:
        """The anchor of a block of this document."""
        return self._of_block[id(block)]

    def to(self, key: str) -> str:
        """The anchor that a reference to `key` leads to; empty if no block carries it."""
        return self._of_key.get(key, "")


def _plain(words: str) -> str:
    ascii_words = normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", ascii_words)[:_LONGEST].strip("-")
