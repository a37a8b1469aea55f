"""Understanding: what a report claims, out of what was read of it. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selaras.core.document import Fields, Heading, Listing, Paragraph, Signatures, Table, plain
from selaras.core.place import NOWHERE, Place
from selaras.core.source import Reading
from selaras.review.claims import agencies, budget, citations, identity, indicators, mentions, notes
from selaras.review.claims.grids import Context, grids_of
from selaras.review.claims.joining import joined
from selaras.review.claims.lone import with_lone_rows
from selaras.review.claims.names import Namer
from selaras.review.claims.sentences import ITEM, Stretch, cell_sentences, sentences_of
from selaras.review.claims.yearrows import with_years_upright
from selaras.review.report import (
    AgencyMention,
    Citation,
    CountMention,
    Grid,
    OrdinalMention,
    PeriodMention,
    Report,
    Sentence,
    SentenceKind,
    SpelledNumber,
    TableMention,
    YearMention,
)

__all__ = ["understand"]


@dataclass(slots=True)
class _Parts:
    """Tables and sentences as they are gathered in reading order."""

    grids: list[Grid] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(slots=True)
class _Mentions:
    """What the sentences mention, in reading order."""

    periods: list[PeriodMention] = field(default_factory=list)
    years: list[YearMention] = field(default_factory=list)
    ordinals: list[OrdinalMention] = field(default_factory=list)
    counts: list[CountMention] = field(default_factory=list)
    spelled: list[SpelledNumber] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    agencies: list[AgencyMention] = field(default_factory=list)
    references: list[TableMention] = field(default_factory=list)


def understand(reading: Reading) -> Report:
    """All that a document claims: tables with roles and figures, sentences, claims and mentions, each with its place.

    What it could not understand is in `notes`. It never refuses: a strange table becomes one of kind OTHER.
    """
    parts = _gather(reading)
    parts.grids = with_lone_rows(with_years_upright(parts.grids))
    said = _mentions(parts.sentences)
    who = identity.identity_of(reading, parts.sentences, said.agencies, said.periods)
    own = identity.own_keys(who)
    namer = Namer(who.aliases or (who.name,))
    namer.cluster([*map(indicators.names_of, parts.grids), *map(budget.names_of, parts.grids)])
    return Report(
        reading,
        who,
        tuple(parts.grids),
        tuple(parts.sentences),
        tuple(claim for grid in parts.grids for claim in indicators.claims_of(grid, namer, who)),
        tuple(claim for grid in parts.grids for claim in budget.claims_of(grid, namer, who.year)),
        tuple(said.periods),
        tuple(said.years),
        tuple(said.ordinals),
        tuple(said.counts),
        tuple(said.spelled),
        tuple(said.citations),
        tuple(replace(item, own=True) if item.key in own else item for item in said.agencies),
        tuple(said.references),
        tuple(notes.notes_of(parts.grids, parts.sentences, who)),
    )


def _gather(reading: Reading) -> _Parts:
    """The blocks in reading order, each under the headings above it."""
    parts = _Parts()
    path: tuple[str, ...] = ()
    stack: list[tuple[int, str]] = []
    waiting: Stretch | None = None
    for block in joined(reading.document.blocks):
        if isinstance(block, Paragraph):
            new = Stretch(((f"{block.lead} {plain(block.spans)}".strip(), block.place),))
            if waiting and _goes_on(waiting, new):
                waiting = Stretch((*waiting.pieces, *new.pieces))
            else:
                _release(parts, waiting, path)
                waiting = new
            continue
        _release(parts, waiting, path)
        before, waiting = waiting, None
        if isinstance(block, Heading):
            stack = [item for item in stack if item[0] < block.level]
            above = tuple(text for _, text in stack)
            stack.append((block.level, block.full))
            path = (*above, block.full)
            parts.sentences += sentences_of(Stretch(((block.full, block.place),)), above, SentenceKind.HEADING)
        elif isinstance(block, Table):
            for grid in grids_of(block, Context(path, before.pieces[-1][0] if before else "")):
                parts.grids.append(grid)
                parts.sentences += cell_sentences(grid)
        else:
            for text, place in _texts(block):
                parts.sentences += sentences_of(Stretch(((text, place),)), path, SentenceKind.TEXT)
    _release(parts, waiting, path)
    return parts


def _goes_on(before: Stretch, after: Stretch) -> bool:
    """Whether a paragraph goes on with the sentence of the one before it, as after the end of a page."""
    text = after.pieces[0][0]
    return bool(text) and text[0].islower() and before.open and not ITEM.match(text)


def _release(parts: _Parts, stretch: Stretch | None, path: tuple[str, ...]) -> None:
    if stretch is not None and stretch.pieces[0][0]:
        parts.sentences += sentences_of(stretch, path, SentenceKind.TEXT)


def _texts(block: object) -> Iterator[tuple[str, Place]]:
    """The texts of a block that holds text."""
    if isinstance(block, Listing):
        yield from ((plain(item), NOWHERE) for item in block.items)
    elif isinstance(block, Fields):
        yield from ((f"{label}: {value}", NOWHERE) for label, value in block.rows)
    elif isinstance(block, Signatures):
        yield from ((item.position, NOWHERE) for item in block.signatories if item.position)


def _mentions(sentences: list[Sentence]) -> _Mentions:
    said = _Mentions()
    for sentence in sentences:
        cited = list(citations.citations_in(sentence))
        spans = mentions.citation_spans(sentence, cited)
        said.citations += cited
        said.periods += mentions.periods_in(sentence)
        said.years += mentions.years_in(sentence, spans)
        said.ordinals += mentions.ordinals_in(sentence)
        said.counts += mentions.counts_in(sentence)
        said.spelled += mentions.spelled_in(sentence)
        said.agencies += agencies.agencies_in(sentence)
        said.references += mentions.references_in(sentence)
    return said
