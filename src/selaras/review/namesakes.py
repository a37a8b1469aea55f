"""Offices of the report's own sort that are told apart by a name of their own, not by a region: `Kecamatan X`, `RSUD X`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selaras.review.likeness import fold
from selaras.review.prose import pattern, running
from selaras.review.report import Report, Sentence
from selaras.review.wordlists import words

_NAME = r"(?P<name>(?:(?:dr|Dr|Prof|H|Ir)\.\s*(?:H\.\s*)?)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,4})"


@lru_cache(maxsize=1)
def _sort() -> re.Pattern[str]:
    """The sort of an office, as its name begins."""
    return re.compile(rf"\b(?:{'|'.join(words('namesakes', 'sorts'))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    """The end of what stands before the name of the own office: the beginning of a sentence, or something of its own."""
    return re.compile(rf"(?:^|[.;]\s|\b(?:{_spaced('owned')})\s+)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    """What the own office does, behind its name."""
    return re.compile(rf"\s*(?:Tahun\s+\d{{4}}\s+)?(?:{_spaced('acts')})\b")


def _spaced(key: str) -> str:
    return "|".join(words("namesakes", key)).replace(" ", r"\s+")


def strangers(report: Report) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Sentences that speak of another office of the own sort as if it were the own one."""
    own = _own(report)
    if own is None:
        return
    sort, names = own
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, sort))})\s+{_NAME}")
    for sentence in running(report):
        for match in wanted.finditer(sentence.text):
            if _telling(match["name"]) & names or not _telling(match["name"]):
                continue
            first = match.start() == 0
            owned = _before().search(sentence.text[: match.start()]) and (
                not first or _behind().match(sentence.text, match.end())
            )
            if owned and not pattern("namesakes", "beside").search(sentence.text):
                yield sentence, match


def _own(report: Report) -> tuple[list[str], frozenset[str]] | None:
    """The ways in which the sort of the own office is written, and the words of its name that tell it apart."""
    names = [name for name in (report.identity.name, *report.identity.aliases) if name]
    sorts = [match for name in names if (match := _sort().match(name))]
    if not sorts:
        return None
    own = {word for name in names if (match := _sort().match(name)) for word in _telling(name[match.end() :])}
    spelled = dict.fromkeys(form for match in sorts for form in (match[0], match[0].title(), match[0].upper()))
    return list(spelled), frozenset(own)


def _telling(name: str) -> set[str]:
    generic = words("namesakes", "generic")
    return {word for word in fold(name).split() if word not in generic and not word.isdigit() and len(word) > 1}
