"""Text as a cell can keep it: the same on the way in and on the way out."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 32_767
"""The longest text that a cell of Excel holds, in UTF-16 units."""

_ESCAPED = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)|_x([0-9A-Fa-f]{4})_")
_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """`text` without what no cell can hold (control characters, lone surrogates) and without blanks at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(char for char in _BREAKS.sub("\n", text) if _may_stand(char)).strip()


def _may_stand(char: str) -> bool:
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in "\ufffe\uffff"


def unescaped(text: str) -> str:
    """The text behind the escapes of the file format (`_x000D_`), which readers leave in place."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: found[1] or chr(int(found[2], 16)), text)


def too_long(text: str) -> bool:
    """Whether a text is longer than a cell holds."""
    return len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST


def folded(text: str) -> str:
    """Text for comparing names: without case, doubled blanks and the star of a required column."""
    return " ".join(text.replace("*", " ").casefold().split())
