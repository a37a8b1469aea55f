"""Words in typst source: every text of the user becomes a string literal in code, never markup.

Characters that the two typefaces do not hold are replaced by a visible mark, because PDF/A forbids missing
glyphs and the typesetter can stop on scripts that it cannot shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import category, normalize

from selaras.core.document import Line, Span
from selaras.documents.fonts import printable

UNPRINTABLE = "■"
_DROPPED = frozenset({"Cc", "Cf", "Mn", "Me"})  # control and format characters, marks that nothing can carry
_KEPT = "\n\u00ad"  # line ends and soft hyphens, which the typesetter understands without a glyph
_SPACES = {"\t": " ", "\u2028": "\n", "\u2029": "\n", "\u2003": " ", "\u2002": " "}


class _Printed(dict[int, str]):
    """What is printed for a code point; decided once per code point."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        if letter in _KEPT or point in printable():
            shown = letter
        elif category(letter) == "Zs":
            shown = " "
        else:
            shown = _SPACES.get(letter, "" if category(letter) in _DROPPED else UNPRINTABLE)
        self[point] = shown
        return shown


_printed = _Printed()
_escaped = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def printed(text: str) -> str:
    """`text` with the characters that can be printed; others become UNPRINTABLE, invisible ones go."""
    if text.isascii() and text.isprintable():
        return text
    return normalize("NFC", text).replace("\r\n", "\n").translate(_printed)


def literal(text: str) -> str:
    """`text` as a typst string literal."""
    if text.isascii() and text.isprintable():
        return f'"{text}"' if '"' not in text and "\\" not in text else f'"{text.translate(_escaped)}"'
    return f'"{printed(text).translate(_escaped)}"'


def literals(texts: Iterable[str]) -> str:
    """A typst array of string literals."""
    return "(" + "".join(f"{literal(text)}, " for text in texts) + ")"


def span(run: Span, labels: Mapping[str, str]) -> str:
    """One run as typst code; `labels` gives the label of each key that exists, other references stay words."""
    code = literal(run.text)
    if run.strong:
        code = f"b({code})"
    if run.emphasis:
        code = f"i({code})"
    if run.ref in labels:
        code = f'to("{labels[run.ref]}", {code})'
    return code


def arguments(line: Line, labels: Mapping[str, str]) -> str:
    """A line as arguments of a typst function."""
    return ", ".join([span(run, labels) for run in line]) or '""'


def joined(line: Line, labels: Mapping[str, str]) -> str:
    """A line as one typst expression."""
    return " + ".join([span(run, labels) for run in line]) or '""'
