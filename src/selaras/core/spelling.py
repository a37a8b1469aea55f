"""How names are set into Indonesian sentences: quotation marks that nest, levels of the tree as the law spells them."""

from __future__ import annotations


def quoted(words: str) -> str:
    """`words` between double quotation marks; marks that they hold already become single ones (EYD V)."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def level_name(level: str) -> str:
    """A level of the performance tree in running text: the law writes `subkegiatan` as one word."""
    return level.replace(" ", "")
