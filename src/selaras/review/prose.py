"""What rules ask of Indonesian text: folding, words that carry meaning, likeness, quoting, what a sentence denies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from selaras.core.place import Place
from selaras.review.report import Grid, GridCell, Report, Sentence, SentenceKind
from selaras.review.wordlists import words

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SPAN = re.compile(
    r"\b((?:19|20)\d\d)\s*(?:-|–|—|s\s*[./]?\s*d\.?|sampai(?: dengan)?|hingga)\s*((?:19|20)\d\d)\b", re.IGNORECASE
)
_NOT_WORDS = re.compile(r"[^\w]+")
_DENIALS = re.compile(r"\b(?:tidak|belum|bukan|tanpa|kurang|gagal|jangan)\b", re.IGNORECASE)
LONGEST_QUOTE = 160


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text in small letters, words apart by one space, without punctuation."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=16384)
def meaning(text: str) -> frozenset[str]:
    """The words of the text that carry meaning: no particles, no numbers."""
    weak = _weak()
    return frozenset(word for word in fold(text).split() if word not in weak and not word.isdigit() and len(word) > 1)


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(words("narrative", "particles"))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 100, after folding."""
    return fuzz.ratio(fold(one), fold(other))


@lru_cache(maxsize=512)
def pattern(name: str, key: str) -> re.Pattern[str]:
    """A list of words or small expressions of the data as one expression; a space stands for any run of spaces."""
    return any_of(words(name, key))


def any_of(parts: Iterable[str]) -> re.Pattern[str]:
    """One expression for several; whole words, any case; ` ?` stands for spaces that may be missing."""
    return _any_of(tuple(parts))


@lru_cache(maxsize=2048)
def _any_of(parts: tuple[str, ...]) -> re.Pattern[str]:
    body = "|".join(part.replace(" ?", r"\s*").replace(" ", r"\s+") for part in parts)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def denied(text: str, at: int, *, reach: int = 32) -> bool:
    """Whether what stands at `at` is denied by a word shortly before it."""
    return bool(_DENIALS.search(text[max(0, at - reach) : at]))


def quoted(text: str, place: Place) -> Place:
    """The place with a quotation: the exact words, cut at a word where they are many."""
    line = " ".join(text.split())
    if len(line) > LONGEST_QUOTE:
        line = line[:LONGEST_QUOTE].rsplit(" ", 1)[0]
    return replace(place, quote=line)


def cut(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The text in one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def ending(text: str, longest: int) -> str:
    """The last words of the text, as many whole ones as fit, exactly as they stand."""
    whole = text.rstrip()
    return whole if len(whole) <= longest else whole[-longest - 1 :].partition(" ")[2] or whole[-longest:]


def around(text: str, start: int, end: int, *, width: int = 60) -> str:
    """The words from `start` to `end` with whole words beside them, exactly as they stand."""
    left, right = max(0, start - width), min(len(text), end + width)
    if left and (space := text.find(" ", left, start)) >= 0:
        left = space + 1
    if right < len(text) and (space := text.rfind(" ", end, right)) >= 0:
        right = space
    return text[left:right].strip()


def running(report: Report) -> Iterator[Sentence]:
    """Sentences of running text and list items, without headings and cells."""
    found: list[Sentence] = report.once("running text", _running)
    return iter(found)


def _running(report: Report) -> list[Sentence]:
    return [item for item in report.sentences if item.kind in (SentenceKind.TEXT, SentenceKind.ITEM)]


def cells_of(report: Report, grid: Grid) -> list[GridCell]:
    """The cells of a table that hold text of their own, row by row; nobody may change the list."""
    found: dict[int, list[GridCell]] = report.once("cells by table", _cells)
    return found[id(grid)]


def _cells(report: Report) -> dict[int, list[GridCell]]:
    return {
        id(grid): [cell for row in grid.rows for cell in row.cells if cell.text and not cell.spanned]
        for grid in report.grids
    }


def everything(report: Report) -> Iterator[Sentence]:
    """Every sentence, heading, item and wordy cell."""
    return iter(report.sentences)


def nearest(sentences: Sequence[Sentence], wanted: re.Pattern[str]) -> Sentence | None:
    """The first sentence in which `wanted` is found."""
    return next((sentence for sentence in sentences if wanted.search(sentence.text)), None)


def first_place(report: Report) -> Place:
    """Where the document begins, for what is wrong with the whole."""
    return next((sentence.place for sentence in report.sentences), Place(source=report.reading.source))


def listed(names: Sequence[str], *, most: int = 6) -> str:
    """Names in a row, the rest counted."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown}, dan {len(names) - most} lainnya"
