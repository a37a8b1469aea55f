"""Which indicators and sasaran each sentence speaks of; a sentence that names none goes on with those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selaras.review.report import Report, Sentence, SentenceKind
from selaras.review.subjects import Subject, named, subjects, within_reach

CARRIED = 3
"""So many sentences after the one that names a subject may go on speaking of it."""
_OTHER_TOPIC = re.compile(r"\b(?:indikator|sasaran|tujuan|program|kegiatan)\b|\bIKU?\s?-?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """The subjects of a sentence, and whether they are those of a sentence before it."""

    subjects: tuple[Subject, ...]
    carried: bool = False


def topics(report: Report) -> list[tuple[Sentence, About]]:
    """The sentences of running text that speak of a subject, in reading order."""
    found: list[tuple[Sentence, About]] = report.once("topics", lambda each: list(_topics(each)))
    return found


def _topics(report: Report) -> Iterator[tuple[Sentence, About]]:
    candidates = within_reach(subjects(report))
    last: tuple[Subject, ...] = ()
    path: tuple[str, ...] | None = None
    age = 0
    for sentence in report.sentences:
        if sentence.kind not in (SentenceKind.TEXT, SentenceKind.ITEM):
            continue
        if sentence.path != path:
            last, path = (), sentence.path
        here = tuple(named(sentence.text, candidates(sentence.text)))
        if here:
            last, age = here, 0
            yield sentence, About(here)
            continue
        age += 1
        if age > CARRIED or _OTHER_TOPIC.search(sentence.text) or sentence.kind is SentenceKind.ITEM:
            last = ()
        elif last and sentence.figures:
            yield sentence, About(last, carried=True)
