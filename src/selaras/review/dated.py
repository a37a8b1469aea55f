"""Years by which captions and opening words say of which year they speak, where that is not the year of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selaras.core.document import Paragraph, plain
from selaras.core.place import Place
from selaras.review.prose import SPAN, any_of, fold, pattern, quoted
from selaras.review.report import Grid, Report, Sentence, SentenceKind, TableKind
from selaras.review.wordlists import words

_YEAR = re.compile(
    r"\b(?:tahun(?: anggaran)?|TA\.?|T\.A\.)\s+((?:19|20)\d\d)\b(?!\s*(?:[-–—/]|s\s?[./]?\s?d\b|sampai|hingga))",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:19|20)\d\d\b")
_OPENING = r"^\W*(?:pada|dalam|selama|sepanjang)\s+(?:tahun anggaran|tahun|TA)\s+((?:19|20)\d\d)\s*,?\s+"
_LEAST_ALIKE = 2
"""So many captions must hold the year of the report before one with another year is odd."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A year that is not that of the report: where it stands, and whether the table or sentence is surely about the year's work."""

    year: int
    place: Place
    sure: bool


def captions_of_other_years(report: Report) -> Iterator[Dated]:
    """Captions that name one other year, where captions of this report name its year and nothing says that the table is older."""
    year = report.identity.year
    tables = {id(grid.table): grid for grid in reversed(report.grids)}
    captions = {key: _years(grid.table.caption) for key, grid in tables.items() if grid.table.caption}
    if year is None or sum(year in found for found in captions.values()) < _LEAST_ALIKE:
        return
    for key, found in captions.items():
        grid = tables[key]
        if len(found) == 1 and year not in found and str(year) not in grid.table.caption:
            other = next(iter(found))
            if not _may_be_other(report, grid, other, year):
                yield Dated(
                    other, quoted(f"{grid.label} {grid.table.caption}", grid.place), grid.kind is not TableKind.OTHER
                )


def openings_of_other_years(report: Report) -> Iterator[Dated]:
    """`Pada tahun 2023 <own agency> mengukur …` in a report on 2024, unless the text goes on to set years beside each other."""
    year = report.identity.year
    names = sorted({name for name in (report.identity.name, *report.identity.aliases) if name}, key=len, reverse=True)
    if year is None or not names:
        return
    own, verbs = "|".join(map(re.escape, names)), "|".join(words("narrative", "reporting"))
    opening = re.compile(rf"{_OPENING}(?:{own})\s+(?:{verbs})\b", re.IGNORECASE)
    told = [item for item in report.sentences if item.kind in (SentenceKind.TEXT, SentenceKind.ITEM)]
    for at, sentence in enumerate(told):
        match = opening.match(sentence.text)
        if match and int(match[1]) != year and not _set_beside(told, at, year):
            yield Dated(int(match[1]), quoted(sentence.text, sentence.place), sure=True)


def _years(caption: str) -> set[int]:
    return {int(found[1]) for found in _YEAR.finditer(caption)}


def _may_be_other(report: Report, grid: Grid, other: int, year: int) -> bool:
    """Whether caption, headings, columns or the text around say that the table is about another year."""
    caption, headings = grid.table.caption, " ".join(grid.path[-2:])
    about = f"{caption} {headings}"
    if _other_matters().search(caption) or any(
        pattern("narrative", key).search(about) for key in ("earlier", "past_sections")
    ):
        return True
    if str(other) in " ".join(grid.path) or (other > year and pattern("narrative", "ahead").search(about)):
        return True
    columns = {column.year for column in grid.columns if column.year}
    if other in columns and year not in columns:
        return True
    return any(_tells(text, grid, other, year) for text in _around(report, grid))


def _around(report: Report, grid: Grid) -> Iterator[str]:
    """The paragraph before the table and the sentences that refer to it."""
    blocks = report.reading.document.blocks
    at = next((number for number, block in enumerate(blocks) if block is grid.table), None)
    if at is not None:
        yield from (plain(block.spans) for block in blocks[max(0, at - 2) : at] if isinstance(block, Paragraph))
    label = fold(grid.table.label)
    if label:
        for sentence in report.sentences:
            if sentence.kind in (SentenceKind.TEXT, SentenceKind.ITEM) and f" {label} " in f" {fold(sentence.text)} ":
                yield sentence.text


def _tells(text: str, grid: Grid, other: int, year: int) -> bool:
    """Whether a text names the other year and not the report's; the caption itself is no witness."""
    years = {int(found) for found in _ANY.findall(SPAN.sub(" ", text))}
    return other in years and year not in years and fold(grid.table.caption) not in fold(text)


def _set_beside(told: list[Sentence], at: int, year: int) -> bool:
    """Whether this or the next sentence speaks of the report's year beside the other, or this one of something earlier."""
    text = told[at].text
    following = told[at + 1].text if at + 1 < len(told) else ""
    return (
        str(year) in SPAN.sub(" ", text)
        or bool(pattern("narrative", "earlier").search(text))
        or bool(_other_matters().search(text))
        or bool(re.match(rf"\W*(?:\w+\s+)?(?:pada\s+)?tahun\s+{year}\b", following, re.IGNORECASE))
    )


def _other_matters() -> re.Pattern[str]:
    return any_of(words("narrative", "other_years"))
