"""The text of a document as sentences: under which headings, of which sort, with which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from selaras.core.place import Place
from selaras.review.claims.figures import Numbers, figures_in
from selaras.review.report import Grid, Role, Sentence, SentenceKind
from selaras.rulebook.review_words import review_words

WORDY = 6
LONGEST = 2500
"""No sentence is longer; what is gets cut between words, so that hostile text costs no more than its length."""
ITEM = re.compile(r"^\s*(?:\(?(?:[0-9]{1,2}|[a-zA-Z]|[ivx]{2,5})[.)]|[-•–●▪*✓➢])\s+\S")
_END = re.compile(r"[.!?][”\"')\]]*\s+(?=[“\"'(]?[A-Z0-9])")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z./]*)$")
_LEAD = re.compile(r"^\s*\(?(?:[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}|[a-zA-Z])[.)]?\s+(?=\D)")
_DIGIT = re.compile("[0-9]")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(review_words().language.abbreviations)


@lru_cache(maxsize=1)
def _outside() -> re.Pattern[str]:
    """Stretches whose digits name something: articles, tables, dates, NIP, addresses."""
    months = "|".join(review_words().language.months)
    return re.compile(
        rf"""(?:\b(?:nomor|no|tabel|gambar|grafik|bagan|diagram|lampiran|bab|pasal|ayat|halaman|huruf|angka|butir)\.?
            \s*:?\s*\(?[0-9][0-9./A-Za-z\-]*\)?)
        |(?:\b[0-9]{{1,2}}(?:\s*(?:-|s\.?d\.?|–)\s*[0-9]{{1,2}})?\s+(?:{months})(?:\s+[0-9]{{4}})?)
        |(?:\b[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{4}})
        |(?:\bper\s+10{{0,2}}(?:[.,]?000)+\b)
        |(?:\bNIP\.?\s*:?\s*[0-9 ]{{8,}})
        |(?:\bke\s?-\s?[0-9]+)
        |(?:https?://\S+|www\.\S+|\S+@\S+)
        |(?:\(0[0-9]{{2,3}}\)\s*[0-9 \-]{{5,}})""",
        re.IGNORECASE | re.VERBOSE,
    )


def split(text: str) -> list[str]:
    """The sentences of a paragraph. `Rp.`, `No.`, `s.d.`, `a.n.`, titles, initials and list numbers end none."""
    parts: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if text[end.start()] == "." and _is_abbreviation(text[start : end.start()]):
            continue
        parts.append(text[start : end.end()].strip())
        start = end.end()
    parts.append(text[start:].strip())
    return [piece for part in parts if part for piece in cut(part)]


def cut(text: str) -> list[str]:
    """The text in pieces of bounded length."""
    pieces: list[str] = []
    while len(text) > LONGEST:
        at = text.rfind(" ", 1, LONGEST)
        at = at if at > 0 else LONGEST
        pieces.append(text[:at].strip())
        text = text[at:].strip()
    return [*pieces, text] if text else pieces


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return bool(re.fullmatch(r"\s*\(?[0-9]{1,3}(?:\.[0-9]{1,2})*", before))
    letters = word[1]
    return (
        letters.casefold() in _abbreviations()
        or (len(letters) == 1 and (letters.isupper() or before.strip() == letters))
        or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", letters))
    )


def numbers_of(text: str, place: Place) -> Numbers:
    """The figures of running text, without years, dates, and numbers that only name something."""
    if not _DIGIT.search(text):
        return figures_in("")
    bare = _outside().sub(lambda found: " " * len(found[0]), text)
    lead = _LEAD.match(bare)
    if lead:
        bare = " " * lead.end() + bare[lead.end() :]
    return figures_in(bare, place, years=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one paragraph, in one piece or in several that page ends have torn apart: each with its place."""

    pieces: tuple[tuple[str, Place], ...]

    @property
    def open(self) -> bool:
        """Whether the text stops in the middle of a sentence."""
        return self.pieces[-1][0][-1:].isalnum() or self.pieces[-1][0].endswith(",")


def sentences_of(stretch: Stretch, path: tuple[str, ...], kind: SentenceKind) -> Iterator[Sentence]:
    """The sentences of one paragraph, each with its own quotation and the place where it begins."""
    plain, marks = _joined(stretch)
    if kind is SentenceKind.TEXT and ITEM.match(plain):
        kind = SentenceKind.ITEM
    at = 0
    for part in split(plain) if kind in {SentenceKind.TEXT, SentenceKind.ITEM} else cut(plain):
        start = plain.find(part, at)
        at = start + len(part)
        place = next(later for offset, later in reversed(marks) if offset <= start)
        breaks = tuple((offset - start, later) for offset, later in marks if start < offset < at)
        yield sentence(part, place, path, kind, breaks)


def _joined(stretch: Stretch) -> tuple[str, list[tuple[int, Place]]]:
    text, marks = "", []
    for piece, place in stretch.pieces:
        plain = " ".join(piece.split())
        text += " " if text else ""
        marks.append((len(text), place))
        text += plain
    return text, marks


def sentence(
    text: str, place: Place, path: tuple[str, ...], kind: SentenceKind, breaks: tuple[tuple[int, Place], ...] = ()
) -> Sentence:
    """One sentence with the figures in it."""
    own = place if place.quote == text else replace(place, quote=text)
    numbers = numbers_of(text, own)
    figures = numbers.figures
    made = Sentence(text, own, path, kind, figures, numbers.malformed, breaks)
    if breaks and figures:
        placed = (
            replace(figure, place=made.place_at(start))
            for figure, (start, _) in zip(figures, numbers.spans, strict=True)
        )
        made = replace(made, figures=tuple(placed))
    return made


def cell_sentences(grid: Grid) -> Iterator[Sentence]:
    """The caption, and every cell of several words, of a table."""
    path = (*grid.path, grid.label) if grid.label else grid.path
    if grid.table.caption and not grid.part:
        caption = f"{grid.table.label} {grid.table.caption}".strip()
        yield from (sentence(part, grid.place, grid.path, SentenceKind.CAPTION) for part in cut(caption))
    numbers = grid.columns_of(Role.NUMBER)
    for row in grid.rows:
        for index, cell in enumerate(row.cells):
            if index not in numbers and not cell.spanned and _is_wordy(cell.text):
                yield from (sentence(part, cell.place, path, SentenceKind.CELL) for part in cut(cell.text))


def _is_wordy(text: str) -> bool:
    return text.count(" ") >= WORDY - 1 or (" " in text and bool(_DIGIT.search(text)) and text.count(" ") > 2)
